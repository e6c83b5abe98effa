"""One row of a table as ticket lines: amounts, tax, article table, tenders.

Rows repeat (the same baguette at the same price all day): each distinct one is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.domain.findings import currency_kind
from app.domain.money import cents_from_text, rate_from_text
from app.domain.quoted import shown
from app.domain.tenders import UNKNOWN, tender_code
from app.domain.ticket import OUTSIDE_NATURES, Line
from app.formats import amounts
from app.formats.folded_text import fold
from app.formats.profile import Article, Defaults, Extra, Rows
from app.formats.tax_rates import Share, fitting_rate, shares_by_rate

LINE_FIELDS = (
    *("code", "label", "family", "nature", "qty", "unit"),
    *("discount", "total", "ht", "vat", "tva", "method", "currency"),
)
_AMOUNTS = frozenset({"unit", "discount", "total", "ht", "tva"})
SIGNED, UNSIGNED = "signed", "unsigned"
_MAX_TEXT = 1000
_HALF_A_CENT = Decimal("0.005")


class RowRead(NamedTuple):
    """What was read of a row: its lines, those of its extra amounts, and who paid (tender, cents).

    `findings` are kinds; `unknown_article` is one of the line, the others are of the ticket.
    """

    lines: tuple[Line, ...]
    extras: tuple[Line, ...]
    paid: tuple[tuple[str, int], ...]
    findings: tuple[str, ...] = ()


class UnreadableRow(Exception):
    """A row that gives no line; the text is the French reason."""


def line_reader(
    rows: Rows, defaults: Defaults, names: Sequence[str], taxes: Sequence[tuple[str, int]] = ()
) -> Callable[[str, tuple[str, ...]], RowRead | str]:
    """A cached function `read(refund, cells)` → what the row says, or the French reason why not.

    `cells` are those of `names`: some of LINE_FIELDS, and columns (`own_column`) of `rows.paid`, of
    `rows.extra` and of `taxes`, which hold the tax at a rate each. `refund` is "" for a row that
    the source does not call a refund, else how its amounts are written (SIGNED or UNSIGNED).
    """
    reading = _LineReading(rows, defaults, taxes)

    @lru_cache(maxsize=16_384)
    def read(refund: str, cells: tuple[str, ...]) -> RowRead | str:
        found = dict.fromkeys(LINE_FIELDS, "") | dict(zip(names, cells, strict=True))
        try:
            return reading.row(found, refund)
        except UnreadableRow as error:
            return str(error)

    return read


def own_column(name: str) -> str:
    """What a column is called among the cells of a row when it is not a field."""
    return f"={name}"


def is_own(name: str) -> bool:
    """Whether a name among the cells of a row is that of a column (`own_column`): of an amount."""
    return name.startswith("=")


class _LineReading:
    """The rules of one profile, ready to read rows."""

    def __init__(self, rows: Rows, defaults: Defaults, taxes: Sequence[tuple[str, int]]) -> None:
        self._rows = rows
        self._defaults = defaults
        self._taxes = tuple(taxes)
        self._number = amounts.number_reader(rows.decimal)
        self._quantity = amounts.number_reader(rows.quantity_decimal)

    def row(self, cells: Mapping[str, str], refund: str) -> RowRead:
        self._check_currency(cells["currency"])
        label = _text(cells["label"], "libellé")
        article = _article(self._rows.articles, label)
        nature = self._nature(cells["nature"], article)
        sums = self._sums(cells, nature, article)
        if refund:
            sums = _refunded(sums, refund)
        findings = ["unknown_article"] if self._rows.articles and article is None else []
        findings += ["tax_off"] if sums.is_off else []
        findings += self._other_currencies(cells)
        line = self._line(cells, label, nature, article, sums)
        lines: tuple[Line, ...] = (line,)
        if self._taxes and nature not in OUTSIDE_NATURES:
            lines = self._shared(line, cells, refund)
            findings += ["rate_split"] if len(lines) > 1 else []
        extras = tuple(
            extra
            for rule in self._rows.extra
            if (extra := self._extra(rule, cells, refund)) is not None
        )
        worth = sum(item.total for item in (*lines, *extras))
        paid = self._paid(cells, refund)
        if not paid:
            method, is_split = self._method(cells["method"])
            findings += ["split_payment"] if is_split else []
            paid = ((method, worth),)
        return RowRead(lines, extras, paid, tuple(findings))

    def _line(
        self,
        cells: Mapping[str, str],
        label: str,
        nature: str,
        article: Article | None,
        sums: _Sums,
    ) -> Line:
        family = _text(cells["family"], "famille")
        try:
            tva_text = None if sums.tva is None else _tax_text(cells["tva"], sums.tva)
            return Line(
                label=label,
                nature=nature,
                qty=sums.qty,
                total=amounts.cents(sums.total),
                vat=sums.rate,
                code=_text(cells["code"], "code article"),
                family=family or (article.family if article else self._defaults.family),
                unit=None if sums.unit is None else amounts.cents(sums.unit),
                discount=amounts.cents(sums.discount),
                tva=None if tva_text is None else cents_from_text(tva_text),
                tva_text=tva_text,
            )
        except ValueError:
            raise UnreadableRow("montant trop grand") from None

    # --- amounts ----------------------------------------------------------------------------

    def _sums(self, cells: Mapping[str, str], nature: str, article: Article | None) -> _Sums:
        """The amounts of a row, prices including tax whatever the source writes."""
        qty = self._read_quantity(cells["qty"])
        tva = self._amount(cells["tva"], "TVA")
        written = self._amount(cells["total"], "total")
        unit = self._amount(cells["unit"], "prix")
        # A discount takes off what the line adds: a returned article gives it back.
        discount = abs(self._amount(cells["discount"], "remise") or Decimal(0))
        discount = -discount if qty < 0 else discount
        ht = self._amount(cells["ht"], "total HT")
        if written is None:
            written = _unwritten(qty, unit, discount, ht, tva)
        excludes_tax = self._rows.amounts == "ht" and not self._taxes
        total = amounts.EXACT.add(written, tva) if excludes_tax and tva is not None else written
        rate = None
        if nature not in OUTSIDE_NATURES:
            rate = self._rate(cells["vat"], article, total, tva)
        if excludes_tax:
            total = _with_tax(written, rate) if tva is None else total
            discount = _with_tax(discount, rate)
            unit = None if unit is None else _with_tax(unit, rate)
        off = not excludes_tax and None not in (ht, tva) and _differ(ht, tva, total)
        return _Sums(qty, unit, discount, total, tva, rate, off)

    def _amount(self, text: str, what: str) -> Decimal | None:
        if not text.strip():
            return None
        try:
            return self._number(text)
        except ValueError:
            raise UnreadableRow(f"{what} illisible : {shown(text)}") from None

    def _check_currency(self, named: str) -> None:
        """A shop counts in one currency: a row that names another one is no sum of its day."""
        expected = self._rows.currency
        if named.strip() and not amounts.is_currency(named, expected):
            unit = "en euros" if expected == "EUR" else f"en {expected}"
            raise UnreadableRow(
                f"le montant n'est pas {unit} mais dans une autre devise : {shown(named)}"
            )

    def _other_currencies(self, cells: Mapping[str, str]) -> list[str]:
        """Signs of other currencies beside amounts: how a till is set up, which names nothing."""
        found = []
        for name, cell in cells.items():
            if cell and (name in _AMOUNTS or is_own(name)):
                sign = amounts.currency_of(cell)
                if sign and not amounts.is_currency(sign, self._rows.currency):
                    found.append(currency_kind(sign))
        return found

    def _read_quantity(self, text: str) -> Decimal:
        if not text.strip():
            return Decimal(1)
        try:
            return amounts.quantity(self._quantity(text))
        except ValueError:
            raise UnreadableRow(f"quantité illisible : {shown(text)}") from None

    def _rate(
        self, text: str, article: Article | None, total: Decimal, tva: Decimal | None
    ) -> int | None:
        plain = amounts.rate_text_of(text)
        if plain:
            try:
                return self._written_rate(plain)
            except ValueError:
                raise UnreadableRow(f"taux de TVA illisible : {shown(text)}") from None
        if tva is not None and self._rows.rates:
            rate = fitting_rate(total, tva, self._rows.rates)
            if rate is not None:
                return rate
        if article is not None and article.vat is not None:
            return article.vat
        return self._defaults.vat

    def _written_rate(self, plain: str) -> int:
        if self._rows.vat_form == "percent":
            return rate_from_text(plain)
        hundred = self._number(plain).scaleb(2)
        return rate_from_text(amounts.plain(hundred))

    # --- tax in a column for each rate, extra amounts, tenders ---------------------------------

    def _shared(self, line: Line, cells: Mapping[str, str], refund: str) -> tuple[Line, ...]:
        """The line cut by rates, where the source gives the tax at each in a column of its own."""
        found = []
        for column, rate in self._taxes:
            tax = self._amount(cells[own_column(column)], "TVA") or Decimal(0)
            found.append((rate, _cents(_turned(tax, refund))))
        total = line.total
        if self._rows.amounts == "ht":
            total += sum(tax for _, tax in found)
        first, *others = shares_by_rate(total, found)
        sold = replace(line, total=first.total, vat=first.rate, tva=first.tva, tva_text=None)
        if not others:
            return (sold,)
        # The price of one says nothing of its shares.
        return replace(sold, unit=None), *(_share_of(line, share) for share in others)

    def _extra(self, rule: Extra, cells: Mapping[str, str], refund: str) -> Line | None:
        amount = self._amount(cells.get(own_column(rule.column), ""), rule.label)
        if not amount:
            return None
        total = _turned(amount, refund)
        if self._rows.amounts == "ht":
            total = _with_tax(total, rule.vat)
        return Line(rule.label, rule.nature, Decimal(1), _cents(total), rule.vat)

    def _paid(self, cells: Mapping[str, str], refund: str) -> tuple[tuple[str, int], ...]:
        """What each tender paid, where each has a column of its own."""
        found = []
        for column, method in self._rows.paid.items():
            amount = self._amount(cells.get(own_column(column), ""), "règlement")
            if amount:
                found.append((method, _cents(_turned(amount, refund))))
        return tuple(found)

    def _nature(self, text: str, article: Article | None) -> str:
        found = self._rows.natures.get(fold(text))
        return found or (article.nature if article else self._defaults.nature)

    def _method(self, text: str) -> tuple[str, bool]:
        """The tender of a row, and whether several share it without saying how."""
        sign = self._rows.tender_separator
        names = [name for name in text.split(sign) if name.strip()] if sign else [text]
        methods = {self._one_method(name) for name in names or [""]}
        if len(methods) > 1:
            return UNKNOWN, True
        return methods.pop(), False

    def _one_method(self, text: str) -> str:
        name = fold(_text(text, "mode de règlement"))
        if not name:
            return self._defaults.tender
        for tender in self._rows.tenders:
            if tender.pattern.search(name):
                return tender.method
        return tender_code(text)


class _Sums(NamedTuple):
    """The amounts of a row, exact and in euros; `is_off`: its HT and TVA don't make its total."""

    qty: Decimal
    unit: Decimal | None
    discount: Decimal
    total: Decimal
    tva: Decimal | None
    rate: int | None
    is_off: bool

    def returned(self) -> _Sums:
        """The same with the article given back: the unit price keeps its sign."""
        return self._replace(qty=_opposite(self.qty), discount=_opposite(self.discount))


