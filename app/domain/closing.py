"""The closure engine: from the ledger's state and the tickets taken to the closure's record.

Pure: the same state, tickets and moment give the same record, byte for byte (contract, chapter 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.domain.cash import (
    ClosedDrawer,
    Count,
    Drawer,
    cash_row_json,
    close_drawer,
    count_is_off,
    drawer_json,
    with_float,
)
from app.domain.figures import EMPTY, Figures, TenderRow, add, figures_json, total_of
from app.domain.findings import Finding, finding_json, gather, unreadable_words
from app.domain.ledger import LastClosure, Ledger
from app.domain.moments import business_day, fiscal_year_of, french_moment, in_paris
from app.domain.reading import Reading, article_json
from app.domain.scope import CAISSE, GENERAL, YEAR, Scope, closure_id, scope_of, till_of
from app.domain.tenders import LABELS
from app.errors import ClockDoubt, ClosureRefused, NothingToClose, UsageError

ONE_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_LAST_MICROSECOND = 999_999


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings a closure obeys: day-change hour, end of the fiscal year (month, day)."""

    day_change: time = time(5)
    year_end: tuple[int, int] = (12, 31)
    follow_ups: tuple[str, ...] = ()


def rules_json(rules: Rules) -> dict[str, str]:
    """The rules as a closure keeps them: settings may change afterwards."""
    month, day = rules.year_end
    return {
        "day_change": rules.day_change.isoformat("minutes"),
        "year_end": f"{month:02d}-{day:02d}",
    }


