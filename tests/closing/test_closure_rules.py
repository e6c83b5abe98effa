"""Rules of closures that are no one scenario: every order, purity, refusals, what follows."""

from __future__ import annotations

from itertools import permutations

import pytest

from app.domain.closing import Rules, Terms, draw_up
from app.domain.moments import moment_from_text
from app.domain.scope import Scope, scope_from_text
from app.errors import ClosureRefused, NothingToClose
from app.services.cash_moves import carried_over, declare_float
from app.services.close import read_x
from app.services.closures import show_closure
from app.services.settings import change_setting, load_settings
from tests.closing.books import Books
from tests.closing.memory import MemoryShop
from tests.factories import line, ticket
from tests.shops import close_scope, moment, shop_in, take

NOW = "2021-01-02T20:00"
SOLD = {"1/1": 10_00, "1/2": 20_00, "2/1": 40_00}
SCOPES = ("caisse:1/1", "caisse:1/2", "caisse:2/1", "poste:1", "poste:2")


def sold(drawer: str, amount: int, number: str = "1", at: str = "2021-01-02T09:00"):
    till, name = drawer.split("/")
    return ticket(amount, number=f"{name}-{number}", at=at, till=till, drawer=name)


@pytest.mark.parametrize("count", range(len(SCOPES) + 1))
def test_two_tills_and_three_drawers_in_every_order(count):
    # Whatever was closed before it, and in which order, the GÉNÉRALE holds all 70,00 once.
    for order in permutations(SCOPES, count):
        shop, books = MemoryShop(), Books()
        shop.record(*(sold(drawer, amount) for drawer, amount in SOLD.items()))
        books.recorded = len(SOLD)
        left = dict(SOLD)
        for text in (*order, "general"):
            scope = scope_from_text(text)
            mine = [drawer for drawer in left if scope.holds(drawer)]
            body = shop.close(scope, Terms(moment_from_text(NOW)))
            assert body["own"]["total"] == sum(left.pop(drawer) for drawer in mine), order
            books.note(body)
        assert body["figures"]["total"] == body["perpetual_total"] == 70_00, order
        assert len(body["covers"]) == len(order)
        assert books.taken == 3


def test_a_closure_is_the_same_whenever_it_is_drawn_up():
    shop = MemoryShop()
    shop.record(sold("1/1", 10_00), sold("1/1", 20_00, "4"))
    terms = Terms(moment_from_text(NOW))
    reading = shop.reading(Scope("general"), terms)
    first, again = (
        draw_up(shop.ledger, Scope("general"), reading, terms, Rules()) for _ in range(2)
    )
    assert (
        first
        == again
        == draw_up(
            shop.ledger, Scope("general"), shop.reading(Scope("general"), terms), terms, Rules()
        )
    )
    assert [found["count"] for found in first["findings"]] == [2]  # 2 and 3, once


def test_own_holds_sub_totals_of_each_till():
    shop = MemoryShop()
    shop.record(sold("1/1", 10_00), sold("1/2", 20_00), sold("2/1", 40_00))
    body = shop.close(Scope("general"), Terms(moment_from_text(NOW)))
    tills = body["own"]["tills"]
    assert {till: (own["tickets"], own["total"]) for till, own in tills.items()} == {
        "1": (2, 30_00),
        "2": (1, 40_00),
    }


def test_an_x_says_what_the_z_will_say(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [sold("1/1", 10_00), sold("2/1", 5_00)])
        scope, terms = Scope("general"), Terms(moment(NOW))
        x = read_x(shop, scope, terms, load_settings(shop))
        body, _ = shop.closure(close_scope(shop))
        assert {**x, "id": "G000001", "number": 1} == body


def test_of_two_closures_at_once_the_second_finds_nothing(tmp_path):
    folder = tmp_path / "boutique"
    with shop_in(folder) as one:
        take(one, [sold("1/1", 10_00)])
        with shop_in(folder) as other:
            assert close_scope(one) == "G000001"
            # `other` still thinks that the ticket is open; the journal knows better
            with pytest.raises(NothingToClose):
                close_scope(other)
            take(other, [sold("1/1", 5_00, "2")])
            assert close_scope(one) == "G000002"
            other.refresh()
            assert other.ledger == one.ledger


