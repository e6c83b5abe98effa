"""The ledger's state as the data folder keeps it beside the journal; it can always be rebuilt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.domain.cash import drawer_from_json, drawer_json
from app.domain.figures import figures_from_json, figures_json
from app.domain.findings import Mark, Series
from app.domain.ledger import (
    LastClosure,
    LastTicket,
    Ledger,
    PeriodSum,
    Watermark,
    WindowClosure,
)
from app.domain.scope import Scope


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """The state as the data folder keeps it beside the journal (it can always be rebuilt)."""
    return {
        "shop": ledger.shop,
        "simulation": ledger.simulation,
        "heads": {chain: list(head) for chain, head in ledger.heads.items()},
        "last": last_closures_json(ledger),
        "window": [[c.id, c.scope.kind, c.scope.code, figures_json(c.own)] for c in ledger.window],
        "ends": {key: end.isoformat() for key, end in ledger.ends.items()},
        "marks": {
            d: [list(m.whole), list(m.part), m.until.isoformat() if m.until else None]
            for d, m in ledger.marks.items()
        },
        "open": ledger.open,
        "drawers": {name: drawer_json(drawer) for name, drawer in ledger.drawers.items()},
        "before_float": {name: drawer_json(d) for name, d in ledger.before_float.items()},
        "moves": ledger.moves,
        "corrections": ledger.corrections,
        "conflicts": ledger.conflicts,
        "tills": {t: [last.number, last.at.isoformat()] for t, last in ledger.tills.items()},
        "numbers": {s: [n.recorded, n.checked, n.waiting] for s, n in ledger.numbers.items()},
        "months": _sums_json(ledger.months),
        "years": _sums_json(ledger.years),
        "sealed_until": ledger.sealed_until.isoformat() if ledger.sealed_until else None,
        "closed_at": ledger.closed_at.isoformat() if ledger.closed_at else None,
        "damaged": ledger.damaged,
        "unread": [list(place) for place in ledger.unread],
    }


def last_closures_json(ledger: Ledger) -> dict[str, Any]:
    """The newest closure of each series, as the state and a declared loss hold them."""
    return {
        series: {**asdict(closure), "business_day": closure.business_day.isoformat()}
        for series, closure in ledger.last.items()
    }


def ledger_from_json(saved: Mapping[str, Any]) -> Ledger:
    """Read the state back; raises KeyError, ValueError or TypeError when it is not one."""
    return Ledger(
        shop=saved["shop"],
        simulation=saved["simulation"],
        heads={chain: (head[0], head[1]) for chain, head in saved["heads"].items()},
        last={
            series: LastClosure(**{**row, "business_day": date.fromisoformat(row["business_day"])})
            for series, row in saved["last"].items()
        },
        window=[
            WindowClosure(i, Scope(kind, code), figures_from_json(own))
            for i, kind, code, own in saved["window"]
        ],
        ends={key: datetime.fromisoformat(end) for key, end in saved["ends"].items()},
        marks={
            d: Watermark(
                (whole[0], whole[1]),
                (part[0], part[1]),
                datetime.fromisoformat(until) if until else None,
            )
            for d, (whole, part, until) in saved["marks"].items()
        },
        open={day: dict(drawers) for day, drawers in saved["open"].items()},
        drawers={name: drawer_from_json(d) for name, d in saved["drawers"].items()},
        before_float={name: drawer_from_json(d) for name, d in saved["before_float"].items()},
        moves=list(saved["moves"]),
        corrections=list(saved["corrections"]),
        conflicts=list(saved["conflicts"]),
        tills={
            t: LastTicket(number, datetime.fromisoformat(at))
            for t, (number, at) in saved["tills"].items()
        },
        numbers={
            series: Series(_mark(recorded), _mark(checked), waiting)
            for series, (recorded, checked, waiting) in saved["numbers"].items()
        },
        months=_sums_from_json(saved["months"]),
        years=_sums_from_json(saved["years"]),
        sealed_until=date.fromisoformat(saved["sealed_until"]) if saved["sealed_until"] else None,
        closed_at=datetime.fromisoformat(saved["closed_at"]) if saved["closed_at"] else None,
        damaged=saved["damaged"],
        unread=[(segment, offset) for segment, offset in saved["unread"]],
    )


def _mark(saved: Sequence[Any] | None) -> Mark | None:
    return None if saved is None else (saved[0], saved[1])


def _sums_json(sums: Mapping[str, PeriodSum]) -> dict[str, Any]:
    return {code: [list(s.ids), figures_json(s.figures)] for code, s in sums.items()}


def _sums_from_json(saved: Mapping[str, Any]) -> dict[str, PeriodSum]:
    return {
        code: PeriodSum(tuple(ids), figures_from_json(figures))
        for code, (ids, figures) in saved.items()
    }
