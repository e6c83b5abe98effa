"""What the closure screens are told: contents, sheets, limits, clocks, drafts, forgotten days."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest

from app.bootstrap import program
from app.domain.cash import Count
from app.domain.closing import TillZ
from app.domain.moments import PARIS
from app.domain.scope import CAISSE, GENERAL, POSTE, Scope
from app.errors import UsageError
from app.services.close import read_x
from app.services.closure_making import close_as_planned, made_closure
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import places, preview, scopes_of
from app.services.count_check import (
    count_of_coins,
    count_of_sum,
    count_of_tender,
    differences_of,
    reasons_missing,
    share,
)
from app.services.count_draft import drafts, drop_draft, load_draft, resumed, save_draft
from app.services.home import forgotten_days, home
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_setting, load_settings
from tests.factories import line, ticket

NOW = datetime(2021, 1, 2, 20, 0, tzinfo=PARIS)
ALL = ClosurePlan(Scope(GENERAL))
RATES = frozenset({(550, "goods")})


@pytest.fixture
def shop(tmp_path):
    door = program(tmp_path / "shop", lambda: NOW, io.StringIO())
    with door.open_shop(create=True) as opened:
        yield opened


def take(shop, *tickets):
    import_tickets(shop, tickets, Source("test", "journal"), RATES, NOW)


@pytest.fixture
def sold(shop):
    """Two drawers of till 1 and one of till 2: 10 € cash, 20 € card; 5 € cash; 7 € cash."""
    take(
        shop,
        ticket(1000, number="1", at="2021-01-02T09:00"),
        ticket(2000, number="2", at="2021-01-02T19:50", payments="cb"),
        ticket(500, number="3", at="2021-01-02T19:52", drawer="2"),
        ticket(700, number="1", at="2021-01-02T18:00", till="2"),
    )
    return shop


def seen(shop, plan=ALL, now=NOW):
    return preview(shop, plan, load_settings(shop), now)


def test_the_preview_says_what_the_x_says(sold):
    found = seen(sold)
    x = read_x(sold, ALL.scope, ALL.terms(NOW), load_settings(sold))
    assert (found.tickets, found.total) == (4, 4200) == (4, x["figures"]["total"])
    assert [s.drawer for s in found.sheets] == ["1/1", "1/2", "2/1"]
    assert [s.expected for s in found.sheets] == [1000, 500, 700]
    assert [(t.method, t.expected) for t in found.sheets[0].tenders] == [("cb", 2000)]
    assert [(t.till, t.tickets, t.total) for t in found.tills] == [("1", 3, 3500), ("2", 1, 700)]
    assert found.tills[0].freshness.minutes == 8
    assert found.refusal == ""
    assert found.clocks is None
    assert not found.late


def test_a_count_gives_differences_by_drawer_and_tender(sold):
    plan = ALL.with_count("1/1", Count({"especes": 900, "cb": 2050}))
    sheet, other, _ = seen(sold, plan).sheets
    assert (sheet.counted, sheet.difference, sheet.differences) == (900, -100, (-100, 50))
    assert sheet.is_off
    assert (other.counted, other.differences, other.is_off) == (None, (), False)
    assert reasons_missing((sheet, other)) == ("1/1",)
    reasoned = plan.with_count("1/1", replace(plan.counts["1/1"], reason="Rendu"))
    assert reasons_missing(seen(sold, reasoned).sheets) == ()


@pytest.mark.parametrize(
    ("counted", "beyond"), [(0, False), (-1, True), (2000, False), (2001, True)]
)
def test_the_limit_is_passed_beyond_it_only(sold, counted, beyond):
    change_setting(sold, "closing.difference_limit", 1000, NOW)
    plan = ALL.with_count("1/1", Count({"especes": counted}))
    assert seen(sold, plan).beyond_limit is beyond


def test_a_difference_is_explained_only_as_it_was_seen(sold):
    plan = ALL.with_count("1/1", Count({"especes": 900}, reason="Rendu"))
    assert seen(sold, plan).unexplained
    plan = plan.explained(differences_of(seen(sold, plan).sheets))
    assert not seen(sold, plan).unexplained
    take(sold, ticket(2000, number="4", at="2021-01-02T19:59"))
    found = seen(sold, plan)
    assert (found.beyond_limit, found.unexplained) == (True, True)
    plan = plan.explained(differences_of(found.sheets))
    assert seen(sold, plan).unexplained
    assert not seen(sold, plan.accepted("Anne")).unexplained
    assert seen(sold, plan.accepted("Anne").doubted()).unexplained
    assert not seen(sold, ALL).unexplained


def test_tickets_that_do_not_say_how_they_were_paid_are_split_by_the_count(shop):
    take(shop, ticket(1000, payments="inconnu"))
    before = seen(shop).sheets[0]
    assert before.only_unknown
    assert before.tenders == ()
    after = seen(shop, ALL.with_count("1/1", Count({"especes": 400}))).sheets[0]
    assert (after.counted, after.difference) == (400, 0)


def test_a_till_z_is_compared_with_the_till(sold):
    found = seen(sold, ALL.with_till_z(TillZ("1", "57", 3400)))
    assert (found.tills[0].z_number, found.tills[0].z_difference) == ("57", -100)
    assert found.tills[1].z_difference is None
    again = found.plan.with_till_z(TillZ("1", "57", 3500))
    assert seen(sold, again).tills[0].z_difference == 0
    assert again.without_till_z("1").till_z == ()


def test_findings_are_told_one_line_a_day_with_a_count(shop):
    take(
        shop,
        ticket(line(0), number="1"),
        ticket(line(0), number="2", at="2021-01-02T09:00"),
        ticket(100, number="5", at="2021-01-02T10:00"),
    )
    told = {(f.text, f.count) for f in seen(shop).findings}
    assert ("lignes à prix nul", 2) in told
    assert ("numéros de ticket manquants", 2) in told


def test_nothing_to_close_and_another_role_are_told_in_the_services_words(shop, sold):
    assert (
        "Rien à clôturer pour CAISSE 9/1" in seen(shop, ClosurePlan(Scope(CAISSE, "9/1"))).refusal
    )
    change_setting(shop, "shop.role", "secondary", NOW)
    assert "n'est pas la caisse maître" in seen(shop).refusal


def test_a_clock_a_day_away_shows_both_dates_until_it_is_confirmed(sold):
    later = datetime(2021, 2, 2, 20, 0, tzinfo=PARIS)
    clocks = seen(sold, now=later).clocks
    assert (clocks.now, clocks.what) == (later, "Dernier ticket")
    assert clocks.record == datetime(2021, 1, 2, 19, 52, tzinfo=PARIS)
    assert seen(sold, ALL.confirmed("Anne"), later).clocks is None
    close_as_planned(sold, ALL.confirmed("Anne"), later)
    assert seen(sold).clocks.what == "Dernière clôture"


def test_a_drawer_counted_with_nothing_sold_since_says_so(sold):
    plan = ClosurePlan(Scope(CAISSE, "1/1")).with_count("1/1", Count({"especes": 1000}))
    close_as_planned(sold, plan, NOW)
    sheets = {sheet.drawer: sheet for sheet in seen(sold).sheets}
    assert sheets["1/1"].counted_by == "C1.1-000001"
    assert sheets["1/2"].counted_by == ""
    assert seen(sold).covers == 1


def test_places_are_those_of_the_settings_and_of_the_tickets(sold):
    change_setting(sold, "tills.drawers", ["1/1", "10/1"], NOW)
    found = places(sold, load_settings(sold))
    assert found.tills == ("1", "2", "10")
    assert found.drawers == ("1/1", "1/2", "2/1", "10/1")
    assert [scope.code for scope in scopes_of(POSTE, found)] == ["1", "2", "10"]
    assert scopes_of(GENERAL, found) == (Scope(GENERAL),)


# --- counting ---------------------------------------------------------------------------------


def test_coins_or_a_sum_give_the_cash_and_leave_the_rest():
    count = count_of_coins(Count({"cb": 50}), {5000: 2, 10: 3})
    assert count.tenders == {"cb": 50, "especes": 10_030}
    assert count_of_coins(count, {}).tenders == {"cb": 50}
    by_sum = count_of_sum(count, 777)
    assert (by_sum.tenders["especes"], by_sum.coins) == (777, {})
    assert count_of_sum(by_sum, None).tenders == {"cb": 50}
    assert count_of_tender(by_sum, "cb", None).tenders == {"especes": 777}
    assert count_of_tender(by_sum, "cheque", 0).tenders["cheque"] == 0


def test_another_sum_forgets_what_was_to_be_left_of_the_first():
    count = Count({"especes": 500}, left=200, banked=300, reason="Rendu")
    assert count_of_tender(count, "cb", 10).left == 200
    changed = count_of_sum(count, 600)
    assert (changed.left, changed.banked, changed.reason) == (None, None, "Rendu")
    assert count_of_sum(count, 500).left == 200


def test_what_is_left_and_what_is_banked_complete_each_other():
    assert share(1000, left=150) == (150, 850)
    assert share(1000, banked=1000) == (0, 1000)
    for wrong in ({"left": 1001}, {"banked": 1001}, {}):
        with pytest.raises(UsageError):
            share(1000, **wrong)


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_found_again_whole(sold):
    count = Count({"especes": 900, "cb": 0}, {100: 9}, left=100, banked=800, reason="Rendu")
    plan = ALL.with_count("1/1", count).with_till_z(TillZ("1", "57", 3500))
    save_draft(sold, plan.confirmed("Anne"), NOW)
    assert load_draft(sold, ALL.scope).plan == plan
    assert resumed(sold, ALL.confirmed("Anne")) == plan.confirmed("Anne")
    assert load_draft(sold, Scope(POSTE, "1")) is None
    assert load_draft(sold, ALL.scope, NOW) is None
    drop_draft(sold, ALL.scope)
    drop_draft(sold, ALL.scope)
    assert drafts(sold) == ()


def test_a_draft_is_worth_nothing_once_a_closure_touched_its_drawers(sold):
    plan = ALL.with_count("1/1", Count({"especes": 900}))
    save_draft(sold, plan, NOW)
    save_draft(sold, ClosurePlan(Scope(CAISSE, "2/1")).with_count("2/1", Count()), NOW)
    close_as_planned(sold, ClosurePlan(Scope(CAISSE, "1/1")), NOW)
    assert [draft.plan.scope.key for draft in drafts(sold)] == ["caisse/2/1"]
    assert load_draft(sold, ALL.scope) is None


def test_closing_forgets_the_draft_and_tells_the_closure(sold):
    plan = ALL.with_count("1/1", Count({"especes": 900}, reason="Rendu", left=150, banked=750))
    save_draft(sold, plan, NOW)
    made = close_as_planned(sold, plan, NOW)
    told = made_closure(sold, made)
    assert (told.number, told.tickets, told.total, told.difference) == (1, 4, 4200, -100)
    assert told.follow_ups == ()
    assert drafts(sold) == ()


def test_an_empty_count_stays_not_counted(sold):
    plan = ALL.with_count("1/1", Count())
    assert not plan.is_begun
    made = close_as_planned(sold, plan, NOW)
    assert sold.closure(made)[0]["cash"][0]["counted"] is None


# --- home and forgotten days ------------------------------------------------------------------


def test_home_without_a_shop(shop):
    assert home(shop, {}, NOW) is None


def test_home_tells_forgotten_days_and_late_tickets_apart(shop):
    take(
        shop,
        ticket(100, number="1", at="2020-12-30T10:00"),
        ticket(100, number="2", at="2020-12-31T10:00"),
        ticket(100, number="3", at="2021-01-02T10:00"),
    )
    settings = load_settings(shop)
    days = forgotten_days(shop, Scope(GENERAL), settings, NOW)
    assert [day.day.isoformat() for day in days] == ["2020-12-30", "2020-12-31"]
    assert [day.day for day in seen(shop).forgotten] == [day.day for day in days]
    plan = ClosurePlan(Scope(GENERAL), until=days[0].until)
    assert seen(shop, plan).forgotten == ()
    close_as_planned(shop, plan, NOW)
    take(shop, ticket(100, number="0", at="2020-12-30T09:00"))
    found = home(shop, settings, NOW)
    assert [day.day.isoformat() for day in found.forgotten] == ["2020-12-30", "2020-12-31"]
    plan = ClosurePlan(Scope(GENERAL), until=days[1].until)
    close_as_planned(shop, plan, NOW)
    take(shop, ticket(100, number="00", at="2020-12-30T08:00"))
    found = home(shop, settings, NOW)
    assert found.forgotten == ()
    assert (found.late, found.today_tickets) == (1, 1)
    assert found.last.number == 2


def test_home_tells_files_set_aside_for_some_days(sold):
    (sold.folder / "jobs.json").write_text("{", encoding="utf-8")
    found = home(sold, load_settings(sold), NOW)
    assert found.set_aside == ("jobs.json",)
    later = datetime(2021, 1, 20, tzinfo=PARIS)
    assert home(sold, load_settings(sold), later).set_aside == ()
