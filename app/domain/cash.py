"""The content of a cash drawer: float + received ± moves = expected, against what was counted.

What wasn't counted carries over to the next closure of the drawer; an expected amount never takes
the place of a count. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.figures import TenderRow, tender_json
from app.domain.tenders import CASH, UNKNOWN


@dataclass(frozen=True, slots=True)
class Takings:
    """What one tender brought: number of payments and amount."""

    count: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Drawer:
    """A drawer between two closures, since it was last counted.

    `tenders` holds the takings already closed but not counted yet, `moves` the cash put in or
    taken out likewise; `counted_by` the id of the closure that last counted the cash.
    """

    cash_float: int = 0
    moves: int = 0
    tenders: tuple[tuple[str, Takings], ...] = ()
    counted_by: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What a person counted in one drawer: cents by tender, coins by denomination in cents."""

    tenders: Mapping[str, int] = field(default_factory=dict)
    coins: Mapping[int, int] = field(default_factory=dict)
    left: int | None = None
    banked: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CashRow:
    """One drawer in a closure, in the contract's words."""

    drawer: str
    cash_float: int
    received: int
    moves: int
    expected: int
    counted: int | None
    difference: int | None
    reason: str | None
    left: int | None
    banked: int | None
    tenders: tuple[TenderRow, ...]
    coins: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedDrawer:
    """The outcome: the closure's row, the drawer as the next one finds it, and what counting
    changes in the closure's own tenders (the split of `inconnu`, the differences)."""

    row: CashRow
    after: Drawer
    adjustments: tuple[TenderRow, ...]


def close_drawer(
    name: str,
    drawer: Drawer,
    taken: Mapping[str, Takings],
    moves: int,
    count: Count | None,
    closure: str,
) -> ClosedDrawer:
    """Close one drawer over the takings and cash moves of a closure (`closure` is its id).

    Where all takings are `inconnu`, counted cash less float and moves is the split: that much was
    cash, the rest stays `inconnu`; counting more than was taken is a difference.
    """
    totals = _joined(dict(drawer.tenders), taken)
    all_moves = drawer.moves + moves
    counted = _counted_cash(count)
    split = 0
    if counted is not None and UNKNOWN in totals and set(totals) == {UNKNOWN}:
        split = _clamp(counted - drawer.cash_float - all_moves, totals[UNKNOWN].amount)
        totals = _joined(totals, _moved(split))
    received = totals[CASH].amount if CASH in totals else 0
    expected = drawer.cash_float + received + all_moves
    differences = _differences(totals, count)
    if counted is not None:
        differences[CASH] = counted - expected
    rows = tuple(
        TenderRow(m, totals[m].count, totals[m].amount, differences.get(m))
        if m in totals
        else TenderRow(m, 0, 0, differences[m])
        for m in sorted(set(totals) | set(differences))
    )
    row = CashRow(
        drawer=name,
        cash_float=drawer.cash_float,
        received=received,
        moves=all_moves,
        expected=expected,
        counted=counted,
        difference=None if counted is None else counted - expected,
        reason=(count.reason or None) if count else None,
        left=count.left if count else None,
        banked=count.banked if count else None,
        tenders=rows,
        coins=tuple(sorted(count.coins.items(), reverse=True)) if count else (),
    )
    return ClosedDrawer(
        row,
        _after(drawer, totals, all_moves, differences, row, closure),
        _adjustments(split, differences),
    )


def next_float(counted: int | None, left: int | None, banked: int | None) -> int | None:
    """The float the next closure starts from: left, else counted − banked; None: carried over."""
    if left is not None:
        return left
    return None if counted is None else counted - (banked or 0)


def ends_window(drawer: Drawer) -> Drawer:
    """The drawer after a GÉNÉRALE: only cash, and what may be cash, is still in it to count."""
    kept = tuple(item for item in drawer.tenders if item[0] in (CASH, UNKNOWN))
    return Drawer(drawer.cash_float, drawer.moves, kept, drawer.counted_by)


def count_is_off(count: Count) -> bool:
    """Whether a count's own details disagree: coins against sum, left and banked against both."""
    counted = _counted_cash(count)
    coins = sum(value * number for value, number in count.coins.items())
    if count.coins and counted != coins:
        return True
    if counted is None or count.left is None or count.banked is None:
        return False
    return count.left + count.banked != counted


def _counted_cash(count: Count | None) -> int | None:
    if count is None:
        return None
    if CASH in count.tenders:
        return count.tenders[CASH]
    if count.coins:
        return sum(value * number for value, number in count.coins.items())
    return None


def _joined(a: Mapping[str, Takings], b: Mapping[str, Takings]) -> dict[str, Takings]:
    return {
        method: Takings(
            a.get(method, Takings()).count + b.get(method, Takings()).count,
            a.get(method, Takings()).amount + b.get(method, Takings()).amount,
        )
        for method in sorted({*a, *b})
    }


def _moved(split: int) -> dict[str, Takings]:
    return {CASH: Takings(0, split), UNKNOWN: Takings(0, -split)}


def _clamp(amount: int, available: int) -> int:
    return max(min(0, available), min(amount, max(0, available)))


def _differences(totals: Mapping[str, Takings], count: Count | None) -> dict[str, int]:
    if count is None:
        return {}
    return {
        method: amount - totals.get(method, Takings()).amount
        for method, amount in count.tenders.items()
        if method != CASH
    }


def _after(
    drawer: Drawer,
    totals: Mapping[str, Takings],
    moves: int,
    differences: Mapping[str, int],
    row: CashRow,
    closure: str,
) -> Drawer:
    float_after = next_float(row.counted, row.left, row.banked)
    if float_after is None:
        kept = tuple((m, t) for m, t in sorted(totals.items()) if m not in differences)
        # Banked without a count: the drawer holds that much less, its content carries over.
        return Drawer(drawer.cash_float, moves - (row.banked or 0), kept, drawer.counted_by)
    kept = tuple(
        (m, t)
        for m, t in sorted(totals.items())
        if m not in differences and m not in (CASH, UNKNOWN)
    )
    return Drawer(float_after, 0, kept, closure)


def _adjustments(split: int, differences: Mapping[str, int]) -> tuple[TenderRow, ...]:
    rows = []
    if split:
        rows = [TenderRow(CASH, 0, split), TenderRow(UNKNOWN, 0, -split)]
    rows += [TenderRow(method, 0, 0, d) for method, d in sorted(differences.items())]
    return tuple(rows)


def cash_row_json(row: CashRow) -> dict[str, Any]:
    """The contract's shape of a drawer in a closure."""
    return {
        "drawer": row.drawer,
        "float": row.cash_float,
        "received": row.received,
        "moves": row.moves,
        "expected": row.expected,
        "counted": row.counted,
        "difference": row.difference,
        "reason": row.reason,
        "left": row.left,
        "banked": row.banked,
        "tenders": [tender_json(t) for t in row.tenders],
        "coins": {str(value): number for value, number in row.coins},
    }


def drawer_json(drawer: Drawer) -> dict[str, Any]:
    """A drawer as the saved state keeps it."""
    return {
        "float": drawer.cash_float,
        "moves": drawer.moves,
        "tenders": {m: [t.count, t.amount] for m, t in drawer.tenders},
        "counted_by": drawer.counted_by,
    }


def drawer_from_json(record: Mapping[str, Any]) -> Drawer:
    """Read a drawer back from the saved state."""
    return Drawer(
        record["float"],
        record["moves"],
        tuple((m, Takings(*t)) for m, t in sorted(record["tenders"].items())),
        record["counted_by"],
    )
