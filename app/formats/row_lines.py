"""One row of a table as a ticket line: amounts, tax, article table, tender.

Rows repeat (the same baguette at the same price all day): each distinct one is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.domain.money import cents_from_text, rate_from_text
from app.domain.tenders import tender_code
from app.domain.ticket import OUTSIDE_NATURES, Line
from app.formats import amounts
from app.formats.folded_text import fold
from app.formats.profile import Article, Defaults, Rows
from app.formats.rejected import shown

LINE_FIELDS = (
    *("code", "label", "family", "nature", "qty", "unit"),
    *("discount", "total", "vat", "tva", "method"),
)
_MAX_TEXT = 1000


class RowLine(NamedTuple):
    """A line read from a row, the tender that paid for it, and whether its article is unknown."""

    line: Line
    method: str
    unknown: bool


class UnreadableRow(Exception):
    """A row that gives no line; the text is the French reason."""


def line_reader(
    rows: Rows, defaults: Defaults, names: Sequence[str]
) -> Callable[[bool, tuple[str, ...]], RowLine | str]:
    """A cached function `read(refund, cells)` → line, or the French reason why there is none.

    `cells` are those of `names`, some of LINE_FIELDS; `refund` says that the source calls the row
    a refund.
    """
    reading = _LineReading(rows, defaults)

    @lru_cache(maxsize=16_384)
    def read(refund: bool, cells: tuple[str, ...]) -> RowLine | str:
        found = dict.fromkeys(LINE_FIELDS, "") | dict(zip(names, cells, strict=True))
        try:
            return reading.row_line(found, refund)
        except UnreadableRow as error:
            return str(error)

    return read


class _LineReading:
    """The rules of one profile, ready to read rows."""

    def __init__(self, rows: Rows, defaults: Defaults) -> None:
        self._rows = rows
        self._defaults = defaults
        self._number = amounts.number_reader(rows.decimal)
        self._quantity = amounts.number_reader(rows.quantity_decimal)

    def row_line(self, cells: Mapping[str, str], refund: bool) -> RowLine:
        label = _text(cells["label"], "libellé")
        article = _article(self._rows.articles, label)
        nature = self._nature(cells["nature"], article)
        rate = None if nature in OUTSIDE_NATURES else self._rate(cells["vat"], article)
        sums = self._sums(cells, rate)
        if refund:
            sums = self._refunded(sums)
        family = _text(cells["family"], "famille")
        try:
            tva_text = None if sums.tva is None else _tax_text(cells["tva"], sums.tva)
            line = Line(
                label=label,
                nature=nature,
                qty=sums.qty,
                total=amounts.cents(sums.total),
                vat=rate,
                code=_text(cells["code"], "code article"),
                family=family or (article.family if article else self._defaults.family),
                unit=None if sums.unit is None else amounts.cents(sums.unit),
                discount=amounts.cents(sums.discount),
                tva=None if tva_text is None else cents_from_text(tva_text),
                tva_text=tva_text,
            )
        except ValueError:
            raise UnreadableRow("montant trop grand") from None
        unknown = bool(self._rows.articles) and article is None
        return RowLine(line, self._method(cells["method"]), unknown)

    def _sums(self, cells: Mapping[str, str], rate: int | None) -> _Sums:
        """The amounts of a row, prices including tax whatever the source writes."""
        qty = self._read_quantity(cells["qty"])
        tva = self._amount(cells["tva"], "TVA")
        unit = self._with_tax(self._amount(cells["unit"], "prix"), rate)
        # A discount takes off what the line adds: a returned article gives it back.
        discount = abs(self._amount(cells["discount"], "remise") or Decimal(0))
        discount = self._with_tax(-discount if qty < 0 else discount, rate) or Decimal(0)
        total = self._total(cells["total"], tva, rate)
        if total is None:
            if unit is None:
                raise UnreadableRow("ni total ni prix sur la ligne")
            total = amounts.EXACT.subtract(amounts.EXACT.multiply(unit, qty), discount)
        return _Sums(qty, unit, discount, total, tva)

    def _refunded(self, sums: _Sums) -> _Sums:
        """The amounts of a row that the source calls a refund, with their signs."""
        if self._rows.refund_amounts == "unsigned":
            tva = None if sums.tva is None else _opposite(sums.tva)
            return sums.returned()._replace(total=-sums.total, tva=tva)
        # The source has signed its amounts, but some leave the quantity without sign.
        return sums.returned() if sums.total < 0 < sums.qty else sums

    def _total(self, text: str, tva: Decimal | None, rate: int | None) -> Decimal | None:
        total = self._amount(text, "total")
        if total is None or self._rows.amounts == "ttc":
            return total
        return self._with_tax(total, rate) if tva is None else amounts.EXACT.add(total, tva)

    def _with_tax(self, amount: Decimal | None, rate: int | None) -> Decimal | None:
        if amount is None or self._rows.amounts == "ttc":
            return amount
        return amounts.EXACT.multiply(amount, 1 + Decimal(rate or 0).scaleb(-4))

    def _amount(self, text: str, what: str) -> Decimal | None:
        if not text.strip():
            return None
        try:
            return self._number(text)
        except ValueError:
            raise UnreadableRow(f"{what} illisible : {shown(text)}") from None

    def _read_quantity(self, text: str) -> Decimal:
        if not text.strip():
            return Decimal(1)
        try:
            return amounts.quantity(self._quantity(text))
        except ValueError:
            raise UnreadableRow(f"quantité illisible : {shown(text)}") from None

    def _nature(self, text: str, article: Article | None) -> str:
        found = self._rows.natures.get(fold(text))
        return found or (article.nature if article else self._defaults.nature)

    def _rate(self, text: str, article: Article | None) -> int | None:
        plain = amounts.rate_text_of(text)
        if plain:
            try:
                return rate_from_text(plain)
            except ValueError:
                raise UnreadableRow(f"taux de TVA illisible : {shown(text)}") from None
        if article is not None and article.vat is not None:
            return article.vat
        return self._defaults.vat

    def _method(self, text: str) -> str:
        name = fold(_text(text, "mode de règlement"))
        if not name:
            return self._defaults.tender
        for tender in self._rows.tenders:
            if tender.pattern.search(name):
                return tender.method
        return tender_code(text)


class _Sums(NamedTuple):
    """The amounts of a row, exact and in euros."""

    qty: Decimal
    unit: Decimal | None
    discount: Decimal
    total: Decimal
    tva: Decimal | None

    def returned(self) -> _Sums:
        """The same with the article given back: the unit price keeps its sign."""
        return self._replace(qty=_opposite(self.qty), discount=_opposite(self.discount))


def _tax_text(cell: str, tva: Decimal) -> str:
    """The tax as the source wrote it, if a ticket can keep it so; else its plain number."""
    text = cell.strip()
    try:
        as_written = cents_from_text(text) == amounts.cents(tva)
    except ValueError:
        as_written = False
    return text if as_written else amounts.plain(tva)


def _opposite(number: Decimal) -> Decimal:
    return -number if number else number  # no negative zero


def _article(articles: tuple[Article, ...], label: str) -> Article | None:
    folded = fold(label)
    return next((article for article in articles if article.pattern.search(folded)), None)


def _text(text: str, what: str) -> str:
    if len(text) > _MAX_TEXT:
        raise UnreadableRow(f"{what} trop long : {shown(text)}")
    return text.strip()
