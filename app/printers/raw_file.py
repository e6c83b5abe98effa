"""A printer that is a file: a device such as `/dev/usb/lp0` or `LPT1`, or a plain file for support.

A plain file is a roll without end: each ticket is added to it. A device that takes nothing (off, no
paper) is given up after some seconds.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
import time
from collections.abc import Iterator

from app.errors import PrinterProblem

NAME = "file"
LABEL = "Fichier ou port (LPT1, /dev/usb/lp0)"

WRITE_SECONDS = 10.0
_CHUNK = 1024


def problem_of(place: str) -> str:
    """What is wrong with a path; "" when nothing is."""
    if not place.strip():
        return (
            "Le fichier d'impression n'est pas réglé : choisissez-le dans Paramètres, Imprimante "
            "de tickets."
        )
    return ""


@contextlib.contextmanager
def opened(place: str) -> Iterator[Line]:
    """A line to the file or device `place`. Raises PrinterProblem when it can't be opened."""
    problem = problem_of(place)
    if problem:
        raise PrinterProblem(problem)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        handle = os.open(place, flags, 0o666)
    except (OSError, ValueError) as error:
        raise PrinterProblem(
            f"L'imprimante {place} ne s'ouvre pas : vérifiez qu'elle est allumée et branchée, et "
            "que ce nom est le bon."
        ) from error
    try:
        yield Line(handle, place)
    finally:
        os.close(handle)


class Line:
    """An open file or device."""

    def __init__(self, handle: int, place: str) -> None:
        self._handle = handle
        self._place = place

    def send(self, data: bytes) -> None:
        """Write, for so long as it takes anything. Raises PrinterProblem."""
        deadline = time.monotonic() + WRITE_SECONDS
        left = memoryview(data)
        try:
            while left:
                self._wait(deadline)
                with contextlib.suppress(BlockingIOError):
                    left = left[os.write(self._handle, left[:_CHUNK]) :]
        except OSError as error:
            raise PrinterProblem(
                f"L'impression vers {self._place} s'est arrêtée avant la fin : regardez si "
                "l'imprimante a du papier et si elle est allumée, puis réessayez."
            ) from error

    def finish(self) -> None:
        """Nobody tells when a file is printed; a plain one is flushed."""
        with contextlib.suppress(OSError):  # a device has nothing to flush
            os.fsync(self._handle)

    def _wait(self, deadline: float) -> None:
        if os.name == "nt" or stat.S_ISREG(os.fstat(self._handle).st_mode):
            return
        seconds = max(0.0, deadline - time.monotonic())
        if not select.select([], [self._handle], [], seconds)[1]:
            raise TimeoutError
