"""The cells of a row: fields, amounts, tax, refunds, and what can't be read."""

from __future__ import annotations

import pytest

from app.domain.ticket import Payment
from tests.formats.samples import made_profile, reasons, rows, same


def test_every_field_of_a_full_export(read):
    profile = made_profile(
        {
            "kinds": {"Vente": "sale", "Annulation": "void"},
            "natures": {"Bon": "gift_card"},
            "tenders": [{"pattern": "VISA|AMEX", "method": "cb"}],
            "moments": ["%d %B %Y %H:%M:%S"],
        },
        **{"till": "Poste", "drawer": "Tiroir", "time": "Heure", "kind": "Type", "ref": "Annule"},
        **{"cashier": "Vendeur", "customer_code": "Client", "customer_name": "Nom", "code": "SKU"},
        **{"family": "Rayon", "nature": "Nature", "qty": "Qté", "unit": "PU", "discount": "Remise"},
        **{"vat": "Taux", "tva": "TVA", "method": "Règlement"},
    )
    header = (
        "Date;Heure;Poste;Tiroir;Ticket;Type;Annule;Vendeur;Client;Nom;SKU;Article;Rayon;Nature;"
        "Qté;PU;Remise;Total;Taux;TVA;Règlement"
    )
    items = read(
        rows(
            header,
            "5 févr. 2022;08:41:07;2;A;F7;Vente;;Léa;C1;Roy;"
            "K;Thé;Sec;;1,330;7,00;0,31;9,00;20 %;1,500000;Visa",
            "5 févr. 2022;08:41:09;2;A;F7;Vente;;Léa;C1;Roy;B;Bon 20;;Bon;;;;20,00;;;Espèces",
            "5 févr. 2022;08:50:00;2;A;F8;Annulation;F7;Léa;;;;;;;;;;-29,00;;;Visa",
        ),
        profile,
    )
    same(
        items[0],
        {
            **{"till": "2", "drawer": "A", "number": "F7", "at": "2022-02-05T08:41:07"},
            **{"cashier": "Léa", "customer": {"code": "C1", "name": "Roy"}},
            "lines": [
                {
                    **{"code": "K", "label": "Thé", "family": "Sec", "qty": "1.33", "unit": 700},
                    **{"discount": 31, "total": 900, "vat": "20", "tva": "1,500000"},
                },
                {"code": "B", "label": "Bon 20", "nature": "gift_card", "total": 2000},
            ],
            "payments": [
                {"method": "cb", "amount": 900},
                {"method": "especes", "amount": 2000},
            ],
        },
    )
    assert (items[1].kind, items[1].ref) == ("void", "F7")


@pytest.mark.parametrize(
    ("changes", "cells", "total", "qty", "tva"),
    [
        # Three ways of writing a refund of 2 × 3,00 at 20 %, tax 1,00.
        ({"refund_amounts": "unsigned"}, "Retour;2;6,00;1,00", -600, -2, -100),
        ({}, "Retour;2;-6,00;-1,00", -600, -2, -100),
        ({}, ";-2;-6,00;-1,00", -600, -2, -100),
        # Without tax: 5,00 + 1,00; without a tax column, 5,00 × 1,20.
        ({"amounts": "ht"}, "Vente;2;5,00;1,00", 600, 2, 100),
        ({"amounts": "ht"}, "Vente;2;5,00;", 600, 2, None),
        ({"amounts": "ht"}, "Vente;1;2,916667;0,583333", 350, 1, 58),
        ({"amounts": "ht"}, "Vente;1;0,003;0,002", 1, 1, 0),
        ({"amounts": "ht", "refund_amounts": "unsigned"}, "Retour;2;5,00;1,00", -600, -2, -100),
    ],
)
def test_refunds_and_tax_however_they_are_written(read, changes, cells, total, qty, tva):
    profile = made_profile(
        {"kinds": {"Vente": "sale", "Retour": "refund"}, "defaults": {"vat": "20"}, **changes},
        **{"kind": "Type", "qty": "Qté", "tva": "TVA"},
    )
    (found,) = read(
        f"Date;Ticket;Article;Type;Qté;Total;TVA\n05/03/2022 08:41;1;X;{cells}", profile
    )
    (line,) = found.lines
    assert (line.total, line.qty, line.tva) == (total, qty, tva)
    assert found.kind == ("sale" if cells.startswith(("Vente", ";")) else "refund")
    assert found.payments == (Payment("inconnu", total),)


@pytest.mark.parametrize(
    ("qty", "unit", "discount", "total"),
    [
        ("1", "0,95", "", 95),
        ("3", "0,335", "", 101),  # 1,005 rounds away from zero
        ("-3", "0,335", "", -101),
        ("0,333", "3,00", "", 100),
        ("2", "3,00", "1,50", 450),
        ("2", "3,00", "-1,50", 450),  # some write a discount with its sign
        ("-2", "3,00", "1,50", -450),
        ("", "3,00", "", 300),
        ("1", "-0,00", "", 0),
        ("1", "1 234,50 €", "", 123450),
        ("1", "1.234,50", "", 123450),
        ("0,30000000000000004", "10", "", 300),
    ],
)
def test_a_line_without_total_is_unit_times_quantity_less_discount(
    read, qty, unit, discount, total
):
    profile = made_profile(
        {"columns": {"qty": "Qté", "unit": "PU", "discount": "Remise"}, "optional": ["total"]}
    )
    (found,) = read(
        f"Date;Ticket;Article;Qté;PU;Remise\n05/03/2022 08:41;1;X;{qty};{unit};{discount}", profile
    )
    assert found.lines[0].total == total


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("vat", "dix", "taux de TVA illisible"),
        ("vat", "120 %", "taux de TVA illisible"),
        ("qty", "1e3", "quantité illisible"),
        ("tva", "x", "TVA illisible"),
        ("kind", "Don", "genre de vente inconnu : « Don »"),
        ("till", "1/2", "poste illisible"),
        ("drawer", "a:b", "caisse illisible"),
        ("cashier", "x" * 1001, "1 000 caractères"),
    ],
)
def test_other_cells_that_cannot_be_read(read, column, cell, reason):
    profile = made_profile({"kinds": {"Vente": "sale"}}, **{column: "Autre"})
    items = read(f"Date;Ticket;Article;Total;Autre\n05/03/2022 08:41;5;X;1,00;{cell}", profile)
    assert reason in reasons(items)[2]


def test_a_rate_outside_the_usual_ones_is_kept(read):
    profile = made_profile(vat="Taux")
    (found,) = read("Date;Ticket;Article;Total;Taux\n05/03/2022 08:41;5;X;1,00;8,33 %", profile)
    assert found.lines[0].vat == 833
