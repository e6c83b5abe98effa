"""Dates and times as tills write them, read by the forms that a profile names.

A form is `iso`, `serial` (the days since 1899-12-30 that a spreadsheet counts: `44421.033` is some
minutes after midnight), or is made of strftime codes: %Y %y %m %d %H %I %M %S %f %p and %B, the
name of the month in French or English, long or short (`15 mai 2026 10:15` is `%d %B %Y %H:%M`). The
PC's language plays no part. A white space of the form stands for any number of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.domain.moments import FIRST_YEAR, LAST_YEAR, in_paris, moment_from_text
from app.formats.folded_text import fold

_CODES = {
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})",
    "H": r"(?P<H>[0-9]{1,2})",
    "I": r"(?P<I>[0-9]{1,2})",
    "M": r"(?P<M>[0-9]{1,2})",
    "S": r"(?P<S>[0-9]{1,2})",
    "f": r"(?P<f>[0-9]{1,6})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "B": r"(?P<B>[^\W\d_]+\.?)",
}
_MONTHS = (
    "JANVIER JANV JAN JANUARY",
    "FEVRIER FEVR FEV FEBRUARY FEB",
    "MARS MAR MARCH",
    "AVRIL AVR APRIL APR",
    "MAI MAY",
    "JUIN JUNE JUN",
    "JUILLET JUIL JULY JUL",
    "AOUT AUGUST AUG",
    "SEPTEMBRE SEPT SEP SEPTEMBER",
    "OCTOBRE OCT OCTOBER",
    "NOVEMBRE NOV NOVEMBER",
    "DECEMBRE DEC DECEMBER",
)
_DAYS = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,18})?")
_FIRST_SERIAL_DAY = datetime(1899, 12, 30)  # as spreadsheets count from March 1900 on
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


def moment_reader(forms: Sequence[str]) -> Callable[[str], datetime]:
    """A function that reads a text by the first form that fits, as Paris time.

    It raises ValueError when none does or the year is not one of a shop. This function itself
    raises ValueError on a form that makes no sense.
    """
    readers = [_reader(form) for form in forms]

    def read(text: str) -> datetime:
        for reader in readers:
            with suppress(ValueError):  # no such day by this form: another one may fit
                moment = reader(text)
                if moment is not None:
                    return moment
        raise ValueError(f"not a moment: {text!r}")

    return read


def _reader(form: str) -> Callable[[str], datetime | None]:
    if form in _WHOLE_FORMS:
        return _WHOLE_FORMS[form]
    pattern = re.compile(_regex(form))

    def read(text: str) -> datetime | None:
        match = pattern.fullmatch(text.strip())
        if match is None:
            return None
        # The zone rules are the domain's: summer time, the hour that does not exist.
        moment = in_paris(_plain(match.groupdict()))
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(f"year out of range: {text!r}")
        return moment

    return read


def _iso(text: str) -> datetime | None:
    try:
        return moment_from_text(text.strip())
    except ValueError:
        return None


def _serial(text: str) -> datetime | None:
    """A spreadsheet's day number, its time in the same number or in a second one."""
    parts = text.split()
    if not 1 <= len(parts) <= 2 or not all(_DAYS.fullmatch(part) for part in parts):
        return None
    days = sum((Decimal(part.replace(",", ".")) for part in parts), Decimal(0))
    seconds = int((days * 86_400).to_integral_value(ROUND_HALF_UP))
    moment = in_paris(_FIRST_SERIAL_DAY + timedelta(seconds=seconds))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"year out of range: {text!r}")
    return moment


_WHOLE_FORMS: dict[str, Callable[[str], datetime | None]] = {"iso": _iso, "serial": _serial}


def _regex(form: str) -> str:
    pieces, used = [], ""
    for piece in re.findall(r"%.?|\s+|[^%\s]+", form):
        if piece.startswith("%"):
            code = piece[1:]
            if code not in _CODES or code in used:
                raise ValueError(f"unknown or repeated code {piece!r} in {form!r}")
            used += code
            pieces.append(_CODES[code])
        else:
            pieces.append(r"\s+" if piece.isspace() else re.escape(piece))
    if not (set("Yy") & set(used) and set("mB") & set(used) and "d" in used):
        raise ValueError(f"year, month or day missing in {form!r}")
    return "".join(pieces)


def _plain(found: dict[str, str]) -> datetime:
    year = int(found["Y"]) if "Y" in found else 2000 + int(found["y"])
    month = int(found["m"]) if "m" in found else _month(found["B"])
    hour = int(found.get("H") or found.get("I") or 0)
    if "p" in found:
        if not 1 <= hour <= 12:
            raise ValueError(f"not an hour of the morning or afternoon: {hour}")
        hour = hour % 12 + (12 if found["p"][0] in "Pp" else 0)
    minute, second = int(found.get("M", 0)), int(found.get("S", 0))
    micro = int(found.get("f", "0").ljust(6, "0"))
    return datetime(year, month, int(found["d"]), hour, minute, second, micro)


def _month(name: str) -> int:
    month = _MONTH_OF.get(fold(name).rstrip("."))
    if month is None:
        raise ValueError(f"not a month: {name!r}")
    return month
