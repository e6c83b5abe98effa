"""What a closure would hold, before it is made: the record it would be, said in a few facts.

It is drawn up by the closure engine itself from the same tickets, so that what the person saw is
what the closure says (unless a ticket comes in between).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.closing import check_clock, check_something_to_close, check_until, draw_up
from app.domain.findings import label_of
from app.domain.ledger import Ledger
from app.domain.moments import business_day
from app.domain.reading import Reading
from app.domain.scope import CAISSE, POSTE, Scope
from app.domain.settings import list_of
from app.errors import AppError, ClockDoubt
from app.services.close import read_open, rules_of
from app.services.closure_plan import ClosurePlan
from app.services.count_check import (
    DrawerSheet,
    beyond_limit,
    differences_of,
    reasons_missing,
    sheets_of,
)
from app.services.count_draft import load_draft
from app.services.home import ForgottenDay, TillFreshness, forgotten_days, freshness_of
from app.services.roles import check_role

if TYPE_CHECKING:
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class Places:
    """The tills and drawers that can be closed apart, by the settings and by what was sold."""

    tills: tuple[str, ...]
    drawers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What looked odd on one day: the words, how many, and one example."""

    day: date
    text: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class TillLine:
    """A till in the closure: its tickets and total, its newest ticket, its own Z as typed.

    `z_difference` is the Z typed less our total; None when none was typed.
    """

    till: str
    tickets: int
    total: int
    freshness: TillFreshness | None
    z_number: str
    z_total: int | None
    z_difference: int | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The PC's moment, and the record's that contradicts it: `what` it is, in words."""

    now: datetime
    what: str
    record: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What the closure would hold. `refusal` is the sentence that forbids it, or empty.

    `total`, `tickets` and `late` are those of the closure's figures; `covers` counts the closures
    it adds to its own tickets. `beyond_limit`: a difference asks for a manager;
    `unexplained`: a difference is not what the person has seen, explained and had accepted.
    """

    plan: ClosurePlan
    business_day: date
    tickets: int
    own_tickets: int
    total: int
    late: int
    covers: int
    findings: tuple[FindingLine, ...]
    tills: tuple[TillLine, ...]
    sheets: tuple[DrawerSheet, ...]
    forgotten: tuple[ForgottenDay, ...]
    clocks: Clocks | None
    refusal: str
    beyond_limit: bool
    unexplained: bool
    draft_at: datetime | None


def places(shop: Shop, settings: Mapping[str, Any]) -> Places:
    """What a POSTE or a CAISSE closure may be made of, in order."""
    drawers = sorted({*list_of(settings, "tills.drawers"), *shop.ledger.drawers}, key=_in_order)
    tills = sorted({drawer.split("/")[0] for drawer in drawers}, key=_in_order)
    return Places(tuple(tills), tuple(drawers))


def scopes_of(kind: str, found: Places) -> tuple[Scope, ...]:
    """The closures of a kind that a person can choose from."""
    if kind == POSTE:
        return tuple(Scope(POSTE, till) for till in found.tills)
    if kind == CAISSE:
        return tuple(Scope(CAISSE, drawer) for drawer in found.drawers)
    return (Scope(kind),)


def preview(shop: Shop, plan: ClosurePlan, settings: Mapping[str, Any], now: datetime) -> Preview:
    """Everything the screens of a closure show. Raises Damaged (a ticket that can't be read)."""
    rules, terms = rules_of(settings), plan.terms(now)
    reading = read_open(shop, plan.scope, terms, rules)
    clocks = _clocks(shop.ledger, reading, plan, now)
    refusal = _refusal(shop.ledger, plan, settings, reading, now)
    body = draw_up(shop.ledger, plan.scope, reading, terms, rules)
    figures = body["figures"]
    sheets = sheets_of(body["cash"], shop.ledger.drawers)
    large = beyond_limit(sheets, settings)
    draft = load_draft(shop, plan.scope, plan.until)
    return Preview(
        plan=plan,
        business_day=date.fromisoformat(body["business_day"]),
        tickets=figures["tickets"],
        own_tickets=body["own"]["tickets"],
        total=figures["total"],
        late=figures["late"],
        covers=len(body["covers"]),
        findings=tuple(map(_finding, body["findings"])),
        tills=_tills(shop.ledger, plan, body, now),
        sheets=sheets,
        forgotten=_days_before(shop, plan, settings, now),
        clocks=clocks,
        refusal=refusal,
        beyond_limit=large,
        unexplained=(large and not plan.approved)
        or plan.seen != differences_of(sheets)
        or bool(reasons_missing(sheets)),
        draft_at=draft.at if draft else None,
    )


def _refusal(
    ledger: Ledger, plan: ClosurePlan, settings: Mapping[str, Any], reading: Reading, now: datetime
) -> str:
    try:
        check_role(settings)
        check_until(ledger, plan.scope, plan.until)
        check_something_to_close(ledger, plan.scope, reading, plan.terms(now))
    except AppError as refused:
        return str(refused)
    return ""


def _clocks(ledger: Ledger, reading: Reading, plan: ClosurePlan, now: datetime) -> Clocks | None:
    try:
        check_clock(ledger, reading.newest, plan.terms(now))
    except ClockDoubt:
        closed_at = ledger.closed_at
        if closed_at is not None and now < closed_at:
            return Clocks(now, "Dernière clôture", closed_at)
        newest = reading.newest or max(last.at for last in ledger.tills.values())
        return Clocks(now, "Dernier ticket", newest)
    return None


def _tills(
    ledger: Ledger, plan: ClosurePlan, body: Mapping[str, Any], now: datetime
) -> tuple[TillLine, ...]:
    typed = {z.till: z for z in plan.till_z}
    checked = {row["till"]: row["difference"] for row in body["till_z"] or ()}
    known = {till.till: till for till in freshness_of(ledger, now)}
    own = body["own"]["tills"]
    held = {drawer.split("/")[0] for drawer in ledger.drawers if plan.scope.holds(drawer)}
    names = {*own, *typed, *(till for till in known if till in held)}
    return tuple(
        TillLine(
            till=till,
            tickets=own[till]["tickets"] if till in own else 0,
            total=own[till]["total"] if till in own else 0,
            freshness=known.get(till),
            z_number=typed[till].number if till in typed else "",
            z_total=typed[till].total if till in typed else None,
            z_difference=checked.get(till),
        )
        for till in sorted(names, key=_in_order)
    )


def _days_before(
    shop: Shop, plan: ClosurePlan, settings: Mapping[str, Any], now: datetime
) -> tuple[ForgottenDay, ...]:
    """The forgotten days that the closure would take together with a later one."""
    days = forgotten_days(shop, plan.scope, settings, now)
    if plan.until is None:
        return days
    asked = business_day(plan.until, rules_of(settings).day_change)
    return tuple(day for day in days if day.day < asked)


def _finding(row: Mapping[str, Any]) -> FindingLine:
    return FindingLine(
        date.fromisoformat(row["day"]),
        label_of(row["kind"], of=row.get("of", "")),
        row["count"],
        row["example"],
    )


def _in_order(code: str) -> tuple[tuple[int, str], ...]:
    """`2` before `10`, `1/2` before `1/10`, names after numbers."""
    return tuple(
        (int(part), "") if part.isascii() and part.isdecimal() else (1 << 60, part)
        for part in code.split("/")
    )
