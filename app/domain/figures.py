"""Figures: what a set of tickets adds up to, by every view a Z shows.

Figures are immutable and can be added: a closure's figures are its own plus those of the closures
it covers. Amounts are cents, rates hundredths of a percent, quantities decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any, TypeVar

from app.domain.money import rate_from_text, rate_text


@dataclass(frozen=True, slots=True)
class VatRow:
    """Turnover of one (rate, nature)."""

    rate: int
    nature: str
    ht: int
    tva: int
    ttc: int


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """Money received outside turnover, by nature."""

    nature: str
    amount: int


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One tender: `expected` by the tickets, `counted` of it by people, for cash a drawer's count
    less its float and moves. Both None: not counted. Where only some drawers were counted,
    `counted` holds what was, and `difference` what that lacked or had too much."""

    method: str
    count: int
    expected: int
    counted: int | None = None
    difference: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Turnover of one family."""

    family: str
    qty: Decimal
    total: int


@dataclass(frozen=True, slots=True)
class CashierRow:
    """Turnover of one cashier; `refunds` ≤ 0."""

    cashier: str
    tickets: int
    total: int
    discounts: int
    refunds: int


@dataclass(frozen=True, slots=True)
class HourRow:
    """Turnover of one hour of the Paris clock."""

    hour: int
    tickets: int
    total: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """Turnover of one business day, with its first and last ticket's moments."""

    day: date
    tickets: int
    total: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class End:
    """The first or last ticket of a set: its moment and number."""

    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of tickets; `refunds` ≤ 0, `late` counts those of a closed period."""

    tickets: int = 0
    late: int = 0
    first: End | None = None
    last: End | None = None
    sales: int = 0
    refunds: int = 0
    discounts: int = 0
    vat: tuple[VatRow, ...] = ()
    outside: tuple[OutsideRow, ...] = ()
    tenders: tuple[TenderRow, ...] = ()
    families: tuple[FamilyRow, ...] = ()
    cashiers: tuple[CashierRow, ...] = ()
    hours: tuple[HourRow, ...] = ()
    days: tuple[DayRow, ...] = ()

    @property
    def total(self) -> int:
        """Turnover with tax: sales + refunds."""
        return self.sales + self.refunds

    @property
    def outside_total(self) -> int:
        """Everything received outside turnover."""
        return sum(row.amount for row in self.outside)


EMPTY = Figures()

_Row = TypeVar("_Row")


def add(a: Figures, b: Figures) -> Figures:
    """The figures of both sets together."""
    return Figures(
        tickets=a.tickets + b.tickets,
        late=a.late + b.late,
        first=_pick(a.first, b.first, min),
        last=_pick(a.last, b.last, max),
        sales=a.sales + b.sales,
        refunds=a.refunds + b.refunds,
        discounts=a.discounts + b.discounts,
        vat=_merge(a.vat + b.vat, lambda r: (-r.rate, r.nature), _add_vat),
        outside=_merge(
            a.outside + b.outside,
            lambda r: r.nature,
            lambda x, y: OutsideRow(x.nature, x.amount + y.amount),
        ),
        tenders=_merge(a.tenders + b.tenders, lambda r: r.method, _add_tender),
        families=_merge(
            a.families + b.families,
            lambda r: r.family,
            lambda x, y: FamilyRow(x.family, x.qty + y.qty, x.total + y.total),
        ),
        cashiers=_merge(a.cashiers + b.cashiers, lambda r: r.cashier, _add_cashier),
        hours=_merge(
            a.hours + b.hours,
            lambda r: r.hour,
            lambda x, y: HourRow(x.hour, x.tickets + y.tickets, x.total + y.total),
        ),
        days=_merge(a.days + b.days, lambda r: r.day, _add_day),
    )


def total_of(parts: Iterable[Figures]) -> Figures:
    """The sum of any number of figures."""
    return reduce(add, parts, EMPTY)


def _merge(
    rows: tuple[_Row, ...], key: Callable[[_Row], Any], join: Callable[[_Row, _Row], _Row]
) -> tuple[_Row, ...]:
    merged: dict[Any, _Row] = {}
    for row in rows:
        known = merged.get(key(row))
        merged[key(row)] = row if known is None else join(known, row)
    return tuple(merged[k] for k in sorted(merged))


def _pick(a: End | None, b: End | None, which: Callable[..., End]) -> End | None:
    if a is None or b is None:
        return a or b
    return which(a, b, key=lambda end: (end.at, number_key(end.number)))


def number_key(number: str) -> tuple[int, str]:
    """The natural order of ticket numbers: 99 before 100."""
    return (len(number), number) if number.isdecimal() else (1_000, number)


def _add_vat(x: VatRow, y: VatRow) -> VatRow:
    return VatRow(x.rate, x.nature, x.ht + y.ht, x.tva + y.tva, x.ttc + y.ttc)


def _add_tender(x: TenderRow, y: TenderRow) -> TenderRow:
    return TenderRow(
        x.method,
        x.count + y.count,
        x.expected + y.expected,
        _sum_of_known(x.counted, y.counted),
        _sum_of_known(x.difference, y.difference),
    )


def _sum_of_known(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return b if a is None else a
    return a + b


def _add_cashier(x: CashierRow, y: CashierRow) -> CashierRow:
    return CashierRow(
        x.cashier,
        x.tickets + y.tickets,
        x.total + y.total,
        x.discounts + y.discounts,
        x.refunds + y.refunds,
    )


def _add_day(x: DayRow, y: DayRow) -> DayRow:
    return DayRow(
        x.day,
        x.tickets + y.tickets,
        x.total + y.total,
        min(x.first_at, y.first_at),
        max(x.last_at, y.last_at),
    )


def figures_json(figures: Figures, *, short: bool = False) -> dict[str, Any]:
    """Figures in the contract's shape; `short` leaves out what only a whole shop needs."""
    record: dict[str, Any] = {
        "tickets": figures.tickets,
        "late": figures.late,
        "first_ticket": figures.first.number if figures.first else None,
        "last_ticket": figures.last.number if figures.last else None,
        "first_at": figures.first.at.isoformat() if figures.first else None,
        "last_at": figures.last.at.isoformat() if figures.last else None,
        "sales": figures.sales,
        "refunds": figures.refunds,
        "discounts": figures.discounts,
        "total": figures.total,
        "vat": [
            {"rate": rate_text(r.rate), "nature": r.nature, "ht": r.ht, "tva": r.tva, "ttc": r.ttc}
            for r in figures.vat
        ],
        "outside": [{"nature": r.nature, "amount": r.amount} for r in figures.outside],
        "tenders": [tender_json(r) for r in figures.tenders],
    }
    if short:
        return record
    record["families"] = [
        {"family": r.family, "qty": format(r.qty, "f"), "total": r.total} for r in figures.families
    ]
    record["cashiers"] = [
        {
            "cashier": r.cashier,
            "tickets": r.tickets,
            "total": r.total,
            "discounts": r.discounts,
            "refunds": r.refunds,
        }
        for r in figures.cashiers
    ]
    record["hours"] = [
        {"hour": r.hour, "tickets": r.tickets, "total": r.total} for r in figures.hours
    ]
    record["days"] = [
        {
            "day": r.day.isoformat(),
            "tickets": r.tickets,
            "total": r.total,
            "first_at": r.first_at.isoformat(),
            "last_at": r.last_at.isoformat(),
        }
        for r in figures.days
    ]
    return record


