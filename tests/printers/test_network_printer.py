"""A network printer: what it prints, what it says of itself, and each way it can fail."""

from __future__ import annotations

import socket
import time

import pytest

from app.errors import PrinterProblem
from app.printers import network
from tests.printers.paper_printer import PaperPrinter

pytestmark = pytest.mark.usefixtures("short_waits")
HELLO = b"\x1b@\x1bt\x13Bonjour \x82\x82\n\x1dVB\x00"


def printed(printer: PaperPrinter, data: bytes = HELLO) -> bool:
    """Print; whether the printer told of itself."""
    with network.opened(printer.place) as line:
        answers = line.answers
        line.send(data)
        line.finish()
    return answers


def refused(printer: PaperPrinter, data: bytes = HELLO) -> str:
    with pytest.raises(PrinterProblem) as told:
        printed(printer, data)
    return str(told.value)


def test_a_ticket_comes_out_and_the_printer_says_so(printer: PaperPrinter):
    assert printed(printer) is True
    assert [ticket.text for ticket in printer.tickets] == ["Bonjour éé"]
    assert printer.reader.unknown == []


def test_one_that_never_answers_prints_all_the_same(printer: PaperPrinter):
    printer.answers = False
    assert printed(printer) is False
    deadline = time.monotonic() + 5
    while not printer.tickets and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [ticket.text for ticket in printer.tickets] == ["Bonjour éé"]


@pytest.mark.parametrize(
    ("cause", "paper", "words"),
    [
        (0x32, 0x12, "n'a plus de papier"),
        (0x12, 0x72, "n'a plus de papier"),
        (0x16, 0x12, "capot de l'imprimante est ouvert"),
        (0x52, 0x12, "panne"),
        (0x1A, 0x12, "avance son papier"),
        (0x12, 0x12, "n'est pas prête"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_printed(
    printer: PaperPrinter, cause: int, paper: int, words: str
):
    printer.printer, printer.offline_cause, printer.paper = 0x1A, cause, paper
    assert words in refused(printer)
    assert printer.reader.tickets[0].lines == []


def test_the_end_of_the_paper_in_the_middle_is_told(printer: PaperPrinter):
    printer.paper_ends_after = 2_000
    told = refused(printer, HELLO[:-4] + b"une ligne\n" * 400 + HELLO[-4:])
    assert told.startswith("L'impression s'est arrêtée avant la fin.")
    assert "plus de papier" in told


def test_unplugged_in_the_middle(printer: PaperPrinter):
    printer.unplug_after = 1_500
    told = refused(printer, b"une ligne\n" * 20_000)
    assert "a été coupée pendant l'impression" in told


def test_a_printer_that_takes_nothing_more_is_given_up(printer: PaperPrinter):
    printer.stop_reading_after = 300
    begun = time.monotonic()
    told = refused(printer, b"une ligne\n" * 2_000_000)
    assert "ne prend plus rien" in told
    assert time.monotonic() - begun < 15


def test_one_that_stops_answering_is_not_waited_for(printer: PaperPrinter):
    with network.opened(printer.place) as line:
        line.send(HELLO)
        printer.answers = False
        begun = time.monotonic()
        with pytest.raises(PrinterProblem, match="regardez si le ticket est entier"):
            line.finish()
    assert time.monotonic() - begun < 15


def test_no_printer_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(PrinterProblem, match="ne répond pas"), network.opened(place):
        pass


def test_status_sent_unasked_is_no_answer(printer: PaperPrinter):
    answer = printer._respond

    def chatty(command: bytes) -> None:
        assert printer._connection is not None
        printer._connection.sendall(b"\x10\x00")  # the automatic status of some makes
        answer(command)

    printer.reader._answer = chatty
    assert printed(printer) is True


@pytest.mark.parametrize(
    "place", ["", " ", ":9100", "192.168.1.50:0", "192.168.1.50:x", "imprimante du fond"]
)
def test_an_address_that_is_none(place: str):
    assert "n'est pas réglée" in network.problem_of(place)
    with pytest.raises(PrinterProblem), network.opened(place):
        pass


@pytest.mark.parametrize("place", ["192.168.1.50", "imprimante:9101", " 10.0.0.1 "])
def test_an_address_that_is_one(place: str):
    assert network.problem_of(place) == ""
