"""What the home screen says: what happened last, what waits, what is wrong.

Read from the saved state, the open days and the waiting jobs alone, so that it costs the same
after five years as on the first day.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.ledger import Ledger
from app.domain.moments import business_day, end_of_business_day, in_paris
from app.domain.scope import GENERAL, Scope
from app.domain.settings import day_change_of, text_of
from app.services.count_draft import Draft, drafts
from app.services.first_start import step_of
from app.services.jobs import Job, waiting_jobs
from app.services.roles import may_close

if TYPE_CHECKING:
    from app.store.shop import Shop

_TOLD_FOR = timedelta(days=3)
"""How long a file set aside, or refused by the inbox, is told on the home screen."""


@dataclass(frozen=True, slots=True)
class TillFreshness:
    """A till's newest ticket, how many minutes ago it was sold, and whether that is today."""

    till: str
    number: str
    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class LastGeneral:
    """The last GÉNÉRALE closure: its id, number and business day."""

    id: str
    number: int
    business_day: date


@dataclass(frozen=True, slots=True)
class ForgottenDay:
    """A past business day that was not closed; `until` is the end a closure of it alone has."""

    day: date
    tickets: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Home:
    """Everything the home screen shows. `late` are open tickets of days already closed."""

    shop_name: str
    simulation: bool
    may_close: bool
    today: date
    today_tickets: int
    late: int
    forgotten: tuple[ForgottenDay, ...]
    tills: tuple[TillFreshness, ...]
    last: LastGeneral | None
    drafts: tuple[Draft, ...]
    waiting: tuple[Job, ...]
    failed: tuple[Job, ...]
    conflicts: int
    damaged: int
    set_aside: tuple[str, ...]
    refused: tuple[str, ...]


def home(shop: Shop, settings: Mapping[str, Any], now: datetime) -> Home | None:
    """The facts of the home screen at a moment; None while there is no shop ready yet."""
    if not shop.ledger.shop or step_of(shop):
        return None
    general = Scope(GENERAL)
    today = business_day(now, day_change_of(settings))
    days = _open_days(shop, general, settings)
    forgotten = forgotten_days(shop, general, settings, now)
    apart = {day.day for day in forgotten}
    jobs = waiting_jobs(shop)
    last = shop.ledger.last.get(GENERAL)
    return Home(
        shop_name=text_of(settings, "shop.name"),
        simulation=shop.ledger.simulation,
        may_close=may_close(settings),
        today=today,
        today_tickets=sum(count for day, count in days.items() if day >= today),
        late=sum(count for day, count in days.items() if day < today and day not in apart),
        forgotten=forgotten,
        tills=freshness_of(shop.ledger, now),
        last=LastGeneral(last.id, last.number, last.business_day) if last else None,
        drafts=tuple(draft for draft in drafts(shop) if draft.plan.is_begun),
        waiting=tuple(job for job in jobs if job.state != "failed"),
        failed=tuple(job for job in jobs if job.state == "failed"),
        conflicts=len(shop.ledger.conflicts),
        damaged=shop.ledger.damaged + len({*shop.open_damage()} - {*shop.ledger.unread}),
        set_aside=tuple(_recent(_aside(shop), now)),
        refused=tuple(_recent(_refused(shop), now)),
    )


def freshness_of(ledger: Ledger, now: datetime) -> tuple[TillFreshness, ...]:
    """Each till's newest ticket, in the order of the tills."""
    return tuple(
        TillFreshness(till, last.number, last.at, int((now - last.at).total_seconds() // 60))
        for till, last in sorted(ledger.tills.items())
    )


def forgotten_days(
    shop: Shop, scope: Scope, settings: Mapping[str, Any], now: datetime
) -> tuple[ForgottenDay, ...]:
    """The past days that a closure of the scope can still take one by one, the oldest first.

    A day that a closure went beyond is not among them: its open tickets are late ones.
    """
    day_change = day_change_of(settings)
    today = business_day(now, day_change)
    end = shop.ledger.end_of_scope(scope)
    found = (
        ForgottenDay(day, count, end_of_business_day(day, day_change))
        for day, count in sorted(_open_days(shop, scope, settings).items())
        if day < today
    )
    return tuple(day for day in found if end is None or day.until >= end)


def _open_days(shop: Shop, scope: Scope, settings: Mapping[str, Any]) -> Counter[date]:
    """How many open tickets each business day has."""
    day_change = day_change_of(settings)
    return Counter(business_day(entry.at, day_change) for entry in shop.open_entries(scope))


def _aside(shop: Shop) -> Iterator[tuple[str, float]]:
    """Files of the program that could not be read: their names, when they were set aside."""
    for path in shop.folder.glob("*.illisible-*"):
        stamp = path.name.partition(".illisible-")[2][:15]
        try:
            moment = in_paris(datetime.strptime(stamp, "%Y%m%d-%H%M%S")).timestamp()
        except ValueError:
            continue
        yield path.name.partition(".illisible-")[0], moment


def _refused(shop: Shop) -> Iterator[tuple[str, float]]:
    """Ticket files, or lines of them, that the inbox could not read: names, moments of change."""
    for path in (shop.folder / "inbox" / "refuses").glob("*"):
        if not path.name.startswith(".") and not path.name.endswith(".raison.txt"):
            with contextlib.suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime


def _recent(files: Iterator[tuple[str, float]], now: datetime) -> Iterator[str]:
    seconds = _TOLD_FOR.total_seconds()
    for name, moment in sorted(files):
        if abs(now.timestamp() - moment) <= seconds:
            yield name
