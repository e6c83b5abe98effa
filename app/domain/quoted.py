"""A text of somebody else's as it can stand inside a French sentence."""

from __future__ import annotations

_LONGEST = 40


def one_line(text: str) -> str:
    """A text without line ends, single spaces."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """A text quoted: between « », on one line, cut when long."""
    text = one_line(text)
    return f"« {text if len(text) <= _LONGEST else text[:_LONGEST] + '…'} »"
