"""Find a closure again: by its number, its id, a date or an amount; by kind and month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.money import cents_from_text

if TYPE_CHECKING:
    from app.store.shop import Shop

_DATE = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?$")
_ISO = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
_SPACES = str.maketrans("", "", " \u00a0\u202f€")
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the list of closures; amounts in cents."""

    id: str
    kind: str
    code: str
    number: int
    business_day: date
    closed_at: datetime
    by: str
    tickets: int
    total: int


@dataclass(frozen=True, slots=True)
class Search:
    """The closures that answer, newest first; `kinds` and `months` are all there are."""

    rows: tuple[Found, ...]
    kinds: tuple[str, ...]
    months: tuple[str, ...]


def search_closures(shop: Shop, text: str = "", kind: str = "", month: str = "") -> Search:
    """The closures of a kind and a month (`2021-01`) in which each word of `text` is found.

    A word is a number, an id, a date (`2/1`, `02/01/2021`, `janvier`), an amount or a name.
    """
    rows = [_found(row) for row in shop.closures()]
    words = [_plain(word) for word in text.split()]
    chosen = [
        row
        for row in reversed(rows)
        if (not kind or row.kind == kind)
        and (not month or row.business_day.isoformat().startswith(month))
        and _answers(row, text, words)
    ]
    kinds = tuple(k for k in ("general", "poste", "caisse", "month", "year") if _any(rows, k))
    months = sorted({row.business_day.isoformat()[:7] for row in rows}, reverse=True)
    return Search(tuple(chosen), kinds, tuple(months))


def _any(rows: Iterable[Found], kind: str) -> bool:
    return any(row.kind == kind for row in rows)


def _answers(row: Found, text: str, words: list[str]) -> bool:
    # An amount may be typed with its spaces: « 1 234,50 » is one amount, not two words.
    return _is_amount(row, text) or all(_has(row, word) for word in words)


def _has(row: Found, word: str) -> bool:
    if word.isdecimal() and int(word) == row.number:
        return True
    if _is_amount(row, word) or _is_date(row, word):
        return True
    if _ISO.match(word):
        return row.business_day.isoformat().startswith(word)
    named = _MONTHS.split()[row.business_day.month - 1]
    if len(word) >= 3 and named.startswith(word):
        return True
    return word in _plain(row.id) if not word.isdecimal() else row.id.endswith(word.zfill(6))


def _is_amount(row: Found, text: str) -> bool:
    plain = text.translate(_SPACES).replace("−", "-")
    try:
        cents = cents_from_text(plain)
    except ValueError:
        return False
    if "," in plain or "." in plain:
        return cents == row.total
    return abs(row.total) // 100 == abs(cents) // 100 and row.total * cents > 0


def _is_date(row: Found, word: str) -> bool:
    match = _DATE.match(word)
    if match is None:
        return False
    day, month, year = match.groups()
    if (int(day), int(month)) != (row.business_day.day, row.business_day.month):
        return False
    return year is None or row.business_day.year in (int(year), 2000 + int(year))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _found(row: Mapping[str, Any]) -> Found:
    return Found(
        row["id"],
        row["kind"],
        row["code"],
        row["number"],
        date.fromisoformat(row["business_day"]),
        datetime.fromisoformat(row["closed_at"]),
        row["by"],
        row["tickets"],
        row["total"],
    )