def test_a_refused_closure_changes_nothing(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [sold("1/1", 10_00)])
        close_scope(shop, until="2021-01-02T12:00")
        before = shop.journal.length(1), shop.journal.length(2)
        with pytest.raises(ClosureRefused):
            close_scope(shop, until="2021-01-02T11:00", allow_empty=True)
        with pytest.raises(NothingToClose):
            close_scope(shop)
        assert (shop.journal.length(1), shop.journal.length(2)) == before


@pytest.mark.parametrize("role", ["secondary", "back_office"])
def test_only_the_master_closes(tmp_path, role):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [sold("1/1", 10_00)])
        change_setting(shop, "shop.role", role, moment(NOW))
        with pytest.raises(ClosureRefused, match="caisse maître"):
            close_scope(shop)


def test_a_demonstration_says_simulation_on_every_closure(tmp_path):
    with shop_in(tmp_path / "boutique", simulation=True) as shop:
        take(shop, [sold("1/1", 10_00, at="2021-01-31T09:00")])
        close_scope(shop, "caisse:1/1", now="2021-01-31T20:00")
        close_scope(shop, now="2021-01-31T20:01")
        take(shop, [sold("1/1", 10_00, at="2021-02-01T09:00")])
        close_scope(shop, now="2021-02-01T20:00")
    with shop_in(tmp_path / "boutique") as shop:  # for ever, not only when it was begun
        take(shop, [sold("1/1", 10_00, at="2021-02-02T09:00")])
        close_scope(shop, now="2021-02-02T20:00")
        ids = [row["id"] for row in shop.closures()]
        assert ids == ["C1.1-000001", "G000001", "M2021-01", "G000002", "G000003"]
        assert all(shop.closure(made)[0]["simulation"] is True for made in ids)


def test_jobs_follow_a_closure_and_no_period(tmp_path):
    with shop_in(tmp_path / "boutique", follow_ups=("backup", "mail")) as shop:
        change_setting(shop, "mail.after_closure", "general", moment("2021-01-31T08:00"))
        take(shop, [sold("1/1", 10_00, at="2021-01-31T09:00")])
        close_scope(shop, now="2021-01-31T20:00")
        take(shop, [sold("1/1", 10_00, at="2021-02-01T09:00")])
        close_scope(shop, now="2021-02-01T20:00")
        states = {
            made: [(job["job"], job["state"]) for job in show_closure(shop, made)["follow_ups"]]
            for made in ("G000001", "M2021-01", "G000002")
        }
    waiting = [("backup", "pending"), ("mail", "pending")]
    assert states == {"G000001": waiting, "M2021-01": [], "G000002": waiting}


