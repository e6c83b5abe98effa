"""Adding tickets up into figures: the arithmetic of the Z (contract, chapter 2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time
from decimal import Decimal

from app.domain.effect import effective_lines, effective_payments, own_lines
from app.domain.figures import (
    CashierRow,
    DayRow,
    End,
    FamilyRow,
    Figures,
    HourRow,
    OutsideRow,
    TenderRow,
    VatRow,
    number_key,
)
from app.domain.moments import business_day, in_paris
from app.domain.money import split_ttc
from app.domain.ticket import TURNOVER_NATURES, Line, Ticket


class Tally:
    """Accumulates tickets, one `take` each, and gives their `Figures`."""

    def __init__(self, day_change: time) -> None:
        self._day_change = day_change
        self._tickets = self._late = self._sales = self._refunds = self._discounts = 0
        self._first: tuple[datetime, tuple[int, str]] | None = None
        self._last: tuple[datetime, tuple[int, str]] | None = None
        self._vat: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        self._outside: Counter[str] = Counter()
        self._tenders: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        self._families: dict[str, tuple[Decimal, int]] = {}
        self._cashiers: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self._hours: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._days: dict[date, DayRow] = {}

    def take(self, ticket: Ticket, *, late: bool = False) -> None:
        """Count one ticket in; `late` when its period was closed before it came."""
        lines = effective_lines(ticket)
        sales, refunds = sales_and_refunds(ticket)
        discounts = 0
        groups: dict[tuple[int, str], int] = {}
        for line in lines:
            if line.nature not in TURNOVER_NATURES:
                self._outside[line.nature] += line.total
                continue
            discounts += line.discount
            qty, total = self._families.get(line.family, (Decimal(0), 0))
            self._families[line.family] = (qty + line.qty, total + line.total)
            self._take_vat(line, groups)
        for key, ttc in groups.items():
            row = self._vat[key]
            ht, tva = split_ttc(ttc, key[0])
            row[0] += ht
            row[1] += tva
        for payment in effective_payments(ticket):
            tender = self._tenders[payment.method]
            tender[0] += 1
            tender[1] += payment.amount
        self._tickets += 1
        self._late += late
        self._sales += sales
        self._refunds += refunds
        self._discounts += discounts
        self._take_views(ticket, sales + refunds, discounts, refunds)

    def _take_vat(self, line: Line, groups: dict[tuple[int, str], int]) -> None:
        key = (line.vat or 0, line.nature)
        if line.tva is None:
            groups[key] = groups.get(key, 0) + line.total
        else:
            row = self._vat[key]
            row[0] += line.total - line.tva
            row[1] += line.tva

    def _take_views(self, ticket: Ticket, total: int, discounts: int, refunds: int) -> None:
        cashier = self._cashiers[ticket.cashier]
        for index, amount in enumerate((1, total, discounts, refunds)):
            cashier[index] += amount
        at = in_paris(ticket.at)
        hour = self._hours[at.hour]
        hour[0] += 1
        hour[1] += total
        here = (at, number_key(ticket.number))
        self._first = here if self._first is None else min(self._first, here)
        self._last = here if self._last is None else max(self._last, here)
        day = business_day(at, self._day_change)
        row = self._days.get(day)
        self._days[day] = (
            DayRow(day, 1, total, at, at)
            if row is None
            else DayRow(
                day, row.tickets + 1, row.total + total, min(row.first_at, at), max(row.last_at, at)
            )
        )

    def figures(self) -> Figures:
        """The figures of all that was taken."""
        return Figures(
            tickets=self._tickets,
            late=self._late,
            first=_end(self._first),
            last=_end(self._last),
            sales=self._sales,
            refunds=self._refunds,
            discounts=self._discounts,
            vat=tuple(
                VatRow(rate, nature, ht, tva, ht + tva)
                for (rate, nature), (ht, tva) in sorted(
                    self._vat.items(), key=lambda item: (-item[0][0], item[0][1])
                )
            ),
            outside=tuple(OutsideRow(n, a) for n, a in sorted(self._outside.items())),
            tenders=tuple(TenderRow(m, c, a) for m, (c, a) in sorted(self._tenders.items())),
            families=tuple(FamilyRow(f, q, t) for f, (q, t) in sorted(self._families.items())),
            cashiers=tuple(CashierRow(c, *row) for c, row in sorted(self._cashiers.items())),
            hours=tuple(HourRow(h, *row) for h, row in sorted(self._hours.items())),
            days=tuple(row for _, row in sorted(self._days.items())),
        )


def sales_and_refunds(ticket: Ticket) -> tuple[int, int]:
    """A ticket's turnover, split: positive lines are sales, negative ones refunds.

    A void counts whole: in refunds, or in sales when it takes a refund back.
    """
    amounts = [x.total for x in own_lines(ticket) if x.nature in TURNOVER_NATURES]
    whole = sum(amounts)
    if ticket.kind == "void":
        sales, refunds = max(whole, 0), min(whole, 0)
    else:
        sales, refunds = sum(a for a in amounts if a > 0), sum(a for a in amounts if a < 0)
    if ticket.voided_by is None:
        return sales, refunds
    return sales + max(-whole, 0), refunds + min(-whole, 0)


def _end(key: tuple[datetime, tuple[int, str]] | None) -> End | None:
    return None if key is None else End(key[0], key[1][1])
