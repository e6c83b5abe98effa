"""Rows of a CSV export into tickets: grouping, amounts, refunds, and rows that can't be read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.formats.rejected import Rejected
from tests.formats.samples import BAKERY, MARKET, made_profile, reasons, rows, same, totals


def test_rows_of_one_number_make_one_ticket_with_its_equal_rows_kept(read):
    items = read(
        BAKERY
        + '2022-03-05,08:41,7001.0,BAGUETTE,1.0,"0,95 €"\n'
        + '2022-03-05,08:41,7001.0,"TARTE, POIRES  AMANDES",2.0,"2,35 €"\n'
        + '2022-03-05,08:41,7001.0,BAGUETTE,1.0,"0,95 €"\n'
        + '2022-03-05,08:43,7002.0,SUCETTE,-3.0,"0,40 €"\n',
        "boulangerie",
    )
    baguette = {"label": "BAGUETTE", "family": "PAIN", "unit": 95, "total": 95, "vat": "5.50"}
    tart = {
        **{"label": "TARTE, POIRES  AMANDES", "family": "PATISSERIE", "qty": "2"},
        **{"unit": 235, "total": 470, "vat": "5.50"},
    }
    same(
        items[0],
        {
            **{"till": "1", "number": "7001", "at": "2022-03-05T08:41:00+01:00"},
            "lines": [baguette, tart, baguette],
            "payments": [{"method": "inconnu", "amount": 660}],
        },
    )
    same(
        items[1],
        {
            **{"till": "1", "number": "7002", "at": "2022-03-05T08:43", "kind": "refund"},
            "lines": [
                {
                    **{"label": "SUCETTE", "family": "CONFISERIE", "qty": "-3"},
                    **{"unit": 40, "total": -120, "vat": "20.00"},
                }
            ],
            "payments": [{"method": "inconnu", "amount": -120}],
        },
    )


def test_an_article_no_pattern_knows_takes_the_default_and_is_a_finding(read):
    text = (
        BAKERY + '2022-03-05,08:41,7001.0,{0},1.0,"0,95 €"\n2022-03-05,08:41,7001.0,{0},2.0,"1 €"'
    )
    (unknown,) = read(text.format("ZZZ"), "boulangerie")
    assert unknown.findings == ("unknown_article", "unknown_article")
    assert [(row.family, row.vat) for row in unknown.lines] == [("DIVERS", 550)] * 2
    (known,) = read(text.format("Pâin  dé mie"), "boulangerie")
    assert known.findings == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("32/03/2022 08:41;5;X;1,00", "date ou heure illisible : « 32/03/2022 08:41 »"),
        ("05/03/0000 08:41;5;X;1,00", "date ou heure illisible"),
        ("05/03/9999 08:41;5;X;1,00", "date ou heure illisible"),
        (";5;X;1,00", "date ou heure illisible"),
        ("05/03/2022 08:41;5;X;NaN", "total illisible : « NaN »"),
        ("05/03/2022 08:41;5;X;1e400", "total illisible"),
        ("05/03/2022 08:41;5;X;Infinity", "total illisible"),
        ("05/03/2022 08:41;5;X;1,2,3", "total illisible"),
        ("05/03/2022 08:41;5;X;--1", "total illisible"),
        ("05/03/2022 08:41;5;X;1.5", "total illisible"),
        ("05/03/2022 08:41;5;X;99999999999,00", "montant trop grand"),
        ("05/03/2022 08:41;5;X;", "ni total ni prix"),
        ("05/03/2022 08:41;5;X", "3 colonnes au lieu de 4"),
        ("05/03/2022 08:41;5;X;1,00;9", "5 colonnes au lieu de 4"),
        ("05/03/2022 08:41;5;" + "X" * 1001 + ";1,00", "libellé trop long"),
        ("05/03/2022 08:41;" + "5" * 1001 + ";X;1,00", "démesuré"),
        ('05/03/2022 08:41;"5;X;1,00', "guillemet ouvert et jamais fermé"),
        ("05/03/2022 08:41;5;X\ry;1,00", "ligne CSV illisible"),
        ("05/03/2022 08:41;5;X;1,00" + " " * 2**20, "la ligne dépasse 1 Mio"),
    ],
    ids=lambda text: text[:50],
)
def test_a_row_that_cannot_be_read_is_refused_alone(read, row, reason):
    items = read(
        f"{MARKET}05/03/2022 08:40;4;X;1,00\n{row}\n05/03/2022 08:42;6;X;2,00\n", made_profile()
    )
    assert totals(items) == {"4": 100, "6": 200}
    assert list(reasons(items)) == [3]
    assert reason in reasons(items)[3]
    assert next(i for i in items if isinstance(i, Rejected)).text == row[:2000]


@pytest.mark.parametrize(
    ("bad", "kept"),
    [
        # The bad row names its ticket, which is refused with all its rows.
        (["05/03/2022 08:41;5;X;1,00", "05/03/2022 08:41;5;Y;oups"], []),
        (["05/03/2022 08:41;5;X;1,00", "??;5;Y;2,00"], []),
        (["??;5;Y;2,00", "05/03/2022 08:41;5;X;1,00"], []),
        (["05/03/2022 08:41;5;X;1,00", "05/03/2022 08:41;5;Y"], []),
        # It names none, but stands between two of a ticket's rows.
        (["05/03/2022 08:41;5;X;1,00", "@@@", "05/03/2022 08:41;5;Y;2,00"], []),
        # It names none, and stands between two tickets.
        (["05/03/2022 08:41;5;X;1,00", "@@@", "05/03/2022 08:42;8;Y;2,00"], ["5", "8"]),
    ],
)
def test_a_ticket_is_never_taken_in_part(read, bad, kept):
    items = read(
        rows(MARKET[:-1], "04/03/2022 08:40;4;X;1,00", *bad, "05/03/2022 08:43;9;Z;3,00"),
        made_profile(),
    )
    assert list(totals(items)) == ["4", *kept, "9"]
    refused = reasons(items)
    lost = [3 + place for place in range(len(bad))]
    assert sorted(refused) == ([4] if kept else lost)


def test_a_file_cut_in_the_middle_of_a_row_costs_that_ticket(read):
    whole = rows(
        MARKET[:-1],
        "05/03/2022 08:40;4;X;1,00",
        "05/03/2022 08:41;5;X;1,00",
        "05/03/2022 08:41;5;Y;2,00",
    )
    assert totals(read(whole[:-1], made_profile())) == {"4": 100, "5": 300}
    for cut in range(len(whole) - 25, len(whole) - 6):
        assert totals(read(whole[:cut], made_profile())) == {"4": 100}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: ("\ufeff" + text).encode("utf-16-le"),
        lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-16-be"),
        lambda text: "Export du 05/03/2022\n\nBoutique;Été\n" + text,
        lambda text: text + "\n;;;\n   \n",
        lambda text: text + MARKET + "06/03/2022 08:00;7;X;0,00\n",
        lambda text: text.replace("Date;Ticket", "  DATE ;Tickét"),
        lambda text: text.replace("1,00", "1,00;;;"),
        lambda text: text + "06/03/2022;;Total du jour;3,00\n",
    ],
)
def test_oddities_of_the_file_that_change_nothing(read, change):
    text = MARKET + '05/03/2022 08:41;5;"Crème; ""brûlée""";1,00\n05/03/2022 08:42;6;Été;2,00\n'
    profile = made_profile({"skip": [{"column": "Article", "pattern": "^TOTAL"}]})
    items = read(change(text), profile)
    assert list(totals(items).values())[:2] == [100, 200]
    assert [item.lines[0].label for item in items][:2] == ['Crème; "brûlée"', "Été"]
    assert reasons(items) == {}


