"""Look into a file of tickets before taking it: how many, which days, what can't be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.findings import Finding, NumberWatch, gather, ticket_findings
from app.domain.tally import sales_and_refunds
from app.domain.ticket import Ticket

if TYPE_CHECKING:
    from app.formats.rejected import Rejected

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """A calendar day of the file: tickets and turnover in cents."""

    day: date
    tickets: int
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds. `rejected` counts all unreadable lines, `rejections` shows the first."""

    tickets: int
    total: int
    days: tuple[PreviewDay, ...]
    first: tuple[Ticket, ...]
    findings: tuple[Finding, ...]
    rejected: int
    rejections: tuple[Rejected, ...]


def preview(items: Iterable[Ticket | Rejected], *, shown: int = 20) -> Preview:
    """Read a file through without taking anything. Raises UnreadableFile (from `items`)."""
    days: dict[date, tuple[int, int]] = {}
    first: list[Ticket] = []
    findings: list[Finding] = []
    rejections: list[Rejected] = []
    rejected = 0
    numbers = NumberWatch({})
    for item in items:
        if not isinstance(item, Ticket):
            rejected += 1
            if len(rejections) < _SHOWN:
                rejections.append(item)
            continue
        count, total = days.get(item.day, (0, 0))
        days[item.day] = (count + 1, total + sum(sales_and_refunds(item)))
        if len(first) < shown:
            first.append(item)
        numbers.take(item)
        findings = list(gather([*findings, *ticket_findings(item)]))
    return Preview(
        tickets=sum(count for count, _ in days.values()),
        total=sum(total for _, total in days.values()),
        days=tuple(PreviewDay(day, *row) for day, row in sorted(days.items())),
        first=tuple(first),
        findings=gather([*findings, *numbers.findings]),
        rejected=rejected,
        rejections=tuple(rejections),
    )
