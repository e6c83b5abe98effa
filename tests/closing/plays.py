"""What a shop does, step after step: plain data that is played through the real services.

Each step is a frozen dataclass with `play(shop)`. Amounts are cents; a moment is Paris time as
`2021-01-02 20:00`. After every closure its record is checked against `Z`, which says what was
worked out by hand, and against the laws of `books.py`, which hold for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.cash import Count
from app.domain.closing import Terms, TillZ
from app.domain.moments import moment_from_text, until_from_text
from app.domain.scope import scope_from_text
from app.domain.settings import day_change_of, vat_table_of
from app.domain.ticket import Line, Ticket
from app.errors import AppError, ClosureRefused
from app.services.cash_moves import correct_count, declare_float, move_cash
from app.services.close import close, close_period, read_x
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_setting, load_settings
from app.store.shop import Shop, opened
from tests.closing.books import Books
from tests.factories import ticket


class PlayedShop:
    """A shop in a temporary folder, its clock in our hands, its books kept beside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = moment_from_text("2021-01-01 00:00")
        self.books = Books()
        self.numbers: dict[str, int] = {}
        self.open()

    def open(self) -> None:
        """Start the program."""
        self._opened = opened(self.folder, lambda: self.now, create=True)
        self.shop: Shop = self._opened.__enter__()

    def leave(self) -> None:
        """End the program."""
        self._opened.__exit__(None, None, None)

    def next_number(self, till: str) -> str:
        """The till's next ticket number."""
        self.numbers[till] = self.numbers.get(till, 0) + 1
        return str(self.numbers[till])

    def made(self) -> list[dict[str, Any]]:
        """The closures made since the last look, in order, noted in the books."""
        known = {body["id"] for body in self.books.bodies}
        rows = [row for row in self.shop.closures() if row["id"] not in known]
        rows.sort(key=lambda row: row["position"])
        bodies = [self._body(row["id"]) for row in rows]
        for body in bodies:
            self.books.note(body)
        return bodies

    def _body(self, closure: str) -> dict[str, Any]:
        found = self.shop.closure(closure)
        assert found is not None
        return found[0]


@dataclass(frozen=True)
class Cash:
    """A drawer's row: float + received + moves = expected; counted - expected = difference."""

    cash_float: int
    received: int
    moves: int
    expected: int
    counted: int | None = None
    difference: int | None = None
    left: int | None = None
    banked: int | None = None


