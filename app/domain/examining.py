"""What can only be told of a ticket the moment it is taken in, beside others than itself.

Whether the VAT table knows its rates, whether it comes from a day still to come, whether a void has
the lines of the ticket that it names. What is odd in a ticket by itself is in `findings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.effect import own_lines
from app.domain.ticket import TURNOVER_NATURES, Line, Ticket

_AHEAD = timedelta(days=1)
"""How far a till's clock may be ahead of ours before it is told."""


def with_unknown_rates(ticket: Ticket, rates: frozenset[tuple[int, str]]) -> Ticket:
    """The ticket with a finding for each line whose rate the VAT table does not have.

    `rates` are the (rate, nature) pairs of the table.
    """
    found = tuple("unknown_rate" for line in ticket.lines if _is_unknown(line, rates))
    return replace(ticket, findings=(*ticket.findings, *found)) if found else ticket


def is_future(ticket: Ticket, now: datetime) -> bool:
    """Whether a ticket is of more than a day ahead of our clock: one of the two is wrong.

    It is told when it is taken in, and not kept: the wrong clock may be ours.
    """
    return ticket.at > now + _AHEAD


def _is_unknown(line: Line, rates: frozenset[tuple[int, str]]) -> bool:
    return (
        line.nature in TURNOVER_NATURES
        and line.vat is not None
        and (line.vat, line.nature) not in rates
    )


def void_differs(void: Ticket, named: Ticket) -> bool:
    """Whether a void's own lines, if it has any, are not those of the ticket that it names.

    Either sign will do: some tills write what they take back, others what was sold. Lines that come
    to nothing say nothing; nor is anything said of a ticket that is not known itself.
    """
    said, counted = _sums(void.lines), _sums(own_lines(named))
    if not said or not counted:
        return False
    return said not in (counted, {key: -amount for key, amount in counted.items()})


def _sums(lines: Iterable[Line]) -> Mapping[tuple[str, int | None], int]:
    """What lines come to by nature and rate, in cents."""
    sums: dict[tuple[str, int | None], int] = {}
    for line in lines:
        key = (line.nature, line.vat)
        sums[key] = sums.get(key, 0) + line.total
    return {key: amount for key, amount in sums.items() if amount}
