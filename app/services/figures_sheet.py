"""The figures of a closure or of an X, ready to be laid out: sums, shares and rows, no words.

A screen only has to write them: everything that adds, compares or sorts is done here. Amounts are
cents, shares thousandths of the total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.figures import (
    CashierRow,
    Figures,
    HourRow,
    OutsideRow,
    TenderRow,
    VatRow,
    figures_from_json,
)
from app.domain.findings import Finding, finding_from_json
from app.domain.money import divide_half_away

MOST_FAMILIES = 150
"""Families shown one by one; the smaller ones are then added up in one row."""


@dataclass(frozen=True, slots=True)
class FamilyShare:
    """A family's turnover and its part of the total, in thousandths; `others` are added up."""

    family: str
    qty: Decimal
    total: int
    share: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """Cash put in (`amount` > 0), taken out (< 0), or a declared float (`kind` float).

    `expected` is what a drawer was thought to hold when its float was declared.
    """

    kind: str
    amount: int
    reason: str
    at: datetime
    by: str
    expected: int | None = None

    @property
    def gap(self) -> int:
        """What a declared float has more (or less) than was left in the drawer.

        Where nothing was left the float comes from elsewhere: there is nothing to compare.
        """
        return self.amount - self.expected if self.expected else 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count said of a drawer; `at` and `by` only for one that came afterwards."""

    counted: int | None
    difference: int | None
    left: int | None
    banked: int | None
    reason: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class CashSheet:
    """A drawer: how its expected content comes about, its first count and the later ones."""

    drawer: str
    cash_float: int
    received: int
    moves: int
    expected: int
    count: Counted
    corrections: tuple[Counted, ...]
    tenders: tuple[TenderRow, ...]
    coins: tuple[tuple[int, int], ...]
    move_rows: tuple[Move, ...]

    @property
    def last_count(self) -> Counted:
        """The count that holds: the newest correction, else the first one."""
        return self.corrections[-1] if self.corrections else self.count

    def difference_with(self, counted: int | None) -> int | None:
        """The difference that such a count would make."""
        return None if counted is None else counted - self.expected


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the figures of a scope show."""

    tickets: int
    late: int
    first_ticket: str
    last_ticket: str
    first_at: datetime | None
    last_at: datetime | None
    sales: int
    refunds: int
    discounts: int
    total: int
    average: int
    vat: tuple[VatRow, ...]
    vat_total: VatRow
    outside: tuple[OutsideRow, ...]
    outside_total: int
    tenders: tuple[TenderRow, ...]
    tenders_total: int
    families: tuple[FamilyShare, ...]
    cashiers: tuple[CashierRow, ...]
    hours: tuple[HourRow, ...]
    cash: tuple[CashSheet, ...]
    findings: tuple[Finding, ...]


def sheet_of(body: Mapping[str, Any]) -> Sheet:
    """The sheet of a closure (`show_closure`) or of an X (`read_x`)."""
    moves = (body.get("own") or {}).get("moves", ())
    corrections = body.get("corrections", ())
    return sheet_of_figures(
        figures_from_json(body["figures"]),
        cash=tuple(_cash(row, moves, corrections) for row in body["cash"]),
        findings=tuple(finding_from_json(row) for row in body["findings"]),
    )


def sheet_of_figures(
    figures: Figures,
    *,
    cash: tuple[CashSheet, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Sheet:
    """The sheet of bare figures: a month's, for instance."""
    first, last = figures.first, figures.last
    return Sheet(
        tickets=figures.tickets,
        late=figures.late,
        first_ticket=first.number if first else "",
        last_ticket=last.number if last else "",
        first_at=first.at if first else None,
        last_at=last.at if last else None,
        sales=figures.sales,
        refunds=figures.refunds,
        discounts=figures.discounts,
        total=figures.total,
        average=divide_half_away(figures.total, figures.tickets) if figures.tickets else 0,
        vat=figures.vat,
        vat_total=VatRow(
            0,
            "",
            sum(row.ht for row in figures.vat),
            sum(row.tva for row in figures.vat),
            sum(row.ttc for row in figures.vat),
        ),
        outside=figures.outside,
        outside_total=figures.outside_total,
        tenders=figures.tenders,
        tenders_total=sum(row.expected for row in figures.tenders),
        families=_families(figures),
        cashiers=tuple(sorted(figures.cashiers, key=lambda row: -row.total)),
        hours=_hours(figures.hours),
        cash=cash,
        findings=findings,
    )


def _families(figures: Figures) -> tuple[FamilyShare, ...]:
    rows = sorted(figures.families, key=lambda row: (-row.total, row.family))
    shown = [
        FamilyShare(row.family, row.qty, row.total, _share(row.total, figures.total))
        for row in rows[:MOST_FAMILIES]
    ]
    rest = rows[MOST_FAMILIES:]
    if rest:
        total = sum(row.total for row in rest)
        qty = sum((row.qty for row in rest), Decimal(0))
        shown.append(FamilyShare("", qty, total, _share(total, figures.total), len(rest)))
    return tuple(shown)


def _share(part: int, whole: int) -> int:
    return divide_half_away(part * 1000, whole) if whole > 0 else 0


def _hours(rows: Sequence[HourRow]) -> tuple[HourRow, ...]:
    """The hours in order, the empty ones between the first and the last included."""
    if not rows:
        return ()
    known = {row.hour: row for row in rows}
    return tuple(known.get(hour, HourRow(hour, 0, 0)) for hour in range(min(known), max(known) + 1))


def _cash(
    row: Mapping[str, Any],
    moves: Sequence[Mapping[str, Any]],
    corrections: Sequence[Mapping[str, Any]],
) -> CashSheet:
    drawer = row["drawer"]
    return CashSheet(
        drawer=drawer,
        cash_float=row["float"],
        received=row["received"],
        moves=row["moves"],
        expected=row["expected"],
        count=_counted(row),
        corrections=tuple(
            _counted(c["after"], c["at"], c["by"]) for c in corrections if c["drawer"] == drawer
        ),
        tenders=tuple(
            TenderRow(t["method"], t["count"], t["expected"], t["counted"], t["difference"])
            for t in row["tenders"]
        ),
        coins=tuple(sorted(((int(v), n) for v, n in row.get("coins", {}).items()), reverse=True)),
        move_rows=tuple(move_of(m) for m in moves if m["drawer"] == drawer),
    )


def _counted(row: Mapping[str, Any], at: str = "", by: str = "") -> Counted:
    return Counted(
        row["counted"],
        row["difference"],
        row["left"],
        row["banked"],
        row["reason"] or "",
        datetime.fromisoformat(at) if at else None,
        by,
    )


def move_of(record: Mapping[str, Any]) -> Move:
    """A recorded move, its amount with its sign."""
    amount = int(record["amount"])
    return Move(
        record["kind"],
        -amount if record["kind"] == "out" else amount,
        record["reason"],
        datetime.fromisoformat(record["at"]),
        record["by"],
        record.get("expected"),
    )


def difference_of(sheets: Sequence[CashSheet]) -> int | None:
    """What all drawers together have too much (or too little); None when none was counted."""
    known = [s.last_count.difference for s in sheets if s.last_count.difference is not None]
    return sum(known) if known else None
