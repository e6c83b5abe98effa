"""« Liste des Z »: all of them, newest first, found again by number, date or amount."""

from __future__ import annotations

import tkinter as tk
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from app.services.closure_search import Search, search_closures
from app.ui import words
from app.ui.french import amount, count_of, month_name, short_date
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.chooser import Chooser
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_COLUMNS = [
    Column("N°", 1.5),
    Column("Journée", 1.7),
    Column("Clôture", 1.7),
    Column("Tickets", 1, "e"),
    Column("Total TTC", 1.6, "e"),
]
_EVERY_KIND, _EVERY_MONTH = "Toutes les clôtures", "Tous les mois"


class ZListScreen(Screen):
    """`text`, `kind` and `month` are what is looked for."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, text: str = "", kind: str = "", month: str = ""
    ) -> None:
        super().__init__(
            parent, shell, title="Liste des Z", subtitle="Touchez une ligne pour l'ouvrir"
        )
        self._wanted = {"text": text, "kind": kind, "month": month}
        self._bar = Box(self.body)
        self._bar.pack(fill="x", pady=(0, self.theme.space(1.5)))
        self.search = SearchField(self._bar, self._look_for, prompt="Numéro, date ou montant")
        self.search.pack(side="left", fill="x", expand=True)
        self._has_choosers = False
        self.list = PagedList(
            self.body,
            _COLUMNS,
            on_select=self._open,
            leads=True,
            empty="Aucune clôture ne correspond. Effacez la recherche pour les voir toutes.",
        )
        self.list.pack(fill="both", expand=True)
        self.side_action("Récapitulatif du mois", self._recap, icon="calendar3")
        if text:
            self.search.set(text)
        else:
            self._read()

    def _read(self) -> None:
        wanted = dict(self._wanted)

        def work(shop: Any, progress: Progress) -> Any:
            return search_closures(shop, **wanted)

        self.load(self.shell.in_shop(work), self._show)

    def _show(self, found: Search) -> None:
        if not self._has_choosers:
            self._add_choosers(found)
        self.set_title("Liste des Z", f"{count_of(len(found.rows), 'clôture')}")
        self.list.set_rows(
            [
                Row(
                    row.id,
                    (
                        row.id,
                        short_date(row.business_day),
                        words.kind_of(row.kind, row.code),
                        words.number(row.tickets),
                        amount(row.total),
                    ),
                )
                for row in found.rows
            ]
        )

    def _add_choosers(self, found: Search) -> None:
        self._has_choosers = True
        kinds = [("", _EVERY_KIND), *((kind, words.KINDS[kind]) for kind in found.kinds)]
        months = [
            ("", _EVERY_MONTH),
            *((month, month_name(date.fromisoformat(f"{month}-01"))) for month in found.months),
        ]
        for name, label, choices in (
            ("month", "Mois à montrer", months),
            ("kind", "Clôtures à montrer", kinds),
        ):
            Chooser(
                self._bar,
                label,
                choices,
                partial(self._narrow, name),
                value=self._wanted[name],
                tabs=False,
                width=270,
            ).pack(side="right", padx=(self.theme.space(1.5), 0))

    def _look_for(self, text: str) -> None:
        self._narrow("text", text)

    def _narrow(self, name: str, value: str) -> None:
        self._wanted[name] = value
        self._read()

    def _open(self, closure_id: str) -> None:
        from app.ui.screens.z_view import ZViewScreen

        self.shell.nav.go(ZViewScreen, closure_id=closure_id)

    def _recap(self) -> None:
        from app.ui.screens.monthly_recap import MonthlyRecapScreen

        self.shell.nav.go(MonthlyRecapScreen)


SCREEN = ZListScreen
GALLERY = [
    ("clotures", lambda shell: shell.nav.go(ZListScreen)),
    ("clotures-rien", lambda shell: shell.nav.go(ZListScreen, text="999")),
]
