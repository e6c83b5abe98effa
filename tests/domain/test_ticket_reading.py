"""Reading tickets of the journal: what is one, what is refused and why, what counts of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ticket import (
    NATURES,
    Line,
    Payment,
    content_fingerprint,
    identity,
    read_ticket,
    ticket_json,
    with_finding,
)
from app.errors import UnreadableTicket
from tests.factories import ticket

PLAIN = {
    "till": "1",
    "number": "150040",
    "at": "2021-01-02T08:38:00+01:00",
    "lines": [{"label": "BAGUETTE", "total": 90, "vat": "5.50"}],
    "payments": [{"method": "especes", "amount": 90}],
}
FULL = {
    "till": "1",
    "drawer": "2",
    "number": "150040",
    "at": "2021-01-02T08:38:00+01:00",
    "kind": "sale",
    "cashier": "Anne",
    "lines": [
        {
            "code": "BAG",
            "label": "BAGUETTE",
            "family": "PAIN",
            "nature": "goods",
            "qty": "1.500",
            "unit": 90,
            "discount": 5,
            "total": 130,
            "vat": "5.50",
            "tva": "0.0678",
        }
    ],
    "payments": [{"method": "especes", "amount": 130}],
    "customer": {"code": "C001", "name": "Mme Réa"},
}


def changed(**more: Any) -> dict[str, Any]:
    return {**PLAIN, **more}


def with_line(**more: Any) -> dict[str, Any]:
    return changed(lines=[{**PLAIN["lines"][0], **more}])


def test_all_that_the_contract_shows_is_read_and_written_back():
    read = read_ticket(FULL)
    assert (read.till, read.drawer, read.drawer_id, read.number) == ("1", "2", "1/2", "150040")
    assert (read.cashier, read.customer) == ("Anne", ("C001", "Mme Réa"))
    assert read.lines == (
        Line("BAGUETTE", "goods", Decimal("1.500"), 130, 550, "BAG", "PAIN", 90, 5, 7, "0.0678"),
    )
    assert read.payments == (Payment("especes", 130),)
    assert ticket_json(read) == FULL
    assert read_ticket(ticket_json(read)) == read


def test_what_is_optional_has_a_default():
    read = read_ticket(PLAIN, first_drawer="7")
    assert (read.drawer, read.kind, read.cashier, read.customer) == ("7", "sale", "", None)
    first = read.lines[0]
    assert (first.nature, first.qty, first.unit, first.discount) == ("goods", Decimal(1), None, 0)


@pytest.mark.parametrize("drawer", [None, ""])
def test_a_missing_drawer_is_the_first_one(drawer):
    assert read_ticket(changed(drawer=drawer), first_drawer="3").drawer == "3"


def test_numbers_and_codes_may_be_whole_numbers():
    read = read_ticket(changed(till=2, drawer=0, number=17))
    assert (read.till, read.drawer, read.number) == ("2", "0", "17")


@pytest.mark.parametrize(
    ("tva", "cents", "text"),
    [(5, 5, None), ("0.05", 5, "0.05"), ("0.0449", 4, "0.0449"), ("-0.045", -5, "-0.045")],
)
def test_a_given_tax_is_cents_or_euros_as_text_kept_as_it_was(tva, cents, text):
    read = read_ticket(with_line(tva=tva)).lines[0]
    assert (read.tva, read.tva_text) == (cents, text)


@pytest.mark.parametrize(
    ("qty", "expected"),
    [("1.330", "1.330"), ("-1", "-1"), (3, "3"), ("-0", "0"), ("+2.5", "2.5")],
)
def test_a_quantity_is_exact(qty, expected):
    assert str(read_ticket(with_line(qty=qty)).lines[0].qty) == expected


@pytest.mark.parametrize("nature", NATURES)
def test_every_nature_of_the_contract_is_known(nature):
    assert read_ticket(with_line(nature=nature)).lines[0].nature == nature


def test_a_void_needs_no_lines():
    read = read_ticket({"till": "1", "number": "2", "at": PLAIN["at"], "kind": "void", "ref": 1})
    assert (read.ref, read.lines, read.payments) == ("1", (), ())


REFUSED = [
    ([], "ce n'est pas un ticket"),
    ("ticket", "ce n'est pas un ticket"),
    (changed(kind="sell"), "genre de ticket inconnu : « sell »"),
    (changed(kind=["sale"]), "genre de ticket inconnu"),
    (changed(lines=None), "les lignes manquent"),
    (changed(lines="BAGUETTE"), "les lignes manquent"),
    (changed(lines=["BAGUETTE"]), "une ligne n'est pas un objet"),
    (changed(payments={"especes": 90}), "les règlements ne sont pas une liste"),
    (changed(payments=[{"method": "especes"}]), "un règlement n'a pas de montant"),
    (changed(payments=[90]), "un règlement n'a pas de montant"),
    (changed(payments=[{"method": 3, "amount": 90}]), "mode de règlement illisible"),
    (changed(payments=[{"method": "cb", "amount": "90"}]), "montant d'un règlement illisible"),
    (changed(till=None), "poste illisible"),
    (changed(till=""), "poste illisible"),
    (changed(till="1/2"), "poste illisible : « 1/2 »"),
    (changed(till="a|b"), "poste illisible"),
    (changed(till="x" * 31), "poste illisible"),
    (changed(till=True), "poste illisible : « true »"),
    (changed(drawer="1:1"), "caisse illisible"),
    (changed(number=1.5), "numéro illisible : « 1.5 »"),
    (changed(number="9" * 1001), "numéro illisible"),
    (changed(cashier=["Anne"]), "vendeur illisible"),
    (changed(customer="C001"), "le client n'est pas un objet"),
    (changed(customer={"code": 1}), "code client illisible"),
    (changed(at=None), "date et heure illisibles : « null »"),
    (changed(at=1609573080), "date et heure illisibles"),
    (changed(at="02/01/2021 08:38"), "date et heure illisibles : « 02/01/2021 08:38 »"),
    (changed(at="0000-01-02T08:38"), "date et heure illisibles"),
    (changed(at="0001-01-01T00:00"), "date et heure illisibles"),
    (changed(at="9999-12-31T23:59:59-14:00"), "date et heure illisibles"),
    (changed(at="1970-01-01T00:30:00+05:00"), "date et heure illisibles"),
    (with_line(total=0.9), "total illisible (centimes entiers attendus) : « 0.9 »"),
    (with_line(total="90"), "total illisible"),
    (with_line(total=True), "total illisible"),
    (with_line(total=float("nan")), "total illisible"),
    (with_line(total=float("inf")), "total illisible"),
    (with_line(total=10**12 + 1), "total démesuré (en centimes)"),
    (with_line(total=None), "total illisible"),
    (changed(lines=[{"label": "BAGUETTE"}]), "le total d'une ligne manque"),
    (with_line(nature="food"), "nature de ligne inconnue : « food »"),
    (with_line(vat=5.5), "taux de TVA illisible : « 5.5 »"),
    (with_line(vat="5.5 %"), "taux de TVA illisible : « 5.5 % »"),
    (with_line(vat="101"), "taux de TVA illisible"),
    (with_line(tva="5%"), "TVA illisible : « 5% »"),
    (with_line(tva=0.05), "TVA illisible"),
    (with_line(qty="1,5"), "quantité illisible : « 1,5 »"),
    (with_line(qty=1.5), "quantité illisible"),
    (with_line(qty="1e3"), "quantité illisible"),
    (with_line(qty="NaN"), "quantité illisible"),
    (with_line(qty=True), "quantité illisible"),
    (with_line(qty=""), "quantité illisible"),
    (with_line(unit="0,90"), "prix illisible"),
    (with_line(discount=0.5), "remise illisible"),
    (with_line(label=7), "libellé illisible"),
    (with_line(label="x" * 1001), "libellé illisible"),
    (with_line(label="\ud800"), "libellé illisible : caractère impossible"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_what_is_no_ticket_is_refused_with_its_reason(source, reason):
    with pytest.raises(UnreadableTicket) as refused:
        read_ticket(source)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize(
    "source",
    [
        changed(payments=[]),
        changed(payments=[{"method": "cb", "amount": 89}]),
        changed(lines=[]),
        with_line(total=-90, qty="7", unit=3),
        with_line(vat=None),
        with_line(tva=90),
    ],
)
def test_a_recorded_sale_is_never_refused_for_its_sums(source):
    assert read_ticket(source).number == "150040"


# --- identity ---------------------------------------------------------------------------------


def test_identity_is_till_number_and_paris_day():
    late_evening = ticket(at="2021-01-02T23:30:00Z")  # 00:30 on the 3rd in Paris
    assert identity(late_evening, "x") == "1|2021-01-03|1"
    assert identity(ticket(till="2", number="A-7"), "x") == "2|2021-01-02|A-7"


def test_without_a_number_it_is_the_moment_the_content_and_the_rank():
    one = ticket(number="")
    names = {
        identity(one, content_fingerprint(one)),
        identity(ticket(number="", rank=2), content_fingerprint(one)),
        identity(ticket(95, number=""), content_fingerprint(ticket(95, number=""))),
        identity(ticket(number="", at="2021-01-02T08:39"), content_fingerprint(one)),
    }
    assert len(names) == 4


def test_content_is_what_the_source_said_not_what_we_found():
    one = ticket()
    seen = ticket(rank=3, findings=("unknown_rate",), reverses=ticket())
    assert content_fingerprint(one) == content_fingerprint(seen)
    assert content_fingerprint(one) == content_fingerprint(with_finding(one, "unknown_article"))
    assert content_fingerprint(one) != content_fingerprint(ticket(91))
    assert content_fingerprint(one) != content_fingerprint(ticket(cashier="Anne"))


amounts = st.integers(-(10**12), 10**12)
texts = st.text(max_size=20)
read_lines = st.fixed_dictionaries(
    {"total": amounts, "nature": st.sampled_from(NATURES)},
    optional={
        "label": texts,
        "family": texts,
        "code": texts,
        "qty": st.decimals(-(10**9), 10**9, places=3).map(lambda d: format(d, "f")),
        "unit": amounts,
        "discount": amounts,
        "vat": st.sampled_from(["5.50", "20", "2.1", "0"]),
        "tva": st.integers(-999, 999) | st.sampled_from(["0.166", "-1,5", "3"]),
    },
)
sources = st.fixed_dictionaries(
    {
        "till": st.sampled_from(["1", "Bar fond", 7]),
        "at": st.sampled_from(["2021-10-31T02:30", "2021-10-31T02:30:00+01:00", "1970-01-01"]),
        "lines": st.lists(read_lines, max_size=3),
    },
    optional={
        "drawer": st.sampled_from(["1", "tiroir", None]),
        "number": texts | st.integers(),
        "kind": st.sampled_from(["sale", "refund", "void"]),
        "ref": texts,
        "cashier": texts,
        "payments": st.lists(
            st.fixed_dictionaries({"method": texts, "amount": amounts}), max_size=2
        ),
        "customer": st.fixed_dictionaries({"code": texts, "name": texts}),
    },
)


@given(sources)
def test_what_is_read_once_is_read_the_same_from_the_record(source):
    read = read_ticket(source)
    again = read_ticket(ticket_json(read))
    assert again == read
    assert content_fingerprint(again) == content_fingerprint(read)
    assert ticket_json(again) == ticket_json(read)
