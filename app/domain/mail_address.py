"""What a mail address looks like."""

from __future__ import annotations

import re

_PART = r"[^@\s<>,;:\"()\[\]\\]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.[^@\s<>,;:\"()\[\]\\.]+")


def is_address(text: str) -> bool:
    """Whether a text has the shape of a mail address that every server takes.

    >>> is_address("anne@exemple.fr"), is_address("anne@exemple"), is_address("zoé@exemple.fr")
    (True, False, False)
    """
    return bool(_ADDRESS.fullmatch(text)) and text.isascii()
