"""The rows of a workbook's sheet as text, for the readers of rows.

Dates become ISO 8601, to the second; numbers are written with the profile's decimal mark, with the
fifteen digits that a spreadsheet keeps (so that 9.720000000000001 is 9.72 again). A formula is what
the program that wrote the file last computed. Cells merged downwards repeat what they say of a
ticket, never an amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from app.errors import UnreadableFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_HALF_A_SECOND = timedelta(microseconds=500_000)
_MERGED_ROWS = 10_000  # a merged cell taller than this is a mistake, and would fill the sheet


def sheets_of(name: str, copy: IO[bytes]) -> list[CalamineSheet]:
    """The sheets of a checked workbook, in its own order; at least one.

    Raises UnreadableFile when it can't be read (`name` is the file's).
    """
    import python_calamine as calamine  # only a workbook needs it

    try:
        book = calamine.load_workbook(copy)
        kinds = [item.typ == calamine.SheetTypeEnum.WorkSheet for item in book.sheets_metadata]
        found = [book.get_sheet_by_index(at) for at, is_table in enumerate(kinds) if is_table]
    except BaseException as error:
        raise _told(name, error) from None
    if not found:
        raise UnreadableFile(
            f"Le classeur {name} ne contient aucune feuille ; refaites l'export depuis la caisse."
        )
    return found


def rows_of(name: str, sheet: CalamineSheet, decimal: str) -> Iterator[list[str]]:
    """The rows of a sheet from its first one, blank ones too. Raises UnreadableFile."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    try:
        for cells in sheet.iter_rows():
            yield [*left, *(cell_text(cell, decimal) for cell in cells)]
    except GeneratorExit:
        raise
    except BaseException as error:
        raise _told(name, error) from None


def cell_text(cell: Any, decimal: str) -> str:
    """A cell as a till would have written it in a text; `decimal` is the mark of numbers."""
    if isinstance(cell, str):
        return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        return _number_text(cell).replace(".", decimal)
    return _moment_text(cell)


def _moment_text(cell: Any) -> str:
    """A date, a time or both; a moment at midnight is a date, as spreadsheets have no dates."""
    if isinstance(cell, datetime):
        moment = (cell + _HALF_A_SECOND).replace(microsecond=0)
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
    if isinstance(cell, time):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, timedelta):
        return _clock_text(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def filled_down(
    rows: Iterator[list[str]], merges: Sequence[Any], columns: frozenset[int]
) -> Iterator[list[str]]:
    """The rows with what cells merged downwards say repeated in these columns.

    `merges` are ((first row, first column), (last row, last column)), counted from 0.
    """
    downwards = _downwards(merges, columns)
    held: dict[int, tuple[int, str]] = {}  # column → (last row, text)
    for number, cells in enumerate(rows):
        for column, (last, text) in list(held.items()):
            if number > last:
                del held[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = text
        for column, last in downwards.get(number, ()):
            if column < len(cells):
                held[column] = (last, cells[column])
        yield cells


def _downwards(
    merges: Sequence[Any], columns: frozenset[int]
) -> Mapping[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merges:
        if top < bottom <= top + _MERGED_ROWS and left in columns:
            found.setdefault(top, []).append((left, bottom))
    return found


def _number_text(number: float) -> str:
    """Plain digits: `4618`, `9.72`, never an exponent."""
    if isinstance(number, float) and not number.is_integer():
        plain = Decimal(format(number, ".15g"))
        return format(plain, "f") if plain.is_finite() else str(number)
    return str(int(number))


def _clock_text(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    if not 0 <= seconds < 86_400:
        return str(span)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _told(name: str, error: BaseException) -> BaseException:
    """The refusal of a workbook that can't be read.

    The library's own faults come as an exception that is no `Exception`.
    """
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        return error
    if isinstance(error, UnreadableFile | MemoryError):
        return error
    return UnreadableFile(
        f"Le fichier {name} n'est pas un classeur Excel (.xlsx) lisible : il est abîmé ou protégé "
        "par un mot de passe ; refaites l'export depuis la caisse."
    )