def _unwritten(
    qty: Decimal,
    unit: Decimal | None,
    discount: Decimal,
    ht: Decimal | None,
    tva: Decimal | None,
) -> Decimal:
    """The total of a row that does not write it."""
    if unit is not None:
        return amounts.EXACT.subtract(amounts.EXACT.multiply(unit, qty), discount)
    if ht is not None and tva is not None:
        return amounts.EXACT.add(ht, tva)
    raise UnreadableRow("ni total ni prix sur la ligne")


def _differ(ht: Decimal | None, tva: Decimal | None, total: Decimal) -> bool:
    parts = amounts.EXACT.add(ht or Decimal(0), tva or Decimal(0))
    return abs(amounts.EXACT.subtract(parts, total)) >= _HALF_A_CENT


def _refunded(sums: _Sums, refund: str) -> _Sums:
    """The amounts of a row that the source calls a refund, with their signs."""
    if refund == UNSIGNED:
        tva = None if sums.tva is None else _opposite(sums.tva)
        return sums.returned()._replace(total=_opposite(sums.total), tva=tva)
    # The source has signed its amounts, but some leave the quantity without sign.
    return sums.returned() if sums.total < 0 < sums.qty else sums


def _share_of(line: Line, share: Share) -> Line:
    """What else of a line was sold at another rate: an amount, not another article."""
    return replace(
        line,
        qty=Decimal(0),
        unit=None,
        discount=0,
        total=share.total,
        vat=share.rate,
        tva=share.tva,
        tva_text=None,
    )


def _cents(amount: Decimal) -> int:
    try:
        return amounts.cents(amount)
    except ValueError:
        raise UnreadableRow("montant trop grand") from None


def _turned(amount: Decimal, refund: str) -> Decimal:
    return _opposite(amount) if refund == UNSIGNED else amount


def _with_tax(amount: Decimal, rate: int | None) -> Decimal:
    return amounts.EXACT.multiply(amount, 1 + Decimal(rate or 0).scaleb(-4))


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
