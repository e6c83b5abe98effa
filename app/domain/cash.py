"""The content of a cash drawer: float + received ± moves = expected, against what was counted.

What wasn't counted carries over to the next closure of the drawer; an expected amount never takes
the place of a count. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.figures import TenderRow, tender_json
from app.domain.tenders import CASH, UNKNOWN

NOTES = (50000, 20000, 10000, 5000, 2000, 1000, 500)
COINS = (200, 100, 50, 20, 10, 5, 2, 1)
"""The euro's notes and coins, in cents."""


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
    changes in the closure's own tenders (the split of `inconnu`, what was counted)."""

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

    Where all takings are `inconnu`, the count is the split: what was counted of other tenders,
    then the counted cash less float and moves; the rest stays `inconnu`, and counting more than
    was taken is a difference.
    """
    totals = _joined(dict(drawer.tenders), taken)
    all_moves = drawer.moves + moves
    cash = counted_cash(count)
    counted = _counted_takings(count, cash, drawer.cash_float + all_moves)
    split = _split(totals, counted)
    totals = _joined(totals, split)
    received = totals[CASH].amount if CASH in totals else 0
    expected = drawer.cash_float + received + all_moves
    rows = tuple(
        _tender_row(method, totals.get(method, Takings()), counted.get(method))
        for method in sorted({*totals, *counted})
    )
    row = CashRow(
        drawer=name,
        cash_float=drawer.cash_float,
        received=received,
        moves=all_moves,
        expected=expected,
        counted=cash,
        difference=None if cash is None else cash - expected,
        reason=(count.reason or None) if count else None,
        left=count.left if count else None,
        banked=count.banked if count else None,
        tenders=rows,
        coins=tuple(sorted(count.coins.items(), reverse=True)) if count else (),
    )
    return ClosedDrawer(
        row,
        _after(drawer, totals, all_moves, counted, row, closure),
        _adjustments(split, rows),
    )


def with_float(drawer: Drawer, amount: int) -> Drawer:
    """The drawer once its float was declared: that stands in for what was carried over."""
    kept = tuple(item for item in drawer.tenders if item[0] not in (CASH, UNKNOWN))
    return Drawer(amount, 0, kept)


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
    counted = counted_cash(count)
    coins = sum(value * number for value, number in count.coins.items())
    if count.coins and counted != coins:
        return True
    if counted is None:
        return count.left is not None
    if count.left is None or count.banked is None:
        return (count.left or 0) + (count.banked or 0) > counted
    return count.left + count.banked != counted


def counted_cash(count: Count | None) -> int | None:
    """The cash that was counted, in cents, by its sum or by coins alone; None: it was not."""
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


def _counted_takings(count: Count | None, cash: int | None, held: int) -> dict[str, int]:
    """What was counted of each tender's takings; `held` is the cash that was no taking."""
    others = {} if count is None else {m: a for m, a in count.tenders.items() if m != CASH}
    return others if cash is None else {**others, CASH: cash - held}


def _split(totals: Mapping[str, Takings], counted: Mapping[str, int]) -> dict[str, Takings]:
    """What a count tells of takings that are all `inconnu`: amounts to move, adding up to 0."""
    if set(totals) != {UNKNOWN}:
        return {}
    rest = totals[UNKNOWN].amount
    moved: dict[str, Takings] = {}
    for method in sorted(set(counted) - {UNKNOWN}, key=lambda m: (m == CASH, m)):
        part = _clamp(counted[method], rest)
        if part:
            moved[method] = Takings(0, part)
            rest -= part
    left_over = rest - totals[UNKNOWN].amount
    return {**moved, UNKNOWN: Takings(0, left_over)} if moved else {}


def _clamp(amount: int, available: int) -> int:
    return max(min(0, available), min(amount, max(0, available)))


def _tender_row(method: str, takings: Takings, counted: int | None) -> TenderRow:
    difference = None if counted is None else counted - takings.amount
    return TenderRow(method, takings.count, takings.amount, counted, difference)


def _after(
    drawer: Drawer,
    totals: Mapping[str, Takings],
    moves: int,
    counted: Mapping[str, int],
    row: CashRow,
    closure: str,
) -> Drawer:
    float_after = next_float(row.counted, row.left, row.banked)
    if float_after is None:
        kept = tuple((m, t) for m, t in sorted(totals.items()) if m not in counted)
        # Banked without a count: the drawer holds that much less, its content carries over.
        return Drawer(drawer.cash_float, moves - (row.banked or 0), kept, drawer.counted_by)
    kept = tuple(
        (m, t) for m, t in sorted(totals.items()) if m not in counted and m not in (CASH, UNKNOWN)
    )
    return Drawer(float_after, 0, kept, closure)


def _adjustments(split: Mapping[str, Takings], rows: Sequence[TenderRow]) -> tuple[TenderRow, ...]:
    moved = [TenderRow(method, 0, takings.amount) for method, takings in split.items()]
    found = [
        TenderRow(row.method, 0, 0, row.counted, row.difference)
        for row in rows
        if row.counted is not None
    ]
    return (*moved, *found)


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
