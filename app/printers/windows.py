"""A printer of Windows by its name, USB ones foremost: raw bytes to the spooler.

The spooler takes a ticket whole and prints it when it can: what is known of the printer is asked
before. Its calls may hang (a printer shared by a PC that is off): each is given up after a while.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from app.errors import PrinterProblem
from app.printers import _status, _winspool

NAME = "windows"
LABEL = "Imprimante de Windows (USB)"

CALL_SECONDS = 20.0
_DOCUMENT = "Ticket Z"

_Result = TypeVar("_Result")


class Spool(Protocol):
    """A printer opened in the spooler; `_winspool.Spool` on Windows."""

    def state(self) -> tuple[int, int]: ...
    def write(self, document: str, data: bytes) -> None: ...
    def close(self) -> None: ...


def queues() -> Sequence[str]:
    """The printers that there are to choose from; none where there is no Windows."""
    if sys.platform != "win32":
        return ()
    try:
        return _in_time(_winspool.names, "Windows")
    except (OSError, PrinterProblem):
        return ()


def problem_of(place: str) -> str:
    """What is wrong with a printer's name; "" when nothing is."""
    if not place.strip():
        return (
            "L'imprimante n'est pas choisie : choisissez-la dans Paramètres, Imprimante de tickets."
        )
    return ""


@contextlib.contextmanager
def opened(place: str, spool: Callable[[str], Spool] = _winspool.Spool) -> Iterator[Line]:
    """A line to the printer of that name. Raises PrinterProblem when it can't print now."""
    problem = problem_of(place)
    if problem:
        raise PrinterProblem(problem)
    try:
        printer = _in_time(lambda: spool(place), place)
    except OSError as error:
        raise PrinterProblem(
            f"Windows ne connaît pas l'imprimante « {place} » : choisissez-la de nouveau dans "
            "Paramètres, Imprimante de tickets."
        ) from error
    try:
        line = Line(printer, place)
        line.check()
        yield line
    finally:
        with contextlib.suppress(OSError, PrinterProblem):
            _in_time(printer.close, place)


class Line:
    """A printer opened in the spooler."""

    def __init__(self, spool: Spool, place: str) -> None:
        self._spool = spool
        self._place = place

    def check(self) -> None:
        """Raises PrinterProblem when Windows knows that it can't print now."""
        try:
            state, attributes = _in_time(self._spool.state, self._place)
        except OSError:
            return  # nothing is known of it: it may well print
        problem = problem_in(state, attributes)
        if problem:
            raise PrinterProblem(problem)

    def send(self, data: bytes) -> None:
        """Hand the ticket to the spooler, whole. Raises PrinterProblem."""
        try:
            _in_time(lambda: self._spool.write(_DOCUMENT, data), self._place)
        except OSError as error:
            raise PrinterProblem(
                f"Windows n'a pas pris le ticket pour « {self._place} » : regardez la file "
                "d'impression, puis réessayez."
            ) from error

    def finish(self) -> None:
        """The spooler prints it in its own time; what it knows by now is told."""
        self.check()


def problem_in(state: int, attributes: int) -> str:
    """What Windows says is wrong, in a sentence; "" when it says nothing."""
    if state & _winspool.OUT:
        return _status.NO_PAPER_WORDS
    if state & _winspool.DOOR_OPEN:
        return "Le capot de l'imprimante est ouvert : refermez-le, puis réessayez."
    if state & (_winspool.OFFLINE | _winspool.NOT_AVAILABLE) or attributes & _winspool.WORK_OFFLINE:
        return (
            "L'imprimante est hors ligne pour Windows : vérifiez qu'elle est allumée et branchée, "
            "puis réessayez."
        )
    if state & _winspool.PAUSED:
        return "L'imprimante est en pause dans Windows : relancez sa file, puis réessayez."
    if state & (_winspool.ERROR | _winspool.JAM):
        return "L'imprimante est en panne ou bourrée : regardez-la, puis réessayez."
    return ""


def _in_time(call: Callable[[], _Result], place: str) -> _Result:
    """What the call gives or raises; PrinterProblem when it does neither in time."""
    outcome: list[_Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, name="spooler", daemon=True)
    thread.start()
    thread.join(CALL_SECONDS)
    if failure:
        raise failure[0]
    if not outcome:
        raise PrinterProblem(
            f"L'imprimante « {place} » ne répond pas à Windows : vérifiez qu'elle est allumée, ou "
            "que le PC qui la partage l'est."
        )
    return outcome[0]
