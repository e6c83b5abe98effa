"""A profile proposed from a till's files, as the JSON of a profile file, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import UnreadableFile
from app.formats.amounts import number_reader
from app.formats.folded_text import fold
from app.formats.profile import FIELDS
from app.formats.proposing import doubts
from app.formats.proposing.changes import with_columns, with_keys, words_of
from app.formats.proposing.columns import Found, find_columns
from app.formats.proposing.tables import Table
from app.formats.proposing.values import (
    FORMS,
    are_fractions,
    decimal_mark,
    moment_forms,
    number_decimals,
    possible_forms,
)
from app.formats.proposing.words import (
    CANCELLED,
    EXCLUDES_TAX,
    EXTRA,
    KINDS,
    NATURES,
    RATE_COLUMNS,
    RATES,
    TENDERS,
    plain,
)
from app.formats.spreadsheet import CODE as WORKBOOK
from app.formats.tax_rates import fitting_rate

_AMOUNTS = ("total", "unit", "discount", "ht", "tva")
_MAY_LACK = ("cashier", "code", "family", "nature", "discount", "ht", "status", "currency")
_ALIKE = 0.75  # of the columns of the smaller of two files


@dataclass(frozen=True, slots=True)
class Proposal:
    """`data` is the JSON of the proposed profile; `doubts` are French sentences to read aloud.

    `table` is the file of the sales, `second` that of the payments, when there is one. `words` are
    kinds of sale whose meaning nobody knows, `chosen_words` those that a person has explained;
    `forms` are all forms of date that read its dates.
    """

    data: Mapping[str, Any]
    table: Table
    second: Table | None
    doubts: tuple[str, ...]
    words: tuple[str, ...] = ()
    chosen_words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


def propose(
    tables: Sequence[Table], name: str, changes: Mapping[str, str] | None = None
) -> Proposal:
    """The profile that these files of one till suggest, to be called `name`.

    Several files of one kind are looked at together; one of another kind is the second file, that
    of the payments. `changes` are what a person chose (see `changes`). Raises UnreadableFile when
    the files can't be of one till or show no sale, UsageError on a change that makes no sense.
    """
    changes = changes or {}
    main, second = _parts(tables)
    found = with_columns(find_columns(main), main, changes)
    missing = [what for what in ("date", "total") if not _has(found, what)]
    if missing:
        raise UnreadableFile(doubts.cannot_propose(main.name, missing))
    other = None
    if second is not None:
        other = with_columns(find_columns(second), second, changes, second=True)
        if "number" not in other.fields or "number" not in found.fields:
            raise UnreadableFile(
                f"Les fichiers {main.name} et {second.name} n'ont pas de numéro de ticket en "
                "commun : ils ne peuvent pas être lus ensemble."
            )
    data = with_keys(_data(main, found, second, other, name), changes)
    if not data["moments"]:
        raise UnreadableFile(doubts.unreadable_dates(main, found))
    return Proposal(
        data,
        main,
        second,
        doubts.of_proposal(data, main, found, second),
        doubts.unknown_kinds(data, main, found.fields.get("kind", "")),
        words_of(changes),
        possible_forms(moments_of(main, found)) if main.format != WORKBOOK else (),
    )


def _has(found: Found, what: str) -> bool:
    return what in found.fields or (what == "total" and "unit" in found.fields)


def _data(
    main: Table, found: Found, second: Table | None, other: Found | None, name: str
) -> dict[str, Any]:
    both = [(main, found), *([(second, other)] if second and other else [])]
    data: dict[str, Any] = {"label": name, "format": main.format}
    if main.format != WORKBOOK:
        data["encoding"] = list(main.encodings) if len(main.encodings) > 1 else main.encodings[0]
        data["separator"] = main.separator
    if main.sheet:
        data["sheet"] = main.sheet
    data |= _marks(main, found)
    data["moments"] = list(_moments(both))
    data |= _rows(main, found)
    if "kind" in {field for _, columns in both for field in columns.fields}:
        data |= {"kinds": dict(KINDS), "refund_amounts": "either"}
    if any("method" in columns.fields for _, columns in both):
        data["tenders"] = [dict(tender) for tender in TENDERS]
        data |= _tender_separator(both)
    if _excludes_tax(both):
        data["amounts"] = "ht"
    if second and other:
        its = {"separator": second.separator, **_marks(second, other)}
        own = {key: value for key, value in its.items() if value and value != data.get(key)}
        data["second"] = {"label": second.name, **own, **_rows(second, other)}
    return data


def _rows(table: Table, found: Found) -> dict[str, Any]:
    """The keys that are of one file."""
    columns = {field: found.fields[field] for field in FIELDS if field in found.fields}
    data: dict[str, Any] = {"columns": columns}
    may_lack = [field for field in _MAY_LACK if field in columns]
    if may_lack:
        data["optional"] = may_lack
    if "number" not in columns and _moments_repeat(table, found):
        data["unnumbered"] = "moment"
    if number_decimals(table.cells(columns.get("number", ""))) == "drop":
        data["number_decimals"] = "drop"
    if "nature" in columns:
        data["natures"] = dict(NATURES)
    if found.has_rate_columns:
        data["rate_columns"] = RATE_COLUMNS
    elif "tva" in columns and not _names_all_rates(table, columns):
        data["rates"] = list(RATES)
    if are_fractions(table.cells(columns.get("vat", ""))):
        data["vat_form"] = "fraction"
    if found.paid:
        data["paid"] = dict(found.paid)
    if found.extra:
        data["extra"] = [_extra(column) for column in found.extra]
    if "status" in columns:
        data["skip"] = [{"field": "status", "pattern": CANCELLED}]
    return data


def _extra(column: str) -> dict[str, str]:
    label, nature = EXTRA[plain(column)]
    return {"column": column, "label": label, "nature": nature}


def _names_all_rates(table: Table, columns: Mapping[str, str]) -> bool:
    return "vat" in columns and len(table.cells(columns["vat"])) == len(table.rows)


def _marks(table: Table, found: Found) -> dict[str, str]:
    """The decimal mark of a file's amounts, and of its quantities when it is another one."""
    cells = [
        cell
        for column in (
            *(found.fields[field] for field in _AMOUNTS if field in found.fields),
            *found.paid,
            *found.extra,
        )
        for cell in table.cells(column)
    ]
    mark = decimal_mark(cells) or ","
    quantities = table.cells(found.fields.get("qty", ""))
    if table.format == WORKBOOK or not quantities:
        return {"decimal": mark}
    if decimal_mark([*quantities, *_witnesses(mark)]) == mark:
        return {"decimal": mark}
    return {"decimal": mark, "quantity_decimal": decimal_mark(quantities) or mark}


