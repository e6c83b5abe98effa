"""Texts of amounts, dates and times as tills write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.formats.amounts import number_reader
from app.formats.moment_forms import moment_reader


@pytest.mark.parametrize(
    ("mark", "text", "number"),
    [
        (",", "0,90 €", "0.90"),
        (",", "-0,90 €", "-0.90"),
        (",", "− 0,90", "-0.90"),
        (",", "+3", "3"),
        (",", "1 234,5", "1234.5"),
        (",", "1\u202f234\u00a0€", "1234"),
        (",", "1.234.567,89", "1234567.89"),
        (",", "12,345", "12.345"),
        (",", "007,50", "7.5"),
        (".", "$1,234.50", "1234.50"),
        (".", "-$45.00", "-45"),
        (".", "$-45.00", "-45"),
        (".", "($45.00)", "-45"),
        (".", "EUR 2.916667", "2.916667"),
        (".", "150.000000000000001", "150.000000000000001"),
        (",.", "9,31", "9.31"),
        (",.", "2.5", "2.5"),
        (",.", "1 000.5", "1000.5"),
        (",", "-0,00", "0"),
    ],
)
def test_a_number(mark, text, number):
    found = number_reader(mark)(text)
    assert found == Decimal(number)
    assert not (found.is_zero() and found.is_signed())


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        *((",", text) for text in ("", " ", "-", "€", "1.5", "1,2,3", "1,", ",", "1 2", "12 34,5")),
        *((",", text) for text in ("--1", "-(1)", "- -1", "1-2", "0x10", "1e3", "NaN", "inf", "١")),
        *((",", text) for text in ("1.23.456", "1" * 13, "1," + "0" * 19, "1 €€", "un")),
        *((".", text) for text in ("1,5", "1.234,5", "1 5.0")),
        *((",.", text) for text in ("1.234,5", "1,234.5")),
    ],
)
def test_what_is_no_number(mark, text):
    with pytest.raises(ValueError, match="not a number"):
        number_reader(mark)(text)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%Y-%m-%d %H:%M", "2021-01-02 08:38", "2021-01-02T08:38:00+01:00"),
        ("%d/%m/%Y %H:%M:%S", " 2/1/2021   8:38:05 ", "2021-01-02T08:38:05+01:00"),
        ("%d/%m/%y", "02/01/21", "2021-01-02T00:00:00+01:00"),
        ("%d %B %Y %H:%M", "15 mai 2026 10:15", "2026-05-15T10:15:00+02:00"),
        ("%d %B %Y %H:%M", "1 FÉVR. 2026 10:15", "2026-02-01T10:15:00+01:00"),
        ("%d %B %Y", "3 aout 2026", "2026-08-03T00:00:00+02:00"),
        ("%B %d %Y", "September 3 2026", "2026-09-03T00:00:00+02:00"),
        ("%m/%d/%Y %I:%M %p", "10/05/2026 12:30 AM", "2026-10-05T00:30:00+02:00"),
        ("%m/%d/%Y %I:%M %p", "10/05/2026 2:30 p.m.", "2026-10-05T14:30:00+02:00"),
        ("%Y%m%d %H%M%S.%f", "20210102 083805.5", "2021-01-02T08:38:05.500000+01:00"),
        ("iso", "2021-01-02T07:38:00Z", "2021-01-02T08:38:00+01:00"),
        # The hour that summer time skips, and the one that comes twice (then the first).
        ("%Y-%m-%d %H:%M", "2021-03-28 02:30", "2021-03-28T03:30:00+02:00"),
        ("%Y-%m-%d %H:%M", "2021-10-31 02:30", "2021-10-31T02:30:00+02:00"),
    ],
)
def test_a_moment(form, text, moment):
    assert moment_reader([form])(text).isoformat() == moment


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%d/%m/%Y", "31/02/2021"),
        ("%d/%m/%Y", "01/01/1969"),
        ("%d/%m/%Y", "01/01/2101"),
        ("%d/%m/%Y", "01/01/0000"),
        ("%d/%m/%Y", "01/01/2021 10:00"),
        ("%d %B %Y", "1 brumaire 2021"),
        ("%d/%m/%Y %I:%M %p", "01/01/2021 13:00 PM"),
        ("%d/%m/%Y %H:%M", "01/01/2021 24:00"),
        ("iso", "2021-13-01"),
        ("%d/%m/%Y", ""),
    ],
)
def test_what_is_no_moment(form, text):
    with pytest.raises(ValueError):  # noqa: PT011 (whoever calls tells the text to a person)
        moment_reader([form])(text)


def test_the_first_form_that_fits_reads_the_text():
    read = moment_reader(["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"])
    assert read("05/03/2022 08:41") < read("05/03/2022 08:41:01")
