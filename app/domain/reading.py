"""Reading a set of tickets once: everything a closure or an X says about what it takes.

Tickets are taken one at a time, so that a whole year can be read in little memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.domain.cash import Takings
from app.domain.effect import effective_lines, effective_payments
from app.domain.figures import Figures, total_of
from app.domain.findings import (
    Finding,
    NumberWatch,
    Series,
    gather,
    ticket_findings,
    unreadable_words,
)
from app.domain.money import rate_text
from app.domain.tally import Tally
from app.domain.ticket import TURNOVER_NATURES, Line, Ticket


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """Turnover of one article."""

    code: str
    label: str
    family: str
    nature: str
    vat: int | None
    qty: Decimal
    total: int


def article_json(row: ArticleRow) -> dict[str, Any]:
    """An article's turnover as a closure keeps it."""
    return {
        "code": row.code,
        "label": row.label,
        "family": row.family,
        "nature": row.nature,
        "vat": None if row.vat is None else rate_text(row.vat),
        "qty": format(row.qty, "f"),
        "total": row.total,
    }


class Reading:
    """Accumulates the tickets a closure takes; its properties are what they come to."""

    def __init__(self, day_change: time, known_numbers: Mapping[str, Series]) -> None:
        self._day_change = day_change
        self._tills: dict[str, Tally] = {}
        self._drawers: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(
            lambda: defaultdict(lambda: [0, 0])
        )
        self._taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._articles: dict[tuple[str, str], ArticleRow] = {}
        self._findings: dict[tuple[date, str, str], Finding] = {}
        self._lost: list[Finding] = []
        self.damaged: list[tuple[int, int]] = []
        self.numbers = NumberWatch(known_numbers)
        self.newest: datetime | None = None

    def take(
        self, ticket: Ticket, *, late: bool, altered_at: tuple[int, int] | None = None
    ) -> None:
        """Count one ticket in; `altered_at` is its place when its record lost its fingerprint."""
        if ticket.till not in self._tills:
            self._tills[ticket.till] = Tally(self._day_change)
        self._tills[ticket.till].take(ticket, late=late)
        drawer = self._drawers[ticket.drawer_id]
        for payment in effective_payments(ticket):
            takings = drawer[payment.method]
            takings[0] += 1
            takings[1] += payment.amount
        self._taken[ticket.day.isoformat()][ticket.drawer_id] += 1
        for line in effective_lines(ticket):
            self._take_article(line)
        for finding in ticket_findings(ticket):
            self._add(finding)
        if altered_at is not None:
            said = f"ticket {ticket.number}, compté tel qu'il se lit"
            self._add(Finding("damaged", ticket.day, 1, said))
            self.damaged.append(altered_at)
        self.numbers.take(ticket)
        self.newest = ticket.at if self.newest is None else max(self.newest, ticket.at)

    def miss(self, number: str, day: date, place: tuple[int, int]) -> None:
        """Tell of a recorded ticket of a calendar day that can't be read: it is not counted."""
        self._lost.append(Finding("damaged", day, 1, unreadable_words(place, number)))
        self.damaged.append(place)

    def _take_article(self, line: Line) -> None:
        if line.nature not in TURNOVER_NATURES:
            return
        key = (line.code, line.label)
        known = self._articles.get(key)
        qty, total = (known.qty, known.total) if known else (Decimal(0), 0)
        self._articles[key] = ArticleRow(
            line.code,
            line.label,
            line.family,
            line.nature,
            line.vat,
            qty + line.qty,
            total + line.total,
        )

    def _add(self, finding: Finding) -> None:
        known = self._findings.get(finding.key)
        if known is not None:
            finding = replace(known, count=known.count + finding.count)
        self._findings[finding.key] = finding

    @property
    def tills(self) -> dict[str, Figures]:
        """Figures of each till."""
        return {till: tally.figures() for till, tally in sorted(self._tills.items())}

    @property
    def own(self) -> Figures:
        """Figures of all that was taken."""
        return total_of(self.tills.values())

    @property
    def drawers(self) -> dict[str, dict[str, Takings]]:
        """Takings of each drawer by tender."""
        return {
            drawer: {method: Takings(*row) for method, row in sorted(tenders.items())}
            for drawer, tenders in sorted(self._drawers.items())
        }

    @property
    def taken(self) -> dict[str, dict[str, int]]:
        """How many tickets were taken, by calendar day and drawer."""
        return {day: dict(drawers) for day, drawers in sorted(self._taken.items())}

    @property
    def articles(self) -> tuple[ArticleRow, ...]:
        """Turnover by article."""
        return tuple(row for _, row in sorted(self._articles.items()))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What looked odd in the tickets, one row per day and kind; not the gaps between them."""
        # What is not counted is the example where both are: it is the graver.
        return gather([*self._lost, *self._findings.values(), *self.numbers.clocks])
