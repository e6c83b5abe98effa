"""The keys of profiles that say how amounts, taxes, tenders and refunds are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.findings import ticket_findings
from app.domain.ticket import Payment
from app.formats.tax_rates import fitting_rate, shares_by_rate
from tests.formats.samples import MARKET, made_profile, reasons, rows, totals

KINDS = {"Vente": "sale", "Retour": "refund"}
RATES = ["20.00", "10.00", "5.50", "2.10", "0.00"]


def kinds_of(ticket):
    """What is odd in a ticket, but for the rate that these made-up lines lack."""
    found = [finding.kind for finding in ticket_findings(ticket)]
    return [kind for kind in found if kind != "no_rate"]


# --- refunds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "total", "quantities"),
    [
        (["Retour;1;-6,00"], -600, [-1]),  # signed amounts, quantity without sign
        (["Retour;1;6,00"], -600, [-1]),  # no sign at all
        (["Retour;-1;-6,00"], -600, [-1]),  # signed everywhere
        # A discount on what is given back has the other sign, either way.
        (["Retour;1;6,00", "Retour;1;-1,00"], -500, [-1, -1]),
        (["Retour;1;-6,00", "Retour;1;1,00"], -500, [-1, 1]),
        # A ticket that sells and takes back: only what is called a refund is turned.
        (["Vente;1;10,00", "Retour;1;6,00"], 400, [1, -1]),
        (["Vente;1;10,00", "Retour;1;-6,00"], 400, [1, -1]),
    ],
)
def test_a_refund_is_given_back_however_it_is_written(read, cells, total, quantities):
    profile = made_profile({"kinds": KINDS, "refund_amounts": "either"}, kind="Type", qty="Qté")
    lines = [f"05/03/2022 08:41;1;X;{cell}" for cell in cells]
    (found,) = read(rows("Date;Ticket;Article;Type;Qté;Total", *lines), profile)
    assert sum(line.total for line in found.lines) == total
    assert [line.qty for line in found.lines] == quantities
    assert found.payments == (Payment("inconnu", total),)


# --- tenders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "method", "split"),
    [
        ("Espèces", "especes", False),
        ("Visa + Espèces", "inconnu", True),
        ("Visa + Mastercard", "cb", False),  # shared, but by one tender
        ("Visa +", "cb", False),
        ("", "inconnu", False),
    ],
)
def test_a_payment_shared_by_several_tenders(read, name, method, split):
    profile = made_profile(
        {"tender_separator": "+", "tenders": [{"pattern": "VISA|MASTERCARD", "method": "cb"}]},
        method="Règlement",
    )
    cells = [f"05/03/2022 08:41;5;X;1,00;{name}", f"05/03/2022 08:41;5;Y;2,00;{name}"]
    (found,) = read(rows("Date;Ticket;Article;Total;Règlement", *cells), profile)
    assert found.payments == (Payment(method, 300),)
    assert kinds_of(found) == (["split_payment"] if split else [])  # once, not for each row


def test_what_each_tender_paid_in_a_column_of_its_own(read):
    profile = made_profile(
        {"paid": {"Espèces": "especes", "CB": "cb"}, "optional": ["method"]}, method="Règlement"
    )
    items = read(
        rows(
            "Date;Ticket;Article;Total;Espèces;CB",
            "05/03/2022 08:41;5;X;12,00;2,00;10,00",
            "05/03/2022 08:42;6;X;3,00;;0,00",
            "05/03/2022 08:43;7;X;3,00;2,00;",
            "05/03/2022 08:44;8;X;3,00;x;",
        ),
        profile,
    )
    five, six, seven = (item for item in items if hasattr(item, "payments"))
    assert five.payments == (Payment("especes", 200), Payment("cb", 1000))
    assert six.payments == (Payment("inconnu", 300),)
    assert kinds_of(seven) == ["sums_off"]
    assert reasons(items) == {5: "règlement illisible : « x »"}


def test_a_file_without_any_of_the_tenders_columns_is_of_another_profile(read):
    profile = made_profile({"paid": {"Espèces": "especes", "CB": "cb"}})
    with pytest.raises(Exception, match="colonne absente : « Espèces »"):
        read(MARKET + "05/03/2022 08:41;5;X;1,00\n", profile)
    assert totals(read("Date;Ticket;Article;Total;CB\n05/03/2022 08:41;5;X;1,00;1,00", profile))


def test_extra_amounts_are_lines_of_their_own(read):
    extra = [
        {"column": "Pourboire", "nature": "tip"},
        {"column": "Service", "label": "Service à table", "nature": "services", "vat": "10.00"},
    ]
    profile = made_profile({"extra": extra, "kinds": KINDS}, kind="Type")
    (found, back) = read(
        rows(
            "Date;Ticket;Article;Total;Pourboire;Service;Type",
            "05/03/2022 08:41;5;X;10,00;2,00;1,00;Vente",
            "05/03/2022 08:42;6;X;-10,00;-2,00;0,00;Retour",
        ),
        profile,
    )
    assert [(x.label, x.nature, x.total, x.vat) for x in found.lines] == [
        ("X", "goods", 1000, None),
        ("Pourboire", "tip", 200, None),
        ("Service à table", "services", 100, 1000),
    ]
    assert found.payments == (Payment("inconnu", 1300),)
    assert [line.total for line in back.lines] == [-1000, -200]


# --- taxes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "tva", "rate"),
    [
        ("9,31", "1,55", 2000),
        ("2,50", "0,13", 550),
        ("1,00", "0,00", 0),
        ("12,10", "1,10", 1000),
        ("-9,31", "-1,55", 2000),
        ("0,20", "0,03", 2000),
        ("13,06", "1,06", None),  # 8,83 %: no rate of the list
        ("0,00", "0,00", None),
    ],
)
def test_the_rate_that_a_tax_was_computed_at(read, total, tva, rate):
    profile = made_profile({"rates": RATES}, tva="TVA")
    (found,) = read(f"Date;Ticket;Article;Total;TVA\n05/03/2022 08:41;5;X;{total};{tva}", profile)
    assert found.lines[0].vat == rate


@given(st.integers(1, 10**7), st.sampled_from([2000, 1000, 550, 210]))
def test_a_rounded_tax_finds_its_rate_again_as_soon_as_it_can(total, rate):
    exact = Decimal(total) * rate / (10_000 + rate)
    found = fitting_rate(Decimal(total) / 100, Decimal(round(exact)) / 100, [2000, 1000, 550, 210])
    assert found is not None
    if total >= 40:  # from forty cents on, the taxes at two rates are a cent apart
        assert found == rate


def test_a_written_rate_stands_before_the_one_that_fits(read):
    profile = made_profile({"rates": RATES}, tva="TVA", vat="Taux")
    (found,) = read(
        "Date;Ticket;Article;Total;TVA;Taux\n05/03/2022 08:41;5;X;9,31;1,55;5,5", profile
    )
    assert found.lines[0].vat == 550


@pytest.mark.parametrize(
    ("cells", "shares", "odd"),
    [
        # 12,00 with 2,00 of tax at 20 %.
        ("12,00;2,00;", [(2000, 1200, 200)], []),
        # 12,00 at 20 % and 10,55 at 5,5 %.
        ("22,55;2,00;0,55", [(2000, 1200, 200), (550, 1055, 55)], ["rate_split"]),
        # A cent of tax is worth several of sales: what is left over goes to the lower rate.
        ("22,60;2,00;0,55", [(2000, 1200, 200), (550, 1060, 55)], ["rate_split"]),
        # More than that was sold without tax.
        ("30,00;2,00;", [(2000, 1200, 200), (0, 1800, 0)], ["rate_split"]),
        ("5,00;0,00;", [(0, 500, 0)], []),
        ("-12,00;-2,00;", [(2000, -1200, -200)], []),
    ],
)
def test_the_tax_at_each_rate_in_a_column_of_its_own(read, cells, shares, odd):
    profile = made_profile({"rate_columns": r"^TVA \(([0-9.,]+) ?%\)$"})
    (found,) = read(
        f"Date;Ticket;Article;Total;TVA (20.0%);TVA (5,5 %)\n05/03/2022 08:41;5;X;{cells}", profile
    )
    assert [(line.vat, line.total, line.tva) for line in found.lines] == shares
    assert list(found.findings) == odd
    assert sum(line.qty for line in found.lines) == 1


@given(
    st.integers(-(10**7), 10**7),
    st.lists(st.tuples(st.sampled_from([2000, 1000, 550, 210, 0]), st.integers(-9999, 9999))),
)
def test_the_shares_of_a_total_add_up_to_it(total, taxes):
    shares = shares_by_rate(total, taxes)
    assert sum(share.total for share in shares) == total
    assert len({share.rate for share in shares}) == len(shares) >= 1


def test_amounts_without_tax_and_the_tax_at_each_rate(read):
    profile = made_profile({"rate_columns": r"^TVA ([0-9.,]+)$", "amounts": "ht"})
    (found,) = read(
        "Date;Ticket;Article;Total;TVA 20;TVA 5,5\n05/03/2022 08:41;5;X;20,00;2,00;0,55", profile
    )
    assert [(line.vat, line.total) for line in found.lines] == [(2000, 1200), (550, 1055)]


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        ("10,00;2,00;12,00", []),
        ("2,916667;0,583333;3,50", []),
        ("10,00;2,00;12,01", ["tax_off"]),
        ("10,00;;12,01", []),
    ],
)
def test_a_source_whose_three_figures_do_not_add_up(read, cells, odd):
    profile = made_profile({}, ht="HT", tva="TVA")
    (found,) = read(f"Date;Ticket;Article;HT;TVA;Total\n05/03/2022 08:41;5;X;{cells}", profile)
    assert list(found.findings) == odd


def test_a_total_that_is_not_written_is_that_of_its_parts(read):
    profile = made_profile({"optional": ["total"]}, ht="HT", tva="TVA")
    (found,) = read("Date;Ticket;Article;HT;TVA\n05/03/2022 08:41;5;X;10,00;2,00", profile)
    assert found.lines[0].total == 1200


@pytest.mark.parametrize(("cell", "rate"), [("0,2", 2000), ("0,055", 550), ("0", 0)])
def test_rates_as_a_part_of_one(read, cell, rate):
    profile = made_profile({"vat_form": "fraction"}, vat="Taux")
    (found,) = read(f"Date;Ticket;Article;Total;Taux\n05/03/2022 08:41;5;X;1,00;{cell}", profile)
    assert found.lines[0].vat == rate


# --- columns and rows ----------------------------------------------------------------------------


def test_a_column_may_have_several_names(read):
    profile = made_profile({"columns": {"total": ["Montant", "Total"], "number": ["N°", "Ticket"]}})
    assert totals(read(MARKET + "05/03/2022 08:41;5;X;1,00\n", profile)) == {"5": 100}
    other = "Date;N°;Article;Montant\n05/03/2022 08:41;6;X;2,00\n"
    assert totals(read(other, profile)) == {"6": 200}
    with pytest.raises(Exception, match="colonne absente : « Montant »"):
        read("Date;N°;Article\n05/03/2022 08:41;6;X\n", profile)


def test_rows_skipped_by_a_field_whatever_its_column(read):
    skip = [{"field": "status", "pattern": "^ANNUL"}]
    profile = made_profile({"skip": skip, "optional": ["status"]}, status="État")
    text = "Date;Ticket;Article;Total;État\n"
    text += "05/03/2022 08:41;5;X;1,00;Payé\n05/03/2022 08:42;6;X;1,00;Annulé\n"
    assert totals(read(text, profile)) == {"5": 100}
    assert totals(read(MARKET + "05/03/2022 08:41;7;X;1,00\n", profile)) == {"7": 100}


@pytest.mark.parametrize("note", ["Export du soir;;;", ";;Édité par Léa;", "  ;;   ;"])
def test_a_note_alone_on_its_row_is_no_sale(read, note):
    items = read(MARKET + f"05/03/2022 08:41;5;X;1,00\n{note}\n", made_profile())
    assert totals(items) == {"5": 100}
    assert reasons(items) == {}


@pytest.mark.parametrize("cells", ["05/03/2022 08:42;;;", "note;6;;", ";;;2,00"])
def test_what_may_be_left_of_a_sale_is_told(read, cells):
    items = read(MARKET + f"05/03/2022 08:41;5;X;1,00\n{cells}\n", made_profile())
    assert list(reasons(items)) == [3]


def test_of_two_encodings_the_one_in_which_the_whole_file_can_be_read(read):
    profile = made_profile({"encoding": ["utf-8", "cp1252"]})
    row = "05/03/2022 08:41;5;Thé;1,00\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        (found,) = read((MARKET + row).encode(encoding), profile)
        assert found.lines[0].label == "Thé"
    far = MARKET + "05/03/2022 08:41;5;The;1,00\n" * 50_000 + row
    assert len(read(far.encode("cp1252"), profile)[0].lines) == 50_001


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("44421", "2021-08-13T00:00:00+02:00"),
        ("44421,03319784722", "2021-08-13T00:47:48+02:00"),
        ("44421 0.5", "2021-08-13T12:00:00+02:00"),
        ("25569", "1970-01-01T00:00:00+01:00"),
    ],
)
def test_the_days_that_a_spreadsheet_counts(read, text, moment):
    profile = made_profile({"moments": ["serial", "%d/%m/%Y"]})
    (found,) = read(MARKET + f"{text};5;X;1,00\n", profile)
    assert found.at.isoformat() == moment


@pytest.mark.parametrize("text", ["12", "99999", "44421 1 1", "44421,,5", "1e5"])
def test_numbers_that_are_no_day(read, text):
    profile = made_profile({"moments": ["serial"]})
    assert "date ou heure illisible" in reasons(read(MARKET + f"{text};5;X;1,00\n", profile))[2]


def test_a_day_that_one_form_lacks_is_read_by_the_next(read):
    profile = made_profile({"moments": ["%d/%m/%Y", "%m/%d/%Y"]})
    days = [item.day.isoformat() for item in read(MARKET + "03/25/2022;5;X;1,00\n", profile)]
    assert days == ["2022-03-25"]


# --- currency ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "sign"),
    [
        ("4,50 €", "EUR", ""),
        ("EUR 4,50", "EUR", ""),
        ("4,50", "EUR", ""),
        ("$4,50", "EUR", "$"),
        ("-$4,50", "EUR", "$"),
        ("(£4,50)", "EUR", "£"),
        ("4,50 CHF", "EUR", "CHF"),
        ("45,00 kr.", "EUR", "kr."),
        ("45,00 kr", "DKK", ""),
        ("$4,50", "USD", ""),
        ("4,50 €", "USD", "€"),
    ],
)
def test_an_amount_with_another_sign_is_taken_and_told(read, amount, currency, sign):
    profile = made_profile({"currency": currency})
    (found,) = read(rows(MARKET.strip(), f"05/01/2026 10:00;1;VASE;{amount}"), profile)
    assert abs(found.lines[0].total) in (450, 4500)
    assert found.findings == ((f"currency {sign}",) if sign else ())


def test_another_sign_is_told_once_a_ticket_wherever_it_stands(read):
    profile = made_profile(
        {"extra": [{"column": "Pourboire", "nature": "tip"}]}, discount="Remise", qty="Qté"
    )
    lines = [
        "05/01/2026 10:00;1;VASE;1;4,50 €;$0,50;",
        "05/01/2026 10:00;1;POT;1;$4,50;;",
        "05/01/2026 11:00;2;VASE;1;4,50 €;;£1,00",
        "05/01/2026 12:00;3;VASE $;1;4,50 €;;",
    ]
    items = read(rows("Date;Ticket;Article;Qté;Total;Remise;Pourboire", *lines), profile)
    assert [item.findings for item in items] == [("currency $",), ("currency £",), ()]


@pytest.mark.parametrize(
    ("named", "currency", "is_taken"),
    [
        ("EUR", "EUR", True),
        ("eur", "EUR", True),
        ("€", "EUR", True),
        ("", "EUR", True),
        ("CHF", "EUR", False),
        ("$", "EUR", False),
        ("DKK", "DKK", True),
        ("EUR", "DKK", False),
    ],
)
def test_a_row_that_names_another_currency_refuses_its_ticket(read, named, currency, is_taken):
    profile = made_profile({"currency": currency}, currency="Devise")
    header = "Date;Ticket;Article;Total;Devise"
    items = read(rows(header, f"05/01/2026 10:00;1;VASE;4,50;{named}"), profile)
    if is_taken:
        assert (reasons(items), items[0].findings) == ({}, ())
    else:
        assert "autre devise" in reasons(items)[2]
