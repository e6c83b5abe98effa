"""Money to the cent, half away from zero; VAT out of a price with tax; rates; amounts as text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import (
    cents_from_text,
    divide_half_away,
    euros,
    multiply_cents,
    rate_from_text,
    rate_text,
    split_ttc,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (4, 3, 1),  # 1,33
        (5, 3, 2),  # 1,67
        (5, 2, 3),  # 2,5
        (-5, 2, -3),
        (-4, 3, -1),
        (7, 2, 4),  # 3,5: not to the even 4 by chance, see the next
        (9, 2, 5),  # 4,5
        (-9, 2, -5),
        (0, 7, 0),
        (10**24 + 5, 10, 10**23 + 1),  # exact where a float would not be
    ],
)
def test_a_division_rounds_half_away_from_zero(numerator, denominator, expected):
    assert divide_half_away(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("ttc", "rate", "ht", "tva"),
    [
        (120_00, 2000, 100_00, 20_00),
        (110_00, 1000, 100_00, 10_00),
        (105_50, 550, 100_00, 5_50),
        (102_10, 210, 100_00, 2_10),
        (1_00, 550, 95, 5),  # 94,787
        (90, 550, 85, 5),  # 85,308
        (3, 2000, 3, 0),  # 2,5 exactly: away from zero
        (-3, 2000, -3, 0),
        (9, 2000, 8, 1),  # 7,5 exactly
        (-9, 2000, -8, -1),
        (1, 2000, 1, 0),  # 0,83
        (5_00, 0, 5_00, 0),
        (-5_00, 0, -5_00, 0),
        (0, 2000, 0, 0),
        (987_85, 550, 936_35, 51_50),  # 936,3507
    ],
)
def test_tax_comes_out_of_a_price_with_tax(ttc, rate, ht, tva):
    assert split_ttc(ttc, rate) == (ht, tva)


@given(st.integers(-(10**12), 10**12), st.integers(0, 10_000))
def test_a_split_adds_up_and_turns_with_the_sign(ttc, rate):
    ht, tva = split_ttc(ttc, rate)
    assert ht + tva == ttc
    assert split_ttc(-ttc, rate) == (-ht, -tva)
    # HT is within half a cent of the exact value
    assert abs(ht * (10_000 + rate) - ttc * 10_000) * 2 <= 10_000 + rate


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0,90", 90),
        ("0.90", 90),
        ("12", 12_00),
        ("12,5", 12_50),
        ("-3,07", -3_07),
        ("+3.07", 3_07),
        ("1.005", 1_01),  # 100,5 cents
        ("-1.005", -1_01),
        ("1.0049", 1_00),
        ("2.916667", 2_92),
        ("0", 0),
        ("-0", 0),
        ("10000000000", 10**12),
    ],
)
def test_an_amount_is_read_to_the_cent(text, cents):
    assert cents_from_text(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        *("", " 1", "1 ", "1\n", "1 000", "1.", ",5", "1.2.3", "1,2.3", "--1", "1e3", "NaN", "inf"),
        *("0x1", "٣", "10000000000.01", "9999999999999", "1.1234567", "1,00 €"),
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="amount"):
        cents_from_text(text)


@pytest.mark.parametrize(
    ("unit", "quantity", "cents"),
    [
        (7_00, "1.330", 9_31),
        (90, "2", 1_80),
        (90, "-1", -90),
        (1, "0.5", 1),  # half a cent, away from zero
        (-1, "0.5", -1),
        (1_99, "0.333", 66),  # 66,267
        (12_34, "0", 0),
    ],
)
def test_a_quantity_times_a_price(unit, quantity, cents):
    assert multiply_cents(unit, Decimal(quantity)) == cents


@pytest.mark.parametrize(
    ("text", "rate", "shown"),
    [
        ("5.50", 550, "5.50"),
        ("5,5", 550, "5.50"),
        ("20", 2000, "20.00"),
        ("2.10", 210, "2.10"),
        ("2.1", 210, "2.10"),
        ("0", 0, "0.00"),
        ("100", 10_000, "100.00"),
        ("8.500", 850, "8.50"),
        ("0.05", 5, "0.05"),
    ],
)
def test_a_rate_is_read_and_shown(text, rate, shown):
    assert rate_from_text(text) == rate
    assert rate_text(rate) == shown


@pytest.mark.parametrize("text", ["", "-5.5", "5.555", "100.01", "101", "20 %", "NaN", "5.5.0"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(ValueError, match="rate"):
        rate_from_text(text)


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "0,00 €"), (5, "0,05 €"), (-5, "-0,05 €"), (123450, "1 234,50 €"), (-100, "-1,00 €")],
)
def test_an_amount_for_a_person(cents, text):
    assert euros(cents).replace("\u202f", " ").replace("\xa0", " ") == text