def test_a_cell_may_hold_line_ends_and_lines_are_still_counted(read):
    items = read(
        MARKET + '05/03/2022 08:41;5;"Thé\r\nvert";1,00\nvide\n05/03/2022 08:42;6;X;2,00\n',
        made_profile(),
    )
    assert totals(items) == {"5": 100, "6": 200}
    assert items[1].lines[0].label == "Thé\nvert"
    assert list(reasons(items)) == [4]


def test_a_quote_never_closed_costs_its_own_line_only(read):
    text = MARKET + '05/03/2022 08:41;1;"Thé;1,00\n'
    text += "".join(f"05/03/2022 09:{n:02d};{n};X;2,00\n" for n in range(2, 60))
    text += '05/03/2022 10:00;60;"Café;1,00\n'
    items = read(text, made_profile())
    assert len(totals(items)) == 58
    assert list(reasons(items)) == [2, 61]


@pytest.mark.parametrize(
    ("unnumbered", "expected"),
    [("row", [(1, 100), (2, 100), (1, 300), (1, 100)]), ("moment", [(1, 500), (1, 100)])],
)
def test_rows_without_a_number(read, unnumbered, expected):
    items = read(
        rows(
            MARKET[:-1],
            "05/03/2022 08:41;;X;1,00",
            "05/03/2022 08:41;;Y;3,00",
            "05/03/2022 08:41;;X;1,00",
            "05/03/2022 08:42;;X;1,00",
        ),
        made_profile({"unnumbered": unnumbered}),
    )
    found = [(item.rank, sum(line.total for line in item.lines)) for item in items]
    assert sorted(found) == sorted(expected)
    assert found[-1] == expected[-1]


