"""An import profile: how one kind of till writes its tickets, as a data file says it.

Every key is described in `docs/profiles.md`. A profile is checked whole when it is loaded, so that
a wrong key is told before any ticket is read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from app.domain.money import rate_from_text
from app.domain.tenders import UNKNOWN, tender_code
from app.domain.ticket import KINDS, NATURES
from app.formats.amounts import MARKS
from app.formats.folded_text import fold
from app.formats.moment_forms import moment_reader
from app.formats.profile_keys import ProfileKeys

FIELDS = (
    *("till", "drawer", "number", "date", "time", "kind", "ref", "cashier"),
    *("customer_code", "customer_name", "code", "label", "family", "nature", "qty", "unit"),
    *("discount", "total", "vat", "tva", "method"),
)
TILL_CODE = re.compile(r"[^\s/:|\x00-\x1f][^/:|\x00-\x1f]{0,29}")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What stands in for what the source lacks; None: nothing does.

    `vat` is in hundredths of a percent; `first_drawers` maps a till to its first drawer.
    """

    till: str | None = None
    drawer: str = "1"
    first_drawers: Mapping[str, str] = field(default_factory=dict)
    tender: str = UNKNOWN
    nature: str = "goods"
    family: str = ""
    vat: int | None = None

    def drawer_of(self, till: str) -> str:
        """The drawer of a till's tickets that name none."""
        return self.first_drawers.get(till, self.drawer)


@dataclass(frozen=True, slots=True)
class Article:
    """One row of the article table; `pattern` is sought in the folded label.

    `vat` is in hundredths of a percent; None: the profile's default.
    """

    pattern: re.Pattern[str]
    family: str
    nature: str
    vat: int | None


@dataclass(frozen=True, slots=True)
class Tender:
    """The names of a tender that mean `method`; `pattern` is sought in the folded name."""

    pattern: re.Pattern[str]
    method: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are no sale: those whose `column` holds `pattern` once folded."""

    column: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """How rows of named columns make tickets (the names are the keys of the profile file).

    `columns` says which column holds each of FIELDS; `kinds` and `natures` have folded keys.
    """

    columns: Mapping[str, str]
    moments: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    separator: str = ","
    quote: str = '"'
    decimal: str = ","
    quantity_decimal: str = ","
    number_decimals: str = "keep"
    unnumbered: str = "row"
    kinds: Mapping[str, str] = field(default_factory=dict)
    refund_amounts: str = "signed"
    natures: Mapping[str, str] = field(default_factory=dict)
    amounts: str = "ttc"
    tenders: tuple[Tender, ...] = ()
    skip: tuple[Skip, ...] = ()
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: `format` is the CODE of the module that reads it; `rows` only if it has rows."""

    name: str
    label: str
    format: str
    encoding: str = "utf-8"
    defaults: Defaults = Defaults()
    rows: Rows | None = None


def load_profile(data: Mapping[str, Any], name: str) -> Profile:
    """The profile that `data` (the JSON of a profile file) describes.

    Raises UnknownProfile with one sentence that names the key at fault.
    """
    rows_keys = {item.name for item in fields(Rows)}
    keys = ProfileKeys(data, name)
    keys.only({"label", "format", "encoding", "defaults"} | rows_keys)
    has_rows = any(keys.has(name) for name in rows_keys)
    return Profile(
        name=name,
        label=keys.text("label"),
        format=keys.text("format"),
        encoding=_encoding(keys),
        # A journal names its tills; the rows of a till that doesn't are those of the only one.
        defaults=_defaults(keys.inner("defaults"), "1" if has_rows else None),
        rows=_rows(keys) if has_rows else None,
    )


def _encoding(keys: ProfileKeys) -> str:
    name = keys.text("encoding", "utf-8")
    try:
        codecs.lookup(name)
        ascii_like = "\n".encode(name) == b"\n"
    except (LookupError, UnicodeError, TypeError, ValueError):
        keys.fail("encoding", f"« {name} » n'est pas un encodage connu (utf-8, cp1252…)")
    if not ascii_like and "utf-16" not in name.lower():
        keys.fail("encoding", f"l'encodage « {name} » n'est pas pris en charge")
    return name


def _defaults(keys: ProfileKeys, till: str | None) -> Defaults:
    keys.only({item.name for item in fields(Defaults)})
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
        refund_amounts=keys.choice("refund_amounts", ("signed", "unsigned"), "signed"),
        natures=_folded(keys.choices("natures", NATURES)),
        amounts=keys.choice("amounts", ("ttc", "ht"), "ttc"),
        tenders=tuple(_tender(item) for item in keys.items("tenders")),
        skip=tuple(_skip(item) for item in keys.items("skip")),
        articles=tuple(_article(item) for item in keys.items("articles")),
    )
    for name, table in (("kind", rows.kinds), ("nature", rows.natures)):
        if name in columns and not table:
            keys.fail(f"{name}s", f"elle manque alors qu'une colonne donne « {name} »")
    return rows


def _columns(keys: ProfileKeys) -> Mapping[str, str]:
    columns = keys.inner("columns", required=True)
    columns.only(set(FIELDS))
    found = {name: columns.text(name) for name in FIELDS if columns.has(name)}
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


def _tender(keys: ProfileKeys) -> Tender:
    keys.only({"pattern", "method"})
    return Tender(keys.pattern("pattern"), tender_code(keys.text("method")))


def _skip(keys: ProfileKeys) -> Skip:
    keys.only({"column", "pattern"})
    return Skip(keys.text("column"), keys.pattern("pattern"))


def _article(keys: ProfileKeys) -> Article:
    keys.only({"pattern", "family", "nature", "vat"})
    return Article(
        pattern=keys.pattern("pattern"),
        family=keys.text("family", ""),
        nature=keys.choice("nature", NATURES, "goods"),
        vat=_rate(keys),
    )


def _rate(keys: ProfileKeys) -> int | None:
    if not keys.has("vat"):
        return None
    try:
        return rate_from_text(keys.text("vat"))
    except ValueError:
        keys.fail("vat", 'un taux tel que "5.50" était attendu')


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {fold(name): code for name, code in table.items()}
