"""Money in integer cents, VAT rates in hundredths of a percent: exact, never a float.

Rounding, everywhere: to the cent, half away from zero (contract, chapter 2).
"""

from __future__ import annotations

import re
from decimal import Decimal

_AMOUNT = re.compile(r"([+-]?)([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")
_MAX_CENTS = 10**12


def divide_half_away(numerator: int, denominator: int) -> int:
    """Divide integers, rounding half away from zero (`denominator` > 0).

    >>> divide_half_away(5, 2), divide_half_away(-5, 2), divide_half_away(4, 3)
    (3, -3, 1)
    """
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def split_ttc(ttc: int, rate: int) -> tuple[int, int]:
    """Split an amount with tax into (HT, TVA), both in cents; HT + TVA = TTC always.

    `rate` is in hundredths of a percent (550 for 5.5 %). HT = TTC × 100 / (100 + rate).

    >>> split_ttc(98785, 550)
    (93635, 5150)
    """
    ht = divide_half_away(ttc * 10_000, 10_000 + rate)
    return ht, ttc - ht


def cents_from_text(text: str) -> int:
    """Read a plain amount such as `12,5`, `-0.90` or `3` as cents; more decimals are rounded.

    Raises ValueError on anything else (currency signs and spaces are the caller's to remove).

    >>> cents_from_text("0,90"), cents_from_text("-1.005"), cents_from_text("2.916667")
    (90, -101, 292)
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    sign, whole, decimals = match.groups()
    decimals = decimals or ""
    scale = 10 ** len(decimals)
    cents = divide_half_away((int(whole) * scale + int(decimals or 0)) * 100, scale)
    if cents > _MAX_CENTS:
        raise ValueError(f"amount too large: {text!r}")
    return -cents if sign == "-" else cents


def multiply_cents(unit: int, quantity: Decimal) -> int:
    """A unit price in cents times a decimal quantity, to the cent, half away from zero.

    >>> multiply_cents(700, Decimal("1.330"))
    931
    """
    numerator, denominator = quantity.as_integer_ratio()
    return divide_half_away(unit * numerator, denominator)


def rate_from_text(text: str) -> int:
    """Read a VAT rate in percent (`5.50`, `20`, `5,5`) as hundredths of a percent.

    Raises ValueError outside 0 … 100 or with more than two decimals.

    >>> rate_from_text("5.50"), rate_from_text("20")
    (550, 2000)
    """
    match = _AMOUNT.fullmatch(text)
    if match is None or match.group(1) == "-" or len((match.group(3) or "").rstrip("0")) > 2:
        raise ValueError(f"not a rate: {text!r}")
    rate = int(match.group(2)) * 100 + int((match.group(3) or "").ljust(2, "0")[:2])
    if rate > 10_000:
        raise ValueError(f"not a rate: {text!r}")
    return rate


def rate_text(rate: int) -> str:
    """A rate in hundredths of a percent as a percentage string (`550` → `5.50`)."""
    return f"{rate // 100}.{rate % 100:02d}"


def euros(cents: int) -> str:
    """Cents as a French amount for a person: `-1 234,50 €` (narrow no-break spaces).

    >>> euros(-123450).replace(chr(0x202f), " ").replace(chr(0xa0), " ")
    '-1 234,50 €'
    """
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", "\u202f")
    return f"{sign}{grouped},{rest:02d}\u00a0€"
