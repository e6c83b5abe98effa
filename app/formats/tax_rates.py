"""Which rate a source's tax was computed at, when the source gives the tax and not the rate.

Taxes are rounded by the source, so that a rate fits within a cent; of several, the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from app.domain.money import divide_half_away
from app.formats.amounts import EXACT

_A_CENT = Decimal("0.01")


class Share(NamedTuple):
    """What part of a total was sold at a rate: cents, tax included, and the source's own tax."""

    rate: int
    total: int
    tva: int


def fitting_rate(total: Decimal, tva: Decimal, rates: Sequence[int]) -> int | None:
    """The rate (hundredths of a percent) at which `total`, tax included, holds the tax `tva`.

    Both are in euros. None when no rate fits within a cent, or when nothing was sold.

    >>> fitting_rate(Decimal("9.31"), Decimal("1.55"), [2000, 1000, 550])
    2000
    """
    if not total:
        return None
    distance, rate = min((abs(_tax_in(total, rate) - tva), rate) for rate in rates)
    return rate if distance <= _A_CENT else None


def shares_by_rate(total: int, taxes: Sequence[tuple[int, int]]) -> tuple[Share, ...]:
    """A total in cents, tax included, shared between rates by the tax at each.

    `taxes` are (rate, tax in cents). A tax of a cent more or less is worth several cents of sales:
    as much as that may be missing or left over goes to the lowest rate; what is left beyond was
    sold without tax. The shares add up to `total`.

    >>> shares_by_rate(1665, [(2500, 333)])
    (Share(rate=2500, total=1665, tva=333),)
    """
    taxed: dict[int, int] = {}
    for rate, tax in taxes:
        if tax and rate:
            taxed[rate] = taxed.get(rate, 0) + tax
    sold = {rate: divide_half_away(tax * (10_000 + rate), rate) for rate, tax in taxed.items()}
    rest = total - sum(sold.values())
    if taxed and abs(rest) <= sum(_cents_of_a_cent(rate) for rate in taxed):
        sold[min(sold)] += rest
        rest = 0
    shares = [Share(rate, sold[rate], tax) for rate, tax in taxed.items()]
    if rest or not shares:
        shares.append(Share(0, rest, 0))
    return tuple(shares)


def _tax_in(total: Decimal, rate: int) -> Decimal:
    return EXACT.divide(EXACT.multiply(total, Decimal(rate)), Decimal(10_000 + rate))


def _cents_of_a_cent(rate: int) -> int:
    """How many cents of sales one cent of tax stands for."""
    return -(-(10_000 + rate) // rate)
