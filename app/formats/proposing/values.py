"""What the cells of a column show: forms of dates, the decimal mark, rates, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from app.domain.money import rate_from_text
from app.formats.amounts import number_reader, rate_text_of
from app.formats.moment_forms import moment_reader

_MOST_FORMS = 3
_MOST_RATES = 12
_LOOKED_AT = 150  # cells, to tell which form is the likeliest
_MOST_STRAY = 5  # one cell of so many may be a note or damaged

_DATES = (
    *("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d-%B-%Y"),
    *("%Y/%m/%d", "%Y%m%d", "%d-%m-%y", "%d.%m.%y"),
)
_AMERICAN_DATES = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%m-%d-%Y")
_TIMES = ("%H:%M:%S", "%H:%M", "%Hh%M", "%H:%M:%S.%f", "")
_AMERICAN_TIMES = ("%I:%M:%S %p", "%I:%M %p")
_JOINTS = (" ", " à ", ", ", "T")


def _forms(dates: Sequence[str], times: Sequence[str]) -> list[str]:
    return [
        f"{date}{joint}{time}" if time else date
        for date in dates
        for time in times
        for joint in (_JOINTS if time else (" ",))
    ]


# A French shop writes the day first; hours of the morning and afternoon are American.
FORMS = (
    *_forms(_DATES, _TIMES),
    "iso",
    *_forms(_AMERICAN_DATES, _AMERICAN_TIMES),
    *_forms(_DATES, _AMERICAN_TIMES),
    *_forms(_AMERICAN_DATES, _TIMES),
    "serial",
)
_FRACTION = re.compile(r"0?\.[0-2][0-9]{0,3}")  # no rate is thirty percent
_DAY_FIRST = re.compile(r"%d[/.-]%m")


def moment_forms(cells: Iterable[str], *, only: Sequence[str] = FORMS) -> tuple[str, ...]:
    """The forms that read most of these moments, each more than those before it; () when few do."""
    counts = Counter(cells)
    left = list(counts)
    found: list[str] = []
    while left and len(found) < _MOST_FORMS:
        some = left[:: 1 + len(left) // _LOOKED_AT]
        form = max(only, key=lambda form: len(_read_by(form, some)))
        read = _read_by(form, left)
        if not read:
            break
        found.append(form)
        left = [cell for cell in left if cell not in read]
    stray = sum(counts[cell] for cell in left)
    return tuple(found) if counts and stray * _MOST_STRAY <= counts.total() else ()


def possible_forms(cells: Iterable[str]) -> tuple[str, ...]:
    """Every form that reads most of these moments, the likeliest first."""
    shown = list(dict.fromkeys(cells))
    some = shown[:: 1 + len(shown) // _LOOKED_AT]
    return tuple(form for form in FORMS if _is_enough(len(_read_by(form, some)), len(some)))


def is_day_uncertain(cells: Iterable[str], forms: Sequence[str]) -> bool:
    """Whether days and months could as well be the other way round."""
    swapped = [
        form.replace("%d", "%·").replace("%m", "%d").replace("%·", "%m")
        for form in forms
        if _DAY_FIRST.search(form)
    ]
    if not swapped:
        return False
    shown = [cell for cell in dict.fromkeys(cells) if _reads(moment_reader(forms), cell)]
    other = moment_reader(swapped)
    return bool(shown) and all(_reads(other, cell) for cell in shown)


def has_time(cells: Iterable[str]) -> bool:
    """Whether moments hold an hour by themselves."""
    return any(re.search(r"[0-9]\s?[:h]\s?[0-9]{2}|\.[0-9]{3,}$", cell) for cell in cells)


def decimal_mark(cells: Iterable[str]) -> str | None:
    """The decimal mark of amounts: `,`, `.`, or `,.` when both are used; None: no amounts."""
    counts = Counter(cells)
    best, most = None, 0
    for mark in (",", ".", ",."):
        read = number_reader(mark)
        fitting = sum(number for cell, number in counts.items() if _reads(read, cell))
        if fitting > most:
            best, most = mark, fitting
    return best if _is_enough(most, counts.total()) else None


def are_amounts(cells: Sequence[str]) -> bool:
    """Whether a column holds amounts: most of its cells are numbers by one mark or another."""
    return decimal_mark(cells) is not None


def are_rates(cells: Sequence[str]) -> bool:
    """Whether a column holds rates of tax: few different ones, none above 100."""
    texts = {rate_text_of(cell) for cell in cells}
    if not texts or len(texts) > _MOST_RATES:
        return False
    return all(_reads(rate_from_text, text) for text in texts) or are_fractions(cells)


def are_fractions(cells: Sequence[str]) -> bool:
    """Whether rates are written as a part of one: `0.2` for twenty percent."""
    texts = {rate_text_of(cell).replace(",", ".") for cell in cells} - {"", "0", "0.0", "0.00"}
    return bool(texts) and all(_FRACTION.fullmatch(text) for text in texts)


def number_decimals(cells: Sequence[str]) -> str:
    """`drop` when every ticket number bears a decimal that a spreadsheet added."""
    return (
        "drop" if cells and all(re.fullmatch(r"\s*[0-9]+[.,]0+\s*", c) for c in cells) else "keep"
    )


def _is_enough(read: int, total: int) -> bool:
    """Whether so many of the cells were read: a few may be notes or damaged."""
    return (total - read) * _MOST_STRAY <= total


def _read_by(form: str, cells: Sequence[str]) -> set[str]:
    read = moment_reader([form])
    return {cell for cell in cells if _reads(read, cell)}


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, OverflowError):
        return False
    return True


def latest(cells: Iterable[str], forms: Sequence[str]) -> datetime | None:
    """The latest of these moments, to be told to a person."""
    read = moment_reader(forms)
    return max((read(cell) for cell in cells if _reads(read, cell)), default=None)
