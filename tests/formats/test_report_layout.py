"""The layout keeps its promises whatever a report holds: the width, every figure, every word."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.bootstrap import assets_folder
from app.domain.money import euros
from app.domain.report import Amount, Report, Row, Section
from app.formats.report_escpos import CODE_PAGES, printable, report_escpos
from app.formats.report_lines import cell_text
from app.formats.report_pdf import report_pdf
from app.formats.report_text import plain, report_text
from tests.printers.paper_printer import Reader

FONTS = assets_folder() / "fonts"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=70)
AMOUNTS = st.builds(Amount, st.integers(-(10**12), 10**12), st.booleans())


@st.composite
def rows(draw: st.DrawFn, cells: int) -> Row:
    made = st.one_of(AMOUNTS, st.integers(0, 10**6).map(str))
    held = tuple(draw(made) for _ in range(cells)) if draw(st.integers(0, 5)) else ()
    return Row(draw(TEXTS), held, draw(st.booleans()), draw(st.booleans()))


@st.composite
def sections(draw: st.DrawFn) -> Section:
    cells = draw(st.integers(1, 4))
    heads = tuple(f"Col{n}" for n in range(cells + 1)) if cells > 1 or draw(st.booleans()) else ()
    return Section(draw(TEXTS), tuple(draw(st.lists(rows(cells), max_size=5))), heads)


REPORTS = st.builds(
    Report,
    st.just("Z"),
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(sections(), max_size=3).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)


def amounts_of(report: Report) -> list[str]:
    """Every amount of a report, as digits."""
    return [
        digits(cell_text(cell, ""))
        for section in report.sections
        for row in section.rows
        for cell in row.cells
        if isinstance(cell, Amount)
    ]


def digits(text: str) -> str:
    return re.sub(r"[^0-9,-]", "", text.replace("\u2212", "-"))


@given(REPORTS, st.sampled_from([24, 32, 42, 48]))
def test_no_line_is_too_long_and_no_amount_is_lost(report: Report, width: int):
    text = report_text(report, width)
    assert max(len(line) for line in text.split("\n")) <= width
    written = digits(text)
    assert all(amount in written for amount in amounts_of(report))


@given(REPORTS, st.sampled_from(sorted(CODE_PAGES)), st.sampled_from([42, 48]))
def test_paper_takes_any_sign(report: Report, code_page: str, width: int):
    reader = Reader()
    reader.feed(report_escpos(report, width, code_page))
    assert reader.unknown == []
    ticket = reader.tickets[0]
    assert ticket.cut
    assert max(len(line) for line in ticket.lines) <= width
    written = digits(ticket.text)
    assert all(amount in written for amount in amounts_of(report))


@pytest.mark.ci
@settings(deadline=None)
@given(REPORTS)
def test_a_pdf_takes_any_sign(report: Report):
    reader = PdfReader(io.BytesIO(report_pdf(report, FONTS)))
    written = digits(" ".join(page.extract_text() for page in reader.pages))
    assert all(amount in written for amount in amounts_of(report))


def test_signs_that_a_page_lacks_become_like_ones():
    page = CODE_PAGES["cp858"]
    assert printable("Œuf d’œil — Łódź → 5 ☕", page) == "OEuf d'oeil - ?ódz > 5 ?"
    assert printable("« 12,50 € » n° 1", page) == "« 12,50 € » n° 1"
    assert printable("« 12,50 € »", CODE_PAGES["ascii"]) == '" 12,50 EUR "'


def test_amounts_side_by_side_have_no_currency():
    report = Report(
        "Z",
        "T",
        (),
        (),
        (),
        (
            Section("A", (Row("x", (Amount(100), Amount(200))),), ("", "HT", "TTC")),
            Section("B", (Row("y", (Amount(-300, signed=True),)), Row("z", (Amount(5, True),)))),
        ),
        (),
    )
    assert report_text(report, 24).splitlines()[2:7] == [
        "A",
        "               HT    TTC",
        "x            1,00   2,00",
        "------------------------",
        "B",
    ]
    assert "y                -3,00 €" in report_text(report, 24)
    assert "z                +0,05 €" in report_text(report, 24)


def test_a_long_report_goes_on_on_the_next_page():
    families = tuple(Row(f"FAMILLE {n:03d}", ("1", Amount(n))) for n in range(1, 151))
    report = Report(
        "Z",
        "Ticket Z n° 1 (G000001) — GÉNÉRALE",
        ("Boulangerie",),
        ("SIMULATION",),
        (),
        (Section("Par famille", families, ("Famille", "Qté", "Total")),),
        ("Empreinte",),
    )
    reader = PdfReader(io.BytesIO(report_pdf(report, FONTS)))
    pages = [plain(page.extract_text()) for page in reader.pages]
    assert len(pages) == 2
    assert all("SIMULATION" in page and f"page {n}/2" in page for n, page in enumerate(pages, 1))
    assert all(f"FAMILLE {n:03d}" in "".join(pages) for n in range(1, 151))
    assert all(page.count("Famille") >= 2 for page in pages)  # its heads again


def test_control_signs_do_nothing_on_paper():
    report = Report("Z", "a\x1b@b\x1dVc\nd", (), (), (), (), ())
    reader = Reader()
    reader.feed(report_escpos(report, 42, "cp858"))
    assert reader.tickets[0].lines[0] == "a @b Vc d"
    assert len([ticket for ticket in reader.tickets if ticket.cut]) == 1
    assert euros(1) == "0,01\u00a0€"
