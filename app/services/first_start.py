"""The first start: where its assistant stands, kept on disk so that a power cut costs nothing.

What is answered is kept at once as settings and users; only the step is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.settings import text_of
from app.services.roles import ROLES_THAT_CLOSE
from app.services.settings import change_settings, load_settings
from app.services.settings_pages import counts_of
from app.services.users import MANAGER, add_user, list_users, new_recovery_code, set_pin

if TYPE_CHECKING:
    from app.store.shop import Shop

SHOP, ROLE, TILLS, TICKETS, MANAGER_PIN, DONE = (
    "shop",
    "role",
    "tills",
    "tickets",
    "manager",
    "done",
)
STEPS = (SHOP, ROLE, TILLS, TICKETS, MANAGER_PIN, DONE)
_FILE, _TABLE = "drafts", "first_start"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known so far. `counts` are the drawers of tills 1, 2, …; `role_closes` says whether
    this installation holds the shop's data.
    """

    name: str
    role: str
    role_closes: bool
    counts: tuple[int, ...]
    profile: str
    managers: tuple[str, ...]


def step_of(shop: Shop) -> str:
    """The step the assistant stands at; "" when it was never begun or is over."""
    rows = shop.documents.rows(_FILE, _TABLE)
    step = str(rows[0]["step"]) if rows else ""
    return step if step in STEPS else ""


def answers_of(shop: Shop) -> Answers:
    """What was answered so far, or the defaults."""
    values = load_settings(shop)
    role = text_of(values, "shop.role")
    return Answers(
        name=text_of(values, "shop.name"),
        role=role,
        role_closes=role in ROLES_THAT_CLOSE,
        counts=tuple(counts_of(values) or (1,)),
        profile=text_of(values, "tickets.profile"),
        managers=tuple(u["name"] for u in list_users(shop) if u["role"] == MANAGER and u["pin"]),
    )


def answer(shop: Shop, values: Mapping[str, Any], step: str, now: datetime) -> str:
    """Keep the settings of a step; gives the step that follows. Raises UsageError."""
    with shop.writing():
        change_settings(shop, values, now)
        following = _following(shop, step)
        if not shop.ledger.shop:
            # Every answer was the default one: the folder becomes a shop's all the same.
            shop.append([shop.event("first_start", now, "", {})])
        go_to(shop, following)
    return following


def make_manager(shop: Shop, name: str, pin: str, now: datetime) -> str:
    """Add the first manager with a PIN; gives the code of a recovery sheet. Raises UsageError."""
    with shop.writing():
        known = {user["name"].casefold(): user for user in list_users(shop)}
        user = known.get(name.strip().casefold())
        if user is None or user["role"] != MANAGER:
            user = add_user(shop, name, MANAGER, now)
        set_pin(shop, user["name"], pin, now, user["name"])
        code = new_recovery_code(shop, now, user["name"])
        go_to(shop, DONE)
    return code


def go_to(shop: Shop, step: str) -> None:
    """Stand at a step."""
    with shop.writing(), shop.documents.open(_FILE) as database:
        table = database.table(_TABLE)
        table.truncate()
        table.insert({"step": step})


def finish(shop: Shop) -> None:
    """The assistant is over."""
    with shop.writing(), shop.documents.open(_FILE) as database:
        database.table(_TABLE).truncate()


def _following(shop: Shop, step: str) -> str:
    if step == ROLE and not answers_of(shop).role_closes:
        return DONE  # the tills, the tickets and the codes are the master's affair
    return STEPS[STEPS.index(step) + 1]
