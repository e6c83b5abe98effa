"""French dates and amounts as a screen writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from app.domain import french_dates, words
from app.domain.moments import in_paris
from app.domain.money import euros

DAYS = french_dates.DAYS
MONTHS = french_dates.MONTHS
MINUS = "−"
_NBSP = "\u00a0"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_GLUED = re.compile(r"(?<=[«°]) | (?=[»;:?!])")
"""Spaces that a line never ends with: inside « », before a sign that stands apart, after « n° »."""

count_of = words.count_of


def typographic(text: str) -> str:
    """`l’écart`, and spaces that don't break inside « », before `: ; ? !`, after `n°`."""
    return _GLUED.sub(_NBSP, _APOSTROPHE.sub("’", text))


long_date = french_dates.long_date
short_date = french_dates.short_date
month_name = french_dates.month_name


def of_name(name: str) -> str:
    """`d'Anne`, `de Paul`."""
    plain = unicodedata.normalize("NFD", name[:1]).casefold()
    return f"d'{name}" if plain[:1] in "aeiouy" else f"de {name}"


def clock_time(moment: datetime) -> str:
    """`19 h 52`, Paris time."""
    local = in_paris(moment)
    return f"{local.hour} h {local.minute:02d}"


def brief_moment(moment: datetime) -> str:
    """`02/01, 19 h 52`, Paris time: for a narrow column of recent moments."""
    return f"{in_paris(moment):%d/%m}, {clock_time(moment)}"


def amount(cents: int) -> str:
    """`−1 234 567,89 €`, with a true minus sign and spaces that never break."""
    return euros(cents).replace("-", MINUS)


def signed_amount(cents: int) -> str:
    """The same with a plus sign: a difference reads « +0,50 € » or « −0,50 € »."""
    return f"+{amount(cents)}" if cents > 0 else amount(cents)
