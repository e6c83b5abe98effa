"""Rows of a delimited text (CSV): quoted or not, any separator, with a header line.

The header may follow a few title lines. A quote that is opened and never closed costs its own
line, not the rest of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from app.domain.ticket import Ticket
from app.errors import UnreadableFile
from app.formats.csv_rows import CsvRows, unusable
from app.formats.folded_text import fold
from app.formats.profile import Profile, Rows
from app.formats.records import Record
from app.formats.rejected import Rejected
from app.formats.row_tickets import RowTickets
from app.formats.text_file import TextFile, opened_text

CODE = "delimited"
HAS_ROWS = True

_HEADER_WITHIN = 50  # rows: titles before the header, at most


def opened(path: Path, profile: Profile) -> AbstractContextManager[TextFile]:
    """The file as text. Raises UnreadableFile."""
    return opened_text(path, profile.encoding)


def misfit(head: str, profile: Profile) -> str:
    """The columns that the header lacks, in a French clause; "" when none."""
    rows = _rules(profile)
    csv_rows = CsvRows(rows.separator, rows.quote)
    found = (csv_rows.cells(line) for line in head.splitlines()[:_HEADER_WITHIN])
    missing = min((_missing(cells, rows) for cells in found if any(cells)), key=len, default=None)
    if not missing:
        return "" if missing is not None else "il n'a pas d'en-tête"
    named = ", ".join(f"« {column} »" for column in missing)
    return f"colonnes absentes : {named}" if len(missing) > 1 else f"colonne absente : {named}"


def reader(text: TextFile, profile: Profile) -> DelimitedReader:
    """A reader of a file that fits. Raises UnreadableFile when its header can't be used."""
    rows = _rules(profile)
    csv_rows = CsvRows(rows.separator, rows.quote)
    for number, row in enumerate(csv_rows.rows(text.lines(text.start, text.size, 1)), 1):
        if not _missing(row.content, rows):
            return DelimitedReader(text, profile, rows, csv_rows, _header(text.name, row, rows))
        if number == _HEADER_WITHIN:
            break
    raise UnreadableFile(
        f"L'en-tête du fichier {text.name} n'a pas été trouvé ; vérifiez le profil {profile.name}."
    )


class _Header(NamedTuple):
    """The header: its cells, the place of each column it names (folded), and where it ends."""

    cells: list[str]
    places: dict[str, int]
    end: int
    next_line: int


class DelimitedReader:
    """Reads the rows of one file and makes tickets of them (see `TicketReader`)."""

    def __init__(
        self, text: TextFile, profile: Profile, rows: Rows, csv_rows: CsvRows, header: _Header
    ) -> None:
        self.start, self.line = header.end, header.next_line
        self._text = text
        self._csv_rows = csv_rows
        self._header = header.cells
        positions = {
            name: header.places[fold(column)]
            for name, column in rows.columns.items()
            if fold(column) in header.places
        }
        self._needed = max(positions.values()) + 1
        self._skips = [(header.places[fold(skip.column)], skip.pattern) for skip in rows.skip]
        self._tickets = RowTickets(profile, rows, positions)

    def days(self, records: Iterable[Record]) -> Iterator[tuple[Record, int | None]]:
        return self._tickets.days(records)

    def tickets(self, records: Iterable[Record]) -> Iterator[Ticket | Rejected]:
        return self._tickets.tickets(records)

    def records(self, start: int, end: int, line: int) -> Iterator[Record]:
        """The rows in the bytes `start` to `end`, but for blank, skipped and header ones.

        "" is added to the cells: the place of what the source lacks.
        """
        lines = self._text.lines(start, end, line)
        for row in self._csv_rows.rows(lines, lambda cells: not self._shape_problem(cells)):
            cells = row.content
            if row.line.problem:
                yield row
            elif any(cells) and cells != self._header and not self._is_skipped(cells):
                problem = self._shape_problem(cells)
                if problem and not "".join(cells).strip():
                    continue
                cells.append("")
                yield unusable(row.line, cells, problem) if problem else row

    def _is_skipped(self, cells: list[str]) -> bool:
        for place, pattern in self._skips:
            if place < len(cells) and pattern.search(fold(cells[place])):
                return True
        return False

    def _shape_problem(self, cells: list[str]) -> str:
        """A row too short or too long has its cells under the wrong columns."""
        width = len(self._header)
        if len(cells) >= self._needed and not any(cells[width:]):
            return ""
        return f"{len(cells)} colonnes au lieu de {width}"


def _rules(profile: Profile) -> Rows:
    if profile.rows is None:
        raise TypeError("a profile without rows has come to the delimited reader")
    return profile.rows


def _missing(cells: list[str], rows: Rows) -> list[str]:
    """The columns that the profile needs and `cells`, taken as a header, do not name."""
    present = {fold(cell) for cell in cells}
    needed = [column for name, column in rows.columns.items() if name not in rows.optional]
    needed += [skip.column for skip in rows.skip]
    return [column for column in dict.fromkeys(needed) if fold(column) not in present]


def _header(name: str, row: Record, rows: Rows) -> _Header:
    folded = [fold(cell) for cell in row.content]
    for column in rows.columns.values():
        if folded.count(fold(column)) > 1:
            raise UnreadableFile(
                f"L'en-tête du fichier {name} nomme deux fois la colonne « {column} » ; renommez "
                "l'une des deux."
            )
    places = {column: place for place, column in enumerate(folded)}
    line = row.line
    return _Header(row.content, places, line.end, line.number + line.text.count("\n") + 1)
