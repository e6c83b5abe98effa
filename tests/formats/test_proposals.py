"""Profiles proposed for files that nobody has seen: what is recognised, and what is left to ask."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.errors import UnreadableFile, UsageError
from app.formats.profile_files import find_profile
from app.formats.profile_reading import load_profile
from app.formats.proposing.propose import Proposal, propose
from app.formats.proposing.tables import read_table
from app.formats.read_tickets import read_tickets
from tests.formats.but_for_names import nameless
from tests.formats.samples import PROFILES
from tests.formats.till_samples import TILLS, write_samples


def proposed(folder: Path, *texts: str | bytes, **changes: str) -> Proposal:
    """What files of these contents suggest; `columns__total` stands for the key columns.total."""
    paths = []
    for number, text in enumerate(texts, 1):
        path = folder / f"caisse-{number}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    return propose(
        [read_table(path) for path in paths],
        "essai",
        {key.replace("__", "."): value for key, value in changes.items()},
    )


def totals(folder: Path, proposal: Proposal) -> dict[str, int]:
    """The tickets of the first file, read by what was proposed for it."""
    items = read_tickets(
        folder / "caisse-1.csv", load_profile(proposal.data, "essai"), till=None, drawer=None
    )
    return {item.number: sum(line.total for line in item.lines) for item in items}


@pytest.mark.parametrize("till", TILLS)
def test_what_is_proposed_for_a_known_till_is_its_bundled_profile_but_for_names(tmp_path, till):
    tables = [read_table(path) for path in write_samples(tmp_path, till)]
    found = propose(tables, "essai")
    profile = load_profile(found.data, "essai")
    bundled = find_profile(till, [PROFILES])
    assert nameless(profile, found.table, found.second) == nameless(
        bundled, found.table, found.second
    )


PLAIN = "Date;Heure;Ticket;Article;Qté;PU TTC;Total TTC;TVA;Règlement\n"
ROWS = (
    "05/03/2026;08:41;11;Thé;2;1,20;2,40;5,5 %;CB\n"
    "05/03/2026;08:41;11;Café;1;1,50;1,50;10 %;CB\n"
    "25/03/2026;09:00;12;Thé;1;1,20;1,20;5,5 %;Espèces\n"
)


def test_an_ordinary_french_export(tmp_path):
    found = proposed(tmp_path, PLAIN + ROWS)
    assert found.data["columns"] == {
        **{"number": "Ticket", "date": "Date", "time": "Heure", "label": "Article", "qty": "Qté"},
        **{"unit": "PU TTC", "total": "Total TTC", "vat": "TVA", "method": "Règlement"},
    }
    assert (found.data["separator"], found.data["decimal"]) == (";", ",")
    assert found.data["moments"] == ["%d/%m/%Y %H:%M"]
    assert found.doubts == ()
    assert totals(tmp_path, found) == {"11": 390, "12": 120}


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac-roman", "mac-roman"),
        ("ascii", ["utf-8", "cp1252"]),
    ],
)
def test_the_encoding_is_that_in_which_the_text_is_french(tmp_path, encoding, expected):
    text = (PLAIN + ROWS).replace("é", "e").replace("è", "e") if encoding == "ascii" else PLAIN
    text += "" if encoding == "ascii" else ROWS.replace("Café", "Café glacé à l'orange")
    found = proposed(tmp_path, text.encode(encoding))
    assert found.data["encoding"] == expected
    assert totals(tmp_path, found) == {"11": 390, "12": 120}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator(tmp_path, separator):
    text = (PLAIN + ROWS).replace(",", ".").replace(";", separator)
    found = proposed(tmp_path, text)
    assert (found.data["separator"], found.data["decimal"]) == (separator, ".")
    assert totals(tmp_path, found) == {"11": 390, "12": 120}


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["05/03/2026 08:41", "25/03/2026 09:00"], ["%d/%m/%Y %H:%M"]),
        (["05/03/2026 08:41:02", "06/03/2026 09:00:00"], ["%d/%m/%Y %H:%M:%S"]),
        (["05/03/26 08:41", "25/03/26 09:00"], ["%d/%m/%y %H:%M"]),
        (["2026-03-05 08:41", "2026-03-25 09:00"], ["%Y-%m-%d %H:%M"]),
        (["2026-03-05T08:41:00+01:00"], ["iso"]),
        (["5 mars 2026 08:41", "25 déc. 2026 09:00"], ["%d %B %Y %H:%M"]),
        (["5 mars 2026 à 08:41", "25 mars 2026 à 9:00"], ["%d %B %Y à %H:%M"]),
        (["05.03.2026 08:41"], ["%d.%m.%Y %H:%M"]),
        (["3/5/2026 8:41 AM", "3/25/2026 9:00 PM"], ["%m/%d/%Y %I:%M %p"]),
        (["03/25/2026 08:41", "03/26/2026 09:00"], ["%m/%d/%Y %H:%M"]),
        (["46086.3618", "46087.5"], ["serial"]),
        # Two ways of one till: both are kept, the most frequent first.
        (
            ["2026-03-05 08:41", "2026-03-06 09:00", "07/03/2026 10:00"],
            ["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        ),
    ],
)
def test_the_form_of_dates(tmp_path, cells, forms):
    text = "Date;Ticket;Total\n" + "".join(f"{c};{n};1,00\n" for n, c in enumerate(cells))
    assert proposed(tmp_path, text).data["moments"] == forms


@pytest.mark.parametrize(
    ("amounts", "mark"),
    [
        (["1,20", "2"], ","),
        (["1.20", "2"], "."),
        (["1,5", "2.5"], ",."),
        (["2", "3"], ","),
        (["1 234,50", "2,00"], ","),
        (["1.234,50", "2,00"], ","),
        (["1,234.50", "2.00"], "."),
        (["0.833333", "2.916667"], "."),
        (["$45.00", "-$4.50"], "."),
    ],
)
def test_the_decimal_mark(tmp_path, amounts, mark):
    text = "Date;Ticket;Total\n"
    text += "".join(f"05/03/2026;{n};{amount}\n" for n, amount in enumerate(amounts))
    assert proposed(tmp_path, text).data["decimal"] == mark


def test_quantities_may_have_another_mark(tmp_path):
    text = "Date;Ticket;Qté;Total\n05/03/2026;1;1.0;0,90\n05/03/2026;2;12.0;10,80\n"
    data = proposed(tmp_path, text).data
    assert (data["decimal"], data["quantity_decimal"]) == (",", ".")


def test_rows_without_a_number_are_asked_about(tmp_path):
    text = "Date;Article;Total\n05/03/2026 08:41;Thé;1,00\n05/03/2026 08:41;Café;2,00\n"
    found = proposed(tmp_path, text)
    assert found.data["unnumbered"] == "moment"
    assert found.doubts[1].startswith("Le fichier ne donne pas de numéro de ticket : les lignes")
    apart = proposed(tmp_path, text.replace("08:41;Café", "08:42;Café"))
    assert "unnumbered" not in apart.data
    assert "chaque ligne fait un ticket" in apart.doubts[1]


def test_a_column_for_each_tender(tmp_path):
    text = "Date;Ticket;Total TTC;Espèces;CB;Chèques\n"
    text += "25/03/2026 10:00;1;12,00;2,00;10,00;\n25/03/2026 11:00;2;3,00;3,00;0,00;\n"
    found = proposed(tmp_path, text)
    assert found.data["paid"] == {"Espèces": "especes", "CB": "cb", "Chèques": "cheque"}
    assert "method" not in found.data["columns"]
    items = list(
        read_tickets(
            tmp_path / "caisse-1.csv", load_profile(found.data, "e"), till=None, drawer=None
        )
    )
    assert [(p.method, p.amount) for p in items[0].payments] == [("especes", 200), ("cb", 1000)]


def test_numbers_that_a_spreadsheet_made_decimals(tmp_path):
    text = "Date;Ticket;Total\n25/03/2026;7001.0;1,00\n25/03/2026;7002.0;1,00\n"
    found = proposed(tmp_path, text)
    assert found.data["number_decimals"] == "drop"
    assert totals(tmp_path, found) == {"7001": 100, "7002": 100}


def test_rates_written_as_a_part_of_one(tmp_path):
    text = "Date;Ticket;Total;Taux TVA\n25/03/2026;1;1,00;0,2\n25/03/2026;2;1,00;0,055\n"
    found = proposed(tmp_path, text)
    assert found.data["vat_form"] == "fraction"
    items = read_tickets(
        tmp_path / "caisse-1.csv", load_profile(found.data, "e"), till=None, drawer=None
    )
    assert [item.lines[0].vat for item in items] == [2000, 550]


def test_titles_above_and_columns_of_the_same_name(tmp_path):
    text = "Export du bar;;;\n;;;\nDate;Total;Ticket;Total\n25/03/2026;9,00;1;1,00\n"
    with pytest.raises(UnreadableFile, match="aucune colonne ne donne le montant"):
        proposed(tmp_path, text)
    found = proposed(tmp_path, text.replace("Date;Total;", "Date;Cumul;"))
    assert totals(tmp_path, found) == {"1": 100}


def test_a_workbook_with_several_sheets_dates_as_text_and_amounts_with_a_sign(tmp_path):
    import xlsxwriter

    path = tmp_path / "ventes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Lisez-moi").write(0, 0, "Bonjour")
        sheet = book.add_worksheet("Ventes")
        sheet.write_row(0, 0, ["Date", "N° ticket", "Libellé", "Total TTC"])
        sheet.write_row(1, 0, ["25/03/2026 10:00", 12, "Thé", "1 234,50 €"])
    found = propose([read_table(path)], "essai")
    assert found.data["sheet"] == "Ventes"
    profile = load_profile(found.data, "essai")
    (ticket,) = read_tickets(path, profile, till=None, drawer=None)
    assert (ticket.number, ticket.lines[0].total) == ("12", 123450)
    assert ticket.at == datetime.fromisoformat("2026-03-25T10:00:00+01:00")


def test_a_workbook_whose_dates_and_times_are_apart(tmp_path):
    import xlsxwriter

    path = tmp_path / "ventes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day, hour = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "hh:mm"))
        sheet.write_row(0, 0, ["Date", "Heure", "Ticket", "Article", "Total"])
        for row, at in ((1, 0.4375), (2, 0.75)):
            sheet.write_datetime(row, 0, datetime(2026, 3, 25), day)
            sheet.write_number(row, 1, at, hour)
            sheet.write_row(row, 2, [11 + row, "Thé", 2.5])
    found = propose([read_table(path)], "essai")
    assert found.data["columns"]["time"] == "Heure"
    items = list(read_tickets(path, load_profile(found.data, "e"), till=None, drawer=None))
    assert [(item.number, item.at.strftime("%d/%m/%Y %H:%M")) for item in items] == [
        ("12", "25/03/2026 10:30"),
        ("13", "25/03/2026 18:00"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"columns__total": "PU TTC"}, {"11": 270, "12": 120}),
        ({"columns__total": "pu ttc"}, {"11": 270, "12": 120}),
        ({"columns__total": ""}, {"11": 390, "12": 120}),  # unit × quantity
        ({"columns__number": ""}, {"": 120}),
        ({"amounts": "ht"}, {"11": 418, "12": 127}),  # 2,40 × 1,055 + 1,50 × 1,10
    ],
)
def test_what_a_person_changes(tmp_path, changes, expected):
    found = proposed(tmp_path, PLAIN + ROWS, **changes)
    assert totals(tmp_path, found) == expected


def test_a_rate_and_a_form_of_date_that_a_person_chose(tmp_path):
    text = "Date;Ticket;Total\n05/03/2026;1;1,00\n"
    found = proposed(tmp_path, text)
    assert "la dernière vente est-elle bien du 05/03/2026 ?" in found.doubts[0]
    assert found.doubts[-1].startswith("Aucune colonne ne donne la TVA")
    assert set(found.forms) >= {"%d/%m/%Y", "%m/%d/%Y"}
    found = proposed(tmp_path, text, vat="5.50", moments="%m/%d/%Y")
    (ticket,) = read_tickets(
        tmp_path / "caisse-1.csv", load_profile(found.data, "e"), till=None, drawer=None
    )
    assert (ticket.lines[0].vat, ticket.day.isoformat()) == (550, "2026-05-03")
    assert "Aucune colonne ne donne la TVA" not in " ".join(found.doubts)
    assert "vat" not in proposed(tmp_path, text, vat="").data.get("defaults", {})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"columns.prix": "PU TTC"}, "« prix » n'est pas un champ"),
        ({"columns.total": "Absente"}, "n'a pas de colonne « Absente »"),
        ({"couleur": "rouge"}, "« couleur » ne se change pas"),
    ],
)
def test_a_change_that_makes_no_sense(tmp_path, changes, sentence):
    with pytest.raises(UsageError, match=sentence):
        proposed(tmp_path, PLAIN + ROWS, **changes)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"Bonjour\n", "n'a pas d'en-t"),
        (PLAIN.encode(), "aucune ligne sous son en-t"),
        (b"Article;Total\nThe;1,00\n", "aucune colonne ne donne la date"),
        (b"Date;Article\n05/03/2026;The\n", "aucune colonne ne donne le montant"),
        (b"PK\x03\x04oops", "n'est pas un classeur Excel"),
        (b"MZ\0\0", "n'est pas un texte"),
    ],
)
def test_files_that_suggest_nothing(tmp_path, content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        proposed(tmp_path, content)


def test_files_of_two_tills_do_not_go_together(tmp_path):
    other = "Date;N° ticket;Libellé;Quantité;Montant\n25/03/2026;1;Thé;1;1,00\n"
    with pytest.raises(UnreadableFile, match="Ces fichiers ne vont pas ensemble"):
        proposed(tmp_path, PLAIN + ROWS, other)
    payments = "Date;Montant;Mode de règlement\n25/03/2026;1,00;CB\n"
    sales = "Date;N° ticket;Libellé;Quantité;Montant\n25/03/2026;1;Thé;1;1,00\n"
    with pytest.raises(UnreadableFile, match="pas de numéro de ticket en commun"):
        proposed(tmp_path, sales, payments)


def test_a_second_file_written_in_another_way(tmp_path):
    sales = "Date;N° ticket;Libellé;Quantité;Montant\n25/03/2026;1;Thé;1;1,50\n"
    payments = "Date,Ticket,Total,Payment type\n2026-03-25,1,1.50,Cash\n"
    data = proposed(tmp_path, sales, payments).data
    assert (data["second"]["separator"], data["second"]["decimal"]) == (",", ".")
    assert data["moments"] == ["%d/%m/%Y", "%Y-%m-%d"]
    assert data["second"]["columns"]["method"] == "Payment type"


def test_the_same_till_in_french(tmp_path):
    sales = (
        "Date,Heure,Catégorie,Article,Qté,Remises,Ventes nettes,Taxe,Identifiant de paiement,"
        "Type d'événement,Employé\n"
        "2026-03-25,10:00:00,Rayon,Savon,2,0.00,20.00,4.00,P1,Paiement,Lou\n"
    )
    paid = (
        "Date,Heure,Ventes nettes,Taxe,Pourboire,Total encaissé,Carte,Espèces,"
        "Identifiant de paiement,Type d'événement\n"
        "2026-03-25,10:00:00,20.00,4.00,1.00,25.00,25.00,0.00,P1,Paiement\n"
    )
    data = proposed(tmp_path, sales, paid).data
    assert (data["columns"]["number"], data["columns"]["total"]) == (
        "Identifiant de paiement",
        "Ventes nettes",
    )
    assert (data["amounts"], data["second"]["columns"]["total"]) == ("ht", "Ventes nettes")
    assert data["second"]["paid"] == {"Carte": "cb", "Espèces": "especes"}
    assert [extra["nature"] for extra in data["second"]["extra"]] == ["tip"]


def test_words_for_a_kind_of_sale_that_nobody_knows(tmp_path):
    text = "Date;Ticket;Total;Type\n25/03/2026;1;1,00;Vente\n25/03/2026;2;1,00;Divers\n"
    found = proposed(tmp_path, text)
    assert found.words == ("Divers",)
    assert "« Divers » est une vente ou un remboursement" in found.doubts[-1]
    answered = proposed(tmp_path, text, kinds__Divers="refund")
    assert (answered.words, answered.chosen_words) == ((), ("Divers",))
    assert totals(tmp_path, answered) == {"1": 100, "2": -100}


def test_names_and_words_on_two_lines_are_said_on_one(tmp_path):
    text = (
        'Date;Ticket;"Total\nTTC";"Type\r\nde vente"\n'
        '25/03/2026;1;1,00;Vente\n25/03/2026;2;1,00;"Bon\nd\'achat"\n'
    )
    found = proposed(tmp_path, text, columns__kind="Type de vente")
    assert found.data["columns"]["total"] == "Total TTC"
    assert found.words == ("Bon d'achat",)
    assert found.doubts[-1].startswith(
        "Dans la colonne « Type de vente », dites si « Bon d'achat »"
    )
    answered = proposed(
        tmp_path, text, columns__kind="Type de vente", **{"kinds__Bon d'achat": "refund"}
    )
    assert totals(tmp_path, answered) == {"1": 100, "2": -100}
