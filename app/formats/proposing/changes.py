"""What a person changes in a proposal: a column, a sign, the meaning of a word.

A change is a key and a text: `columns.total` → the name of a column ("" for none),
`second.columns.method`, `decimal`, `moments` (one form), `amounts` (`ttc`, `ht`), `unnumbered`,
`vat` (the rate of everything that has none), `kinds.WORD` (`sale`, `refund`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.errors import UsageError
from app.formats.folded_text import fold
from app.formats.profile import FIELDS
from app.formats.proposing.columns import Found
from app.formats.proposing.tables import Table

Changes = Mapping[str, str]

_SECOND = "second."
_COLUMNS = "columns."
_KINDS = "kinds."
_KEYS = ("decimal", "quantity_decimal", "moments", "amounts", "unnumbered")


def with_columns(found: Found, table: Table, changes: Changes, *, second: bool = False) -> Found:
    """The columns of a table with those that a person chose. Raises UsageError on a wrong name."""
    fields = dict(found.fields)
    for key, column in changes.items():
        part, field = _column_key(key)
        if not field or (part == _SECOND) != second:
            continue
        fields.pop(field, None)
        if column:
            chosen = _column_of(table, column)
            fields = {known: name for known, name in fields.items() if name != chosen}
            fields[field] = chosen
    return replace(found, fields=fields)


def with_keys(data: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """The JSON of a profile with the other things that a person chose. Raises UsageError."""
    data = dict(data)
    for key, value in changes.items():
        if key.startswith(_KINDS):
            kinds = {
                w: k
                for w, k in data.get("kinds", {}).items()
                if fold(w) != fold(key.removeprefix(_KINDS))
            }
            data["kinds"] = {**kinds, key.removeprefix(_KINDS): value}
        elif key == "vat":
            data["defaults"] = {**data.get("defaults", {}), "vat": value}
            if not value:
                del data["defaults"]["vat"]
        elif key == "moments":
            data["moments"] = [value, *(form for form in data["moments"] if form != value)]
        elif key in _KEYS:
            data[key] = value
        elif not _column_key(key)[1]:
            raise UsageError(
                f"« {key} » ne se change pas : columns.CHAMP, second.columns.CHAMP, kinds.MOT, "
                f"vat, {', '.join(_KEYS)}."
            )
    return data


def words_of(changes: Changes) -> tuple[str, ...]:
    """The kinds of sale that a person has explained."""
    return tuple(key.removeprefix(_KINDS) for key in changes if key.startswith(_KINDS))


def _column_key(key: str) -> tuple[str, str]:
    """The part (`second.` or nothing) and the field of a key of columns; no field for another."""
    part = _SECOND if key.startswith(_SECOND) else ""
    name = key.removeprefix(part)
    if not name.startswith(_COLUMNS):
        return part, ""
    field = name.removeprefix(_COLUMNS)
    if field not in FIELDS:
        raise UsageError(f"« {field} » n'est pas un champ : {', '.join(FIELDS)}.")
    return part, field


def _column_of(table: Table, name: str) -> str:
    for column in table.header:
        if fold(column) == fold(name):
            return column
    known = ", ".join(f"« {column} »" for column in table.header if column)
    raise UsageError(f"Le fichier {table.name} n'a pas de colonne « {name} » : {known}.")
