"""Make the closure that a person has planned, and forget its draft."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.errors import AppError
from app.services.close import close
from app.services.closure_plan import ClosurePlan
from app.services.closures import show_closure
from app.services.count_draft import drop_draft

if TYPE_CHECKING:
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows a closure: its name, its state (pending, done, failed, off) and a detail."""

    job: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class Made:
    """A closure as the last screen of the flow tells it; amounts in cents.

    `difference` is None when nothing was counted; `banked` when nothing was said of it.
    """

    id: str
    kind: str
    code: str
    number: int
    business_day: str
    tickets: int
    total: int
    difference: int | None
    banked: int | None
    follow_ups: tuple[FollowUp, ...]


def close_as_planned(shop: Shop, plan: ClosurePlan, now: datetime) -> str:
    """Make the closure and give its id; raises what `close` raises, the draft is kept then."""
    made = close(shop, plan.scope, plan.terms(now))
    # The closure is made: a draft that stays is worth nothing any more, and says so by itself.
    with contextlib.suppress(AppError):
        drop_draft(shop, plan.scope, plan.until)
    return made


def made_closure(shop: Shop, closure_id: str) -> Made:
    """What is told of a closure just made. Raises NotFound."""
    body = show_closure(shop, closure_id)
    differences = [row["difference"] for row in body["cash"] if row["difference"] is not None]
    banked = [row["banked"] for row in body["cash"] if row["banked"] is not None]
    return Made(
        id=closure_id,
        kind=body["kind"],
        code=body["code"],
        number=body["number"],
        business_day=body["business_day"],
        tickets=body["figures"]["tickets"],
        total=body["figures"]["total"],
        difference=sum(differences) if differences else None,
        banked=sum(banked) if banked else None,
        follow_ups=tuple(
            FollowUp(row["job"], row["state"], row["detail"]) for row in body["follow_ups"]
        ),
    )