def _witnesses(mark: str) -> list[str]:
    """Amounts that only this mark reads."""
    return {",": ["0,5"], ".": ["0.5"], ",.": ["0,5", "0.5"]}[mark]


def _moments(both: Sequence[tuple[Table, Found]]) -> tuple[str, ...]:
    """The forms of all the files: a till's own, whichever file shows them."""
    found: dict[str, None] = {}
    for table, columns in both:
        # A workbook's dates are written out as ISO.
        forms = ("iso", *FORMS) if table.format == WORKBOOK else FORMS
        found |= dict.fromkeys(moment_forms(moments_of(table, columns), only=forms))
    return tuple(found)


def moments_of(table: Table, found: Found) -> list[str]:
    """The dates of a table as a reader sees them: with the time of its own column, if any."""
    date = table.header.index(found.fields["date"])
    time = table.header.index(found.fields["time"]) if "time" in found.fields else None
    return [
        row[date] if time is None else f"{row[date]} {row[time]}"
        for row in table.rows
        if row[date].strip()
    ]


def _moments_repeat(table: Table, found: Found) -> bool:
    moments = moments_of(table, found)
    return len(set(moments)) < len(moments)


def _tender_separator(both: Sequence[tuple[Table, Found]]) -> dict[str, str]:
    """The sign between tenders of one cell: one of which every part stands alone elsewhere."""
    cells = {
        fold(cell) for table, found in both for cell in table.cells(found.fields.get("method", ""))
    }
    for sign in (",", "+", "/", ";", "|"):
        for cell in cells:
            parts = {part.strip() for part in cell.split(sign)}
            if len(parts) > 1 and parts <= cells:
                return {"tender_separator": sign}
    return {}


