"""Moments and days of a shop in Europe/Paris.

A moment is an aware `datetime`; a text without offset is Paris time (`fold=0`). It carries its
offset itself, not the zone: Python compares two datetimes of one zone by their wall clocks, which
is wrong in the hour that the autumn night has twice. The business day of a moment ends at the
day-change hour: with 05:00, one o'clock on 1 February is still 31 January.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FIRST_YEAR, LAST_YEAR = 1970, 2100
_TICK = timedelta(microseconds=1)


def moment_from_text(text: str) -> datetime:
    """Read an ISO 8601 moment, with or without offset, as Paris time.

    Raises ValueError when it is no moment or lies outside the years 1970 to 2100 (a dead clock
    battery says 1970 or 1980: such sales exist and must be readable).
    """
    moment = datetime.fromisoformat(text)
    if not FIRST_YEAR - 1 <= moment.year <= LAST_YEAR + 1:
        raise ValueError(f"year out of range: {text!r}")
    moment = in_paris(moment)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # as the record will write it
        raise ValueError(f"year out of range: {text!r}")
    return moment


def in_paris(moment: datetime) -> datetime:
    """The same moment on the Paris clock, with its offset; without offset it already is."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=PARIS)
    if not isinstance(moment.tzinfo, timezone):
        # To UTC even from Paris: a local time that the spring change skips becomes a real one.
        moment = moment.astimezone(UTC)
    return _paris_clock(moment)


@lru_cache(maxsize=256)
def _paris_clock(moment: datetime) -> datetime:
    # Cached for fixed offsets only: of one zone, Python finds both hours of autumn equal.
    local = moment.astimezone(PARIS)
    return local.replace(tzinfo=_fixed(local.utcoffset() or timedelta()), fold=0)


@lru_cache(maxsize=64)
def _fixed(offset: timedelta) -> timezone:
    return timezone(offset)


def moment_text(moment: datetime) -> str:
    """ISO 8601 with the Paris offset, to the second unless the source was finer."""
    return in_paris(moment).isoformat()


@lru_cache(maxsize=4096)
def date_from_text(text: str) -> date:
    """Read `AAAA-MM-JJ`; raises ValueError on anything else."""
    return date.fromisoformat(text)


@lru_cache(maxsize=512)
def start_of_business_day(day: date, day_change: time) -> datetime:
    """The first moment of a business day. An hour that the spring night skips comes as much later;
    of the one that the autumn night has twice, it is the first."""
    return in_paris(datetime.combine(day, day_change))


def business_day(moment: datetime, day_change: time) -> date:
    """The day the shop counts this moment in (`day_change` in Paris time)."""
    local = in_paris(moment)
    day = local.date()
    return day if local >= start_of_business_day(day, day_change) else day - timedelta(days=1)


def end_of_business_day(day: date, day_change: time) -> datetime:
    """The last microsecond of a business day: what a bare date means for `--until`."""
    return in_paris(start_of_business_day(day + timedelta(days=1), day_change) - _TICK)


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