def tender_json(row: TenderRow) -> dict[str, Any]:
    """One tender in the contract's shape."""
    return {
        "method": row.method,
        "count": row.count,
        "expected": row.expected,
        "counted": row.counted,
        "difference": row.difference,
    }


def figures_from_json(record: Mapping[str, Any]) -> Figures:
    """Read figures back from the contract's shape (whole or short)."""
    return Figures(
        tickets=record["tickets"],
        late=record["late"],
        first=_end(record["first_at"], record["first_ticket"]),
        last=_end(record["last_at"], record["last_ticket"]),
        sales=record["sales"],
        refunds=record["refunds"],
        discounts=record["discounts"],
        vat=tuple(
            VatRow(rate_from_text(r["rate"]), r["nature"], r["ht"], r["tva"], r["ttc"])
            for r in record["vat"]
        ),
        outside=tuple(OutsideRow(r["nature"], r["amount"]) for r in record["outside"]),
        tenders=tuple(
            TenderRow(r["method"], r["count"], r["expected"], r["counted"], r["difference"])
            for r in record["tenders"]
        ),
        families=tuple(
            FamilyRow(r["family"], Decimal(r["qty"]), r["total"])
            for r in record.get("families", ())
        ),
        cashiers=tuple(CashierRow(**r) for r in record.get("cashiers", ())),
        hours=tuple(HourRow(**r) for r in record.get("hours", ())),
        days=tuple(_day(r) for r in record.get("days", ())),
    )


def _end(at: str | None, number: str | None) -> End | None:
    return None if at is None else End(datetime.fromisoformat(at), number or "")


def _day(r: Mapping[str, Any]) -> DayRow:
    return DayRow(
        date.fromisoformat(r["day"]),
        r["tickets"],
        r["total"],
        datetime.fromisoformat(r["first_at"]),
        datetime.fromisoformat(r["last_at"]),
    )