@dataclass(frozen=True, slots=True)
class TillZ:
    """The till software's own Z, typed in as a check: number and total in cents."""

    till: str
    number: str
    total: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person asked for. `now` is the moment of the closure."""

    now: datetime
    until: datetime | None = None
    by: str = ""
    counts: Mapping[str, Count] = field(default_factory=dict)
    till_z: Sequence[TillZ] = ()
    allow_empty: bool = False
    confirm_clock: bool = False


def check_until(ledger: Ledger, scope: Scope, until: datetime | None) -> None:
    """Refuse an end that lies before a period already closed. Raises ClosureRefused."""
    end = ledger.end_of_scope(scope)
    if until is not None and end is not None and until < end:
        raise ClosureRefused(
            f"Une clôture va déjà jusqu'au {french_moment(end)} : choisissez une fin plus tardive."
        )


def check_clock(ledger: Ledger, newest: datetime | None, terms: Terms) -> None:
    """Refuse to close on a clock that the record contradicts. Raises ClockDoubt.

    `newest` is the newest ticket that would be closed; None: none would.
    """
    if terms.until is not None or terms.confirm_clock:
        return
    if ledger.closed_at is not None and terms.now < ledger.closed_at:
        raise ClockDoubt(
            f"L'horloge du PC dit {french_moment(terms.now)}, mais la dernière clôture est du "
            f"{french_moment(ledger.closed_at)}. Réglez l'horloge, ou confirmez la date."
        )
    newest = newest or _newest_recorded(ledger)
    if newest is not None and abs(terms.now - newest) > ONE_DAY:
        raise ClockDoubt(
            f"L'horloge du PC dit {french_moment(terms.now)}, mais le dernier ticket est du "
            f"{french_moment(newest)}. Vérifiez l'horloge, ou confirmez la date."
        )


def check_something_to_close(ledger: Ledger, scope: Scope, reading: Reading, terms: Terms) -> None:
    """Refuse a closure of nothing, unless it was asked for, and one of what is yet to come.

    Raises NothingToClose; or ClosureRefused for an end far ahead, which would make every ticket
    until then late and its day the earliest of all that follow.
    """
    known = [m for m in (terms.now, reading.newest, _newest_recorded(ledger)) if m]
    if terms.until is not None and terms.until > max(known) + ONE_DAY:
        raise ClosureRefused(
            f"La fin demandée, le {french_moment(terms.until)}, est encore loin : choisissez une "
            "fin qui ne dépasse pas demain."
        )
    if reading.own.tickets or reading.damaged or unread_lines(ledger, scope, reading):
        return
    if ledger.covered(scope) or terms.allow_empty:
        return
    end = f" jusqu'au {french_moment(terms.until)}" if terms.until else ""
    raise NothingToClose(
        f"Rien à clôturer pour {scope.title}{end} : aucun ticket depuis la dernière clôture. "
        "Si des ventes ont eu lieu, importez d'abord les tickets."
    )


def _newest_recorded(ledger: Ledger) -> datetime | None:
    return max((last.at for last in ledger.tills.values()), default=None)


def draw_up(
    ledger: Ledger, scope: Scope, reading: Reading, terms: Terms, rules: Rules
) -> dict[str, Any]:
    """The closure's record (its body in the journal, in the contract's shape).

    Raises UsageError when a count or a till's Z is of a place outside the scope.
    """
    closed = _close_drawers(ledger, scope, reading, terms)
    tills = _with_adjustments(reading.tills, closed)
    own = total_of(tills.values())
    covered = ledger.covered(scope)
    figures = add(own, total_of(c.own for c in covered))
    day = closure_day(ledger, figures, terms, rules)
    last = ledger.last.get(scope.key)
    fiscal_year = closure_year(ledger, last, day, rules)
    number = next_number(last)
    gaps, last_numbers = _numbers(ledger, scope, reading, terms)
    unread = unread_lines(ledger, scope, reading)
    found = (
        *(Finding("damaged", day, 1, unreadable_words(place)) for place in unread),
        *reading.findings,
        *gaps,
        *_other_findings(ledger, scope, reading, terms, day),
    )
    damaged = sorted([*unread, *reading.damaged])
    return {
        "id": closure_id(scope.kind, scope.code, number),
        "kind": scope.kind,
        "code": scope.code,
        "number": number,
        "business_day": day.isoformat(),
        "fiscal_year": fiscal_year,
        "opened_at": _opened_at(ledger, scope, figures, terms).isoformat(),
        "closed_at": terms.now.isoformat(),
        "until": terms.until.isoformat() if terms.until else None,
        "end": _end(figures, terms),
        "by": terms.by,
        "simulation": ledger.simulation,
        "own": {
            **figures_json(own),
            "tills": {till: figures_json(f, short=True) for till, f in sorted(tills.items())},
            "moves": taken_moves(ledger, scope, terms.until),
            "corrections": [c for c in ledger.corrections if scope.holds(c["drawer"])],
        },
        "figures": figures_json(figures),
        "cash": [cash_row_json(c.row) for c in closed],
        **running_totals(last, figures, fiscal_year),
        "covers": [c.id for c in covered],
        "till_z": _till_z(ledger, scope, terms, tills),
        "findings": [finding_json(f) for f in gather(found)],
        "follow_ups": list(rules.follow_ups),
        "rules": rules_json(rules),
        "articles": [article_json(row) for row in reading.articles],
        "heads": {c: list(h) for c, h in ledger.heads.items() if c.startswith("ticket/")},
        "taken": reading.taken,
        "drawers_after": {c.row.drawer: drawer_json(c.after) for c in closed},
        "last_numbers": last_numbers,
        **({"damaged": [list(place) for place in damaged]} if damaged else {}),
    }


def unread_lines(ledger: Ledger, scope: Scope, reading: Reading) -> list[tuple[int, int]]:
    """The lines that no longer read, of which not even the till is known: the shop's Z has them."""
    if scope.kind != GENERAL:
        return []
    return [place for place in ledger.unread if place not in reading.damaged]


