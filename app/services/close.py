"""Close a scope: the X, the Z, and the month and year closures.

The closure is done when its record is flushed in the journal; what follows it are jobs apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.closing import (
    Rules,
    Terms,
    check_clock,
    check_something_to_close,
    check_until,
    draw_up,
)
from app.domain.moments import in_paris
from app.domain.periods import due_periods, period_asked
from app.domain.reading import Reading
from app.domain.record_chains import chain_of
from app.domain.scope import GENERAL, Scope
from app.domain.settings import day_change_of, year_end_of
from app.domain.ticket import number_in
from app.services.follow_ups import wanted
from app.services.roles import check_role
from app.services.settings import load_settings

if TYPE_CHECKING:
    from app.store.shop import Shop


def rules_of(settings: Mapping[str, Any], follow_ups: tuple[str, ...] = ()) -> Rules:
    """The closure rules a shop's settings say; `follow_ups` are the jobs to hang on."""
    return Rules(day_change_of(settings), year_end_of(settings), follow_ups)


def close(shop: Shop, scope: Scope, terms: Terms) -> str:
    """Make a closure and give its id.

    Raises NothingToClose, ClosureRefused, ClockDoubt, UsageError (a count out of scope), Damaged,
    Busy or DiskFull: then nothing has changed.
    """
    with shop.writing():
        settings = load_settings(shop)  # now that nobody else can change one
        check_role(settings)
        rules = rules_of(settings, wanted(shop.follow_ups, scope.kind, settings))
        check_until(shop.ledger, scope, terms.until)
        reading = read_open(shop, scope, terms, rules)
        check_something_to_close(shop.ledger, scope, reading, terms)
        check_clock(shop.ledger, reading.newest, terms)
        body = draw_up(shop.ledger, scope, reading, terms, rules)
        bodies = [body]
        if scope.kind == GENERAL:
            day = date.fromisoformat(body["business_day"])
            year = body["fiscal_year"]
            bodies = [*due_periods(shop.ledger, day, year, terms, rules), body]
        _append(shop, bodies)
    return str(body["id"])


def close_period(shop: Shop, kind: str, terms: Terms) -> str:
    """Make the month or year closure that is due, and give its id.

    Raises NothingToClose, ClosureRefused, ClockDoubt, Busy or DiskFull: nothing has changed then.
    """
    with shop.writing():
        settings = load_settings(shop)
        check_role(settings)
        bodies = period_asked(shop.ledger, kind, terms, rules_of(settings))
        check_clock(shop.ledger, None, terms)
        _append(shop, bodies)
    return str(bodies[-1]["id"])


def read_x(shop: Shop, scope: Scope, terms: Terms, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The reading X: what a closure would say now, closing nothing. Raises ClosureRefused."""
    check_until(shop.ledger, scope, terms.until)
    rules = rules_of(settings)
    reading = read_open(shop, scope, terms, rules)
    body = draw_up(shop.ledger, scope, reading, terms, rules)
    return {**body, "id": None, "number": None}


def read_open(shop: Shop, scope: Scope, terms: Terms, rules: Rules) -> Reading:
    """Everything a closure of this scope would take, read once."""
    reading = Reading(rules.day_change, shop.ledger.numbers)
    for found in shop.open_tickets(scope, terms.until):
        if found.ticket is None:
            at = in_paris(found.entry.at)
            number = number_in(found.entry.identity) or f"de {at:%H:%M}"
            reading.miss(number, at.date(), found.entry.position)
        else:
            altered_at = None if found.intact else found.entry.position
            reading.take(found.ticket, late=found.late, altered_at=altered_at)
    return reading


def _append(shop: Shop, bodies: list[dict[str, Any]]) -> None:
    shop.append(shop.new_record("closure", f"closure/{chain_of(body)}", body) for body in bodies)