@dataclass(frozen=True)
class Z:
    """What a closure must say, by hand. Left out: `figures` is `own`, the absolute and the period
    total are the perpetual, the number is the id's, nothing is covered, late, corrected or odd.

    `sealed` are the period closures made just before it. What is None is not looked at: `tickets`
    of its own, `tenders` of its figures (expected, or expected, counted and difference), `vat`
    by rate and nature (HT, TVA), `outside` by nature, `cash` by drawer, `more` any other member.
    """

    id: str
    day: str
    own: int | None
    perpetual: int
    figures: int | None = None
    absolute: int | None = None
    period: int | None = None
    covers: Sequence[str] = ()
    late: int = 0
    corrections: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    sealed: Sequence[Z] = ()
    number: int | None = None
    tickets: int | None = None
    refunds: int | None = None
    discounts: int | None = None
    tenders: Mapping[str, int | tuple[int | None, ...]] | None = None
    vat: Mapping[tuple[str, str], tuple[int, int]] | None = None
    outside: Mapping[str, int] | None = None
    cash: Mapping[str, Cash] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def check(self, body: Mapping[str, Any]) -> None:
        """Compare a record with it, all at once, so that a difference shows in its place."""
        figures = body["figures"]
        odd: dict[str, int] = {}
        for found in body["findings"]:
            odd[found["kind"]] = odd.get(found["kind"], 0) + found["count"]
        assert {
            "id": body["id"],
            "number": body["number"],
            "day": body["business_day"],
            "own": body["own"] and body["own"]["total"],
            "figures": figures["total"],
            "covers": body["covers"],
            "perpetual": body["perpetual_total"],
            "absolute": body["perpetual_absolute"],
            "period": body["period_total"],
            "late": body["own"]["late"] if body["own"] else 0,
            "corrections": len(body["own"]["corrections"]) if body["own"] else 0,
            "findings": odd,
        } == {
            "id": self.id,
            "number": int(self.id[-6:]) if self.number is None else self.number,
            "day": self.day,
            "own": self.own,
            "figures": self.own if self.figures is None else self.figures,
            "covers": list(self.covers),
            "perpetual": self.perpetual,
            "absolute": self.perpetual if self.absolute is None else self.absolute,
            "period": self.perpetual if self.period is None else self.period,
            "late": self.late,
            "corrections": self.corrections,
            "findings": dict(self.findings),
        }
        self._check_views(body)
        rows = {row["drawer"]: row for row in body["cash"]}
        assert {name: _cash(rows[name]) for name in self.cash} == self.cash
        assert {key: body[key] for key in self.more} == self.more

    def _check_views(self, body: Mapping[str, Any]) -> None:
        figures = body["figures"]
        if self.tickets is not None:
            assert body["own"]["tickets"] == self.tickets
        if self.refunds is not None:
            assert figures["refunds"] == self.refunds
        if self.discounts is not None:
            assert figures["discounts"] == self.discounts
        if self.tenders is not None:
            found = {}
            for row in figures["tenders"]:
                said = self.tenders.get(row["method"])
                whole = (row["expected"], row["counted"], row["difference"])
                found[row["method"]] = whole if isinstance(said, tuple) else row["expected"]
            assert found == self.tenders
        if self.vat is not None:
            rows = {(r["rate"], r["nature"]): (r["ht"], r["tva"]) for r in figures["vat"]}
            assert rows == self.vat
        if self.outside is not None:
            assert {r["nature"]: r["amount"] for r in figures["outside"]} == self.outside


def _cash(row: Mapping[str, Any]) -> Cash:
    keys = ("float", "received", "moves", "expected", "counted", "difference", "left", "banked")
    return Cash(*(row[key] for key in keys))


# --- the steps --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sells:
    """A ticket comes in; a bare amount is one line at 5.50 %. The number is the till's next."""

    drawer: str
    total: int
    at: str
    pays: str | Sequence[tuple[str, int]] = "especes"
    kind: str = "sale"
    lines: Sequence[Line] = ()
    number: str | None = None
    ref: str = ""

    def play(self, played: PlayedShop) -> None:
        Takes(self).play(played)

    def ticket(self, played: PlayedShop) -> Ticket:
        till, drawer = self.drawer.split("/")
        sold = ticket(
            *(self.lines or [self.total]),
            number=played.next_number(till) if self.number is None else self.number,
            at=self.at,
            till=till,
            drawer=drawer,
            kind=self.kind,
            payments=self.pays,
            ref=self.ref,
        )
        if self.lines:
            assert sum(line.total for line in self.lines) == self.total, "the scenario is wrong"
        return sold


@dataclass(frozen=True, init=False)
class Takes:
    """A file of several tickets comes in."""

    sold: tuple[Sells, ...]

    def __init__(self, *sold: Sells) -> None:
        object.__setattr__(self, "sold", sold)

    def play(self, played: PlayedShop) -> None:
        rates = vat_table_of(load_settings(played.shop))
        source = Source("ventes.jsonl", "journal")
        tickets = [one.ticket(played) for one in self.sold]
        report = import_tickets(played.shop, tickets, source, rates, played.now)
        played.books.recorded += report.accepted


@dataclass(frozen=True)
class Moves:
    """Cash put `in` or taken `out` of a drawer, or its `float` declared."""

    kind: str
    drawer: str
    amount: int
    at: str

    def play(self, played: PlayedShop) -> None:
        at = moment_from_text(self.at)
        if self.kind == "float":
            declare_float(played.shop, self.amount, self.drawer, at)
        else:
            move_cash(played.shop, self.kind, self.amount, self.drawer, "monnaie", at)