def running_totals(last: LastClosure | None, figures: Figures, fiscal_year: int) -> dict[str, int]:
    """Period, perpetual and absolute totals of a series after a closure of these figures."""
    same_year = last is not None and last.fiscal_year == fiscal_year
    absolute = figures.sales + abs(figures.refunds)
    return {
        "period_total": (last.period if last and same_year else 0) + figures.total,
        "perpetual_total": (last.perpetual if last else 0) + figures.total,
        "perpetual_absolute": (last.absolute if last else 0) + absolute,
    }


def closure_day(ledger: Ledger, figures: Figures, terms: Terms, rules: Rules) -> date:
    """The business day of a closure: its newest credible ticket's, within what is still open."""
    limit = terms.now + ONE_DAY
    credible = [row.day for row in figures.days if row.first_at <= limit]
    day = max(credible, default=business_day(terms.until or terms.now, rules.day_change))
    last_general = ledger.last.get(GENERAL)
    if last_general is not None:
        day = max(day, last_general.business_day)
    if ledger.sealed_until is not None:
        day = max(day, ledger.sealed_until + ONE_DAY)
    return day


def closure_year(ledger: Ledger, last: LastClosure | None, day: date, rules: Rules) -> int:
    """The fiscal year of a closure: its day's, never one closed nor before the last closures'.

    `last` is the one before in its series. So a year that is closed stays closed when its end is
    set later: the one that follows is as much longer. When it is set to a day that is past, the
    year ends with the last day that was closed: no day lies in two years.
    """
    general = ledger.last.get(GENERAL)
    before = [c.fiscal_year for c in (last, general) if c is not None]
    if YEAR in ledger.last:
        before.append(ledger.last[YEAR].fiscal_year + 1)
    if general is not None and general.business_day == day:
        return max(before)
    return max([fiscal_year_of(day, rules.year_end), *before])


def taken_moves(ledger: Ledger, scope: Scope, until: datetime | None) -> list[dict[str, Any]]:
    """The cash moves that a closure takes: those of its drawers, up to its end."""
    return [
        move
        for move in ledger.moves
        if scope.holds(move["drawer"])
        and (until is None or datetime.fromisoformat(move["at"]) <= until)
    ]


def _close_drawers(
    ledger: Ledger, scope: Scope, reading: Reading, terms: Terms
) -> list[ClosedDrawer]:
    takings = reading.drawers
    for name in terms.counts:
        if not scope.holds(scope_of(CAISSE, name).code):
            raise UsageError(
                f"La caisse {name} n'est pas dans la clôture {scope.title} : retirez-la du "
                "comptage."
            )
    names = {d for d in (*ledger.drawers, *takings, *terms.counts) if scope.holds(d)}
    moves = taken_moves(ledger, scope, terms.until)
    closure = closure_id(scope.kind, scope.code, next_number(ledger.last.get(scope.key)))
    closed = []
    for name in sorted(names):
        moved = [m for m in moves if m["drawer"] == name]
        drawer = _opened(ledger.closed_drawer(name), moved)
        total = cash_moved(moved)
        taken = takings.get(name, {})
        closed.append(close_drawer(name, drawer, taken, total, terms.counts.get(name), closure))
    return closed


def _opened(drawer: Drawer, moves: Sequence[Mapping[str, Any]]) -> Drawer:
    """The drawer as its period found it: with the last float declared, if there is one."""
    floats = [int(m["amount"]) for m in moves if m["kind"] == "float"]
    return with_float(drawer, floats[-1]) if floats else drawer


def next_number(last: LastClosure | None) -> int:
    """The number that follows: each series counts 1, 2, 3 … without a gap."""
    return (last.number if last else 0) + 1


def cash_moved(moves: Sequence[Mapping[str, Any]]) -> int:
    """What a drawer's moves come to, in cents, since its float was last declared.

    A declared float says what the drawer holds: what was moved before is in it already.
    """
    total = 0
    for move in moves:
        sign = {"in": 1, "out": -1, "float": 0}[move["kind"]]
        total = total + sign * int(move["amount"]) if sign else 0
    return total


