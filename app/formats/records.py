"""What a row source gives: the records of a file, then the tickets they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from app.domain.ticket import Ticket
from app.formats.rejected import Rejected
from app.formats.text_file import TextLine


class Record(NamedTuple):
    """One record of a file: a ticket of the journal, a row of a table.

    `line` is where it stands, with its raw text, and the reason why it can't be used if so (a row
    of several lines is given as one line). `content` is what was read of it.
    """

    line: TextLine
    content: Any


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
