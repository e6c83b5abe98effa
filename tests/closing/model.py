"""A shop in a hundred lines: which closure takes what, worked out from the contract's words alone.

It knows no journal and no engine: a list of open tickets, the closures made and each drawer's
cash. What it expects of a closure is compared with the record. Times are naive Paris ones of a
winter, so that a business day is the date five hours earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

DRAWERS = ("1/1", "1/2", "2/1")
SCOPES = ("general", "poste:1", "poste:2", *(f"caisse:{drawer}" for drawer in DRAWERS))


@dataclass(frozen=True)
class Sold:
    """A ticket that counts so much turnover, so much outside it, paid by one tender."""

    drawer: str
    at: datetime
    total: int
    outside: int
    tender: str

    @property
    def cash(self) -> int:
        return self.total + self.outside if self.tender == "especes" else 0

    @property
    def reversed(self) -> Sold:
        return replace(self, total=-self.total, outside=-self.outside)


class Voids:
    """Which tickets stand: a void turns its ticket over, a void of a void turns it back.

    Tickets are named by till and number. A void that would change nothing counts nothing; one
    whose ticket isn't there turns over what will be counted when it comes.
    """

    def __init__(self) -> None:
        self._sold: dict[str, Sold] = {}
        self._names: dict[str, tuple[str, date]] = {}  # what each void names, and its day
        self._idle: set[str] = set()  # the voids that changed nothing
        self._back: set[tuple[str, date | None]] = set()  # what doesn't stand

    def sold(self, name: str, sold: Sold) -> Sold:
        """A ticket comes: what it counts, nothing when a void was there first."""
        self._sold[name] = sold
        waits = [day for ref, day in self._back if ref == name and day and day >= sold.at.date()]
        if not waits:
            return sold
        self._back.remove((name, min(waits)))
        self._back.add((name, None))
        return replace(sold, total=0, outside=0)

    def void(self, name: str, ref: str, made: Sold) -> Sold:
        """A void comes: what it counts."""
        nothing = replace(made, total=0, outside=0)
        self._names[name] = ref, made.at.date()
        voids = [name]
        while voids[-1] in self._names:
            voids.append(self._names[voids[-1]][0])
        ticket = voids.pop()
        about = ticket, None if ticket in self._sold else self._names[voids[-1]][1]
        stands = len(voids) % 2 == 0
        if self._idle & set(voids) or stands == (about not in self._back):
            self._idle.add(name)
            return nothing
        self._back ^= {about}
        if ticket not in self._sold:
            return nothing
        known = self._sold[ticket] if stands else self._sold[ticket].reversed
        return replace(made, total=known.total, outside=known.outside, tender=known.tender)


@dataclass(frozen=True)
class Moved:
    """Cash put in (out when negative) or, with `is_float`, a float declared."""

    drawer: str
    at: datetime
    amount: int
    is_float: bool = False


@dataclass
class Made:
    """A closure made: its scope, end, tickets and those of the closures it covers."""

    scope: str
    end: datetime | None
    own: list[Sold]
    all: list[Sold]


@dataclass
class Expected:
    """What the next closure must say, or the refusal (`before`, `nothing`)."""

    refusal: str = ""
    own: list[Sold] = field(default_factory=list)
    covered: list[Made] = field(default_factory=list)
    late: int = 0
    day: date | None = None
    cash: dict[str, tuple[int, int]] = field(default_factory=dict)


def holds(scope: str, drawer: str) -> bool:
    """Whether a drawer lies in a scope."""
    kind, _, code = scope.partition(":")
    return kind == "general" or (drawer if kind == "caisse" else drawer[0]) == code


def business_day(at: datetime) -> date:
    """The day that ends at 05:00."""
    return (at - timedelta(hours=5)).date()


class Model:
    """The shop so far."""

    def __init__(self) -> None:
        self.open: list[Sold] = []
        self.moves: list[Moved] = []
        self.window: list[Made] = []
        self.ends: list[tuple[str, datetime]] = []
        self.general_day: date | None = None
        self.months: set[str] = set()  # those with a GÉNÉRALE, not sealed yet
        self.years: set[str] = set()
        self.sealed: date | None = None
        # by drawer: the cash it should hold at its next closure, takings and moves not counted in
        self.held: dict[str, int] = defaultdict(int)
        self.drawers: set[str] = set()

    def sell(self, sold: Sold) -> None:
        """A ticket comes in."""
        self.open.append(sold)
        self.drawers.add(sold.drawer)

    def move(self, moved: Moved) -> None:
        """Cash moves."""
        self.moves.append(moved)
        self.drawers.add(moved.drawer)

    def expect(self, scope: str, now: datetime, until: datetime | None) -> Expected:
        """What a closure of the scope must say."""
        places = [drawer for drawer in DRAWERS if holds(scope, drawer)]
        related = [end for other, end in self.ends if self._touch(scope, other)]
        if until is not None and related and until < max(related):
            return Expected("before")
        own = [t for t in self.open if t.drawer in places and (until is None or t.at <= until)]
        covered = self._covered(scope)
        if not own and not covered:
            return Expected("nothing")
        found = Expected(own=own, covered=covered)
        found.late = sum(t.at <= end for t in own for end in [self._end_of(t.drawer)] if end)
        found.day = self._day([t for made in covered for t in made.own] + own, until or now)
        for drawer in sorted(set(places) & self.drawers):
            found.cash[drawer] = self._cash(drawer, own, until)
        return found

    def closed(
        self,
        scope: str,
        expected: Expected,
        until: datetime | None,
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        """The closure was made; `rows` are its drawers, with what was counted and taken out."""
        tickets = [t for made in expected.covered for t in made.own] + expected.own
        end = until or max((t.at for t in tickets), default=None)
        self.open = [t for t in self.open if t not in expected.own]
        self.moves = [
            m
            for m in self.moves
            if not (holds(scope, m.drawer) and (until is None or m.at <= until))
        ]
        for row in rows:
            held = expected.cash[row["drawer"]][1] if row["drawer"] in expected.cash else 0
            if row["counted"] is not None:
                held = row["counted"]
            self.held[row["drawer"]] = held - (row["banked"] or 0)
            if row["left"] is not None:
                self.held[row["drawer"]] = row["left"]
        self.window.append(Made(scope, end, expected.own, tickets))
        if end is not None:
            self.ends.append((scope, end))
        if scope == "general":
            assert expected.day is not None
            self.window = []
            self.general_day = expected.day
            self.seal(*self.over(expected.day))
            self.months.add(f"{expected.day:%Y-%m}")
            self.years.add(f"{expected.day:%Y}")

    def over(self, today: date) -> tuple[list[str], list[str]]:
        """The months and the years with a GÉNÉRALE that are over and not sealed."""
        months = sorted(month for month in self.months if month < f"{today:%Y-%m}")
        return months, sorted(year for year in self.years if year < f"{today:%Y}")

    def seal(self, months: Sequence[str], years: Sequence[str]) -> None:
        """Months and years are closed: no day lies in them any more."""
        self.months -= set(months)
        self.years -= set(years)
        firsts = [date(int(m[:4]) + (m[5:] == "12"), int(m[5:]) % 12 + 1, 1) for m in months]
        firsts += [date(int(year) + 1, 1, 1) for year in years]
        for first in firsts:
            self.sealed = max(first - timedelta(days=1), self.sealed or date.min)

    def _touch(self, scope: str, other: str) -> bool:
        """Whether one of the two lies in the other."""
        mine = {drawer for drawer in DRAWERS if holds(scope, drawer)}
        theirs = {drawer for drawer in DRAWERS if holds(other, drawer)}
        return mine <= theirs or theirs <= mine

    def _end_of(self, drawer: str) -> datetime | None:
        return max((end for scope, end in self.ends if holds(scope, drawer)), default=None)

    def _covered(self, scope: str) -> list[Made]:
        if scope == "general":
            return list(self.window)
        found: list[Made] = []
        for made in self.window if scope.startswith("poste") else ():
            if made.scope == scope:
                found = []
            elif made.scope.startswith(f"caisse:{scope[-1]}/"):
                found.append(made)
        return found

    def _day(self, tickets: Sequence[Sold], otherwise: datetime) -> date:
        day = business_day(max((t.at for t in tickets), default=otherwise))
        if self.general_day is not None:
            day = max(day, self.general_day)
        if self.sealed is not None:
            day = max(day, self.sealed + timedelta(days=1))
        return day

    def _cash(self, drawer: str, own: Sequence[Sold], until: datetime | None) -> tuple[int, int]:
        """Moves of the period, and what the drawer must hold at its end."""
        base, moved = self.held[drawer], 0
        for move in self.moves:
            if move.drawer != drawer or (until is not None and move.at > until):
                continue
            # a declared float says what is there: what was moved before is in it already
            base, moved = (move.amount, 0) if move.is_float else (base, moved + move.amount)
        taken = sum(t.cash for t in own if t.drawer == drawer)
        return moved, base + taken + moved
