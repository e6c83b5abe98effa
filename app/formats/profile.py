"""An import profile: how one kind of till writes its tickets, as plain data.

Every key of a profile file is described in `docs/profiles.md`; `profile_reading` turns one into
these shapes and tells a wrong key before any ticket is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.tenders import UNKNOWN

FIELDS = (
    *("till", "drawer", "number", "date", "time", "kind", "status", "ref", "cashier"),
    *("customer_code", "customer_name", "code", "label", "family", "nature", "qty", "unit"),
    *("discount", "total", "ht", "vat", "tva", "method", "currency"),
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
    """Rows that are no sale: those whose cell holds `pattern` once folded.

    The cell is that of `column`, or else of the field `field`, whatever its column is called.
    """

    column: str
    field: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Extra:
    """A column whose amount is a line of its own: a tip, a service charge, a gift card sold.

    `vat` is in hundredths of a percent; None outside turnover, or when nobody knows.
    """

    column: str
    label: str
    nature: str
    vat: int | None


@dataclass(frozen=True, slots=True)
class Rows:
    """How rows of named columns make tickets (the names are the keys of the profile file).

    `columns` says which column holds each of FIELDS, by any of several names; `kinds` and
    `natures` have folded keys; `rates` are in hundredths of a percent; `currency` is what amounts
    must be in, where the source says it; `paid` maps a column that
    holds what one tender paid to that tender's code.
    """

    columns: Mapping[str, tuple[str, ...]]
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
    currency: str = "EUR"
    vat_form: str = "percent"
    rates: tuple[int, ...] = ()
    rate_columns: re.Pattern[str] | None = None
    tenders: tuple[Tender, ...] = ()
    tender_separator: str = ""
    paid: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[Extra, ...] = ()
    skip: tuple[Skip, ...] = ()
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """A second file that tells how the tickets of the first were paid.

    `label` is what a person knows it by; `rows` is how it is read, each ticket by itself.
    """

    label: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: `format` is the CODE of the module that reads it; `rows` only if it has rows.

    `encodings` are tried in turn; `sheet` is the one to read of a workbook ("": the one that fits).
    """

    name: str
    label: str
    format: str
    encodings: tuple[str, ...] = ("utf-8",)
    defaults: Defaults = Defaults()
    rows: Rows | None = None
    second: Second | None = None
    sheet: str = ""
