"""Printers that are a file, and Windows' own, whose spooler a fake stands for."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from app.errors import PrinterProblem
from app.printers import PRINTERS, _winspool, raw_file, windows


def test_a_file_is_a_roll_without_end(tmp_path: Path):
    roll = tmp_path / "rouleau.prn"
    for data in (b"un\n", b"deux\n"):
        with raw_file.opened(str(roll)) as line:
            line.send(data)
            line.finish()
    assert roll.read_bytes() == b"un\ndeux\n"


def test_a_file_that_cannot_be_opened(tmp_path: Path):
    with (
        pytest.raises(PrinterProblem, match="ne s'ouvre pas"),
        raw_file.opened(str(tmp_path / "absent" / "lp0")),
    ):
        pass
    assert "pas réglé" in raw_file.problem_of("")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_device_that_takes_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(raw_file, "WRITE_SECONDS", 0.3)
    device = str(tmp_path / "lp0")
    os.mkfifo(device)
    reading = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with raw_file.opened(device) as line:
            line.send(b"un ticket\n")
            with pytest.raises(PrinterProblem, match="arrêtée avant la fin"):
                line.send(b"x" * 1_000_000)
        assert os.read(reading, 10) == b"un ticket\n"
    finally:
        os.close(reading)


class Spool:
    """A printer in Windows' spooler, as far as we use it."""

    def __init__(self, state: int = 0, attributes: int = 0) -> None:
        self.states = (state, attributes)
        self.documents: list[tuple[str, bytes]] = []
        self.failing = self.closed = False
        self.hangs: threading.Event | None = None

    def state(self) -> tuple[int, int]:
        if self.hangs is not None:
            self.hangs.wait()
        return self.states

    def write(self, document: str, data: bytes) -> None:
        if self.failing:
            raise OSError("spooler")
        self.documents.append((document, data))

    def close(self) -> None:
        self.closed = True


def test_windows_takes_a_ticket_whole():
    spool = Spool()
    with windows.opened("EPSON TM-T20", lambda name: spool) as line:
        line.send(b"ticket")
        line.finish()
    assert spool.documents == [("Ticket Z", b"ticket")]
    assert spool.closed


@pytest.mark.parametrize(
    ("state", "attributes", "words"),
    [
        (_winspool.OUT, 0, "plus de papier"),
        (_winspool.DOOR_OPEN, 0, "capot"),
        (_winspool.OFFLINE, 0, "hors ligne"),
        (_winspool.NOT_AVAILABLE, 0, "hors ligne"),
        (0, _winspool.WORK_OFFLINE, "hors ligne"),
        (_winspool.PAUSED, 0, "en pause"),
        (_winspool.JAM, 0, "en panne ou bourrée"),
    ],
)
def test_what_windows_knows_is_told_before(state: int, attributes: int, words: str):
    spool = Spool(state, attributes)
    with (
        pytest.raises(PrinterProblem, match=words),
        windows.opened("EPSON", lambda name: spool),
    ):
        pass
    assert spool.documents == []
    assert spool.closed


def test_a_printer_that_windows_does_not_know():
    def unknown(name: str) -> Spool:
        raise OSError(1801, "The printer name is invalid")

    with pytest.raises(PrinterProblem, match="ne connaît pas"), windows.opened("X", unknown):
        pass


def test_a_ticket_that_the_spooler_refuses():
    spool = Spool()
    spool.failing = True
    with (
        windows.opened("EPSON", lambda name: spool) as line,
        pytest.raises(PrinterProblem, match="n'a pas pris le ticket"),
    ):
        line.send(b"ticket")


def test_a_spooler_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(windows, "CALL_SECONDS", 0.2)
    spool = Spool()
    spool.hangs = threading.Event()
    with (
        pytest.raises(PrinterProblem, match="ne répond pas à Windows"),
        windows.opened("Partagée", lambda name: spool),
    ):
        pass
    spool.hangs.set()


@pytest.mark.skipif(os.name == "nt", reason="there Windows is")
def test_where_there_is_no_windows_there_is_no_spooler():
    assert list(windows.queues()) == []
    with pytest.raises(PrinterProblem, match="ne connaît pas"), windows.opened("EPSON"):
        pass


def test_each_way_to_a_printer_is_whole():
    names = [module.NAME for module in PRINTERS]
    assert names == ["network", "windows", "file"]
    assert all(module.LABEL and module.problem_of("") for module in PRINTERS)
