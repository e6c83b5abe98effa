"""A cash drawer from one count to the next."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cash import (
    ClosedDrawer,
    Count,
    Drawer,
    Takings,
    cash_row_json,
    close_drawer,
    count_is_off,
    drawer_from_json,
    drawer_json,
    ends_window,
    next_float,
    with_float,
)
from app.domain.figures import TenderRow

EMPTY = Drawer()


def closed(
    taken: dict[str, int] | None = None,
    count: Count | None = None,
    drawer: Drawer = EMPTY,
    moves: int = 0,
) -> ClosedDrawer:
    takings = {method: Takings(1, amount) for method, amount in (taken or {}).items()}
    return close_drawer("1/1", drawer, takings, moves, count, "G000001")


def carrying(cash_float: int = 0, moves: int = 0, **tenders: int) -> Drawer:
    return Drawer(cash_float, moves, tuple((m, Takings(1, a)) for m, a in sorted(tenders.items())))


def test_float_cash_received_and_moves_make_what_is_expected():
    row = closed({"especes": 50, "cb": 30}, drawer=carrying(100), moves=-20).row
    assert (row.cash_float, row.received, row.moves, row.expected) == (100, 50, -20, 130)
    assert (row.counted, row.difference, row.reason, row.left, row.banked) == (None,) * 5


@pytest.mark.parametrize(("counted", "difference"), [(130, 0), (128, -2), (133, 3), (0, -130)])
def test_a_count_is_stored_beside_what_was_expected(counted, difference):
    count = Count({"especes": counted}, reason="rendu")
    row = closed({"especes": 50}, count, carrying(100), -20).row
    assert (row.expected, row.counted, row.difference, row.reason) == (
        130,
        counted,
        difference,
        "rendu",
    )


def test_a_count_may_be_of_coins():
    row = closed({"especes": 50}, Count(coins={20: 2, 5: 1, 1: 4})).row
    assert (row.counted, row.difference) == (49, -1)
    assert row.coins == ((20, 2), (5, 1), (1, 4))


def test_a_sum_given_beside_the_coins_is_what_counts():
    assert closed({}, Count({"especes": 50}, {20: 1})).row.counted == 50


@pytest.mark.parametrize(
    ("counted", "left", "banked", "expected"),
    [
        (130, 100, 30, 100),
        (130, 100, None, 100),
        (130, None, 30, 100),
        (130, None, None, 130),
        (130, 0, 130, 0),
        (None, 100, None, 100),
        (None, None, 30, None),
        (None, None, None, None),
    ],
)
def test_the_next_float_is_what_is_left_else_counted_less_banked(counted, left, banked, expected):
    assert next_float(counted, left, banked) == expected


def test_a_counted_drawer_starts_anew():
    after = closed({"especes": 50, "cb": 30}, Count({"especes": 50}, left=20), moves=5).after
    assert after == Drawer(20, 0, (("cb", Takings(1, 30)),), "G000001")


def test_what_is_not_counted_carries_over():
    before = carrying(100, -5, especes=50, cheque=8)
    after = closed({"especes": 7}, None, before, 3).after
    assert after == Drawer(100, -2, (("cheque", Takings(1, 8)), ("especes", Takings(2, 57))))
    row = closed({}, Count({"especes": 155}), after).row
    assert (row.received, row.moves, row.expected, row.difference) == (57, -2, 155, 0)


def test_a_tender_that_is_counted_carries_nothing_over_the_cash_still_does():
    after = closed({"especes": 50, "cb": 30}, Count({"cb": 29})).after
    assert after.tenders == (("especes", Takings(1, 50)),)


def test_an_empty_count_is_no_count():
    assert closed({"especes": 50}, Count()) == closed({"especes": 50}, None)


def test_banked_without_a_count_is_gone_from_the_drawer():
    after = closed({"especes": 50}, Count(banked=40)).after
    row = closed({}, Count({"especes": 10}), after).row
    assert (row.received, row.moves, row.expected, row.difference) == (50, -40, 10, 0)


def test_after_a_generale_cards_and_cheques_are_not_asked_for_again():
    drawer = carrying(10, 5, especes=50, inconnu=9, cb=30, cheque=8)
    assert ends_window(drawer).tenders == (("especes", Takings(1, 50)), ("inconnu", Takings(1, 9)))
    assert (ends_window(drawer).cash_float, ends_window(drawer).moves) == (10, 5)


def test_a_declared_float_stands_in_for_the_cash_carried_over():
    drawer = Drawer(10, 5, carrying(especes=50, inconnu=9, cb=30).tenders, "G000001")
    assert with_float(drawer, 80) == Drawer(80, 0, (("cb", Takings(1, 30)),))


# --- takings that don't say how they were paid ------------------------------------------------


def tenders_of(done: ClosedDrawer) -> dict[str, tuple[int, int | None, int | None]]:
    return {t.method: (t.expected, t.counted, t.difference) for t in done.row.tenders}


@pytest.mark.parametrize(
    ("counted", "drawer", "expected"),
    [
        (60, EMPTY, {"especes": (60, 60, 0), "inconnu": (40, None, None)}),
        (100, EMPTY, {"especes": (100, 100, 0), "inconnu": (0, None, None)}),
        (130, EMPTY, {"especes": (100, 130, 30), "inconnu": (0, None, None)}),
        # 140 in it, of which 100 float, 20 moved out: 60 were taken
        (140, carrying(100, -20), {"especes": (60, 60, 0), "inconnu": (40, None, None)}),
        # less than the float: none of it was taken, and 5 are missing
        (95, carrying(100), {"especes": (0, -5, -5), "inconnu": (100, None, None)}),
    ],
)
def test_the_count_less_float_and_moves_is_the_split(counted, drawer, expected):
    done = closed({"inconnu": 100}, Count({"especes": counted}), drawer)
    found = tenders_of(done)
    assert {"especes": (0, None, None), **found} == expected | (
        {} if "especes" in found else {"especes": (0, None, None)}
    )
    assert done.row.received == expected["especes"][0]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (
            {"especes": 60, "cb": 35},
            {"especes": (60, 60, 0), "cb": (35, 35, 0), "inconnu": (5, None, None)},
        ),
        (
            {"especes": 60, "cb": 45},
            {"especes": (55, 60, 5), "cb": (45, 45, 0), "inconnu": (0, None, None)},
        ),
        (
            {"especes": 60, "cb": 0},
            {"especes": (60, 60, 0), "cb": (0, 0, 0), "inconnu": (40, None, None)},
        ),
        ({"cb": 35}, {"cb": (35, 35, 0), "inconnu": (65, None, None)}),
        ({"especes": 60, "inconnu": 39}, {"especes": (60, 60, 0), "inconnu": (40, 39, -1)}),
    ],
)
def test_every_tender_counted_is_part_of_the_split(count, expected):
    assert tenders_of(closed({"inconnu": 100}, Count(count))) == expected


def test_one_known_tender_and_nothing_is_split():
    done = closed({"inconnu": 100, "cb": 1}, Count({"especes": 60}))
    assert tenders_of(done) == {
        "cb": (1, None, None),
        "especes": (0, 60, 60),
        "inconnu": (100, None, None),
    }


def test_unknown_refunds_are_split_too():
    # 20 were given back, 15 of them in cash: 85 of a float of 100 are left
    done = closed({"inconnu": -20}, Count({"especes": 85}), carrying(100))
    assert tenders_of(done) == {"especes": (-15, -15, 0), "inconnu": (-5, None, None)}


def test_what_a_count_tells_goes_into_the_closure_s_own_tenders():
    done = closed({"inconnu": 100}, Count({"especes": 61, "cb": 39}))
    total: dict[str, list[int]] = {}
    for row in done.adjustments:
        known = total.setdefault(row.method, [0, 0])
        known[0] += row.expected
        known[1] += row.counted or 0
    assert total == {"especes": [61, 61], "cb": [39, 39], "inconnu": [-100, 0]}


@pytest.mark.parametrize(
    ("count", "off"),
    [
        (Count(), False),
        (Count({"especes": 50}), False),
        (Count({"especes": 50}, {20: 2, 10: 1}), False),
        (Count({"especes": 50}, {20: 2}), True),
        (Count(coins={20: 2}), False),
        (Count({"especes": 50}, left=20, banked=30), False),
        (Count({"especes": 50}, left=20, banked=29), True),
        (Count({"especes": 50}, left=20), False),
        (Count({"especes": 50}, left=51), True),
        (Count({"especes": 50}, banked=50), False),
        (Count({"especes": 50}, banked=51), True),
        (Count({"cb": 50}, left=20), True),  # left of what nobody counted
        (Count({"cb": 50}, banked=20), False),
    ],
)
def test_a_count_whose_details_disagree_is_told(count, off):
    assert count_is_off(count) is off


def test_the_row_is_in_the_contract_s_words():
    row = closed({"especes": 50}, Count({"especes": 49}, {1: 49}, 9, 40, "rendu"), moves=5).row
    assert cash_row_json(row) == {
        "drawer": "1/1",
        "float": 0,
        "received": 50,
        "moves": 5,
        "expected": 55,
        "counted": 49,
        "difference": -6,
        "reason": "rendu",
        "left": 9,
        "banked": 40,
        "tenders": [
            {"method": "especes", "count": 1, "expected": 50, "counted": 44, "difference": -6}
        ],
        "coins": {"1": 49},
    }


money = st.integers(-300, 300)
methods = st.sampled_from(["especes", "cb", "inconnu"])
takings = st.dictionaries(methods, money)
drawers = st.builds(lambda f, m, t: carrying(f, m, **t), st.integers(0, 300), money, takings)
some_counts = st.none() | st.builds(
    Count,
    st.dictionaries(methods, st.integers(0, 300)),
    left=st.none() | st.integers(0, 300),
    banked=st.none() | st.integers(0, 300),
)


@given(takings, some_counts, drawers, money)
def test_a_drawer_keeps_its_laws(taken, count, drawer, moves):
    done = closed(taken, count, drawer, moves)
    row, after = done.row, done.after
    # float + received ± moves = expected; counted - expected = difference
    assert row.cash_float + row.received + row.moves == row.expected
    assert (row.difference is None) == (row.counted is None)
    if row.counted is not None:
        assert row.difference == row.counted - row.expected
    # the takings are all there, whatever was split among them
    carried = sum(t.amount for _, t in drawer.tenders)
    assert sum(t.expected for t in row.tenders) == carried + sum(taken.values())
    assert sum(t.expected for t in done.adjustments) == 0
    for tender in row.tenders:
        assert (tender.counted is None) == (tender.difference is None)
        if tender.counted is not None:
            assert tender.difference == tender.counted - tender.expected
    # uncounted cash is neither lost nor made: the next closure finds what is in the drawer
    if row.counted is None and row.left is None:
        cash = dict(after.tenders).get("especes", Takings()).amount
        assert after.cash_float + after.moves + cash == row.expected - (row.banked or 0)
    else:
        assert after.moves == 0
        assert "especes" not in dict(after.tenders)
    assert drawer_from_json(json.loads(json.dumps(drawer_json(after)))) == after


def test_a_drawer_nobody_touched_has_no_tenders():
    assert closed().row.tenders == ()
    assert closed(count=Count({"especes": 0})).row.tenders == (TenderRow("especes", 0, 0, 0, 0),)
