"""The Z on paper: originals and duplicates counted, a printer in trouble told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app import bootstrap
from app.formats.report_escpos import CODE_PAGES, printable
from app.formats.report_text import report_text
from app.printers import network
from app.services.closures import show_closure
from app.services.jobs import Job, run_due, waiting_jobs, wake
from app.services.settings import load_settings
from app.services.z_report import z_report
from tests.conftest import Cloture
from tests.factories import ticket
from tests.printers.paper_printer import PaperPrinter, Ticket


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperPrinter]:
    for name, seconds in (
        ("CONNECT_SECONDS", 2.0),
        ("ANSWER_SECONDS", 1.0),
        ("SEND_SECONDS", 2.0),
        ("PRINTED_SECONDS", 2.0),
    ):
        monkeypatch.setattr(network, name, seconds)
    printer = PaperPrinter()
    yield printer
    printer.close()


@pytest.fixture
def closed(cloture: Cloture, journal_file: Any, printer: PaperPrinter) -> Cloture:
    """A shop with one closure and a printer."""
    cloture.done("import", journal_file(ticket("9,00", at="2026-01-05T19:00")))
    cloture.done("settings", "set", "print.printer", "network")
    cloture.done("settings", "set", "print.address", printer.place)
    cloture.done("close", "general")
    return cloture


def marks(tickets: list[Ticket]) -> list[str]:
    """What each paper says of itself."""
    return [
        next((line.strip(" *") for line in t.lines if "DUPLICATA" in line), "original")
        for t in tickets
    ]


def run(cloture: Cloture) -> list[Job]:
    with cloture.open() as shop:
        return run_due(shop, bootstrap.FOLLOW_UPS, lambda: cloture.now)


def test_the_paper_says_what_the_terminal_says(closed: Cloture, printer: PaperPrinter):
    printed = closed.done("z", "G000001", "--print")
    assert printed["printed"] == {"editions": [1]}
    with closed.open() as shop:
        report = z_report(show_closure(shop, "G000001"), load_settings(shop))
    text = [printable(line, CODE_PAGES["cp858"]) for line in report_text(report, 42).splitlines()]
    [paper] = printer.tickets
    edited = "Édité le 05/01/2026 à 20 h 00"
    assert [line for line in paper.lines if line != edited] == text
    assert edited in paper.lines
    assert closed("z", "G000001", "--text").out == closed("z", "G000001").out


def test_the_first_is_the_original_the_others_are_numbered(closed: Cloture, printer: PaperPrinter):
    assert "1 exemplaire imprimé." in closed("z", "G000001", "--print", "--by", "Anne").out
    closed.done("settings", "set", "print.copies", "2")
    assert "(DUPLICATA n° 2)" in closed("z", "G000001", "--print").out
    assert marks(printer.tickets) == ["original", "DUPLICATA n° 1", "DUPLICATA n° 2"]
    events = [event for event in closed.done("events")["events"] if event["event"] == "edition"]
    assert [(event["text"], event["by"]) for event in events] == [
        ("Z G000001 imprimé (original)", "Anne"),
        ("Z G000001 imprimé (DUPLICATA n° 1)", ""),
        ("Z G000001 imprimé (DUPLICATA n° 2)", ""),
    ]


def test_a_z_has_one_count_of_papers_whatever_they_are_on(
    closed: Cloture, printer: PaperPrinter, tmp_path: Path
):
    first = closed.done("z", "G000001", "--pdf", tmp_path / "z.pdf")
    closed.done("z", "G000001", "--print")
    second = closed.done("z", "G000001", "--pdf", tmp_path)
    assert first["pdf"] == {"file": str(tmp_path / "z.pdf"), "edition": 1}
    assert marks(printer.tickets) == ["DUPLICATA n° 1"]
    duplicate = tmp_path / "Z-G000001-2026-01-05-duplicata-2.pdf"
    assert second["pdf"] == {"file": str(duplicate), "edition": 3}
    words = [pdf_words(path) for path in (tmp_path / "z.pdf", duplicate)]
    assert "DUPLICATA" not in words[0]
    assert "DUPLICATA n° 2" in words[1]
    texts = [e["text"] for e in closed.done("events")["events"] if e["event"] == "edition"]
    assert texts == [
        "Z G000001 édité en PDF (original)",
        "Z G000001 imprimé (DUPLICATA n° 1)",
        "Z G000001 édité en PDF (DUPLICATA n° 2)",
    ]


def test_numbers_are_the_record_s_own(closed: Cloture, printer: PaperPrinter):
    closed.done("z", "G000001", "--print")
    (closed.folder / "editions" / "2026-01.json").write_text("{", encoding="utf-8")
    closed.done("z", "G000001", "--print")
    closed.done("verify", "--rebuild")
    closed.done("z", "G000001", "--print")
    assert marks(printer.tickets) == ["original", "DUPLICATA n° 1", "DUPLICATA n° 2"]
    assert closed.done("verify")["ok"] is True


def test_a_printer_that_is_off_changes_nothing(closed: Cloture, printer: PaperPrinter):
    printer.printer, printer.paper = 0x1A, 0x72
    assert "plus de papier" in closed.refused("z", "G000001", "--print")
    printer.printer = printer.paper = 0x12
    closed.done("z", "G000001", "--print")
    assert marks(printer.tickets) == ["original"]


def test_unplugged_in_the_middle_the_next_one_is_a_duplicate(
    closed: Cloture, printer: PaperPrinter
):
    printer.unplug_after = 200
    assert "coupée pendant l'impression" in closed.refused("z", "G000001", "--print")
    printer.unplug_after = None
    closed.done("z", "G000001", "--print")
    assert marks(printer.tickets)[-1] == "DUPLICATA n° 1"
    assert closed.done("verify")["ok"] is True


def test_a_file_that_cannot_be_written_takes_no_number(closed: Cloture, tmp_path: Path):
    closed.refused("z", "G000001", "--pdf", tmp_path / f"{'z' * 300}.pdf")
    assert closed.done("z", "G000001", "--pdf", tmp_path / "z.pdf")["pdf"]["edition"] == 1
    texts = [event["text"] for event in closed.done("events")["events"]]
    assert texts[-2].endswith("rien n'est sorti, le numéro servira de nouveau")


@pytest.mark.parametrize(
    "line",
    [
        ("z", "G000001", "--pdf"),
        ("recap", "2026-01", "--pdf"),
        ("settings", "export"),
        ("support-file", "--out"),
    ],
    ids=" ".join,
)
def test_no_folder_is_made_for_a_file(closed: Cloture, tmp_path: Path, line: tuple[str, ...]):
    before = closed.done("events")["events"]
    (tmp_path / "fichier").write_text("")
    for folder in (tmp_path / "cle-usb" / "Z", tmp_path / "fichier"):
        assert closed.refused(*line, folder / "nom.pdf") == (
            f"Le dossier {folder} n'existe pas : créez-le, ou choisissez un autre endroit."
        )
    assert not (tmp_path / "cle-usb").exists()
    assert closed.done("events")["events"] == before


def test_a_file_and_a_paper_of_which_one_fails(
    closed: Cloture, printer: PaperPrinter, tmp_path: Path
):
    printer.printer, printer.paper = 0x1A, 0x72
    answer = closed("--json", "z", "G000001", "--print", "--pdf", tmp_path / "z.pdf")
    assert answer.code == 3
    assert answer.json["pdf"]["edition"] == 1
    assert "plus de papier" in answer.err


def test_no_printer_at_all(closed: Cloture):
    closed.done("settings", "set", "print.printer", "none")
    assert "Aucune imprimante n'est réglée" in closed.refused("z", "G000001", "--print")
    closed.done("settings", "set", "print.printer", "windows")
    assert "n'est pas choisie" in closed.refused("z", "G000001", "--print")


@pytest.mark.parametrize("columns", ["42", "48"])
def test_a_trial_shows_width_and_accents(closed: Cloture, printer: PaperPrinter, columns: str):
    closed.done("settings", "set", "print.columns", columns)
    assert "L'essai est envoyé" in closed("printer", "test").out
    [paper] = printer.tickets
    assert ("1234567890" * 5)[: int(columns)] in paper.lines
    assert "é è ê ë à â ç ù û î ï ô É È À Ç" in paper.lines
    assert any(line.endswith("1 234,56 €") for line in paper.lines)
    assert closed.done("events")["events"][-1]["event"] != "edition"
    assert closed.done("printer")["place"] == printer.place


def test_after_each_closure_if_set(closed: Cloture, printer: PaperPrinter, journal_file: Any):
    closed.done("settings", "set", "print.after_closure", "general")
    sold = ticket("5,00", number="2", at="2026-01-05T19:30")
    closed.done("import", journal_file(sold, name="b.jsonl"))
    assert closed.done("close", "caisse", "1/1")["follow_ups"] == []
    made = closed.done("close", "general")
    assert [row["job"] for row in made["follow_ups"]] == ["print"]
    printer.printer, printer.paper = 0x1A, 0x72
    [job] = run(closed)
    assert (job.state, job.next_try) == ("failed", closed.now + timedelta(minutes=1))
    assert "plus de papier" in job.detail
    printer.printer = printer.paper = 0x12
    closed.later(minutes=1)
    [job] = run(closed)
    assert (job.state, job.detail) == ("done", "1 exemplaire imprimé")
    assert marks(printer.tickets) == ["original"]
    assert printer.tickets[0].lines[0].startswith("Ticket Z n° 2 (G000002)")


def test_copies_cut_short_wait_for_a_person(
    closed: Cloture, printer: PaperPrinter, journal_file: Any
):
    closed.done("settings", "set", "print.copies", "3")
    closed.done("settings", "set", "print.after_closure", "all")
    sold = ticket("5,00", number="2", at="2026-01-05T19:30")
    closed.done("import", journal_file(sold, name="b.jsonl"))
    closed.done("close", "general")
    printer.paper_ends_after = 2_500  # within the second one
    [job] = run(closed)
    assert (job.state, job.next_try) == ("failed", None)
    assert "1 exemplaire est imprimé." in job.detail


def test_a_start_tries_at_once_what_waits_for_its_time(
    closed: Cloture, printer: PaperPrinter, journal_file: Any
):
    closed.done("settings", "set", "print.after_closure", "all")
    sold = ticket("5,00", number="2", at="2026-01-05T19:30")
    closed.done("import", journal_file(sold, name="b.jsonl"))
    closed.done("close", "general")
    closed.done("settings", "set", "print.address", "127.0.0.1:1")
    run(closed)
    closed.done("settings", "set", "print.address", printer.place)
    assert run(closed) == []
    with closed.open() as shop:
        wake(shop, closed.now)
    assert [job.state for job in run(closed)] == ["done"]
    with closed.open() as shop:
        assert waiting_jobs(shop) == []


def test_a_simulation_says_so_on_paper(cloture: Cloture, printer: PaperPrinter):
    cloture.done("demo", "--days", "2")
    cloture.done("settings", "set", "print.printer", "network")
    cloture.done("settings", "set", "print.address", printer.place)
    cloture.done("z", "G000001", "--print")
    [paper] = printer.tickets
    assert sum("*** SIMULATION ***" in line for line in paper.lines) == 2


def test_the_month_as_a_pdf(closed: Cloture, tmp_path: Path):
    shown = closed.done("recap", "2026-01")
    assert (shown["figures"]["total"], shown["state"]) == (900, "current")
    assert [row["id"] for row in shown["closures"]] == ["G000001"]
    closed.done("recap", "2026-01", "--pdf", tmp_path)
    words = pdf_words(tmp_path / "Recapitulatif-2026-01.pdf")
    assert "janvier 2026" in words
    assert "lun. 05/01/2026" in words
    assert "Récapitulatif — janvier 2026" in closed("recap", "2026-01").out
    assert "n'est pas un mois" in closed.refused("recap", "2026-13", code=2)


def pdf_words(path: Path) -> str:
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    return "\n".join(page.extract_text() for page in reader.pages)
