"""A text cut so that it fits: its end gives way to « … »."""

from __future__ import annotations

from collections.abc import Callable


def elided(text: str, room: int, measure: Callable[[str], int]) -> str:
    """The text, cut with « … » so that it fits in `room` pixels."""
    if measure(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…") <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
