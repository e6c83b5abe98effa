"""Cash put in or taken out, the morning's float, and a count typed wrong: each an added record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.domain.cash import Count, Drawer, Takings, counted_cash
from app.domain.closing import cash_moved
from app.domain.scope import drawer_name
from app.domain.tenders import CASH
from app.errors import ClosureRefused, NotFound, UsageError
from app.services.closures import corrections_of

if TYPE_CHECKING:
    from datetime import datetime

    from app.store.shop import Shop

MAX_CENTS = 100_000_000
_NOTHING = Takings()


def move_cash(
    shop: Shop, kind: str, amount: int, drawer: str, reason: str, now: datetime, by: str = ""
) -> dict[str, Any]:
    """Record cash put `in` or taken `out` of a drawer (cents > 0). Raises UsageError."""
    if not 0 < amount <= MAX_CENTS:
        raise UsageError("Le montant va d'un centime à un million d'euros.")
    if not reason.strip():
        raise UsageError("Un mouvement de caisse a besoin d'un motif : dites pourquoi.")
    body = {"kind": kind, "amount": amount, "reason": reason.strip()}
    return _record(shop, drawer, body, now, by)


def declare_float(
    shop: Shop, amount: int, drawer: str, now: datetime, by: str = ""
) -> dict[str, Any]:
    """Record the float a drawer starts with; what was expected in it is kept beside."""
    if not 0 <= amount <= MAX_CENTS:
        raise UsageError("Le fond de caisse va de zéro à un million d'euros.")
    with shop.writing():
        expected = carried_over(shop, drawer)
        body = {"kind": "float", "amount": amount, "expected": expected, "reason": ""}
        return _record(shop, drawer, body, now, by)


def carried_over(shop: Shop, drawer: str) -> int:
    """What a drawer should hold, in cents, not counting the sales of the open period."""
    known = shop.ledger.drawers.get(drawer, Drawer())
    moved = cash_moved([move for move in shop.ledger.moves if move["drawer"] == drawer])
    closed = dict(known.tenders).get(CASH, _NOTHING).amount
    return known.cash_float + known.moves + closed + moved


def left_and_banked(count: Count) -> int:
    """What is said to stay in the drawer and to go to the bank, together, in cents."""
    return (count.left or 0) + (count.banked or 0)


def correct_count(
    shop: Shop, closure_id: str, drawer: str, count: Count, now: datetime, by: str = ""
) -> dict[str, Any]:
    """Correct what was counted in one drawer, as `correct_counts` does in several."""
    return correct_counts(shop, closure_id, {drawer: count}, now, by)[0]


def correct_counts(
    shop: Shop, closure_id: str, counts: Mapping[str, Count], now: datetime, by: str = ""
) -> list[dict[str, Any]]:
    """Correct what was counted at a closure, by drawer; the first count stays, both are shown.

    A correction says what held before it and all that holds after, so that several add up. Raises
    NotFound, ClosureRefused (the closure didn't hold or count a drawer) or UsageError (no cash
    said): then none is corrected.
    """
    with shop.writing():
        found = shop.closure(closure_id)
        if found is None:
            raise NotFound(f"Aucune clôture {closure_id} : « closures » en donne la liste.")
        rows = {row["drawer"]: row for row in found[0]["cash"]}
        bodies = [
            _correction(shop, closure_id, rows.get(drawer), drawer, count, now, by)
            for drawer, count in sorted(counts.items())
        ]
        shop.append_unless_empty(
            shop.new_record("correction", f"cash/{body['drawer']}", body) for body in bodies
        )
        return bodies


def _correction(
    shop: Shop,
    closure_id: str,
    row: Mapping[str, Any] | None,
    drawer: str,
    count: Count,
    now: datetime,
    by: str,
) -> dict[str, Any]:
    """The record of one correction; `row` is the drawer in the closure."""
    if row is None:
        raise ClosureRefused(f"La clôture {closure_id} ne contient pas le tiroir {drawer}.")
    if row["counted"] is None:
        raise ClosureRefused(
            f"Le tiroir {drawer} n'a pas été compté à la clôture {closure_id} : il n'y a rien "
            "à corriger, comptez-le à la prochaine."
        )
    counted = counted_cash(count)
    if counted is None:
        raise UsageError("Une correction donne le montant compté en espèces.")
    before = _count_that_stands(shop, closure_id, row)
    return {
        "closure": closure_id,
        "drawer": drawer,
        "before": before,
        "after": {
            "counted": counted,
            "difference": counted - row["expected"],
            "left": before["left"] if count.left is None else count.left,
            "banked": before["banked"] if count.banked is None else count.banked,
            "reason": count.reason or None,
        },
        "at": now.isoformat(),
        "by": by,
    }


def _count_that_stands(shop: Shop, closure_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the newest correction of a closure's drawer says, else its first count (`row`)."""
    made = [  # those that no closure took yet are the newest, and may not be in the views
        c
        for c in (*corrections_of(shop, closure_id), *shop.ledger.corrections)
        if (c["closure"], c["drawer"]) == (closure_id, row["drawer"])
    ]
    stands = made[-1]["after"] if made else row
    return {k: stands[k] for k in ("counted", "difference", "left", "banked", "reason")}


def _record(
    shop: Shop, drawer: str, body: Mapping[str, Any], now: datetime, by: str
) -> dict[str, Any]:
    record = {**body, "drawer": drawer_name(drawer), "at": now.isoformat(), "by": by}
    with shop.writing():
        shop.append([shop.new_record("move", f"cash/{drawer}", record)])
    return record
