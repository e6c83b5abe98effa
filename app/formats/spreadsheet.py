"""Rows of a workbook (.xlsx), read as those of a text.

The sheet is written as CSV to a temporary file, one line a row: what follows is the same for every
table, and a refused line bears the number that Excel shows.
"""

from __future__ import annotations

import csv
import io
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from app.errors import UnreadableFile
from app.formats.profile import Profile, Rows
from app.formats.table_header import WITHIN, columns_of, missing_columns, missing_in
from app.formats.table_reader import TableReader, header_problem, rules_of, table_reader
from app.formats.text_file import (
    OLD_WORKBOOK_SIGNATURE,
    WORKBOOK_SIGNATURE,
    OtherKind,
    TextFile,
    opened_bytes,
)
from app.formats.workbook_currency import other_currency, signs_in
from app.formats.workbook_guard import copy_checked
from app.formats.workbook_rows import filled_down, rows_of, sheets_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

CODE = "spreadsheet"
HAS_ROWS = True

# What cells merged downwards may say of every row beside them.
_REPEATED = (
    *("till", "drawer", "number", "date", "time", "kind", "ref", "cashier"),
    *("customer_code", "customer_name", "method"),
)
_MEMORY = 8 * 2**20


@contextmanager
def opened(path: Path, profile: Profile) -> Iterator[TextFile]:
    """The sheet that fits, as text. Raises UnreadableFile; OtherKind when it is no workbook."""
    rows = rules_of(profile)
    with book_in(path) as book, tempfile.TemporaryFile(prefix="cloture-") as text:
        sheet = _chosen(path.name, book.sheets, profile)
        lines = rows_of(path.name, sheet, rows.decimal[0])
        size = write_lines(_filled(path.name, lines, sheet, rows), text)
        currency = other_currency(book.signs, rows.currency)
        yield TextFile(
            path.name, text, "utf-8", 0, size, sure=True, is_workbook=True, currency=currency
        )


class Book(NamedTuple):
    """A workbook: its sheets that hold cells, and the currencies that its cells are shown in."""

    sheets: list[CalamineSheet]
    signs: list[str]


@contextmanager
def book_in(path: Path) -> Iterator[Book]:
    """An open workbook. Raises UnreadableFile, OtherKind."""
    with opened_bytes(path) as (raw, _):
        head = raw.read(len(OLD_WORKBOOK_SIGNATURE))
        if head == OLD_WORKBOOK_SIGNATURE:
            raise UnreadableFile(
                f"Le fichier {path.name} est un ancien classeur Excel (.xls), ou protégé par un "
                "mot de passe ; enregistrez-le en .xlsx sans mot de passe, ou exportez les tickets "
                "en CSV."
            )
        if not head.startswith(WORKBOOK_SIGNATURE):
            raise OtherKind(
                f"Le fichier {path.name} n'est pas un classeur Excel (.xlsx) ; choisissez le "
                "profil de la caisse qui l'a écrit."
            )
        raw.seek(0)
        with tempfile.SpooledTemporaryFile(_MEMORY, prefix="cloture-") as copy:
            copy_checked(path.name, raw, copy)
            signs = signs_in(copy)
            copy.seek(0)
            yield Book(sheets_of(path.name, copy), signs)


def misfit(text: TextFile, profile: Profile) -> str:
    """The columns that the header lacks, in a French clause; "" when none."""
    if not text.is_workbook:
        return "ce n'est pas un classeur"
    return header_problem(text.head(("utf-8",)), _as_csv(profile))


def reader(text: TextFile, profile: Profile) -> TableReader:
    """A reader of a sheet that fits. Raises UnreadableFile when its header can't be used."""
    return table_reader(text, _as_csv(profile))


def write_lines(rows: Iterator[list[str]], out: IO[bytes]) -> int:
    """Write rows as CSV in UTF-8, one line each; how many bytes that made."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    try:
        writer = csv.writer(text, lineterminator="\n")
        for cells in rows:
            writer.writerow(cells if any(cells) else [])
        text.flush()
        return out.tell()
    finally:
        text.detach()


def _as_csv(profile: Profile) -> Profile:
    """The same profile for the lines that `write_lines` made."""
    return replace(profile, rows=replace(rules_of(profile), separator=",", quote='"'))


def _chosen(name: str, sheets: list[CalamineSheet], profile: Profile) -> CalamineSheet:
    """The sheet that the profile names, else the first with its columns, else the first."""
    rows = rules_of(profile)
    for sheet in sheets:
        if profile.sheet and sheet.name == profile.sheet:
            return sheet
    for sheet in sheets:
        head = itertools.islice(rows_of(name, sheet, rows.decimal[0]), WITHIN)
        if missing_in(head, rows) == []:
            return sheet
    return sheets[0]


def _filled(
    name: str, lines: Iterator[list[str]], sheet: CalamineSheet, rows: Rows
) -> Iterator[list[str]]:
    """The rows with merged cells repeated where they say something of a ticket."""
    head: list[list[str]] = []
    columns: frozenset[int] = frozenset()
    for cells in lines:
        head.append(cells)
        if not missing_columns(cells, rows):
            places = columns_of(name, cells, rows).positions
            columns = frozenset(places[field] for field in _REPEATED if field in places)
            break
        if len(head) == WITHIN:
            break
    merges = sheet.merged_cell_ranges or []
    return filled_down(itertools.chain(head, lines), merges, columns)
