"""Two files of one till: sales in one, how they were paid in the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.ticket import Payment
from app.errors import UnreadableFile, UsageError
from app.formats import second_file
from app.formats.read_tickets import is_second_file, read_payments, read_tickets
from app.formats.rejected import Rejected
from tests.formats.samples import made_profile

WHO = {"till": None, "drawer": None}
SALES = "Date;Ticket;Article;Qté;Total\n"
PAID = "Date;Ticket;Règlement;Montant;Pourboire;Type\n"

KINDS = {"Vente": "sale", "Retour": "refund"}
SECOND = {
    "label": "Encaissements",
    "columns": {
        **{"date": "Date", "number": "Ticket", "method": "Règlement", "total": "Montant"},
        "kind": "Type",
    },
    "optional": ["kind"],
    "kinds": KINDS,
    "refund_amounts": "either",
    "extra": [{"column": "Pourboire", "nature": "tip"}],
}


def two_file_profile(**changes):
    return made_profile({"second": {**SECOND, **changes}}, qty="Qté")


def write(folder: Path, name: str, header: str, *rows: str) -> Path:
    path = folder / name
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def joined(folder: Path, sales: list[str], paid: list[str], profile=None):
    """The tickets of sales completed by their payments, and what is left of these."""
    profile = profile or two_file_profile()
    first = write(folder, "ventes.csv", SALES, *sales)
    second = write(folder, "regl.csv", PAID, *paid)
    payments = read_payments([second], profile, **WHO)
    items = list(read_tickets(first, profile, payments=payments, **WHO))
    return items, list(payments.rest()), payments


def test_each_ticket_gets_its_own_payments(tmp_path):
    sales = ["05/03/2022 08:41;1;Thé;1;5,00", "05/03/2022 09:00;2;Café;2;4,00"]
    paid = [
        "05/03/2022 09:00;2;Carte;3,00;;Vente",
        "05/03/2022 09:00;2;Espèces;1,00;;Vente",
        "05/03/2022 08:41;1;Espèces;5,00;;Vente",
    ]
    items, rest, _ = joined(tmp_path, sales, paid)
    assert [item.payments for item in items] == [
        (Payment("especes", 500),),
        (Payment("cb", 300), Payment("especes", 100)),
    ]
    assert [item.findings for item in items] == [(), ()]
    assert rest == []


def test_a_number_that_begins_anew_each_day_is_another_ticket(tmp_path):
    sales = ["05/03/2022 08:41;1;Thé;1;5,00", "06/03/2022 08:41;1;Thé;1;7,00"]
    paid = ["06/03/2022 08:41;1;Carte;7,00;;Vente", "05/03/2022 08:41;1;Espèces;5,00;;Vente"]
    items, _, _ = joined(tmp_path, sales, paid)
    assert [item.payments[0].method for item in items] == ["especes", "cb"]


def test_a_ticket_without_payment_is_taken_and_told(tmp_path):
    paid = ["05/03/2022 09:00;2;Carte;1,00;;Vente"]
    (item,), _, _ = joined(tmp_path, ["05/03/2022 08:41;1;Thé;1;5,00"], paid)
    assert (item.payments, item.findings) == ((Payment("inconnu", 500),), ("no_payment",))


def test_a_payment_without_ticket_is_a_sale_known_by_it(tmp_path):
    sales = ["05/03/2022 08:41;1;Thé;1;5,00"]
    paid = ["05/03/2022 08:41;1;Espèces;5,00;;Vente", "05/03/2022 10:00;2;Carte;8,00;1,00;Vente"]
    _, (rest,), _ = joined(tmp_path, sales, paid)
    assert (rest.number, rest.findings) == ("2", ("no_detail",))
    assert [(line.nature, line.total) for line in rest.lines] == [("goods", 800), ("tip", 100)]


def test_payments_of_other_days_are_told_and_not_taken(tmp_path):
    sales = ["05/03/2022 08:41;1;Thé;1;5,00"]
    paid = ["05/03/2022 08:41;1;Espèces;5,00;;Vente", "06/03/2022 10:00;2;Carte;8,00;;Vente"]
    _, (rest,), _ = joined(tmp_path, sales, paid)
    assert isinstance(rest, Rejected)
    assert (rest.line, rest.reason) == (
        3,
        "regl.csv : le ticket 2 du 06/03/2022 n'est pas dans le fichier des ventes ; exportez les "
        "deux fichiers pour les mêmes jours",
    )


@pytest.mark.parametrize(
    ("sold", "paid", "tip", "lines"),
    [
        ("5,00", "5,00", "2,00", [500, 200]),  # 7,00 were paid: the tip explains it
        ("7,00", "5,00", "2,00", [700]),  # the sales hold it already
        ("6,90", "5,00", "2,00", [690]),
        ("5,00", "5,00", "0,00", [500]),
    ],
)
def test_a_tip_is_added_where_it_brings_the_lines_nearer(tmp_path, sold, paid, tip, lines):
    (item,), _, _ = joined(
        tmp_path,
        [f"05/03/2022 08:41;1;Thé;1;{sold}"],
        [f"05/03/2022 08:41;1;Carte;{paid};{tip};Vente"],
    )
    assert [line.total for line in item.lines] == lines


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("-5,00;;Retour", -500),
        ("5,00;;Retour", -500),  # no sign: both files call it a refund
        ("5,00;;", -500),  # only the sales know that it is one
        ("-5,00;;", -500),
    ],
)
def test_the_payment_of_a_refund_however_it_is_signed(tmp_path, cells, expected):
    (item,), _, _ = joined(
        tmp_path, ["05/03/2022 08:41;1;Thé;-1;-5,00"], [f"05/03/2022 08:41;1;Carte;{cells}"]
    )
    assert (item.kind, item.payments) == ("refund", (Payment("cb", expected),))


def test_what_cannot_be_read_of_the_payments_is_kept_with_its_file(tmp_path):
    paid = [
        "hier;1;Carte;5,00;;Vente",
        "05/03/2022 08:41;;Carte;5,00;;Vente",
        "05/03/2022 08:41;2;Carte;x;;Vente",
    ]
    _, rest, payments = joined(tmp_path, ["05/03/2022 08:41;1;Thé;1;5,00"], paid)
    assert rest == []
    unread = list(payments.unread())
    assert sorted((item.line, item.reason) for item in unread) == [
        (2, "regl.csv : date ou heure illisible : « hier »"),
        (3, "regl.csv : le règlement n'a pas de numéro de ticket"),
        (4, "regl.csv : total illisible : « x »"),
    ]
    assert list(payments.unread()) == []  # each told once


def test_two_tills_may_have_the_same_number(tmp_path):
    second = {**SECOND, "columns": {**SECOND["columns"], "till": "Poste"}}
    profile = made_profile({"second": second}, qty="Qté", till="Poste")
    first = write(tmp_path, "v.csv", "Poste;" + SALES, "A;05/03/2022 08:41;1;Thé;1;5,00")
    paid = write(
        tmp_path,
        "r.csv",
        "Poste;" + PAID,
        "B;05/03/2022 08:41;1;Carte;9,00;;Vente",
        "A;05/03/2022 08:41;1;Espèces;5,00;;Vente",
    )
    payments = read_payments([paid], profile, **WHO)
    (item,) = read_tickets(first, profile, payments=payments, **WHO)
    assert item.payments == (Payment("especes", 500),)
    assert [ticket.till for ticket in payments.rest()] == ["B"]


def test_several_second_files_are_one(tmp_path):
    profile = two_file_profile()
    first = write(tmp_path, "v.csv", SALES, *(f"05/03/2022 0{n}:00;{n};Thé;1;5,00" for n in (8, 9)))
    seconds = [
        write(tmp_path, f"r{n}.csv", PAID, f"05/03/2022 0{n}:00;{n};Carte;5,00;;Vente")
        for n in (8, 9)
    ]
    payments = read_payments(seconds, profile, **WHO)
    items = list(read_tickets(first, profile, payments=payments, **WHO))
    assert [item.payments[0].method for item in items] == ["cb", "cb"]


def test_a_sign_that_only_the_payments_bear_is_told_once(tmp_path):
    sales = ["05/03/2022 08:41;1;Thé;1;5,00", "05/03/2022 09:00;2;Café;1;$4,00"]
    paid = [
        "05/03/2022 08:41;1;Espèces;$5,00;;Vente",
        "05/03/2022 09:00;2;Carte;$4,00;;Vente",
        "05/03/2022 09:30;3;Carte;$2,00;;Vente",
    ]
    items, rest, _ = joined(tmp_path, sales, paid)
    assert [item.findings for item in items] == [("currency $",), ("currency $",)]
    assert [item.findings for item in rest] == [("currency $", "no_detail")]


def test_which_file_is_which(tmp_path):
    profile = two_file_profile()
    sales = write(tmp_path, "v.csv", SALES, "05/03/2022 08:41;1;Thé;1;5,00")
    paid = write(tmp_path, "r.csv", PAID, "05/03/2022 08:41;1;Carte;5,00;;Vente")
    assert (is_second_file(sales, profile), is_second_file(paid, profile)) == (False, True)
    assert not is_second_file(paid, made_profile())
    with pytest.raises(UnreadableFile, match=r"celui des règlements \(« Encaissements »\)"):
        list(read_tickets(paid, profile, **WHO))
    with pytest.raises(UnreadableFile, match="n'est pas « Encaissements »"):
        read_payments([sales], profile, **WHO)
    with pytest.raises(UsageError, match="ne lit qu'un seul fichier"):
        read_payments([paid], made_profile(), **WHO)


def test_more_payments_than_memory_is_meant_for(tmp_path, monkeypatch):
    monkeypatch.setattr(second_file, "_MAX_TICKETS", 2)
    rows = [f"05/03/2022 08:41;{n};Carte;5,00;;Vente" for n in range(3)]
    with pytest.raises(UnreadableFile, match="compte plus de 2 tickets"):
        read_payments([write(tmp_path, "r.csv", PAID, *rows)], two_file_profile(), **WHO)


def test_without_its_second_file_a_till_is_read_all_the_same(tmp_path):
    first = write(tmp_path, "v.csv", SALES, "05/03/2022 08:41;1;Thé;1;5,00")
    (item,) = read_tickets(first, two_file_profile(), **WHO)
    assert (item.payments, item.findings) == ((Payment("inconnu", 500),), ("no_payment",))
