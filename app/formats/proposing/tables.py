"""A file of unknown kind as a table: how it is written, its header, its first rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.quoted import one_line
from app.errors import UnreadableFile
from app.formats import delimited, spreadsheet
from app.formats.csv_rows import CsvRows
from app.formats.proposing.words import EXTRA, HEADINGS, PAID, plain
from app.formats.table_header import WITHIN
from app.formats.text_file import WORKBOOK_SIGNATURE, opened_bytes, opened_text
from app.formats.workbook_rows import rows_of

MOST_ROWS = 20_000
_SEPARATORS = (";", ",", "\t", "|")
_HEAD = 2**20
_ACCENTED = "éèêëàâäçùûüîïôöœÉÈÊÀÂÇÔÎŒ°€’«»"
_ENCODINGS = ("cp1252", "cp850", "mac-roman", "iso-8859-15")

_KNOWN = frozenset(name for names in HEADINGS.values() for name in names) | {*PAID, *EXTRA}


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table. `format` is the CODE of what reads it; `sheet` that of a workbook.

    `rows` are those under the header, as wide as it, MOST_ROWS at most.
    """

    name: str
    format: str
    encodings: tuple[str, ...]
    separator: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""

    def cells(self, column: str) -> list[str]:
        """What a column holds, empty cells left out; nothing when there is no such column."""
        if not column or column not in self.header:
            return []
        place = self.header.index(column)
        return [row[place] for row in self.rows if row[place].strip()]


def read_table(path: Path) -> Table:
    """Look at a CSV or a workbook. Raises UnreadableFile when it is no table at all."""
    with opened_bytes(path) as (raw, _):
        is_workbook = raw.read(len(WORKBOOK_SIGNATURE)) == WORKBOOK_SIGNATURE
        raw.seek(0)
        head = raw.read(_HEAD)
    return _workbook_table(path) if is_workbook else _text_table(path, head)


def _text_table(path: Path, head: bytes) -> Table:
    encodings = encodings_of(head)
    with opened_text(path, encodings) as text:
        lines = text.head(encodings).splitlines()[:WITHIN]
        separator = _separator_of(lines)
        rows = CsvRows(separator, '"').rows(text.lines(text.start, text.size, 1))
        cells = [row.content for row in itertools.islice(rows, MOST_ROWS) if not row.line.problem]
    return _table(path.name, delimited.CODE, encodings, separator, cells)


def _workbook_table(path: Path) -> Table:
    """The sheet whose header names most of what a till writes."""
    with spreadsheet.book_in(path) as book:
        sheets = book.sheets
        # Numbers get the French mark: another one, seen beside it, is that of texts.
        heads = [list(itertools.islice(rows_of(path.name, s, ","), WITHIN)) for s in sheets]
        best = max(range(len(sheets)), key=lambda at: _best_score(heads[at]))
        rows = list(itertools.islice(rows_of(path.name, sheets[best], ","), MOST_ROWS))
        sheet = sheets[best].name if len(sheets) > 1 else ""
    return _table(path.name, spreadsheet.CODE, (), "", rows, sheet)


def _table(
    name: str,
    code: str,
    encodings: tuple[str, ...],
    separator: str,
    cells: Sequence[list[str]],
    sheet: str = "",
) -> Table:
    place = _header_place(cells)
    if place is None:
        raise UnreadableFile(
            f"Le fichier {name} n'a pas d'en-tête reconnaissable : aucune ligne ne nomme des "
            "colonnes ; demandez à la caisse un export CSV ou Excel avec les noms des colonnes."
        )
    header = [one_line(cell) for cell in cells[place]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    rows = [
        tuple([*row, *[""] * width][:width])
        for row in cells[place + 1 :]
        if _is_row(row) and [one_line(cell) for cell in row][:width] != header
    ]
    if not rows:
        raise UnreadableFile(
            f"Le fichier {name} n'a aucune ligne sous son en-tête ; refaites l'export d'un jour où "
            "la caisse a vendu."
        )
    return Table(name, code, encodings, separator, tuple(header), tuple(rows), sheet)


def _is_row(cells: Sequence[str]) -> bool:
    """Whether a row holds more than a note alone."""
    return sum(bool(cell.strip()) for cell in cells) > 1


def encodings_of(data: bytes) -> tuple[str, ...]:
    """The encodings to try for a file that begins so: a text in plain ASCII may be either."""
    if data.isascii():
        return ("utf-8", "cp1252")
    try:
        data[: len(data) - 3].decode("utf-8")  # the end may cut a character
    except UnicodeDecodeError:
        return (max(_ENCODINGS, key=lambda name: _frenchness(data, name)),)
    return ("utf-8",)


def _frenchness(data: bytes, encoding: str) -> int:
    """How much a text looks French in an encoding: its signs beyond ASCII, for and against."""
    signs = [sign for sign in data.decode(encoding, "replace") if ord(sign) > 127]
    return sum(1 if sign in _ACCENTED else -1 for sign in signs)


def _separator_of(lines: Sequence[str]) -> str:
    def merit(separator: str) -> tuple[int, int]:
        rows = [CsvRows(separator, '"').cells(line) for line in lines]
        return _best_score(rows), max((len(row) for row in rows), default=0)

    return max(_SEPARATORS, key=merit)


def _best_score(rows: Iterable[Sequence[str]]) -> int:
    return max((_score(row) for row in rows), default=0)


def _score(cells: Sequence[str]) -> int:
    """How many cells are names of columns that tills use."""
    return len({name for cell in cells if (name := plain(cell)) in _KNOWN})


def _header_place(rows: Sequence[Sequence[str]]) -> int | None:
    """Which row is the header: the one that names most, else the first of several texts alone."""
    head = rows[:WITHIN]
    scores = [_score(cells) for cells in head]
    if scores and max(scores) >= 2:
        return scores.index(max(scores))
    for place, cells in enumerate(head):
        held = [cell for cell in cells if cell.strip()]
        if len(held) >= 3 and not any(any(c.isdigit() for c in cell) for cell in held):
            return place
    return None
