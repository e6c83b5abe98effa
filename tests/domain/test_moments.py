"""Moments of the Paris clock, its two nights of change, and the shop's business days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.moments import (
    PARIS,
    business_day,
    end_of_business_day,
    first_day_after_month,
    fiscal_year_of,
    french_date,
    french_moment,
    in_paris,
    moment_from_text,
    moment_text,
    month_of,
    until_from_text,
)

FIVE = time(5)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2021-01-02T08:38", "2021-01-02T08:38:00+01:00"),
        ("2021-07-02 08:38:05", "2021-07-02T08:38:05+02:00"),
        ("2021-01-02T08:38:00Z", "2021-01-02T09:38:00+01:00"),
        ("2021-01-02T08:38:00-05:00", "2021-01-02T14:38:00+01:00"),
        ("2021-01-02T08:38:00.123456+01:00", "2021-01-02T08:38:00.123456+01:00"),
        ("2021-03-28T02:30", "2021-03-28T03:30:00+02:00"),  # the spring night has no 02:30
        ("2021-10-31T02:30", "2021-10-31T02:30:00+02:00"),  # the autumn one two: the first
        ("2021-10-31T02:30:00+01:00", "2021-10-31T02:30:00+01:00"),
        ("1970-01-01T00:00", "1970-01-01T00:00:00+01:00"),
        ("1969-12-31T23:30:00Z", "1970-01-01T00:30:00+01:00"),
        ("2100-12-31T23:59:59", "2100-12-31T23:59:59+01:00"),
    ],
)
def test_a_moment_is_read_as_paris_time_and_read_again(text, shown):
    moment = moment_from_text(text)
    assert moment_text(moment) == moment.isoformat() == shown
    assert moment_from_text(shown) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "hier", "25:00", "2021-13-01T00:00", "2021-02-30T08:00"),
        *("1969-12-31T23:59", "2101-01-01T00:00"),
        # in Paris they are in 1969 and in 2101: the record could not be read again
        *("1970-01-01T00:30:00+05:00", "2100-12-31T23:30:00-05:00"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_what_is_no_moment_of_a_shop_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        moment_from_text(text)


def test_the_hour_that_comes_twice_is_in_order():
    first, second = (
        moment_from_text(f"2021-10-31T02:{text}") for text in ("50:00+02:00", "10:00+01:00")
    )
    assert first < second
    assert second - first == timedelta(minutes=20)
    assert max(first, second) == second
    # also for a clock that carries the zone itself
    local = [datetime(2021, 10, 31, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1)]
    assert [in_paris(moment).isoformat()[-6:] for moment in local] == ["+02:00", "+01:00"]


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_paris_time_is_the_same_moment(local, minutes):
    moment = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert in_paris(moment) == moment
    assert in_paris(in_paris(moment)).isoformat() == in_paris(moment).isoformat()
    assert in_paris(moment).replace(tzinfo=None) == moment.astimezone(PARIS).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("at", "change", "day"),
    [
        ("2021-02-01T00:30", "05:00", "2021-01-31"),
        ("2021-02-01T04:59:59.999999", "05:00", "2021-01-31"),
        ("2021-02-01T05:00", "05:00", "2021-02-01"),
        ("2021-01-01T02:00", "05:00", "2020-12-31"),
        ("2021-02-01T00:00", "00:00", "2021-02-01"),
        ("2021-02-01T23:59", "00:00", "2021-02-01"),
        ("2021-02-01T11:59", "12:00", "2021-01-31"),
        ("2021-03-28T01:59", "02:30", "2021-03-27"),
        ("2021-03-28T03:29", "02:30", "2021-03-27"),  # 02:30 is skipped: it comes as 03:30
        ("2021-03-28T03:30", "02:30", "2021-03-28"),
        ("2021-10-31T02:29:00+02:00", "02:30", "2021-10-30"),
        ("2021-10-31T02:30:00+02:00", "02:30", "2021-10-31"),
        ("2021-10-31T02:10:00+01:00", "02:30", "2021-10-31"),  # a day does not begin twice
        ("2021-01-31T23:30:00Z", "05:00", "2021-01-31"),
    ],
)
def test_the_business_day_ends_at_the_day_change(at, change, day):
    assert business_day(moment_from_text(at), time.fromisoformat(change)).isoformat() == day


@pytest.mark.parametrize(
    ("day", "change", "end"),
    [
        ("2021-01-02", "05:00", "2021-01-03T04:59:59.999999+01:00"),
        ("2021-01-02", "00:00", "2021-01-02T23:59:59.999999+01:00"),
        ("2021-03-27", "05:00", "2021-03-28T04:59:59.999999+02:00"),
        ("2021-03-27", "03:00", "2021-03-28T01:59:59.999999+01:00"),  # a moment before 03:00
        ("2021-10-30", "05:00", "2021-10-31T04:59:59.999999+01:00"),
        ("2021-12-31", "05:00", "2022-01-01T04:59:59.999999+01:00"),
    ],
)
def test_a_business_day_ends_a_moment_before_the_next(day, change, end):
    at = end_of_business_day(date.fromisoformat(day), time.fromisoformat(change))
    assert at.isoformat() == end


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2022, 12, 31)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_each_moment_lies_in_one_business_day(naive, change):
    moment = in_paris(naive.replace(tzinfo=UTC))
    day = business_day(moment, change)
    assert end_of_business_day(day - timedelta(days=1), change) < moment
    assert moment <= end_of_business_day(day, change)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2021-01-02", "2021-01-03T04:59:59.999999+01:00"),
        ("2021-01-02T19:30", "2021-01-02T19:30:00+01:00"),
        ("2021-01-02T19:30:00Z", "2021-01-02T20:30:00+01:00"),
    ],
)
def test_an_until_is_a_moment_or_the_end_of_a_day(text, end):
    assert until_from_text(text, FIVE).isoformat() == end


@pytest.mark.parametrize("text", ["02/01/2021", "2021-02-30", "1969-12-31", "2101-01-01", ""])
def test_an_until_that_is_neither_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        until_from_text(text, FIVE)


@pytest.mark.parametrize(
    ("day", "year_end", "year"),
    [
        ("2021-12-31", (12, 31), 2021),
        ("2022-01-01", (12, 31), 2022),
        ("2021-06-30", (6, 30), 2021),
        ("2021-07-01", (6, 30), 2022),
        ("2024-02-29", (2, 29), 2024),
        ("2024-03-01", (2, 29), 2025),
        ("2023-02-28", (2, 29), 2023),
        ("2023-03-01", (2, 29), 2024),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(day, year_end, year):
    assert fiscal_year_of(date.fromisoformat(day), year_end) == year


def test_months():
    assert month_of(date(2021, 1, 31)) == "2021-01"
    assert first_day_after_month("2021-01") == date(2021, 2, 1)
    assert first_day_after_month("2021-12") == date(2022, 1, 1)


def test_dates_for_a_person():
    assert french_date(date(2021, 1, 2)) == "02/01/2021"
    assert french_moment(moment_from_text("2021-01-02T08:05")) == "02/01/2021 à 8 h 05"
    assert french_moment(moment_from_text("2021-07-02T23:30:00Z")) == "03/07/2021 à 1 h 30"
