"""The state of the shop's record: what folding the journal, record after record, leaves.

The state is small and does not grow with the years: heads of chains, last closure of each series,
closures since the last GÉNÉRALE, drawers, and how many tickets of each day are still open. It is
all a closure needs beside the tickets it takes. Positions are (segment, offset) in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.cash import Drawer, drawer_from_json, ends_window, next_float, with_float
from app.domain.figures import EMPTY, Figures, add, figures_from_json, figures_json
from app.domain.findings import Series, number_of
from app.domain.moments import in_paris, month_of
from app.domain.scope import CAISSE, GENERAL, MONTH, POSTE, YEAR, Scope, till_of

Position = tuple[int, int]
START: Position = (0, 0)

_ONE_DAY = timedelta(days=1)
_SERIES_KEPT = 200


@dataclass(frozen=True, slots=True)
class LastClosure:
    """The newest closure of one series (kind and code)."""

    id: str
    number: int
    perpetual: int
    absolute: int
    period: int
    fiscal_year: int
    business_day: date


@dataclass(frozen=True, slots=True)
class WindowClosure:
    """A closure since the last GÉNÉRALE, as covering closures need it."""

    id: str
    scope: Scope
    own: Figures


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """The GÉNÉRALE closures of a month or year not closed yet."""

    ids: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Watermark:
    """What closures took of one drawer: all up to `whole`, and up to `part` what is ≤ `until`."""

    whole: Position = START
    part: Position = START
    until: datetime | None = None

    def took(self, position: Position, at: datetime) -> bool:
        """Whether the ticket recorded there, sold at that moment, is already in a closure."""
        if position < self.whole:
            return True
        return self.until is not None and position < self.part and at <= self.until


@dataclass(frozen=True, slots=True)
class LastTicket:
    """The newest ticket of a till: its number and moment."""

    number: str
    at: datetime


@dataclass
class Ledger:
    """The fold itself. `apply` is the only way it changes; everything in it is plain data.

    `drawers` are as they stand now. Where a float was declared that no closure took yet,
    `before_float` holds the drawer as it was: a closure up to an earlier moment starts from that.
    """

    shop: str = ""
    simulation: bool = False
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    last: dict[str, LastClosure] = field(default_factory=dict)
    window: list[WindowClosure] = field(default_factory=list)
    ends: dict[str, datetime] = field(default_factory=dict)
    marks: dict[str, Watermark] = field(default_factory=dict)
    open: dict[str, dict[str, int]] = field(default_factory=dict)
    drawers: dict[str, Drawer] = field(default_factory=dict)
    before_float: dict[str, Drawer] = field(default_factory=dict)
    moves: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    tills: dict[str, LastTicket] = field(default_factory=dict)
    numbers: dict[str, Series] = field(default_factory=dict)
    months: dict[str, PeriodSum] = field(default_factory=dict)
    years: dict[str, PeriodSum] = field(default_factory=dict)
    sealed_until: date | None = None
    closed_at: datetime | None = None
    damaged: int = 0
    unread: list[Position] = field(default_factory=list)

    def apply(self, record: Mapping[str, Any], fingerprint: str, position: Position) -> None:
        """Take one record of the journal in."""
        self.heads[record["chain"]] = (record["seq"], fingerprint)
        handler = _HANDLERS.get(record["type"])
        if handler is not None:
            handler(self, record["body"], position)

    def miss(self, position: Position) -> None:
        """Note a line of the journal that can't be read; the next GÉNÉRALE tells of it."""
        self.damaged += 1
        self.unread.append(position)

    def end_of(self, drawer: str) -> datetime | None:
        """The end of the last period that holds a drawer: later tickets up to it are late."""
        known = [self.ends[key] for key in ("", till_of(drawer), drawer) if key in self.ends]
        return max(known) if known else None

    def end_over(self, scope: Scope) -> datetime | None:
        """The newest end among closures that hold the whole scope: where its period began."""
        known = [end for key, end in self.ends.items() if _end_scope(key).nests(scope)]
        return max(known) if known else None

    def end_of_scope(self, scope: Scope) -> datetime | None:
        """The newest end among closures that hold the scope, are it, or lie inside it."""
        known = [
            end
            for key, end in self.ends.items()
            if scope.nests(_end_scope(key)) or _end_scope(key).nests(scope)
        ]
        return max(known) if known else None

    def closed_drawer(self, name: str) -> Drawer:
        """A drawer as its last closure left it, no float declared since."""
        return self.before_float.get(name) or self.drawers.get(name, Drawer())

    def is_open(self, drawer: str, position: Position, at: datetime) -> bool:
        """Whether a recorded ticket is in no closure yet."""
        mark = self.marks.get(drawer)
        return mark is None or not mark.took(position, at)

    def covered(self, scope: Scope) -> tuple[WindowClosure, ...]:
        """The closures that a closure of this scope covers (contract, chapter 5)."""
        if scope.kind == GENERAL:
            return tuple(self.window)
        if scope.kind == CAISSE:
            return ()
        since_last = 0
        for index, closure in enumerate(self.window):
            if closure.scope == scope:
                since_last = index + 1
        return tuple(
            c for c in self.window[since_last:] if c.scope.kind == CAISSE and scope.nests(c.scope)
        )


