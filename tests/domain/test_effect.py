"""What a ticket comes to: its reverse, what pays for it, and its void that came first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.effect import effective_lines, effective_payments, own_payments, payment_gap
from app.domain.ticket import Payment, VoidedBy
from tests.factories import line, ticket
from tests.shops import moment


@pytest.mark.parametrize(
    ("paid", "gap"), [(100, 0), (98, 2), (103, -3), (0, 100)], ids=["even", "less", "more", "none"]
)
def test_the_gap_of_the_payments_is_unknown(paid, gap):
    sold = ticket(100, payments=[("cb", paid)] if paid else [])
    assert payment_gap(sold) == gap
    counted = {p.method: p.amount for p in effective_payments(sold)}
    assert counted.get("inconnu", 0) == gap
    assert sum(counted.values()) == 100


def test_a_void_is_the_exact_reverse_of_its_ticket_whatever_it_says_itself():
    sold = ticket(
        line(100, qty="2", discount=10, vat="20", tva=16, tva_text="0.1649"),
        line(50, nature="gift_card"),
        payments=[("cb", 140)],
    )
    void = ticket(line(7), kind="void", ref="1", payments=[("especes", 7)], reverses=sold)
    lines = effective_lines(void)
    assert [(x.qty, x.total, x.discount, x.tva) for x in lines] == [
        (Decimal(-2), -100, -10, -16),
        (Decimal(-1), -50, 0, None),
    ]
    assert effective_payments(void) == (Payment("cb", -140), Payment("inconnu", -10))
    again = ticket(kind="void", ref="2", reverses=void)
    assert [x.total for x in effective_lines(again)] == [100, 50]
    assert effective_payments(again) == effective_payments(sold)


def test_a_void_of_an_unknown_ticket_counts_nothing():
    void = ticket(line(-500), kind="void", ref="4711", payments=[("especes", -500)])
    assert effective_lines(void) == effective_payments(void) == ()


def test_a_void_of_a_void_of_an_unknown_ticket_counts_nothing_either():
    void = ticket(kind="void", ref="3", reverses=ticket(line(-500), kind="void", ref="4711"))
    assert effective_lines(void) == effective_payments(void) == ()


def test_a_ticket_whose_void_came_first_counts_itself_and_its_reverse():
    void = VoidedBy("1|2021-01-02|2", "2", moment("2021-01-02T09:00"))
    sold = ticket(line(100, qty="2", tva=16), payments=[("cb", 90)], voided_by=void)
    assert [(x.qty, x.total, x.tva) for x in effective_lines(sold)] == [
        (Decimal(2), 100, 16),
        (Decimal(-2), -100, -16),
    ]
    paid = (Payment("cb", 90), Payment("inconnu", 10))
    assert own_payments(sold) == paid
    assert effective_payments(sold) == (*paid, Payment("cb", -90), Payment("inconnu", -10))
    # a void of such a ticket has nothing left to take back
    assert sum(x.total for x in effective_lines(ticket(kind="void", reverses=sold))) == 0
