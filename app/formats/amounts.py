"""Amounts, quantities and rates as tills write them: `0,90 €`, `-$1,234.50`, `20 %`, `1.330`.

A profile says which mark separates the decimals: `,`, `.`, or `,.` when a source uses both (it then
groups no thousands by a mark). Everything is exact: Decimal in euros, integers in cents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal

from app.domain.money import divide_half_away

MARKS = (",", ".", ",.")
MAX_CENTS = 10**12

# Amounts have at most 12 digits and 18 decimals: a product of two of them and a rate is exact.
EXACT = Context(prec=100)

_SPACES = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ") | {"\u2212": "-"})
_SIGNS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD"),
    "£": ("GBP",),
    "kr": ("DKK", "SEK", "NOK"),
    "kr.": ("DKK", "SEK", "NOK"),
    **{code: (code,) for code in ("EUR", "CHF", "USD", "CAD", "GBP", "DKK", "SEK", "NOK")},
}
_ANY = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CURRENCY = re.compile(rf"^(?:{_ANY})\s*|\s*(?:{_ANY})$")
_SIGN = re.compile(r"^([+-])\s*")


def number_reader(mark: str) -> Callable[[str], Decimal]:
    """A function that reads a signed number whose decimals follow `mark` (one of MARKS).

    Spaces, and the other mark, may group thousands by three. A currency around it is left out;
    brackets mean negative. The function raises ValueError on anything else.
    """
    grouping = {",": "[ .]", ".": "[ ,]", ",.": " "}[mark]
    pattern = re.compile(
        rf"(?P<whole>[0-9]{{1,12}}|[0-9]{{1,3}}(?:{grouping}[0-9]{{3}}){{1,3}})"
        rf"(?:[{mark}](?P<decimals>[0-9]{{1,18}}))?"
    )

    def read(text: str) -> Decimal:
        negative, rest = _unsigned(text)
        match = pattern.fullmatch(rest)
        if match is None:
            raise ValueError(f"not a number: {text!r}")
        whole = re.sub("[ .,]", "", match["whole"])
        # "1.0" and "1" are one number, whatever a spreadsheet made of it.
        decimals = (match["decimals"] or "").rstrip("0")
        number = Decimal(f"{whole}.{decimals}" if decimals else whole)
        return -number if negative and number else number

    return read


def currency_of(text: str) -> str:
    """The sign or code of a currency that stands beside an amount; "" when there is none.

    >>> currency_of("-$45.00"), currency_of("12,50 €"), currency_of("12,50")
    ('$', '€', '')
    """
    match = _CURRENCY.search(text.translate(_SPACES).strip("+-() "))
    return match[0].strip() if match else ""


def is_currency(written: str, code: str) -> bool:
    """Whether a sign or code may mean the currency `code` (`EUR`), however it is written."""
    plain_text = written.strip()
    return code in _SIGNS.get(plain_text, (plain_text.upper(),))


def _unsigned(text: str) -> tuple[bool, str]:
    """Whether a number is negative, and the rest: the sign stands before or after the currency."""
    rest = text.translate(_SPACES).strip()
    if rest.startswith("(") and rest.endswith(")"):
        return True, _CURRENCY.sub("", rest[1:-1].strip())
    sign = _SIGN.match(rest) or _SIGN.match(_CURRENCY.sub("", rest))
    if sign is None:
        return False, _CURRENCY.sub("", rest)
    return sign[1] == "-", _CURRENCY.sub("", sign.string[sign.end() :])


def cents(amount: Decimal) -> int:
    """An exact amount in euros as cents, half away from zero; ValueError when out of range."""
    numerator, denominator = amount.as_integer_ratio()
    rounded = divide_half_away(numerator * 100, denominator)
    if abs(rounded) > MAX_CENTS:
        raise ValueError(f"amount too large: {amount}")
    return rounded


def quantity(number: Decimal) -> Decimal:
    """A quantity with the nine decimals that a ticket keeps (a spreadsheet may write more)."""
    if -number.as_tuple().exponent <= 9:  # type: ignore[operator]
        return number
    rounded = number.quantize(Decimal("0.000000001"))
    return abs(rounded) if not rounded else Decimal(format(rounded, "f").rstrip("0"))


def plain(number: Decimal) -> str:
    """A number as a plain text of at most six decimals, such as a ticket keeps for a tax."""
    if -number.as_tuple().exponent > 6:  # type: ignore[operator]
        number = number.quantize(Decimal("0.000001"))
    return format(number, "f")


def rate_text_of(text: str) -> str:
    """A rate without its percent sign and spaces (`20 %` → `20`)."""
    return text.translate(_SPACES).replace("%", "").strip()