def test_rows_of_one_number_far_apart_in_the_day_are_one_ticket_and_of_two_tills_two(read):
    profile = made_profile(till="Poste")
    items = read(
        rows(
            "Poste;" + MARKET[:-1],
            "A;05/03/2022 08:41;5;X;1,00",
            "B;05/03/2022 08:42;5;X;2,00",
            "A;05/03/2022 18:00;5;Y;4,00",
            "A;06/03/2022 08:00;5;Y;8,00",
        ),
        profile,
    )
    assert [(item.till, sum(line.total for line in item.lines)) for item in items] == [
        ("A", 500),
        ("B", 200),
        ("A", 800),
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_ticket_across_midnight_stays_whole(read, backwards):
    cells = [
        "05/03/2022 23:59;5;X;1,00",
        "06/03/2022 00:01;5;Y;2,00",
        "06/03/2022 00:02;6;X;4,00",
    ]
    items = read(rows(MARKET[:-1], *(cells[::-1] if backwards else cells)), made_profile())
    assert totals(items) == {"5": 300, "6": 400}
    assert items[0].at.isoformat() == "2022-03-05T23:59:00+01:00"


def test_till_and_drawer_stand_in_for_what_the_rows_lack(read):
    text = MARKET + "05/03/2022 08:41;5;X;1,00\n"
    assert read(text, made_profile())[0].drawer_id == "1/1"
    assert (
        read(text, made_profile({"defaults": {"till": "9", "drawer": "B"}}))[0].drawer_id == "9/B"
    )
    assert read(text, made_profile(), till="2", drawer="3")[0].drawer_id == "2/3"


bakery_rows = st.lists(
    st.tuples(
        st.integers(0, 2),  # minutes after opening
        st.sampled_from(["BAGUETTE", "ÉCLAIR, CAFÉ", "SUCETTE", "SANDWICH  THON", ' "X" ', "?"]),
        st.integers(-3, 12).filter(bool),
        st.integers(0, 5000),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(bakery_rows)
def test_any_bakery_export_reads_as_the_same_tickets_in_json(read, sold):
    families = {
        **{"BAGUETTE": ("PAIN", "5.50"), "ÉCLAIR, CAFÉ": ("PATISSERIE", "5.50")},
        **{"SUCETTE": ("CONFISERIE", "20"), "SANDWICH  THON": ("SANDWICHERIE", "10")},
    }
    text, tickets = BAKERY, {}
    for minute, label, qty, unit in sold:
        quoted = label.replace('"', '""')
        price = f"{unit // 100},{unit % 100:02d} €"
        text += f'2022-03-05,08:{minute:02d},{900 + minute}.0,"{quoted}",{qty}.0,"{price}"\n'
        family, vat = families.get(label, ("DIVERS", "5.50"))
        line = {"label": label.strip(), "family": family, "vat": vat, "qty": str(qty)}
        tickets.setdefault(minute, []).append({**line, "unit": unit, "total": unit * qty})
    items = read(text, "boulangerie")
    assert len(items) == len(tickets)
    for item, (minute, lines) in zip(items, sorted(tickets.items()), strict=True):
        totals = [line["total"] for line in lines]
        expected = {
            **{"till": "1", "number": str(900 + minute), "at": f"2022-03-05T08:{minute:02d}"},
            "kind": "refund" if min(totals) < 0 and max(totals) <= 0 else "sale",
            "lines": lines,
            "payments": [{"amount": sum(totals)}],
            "findings": ["unknown_article" for line in lines if line["family"] == "DIVERS"],
        }
        same(item, expected)


@pytest.mark.parametrize("number", ["7001.0", " 7001 ", "7001\t.0", "7001.", "7001.00"])
def test_a_ticket_number_that_a_spreadsheet_made_a_decimal(read, number):
    items = read(f'{BAKERY}2022-03-05,08:41,{number},PAIN,1.0,"0,95 €"\n', "boulangerie")
    assert list(totals(items)) == ["7001"]
