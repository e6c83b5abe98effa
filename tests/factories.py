"""Tickets for tests: say only what the test is about, the rest is an ordinary sale.

An amount is cents (`90`) or a French text (`"0,90"`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.domain.moments import moment_from_text
from app.domain.money import cents_from_text, rate_from_text
from app.domain.tenders import CASH
from app.domain.ticket import TURNOVER_NATURES, Line, Payment, Ticket

Amount = int | str


def cents(amount: Amount) -> int:
    """`"0,90"` or `90` as 90."""
    return amount if isinstance(amount, int) else cents_from_text(amount)


def line(
    total: Amount = "0,90",
    *,
    label: str = "BAGUETTE",
    vat: str = "5.50",
    nature: str = "goods",
    qty: str = "1",
    **more: Any,
) -> Line:
    """One line; outside turnover (`nature="gift_card"`…) it has no rate."""
    rate = rate_from_text(vat) if nature in TURNOVER_NATURES else None
    return Line(label, nature, Decimal(qty), cents(total), rate, **more)


def ticket(
    *lines: Line | Amount,
    number: str = "1",
    at: str = "2021-01-02T08:38",
    till: str = "1",
    drawer: str = "1",
    kind: str = "sale",
    payments: Sequence[tuple[str, Amount]] | str = CASH,
    **more: Any,
) -> Ticket:
    """One ticket of these lines (a bare amount is a line of that total; none at all: 0,90).

    `payments` is either the tender that pays for everything or (tender, amount) pairs.
    """
    made = tuple(item if isinstance(item, Line) else line(item) for item in lines) or (line(),)
    if isinstance(payments, str):
        payments = [(payments, sum(item.total for item in made))]
    return Ticket(
        till=till,
        drawer=drawer,
        number=number,
        at=moment_from_text(at),
        kind=kind,
        lines=made,
        payments=tuple(Payment(method, cents(amount)) for method, amount in payments),
        **more,
    )
