"""What a row source gives: the records of a file, then the tickets they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from app.domain.ticket import Ticket
from app.formats.rejected import Rejected


class Record(NamedTuple):
    """One record of a file: a ticket of the journal, a row of a table.

    `line` is its first line in the file, `start` and `end` its place in bytes, `text` its raw
    text, `content` what was read of it. `problem` (French) says why it can't be used; `ended` is
    False when the file stops before the line does.
    """

    line: int
    start: int
    end: int
    text: str
    content: Any
    problem: str
    ended: bool


class TicketReader(Protocol):
    """Reads the tickets of one open file, in whatever order the caller asks for its parts."""

    start: int
    line: int

    def records(self, start: int, end: int, line: int) -> Iterator[Record]:
        """The records in the bytes `start` to `end` of the file; the first is at line `line`."""

    def days(self, records: Iterable[Record]) -> Iterator[tuple[Record, int | None]]:
        """Each record with the day (its ordinal) it must be read with; None: as the one before.

        The records of one ticket all get the same day.
        """

    def tickets(self, records: Iterable[Record]) -> Iterator[Ticket | Rejected]:
        """The tickets of all the records of one day, in no order that matters."""