def test_open_days_are_what_closures_did_not_take(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(
            shop,
            [
                sold("1/1", 1_00, "1", "2021-01-02T09:00"),
                sold("1/1", 1_00, "2", "2021-01-02T10:00"),
                sold("1/2", 1_00, "3", "2021-01-03T02:00"),
                sold("2/1", 1_00, "4", "2021-01-03T09:00"),
            ],
        )
        assert shop.ledger.open == {
            "2021-01-02": {"1/1": 2},
            "2021-01-03": {"1/2": 1, "2/1": 1},
        }
        made = close_scope(shop, "poste:1", until="2021-01-02T09:30")
        assert shop.closure(made)[0]["taken"] == {"2021-01-02": {"1/1": 1}}
        assert shop.ledger.open == {
            "2021-01-02": {"1/1": 1},
            "2021-01-03": {"1/2": 1, "2/1": 1},
        }
        close_scope(shop, "caisse:1/2")
        assert shop.ledger.open == {"2021-01-02": {"1/1": 1}, "2021-01-03": {"2/1": 1}}
        close_scope(shop)
        assert shop.ledger.open == {}


def test_a_float_declared_after_a_closed_moment_still_stands(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [sold("1/1", 10_00), sold("1/2", 5_00, "2")])
        declare_float(shop, 80_00, "1/1", moment("2021-01-03T07:00"))
        declare_float(shop, 90_00, "1/1", moment("2021-01-03T07:05"))
        close_scope(shop, now="2021-01-03T08:00", until="2021-01-03T04:59")
        # closed with what was there before; what is there now is the float
        assert shop.ledger.closed_drawer("1/1").cash_float == 0
        assert carried_over(shop, "1/1") == 90_00
        assert carried_over(shop, "1/2") == 5_00
        close_scope(shop, now="2021-01-03T09:00", allow_empty=True)
        assert shop.ledger.before_float == {}
        assert carried_over(shop, "1/1") == 90_00


def test_once_closed_a_ticket_of_2099_is_no_till_s_newest_any_more():
    shop = MemoryShop()
    shop.record(
        sold("1/1", 1_00, "7"),
        sold("1/1", 1_00, "8", at="2099-06-01T09:00"),
        sold("2/1", 1_00, "3"),
    )
    assert shop.ledger.tills["1"].number == "1-8"
    shop.close(Scope("general"), Terms(moment_from_text(NOW)))
    assert set(shop.ledger.tills) == {"2"}
    shop.record(sold("1/1", 1_00, "9", at="2021-01-03T09:00"))
    assert shop.ledger.tills["1"].number == "1-9"
    # numbers go on from the last credible one: 7 (8 was sold in 2099), then 9
    assert shop.ledger.numbers["1|1-"].recorded == (9, "2021-01-03")
    assert shop.ledger.numbers["1|1-"].checked == (7, "2021-01-02")


def test_what_is_known_of_numbers_does_not_grow_with_the_years():
    shop = MemoryShop()
    for day in range(300):
        at = f"2021-{day // 28 + 1:02d}-{day % 28 + 1:02d}T09:00"
        shop.record(sold("1/1", 1_00, f"{at[:10]}/1", at=at))
        shop.close(Scope("general"), Terms(moment_from_text(at)))
    assert len(shop.ledger.numbers) == 200
    assert f"1|1-{at[:10]}/" in shop.ledger.numbers


def test_a_record_that_lost_its_fingerprint_is_closed_and_told():
    shop = MemoryShop()
    terms = Terms(moment_from_text(NOW))
    reading = shop.reading(Scope("general"), terms)
    reading.take(sold("1/1", 10_00), late=False, altered_at=(1, 0))
    body = draw_up(shop.ledger, Scope("general"), reading, terms, Rules())
    assert body["own"]["total"] == 10_00
    assert [found["kind"] for found in body["findings"]] == ["damaged"]


def test_articles_add_up_by_code_and_label():
    shop = MemoryShop()
    shop.record(
        ticket(line(90, qty="1", code="BAG"), line(1_80, qty="2", code="BAG"), number="1"),
        ticket(line(-90, qty="-1", code="BAG"), line(5_00, nature="gift_card"), number="2"),
    )
    body = shop.close(Scope("general"), Terms(moment_from_text(NOW)))
    # a gift card is no article sold: it is outside turnover
    assert [(a["code"], a["qty"], a["total"]) for a in body["articles"]] == [("BAG", "2", 1_80)]


def test_first_and_last_are_moments_in_the_night_that_has_an_hour_twice():
    shop = MemoryShop()
    shop.record(
        sold("1/1", 1_00, "1", at="2021-10-31T02:50:00+02:00"),
        sold("2/1", 2_00, "2", at="2021-10-31T02:10:00+01:00"),  # 20 minutes later
    )
    shop.close(Scope("caisse", "2/1"), Terms(moment_from_text("2021-10-31T02:20:00+01:00")))
    shop.record(sold("1/1", 4_00, "3", at="2021-10-31T02:55:00+02:00"))
    body = shop.close(Scope("general"), Terms(moment_from_text("2021-10-31T02:30:00+01:00")))
    figures = body["figures"]
    assert (figures["first_ticket"], figures["last_ticket"]) == ("1-1", "1-2")
    assert figures["days"] == [
        {
            "day": "2021-10-30",
            "tickets": 3,
            "total": 7_00,
            "first_at": "2021-10-31T02:50:00+02:00",
            "last_at": "2021-10-31T02:10:00+01:00",
        }
    ]
    assert (body["own"]["first_ticket"], body["own"]["last_ticket"]) == ("1-1", "1-3")
    assert [row["hour"] for row in figures["hours"]] == [2]
