"""The sheet of figures: sums, shares, hours, and counts with their corrections."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.figures import FamilyRow, Figures, HourRow, VatRow
from app.domain.moments import PARIS
from app.domain.report import Amount
from app.domain.scope import CAISSE, GENERAL, Scope
from app.domain.tenders import CASH
from app.formats.report_text import plain
from app.services.cash_moves import correct_count, declare_float, move_cash
from app.services.close import close, read_x
from app.services.closures import show_closure
from app.services.drawers import drawers_now, known_scopes
from app.services.figures_sheet import MOST_FAMILIES, difference_of, sheet_of, sheet_of_figures
from app.services.import_tickets import Source, import_tickets
from app.services.monthly_recap import monthly_recap, months_with_closures
from app.services.z_report import z_report
from app.store.shop import opened
from tests.factories import line, ticket

NOW = datetime(2021, 1, 2, 20, 4, tzinfo=PARIS)


@pytest.fixture
def shop(tmp_path):
    with opened(tmp_path / "shop", lambda: NOW, create=True) as shop:
        yield shop


def sell(shop, *tickets, now=NOW):
    return import_tickets(shop, tickets, Source("f", "journal"), frozenset(), now)


def test_sums_average_and_hours_without_a_hole():
    figures = Figures(
        tickets=4,
        sales=1000,
        vat=(VatRow(550, "goods", 700, 50, 750), VatRow(2000, "goods", 200, 50, 250)),
        families=(FamilyRow("PAIN", Decimal(3), 750), FamilyRow("GÂTEAU", Decimal(1), 250)),
        hours=(HourRow(8, 1, 600), HourRow(11, 3, 400)),
    )
    sheet = sheet_of_figures(figures)
    assert (sheet.vat_total.ht, sheet.vat_total.tva, sheet.vat_total.ttc) == (900, 100, 1000)
    assert sheet.average == 250
    assert [row.hour for row in sheet.hours] == [8, 9, 10, 11]
    assert [(row.family, row.share) for row in sheet.families] == [("PAIN", 750), ("GÂTEAU", 250)]


def test_nothing_sold_is_no_fault():
    sheet = sheet_of_figures(Figures())
    assert (sheet.average, sheet.hours, sheet.families, sheet.first_at) == (0, (), (), None)


def test_a_total_of_zero_or_less_gives_no_shares():
    figures = Figures(tickets=1, refunds=-90, families=(FamilyRow("PAIN", Decimal(-1), -90),))
    assert sheet_of_figures(figures).families[0].share == 0


def test_the_smallest_of_many_families_are_added_up():
    families = tuple(FamilyRow(f"F{n:03d}", Decimal(1), n) for n in range(1, MOST_FAMILIES + 4))
    sheet = sheet_of_figures(Figures(families=families))
    assert len(sheet.families) == MOST_FAMILIES + 1
    assert (sheet.families[-1].others, sheet.families[-1].total) == (3, 1 + 2 + 3)


def test_an_x_tells_the_drawer_its_float_and_its_moves(shop):
    declare_float(shop, 15_000, "1/1", NOW)
    sell(shop, ticket("10,00"))
    move_cash(shop, "out", 500, "1/1", "Achat de lait", NOW, "Anne")
    sheet = sheet_of(read_x(shop, Scope(GENERAL), Terms(NOW), {}))
    (drawer,) = sheet.cash
    assert (drawer.cash_float, drawer.received, drawer.moves) == (15_000, 1_000, -500)
    assert drawer.expected == 15_500
    assert [(m.kind, m.amount, m.reason) for m in drawer.move_rows][-1] == (
        "out",
        -500,
        "Achat de lait",
    )


def test_a_corrected_count_shows_both_and_the_newest_holds(shop):
    sell(shop, ticket("10,00"))
    terms = Terms(NOW, counts={"1/1": Count({CASH: 900}, reason="?")})
    made = close(shop, Scope(GENERAL), terms)
    correct_count(shop, made, "1/1", Count({CASH: 1_000}, reason="Mal tapé"), NOW, "Zoé")
    (drawer,) = sheet_of(show_closure(shop, made)).cash
    assert (drawer.count.counted, drawer.count.difference) == (900, -100)
    assert [(c.counted, c.difference, c.by) for c in drawer.corrections] == [(1_000, 0, "Zoé")]
    assert drawer.last_count.reason == "Mal tapé"
    assert difference_of([drawer]) == 0
    assert drawer.difference_with(990) == -10


def test_an_uncounted_drawer_has_no_difference(shop):
    sell(shop, ticket("10,00"))
    made = close(shop, Scope(GENERAL), Terms(NOW))
    sheet = sheet_of(show_closure(shop, made))
    assert difference_of(sheet.cash) is None
    assert sheet.cash[0].difference_with(None) is None


def test_a_month_closure_has_figures_but_no_drawers(shop):
    sell(shop, ticket(line("10,00", vat="20.00")))
    close(shop, Scope(GENERAL), Terms(NOW))
    later = datetime(2021, 2, 1, 20, tzinfo=PARIS)
    sell(shop, ticket(number="9", at="2021-02-01T09:00"), now=later)
    close(shop, Scope(GENERAL), Terms(later))
    sheet = sheet_of(show_closure(shop, "M2021-01"))
    assert (sheet.total, sheet.cash) == (1_000, ())


def test_every_scope_can_be_chosen_and_every_drawer_says_what_it_holds(shop):
    sell(shop, ticket("10,00"), ticket("5,00", number="2", till="2"))
    settings = {"tills.drawers": ["1/1", "1/2", "10/1"]}
    titles = [scope.title for scope in known_scopes(shop, settings)]
    assert titles[:4] == ["GÉNÉRALE", "POSTE 1", "POSTE 2", "POSTE 10"]
    assert titles[4:] == ["CAISSE 1/1", "CAISSE 1/2", "CAISSE 2/1", "CAISSE 10/1"]
    rows = {row.drawer: row for row in drawers_now(shop, settings)}
    assert rows["1/1"].open_tickets == 1
    assert rows["1/2"].difference_with(100) == 100


def test_a_month_adds_its_days_and_takes_corrections_in(shop):
    sell(shop, ticket("10,00"))
    count = {"1/1": Count({CASH: 900}, left=900, reason="?")}
    close(shop, Scope(CAISSE, "1/1"), Terms(NOW, counts=count))
    first = close(shop, Scope(GENERAL), Terms(NOW))
    later = datetime(2021, 1, 3, 20, tzinfo=PARIS)
    sell(shop, ticket("5,00", number="2", at="2021-01-03T09:00"), now=later)
    count = {"1/1": Count({CASH: 1_500}, reason="?")}
    second = close(shop, Scope(GENERAL), Terms(later, counts=count))
    recap = monthly_recap(shop, "2021-01", date(2021, 1, 3))
    assert [(row.id, row.difference) for row in recap.rows] == [(first, -100), (second, 100)]
    assert (recap.difference, recap.figures.total, recap.state) == (0, 1_500, "current")
    correct_count(shop, "C1.1-000001", "1/1", Count({CASH: 1_000}), later)
    recap = monthly_recap(shop, "2021-01", date(2021, 2, 1))
    assert [(row.difference, row.corrected) for row in recap.rows] == [(0, True), (100, False)]
    assert recap.state == "due"
    assert months_with_closures(shop) == ["2021-01"]


def test_a_month_without_a_closure_is_empty(shop):
    recap = monthly_recap(shop, "2020-12", date(2021, 1, 3))
    assert (recap.rows, recap.difference, recap.closed_as) == ((), None, None)


def test_a_morning_float_that_is_not_what_was_left_is_told_on_the_z(shop):
    later = datetime(2021, 1, 3, 7, 30, tzinfo=PARIS)
    sell(shop, ticket("9,00", number="1", at="2021-01-02T10:00"))
    count = Count({CASH: 900}, left=500, banked=400)
    close(shop, Scope(GENERAL), Terms(now=NOW, counts={"1/1": count}))
    declare_float(shop, 450, "1/1", later, "Anne")  # 5,00 was left the evening before
    evening = later.replace(hour=20)
    sell(shop, ticket("2,00", number="2", at="2021-01-03T10:00"), now=evening)
    made = close(shop, Scope(GENERAL), Terms(now=evening))
    report = z_report(show_closure(shop, made), {})
    rows = next(s.rows for s in report.sections if s.title == "Caisse 1/1")
    said = {plain(row.label): row.cells for row in rows}
    assert said["écart du matin (attendu 5,00 €)"] == (Amount(-50, signed=True),)
    # The first float ever comes from elsewhere: nothing was expected.
    assert not any("écart du matin" in plain(row.label) for row in _first_float_rows(shop))


def _first_float_rows(shop):
    day = datetime(2021, 1, 4, 7, 30, tzinfo=PARIS)
    declare_float(shop, 15_000, "1/2", day, "Anne")
    evening = day.replace(hour=20)
    sell(shop, ticket("2,00", number="3", at="2021-01-04T10:00", drawer="2"), now=evening)
    made = close(shop, Scope(GENERAL), Terms(now=evening))
    report = z_report(show_closure(shop, made), {})
    return next(s.rows for s in report.sections if s.title == "Caisse 1/2")
