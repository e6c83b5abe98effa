"""Adding tickets up: sales and refunds, VAT, tenders, and each view of a Z."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest

from app.domain.figures import CashierRow, FamilyRow, Figures, HourRow, OutsideRow, VatRow
from app.domain.tally import Tally, sales_and_refunds
from app.domain.ticket import Ticket
from tests.factories import line, ticket


def figures_of(*tickets: Ticket, late: bool = False, day_change: str = "05:00") -> Figures:
    tally = Tally(time.fromisoformat(day_change))
    for each in tickets:
        tally.take(each, late=late)
    return tally.figures()


SOLD = ticket(100, -30)
REFUND = ticket(-20, kind="refund")


@pytest.mark.parametrize(
    ("made", "sales", "refunds"),
    [
        (ticket(100, 50), 150, 0),
        (SOLD, 100, -30),
        (REFUND, 0, -20),
        (ticket(-20, 5, kind="refund"), 5, -20),  # by line: what was exchanged for it is sold
        (ticket(line(70, nature="gift_card")), 0, 0),
        (ticket(kind="void", reverses=SOLD), 0, -70),
        (ticket(kind="void", reverses=REFUND), 20, 0),
        (ticket(line(-99), kind="void"), 0, 0),
        (ticket(kind="void", reverses=ticket(kind="void", reverses=SOLD)), 70, 0),
    ],
)
def test_refunds_are_the_negative_lines_and_a_void_counts_whole(made, sales, refunds):
    assert sales_and_refunds(made) == (sales, refunds)
    figures = figures_of(made)
    assert (figures.sales, figures.refunds, figures.total) == (sales, refunds, sales + refunds)


def test_nothing_is_nothing():
    assert figures_of() == Figures()


def test_vat_is_worked_out_per_ticket_rate_and_nature():
    one = ticket(line(100, vat="20"), line(100, vat="20"), line(100, vat="20", nature="services"))
    # 2,00 / 1,2 = 1,6667 → 1,67; 1,00 / 1,2 = 0,8333 → 0,83; twice
    assert figures_of(one, one).vat == (
        VatRow(2000, "goods", 334, 66, 400),
        VatRow(2000, "services", 166, 34, 200),
    )


def test_given_tax_is_per_line_and_the_rest_of_the_rate_is_worked_out():
    mixed = ticket(line(100, vat="20", tva=20), line(100, vat="20"), line(100, vat="20"))
    # given: 80 + 20; worked out: 2,00 / 1,2 → 1,67 + 0,33
    assert figures_of(mixed).vat == (VatRow(2000, "goods", 247, 53, 300),)


def test_a_turnover_line_without_a_rate_has_no_tax():
    bare = ticket(line(100), line(50))
    lines = tuple(ticket(line(100, vat="0")).lines) + tuple(bare.lines[1:])
    assert figures_of(ticket(*lines)).vat == (
        VatRow(550, "goods", 47, 3, 50),
        VatRow(0, "goods", 100, 0, 100),
    )


def test_rows_of_vat_go_from_the_highest_rate_down():
    sold = ticket(*(line(100, vat=rate) for rate in ("5.50", "20", "2.10", "10")))
    assert [row.rate for row in figures_of(sold).vat] == [2000, 1000, 550, 210]


def test_a_void_leaves_no_cent_of_tax_behind():
    sold = ticket(line(97, vat="20"), line(13, vat="20", tva=3), line(55, vat="10"))
    assert figures_of(sold, ticket(kind="void", reverses=sold)).vat == (
        VatRow(2000, "goods", 0, 0, 0),
        VatRow(1000, "goods", 0, 0, 0),
    )


def test_outside_turnover_is_apart_and_in_no_other_view():
    figures = figures_of(ticket(line(5_00, nature="tip"), line(-2, nature="rounding"), line(90)))
    assert figures.outside == (OutsideRow("rounding", -2), OutsideRow("tip", 5_00))
    assert figures.outside_total == 4_98
    assert figures.families == (FamilyRow("", Decimal(1), 90),)
    assert [(row.method, row.count, row.expected) for row in figures.tenders] == [
        ("especes", 1, 5_88)
    ]


def test_tenders_count_payments():
    figures = figures_of(
        ticket(100, payments=[("cb", 60), ("cb", 30), ("especes", 10)]),
        ticket(-40, kind="refund", payments="cb"),
        ticket(5, payments=[("especes", 10)]),
    )
    assert [(row.method, row.count, row.expected) for row in figures.tenders] == [
        ("cb", 3, 50),
        ("especes", 2, 20),
        ("inconnu", 1, -5),
    ]


def test_families_cashiers_and_discounts():
    figures = figures_of(
        ticket(
            line(90, family="PAIN", qty="1"),
            line(180, family="PAIN", qty="2", discount=20),
            line(300, family="GATEAU", qty="0.5"),
            cashier="Anne",
        ),
        ticket(line(-180, family="PAIN", qty="-2", discount=-20), kind="refund", cashier="Bob"),
        ticket(line(50, family="PAIN"), cashier="Anne"),
    )
    assert figures.families == (
        FamilyRow("GATEAU", Decimal("0.5"), 300),
        FamilyRow("PAIN", Decimal(2), 140),  # 1 + 2 - 2 + 1
    )
    assert figures.cashiers == (
        CashierRow("Anne", 2, 620, 20, 0),
        CashierRow("Bob", 1, -180, -20, -180),
    )
    assert figures.discounts == 0


def test_hours_are_those_of_the_paris_clock():
    figures = figures_of(
        ticket(10, at="2021-01-02T08:59"),
        ticket(20, at="2021-01-02T07:30:00Z"),  # 08:30 in winter
        ticket(40, at="2021-07-02T06:30:00Z"),  # 08:30 in summer
        ticket(80, at="2021-01-02T23:00"),
    )
    assert figures.hours == (HourRow(8, 3, 70), HourRow(23, 1, 80))


def test_days_first_and_last_ticket():
    figures = figures_of(
        ticket(10, at="2021-01-02T09:00", number="100"),
        ticket(20, at="2021-01-03T02:00", number="101"),
        ticket(40, at="2021-01-03T05:00", number="102"),
        ticket(80, at="2021-01-02T09:00", number="99"),
    )
    assert [(row.day.isoformat(), row.tickets, row.total) for row in figures.days] == [
        ("2021-01-02", 3, 110),
        ("2021-01-03", 1, 40),
    ]
    assert figures.days[0].first_at.isoformat() == "2021-01-02T09:00:00+01:00"
    assert figures.days[0].last_at.isoformat() == "2021-01-03T02:00:00+01:00"
    # at the same moment 99 comes before 100
    assert (figures.first.number, figures.last.number) == ("99", "102")
    assert [row.tickets for row in figures_of(ticket(), day_change="09:00").days] == [1]


def test_late_tickets_are_counted():
    assert (figures_of(ticket(), ticket(), late=True).late, figures_of(ticket()).late) == (2, 0)
