"""Tickets in workbooks: cells as spreadsheets keep them, and books that must not be opened."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UnreadableFile
from app.formats import workbook_guard
from app.formats.amounts import number_reader
from app.formats.profile import Profile
from app.formats.profile_files import find_profile
from app.formats.profile_reading import load_profile
from app.formats.read_tickets import read_tickets
from app.formats.rejected import Rejected
from app.formats.workbook_rows import cell_text
from tests.formats.samples import MARKET, MARKET_KEYS, PROFILES, made_profile, reasons, totals

HEADER = ["Date", "Ticket", "Article", "Total"]


def book_profile(**changes) -> Profile:
    """The market's profile for a workbook."""
    data = {**MARKET_KEYS, "format": "spreadsheet", "moments": ["iso", "%d/%m/%Y %H:%M", "serial"]}
    return load_profile({**data, **changes}, "marche")


def read(path: Path, profile: Profile | None = None, **more):
    return list(
        read_tickets(path, profile or book_profile(), **{"till": None, "drawer": None, **more})
    )


def book(path: Path, write, **options) -> Path:
    """A workbook made by `write(workbook, sheet)` under the usual header."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, options) as made:
        sheet = made.add_worksheet("Ventes")
        sheet.write_row(0, 0, HEADER)
        write(made, sheet)
    return path


# --- cells ---------------------------------------------------------------------------------------


def test_numbers_dates_and_texts_of_cells(tmp_path):
    def write(made, sheet):
        day = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        at = datetime(2022, 3, 5, 8, 41, 7, 400_000)
        sheet.write_datetime(1, 0, at, day)
        sheet.write_row(1, 1, [5, "Thé\nvert", 1.1])
        sheet.write_row(2, 0, ["05/03/2022 08:42", "6", 'Pain "bio", tranché', "1 234,50 €"])
        sheet.write_row(3, 0, [44625.5, 7, True, 9.720000000000001])  # a day without its form
        sheet.write_row(4, 0, ["05/03/2022 08:44", 8, "", -0.005])

    items = read(book(tmp_path / "ventes.xlsx", write))
    assert totals(items) == {"5": 110, "6": 123450, "7": 972, "8": -1}
    assert [item.at.strftime("%d/%m/%Y %H:%M:%S") for item in items] == [
        "05/03/2022 08:41:07",
        "05/03/2022 08:42:00",
        "05/03/2022 08:44:00",
        "05/03/2022 12:00:00",
    ]
    assert [item.lines[0].label for item in items] == ["Thé vert", 'Pain "bio", tranché', "", "oui"]


def test_a_workbook_shown_in_another_currency_is_taken_and_each_ticket_says_so(tmp_path):
    def sold(sign: str):
        def write(made, sheet):
            money = made.add_format({"num_format": f"#,##0.00 {sign}"})
            sheet.write_row(1, 0, ["2026-01-05", "1", "VASE"])
            sheet.write_number(1, 3, 45.0, money)
            sheet.write_row(2, 0, ["2026-01-05", "2", "VASE", 5.0])

        return write

    def taken(sign: str, **changes):
        items = read(book(tmp_path / "livre.xlsx", sold(sign)), book_profile(**changes))
        assert totals(items) == {"1": 4500, "2": 500}
        return [item.findings for item in items]

    for sign, shown in (("[$kr.-406]", "kr."), ('"CHF"', "CHF"), ("[$$-409]", "$")):
        assert taken(sign) == [(f"currency {shown}",)] * 2
    for sign in ("[$€-40C]", '"€"', "[$-40C]", '"pièces"'):
        assert taken(sign) == [(), ()]
    assert taken("[$kr.-406]", currency="DKK") == [(), ()]


def test_a_formula_is_what_was_last_computed(tmp_path):
    def write(made, sheet):
        sheet.write_row(1, 0, ["05/03/2022 08:41", 5, "X"])
        sheet.write_formula(1, 3, "=1+1.5", value=2.5)
        sheet.write_row(2, 0, ["05/03/2022 08:42", 6, "X"])
        sheet.write_formula(2, 3, "=NA()", value="#N/A")

    items = read(book(tmp_path / "ventes.xlsx", write))
    assert totals(items) == {"5": 250}
    assert reasons(items) == {3: "ni total ni prix sur la ligne"}


def test_cells_merged_downwards_say_the_same_of_each_row_but_no_amount(tmp_path):
    def write(made, sheet):
        sheet.merge_range(1, 0, 3, 0, "05/03/2022 08:41")
        sheet.merge_range(1, 1, 3, 1, 5)
        sheet.merge_range(1, 3, 2, 3, 7)
        sheet.write_column(1, 2, ["A", "B", "C"])
        sheet.write(3, 3, 2)
        sheet.merge_range(5, 0, 5, 3, "Merci de votre visite")

    items = read(book(tmp_path / "ventes.xlsx", write))
    assert reasons(items)[3] == "ni total ni prix sur la ligne"  # an amount is not repeated
    assert list(reasons(items)) == [2, 3, 4]


def test_a_refused_line_bears_the_number_that_excel_shows(tmp_path):
    def write(made, sheet):
        sheet.write_row(1, 0, ["05/03/2022 08:41", 5, "X", 1])
        sheet.write_row(9, 0, ["hier", 6, "X", 1])

    items = read(book(tmp_path / "ventes.xlsx", write))
    assert totals(items) == {"5": 100}
    assert list(reasons(items)) == [10]


def test_titles_an_empty_margin_and_the_sheet_that_fits(tmp_path):
    import xlsxwriter

    path = tmp_path / "ventes.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Notes").write(0, 0, "rien")
        sheet = made.add_worksheet("Mars")
        sheet.write(3, 2, "Ventes de mars")
        sheet.write_row(5, 2, HEADER)
        sheet.write_row(6, 2, ["05/03/2022 08:41", 5, "X", 1])
        other = made.add_worksheet("Avril")
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, ["05/04/2022 08:41", 6, "X", 2])
    assert totals(read(path)) == {"5": 100}
    assert totals(read(path, book_profile(sheet="Avril"))) == {"6": 200}


def test_dates_counted_from_1904(tmp_path):
    def write(made, sheet):
        day = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_datetime(1, 0, datetime(2022, 3, 5, 8, 41), day)
        sheet.write_row(1, 1, [5, "X", 1])

    (found,) = read(book(tmp_path / "ventes.xlsx", write, date_1904=True))
    assert found.at.isoformat() == "2022-03-05T08:41:00+01:00"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_comes_back_from_its_cell_to_the_cent(amount):
    for mark in (",", "."):
        assert number_reader(mark)(cell_text(float(amount), mark)) == amount


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (4618.0, "4618"),
        (1e15, "1000000000000000"),
        (1.5e-7, "0,00000015"),
        (float("inf"), "inf"),
        (True, "oui"),
        (time(9, 5, 7, 900), "09:05:07"),
        (timedelta(hours=9, minutes=5), "09:05:00"),
        (timedelta(days=2), "2 days, 0:00:00"),
        (datetime(2022, 3, 5), "2022-03-05"),
        (datetime(2022, 3, 5, 23, 59, 59, 700_000), "2022-03-06"),
        (datetime(2022, 3, 5).date(), "2022-03-05"),
    ],
)
def test_a_cell_as_a_till_would_have_written_it(cell, text):
    assert cell_text(cell, ",") == text


# --- the right kind of file -----------------------------------------------------------------------


def test_a_workbook_under_the_profile_of_a_text_is_told_with_those_that_read_it(tmp_path):
    path = book(tmp_path / "v.xlsx", lambda made, sheet: sheet.write_row(1, 0, ["x", 1, "X", 1]))
    known = [made_profile(), book_profile()]
    with pytest.raises(UnreadableFile, match="profil marche : choisissez-le"):
        read(path, made_profile(), known=known)
    with pytest.raises(UnreadableFile, match="exportez les tickets en CSV"):
        read(path, made_profile())


def test_a_text_under_the_profile_of_a_workbook(tmp_path):
    path = tmp_path / "ventes.xlsx"
    path.write_text(MARKET + "05/03/2022 08:41;5;X;1,00\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="profil marche : choisissez-le"):
        read(path, known=[made_profile(), book_profile()])
    with pytest.raises(UnreadableFile, match="n'est pas un classeur Excel"):
        read(path)


def test_an_old_or_locked_workbook_is_told_what_to_do(tmp_path):
    path = tmp_path / "ventes.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(UnreadableFile, match=r"enregistrez-le en \.xlsx sans mot de passe"):
        read(path)


def test_a_workbook_of_another_till(tmp_path):
    path = book(tmp_path / "v.xlsx", lambda made, sheet: sheet.write_row(1, 0, ["x", 1, "X", 1]))
    zettle = find_profile("zettle", [PROFILES])
    with pytest.raises(UnreadableFile, match="il correspond au profil marche"):
        read(path, zettle, known=[book_profile(), zettle])


def test_a_workbook_without_a_ticket(tmp_path):
    with pytest.raises(UnreadableFile, match="ne contient aucun ticket"):
        read(book(tmp_path / "v.xlsx", lambda made, sheet: None))


# --- books that must not be opened ----------------------------------------------------------------


def rezipped(path: Path, changes: dict[str, bytes], **options) -> Path:
    """The workbook with other members, or more of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            if item.filename not in changes:
                target.writestr(item.filename, source.read(item))
        for name, content in changes.items():
            target.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.fixture
