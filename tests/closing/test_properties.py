"""Random lives of a shop: tickets, moves, counts and closures in any order, restarts, rebuilds.

After each closure the record is held against the model, which works it out from the contract's
words, and against the laws of the books; at each restart the state against a fresh fold.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.ledger_snapshot import ledger_from_json, ledger_json
from app.domain.moments import in_paris
from app.domain.scope import scope_from_text
from app.domain.ticket import Ticket
from app.errors import ClosureRefused, NothingToClose
from app.services.cash_moves import declare_float, move_cash
from app.services.close import close, close_period
from app.services.import_tickets import Source, import_tickets
from app.services.verify import verify
from tests.closing.model import DRAWERS, SCOPES, Model, Moved, Sold, Voids, business_day
from tests.closing.plays import PlayedShop
from tests.factories import line, ticket

BEGIN = datetime(2020, 12, 29, 9)
LAST = datetime(2021, 3, 20)  # before the spring night: the model's clock knows no DST
RATES = (("5.50", "goods"), ("10", "goods"), ("10", "services"), ("20", "goods"), ("2.10", "goods"))

drawers = st.sampled_from(DRAWERS)
cents = st.integers(1, 100_00)
lines = st.tuples(
    st.sampled_from((*RATES, ("0", "gift_card"), ("0", "deposit"), ("0", "tip"))),
    st.integers(-50_00, 100_00),
    st.integers(0, 2_00),
    st.booleans(),
)
sells = st.tuples(
    st.just("sell"),
    drawers,
    st.sampled_from((0, 0, 0, 1, 5, 26, 80)),  # hours late
    st.lists(lines, min_size=1, max_size=3),
    st.sampled_from(("especes", "especes", "cb", "cheque")),
)
voids = st.tuples(st.just("void"), drawers, st.integers(0, 5))
few_drawers = st.sampled_from(("1/1", "1/1", "1/1", "2/1"))
early = st.tuples(st.just("early"), few_drawers, st.booleans())
comes = st.tuples(
    st.just("comes"),
    few_drawers,
    st.integers(0, 200),  # hours before its void
    st.lists(lines, min_size=1, max_size=3),
    st.sampled_from(("especes", "cb")),
)
pairs = st.tuples(
    st.just("pair"), few_drawers, st.lists(lines, min_size=1, max_size=2), st.booleans()
)
moves = st.tuples(st.just("move"), st.sampled_from(("in", "out", "float")), drawers, cents)
count = st.tuples(
    st.none() | st.integers(0, 300_00),  # cash
    st.none() | st.integers(0, 100_00),  # left
    st.none() | st.integers(0, 100_00),  # banked
    st.none() | st.integers(0, 100_00),  # cards
)
counts = st.fixed_dictionaries({}, optional=dict.fromkeys(DRAWERS, count))
untils = st.sampled_from((None, None, None, 0, 3, 20, 30, 60))  # hours ago
closes = st.tuples(st.just("close"), st.sampled_from(SCOPES), untils, counts)
waits = st.tuples(st.just("wait"), st.sampled_from((1, 7, 24, 100, 400)))  # hours
others = st.sampled_from([("month",), ("year",), ("restart",), ("rebuild",)])
some_voids = [voids, voids, early, comes, pairs]
often = [sells] * 9 + [closes] * 7 + some_voids + [moves, moves, waits, waits, others]
steps = st.sampled_from(often).flatmap(lambda chosen: chosen)
lives = st.lists(steps, min_size=20, max_size=40)
near = st.tuples(st.just("void"), st.just("1/1"), st.integers(0, 3))
of_voids = [near] * 6 + [early, comes] * 2 + [sells, pairs, closes, others]
lives_of_voids = st.lists(
    st.sampled_from(of_voids).flatmap(lambda chosen: chosen), min_size=20, max_size=40
)


class Life:
    """One shop's life: each step is done to the shop and told to the model."""

    def __init__(self, folder: Path) -> None:
        self.played = PlayedShop(folder)
        self.model = Model()
        self.now = BEGIN
        self.voids = Voids()
        self.sold: dict[str, list[tuple[str, datetime]]] = {drawer: [] for drawer in DRAWERS}
        self.awaited: dict[str, list[tuple[str, datetime]]] = {drawer: [] for drawer in DRAWERS}

    def step(self, kind: str, *what: Any) -> None:
        self.now += timedelta(minutes=1)
        getattr(self, f"_{kind}")(*what)

    def _wait(self, hours: int) -> None:
        self.now = min(self.now + timedelta(hours=hours), max(self.now, LAST))

    def _sell(self, drawer: str, late: int, parts: list[Any], tender: str) -> None:
        at = self.now - timedelta(hours=late)
        self._take(self._sale(drawer, at, parts, tender, self._next(drawer)))

    def _void(self, drawer: str, back: int) -> None:
        if back < len(self.sold[drawer]):
            ref, at = self.sold[drawer][-1 - back]
            if self.now - at < timedelta(days=25):
                self._take(self._voiding(drawer, ref))

    def _early(self, drawer: str, again: bool) -> None:
        """A void comes before its ticket; `again`: another one of a ticket that is awaited."""
        if not (again and self.awaited[drawer]):
            self.awaited[drawer].append((self._next(drawer), self.now))
        self._take(self._voiding(drawer, self.awaited[drawer][-1][0]))

    def _comes(self, drawer: str, before: int, parts: list[Any], tender: str) -> None:
        """A ticket that is awaited comes."""
        if self.awaited[drawer]:
            number, voided_at = self.awaited[drawer].pop(0)
            at = voided_at - timedelta(hours=before)
            self._take(self._sale(drawer, at, parts, tender, number))

    def _pair(self, drawer: str, parts: list[Any], turned: bool) -> None:
        """A ticket and its void in one file, in either order."""
        number = self._next(drawer)
        both = [
            self._sale(drawer, self.now, parts, "cb", number),
            self._voiding(drawer, number),
        ]
        self._take(*(reversed(both) if turned else both))

    def _next(self, drawer: str) -> str:
        return self.played.next_number(drawer.split("/", maxsplit=1)[0])

    def _sale(
        self, drawer: str, at: datetime, parts: list[Any], tender: str, number: str
    ) -> Ticket:
        made = [
            line(total, vat=rate, nature=nature, tva=tva if given and nature == "goods" else None)
            for (rate, nature), total, tva, given in parts
        ]
        return self._ticket(drawer, at, number, *made, payments=tender)

    def _voiding(self, drawer: str, ref: str) -> Ticket:
        return self._ticket(drawer, self.now, self._next(drawer), kind="void", ref=ref)

    def _ticket(self, drawer: str, at: datetime, number: str, *lines: Any, **more: Any) -> Ticket:
        till, name = drawer.split("/")
        return ticket(*lines, number=number, at=at.isoformat(), till=till, drawer=name, **more)

    def _take(self, *tickets: Ticket) -> None:
        """Take tickets in as one file; what each counts is told to the model."""
        shop = self.played.shop
        report = import_tickets(shop, tickets, Source("t", "journal"), frozenset(), self._paris())
        assert report.accepted == len(tickets)
        self.played.books.recorded += len(tickets)
        for made in tickets:
            self._tell(made)

    def _tell(self, made: Ticket) -> None:
        drawer, at = made.drawer_id, made.at.replace(tzinfo=None)
        total = sum(item.total for item in made.lines if item.vat is not None)
        outside = sum(item.total for item in made.lines if item.vat is None)
        sold = Sold(drawer, at, total, outside, made.payments[0].method)
        name = _name(drawer, made.number)
        if made.kind == "void":
            sold = self.voids.void(name, _name(drawer, made.ref), sold)
        else:
            sold = self.voids.sold(name, sold)
        self.sold[drawer].append((made.number, at))
        self.model.sell(sold)

    def _move(self, kind: str, drawer: str, amount: int) -> None:
        if kind == "float":
            declare_float(self.played.shop, amount, drawer, self._paris())
        else:
            move_cash(self.played.shop, kind, amount, drawer, "monnaie", self._paris())
        signed = -amount if kind == "out" else amount
        self.model.move(Moved(drawer, self.now, signed, kind == "float"))

    def _close(self, scope: str, hours: int | None, counted: Mapping[str, Any]) -> None:
        until = None if hours is None else self.now - timedelta(hours=hours)
        chosen = scope_from_text(scope)
        counts = {drawer: _count(*row) for drawer, row in counted.items() if chosen.holds(drawer)}
        expected = self.model.expect(scope, self.now, until)
        terms = Terms(self._paris(), until and in_paris(until), counts=counts, confirm_clock=True)
        if expected.refusal:
            refusal = ClosureRefused if expected.refusal == "before" else NothingToClose
            with pytest.raises(refusal):
                close(self.played.shop, chosen, terms)
            assert self.played.made() == []
            return
        close(self.played.shop, chosen, terms)
        *sealed, body = self.played.made()
        due = self.model.over(expected.day) if scope == "general" else ([], [])
        assert [b["code"] for b in sealed] == [code for codes in due for code in codes]
        self._check(body, expected, counts)
        self.model.drawers |= set(counts)
        self.model.closed(scope, expected, until, body["cash"])

    def _check(self, body: Mapping[str, Any], expected: Any, counts: Mapping[str, Count]) -> None:
        own = body["own"]
        assert own["tickets"] == len(expected.own)
        assert own["total"] == sum(sold.total for sold in expected.own)
        assert sum(row["amount"] for row in own["outside"]) == sum(t.outside for t in expected.own)
        assert own["late"] == expected.late
        assert body["business_day"] == expected.day.isoformat()
        assert len(body["covers"]) == len(expected.covered)
        rows = {row["drawer"]: row for row in body["cash"]}
        assert set(rows) == set(expected.cash) | set(counts)
        for drawer, (_, held) in expected.cash.items():
            assert rows[drawer]["expected"] == held

    def _month(self) -> None:
        months, _ = self.model.over(business_day(self.now))
        self._period("month", months, [])

    def _year(self) -> None:
        months, years = self.model.over(business_day(self.now))
        self._period("year", months if years else [], years)

    def _period(self, kind: str, months: list[str], years: list[str]) -> None:
        terms = Terms(self._paris(), confirm_clock=True)
        if not months and not years:
            with pytest.raises(NothingToClose):
                close_period(self.played.shop, kind, terms)
            return
        close_period(self.played.shop, kind, terms)
        assert [b["code"] for b in self.played.made()] == [*months, *years]
        self.model.seal(months, years)

    def _restart(self) -> None:
        before = self.played.shop.ledger
        assert ledger_from_json(json.loads(json.dumps(ledger_json(before)))) == before
        self.played.leave()
        self.played.open()
        assert self.played.shop.ledger == before

    def _rebuild(self) -> None:
        before = self.played.shop.ledger
        self.played.shop.rebuild()
        assert self.played.shop.ledger == before

    def end(self) -> None:
        """Close what is open; then every ticket was taken once, and the record is sound."""
        self.now += timedelta(hours=1)
        if self.model.open or self.model.window:
            self._close("general", None, {})
        books = self.played.books
        assert books.taken == books.recorded
        assert self.model.open == []
        assert self.played.shop.ledger.open == {}
        self._restart()
        self._rebuild()
        assert verify(self.played.shop).ok

    def _paris(self) -> datetime:
        self.played.now = in_paris(self.now)
        return self.played.now


def _name(drawer: str, number: str) -> str:
    """A ticket's, as a void of its till names it."""
    return f"{drawer[0]}|{number}"


def _count(cash: int | None, left: int | None, banked: int | None, cards: int | None) -> Count:
    tenders = {} if cash is None else {"especes": cash}
    tenders |= {} if cards is None else {"cb": cards}
    return Count(tenders, left=left, banked=banked)


def live(chosen: list[Any]) -> None:
    """Lead one life in a folder of its own. Nothing is flushed: power cuts are tried elsewhere."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(os, "fsync"):
        life = Life(Path(folder) / "boutique")
        try:
            for step in chosen:
                life.step(*step)
            life.end()
        finally:
            life.played.leave()


UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(UNHURRIED, max_examples=80)
@given(lives)
def test_any_life_of_a_shop_keeps_the_laws(life):
    live(life)


@settings(UNHURRIED, max_examples=40)
@given(lives_of_voids)
def test_any_life_full_of_voids_keeps_them_too(life):
    live(life)


@pytest.mark.ci
@pytest.mark.timeout(900)
@settings(UNHURRIED, max_examples=600)
@given(st.lists(steps, min_size=20, max_size=80))
def test_many_lives_of_a_shop_keep_the_laws(life):
    live(life)
