"""A count being typed, kept on disk until its closure: a power cut costs no recount.

A draft is no record: it proves nothing, and the closure alone says what was counted. It is worth
something only until a closure touches its scope: the drawers then hold something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.cash import Count
from app.domain.closing import TillZ
from app.domain.scope import CAISSE, GENERAL, POSTE, Scope
from app.services.closure_plan import ClosurePlan

if TYPE_CHECKING:
    from app.domain.ledger import Ledger
    from app.store.shop import Shop

_FILE = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """A closure begun and not made: its plan, and when something was last typed."""

    plan: ClosurePlan
    at: datetime


def save_draft(shop: Shop, plan: ClosurePlan, now: datetime) -> None:
    """Keep what was typed so far. Raises Busy, DiskFull or DataFolderError."""
    row = {
        "scope": {"kind": plan.scope.kind, "code": plan.scope.code},
        "until": plan.until.isoformat() if plan.until else None,
        "at": now.isoformat(),
        "after": _closures_over(shop.ledger, plan.scope),
        "till_z": [[z.till, z.number, z.total] for z in plan.till_z],
        "counts": {drawer: count_json(count) for drawer, count in plan.counts.items()},
    }
    with shop.writing(), shop.documents.open(_FILE) as database:
        table = database.table("rows")
        kept = [known for known in table.all() if not _same(known, row) and _fits(shop, known)]
        table.truncate()
        table.insert_multiple([*kept, row])


def load_draft(shop: Shop, scope: Scope, until: datetime | None = None) -> Draft | None:
    """What was typed for a closure and not closed yet."""
    return next((d for d in drafts(shop) if d.plan.scope == scope and d.plan.until == until), None)


def drafts(shop: Shop) -> tuple[Draft, ...]:
    """The closures begun and not made, the newest first."""
    rows = [row for row in shop.documents.rows(_FILE) if _fits(shop, row)]
    return tuple(sorted(map(_draft, rows), key=lambda draft: draft.at, reverse=True))


def resumed(shop: Shop, plan: ClosurePlan) -> ClosurePlan:
    """The plan with what its draft holds, which is newer than what a screen was built with."""
    draft = load_draft(shop, plan.scope, plan.until)
    return plan if draft is None else plan.with_typed(draft.plan)


def drop_draft(shop: Shop, scope: Scope, until: datetime | None = None) -> None:
    """Forget a draft: its closure is made, or the person starts afresh."""
    wanted = {
        "scope": {"kind": scope.kind, "code": scope.code},
        "until": until.isoformat() if until else None,
    }
    if not any(_same(row, wanted) for row in shop.documents.rows(_FILE)):
        return
    with shop.writing(), shop.documents.open(_FILE) as database:
        database.table("rows").remove(lambda known: _same(known, wanted))


def count_json(count: Count) -> dict[str, Any]:
    """A count in the shape of a `--count` file."""
    return {
        "tenders": dict(count.tenders),
        "coins": {str(value): number for value, number in count.coins.items()},
        "left": count.left,
        "banked": count.banked,
        "reason": count.reason,
    }


def count_from_json(row: dict[str, Any]) -> Count:
    """Read a draft's count back."""
    return Count(
        tenders=dict(row["tenders"]),
        coins={int(value): number for value, number in row["coins"].items()},
        left=row["left"],
        banked=row["banked"],
        reason=row["reason"],
    )


def _draft(row: dict[str, Any]) -> Draft:
    plan = ClosurePlan(
        scope=Scope(**row["scope"]),
        until=datetime.fromisoformat(row["until"]) if row["until"] else None,
        till_z=tuple(TillZ(*z) for z in row["till_z"]),
        counts={drawer: count_from_json(count) for drawer, count in row["counts"].items()},
    )
    return Draft(plan, datetime.fromisoformat(row["at"]))


def _same(row: Any, other: dict[str, Any]) -> bool:
    return bool(row.get("scope") == other["scope"] and row.get("until") == other["until"])


def _fits(shop: Shop, row: Any) -> bool:
    """Whether a draft is of this layout, and no closure has touched its scope since."""
    if not {"scope", "until", "at", "after", "till_z", "counts"} <= set(row):
        return False
    return bool(row["after"] == _closures_over(shop.ledger, Scope(**row["scope"])))


def _closures_over(ledger: Ledger, scope: Scope) -> dict[str, str]:
    """The newest closure of every series that holds some drawer of the scope, by series."""
    newest = {}
    for key, last in ledger.last.items():
        kind, _, code = key.partition("/")
        if kind in (GENERAL, POSTE, CAISSE):
            other = Scope(kind, code)
            if other.nests(scope) or scope.nests(other):
                newest[key] = last.id
    return newest
