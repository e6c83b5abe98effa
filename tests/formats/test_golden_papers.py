"""The Z in its three renderings, against files that a person has read.

The PDF is compared by the words on its pages; what it looks like is judged as a picture.
"""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.bootstrap import assets_folder
from app.domain.moments import business_day
from app.domain.report import Amount, Report, Row, Section
from app.domain.settings import day_change_of
from app.formats.report_escpos import CODE_PAGES, printable, report_escpos
from app.formats.report_lines import lines_of
from app.formats.report_pdf import report_pdf
from app.formats.report_text import plain, report_text
from app.services.closures import show_closure
from app.services.monthly_recap import monthly_recap
from app.services.recap_report import recap_report
from app.services.settings import load_settings
from app.services.z_report import Edition, z_report
from tests.conftest import Cloture
from tests.golden_files import is_golden
from tests.paper_day import run_the_day
from tests.printers.paper_printer import Reader
from tests.shops import moment, shop_in

LATER = "2021-01-04T09:00"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The reports of the day: its two closures, a duplicate of a simulation, the month."""
    return {**_papers(tmp_path_factory.mktemp("vraie")), **_trial(tmp_path_factory.mktemp("essai"))}


def _papers(folder: Path) -> dict[str, Report]:
    run_the_day(folder / "boutique")
    with shop_in(folder / "boutique", LATER) as shop:
        settings = load_settings(shop)
        day = business_day(moment(LATER), day_change_of(settings))
        recap = monthly_recap(shop, "2021-01", day)
        return {
            "z-general": _z(shop, "G000001", 1),
            "z-caisse": _z(shop, "C1.1-000001", 1),
            "recap": recap_report(recap, settings, moment(LATER), simulation=False),
        }


def _trial(folder: Path) -> dict[str, Report]:
    run_the_day(folder / "boutique", simulation=True)
    with shop_in(folder / "boutique", LATER, simulation=True) as shop:
        return {"z-simulation": _z(shop, "C1.1-000001", 3)}


def _z(shop: Any, closure_id: str, edition: int) -> Report:
    body = show_closure(shop, closure_id)
    return z_report(body, load_settings(shop), Edition(edition, moment(LATER)))


@pytest.mark.parametrize("width", [42, 48])
@pytest.mark.parametrize("name", ["z-general", "z-caisse", "z-simulation", "recap"])
def test_as_text(papers: dict[str, Report], name: str, width: int):
    text = report_text(papers[name], width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert is_golden(f"{name}-{width}.txt", text)


@pytest.mark.parametrize("code_page", ["cp858", "cp1252", "ascii"])
@pytest.mark.parametrize("width", [42, 48])
@pytest.mark.parametrize("name", ["z-general", "z-caisse", "z-simulation"])
def test_on_paper_it_says_the_same(
    papers: dict[str, Report], name: str, width: int, code_page: str
):
    reader = Reader()
    reader.feed(report_escpos(papers[name], width, code_page))
    ticket = reader.tickets[0]
    assert reader.unknown == []
    assert ticket.cut
    golden = report_text(papers[name], width).splitlines()
    if code_page == "ascii":
        assert is_golden(f"{name}-{width}-ascii.txt", ticket.text)
    else:
        page = CODE_PAGES[code_page]
        assert ticket.lines == [printable(line, page) for line in golden]
    strong = [plain(x.text) for x in lines_of(papers[name], width) if x.strong]
    assert [line.split()[0] for line in ticket.strong] == [
        printable(line.split()[0], CODE_PAGES[code_page]) for line in strong
    ]
    total = next(line for line in ticket.tall if line.startswith("TOTAL TTC"))
    assert total in ticket.strong


@pytest.mark.parametrize("name", ["z-general", "z-caisse", "z-simulation", "recap"])
def test_as_pdf(papers: dict[str, Report], name: str):
    data = report_pdf(papers[name], assets_folder() / "fonts")
    assert data == report_pdf(papers[name], assets_folder() / "fonts")
    reader = PdfReader(io.BytesIO(data))
    pages = [page.extract_text() for page in reader.pages]
    words = "\n\n".join(f"[page {n}]\n{plain(page)}" for n, page in enumerate(pages, 1))
    assert is_golden(f"{name}-pdf.txt", words)
    assert reader.metadata is not None
    assert reader.metadata.title == papers[name].title
    assert _fonts(reader) == {"ClotureSans-Regular", "ClotureSans-Bold"}


def test_an_ordinary_day_fits_one_page(cloture: Cloture, tmp_path: Path):
    # A bakery's whole day: two tills, three drawers, four sellers, thirteen hours, all counted.
    cloture.now = moment("2026-11-24T20:30")
    cloture.done("demo", "--days", "2")
    counts = {
        drawer: {"tenders": {"especes": 40_000, "cb": 30_000}, "left": 15_000, "banked": 25_000}
        for drawer in ("1/1", "1/2", "2/1")
    }
    (tmp_path / "comptage.json").write_text(json.dumps(counts))
    made = cloture.done("close", "general", "--count", tmp_path / "comptage.json")
    assert len(made["figures"]["hours"]) >= 12
    pdf = cloture.done("z", made["id"], "--pdf", tmp_path / "z.pdf")["pdf"]["file"]
    assert len(PdfReader(pdf).pages) == 1


def test_what_no_closeness_brings_onto_one_page_is_set_wide():
    rows = tuple(Row(f"Famille {n}", (Amount(n),)) for n in range(300))
    long = Report("z", "Z", (), (), (), sections=(Section("Par famille", rows),), foot=())
    short = replace(long, sections=(Section("Par famille", rows[:10]),))
    sizes = []
    for report in (long, short):
        reader = PdfReader(io.BytesIO(report_pdf(report, assets_folder() / "fonts")))
        sizes.append(_sizes(reader, "Famille 3"))
    assert sizes[0] == sizes[1] == {8.8}


def _sizes(reader: PdfReader, words: str) -> set[float]:
    """The sizes in which these words stand on the pages."""
    found: set[float] = set()

    def visit(text: str, _cm: Any, _tm: Any, _font: Any, size: Any) -> None:
        if text.strip() == words:
            found.add(float(size))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def _fonts(reader: PdfReader) -> set[str]:
    """The fonts that any visible word is written in; the embedded ones bear a prefix."""
    found: set[str] = set()

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        if text.strip() and font:
            prefix, _, name = str(font["/BaseFont"]).partition("+")
            found.add(name or prefix)

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found
