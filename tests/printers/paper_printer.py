"""A receipt printer on loopback: it takes ESC/POS on a TCP port and puts it on « paper ».

It understands the commands of `report_escpos` and of `_status`, keeps the text as a person would
read it, and can be told to be off-line, silent, unplugged in the middle, or out of paper.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

ONLINE, PAPER_OK = 0x12, 0x12
LENGTHS = {
    b"\x1b@": 2,
    b"\x1bR": 3,
    b"\x1bt": 3,
    b"\x1bE": 3,
    b"\x1bd": 3,
    b"\x1da": 3,
    b"\x1d!": 3,
    b"\x1dV": 4,
    b"\x1dr": 3,
    b"\x10\x04": 3,
}
PAGES = {19: "cp858", 16: "cp1252"}


@dataclass
class Ticket:
    """What was printed: lines of text, and what was strong or tall among them."""

    lines: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    tall: list[str] = field(default_factory=list)
    cut: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Reader:
    """Decodes a printer's bytes, as they come; `answer` gets what a real one would send back."""

    def __init__(self, answer: Callable[[bytes], None] = lambda command: None) -> None:
        self.tickets: list[Ticket] = [Ticket()]
        self.unknown: list[bytes] = []
        self._answer = answer
        self._left = b""
        self._line = b""
        self._page = "ascii"
        self._strong = self._tall = False

    def feed(self, data: bytes) -> None:
        self._left += data
        while self._left:
            if self._left[0] in (0x1B, 0x1D, 0x10):
                length = LENGTHS.get(self._left[:2], 0)
                if len(self._left) < max(2, length):
                    return
                if not length:
                    self.unknown.append(self._left[:2])
                    length = 2
                command, self._left = self._left[:length], self._left[length:]
                self._obey(command)
            else:
                self._sign(self._left[:1])
                self._left = self._left[1:]

    def _sign(self, sign: bytes) -> None:
        if sign != b"\n":
            self._line += sign
            return
        ticket = self.tickets[-1]
        text = self._line.decode(self._page)
        ticket.lines.append(text)
        ticket.strong += [text] if self._strong else []
        ticket.tall += [text] if self._tall else []
        self._line = b""

    def _obey(self, command: bytes) -> None:
        name, value = command[:2], command[2:3]
        if name == b"\x1b@":
            self._page, self._strong, self._tall = "ascii", False, False
        elif name == b"\x1bt":
            self._page = PAGES[value[0]]
        elif name == b"\x1bE":
            self._strong = value == b"\x01"
        elif name == b"\x1d!":
            self._tall = value == b"\x01"
        elif name == b"\x1dV":
            self.tickets[-1].cut = True
            self.tickets.append(Ticket())
        else:
            self._answer(command)


class PaperPrinter:
    """The printer on a port of this machine. Change its fields before something connects."""

    def __init__(self) -> None:
        self.answers = True
        self.printer = ONLINE
        self.offline_cause = ONLINE
        self.paper = PAPER_OK
        self.unplug_after: int | None = None  # bytes
        self.stop_reading_after: int | None = None  # bytes
        self.paper_ends_after: int | None = None  # bytes
        self.reader = Reader(self._respond)
        self.taken = 0
        self._connection: socket.socket | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    @property
    def tickets(self) -> list[Ticket]:
        """The whole tickets that came out."""
        return [ticket for ticket in self.reader.tickets if ticket.cut]

    def close(self) -> None:
        self._stop.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                connection, _ = self._server.accept()
                with connection:
                    connection.settimeout(0.05)
                    self._connection = connection
                    self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        while not self._stop.is_set():
            if self.stop_reading_after is not None and self.taken >= self.stop_reading_after:
                self._stop.wait(0.02)
                continue
            try:
                data = connection.recv(256)
            except TimeoutError:
                continue
            if not data:
                return
            if self.unplug_after is not None and self.taken + len(data) >= self.unplug_after:
                self.reader.feed(data[: self.unplug_after - self.taken])
                self.taken = self.unplug_after
                # A reset, as when the cable goes: not a polite end.
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return
            self.taken += len(data)
            if self.paper_ends_after is not None and self.taken >= self.paper_ends_after:
                self.printer, self.offline_cause, self.paper = 0x1A, 0x32, 0x72
            self.reader.feed(data)

    def _respond(self, command: bytes) -> None:
        if not self.answers or self._connection is None:
            return
        said: dict[bytes, int | None] = {
            b"\x10\x04\x01": self.printer,
            b"\x10\x04\x02": self.offline_cause,
            b"\x10\x04\x04": self.paper,
            b"\x1dr\x01": None if self.printer & 0x08 else 0x00,
        }
        octet = said.get(command)
        if octet is not None:
            self._connection.sendall(bytes([octet]))
