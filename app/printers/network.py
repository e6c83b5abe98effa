"""A receipt printer on the network: bytes to TCP port 9100, its state asked where it answers.

Many cheap ones never answer DLE EOT: then it prints all the same, and nobody can tell the end of
the paper. No wait is longer than the constants here.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

from app.errors import PrinterProblem
from app.printers import _status as status

NAME = "network"
LABEL = "Réseau (adresse de l'imprimante)"

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 1.0
SEND_SECONDS = 10.0
PRINTED_SECONDS = 30.0
_PORT = 9100
_CHUNK = 1024


def problem_of(place: str) -> str:
    """What is wrong with an address such as `192.168.1.50` or `imprimante:9100`; "" if nothing."""
    try:
        _address(place)
    except ValueError:
        return (
            "L'adresse de l'imprimante n'est pas réglée : écrivez-la comme 192.168.1.50 dans "
            "Paramètres, Imprimante de tickets."
        )
    return ""


@contextlib.contextmanager
def opened(place: str) -> Iterator[Line]:
    """A line to the printer at `place`. Raises PrinterProblem when it can't print now."""
    problem = problem_of(place)
    if problem:
        raise PrinterProblem(problem)
    with contextlib.closing(_connected(place)) as connection:
        line = Line(connection, place)
        line.check()
        yield line


class Line:
    """A connection to the printer; `answers` says whether it tells its state."""

    def __init__(self, connection: socket.socket, place: str) -> None:
        self._connection = connection
        self._place = place
        self.answers = False

    def check(self) -> None:
        """Ask the printer how it is. Raises PrinterProblem when it says that it can't print."""
        try:
            state = self._ask(status.PRINTER)
            if state is None:
                return
            self.answers = True
            if not status.is_offline(state):
                return
            cause, paper = self._ask(status.OFFLINE_CAUSE), self._ask(status.PAPER)
        except OSError as error:
            raise self._cut(error) from error
        problem = status.problem_in(cause or 0, paper or 0)
        raise PrinterProblem(
            problem or "L'imprimante n'est pas prête : vérifiez son voyant, puis réessayez."
        )

    def send(self, data: bytes) -> None:
        """Print. Raises PrinterProblem when the connection breaks or nothing is taken any more."""
        deadline = time.monotonic() + SEND_SECONDS
        try:
            for at in range(0, len(data), _CHUNK):
                self._connection.settimeout(max(0.01, deadline - time.monotonic()))
                self._connection.sendall(data[at : at + _CHUNK])
        except OSError as error:
            raise self._cut(error) from error

    def finish(self) -> None:
        """Wait until all is printed, where the printer tells. Raises PrinterProblem."""
        if not self.answers:
            return
        deadline = time.monotonic() + PRINTED_SECONDS
        try:
            self._connection.settimeout(SEND_SECONDS)
            self._connection.sendall(status.DONE)
            while time.monotonic() < deadline:
                if self._hear(status.is_done) is not None:
                    return
                self._check_paper()
        except OSError as error:
            raise self._cut(error) from error
        raise PrinterProblem(
            "L'imprimante n'a pas dit qu'elle avait fini : regardez si le ticket est entier."
        )

    def _check_paper(self) -> None:
        cause, paper = self._ask(status.OFFLINE_CAUSE), self._ask(status.PAPER)
        problem = status.problem_in(cause or 0, paper or 0)
        if problem:
            raise PrinterProblem(f"L'impression s'est arrêtée avant la fin. {problem}")

    def _ask(self, subject: int) -> int | None:
        self._connection.settimeout(SEND_SECONDS)
        self._connection.sendall(status.asking(subject))
        return self._hear(status.is_answer)

    def _hear(self, is_it: status.Test) -> int | None:
        """The first byte of that kind; None when none comes in time."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            self._connection.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                heard = self._connection.recv(1)
            except TimeoutError:
                return None
            if not heard:
                raise ConnectionResetError("the printer closed the connection")
            if is_it(heard[0]):
                return heard[0]
            if time.monotonic() > deadline:
                return None

    def _cut(self, error: OSError) -> PrinterProblem:
        if isinstance(error, TimeoutError):
            return PrinterProblem(
                f"L'imprimante {self._place} ne prend plus rien : regardez si elle a du papier et "
                "si elle n'est pas en panne, puis réessayez."
            )
        return PrinterProblem(
            f"La liaison avec l'imprimante {self._place} a été coupée pendant l'impression : "
            "vérifiez qu'elle est allumée et branchée, puis réessayez."
        )


def _address(place: str) -> tuple[str, int]:
    """Host and port. Raises ValueError."""
    host, _, port = place.strip().partition(":")
    number = int(port) if port else _PORT
    if not host or any(sign.isspace() for sign in host) or not 0 < number < 65_536:
        raise ValueError(place)
    return host, number


def _connected(place: str) -> socket.socket:
    try:
        return socket.create_connection(_address(place), CONNECT_SECONDS)
    except socket.gaierror as error:
        raise PrinterProblem(
            f"Aucune imprimante n'a l'adresse {place} : corrigez-la dans Paramètres, Imprimante "
            "de tickets."
        ) from error
    except (OSError, UnicodeError) as error:
        raise PrinterProblem(
            f"L'imprimante {place} ne répond pas : vérifiez qu'elle est allumée, branchée au "
            "réseau, et que son adresse est la bonne."
        ) from error
