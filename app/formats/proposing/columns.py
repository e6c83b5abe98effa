"""Which column of an unknown table holds what: by its name, then by what its cells show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.formats.folded_text import fold
from app.formats.profile import TILL_CODE
from app.formats.proposing.tables import Table
from app.formats.proposing.values import are_amounts, are_rates, has_time, moment_forms
from app.formats.proposing.words import (
    EXTRA,
    HEADINGS,
    KINDS,
    NATURES,
    NET_OF_EXTRAS,
    PAID,
    RATE_COLUMNS,
    plain,
)

_FOLDED_KINDS = frozenset(fold(word) for word in KINDS)
_FOLDED_NATURES = frozenset(fold(word) for word in NATURES)
_FEW = 12  # different words: more is no kind of sale

# The order of the search: a column is one thing only, and the surest come first.
_ORDER = (
    *("number", "date", "time", "kind", "status", "vat", "tva", "total", "ht", "unit"),
    *("discount", "qty", "label", "family", "nature", "code", "cashier", "till", "drawer"),
    *("currency", "method"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a table's columns are: `fields` (field → column), `paid` and `extra` columns.

    `has_rate_columns`: the tax at each rate is in a column of its own.
    """

    fields: Mapping[str, str]
    paid: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    has_rate_columns: bool = False


def find_columns(table: Table) -> Found:
    """Recognise the columns of a table."""
    named: dict[str, list[str]] = {}
    folded = [fold(column) for column in table.header]
    for column in table.header:
        if folded.count(fold(column)) == 1:  # of two alike nobody can tell which is meant
            named.setdefault(plain(column), []).append(column)
    rates = [column for column in table.header if re.search(RATE_COLUMNS, fold(column))]
    paid = _paid(table)
    extra = tuple(c for c in table.header if plain(c) in EXTRA and are_amounts(table.cells(c)))
    taken = {*rates, *paid, *extra}
    fields: dict[str, str] = {}
    for name in _ORDER:
        column = _column_for(name, table, named, taken, fields)
        if column:
            fields[name] = column
            taken.add(column)
    for net in NET_OF_EXTRAS if extra else ():
        if net in named:
            fields["total"] = named[net][0]  # what was collected holds the tip too
    return Found(fields, paid, extra, bool(rates))


def _column_for(
    name: str,
    table: Table,
    named: Mapping[str, Sequence[str]],
    taken: set[str],
    fields: Mapping[str, str],
) -> str:
    fits = _FITS.get(name, _anything)
    for heading in HEADINGS[name]:
        for column in named.get(heading, ()):
            if column not in taken and fits(table, column, fields):
                return column
    return ""


def _paid(table: Table) -> dict[str, str]:
    """Columns named after tenders that hold amounts, or nothing yet; one alone is another thing."""
    named = {c: PAID[name] for c in table.header if (name := plain(c)) in PAID}
    cells = {column: table.cells(column) for column in named}
    holding = [column for column in named if are_amounts(cells[column])]
    if len(holding) < 2:
        return {}
    return {c: code for c, code in named.items() if c in holding or not cells[c]}


# --- what the cells must show, for a column of that name to be the field -------------------------


def _anything(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    return True


def _shows_moments(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    return bool(moment_forms(table.cells(column)))


def _shows_times(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    """The hour, unless the date has it already."""
    cells = table.cells(column)
    dated = table.cells(fields["date"]) if "date" in fields else []
    return bool(cells) and has_time(cells) and not has_time(dated)


def _shows_amounts(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    return are_amounts(table.cells(column))


def _shows_rates(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    cells = table.cells(column)
    if not are_rates(cells):
        return False
    # « TVA » alone is a rate when it says so, or when it does not follow the amounts.
    return plain(column) != "TVA" or any("%" in cell for cell in cells)


def _shows_kinds(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    words = {fold(cell) for cell in table.cells(column)}
    return 0 < len(words) <= _FEW and bool(words & _FOLDED_KINDS)


def _shows_natures(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    words = {fold(cell) for cell in table.cells(column)}
    return 0 < len(words) <= _FEW and bool(words & _FOLDED_NATURES)


def _shows_codes(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    cells = set(table.cells(column))
    return 0 < len(cells) <= _FEW and all(TILL_CODE.fullmatch(cell.strip()) for cell in cells)


def _shows_words(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    cells = table.cells(column)
    return bool(cells) and not are_amounts(cells)


def _shows_something(table: Table, column: str, fields: Mapping[str, str]) -> bool:
    return bool(table.cells(column))


_FITS: dict[str, Callable[[Table, str, Mapping[str, str]], bool]] = {
    "number": _shows_something,
    "date": _shows_moments,
    "time": _shows_times,
    "kind": _shows_kinds,
    "nature": _shows_natures,
    "till": _shows_codes,
    "drawer": _shows_codes,
    "vat": _shows_rates,
    "method": _shows_words,
    "currency": _shows_words,
    **dict.fromkeys(("tva", "total", "ht", "unit", "discount", "qty"), _shows_amounts),
}
