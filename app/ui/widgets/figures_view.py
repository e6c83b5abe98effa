"""The figures of an X or of a Z, in readable sections: « Essentiel », « Ventes », « Tiroirs »,
« Constats », and those a screen adds. It fills its room and pages what is too tall."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.moments import french_moment, in_paris
from app.domain.tenders import tender_label
from app.services.figures_sheet import Sheet
from app.ui import words
from app.ui.french import amount, clock_time, signed_amount
from app.ui.theme import theme_of
from app.ui.widgets.bars import Bar, Bars
from app.ui.widgets.box import Box, Card
from app.ui.widgets.cash_card import CashCard
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.findings_list import FindingsList
from app.ui.widgets.hero_card import HeroCard
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.side_by_side import SideBySide
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

ESSENTIALS, SALES, CASH, FINDINGS = "essentiel", "ventes", "caisses", "constats"
_DRAWERS_AT_ONCE = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a screen's own: `build(box)` fills it; `paged`: it may be too tall."""

    key: str
    word: str
    build: Callable[[Box], object]
    paged: bool = True


class FiguresView(Box):
    """`sections` come after the usual ones; `on_correct(drawer)` lets a count be corrected."""

    def __init__(
        self,
        parent: tk.Misc,
        sheet: Sheet,
        *,
        sections: Sequence[Section] = (),
        first: Sequence[Section] = (),
        on_correct: Callable[[str], object] | None = None,
        value: str = "",
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        usual = [Section(ESSENTIALS, "Essentiel", lambda box: essentials(box, sheet))]
        usual.append(Section(SALES, "Ventes", lambda box: sales(box, sheet)))
        if sheet.cash:
            usual.append(Section(CASH, "Tiroirs", lambda box: drawers(box, sheet, on_correct)))
        if sheet.findings:
            word = f"Constats ({len(sheet.findings)})"
            usual.append(Section(FINDINGS, word, lambda box: findings(box, sheet), paged=False))
        self._sections = {s.key: s for s in (*first, *usual, *sections)}
        choices = [(s.key, s.word) for s in self._sections.values()]
        start = value if value in self._sections else choices[0][0]
        self.tabs = Tabs(self, choices, self.show, value=start)
        self.tabs.pack(fill="x", pady=(0, self._theme.space(1.5)))
        self._room: Box | None = None
        self.show(start)

    @property
    def shown(self) -> str:
        """The key of the section on view."""
        return self.tabs.value

    def show(self, key: str) -> None:
        """Show a section."""
        if self._room is not None:
            self._room.destroy()
        section = self._sections[key]
        room = PagedArea(self) if section.paged else Box(self)
        room.pack(fill="both", expand=True)
        section.build(room.inner if isinstance(room, PagedArea) else room)
        self._room = room


def essentials(box: Box, sheet: Sheet) -> None:
    """The total, the VAT and the tenders."""
    theme = theme_of(box)
    HeroCard(
        box,
        "Total TTC",
        amount(sheet.total),
        [
            ("Tickets", words.number(sheet.tickets)),
            ("Panier moyen", amount(sheet.average)),
            ("Remises", amount(sheet.discounts)),
            ("Remboursements", amount(sheet.refunds)),
        ],
        note=_span(sheet),
    ).pack(fill="x")
    tables = SideBySide(box)
    tables.pack(fill="x", pady=(theme.space(1.5), 0))
    tables.lay([vat_table(tables, sheet), tenders_table(tables, sheet)])
    if sheet.outside:
        _outside_table(box, sheet).pack(fill="x", pady=(theme.space(1.5), 0))


def _span(sheet: Sheet) -> str:
    if sheet.first_at is None or sheet.last_at is None:
        return f"Aucun ticket. {words.COMPUTED}."
    first, last = in_paris(sheet.first_at), in_paris(sheet.last_at)
    begins, ends = f"Du {french_moment(first)}", f"au {french_moment(last)}"
    if first.date() == last.date():
        begins, ends = f"Le {first:%d/%m/%Y} de {clock_time(first)}", f"à {clock_time(last)}"
    late = f" Dont {sheet.late} en retard." if sheet.late else ""
    return (
        f"{begins}{_number(sheet.first_ticket)} {ends}{_number(sheet.last_ticket)}.{late} "
        f"{words.COMPUTED}."
    )


def _number(ticket: str) -> str:
    return f" (ticket n° {ticket})" if ticket else ""


def vat_table(parent: tk.Misc, sheet: Sheet) -> FigureTable:
    """The VAT by rate and nature, and its sum."""
    natures = {row.nature for row in sheet.vat}
    rows = [
        TableRow(
            (
                words.rate(row.rate)
                + (f" {words.NATURES[row.nature].lower()}" if len(natures) > 1 else ""),
                amount(row.ht),
                amount(row.tva),
                amount(row.ttc),
            )
        )
        for row in sheet.vat
    ]
    if len(rows) > 1:
        total = sheet.vat_total
        cells = ("Total", amount(total.ht), amount(total.tva), amount(total.ttc))
        rows.append(TableRow(cells, strong=True))
    columns = [
        TableColumn("Taux", figures=False),
        TableColumn("HT"),
        TableColumn("TVA"),
        TableColumn("TTC"),
    ]
    return FigureTable(parent, "TVA", columns, rows, empty="Aucune vente.")


def tenders_table(parent: tk.Misc, sheet: Sheet) -> FigureTable:
    """The tenders; with what was counted, where something was."""
    counted = any(row.difference is not None for row in sheet.tenders)
    rows = [
        TableRow(
            (
                tender_label(row.method),
                words.number(row.count),
                amount(row.expected),
                *([_difference(row.difference)] if counted else []),
            )
        )
        for row in sheet.tenders
    ]
    if len(rows) > 1:
        count = words.number(sum(row.count for row in sheet.tenders))
        cells = ("Total", count, amount(sheet.tenders_total), *([""] if counted else []))
        rows.append(TableRow(cells, strong=True))
    # Without it the tenders and the turnover seem to disagree.
    note = f"dont {amount(sheet.outside_total)} hors chiffre d'affaires" if sheet.outside else ""
    columns = [
        TableColumn("Règlement", figures=False),
        TableColumn("Nb"),
        TableColumn("Montant"),
        *([TableColumn("Écart")] if counted else []),
    ]
    return FigureTable(parent, "Règlements", columns, rows, empty="Aucun règlement.", note=note)


def _difference(cents: int | None) -> str:
    return "—" if cents is None else signed_amount(cents)


def _outside_table(parent: tk.Misc, sheet: Sheet) -> FigureTable:
    rows = [TableRow((words.NATURES[row.nature], amount(row.amount))) for row in sheet.outside]
    if len(rows) > 1:
        rows.append(TableRow(("Total", amount(sheet.outside_total)), strong=True))
    columns = [TableColumn("", figures=False), TableColumn("")]
    return FigureTable(parent, "Hors chiffre d'affaires", columns, rows)


def sales(box: Box, sheet: Sheet) -> None:
    """Turnover by hour, family and cashier."""
    theme = theme_of(box)
    if sheet.hours:
        card = Card(box, padding=2)
        card.pack(fill="x", pady=(0, theme.space(1.5)))
        Text(card, "Par heure", "lead").pack(anchor="w")
        bars = [Bar(f"{row.hour} h", row.total, amount(row.total)) for row in sheet.hours]
        Bars(card, bars).pack(fill="x")
    tables = SideBySide(box)
    tables.pack(fill="x")
    tables.lay([_families_table(tables, sheet), _cashiers_table(tables, sheet)])


def _families_table(parent: tk.Misc, sheet: Sheet) -> FigureTable:
    rows = [
        TableRow(
            (
                f"{row.others} autres familles" if row.others else row.family or "Sans famille",
                words.quantity(row.qty),
                amount(row.total),
                words.share(row.share),
            )
        )
        for row in sheet.families
    ]
    columns = [
        TableColumn("Famille", figures=False),
        TableColumn("Qté"),
        TableColumn("Total"),
        TableColumn("Part"),
    ]
    return FigureTable(parent, "Par famille", columns, rows, empty="Aucune vente.")


def _cashiers_table(parent: tk.Misc, sheet: Sheet) -> FigureTable:
    rows = [
        TableRow((row.cashier or "Sans nom", words.number(row.tickets), amount(row.total)))
        for row in sheet.cashiers
    ]
    columns = [
        TableColumn("Vendeur", figures=False),
        TableColumn("Tickets"),
        TableColumn("Total"),
    ]
    return FigureTable(parent, "Par vendeur", columns, rows, empty="Aucune vente.")


def drawers(box: Box, sheet: Sheet, on_correct: Callable[[str], object] | None) -> None:
    """Each cash drawer; only one that was counted can be corrected.

    A few at a time: a dozen at once would hold the window for longer than a finger should wait.
    """
    rest = list(sheet.cash)
    window, gap = box.winfo_toplevel(), theme_of(box).space(4)

    def build_next() -> None:
        if not box.winfo_exists():
            return  # another section is on view by now
        for _ in rest[:_DRAWERS_AT_ONCE]:
            row = rest.pop(0)
            above = gap if box.winfo_children() else 0
            correct = on_correct if row.count.counted is not None else None
            CashCard(box, row, on_correct=correct).pack(fill="x", pady=(above, 0))
        if rest:
            # On the window: a call that waits on a destroyed box would be a fault of Tk.
            window.after_idle(build_next)

    build_next()


def findings(box: Box, sheet: Sheet) -> None:
    """What looked odd."""
    FindingsList(box, sheet.findings).pack(fill="both", expand=True)
