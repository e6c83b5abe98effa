"""A printer on loopback, and waits short enough for a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.printers import network
from tests.printers.paper_printer import PaperPrinter


@pytest.fixture
def printer() -> Iterator[PaperPrinter]:
    printer = PaperPrinter()
    yield printer
    printer.close()


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "CONNECT_SECONDS", 2.0)
    monkeypatch.setattr(network, "ANSWER_SECONDS", 0.8)
    monkeypatch.setattr(network, "SEND_SECONDS", 1.5)
    monkeypatch.setattr(network, "PRINTED_SECONDS", 2.0)