def _excludes_tax(both: Sequence[tuple[Table, Found]]) -> bool:
    """Whether amounts exclude tax: by the rates that follow from them, else by their name."""
    without = within = 0
    named = False
    for table, found in both:
        if "tva" not in found.fields or "total" not in found.fields or "ht" in found.fields:
            continue
        pairs = _totals_and_taxes(table, found)
        without += sum(fitting_rate(total + tax, tax, _TAXED) is not None for total, tax in pairs)
        within += sum(fitting_rate(total, tax, _TAXED) is not None for total, tax in pairs)
        named = named or (bool(pairs) and plain(found.fields["total"]) in EXCLUDES_TAX)
    return without > within if without != within else named


def _totals_and_taxes(table: Table, found: Found) -> list[tuple[Any, Any]]:
    total, tax = (table.header.index(found.fields[field]) for field in ("total", "tva"))
    mark = decimal_mark([*table.cells(found.fields["total"]), *table.cells(found.fields["tva"])])
    read = number_reader(mark or ",")
    pairs = []
    for row in table.rows:
        try:
            pair = read(row[total]), read(row[tax])
        except ValueError:
            continue
        if pair[1]:
            pairs.append(pair)
    return pairs


_TAXED = (2000, 1000, 550, 210)


# --- which file is what --------------------------------------------------------------------------


def _parts(tables: Sequence[Table]) -> tuple[Table, Table | None]:
    """The sales, and the payments if they are in a file of another kind."""
    groups: list[Table] = []
    for table in tables:
        for place, known in enumerate(groups):
            if _are_alike(known, table):
                groups[place] = _merged(known, table)
                break
        else:
            groups.append(table)
    if len(groups) == 1:
        return groups[0], None
    if len(groups) > 2 or len({table.format for table in groups}) > 1:
        raise UnreadableFile(_not_together(groups))
    first, second = groups
    if _is_detail(first) == _is_detail(second):
        raise UnreadableFile(_not_together(groups))
    return (first, second) if _is_detail(first) else (second, first)


def _not_together(tables: Iterable[Table]) -> str:
    names = ", ".join(table.name for table in tables)
    return (
        f"Ces fichiers ne vont pas ensemble : {names} ; donnez ceux d'une seule caisse, les ventes "
        "et, s'il est à part, le fichier des règlements."
    )


def _are_alike(one: Table, other: Table) -> bool:
    if (one.format, one.separator) != (other.format, other.separator):
        return False
    a, b = ({fold(column) for column in table.header if column} for table in (one, other))
    return len(a & b) >= _ALIKE * min(len(a), len(b)) and _is_detail(one) == _is_detail(other)


def _merged(one: Table, other: Table) -> Table:
    """Both as one table, under the wider header."""
    wide, narrow = (one, other) if len(one.header) >= len(other.header) else (other, one)
    places = {fold(column): place for place, column in enumerate(narrow.header)}
    chosen = [places.get(fold(column), -1) for column in wide.header]
    rows = [tuple(row[at] if at >= 0 else "" for at in chosen) for row in narrow.rows]
    encodings = min(wide.encodings, narrow.encodings, key=len)
    return replace(wide, encodings=encodings, rows=(*wide.rows, *rows))


def _is_detail(table: Table) -> bool:
    """Whether a table has a row an article: it counts them, and says not how they were paid."""
    found = find_columns(table)
    return "qty" in found.fields or not ("method" in found.fields or found.paid)