def sound(tmp_path) -> Path:
    """A small workbook with one ticket."""
    return book(
        tmp_path / "v.xlsx",
        lambda made, sheet: sheet.write_row(1, 0, ["05/03/2022 08:41", 5, "X", 1]),
    )


SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row>'
TEXTS = "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    "changes",
    [
        {SHEET: sheet_xml(FAR + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')},
        {SHEET: sheet_xml(f"{FAR}<row r='9'><c s='1'  r = 'ZZZ9'><v>1</v></c></row>")},
        {SHEET: sheet_xml(f'<row>{"<c><v>1</v></c>" * 1001}</row>')},
        {SHEET: sheet_xml(FAR + '<row r="900000"><c r="J900000"><v>1</v></c></row>')},
        {SHEET: b" " * (workbook_guard.MAX_BYTES + 1)},
        {
            TEXTS: b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>",
            SHEET: sheet_xml('<row>' + '<c t="s"><v>0</v></c>' * 900 + "</row>" * 1).replace(
                b"</row>", b"</row>" + b'<row><c t="s"><v>0</v></c></row>' * 9_000
            ),
        },
        {f"xl/worksheets/sheet{n}.xml": sheet_xml(FAR.replace("A1", "IV1") + '<row r="9000">'
            '<c r="A9000"><v>1</v></c></row>') for n in range(1, 4)},
    ],
    ids=["corner", "quotes", "wide", "tall", "bytes", "texts", "sheets"],
)  # fmt: skip
def test_a_book_that_becomes_too_large_is_refused_unread(sound, changes):
    rezipped(sound, changes)
    assert sound.stat().st_size < 2_000_000
    with pytest.raises(UnreadableFile, match="est trop grand pour être lu"):
        read(sound)


def test_a_member_that_lies_about_its_size_is_never_unpacked_whole(sound, monkeypatch):
    rezipped(sound, {SHEET: b" " * 5_000_000})
    data = bytearray(sound.read_bytes())
    size = (5_000_000).to_bytes(4, "little")
    place = data.rindex(size)
    data[place : place + 4] = (100).to_bytes(4, "little")
    sound.write_bytes(bytes(data))
    with pytest.raises(UnreadableFile, match="n'est pas un classeur Excel"):
        read(sound)


@pytest.mark.parametrize("keep", [4, 30, 200, 900])
def test_a_book_cut_short(sound, keep):
    os.truncate(sound, keep)
    with pytest.raises(UnreadableFile, match="n'est pas un classeur Excel"):
        read(sound)


@pytest.mark.parametrize(
    "changes",
    [
        {SHEET: b"<worksheet"},
        {SHEET: b"\xff\xfe<\0w\0"},
        {"xl/workbook.xml": b"<workbook/>"},
        {"xl/workbook.xml": b""},
        {TEXTS: b"<sst><si>"},
        {"xl/_rels/workbook.xml.rels": b"<Relationships/>"},
    ],
)
def test_a_book_whose_inside_is_damaged(sound, changes):
    """Refused in one sentence, or read as far as it goes: never a fault."""
    rezipped(sound, changes)
    items, sentence = [], "."
    try:
        items = read(sound)
    except UnreadableFile as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert all(isinstance(item, Rejected) for item in items)


def test_an_archive_that_is_no_workbook(tmp_path):
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    with pytest.raises(UnreadableFile, match="n'est pas un classeur Excel"):
        read(path)


def test_a_book_of_many_rows_is_read_whole(tmp_path):
    def write(made, sheet):
        for row in range(1, 5_001):
            sheet.write_row(row, 0, ["05/03/2022 08:41", row, "X", 1])

    path = book(tmp_path / "v.xlsx", write)
    assert len(totals(read(path))) == 5_000