@dataclass(frozen=True)
class Closes:
    """A closure of `general`, `poste:1`, `caisse:1/1`, `month` or `year`.

    `z` is the record expected, or the kind of refusal, of which `says` is part of the sentence.
    """

    scope: str
    at: str
    z: Z | type[AppError]
    says: str = ""
    until: str | None = None
    count: Mapping[str, Count] = field(default_factory=dict)
    till_z: Sequence[TillZ] = ()
    allow_empty: bool = False
    confirm_clock: bool = False

    def play(self, played: PlayedShop) -> None:
        played.now = moment_from_text(self.at)
        if isinstance(self.z, Z):
            self._make(played)
            *sealed, body = played.made()
            assert len(sealed) == len(self.z.sealed), [b["id"] for b in sealed]
            for expected, made in zip([*self.z.sealed, self.z], [*sealed, body], strict=True):
                expected.check(made)
            return
        with pytest.raises(self.z) as refused:
            self._make(played)
        assert type(refused.value) is self.z
        assert self.says in str(refused.value)
        assert played.made() == []

    def _make(self, played: PlayedShop) -> None:
        settings = load_settings(played.shop)
        terms = Terms(
            now=played.now,
            until=self._until(settings),
            counts=self.count,
            till_z=self.till_z,
            allow_empty=self.allow_empty,
            confirm_clock=self.confirm_clock,
        )
        if self.scope in ("month", "year"):
            close_period(played.shop, self.scope, terms)
        else:
            close(played.shop, scope_from_text(self.scope), terms)

    def _until(self, settings: Mapping[str, Any]) -> datetime | None:
        return until_from_text(self.until, day_change_of(settings)) if self.until else None


@dataclass(frozen=True)
class Reads:
    """An X: the total of its figures, and that nothing is closed by it."""

    scope: str
    at: str
    total: int
    cash: Mapping[str, Cash] = field(default_factory=dict)

    def play(self, played: PlayedShop) -> None:
        terms = Terms(now=moment_from_text(self.at))
        scope = scope_from_text(self.scope)
        body = read_x(played.shop, scope, terms, load_settings(played.shop))
        assert (body["id"], body["figures"]["total"]) == (None, self.total)
        rows = {row["drawer"]: row for row in body["cash"]}
        assert {name: _cash(rows[name]) for name in self.cash} == self.cash
        assert played.made() == []


@dataclass(frozen=True)
class Corrects:
    """A count typed wrong, corrected afterwards; `changes`: by how much, after less before.

    `refused`: it is, with this in the sentence.
    """

    closure: str
    drawer: str
    at: str
    count: Count
    changes: int | None = None
    refused: str = ""

    def play(self, played: PlayedShop) -> None:
        at = moment_from_text(self.at)
        if self.refused:
            with pytest.raises(ClosureRefused, match=self.refused):
                correct_count(played.shop, self.closure, self.drawer, self.count, at)
            return
        made = correct_count(played.shop, self.closure, self.drawer, self.count, at)
        if self.changes is not None:
            assert made["after"]["difference"] - made["before"]["difference"] == self.changes


@dataclass(frozen=True)
class Sets:
    """A setting changes."""

    key: str
    value: str

    def play(self, played: PlayedShop) -> None:
        change_setting(played.shop, self.key, self.value, played.now)


@dataclass(frozen=True)
class Restarts:
    """The program ends and starts again."""

    def play(self, played: PlayedShop) -> None:
        played.leave()
        played.open()


@dataclass(frozen=True)
class Rebuilds:
    """The state and all views are made again from the journal."""

    def play(self, played: PlayedShop) -> None:
        played.shop.rebuild()


Step = Sells | Takes | Moves | Closes | Reads | Corrects | Sets | Restarts | Rebuilds


@dataclass(frozen=True)
class Scenario:
    """A story with a name and its steps in order."""

    name: str
    steps: Sequence[Step]


def scenario(name: str, *steps: Step) -> Scenario:
    """A scenario of these steps."""
    return Scenario(name, steps)


def cash(
    amount: int, *, left: int | None = None, banked: int | None = None, **others: int
) -> Count:
    """A count: so much cash, and so much of other tenders (`cb=3_00`)."""
    return Count(tenders={"especes": amount, **others}, left=left, banked=banked)
