"""Names as patterns and tables see them, whatever their case, accents and spaces."""

from __future__ import annotations

import unicodedata

from app.domain.quoted import one_line

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def fold(text: str) -> str:
    """Upper case, no accents, single spaces.

    >>> fold(" Pâté  en croûte ")
    'PATE EN CROUTE'
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(c for c in plain if not unicodedata.combining(c))
    return one_line(text.upper())
