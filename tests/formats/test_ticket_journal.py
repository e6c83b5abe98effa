"""The ticket journal: what is a ticket, what is refused and why, and the way there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.moments import PARIS, in_paris
from app.domain.ticket import (
    KINDS,
    OUTSIDE_NATURES,
    TURNOVER_NATURES,
    Line,
    Payment,
    Ticket,
    ticket_json,
)
from app.formats.rejected import Rejected
from tests.factories import line, ticket
from tests.formats.samples import text_of


def sale(**changes: Any) -> str:
    """One journal line, with some keys of an ordinary sale changed."""
    return json.dumps({**ticket_json(ticket()), **changes})


def test_a_ticket_comes_out_as_it_was_written(read):
    sold = ticket(line("0,90", code="BAG", family="PAIN", unit=90), number="150040", cashier="Anne")
    assert read(text_of(sold)) == [sold]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"till":"1","at":"2021-01-02T08:38","lines":[{"total":9', "ce n'est pas du JSON"),
        ("[1, 2]", "un objet JSON était attendu"),
        ('"ticket"', "un objet JSON était attendu"),
        (sale(lines=[{"total": 1}]).replace("1}", "NaN}"), "ce n'est pas un nombre : « NaN »"),
        (sale(lines=[{"total": 1}]).replace("1}", "-Infinity}"), "« -Infinity »"),
        (sale(lines=[{"total": 1}]).replace("1}", "1e400}"), "nombre à virgule interdit"),
        (sale(lines=[{"total": 1}]).replace("1}", "0.9}"), "centimes entiers attendus"),
        (sale(lines=[{"total": 1}]).replace("1}", "9" * 5000 + "}"), "nombre démesuré"),
        (sale(lines=[{"total": 10**13}]), "total démesuré"),
        (sale(lines=[{"total": True}]), "total illisible"),
        (sale(lines=[{"total": "90"}]), "total illisible"),
        (sale(lines=[{"label": "PAIN"}]), "le total d'une ligne manque"),
        (sale(lines=[{"total": 1, "qty": True}]), "quantité illisible"),
        (sale(lines=[{"total": 1, "vat": "dix"}]), "taux de TVA illisible"),
        (sale(lines=[{"total": 1, "vat": "101"}]), "taux de TVA illisible"),
        (sale(lines=[{"total": 1, "nature": "food"}]), "nature de ligne inconnue"),
        (sale(lines=[{"total": 1, "label": "\ud800"}]), "caractère impossible"),
        (sale(lines=None), "les lignes manquent"),
        (sale(payments=[{"method": "cb"}]), "un règlement n'a pas de montant"),
        (sale(kind="gift"), "genre de ticket inconnu"),
        (sale(till=""), "poste illisible"),
        (sale(till="1/2"), "poste illisible"),
        (sale(at="0000-01-02T08:38"), "date et heure illisibles"),
        (sale(at="9999-12-31T23:59"), "date et heure illisibles"),
        (sale(at="2021-02-30T08:38"), "date et heure illisibles"),
        (sale(at=20210102), "date et heure illisibles"),
        (sale()[:-1] + ',"till":"2"}', "clé donnée deux fois : « till »"),
        (sale()[:-1] + ',"x":' + "[" * 100_000 + "]" * 100_000 + "}", "emboîtés"),
        (sale(cashier="a" * 2**20), "la ligne dépasse 1 Mio"),
        (sale(cashier="a") + "\0", "octets nuls"),
    ],
    ids=lambda text: text[:60],
)
def test_what_is_no_ticket_is_refused_with_its_line_and_reason(read, text, reason):
    before, after = ticket(number="1"), ticket(number="2")
    # Far enough from the beginning: a file that begins with NUL bytes is no text at all.
    items = read(text_of(before) + " " * 5000 + "\n" + text + "\n" + text_of(after))
    refused = [item for item in items if isinstance(item, Rejected)]
    assert [item for item in items if isinstance(item, Ticket)] == [before, after]
    assert [item.line for item in refused] == [3]
    assert reason in refused[0].reason
    assert refused[0].text == text[:2000]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rank": 9, "findings": ["gap"], "reverses": {"till": "1"}, "voided_by": {"at": "x"}}, {}),
        ({"unknown_key": [1.5e3][:0]}, {}),
        ({"drawer": ""}, {}),
        ({"lines": [{"total": 0}]}, {"lines": (Line("", "goods", Decimal(1), 0),)}),
        ({"number": 150040}, {"number": "150040"}),
        ({"lines": [{"total": 90, "vat": "8.33"}]}, {"lines": (line(label="", vat="8.33"),)}),
        ({"at": "2021-01-02T07:38:00Z"}, {}),
        ({"at": "2021-01-02"}, {"at": datetime(2021, 1, 2, tzinfo=PARIS)}),
    ],
    ids=str,
)
def test_what_is_harmless_is_taken(read, changes, expected):
    assert read(sale(**changes)) == [replace(ticket(), **expected)]


def test_minus_zero_is_zero(read):
    assert read(sale(payments=[{"amount": 0}]).replace(": 0}", ": -0}")) == [
        ticket(payments=[("inconnu", 0)])
    ]


def test_till_and_drawer_stand_in_where_the_journal_names_none(read):
    nameless = sale(till=None, drawer=None)
    named = sale(till="7", drawer="8", number="2")
    first, second = read(f"{nameless}\n{named}\n", till="3", drawer="2")
    assert (first.drawer_id, second.drawer_id) == ("3/2", "7/8")


def test_equal_unnumbered_tickets_are_told_apart_by_their_rank(read):
    coffee, tea = ticket("1,00", number=""), ticket("2,00", number="")
    later = ticket("1,00", number="", at="2021-01-02T08:39")
    items = read(text_of(coffee, later, tea, coffee, coffee))
    assert items == [coffee, tea, replace(coffee, rank=2), replace(coffee, rank=3), later]


def test_a_last_line_cut_short_is_told_as_such(read):
    whole = text_of(ticket(), ticket(number="2", cashier="Zoé"))
    for cut in (20, len(whole.encode()) - 10, len(whole.encode()) - 1):
        items = read(whole.encode()[:cut])
        if cut == len(whole.encode()) - 1:
            assert len(items) == 2  # only the line end is missing
        else:
            assert isinstance(items[0], Rejected)
            assert items[0].reason.startswith("la ligne est coupée")
    accent = whole.encode().index("é".encode())
    assert "coupée" in read(whole.encode()[: accent + 1])[0].reason


texts = st.text(st.characters(codec="utf-8"), max_size=40)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .-]{0,8}[A-Za-z0-9]", fullmatch=True)
sums = st.integers(-(10**12), 10**12)
quantities = st.decimals(-(10**6), 10**6, places=3).map(lambda q: q if q else Decimal("0.000"))
lines = st.builds(
    Line,
    label=texts,
    nature=st.sampled_from(TURNOVER_NATURES + OUTSIDE_NATURES),
    qty=quantities,
    total=sums,
    vat=st.none() | st.integers(0, 10_000),
    code=texts,
    family=texts,
    unit=st.none() | sums,
    discount=sums,
    tva=st.none() | sums,
)
tickets = st.builds(
    Ticket,
    till=codes,
    drawer=codes,
    number=texts.map(str.strip),
    at=st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30)).map(in_paris),
    kind=st.sampled_from(KINDS),
    lines=st.lists(lines, max_size=4).map(tuple),
    payments=st.lists(
        st.builds(Payment, st.sampled_from(["especes", "cb", "inconnu"]), sums), max_size=3
    ).map(tuple),
    cashier=texts,
    ref=texts.map(str.strip),
    customer=st.none() | st.tuples(texts, texts),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tickets)
def test_any_ticket_survives_the_way_to_the_journal_and_back(read, one):
    assert read(text_of(one)) == [one]


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ('{"till":"1","number":"77","at":"2026-01-0', True),
        ('{"till":"1","number":"77"', True),
        ('{"till":"1",', True),
        ('{"till":tru', True),
        ('{"till":"\\u00', True),
        ('{"till":1}}', False),
        ('{"till":"1" "number":"77"', False),
        ('{"till":"1","at":"hier","lines":[]}', False),
        ('{"till":"1","at":"2026-01-05T10:00","lines":[{"total":9.5}]}', False),
    ],
)
def test_only_a_line_that_lacks_its_end_is_said_to_be_cut(read, text, is_cut):
    [refused] = read(text)
    assert ("la ligne est coupée" in refused.reason) is is_cut
    # With its line end it is whole, whatever is wrong with it.
    [whole] = read(f"{text}\n")
    assert "coupée" not in whole.reason


def test_a_total_beyond_any_ticket_is_told_as_such(read):
    line = '{"till":"1","number":"1","at":"2026-01-05T10:00","lines":[{"total":1000000000000000}]}'
    [refused] = read(line)
    assert refused.reason == "total démesuré (en centimes) : « 1000000000000000 »"
