"""A profile from its file's JSON: checked whole, so that a wrong key is told by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from app.domain.money import rate_from_text
from app.domain.tenders import UNKNOWN, tender_code
from app.domain.ticket import KINDS, NATURES, OUTSIDE_NATURES
from app.formats.amounts import MARKS
from app.formats.folded_text import fold
from app.formats.moment_forms import moment_reader
from app.formats.profile import (
    FIELDS,
    TILL_CODE,
    Article,
    Defaults,
    Extra,
    Profile,
    Rows,
    Second,
    Skip,
    Tender,
)
from app.formats.profile_keys import ProfileKeys

_ROW_KEYS = frozenset(item.name for item in fields(Rows))
_SECOND = "second"

# A second file is of the same till: unless it says otherwise, it is written like the first.
_OF_ONE_FILE = frozenset(
    {"columns", "optional", "paid", "extra", "skip", "articles", "rate_columns"}
)


def load_profile(data: Mapping[str, Any], name: str) -> Profile:
    """The profile that `data` (the JSON of a profile file) describes.

    Raises UnknownProfile with one sentence that names the key at fault.
    """
    keys = ProfileKeys(data, name)
    keys.only({"label", "format", "encoding", "defaults", "sheet", _SECOND} | _ROW_KEYS)
    has_rows = any(keys.has(name) for name in (*_ROW_KEYS, _SECOND, "sheet"))
    return Profile(
        name=name,
        label=keys.text("label"),
        format=keys.text("format"),
        encodings=_encodings(keys),
        # A journal names its tills; the rows of a till that doesn't are those of the only one.
        defaults=_defaults(keys.inner("defaults"), "1" if has_rows else None),
        rows=_rows(keys) if has_rows else None,
        second=_second(keys, data) if keys.has(_SECOND) else None,
        sheet=keys.text("sheet", ""),
    )


def _encodings(keys: ProfileKeys) -> tuple[str, ...]:
    names = keys.text_or_texts("encoding", ("utf-8",))
    for name in names:
        try:
            codecs.lookup(name)
            ascii_like = "\n".encode(name) == b"\n"
        except (LookupError, UnicodeError, TypeError, ValueError):
            keys.fail("encoding", f"« {name} » n'est pas un encodage connu (utf-8, cp1252…)")
        if not ascii_like and ("utf-16" not in name.lower() or len(names) > 1):
            keys.fail("encoding", f"l'encodage « {name} » n'est pas pris en charge")
    return names


def _defaults(keys: ProfileKeys, till: str | None) -> Defaults:
    keys.only({item.name for item in fields(Defaults)} - {"first_drawers"})
    for key in ("till", "drawer"):
        if keys.has(key) and not TILL_CODE.fullmatch(keys.text(key)):
            keys.fail(key, "un code court sans / : | était attendu")
    return Defaults(
        till=keys.text("till") if keys.has("till") else till,
        drawer=keys.text("drawer", "1"),
        tender=tender_code(keys.text("tender", UNKNOWN)),
        nature=keys.choice("nature", NATURES, "goods"),
        family=keys.text("family", ""),
        vat=_rate(keys),
    )


def _second(keys: ProfileKeys, data: Mapping[str, Any]) -> Second:
    own = keys.inner(_SECOND)
    own.only(_ROW_KEYS | {"label"})
    inherited = {
        key: value
        for key, value in data.items()
        if key == "format" or (key in _ROW_KEYS and key not in _OF_ONE_FILE)
    }
    rows = _rows(own.with_defaults(inherited))
    if "number" not in rows.columns:
        own.fail("columns.number", "elle manque : les deux fichiers se rejoignent par le numéro")
    return Second(own.text("label"), rows)


def _rows(keys: ProfileKeys) -> Rows:
    columns = _columns(keys)
    rows = Rows(
        columns=columns,
        moments=_moments(keys),
        optional=frozenset(keys.texts("optional", tuple(columns))),
        separator=_separator(keys),
        quote=keys.choice("quote", ('"', "'", ""), '"'),
        decimal=keys.choice("decimal", MARKS, ","),
        quantity_decimal=keys.choice("quantity_decimal", MARKS, keys.text("decimal", ",")),
        number_decimals=keys.choice("number_decimals", ("keep", "drop"), "keep"),
        unnumbered=keys.choice("unnumbered", ("row", "moment"), "row"),
        kinds=_folded(keys.choices("kinds", KINDS)),
        refund_amounts=keys.choice("refund_amounts", ("signed", "unsigned", "either"), "signed"),
        natures=_folded(keys.choices("natures", NATURES)),
        amounts=keys.choice("amounts", ("ttc", "ht"), "ttc"),
        currency=_currency(keys),
        vat_form=keys.choice("vat_form", ("percent", "fraction"), "percent"),
        rates=tuple(_rate_of(keys, "rates", text) for text in keys.texts("rates")),
        rate_columns=_rate_columns(keys),
        tenders=tuple(_tender(item) for item in keys.items("tenders")),
        tender_separator=_tender_separator(keys),
        paid={column: tender_code(name) for column, name in keys.names("paid").items()},
        extra=tuple(_extra(item) for item in keys.items("extra")),
        skip=tuple(_skip(item, columns) for item in keys.items("skip")),
        articles=tuple(_article(item) for item in keys.items("articles")),
    )
    if keys.text("format", "") == "spreadsheet" and rows.quantity_decimal != rows.decimal:
        # The numbers of a sheet have no mark at all: they are given one.
        keys.fail("quantity_decimal", "dans un classeur, c'est le signe de « decimal »")
    for name, table in (("kind", rows.kinds), ("nature", rows.natures)):
        if name in columns and not table:
            keys.fail(f"{name}s", f"elle manque alors qu'une colonne donne « {name} »")
    return rows


def _columns(keys: ProfileKeys) -> Mapping[str, tuple[str, ...]]:
    columns = keys.inner("columns", required=True)
    columns.only(set(FIELDS))
    found = {name: columns.text_or_texts(name) for name in FIELDS if columns.has(name)}
    if "date" not in found:
        columns.fail("date", "elle manque")
    if not {"unit", "total"} & set(found):
        columns.fail("total", "elle manque (il faut au moins « total » ou « unit »)")
    return found


def _moments(keys: ProfileKeys) -> tuple[str, ...]:
    forms = keys.texts("moments")
    if not forms:
        keys.fail("moments", "elle manque")
    for form in forms:
        try:
            moment_reader([form])
        except ValueError:
            keys.fail("moments", f"« {form} » n'est pas une forme de date")
    return forms


def _separator(keys: ProfileKeys) -> str:
    separator = keys.text("separator", ",")
    if len(separator) != 1 or separator in "\r\n\"'" or separator.isalnum():
        keys.fail("separator", "un seul signe était attendu, tel que ; ou ,")
    return separator


def _currency(keys: ProfileKeys) -> str:
    code = keys.text("currency", "EUR")
    if not re.fullmatch("[A-Z]{3}", code):
        keys.fail("currency", "un code de trois lettres était attendu, tel que EUR")
    return code


def _tender_separator(keys: ProfileKeys) -> str:
    separator = keys.text("tender_separator", "")
    if len(separator) > 1 or separator.isalnum():
        keys.fail("tender_separator", "un seul signe était attendu, tel que , ou +")
    return separator


def _rate_columns(keys: ProfileKeys) -> re.Pattern[str] | None:
    if not keys.has("rate_columns"):
        return None
    pattern = keys.pattern("rate_columns")
    if pattern.groups != 1:
        keys.fail("rate_columns", "il faut un groupe, celui du taux : « TVA \\(([0-9.]+) ?%\\) »")
    return pattern


def _tender(keys: ProfileKeys) -> Tender:
    keys.only({"pattern", "method"})
    return Tender(keys.pattern("pattern"), tender_code(keys.text("method")))


def _extra(keys: ProfileKeys) -> Extra:
    keys.only({"column", "label", "nature", "vat"})
    nature = keys.choice("nature", NATURES, "")
    if keys.has("vat") and nature in OUTSIDE_NATURES:
        keys.fail("vat", "cette nature n'a pas de TVA")
    column = keys.text("column")
    return Extra(column, keys.text("label", column), nature, _rate(keys))


def _skip(keys: ProfileKeys, columns: Mapping[str, Any]) -> Skip:
    keys.only({"column", "field", "pattern"})
    if keys.has("field") == keys.has("column"):
        keys.fail("column", "il faut « column » ou « field », l'une des deux")
    if keys.has("field"):
        return Skip("", keys.choice("field", tuple(columns), ""), keys.pattern("pattern"))
    return Skip(keys.text("column"), "", keys.pattern("pattern"))


def _article(keys: ProfileKeys) -> Article:
    keys.only({"pattern", "family", "nature", "vat"})
    return Article(
        pattern=keys.pattern("pattern"),
        family=keys.text("family", ""),
        nature=keys.choice("nature", NATURES, "goods"),
        vat=_rate(keys),
    )


def _rate(keys: ProfileKeys) -> int | None:
    return _rate_of(keys, "vat", keys.text("vat")) if keys.has("vat") else None


def _rate_of(keys: ProfileKeys, key: str, text: str) -> int:
    try:
        return rate_from_text(text)
    except ValueError:
        keys.fail(key, 'un taux tel que "5.50" était attendu')


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {fold(name): code for name, code in table.items()}