def _with_adjustments(
    tills: Mapping[str, Figures], closed: Sequence[ClosedDrawer]
) -> dict[str, Figures]:
    adjusted = dict(tills)
    for drawer in closed:
        if drawer.adjustments:
            till = till_of(drawer.row.drawer)
            change = Figures(tenders=drawer.adjustments)
            adjusted[till] = add(adjusted.get(till, EMPTY), change)
    return {till: _without_empty_tenders(f) for till, f in adjusted.items()}


def _without_empty_tenders(figures: Figures) -> Figures:
    kept = tuple(r for r in figures.tenders if r != TenderRow(r.method, 0, 0))
    return replace(figures, tenders=kept)


def _opened_at(ledger: Ledger, scope: Scope, figures: Figures, terms: Terms) -> datetime:
    first = figures.first.at if figures.first else terms.now
    start = ledger.end_over(scope) or first
    if start.microsecond == _LAST_MICROSECOND:  # a whole business day was closed
        start = in_paris(start.astimezone(UTC) + _MICROSECOND)
    # Never after the closure itself, whatever the clock or an earlier `until` says.
    return min(start, terms.now)


def _end(figures: Figures, terms: Terms) -> str | None:
    if terms.until is not None:
        return terms.until.isoformat()
    limit = terms.now + ONE_DAY
    moments = [m for row in figures.days for m in (row.first_at, row.last_at) if m <= limit]
    return max(moments).isoformat() if moments else None


def _till_z(
    ledger: Ledger, scope: Scope, terms: Terms, tills: Mapping[str, Figures]
) -> list[dict[str, Any]] | None:
    """The till software's Z beside what this closure and those it covers hold of that till."""
    for z in terms.till_z:
        if scope.till not in ("", z.till):
            raise UsageError(
                f"Le poste {z.till} n'est pas dans la clôture {scope.title} : retirez son Z."
            )
    ours = {till: figures.total for till, figures in tills.items()}
    for closure in ledger.covered(scope):
        ours[closure.scope.till] = ours.get(closure.scope.till, 0) + closure.own.total
    rows = [
        {
            "till": z.till,
            "number": z.number,
            "total": z.total,
            "difference": z.total - ours.get(z.till, 0),
        }
        for z in terms.till_z
    ]
    return rows or None


def _numbers(
    ledger: Ledger, scope: Scope, reading: Reading, terms: Terms
) -> tuple[Sequence[Finding], dict[str, list[Any]]]:
    """Gaps in the tickets' numbers, and how far each series is checked after this closure.

    One drawer of a till that has several sees only some of the till's numbers: they wait.
    """
    drawers = {*ledger.drawers, *reading.drawers}
    if scope.kind == CAISSE and sum(till_of(drawer) == scope.till for drawer in drawers) > 1:
        return (), reading.numbers.unchecked()
    last_day = in_paris(terms.now + ONE_DAY).date()
    return reading.numbers.checked(lambda till: scope.till in ("", till), last_day)


def _other_findings(
    ledger: Ledger, scope: Scope, reading: Reading, terms: Terms, day: date
) -> list[Finding]:
    found = [
        Finding("count_off", day, 1, drawer)
        for drawer, count in terms.counts.items()
        if count_is_off(count)
    ]
    for drawer, count in sorted(terms.counts.items()):
        carried = (method for method, _ in ledger.closed_drawer(drawer).tenders)
        known = {*LABELS, *carried, *reading.drawers.get(drawer, ())}
        found += [
            Finding("count_unknown", day, 1, f"{method}, {drawer}")
            for method, cents in sorted(count.tenders.items())
            if cents and method not in known
        ]
    for row in ledger.conflicts:
        at = datetime.fromisoformat(row["at"])
        if scope.holds(row["drawer"]) and (terms.until is None or at <= terms.until):
            found.append(Finding("conflict", date.fromisoformat(row["day"]), 1, row["number"]))
    return found
