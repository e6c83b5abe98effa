"""« Récapitulatif du mois »: the page for the accountant, each closed day and what they come to."""

from __future__ import annotations

import tkinter as tk
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.moments import business_day
from app.domain.settings import day_change_of
from app.services.figures_sheet import sheet_of_figures
from app.services.monthly_recap import Recap, monthly_recap, months_with_closures
from app.services.settings import load_settings
from app.ui import words
from app.ui.french import amount, month_name, short_date, signed_amount
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.chooser import Chooser
from app.ui.widgets.figures_view import FiguresView, Section
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_STATES = {
    "closed": ("check-circle-fill", "Mois clôturé"),
    "due": ("hourglass-split", "Mois terminé : il sera clôturé avec la prochaine GÉNÉRALE"),
    "current": ("hourglass-split", "Mois en cours"),
}
_COLUMNS = [
    Column("Journée", 1.7),
    Column("Z", 1.2),
    Column("Tickets", 1, "e"),
    Column("Total TTC", 1.6, "e"),
    Column("Écart de caisse", 1.6, "e"),
]


class MonthlyRecapScreen(Screen):
    """`month` is `2021-01`; the newest month with a closure otherwise."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, month: str = "", section: str = ""
    ) -> None:
        super().__init__(parent, shell, title="Récapitulatif du mois")
        self._month = month
        self._section = section
        self._shown: str | None = None
        self._content = Box(self.body)
        self._content.pack(fill="both", expand=True)
        self._chooser: Chooser | None = None
        self._read()

    def _read(self) -> None:
        wanted, now = self._month, self.shell.program.clock()

        def work(shop: Any, progress: Progress) -> Any:
            today = business_day(now, day_change_of(load_settings(shop)))
            months = months_with_closures(shop)
            month = wanted or (months[0] if months else "")
            return months, monthly_recap(shop, month, today) if month else None

        self.load(self.shell.in_shop(work), self._show)

    def _show(self, found: Any) -> None:
        months, recap = found
        for child in self._content.winfo_children():
            child.destroy()
        if recap is None:
            StateCard(
                self._content,
                "info",
                "Aucune clôture GÉNÉRALE encore",
                "Le mois se lit ici dès la première.",
            ).pack(fill="x")
            return
        self._add_chooser(months, recap.month)
        self._build(recap)

    def _add_chooser(self, months: list[str], month: str) -> None:
        if self._chooser is not None or len(months) < 2:
            return
        named = [(m, month_name(date.fromisoformat(f"{m}-01"))) for m in months]
        self._chooser = Chooser(
            self.header.tools,
            "Choisir le mois",
            named,
            self._choose,
            value=month,
            tabs=False,
            width=280,
        )
        self.show_tool(self._chooser)

    def _choose(self, month: str) -> None:
        self._month = month
        self._read()

    def _build(self, recap: Recap) -> None:
        theme = self.theme
        icon, said = _STATES[recap.state]
        name = month_name(recap.first_day)
        month = f"{name[:1].upper()}{name[1:]}"
        self.set_title("Récapitulatif du mois", f"{month} · écart de caisse : {_of(recap)}")
        if self._shown is None:
            self.side_action("Enregistrer en PDF", self._save, icon="file-earmark-pdf")
        self._shown = recap.month
        foot = Box(self._content)
        foot.pack(side="bottom", fill="x", pady=(theme.space(1), 0))
        closed = f"{said} : {recap.closed_as}" if recap.closed_as else said
        Text(foot, f"{closed}. {words.COMPUTED}.", "small", icon=icon).pack(side="left")
        sheet = sheet_of_figures(recap.figures)
        days = Section("jours", "Journées", lambda box: self._days(box, recap), paged=False)
        view = FiguresView(self._content, sheet, first=[days], value=self._section)
        view.pack(fill="both", expand=True)

    def _days(self, box: Box, recap: Recap) -> None:
        rows = [
            Row(
                row.id,
                (
                    short_date(row.business_day),
                    f"n° {row.number}",
                    words.number(row.tickets),
                    amount(row.total),
                    _difference(row.difference, corrected=row.corrected),
                ),
            )
            for row in recap.rows
        ]
        PagedList(
            box,
            _COLUMNS,
            rows,
            self._open,
            leads=True,
            empty="Aucune clôture GÉNÉRALE dans ce mois.",
        ).pack(fill="both", expand=True)

    def _save(self) -> None:
        from app.ui.screens.save_pdf import SavePdfScreen

        self.shell.nav.go(SavePdfScreen, month=self._shown)

    def _open(self, closure_id: str) -> None:
        from app.ui.screens.z_view import ZViewScreen

        self.shell.nav.go(ZViewScreen, closure_id=closure_id)


def _of(recap: Recap) -> str:
    return "non compté" if recap.difference is None else signed_amount(recap.difference)


def _difference(cents: int | None, *, corrected: bool) -> str:
    if cents is None:
        return "non compté"
    return f"{signed_amount(cents)} corrigé" if corrected else signed_amount(cents)


SCREEN = MonthlyRecapScreen
GALLERY = [
    ("mois", lambda shell: shell.nav.go(MonthlyRecapScreen)),
    ("mois-essentiel", lambda shell: shell.nav.go(MonthlyRecapScreen, section="essentiel")),
]