def _end_scope(key: str) -> Scope:
    if not key:
        return Scope(GENERAL)
    return Scope(CAISSE if "/" in key else POSTE, key)


def _opening(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    ledger.shop = body["shop"]
    ledger.simulation = body["simulation"]


def _event(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    """A declared loss: what closures are not there any more, their numbers and totals stand."""
    if body["event"] != "records_missing":
        return
    for series, row in body["detail"].get("last", {}).items():
        day = date.fromisoformat(row["business_day"])
        seen = LastClosure(**{**row, "business_day": day})
        known = ledger.last.get(series)
        if known is None or known.number < seen.number:
            ledger.last[series] = seen


def _ticket(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    at = datetime.fromisoformat(body["at"])
    drawer = f"{body['till']}/{body['drawer']}"
    day = ledger.open.setdefault(body["at"][:10], {})
    day[drawer] = day.get(drawer, 0) + 1
    ledger.drawers.setdefault(drawer, Drawer())
    newest = ledger.tills.get(body["till"])
    if newest is None or at >= newest.at:
        ledger.tills[body["till"]] = LastTicket(body["number"], at)
    _note_number(ledger, body)


def _note_number(ledger: Ledger, body: Mapping[str, Any]) -> None:
    found = number_of(body["till"], body["number"])
    if found is None:
        return
    series, number = found
    known = ledger.numbers.get(series, Series())
    mark = (body["at"][:10], number)
    if known.recorded is None or mark > (known.recorded[1], known.recorded[0]):
        ledger.numbers[series] = replace(known, recorded=(number, mark[0]))


def _conflict(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    ticket = body["ticket"]
    row = {"day": ticket["at"][:10], "drawer": f"{ticket['till']}/{ticket['drawer']}"}
    ledger.conflicts.append({**row, "number": ticket["number"], "at": ticket["at"]})


def _move(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    drawer = body["drawer"]
    ledger.drawers.setdefault(drawer, Drawer())
    ledger.moves.append(dict(body))
    if body["kind"] == "float":
        _declare_float(ledger, body)


def _declare_float(ledger: Ledger, body: Mapping[str, Any]) -> None:
    known = ledger.drawers[body["drawer"]]
    ledger.before_float.setdefault(body["drawer"], known)
    ledger.drawers[body["drawer"]] = with_float(known, body["amount"])


def _correction(ledger: Ledger, body: Mapping[str, Any], _: Position) -> None:
    before, after = body["before"], body["after"]
    # What a correction doesn't say again stays as it was first said.
    left, banked = (before[key] if after[key] is None else after[key] for key in ("left", "banked"))
    new_float = next_float(after["counted"], left, banked)
    for drawers in (ledger.drawers, ledger.before_float):
        known = drawers.get(body["drawer"])
        if known and known.counted_by == body["closure"] and new_float is not None:
            drawers[body["drawer"]] = replace(known, cash_float=new_float)
    ledger.corrections.append(dict(body))


def _closure(ledger: Ledger, body: Mapping[str, Any], position: Position) -> None:
    series = (
        body["kind"] if body["kind"] in (MONTH, YEAR) else Scope(body["kind"], body["code"]).key
    )
    figures = figures_from_json(body["figures"])
    ledger.last[series] = LastClosure(
        body["id"],
        body["number"],
        body["perpetual_total"],
        body["perpetual_absolute"],
        body["period_total"],
        body["fiscal_year"],
        date.fromisoformat(body["business_day"]),
    )
    ledger.closed_at = datetime.fromisoformat(body["closed_at"])
    if body["kind"] in (MONTH, YEAR):
        waiting = ledger.months if body["kind"] == MONTH else ledger.years
        waiting.pop(body["code"], None)
        sealed = date.fromisoformat(body["business_day"])
        ledger.sealed_until = max(sealed, ledger.sealed_until or sealed)
        return
    _close_scope(ledger, body, Scope(body["kind"], body["code"]), position)
    if body["kind"] == GENERAL:
        _end_window(ledger, body, figures)


def _close_scope(ledger: Ledger, body: Mapping[str, Any], scope: Scope, position: Position) -> None:
    until = datetime.fromisoformat(body["until"]) if body["until"] else None
    if body["end"] is not None:
        end = datetime.fromisoformat(body["end"])
        ledger.ends[scope.code] = max(end, ledger.ends.get(scope.code, end))
    for drawer in ledger.drawers:
        if scope.holds(drawer):
            known = ledger.marks.get(drawer, Watermark())
            ledger.marks[drawer] = (
                Watermark(whole=position)
                if until is None
                else Watermark(known.whole, position, until)
            )
    ledger.open = _left_open(_reopened(ledger.open, body["taken"]), scope, until)
    _note_damage(ledger, body)
    ledger.moves = [m for m in ledger.moves if not _is_taken(m, scope, until)]
    ledger.corrections = [c for c in ledger.corrections if not scope.holds(c["drawer"])]
    ledger.conflicts = [c for c in ledger.conflicts if not _is_taken(c, scope, until)]
    _check_numbers(ledger, body["last_numbers"])
    _forget_wrong_clocks(ledger, datetime.fromisoformat(body["closed_at"]) + _ONE_DAY)
    for drawer, after in body["drawers_after"].items():
        ledger.drawers[drawer] = drawer_from_json(after)
        ledger.before_float.pop(drawer, None)
    for move in ledger.moves:  # a float declared after the closure's end still stands
        if move["kind"] == "float" and scope.holds(move["drawer"]):
            _declare_float(ledger, move)
    ledger.window.append(WindowClosure(body["id"], scope, figures_from_json(body["own"])))


def _check_numbers(ledger: Ledger, checked: Mapping[str, Any]) -> None:
    for name, (number, day, *waiting) in checked.items():
        mark = None if number is None else (number, day)
        known = ledger.numbers.get(name, Series())
        ledger.numbers[name] = Series(known.recorded, mark, waiting[0] if waiting else {})
    if len(ledger.numbers) > _SERIES_KEPT:  # prefixes that hold a date never come again
        by_day = sorted(ledger.numbers.items(), key=lambda item: _newest_day(item[1]))
        ledger.numbers = dict(by_day[-_SERIES_KEPT:])


def _newest_day(series: Series) -> str:
    return max([mark[1] for mark in (series.recorded, series.checked) if mark], default="")


def _forget_wrong_clocks(ledger: Ledger, limit: datetime) -> None:
    """Once closed, a ticket of a clock far ahead is no till's newest any more."""
    last_day = limit.date().isoformat()
    ledger.tills = {till: last for till, last in ledger.tills.items() if last.at <= limit}
    for name, known in ledger.numbers.items():
        if known.recorded and known.recorded[1] > last_day:
            ledger.numbers[name] = replace(known, recorded=known.checked)


def _end_window(ledger: Ledger, body: Mapping[str, Any], figures: Figures) -> None:
    ledger.window = []
    ledger.drawers = {name: ends_window(d) for name, d in ledger.drawers.items()}
    ledger.before_float = {name: ends_window(d) for name, d in ledger.before_float.items()}
    day = date.fromisoformat(body["business_day"])
    slim = without_days(figures)
    for sums, code in ((ledger.months, month_of(day)), (ledger.years, str(body["fiscal_year"]))):
        known = sums.get(code, PeriodSum((), EMPTY))
        sums[code] = PeriodSum((*known.ids, body["id"]), add(known.figures, slim))


def without_days(figures: Figures) -> Figures:
    """Figures without the row of each day: a month's and a year's don't carry them."""
    return figures_from_json({**figures_json(figures), "days": []})


def _reopened(
    open_days: Mapping[str, Mapping[str, int]], taken: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    left: dict[str, dict[str, int]] = {}
    for day, drawers in open_days.items():
        gone = taken.get(day, {})
        rest = {d: n - gone.get(d, 0) for d, n in drawers.items() if n > gone.get(d, 0)}
        if rest:
            left[day] = rest
    return left


def _left_open(
    open_days: Mapping[str, Mapping[str, int]], scope: Scope, until: datetime | None
) -> dict[str, dict[str, int]]:
    """Without what the closure went over: a ticket that it could not read is open no more."""
    last = None if until is None else in_paris(until).date().isoformat()
    left = {
        day: {d: n for d, n in drawers.items() if not (scope.holds(d) and (not last or day < last))}
        for day, drawers in open_days.items()
    }
    return {day: drawers for day, drawers in left.items() if drawers}


def _note_damage(ledger: Ledger, body: Mapping[str, Any]) -> None:
    """Count the records that a closure told to be damaged, each once."""
    for segment, offset in body.get("damaged", ()):
        if (segment, offset) in ledger.unread:
            ledger.unread.remove((segment, offset))
        else:
            ledger.damaged += 1


def _is_taken(entry: Mapping[str, Any], scope: Scope, until: datetime | None) -> bool:
    at = datetime.fromisoformat(entry["at"])
    return scope.holds(entry["drawer"]) and (until is None or at <= until)


_HANDLERS = {
    "opening": _opening,
    "event": _event,
    "ticket": _ticket,
    "conflict": _conflict,
    "move": _move,
    "correction": _correction,
    "closure": _closure,
}
