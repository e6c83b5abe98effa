"""What turns a report into paper, as the bootstrap hands it in: renderings and printers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.report import Report
from app.domain.settings import number_of, text_of


class PrinterLine(Protocol):
    """An open line to a printer. Both raise PrinterProblem."""

    def send(self, data: bytes) -> None: ...
    def finish(self) -> None: ...


class Printer(Protocol):
    """A way to a printer (`app.printers`)."""

    NAME: str

    def problem_of(self, place: str) -> str: ...
    def opened(self, place: str) -> AbstractContextManager[PrinterLine]: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """`text(report, columns)`, `escpos(report, columns, code_page)` and `pdf(report)` lay out;
    `printers` by the value of the setting; `queues()` names the printers that Windows has."""

    text: Callable[[Report, int], str]
    escpos: Callable[[Report, int, str], bytes]
    pdf: Callable[[Report], bytes]
    printers: Mapping[str, Printer]
    queues: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """The receipt printer that the settings name; `kind` is `none` when there is none."""

    kind: str
    place: str
    columns: int
    code_page: str
    copies: int


_PLACES = {"windows": "print.queue", "network": "print.address", "file": "print.file"}


def printer_choice(settings: Mapping[str, Any]) -> PrinterChoice:
    """What the settings say of the printer."""
    kind = text_of(settings, "print.printer")
    return PrinterChoice(
        kind=kind,
        place=text_of(settings, _PLACES[kind]) if kind in _PLACES else "",
        columns=number_of(settings, "print.columns"),
        code_page=text_of(settings, "print.code_page"),
        copies=number_of(settings, "print.copies"),
    )
