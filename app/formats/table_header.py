"""The header of a table: the row that names the columns, which titles may precede."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.money import rate_from_text
from app.errors import UnreadableFile
from app.formats.folded_text import fold
from app.formats.profile import Rows
from app.formats.row_lines import own_column

WITHIN = 50
"""Rows: titles before the header, at most."""


class Columns(NamedTuple):
    """Where a profile's columns stand in a header: fields and own columns, and the taxes by rate.

    `skips` are the places of the cells that `rows.skip` looks at, in its order.
    """

    positions: Mapping[str, int]
    taxes: tuple[tuple[str, int], ...]
    skips: tuple[int, ...]


def missing_columns(cells: Sequence[str], rows: Rows) -> list[str]:
    """The columns that the profile needs and `cells`, taken as a header, do not name."""
    present = {fold(cell) for cell in cells}
    needed = [names for field, names in rows.columns.items() if field not in rows.optional]
    needed += [(skip.column,) for skip in rows.skip if skip.column]
    needed += [tuple(rows.paid)] if rows.paid else []
    lacking = [names[0] for names in needed if not present & {fold(name) for name in names}]
    return list(dict.fromkeys(lacking))


def missing_in(head: Iterable[Sequence[str]], rows: Rows) -> list[str] | None:
    """What the row that comes nearest to a header lacks; None when there is no row at all."""
    found = (missing_columns(cells, rows) for cells in head if any(cells))
    return min(found, key=len, default=None)


def columns_of(name: str, cells: Sequence[str], rows: Rows) -> Columns:
    """Where the columns stand in a header that has all that are needed.

    Raises UnreadableFile when it names one of them twice (`name` is the file's).
    """
    folded = [fold(cell) for cell in cells]
    places = {column: place for place, column in enumerate(folded)}
    positions: dict[str, int] = {}
    for field, names in rows.columns.items():
        column = next((name for name in names if fold(name) in places), "")
        if column:
            _check_once(name, folded, column)
            positions[field] = places[fold(column)]
    taxes = []
    for place, column in enumerate(folded):
        rate = _rate_named(column, rows)
        if rate is not None and place not in positions.values():
            taxes.append((column, rate))
            positions[own_column(column)] = place
    for column in (*rows.paid, *(extra.column for extra in rows.extra)):
        if fold(column) in places:
            _check_once(name, folded, column)
            positions[own_column(column)] = places[fold(column)]
    skips = [
        places[fold(skip.column)] if skip.column else positions.get(skip.field, -1)
        for skip in rows.skip
    ]
    return Columns(positions, tuple(taxes), tuple(skips))


def _check_once(name: str, folded: Sequence[str], column: str) -> None:
    if folded.count(fold(column)) > 1:
        raise UnreadableFile(
            f"L'en-tête du fichier {name} nomme deux fois la colonne « {column} » ; renommez "
            "l'une des deux."
        )


def _rate_named(column: str, rows: Rows) -> int | None:
    """The rate that the name of a column of taxes says: `MOMS (25.0%)` is 2500."""
    match = rows.rate_columns.search(column) if rows.rate_columns else None
    if match is None:
        return None
    try:
        return rate_from_text(match[1] or "")
    except ValueError:
        return None
