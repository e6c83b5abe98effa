"""Rows under a header made into tickets, wherever they come from: a CSV, a workbook's sheet."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from app.domain.findings import currency_kind
from app.domain.ticket import Ticket
from app.errors import UnreadableFile
from app.formats.csv_rows import CsvRows, unusable
from app.formats.folded_text import fold
from app.formats.moment_forms import moment_reader
from app.formats.profile import Profile, Rows
from app.formats.records import Record
from app.formats.rejected import Rejected
from app.formats.row_tickets import Detailed, RowTickets
from app.formats.table_header import WITHIN, Columns, columns_of, missing_columns, missing_in
from app.formats.text_file import TextFile, TextLine


def header_problem(head: str, profile: Profile) -> str:
    """The columns that a file lacks by its beginning, in a French clause; "" when none."""
    rows = rules_of(profile)
    csv_rows = CsvRows(rows.separator, rows.quote)
    lines = (TextLine(at, 0, 0, line, "", True) for at, line in enumerate(head.splitlines(), 1))
    top = itertools.islice(csv_rows.rows(lines), WITHIN)
    missing = missing_in((row.content for row in top), rows)
    if not missing:
        return "" if missing is not None else "il n'a pas d'en-tête"
    named = ", ".join(f"« {column} »" for column in missing)
    return f"colonnes absentes : {named}" if len(missing) > 1 else f"colonne absente : {named}"


def table_reader(text: TextFile, profile: Profile) -> TableReader:
    """A reader of a file that fits. Raises UnreadableFile when its header can't be used."""
    rows = rules_of(profile)
    csv_rows = CsvRows(rows.separator, rows.quote)
    for number, row in enumerate(csv_rows.rows(text.lines(text.start, text.size, 1)), 1):
        if not missing_columns(row.content, rows):
            columns = columns_of(text.name, row.content, rows)
            return TableReader(text, profile, rows, csv_rows, row, columns)
        if number == WITHIN:
            break
    raise UnreadableFile(
        f"L'en-tête du fichier {text.name} n'a pas été trouvé ; vérifiez le profil {profile.name}."
    )


def rules_of(profile: Profile) -> Rows:
    """The rows' rules of a profile that has some."""
    if profile.rows is None:
        raise TypeError("a profile without rows has come to a reader of rows")
    return profile.rows


class TableReader:
    """Reads the rows of one file and makes tickets of them (see `TicketReader`)."""

    def __init__(
        self,
        text: TextFile,
        profile: Profile,
        rows: Rows,
        csv_rows: CsvRows,
        header: Record,
        columns: Columns,
    ) -> None:
        line = header.line
        self.start, self.line = line.end, line.number + line.text.count("\n") + 1
        self._text = text
        self._csv_rows = csv_rows
        self._header = header.content
        positions = columns.positions
        self._needed = max(positions.values()) + 1
        self._skips = [
            (place, skip.pattern)
            for place, skip in zip(columns.skips, rows.skip, strict=True)
            if place >= 0  # of a column that this file does without
        ]
        # A row without an amount may be a note: what it holds alone is looked at.
        self._amount_place = positions.get("total", positions.get("unit", -1))
        self._moment = moment_reader(rows.moments)
        shown_in = [currency_kind(text.currency)] if text.currency else []
        self._tickets = RowTickets(profile, rows, positions, columns.taxes, shown_in)

    def days(self, records: Iterable[Record]) -> Iterator[tuple[Record, int | None]]:
        return self._tickets.days(records)

    def tickets(self, records: Iterable[Record]) -> Iterator[Ticket | Rejected]:
        return self._tickets.tickets(records)

    def detailed(self, records: Iterable[Record]) -> Iterator[Detailed | Rejected]:
        """The tickets of one day, each with its extra lines told apart."""
        return self._tickets.detailed(records)

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
                if not problem and self._is_note(cells):
                    continue
                cells.append("")
                yield unusable(row.line, cells, problem) if problem else row

    def _is_skipped(self, cells: list[str]) -> bool:
        for place, pattern in self._skips:
            if place < len(cells) and pattern.search(fold(cells[place])):
                return True
        return False

    def _is_note(self, cells: list[str]) -> bool:
        """A title or a remark between the rows: one cell alone, which tells no moment.

        A sale has a moment and an amount at least, so that nothing is lost.
        """
        if cells[self._amount_place].strip():
            return False
        held = [cell for cell in cells if cell.strip()]
        if len(held) != 1:
            return not held
        try:
            self._moment(held[0])
        except (ValueError, OverflowError):
            return True
        return False

    def _shape_problem(self, cells: list[str]) -> str:
        """A row too short or too long has its cells under the wrong columns."""
        width = len(self._header)
        if len(cells) >= self._needed and not any(cells[width:]):
            return ""
        return f"{len(cells)} colonnes au lieu de {width}"
