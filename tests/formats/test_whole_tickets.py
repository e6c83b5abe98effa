"""A ticket comes out whole or not at all, wherever its rows stand and whichever is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ticket import Ticket
from app.formats.profile_reading import load_profile
from app.formats.read_tickets import read_payments, read_tickets
from tests.formats.samples import MARKET_KEYS, made_profile
from tests.formats.till_samples import write_book

HEADER = ["Date", "Ticket", "Article", "Total"]
WHO = {"till": None, "drawer": None}
DAMAGE = {"date": 0, "amount": 3}

# (day, number) → how many rows; which rows are damaged, and how; in which order they stand.
tickets = st.dictionaries(
    st.tuples(st.integers(1, 3), st.integers(1, 9)), st.integers(1, 4), min_size=1, max_size=8
)
damages = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(sorted(DAMAGE))), max_size=3)


def rows_of(sold, damaged, order) -> tuple[list[list[str]], dict[str, int]]:
    """The rows in that order, and the total of every ticket none of whose rows is damaged."""
    keys = [(day, number) for (day, number), count in sorted(sold.items()) for _ in range(count)]
    rows = [
        [f"0{day}/03/2022 08:0{number}", f"{day}{number}", "X", f"{place + 1},00"]
        for place, (day, number) in enumerate(keys)
    ]
    spoiled = set()
    for place, how in damaged:
        if place < len(rows):
            rows[place][DAMAGE[how]] = "x"
            spoiled.add(rows[place][1])
    whole: dict[str, int] = {}
    for place, row in enumerate(rows):
        if row[1] not in spoiled:
            whole[row[1]] = whole.get(row[1], 0) + 100 * (place + 1)
    order.shuffle(rows)
    return rows, whole


def check(items, whole: dict[str, int], rows: list[list[str]]) -> None:
    taken = [item for item in items if isinstance(item, Ticket)]
    refused = [item.line for item in items if not isinstance(item, Ticket)]
    found = {item.number: sum(line.total for line in item.lines) for item in taken}
    assert found == whole
    assert len(found) == len(taken)
    # What is not taken is told, each row once.
    lost = sum(row[1] not in whole for row in rows)
    assert len(refused) == len(set(refused)) == lost


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tickets, damages, st.randoms(use_true_random=False))
def test_of_a_text(read, sold, damaged, order):
    rows, whole = rows_of(sold, damaged, order)
    text = "\n".join(";".join(row) for row in [HEADER, *rows])
    check(read(text, made_profile()), whole, rows)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(tickets, damages, st.randoms(use_true_random=False))
def test_of_a_workbook(tmp_path, sold, damaged, order):
    rows, whole = rows_of(sold, damaged, order)
    path = write_book(tmp_path / "ventes.xlsx", HEADER, rows, titles=["Ventes"], note="Merci")
    profile = load_profile({**MARKET_KEYS, "format": "spreadsheet"}, "marche")
    check(list(read_tickets(path, profile, **WHO)), whole, rows)


@pytest.mark.parametrize("spoiled_side", ["sales", "payments"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(sold=tickets, damaged=damages, order=st.randoms(use_true_random=False))
def test_of_two_files(tmp_path: Path, spoiled_side, sold, damaged, order):
    """Whatever is damaged on either side, no ticket is lost and none has half of its payments."""
    side = {"sales": 0, "payments": 1}[spoiled_side]
    sales, whole = rows_of(sold, damaged if side == 0 else [], order)
    paid, known = rows_of(sold, damaged if side == 1 else [], order)
    profile = made_profile(
        {
            "second": {
                "label": "Règlements",
                "columns": {"date": "Date", "number": "Ticket", "method": "Par", "total": "Total"},
            }
        }
    )
    first, second = tmp_path / "ventes.csv", tmp_path / "regl.csv"
    first.write_text("\n".join(";".join(row) for row in [HEADER, *sales]), encoding="utf-8")
    header = ["Date", "Ticket", "Par", "Total"]
    lines = [[at, number, "Carte", total] for at, number, _, total in paid]
    second.write_text("\n".join(";".join(row) for row in [header, *lines]), encoding="utf-8")
    payments = read_payments([second], profile, **WHO)
    items = list(read_tickets(first, profile, payments=payments, **WHO))
    check(items, whole, sales)
    for item in items:
        if isinstance(item, Ticket):
            of_card = {p.amount for p in item.payments if p.method == "cb"}
            expected = {known[item.number]} if item.number in known else set()
            assert of_card == expected
            assert ("no_payment" in item.findings) == (item.number not in known)
    rest = list(payments.rest())
    days = {number[0] for number in whole}
    for item in rest:
        number = item.number if isinstance(item, Ticket) else item.text
        assert number in known
        assert number not in whole
        assert isinstance(item, Ticket) == (number[0] in days)
    assert len(list(payments.unread())) == sum(row[1] not in known for row in paid)
