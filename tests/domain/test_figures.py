"""Figures add up in any order, and are the same from their JSON."""

from __future__ import annotations

import json
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import (
    EMPTY,
    Figures,
    TenderRow,
    add,
    figures_from_json,
    figures_json,
    number_key,
    total_of,
)
from app.domain.tally import Tally
from app.domain.ticket import NATURES
from tests.factories import line, ticket

made_lines = st.builds(
    lambda total, nature, vat, qty, family, discount: line(
        total, nature=nature, vat=vat, qty=qty, family=family, discount=discount
    ),
    st.integers(-500, 500),
    st.sampled_from(NATURES),
    st.sampled_from(["5.50", "10", "20"]),
    st.sampled_from(["1", "-2", "0.250"]),
    st.sampled_from(["PAIN", "GATEAU", ""]),
    st.integers(0, 50),
)
made_tickets = st.builds(
    lambda lines, number, day, hour, cashier, pays, late: (
        ticket(
            *lines,
            number=str(number),
            at=f"2021-01-{day:02d}T{hour:02d}:00",
            cashier=cashier,
            payments=pays,
        ),
        late,
    ),
    st.lists(made_lines, min_size=1, max_size=3),
    st.integers(1, 120),
    st.integers(1, 4),
    st.integers(0, 23),
    st.sampled_from(["Anne", "Bob", ""]),
    st.sampled_from(["especes", "cb", []]),
    st.booleans(),
)
counted = st.builds(
    lambda method, amount, difference: Figures(
        tenders=(TenderRow(method, 0, 0, amount, difference),)
    ),
    st.sampled_from(["especes", "cb"]),
    st.integers(-9, 9),
    st.integers(-9, 9),
)


def figures_of(taken) -> Figures:
    tally = Tally(time(5))
    for sold, late in taken:
        tally.take(sold, late=late)
    return tally.figures()


some_figures = st.one_of(st.lists(made_tickets, max_size=4).map(figures_of), counted)


@given(some_figures, some_figures)
def test_it_does_not_matter_which_comes_first(a, b):
    assert add(a, b) == add(b, a)


@given(some_figures, some_figures, some_figures)
def test_nor_how_they_are_grouped(a, b, c):
    assert add(add(a, b), c) == add(a, add(b, c)) == total_of([a, b, c])


@given(some_figures)
def test_nothing_added_changes_nothing(a):
    assert add(a, EMPTY) == add(EMPTY, a) == a


@given(st.lists(made_tickets, max_size=6), st.integers(0, 6))
def test_two_parts_make_the_whole(taken, cut):
    assert add(figures_of(taken[:cut]), figures_of(taken[cut:])) == figures_of(taken)


@given(some_figures)
def test_figures_are_the_same_from_their_json(a):
    record = json.loads(json.dumps(figures_json(a)))
    assert figures_from_json(record) == a
    assert figures_json(figures_from_json(record)) == record


@given(some_figures)
def test_the_short_form_keeps_the_amounts(a):
    short = figures_from_json(json.loads(json.dumps(figures_json(a, short=True))))
    assert (short.total, short.vat, short.outside, short.tenders) == (
        a.total,
        a.vat,
        a.outside,
        a.tenders,
    )
    assert (short.tickets, short.late, short.first, short.last) == (
        a.tickets,
        a.late,
        a.first,
        a.last,
    )


def test_the_shape_is_the_contract_s():
    figures = figures_of([(ticket("0,90", number="150040", cashier="Anne"), False)])
    record = figures_json(figures)
    del record["first_at"], record["last_at"], record["days"], record["late"]
    # 0,90 / 1,055 = 0,853
    assert record == {
        "tickets": 1,
        "first_ticket": "150040",
        "last_ticket": "150040",
        "sales": 90,
        "refunds": 0,
        "discounts": 0,
        "total": 90,
        "vat": [{"rate": "5.50", "nature": "goods", "ht": 85, "tva": 5, "ttc": 90}],
        "outside": [],
        "tenders": [
            {"method": "especes", "count": 1, "expected": 90, "counted": None, "difference": None}
        ],
        "families": [{"family": "", "qty": "1", "total": 90}],
        "cashiers": [{"cashier": "Anne", "tickets": 1, "total": 90, "discounts": 0, "refunds": 0}],
        "hours": [{"hour": 8, "tickets": 1, "total": 90}],
    }


def test_what_is_not_counted_adds_nothing_and_stays_unknown():
    one = Figures(tenders=(TenderRow("cb", 2, 50),))
    other = Figures(tenders=(TenderRow("cb", 1, 30, 28, -2),))
    assert add(one, one).tenders == (TenderRow("cb", 4, 100),)
    assert add(one, other).tenders == (TenderRow("cb", 3, 80, 28, -2),)
    assert add(other, other).tenders == (TenderRow("cb", 2, 60, 56, -4),)


def test_numbers_are_in_their_natural_order():
    assert sorted(["100", "99", "A2", "A10", "7"], key=number_key) == [
        "7",
        "99",
        "100",
        "A10",
        "A2",
    ]
