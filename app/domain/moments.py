"""Moments and days of a shop in Europe/Paris.

A moment is an aware `datetime`; a text without offset is Paris time (`fold=0`). The business day
of a moment ends at the day-change hour: with 05:00, one o'clock on 1 February is still 31 January.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FIRST_YEAR, LAST_YEAR = 1970, 2100


def moment_from_text(text: str) -> datetime:
    """Read an ISO 8601 moment, with or without offset, as Paris time.

    Raises ValueError when it is no moment or lies outside the years 1970 to 2100 (a dead clock
    battery says 1970 or 1980: such sales exist and must be readable).
    """
    moment = datetime.fromisoformat(text)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"year out of range: {text!r}")
    return in_paris(moment)


def in_paris(moment: datetime) -> datetime:
    """The same moment on the Paris clock; without offset it already is."""
    if moment.tzinfo is None:
        # Through UTC and back: a local time that the spring change skips becomes a real one.
        moment = moment.replace(tzinfo=PARIS).astimezone(ZoneInfo("UTC"))
    return moment.astimezone(PARIS)


def moment_text(moment: datetime) -> str:
    """ISO 8601 with the Paris offset, to the second unless the source was finer."""
    return in_paris(moment).isoformat()


@lru_cache(maxsize=4096)
def date_from_text(text: str) -> date:
    """Read `AAAA-MM-JJ`; raises ValueError on anything else."""
    return date.fromisoformat(text)


def business_day(moment: datetime, day_change: time) -> date:
    """The day the shop counts this moment in (`day_change` in Paris time)."""
    local = in_paris(moment)
    if local.timetz().replace(tzinfo=None) < day_change:
        return local.date() - timedelta(days=1)
    return local.date()


def end_of_business_day(day: date, day_change: time) -> datetime:
    """The last microsecond of a business day: what a bare date means for `--until`."""
    next_day = datetime.combine(day + timedelta(days=1), day_change, tzinfo=PARIS)
    return next_day - timedelta(microseconds=1)


def until_from_text(text: str, day_change: time) -> datetime:
    """Read an `--until`: a moment, or a bare date meaning the end of that business day.

    Raises ValueError when it is neither.
    """
    if len(text) == len("2021-01-02"):
        day = date_from_text(text)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"year out of range: {text!r}")
        return end_of_business_day(day, day_change)
    return moment_from_text(text)


def fiscal_year_of(day: date, year_end: tuple[int, int]) -> int:
    """The fiscal year a day belongs to, named by the civil year in which it ends.

    `year_end` is (month, day), such as (12, 31) or (2, 29) for the last day of February.
    """
    return day.year if (day.month, day.day) <= year_end else day.year + 1


def month_of(day: date) -> str:
    """`2021-01` for any day of January 2021."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day_after_month(month: str) -> date:
    """The first day of the month that follows `AAAA-MM`."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)


def french_date(day: date) -> str:
    """`02/01/2021`, as people write it."""
    return day.strftime("%d/%m/%Y")


def french_moment(moment: datetime) -> str:
    """`02/01/2021 à 8 h 38`."""
    local = in_paris(moment)
    return f"{french_date(local.date())} à {local.hour} h {local.minute:02d}"
