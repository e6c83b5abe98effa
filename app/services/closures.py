"""Look at closures: the list, one Z in the contract's shape, and what the next closure holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.moments import business_day
from app.domain.scope import GENERAL, Scope
from app.domain.settings import day_change_of
from app.errors import NotFound
from app.services.jobs import job_states

if TYPE_CHECKING:
    from app.store.shop import Shop

_INTERNAL = ("heads", "taken", "drawers_after", "last_numbers", "articles", "damaged")


def list_closures(
    shop: Shop, first: date | None = None, last: date | None = None, kind: str | None = None
) -> list[dict[str, Any]]:
    """The closures whose business day lies in a span, in the order they were made."""
    return [
        {key: value for key, value in row.items() if key not in ("position", "length")}
        for row in shop.closures()
        if (first is None or row["business_day"] >= first.isoformat())
        and (last is None or row["business_day"] <= last.isoformat())
        and (kind is None or row["kind"] == kind)
    ]


def show_closure(shop: Shop, closure_id: str) -> dict[str, Any]:
    """One closure in the contract's shape, with its corrections. Raises NotFound."""
    found = shop.closure(closure_id)
    if found is None:
        raise NotFound(
            f"Aucune clôture {closure_id} dans ce dossier : « closures » en donne la liste."
        )
    body, fingerprint = found
    return {
        **public(body),
        "corrections": corrections_of(shop, closure_id),
        "follow_ups": job_states(shop, closure_id, body["follow_ups"]),
        "fingerprint": fingerprint,
        "signature": None,
    }


def public(body: Mapping[str, Any]) -> dict[str, Any]:
    """A closure's record without what only the program needs."""
    return {key: value for key, value in body.items() if key not in _INTERNAL}


def corrections_of(shop: Shop, closure_id: str) -> list[dict[str, Any]]:
    """The counts of a closure that were corrected afterwards, oldest first."""
    shown = shop.documents.rows("corrections")
    rows = [*shown, *(row for row in shop.fresh("correction") if row not in shown)]
    return [row for row in rows if row["closure"] == closure_id]


def what_comes_next(shop: Shop, settings: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What the next closure would hold: open business days, and each till's newest ticket.

    `days` lists every business day with open tickets; those before today's are forgotten ones, to
    be closed one by one. `minutes` is how long ago a till's newest ticket was sold.
    """
    day_change = day_change_of(settings)
    today = business_day(now, day_change)
    days: dict[date, int] = {}
    for entry in shop.open_entries(Scope(GENERAL)):
        day = business_day(entry.at, day_change)
        days[day] = days.get(day, 0) + 1
    return {
        "today": today.isoformat(),
        "tickets": sum(days.values()),
        "days": [
            {"day": day.isoformat(), "tickets": count, "forgotten": day < today}
            for day, count in sorted(days.items())
        ],
        "covers": [closure.id for closure in shop.ledger.window],
        "tills": [
            {
                "till": till,
                "last_ticket": last.number,
                "at": last.at.isoformat(),
                "minutes": int((now - last.at).total_seconds() // 60),
            }
            for till, last in sorted(shop.ledger.tills.items())
        ],
        "last_closure": shop.ledger.last[GENERAL].id if GENERAL in shop.ledger.last else None,
    }
