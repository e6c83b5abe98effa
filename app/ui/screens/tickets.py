"""« Tickets »: what waits in the inbox, what was taken lately, what was refused."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.import_summary import summary_of_inbox
from app.services.inbox import take_inbox
from app.services.settings import load_settings
from app.services.ticket_sources import Intake
from app.services.tickets_page import PastImport, TicketsPage, tickets_page
from app.services.users import MANAGER
from app.ui import words
from app.ui.french import brief_moment, count_of
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_SHOWN_IMPORTS = 8
_SHOWN_NAMES = 3


class TicketsScreen(Screen):
    """The state of the tickets, each worry one tap from its cure."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Tickets", subtitle="Reçus du logiciel de caisse")
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._relieve = self.side_action("Relever la boîte", self._take_inbox, icon="inbox")
        self.side_action("Ajouter une caisse", self._add_till, icon="plus-lg")
        self._import = self.main_action(
            "Importer un fichier", self._pick, icon="file-earmark-arrow-down"
        )
        sources = shell.program.ticket_sources

        def work(shop: Any, progress: Progress) -> Any:
            return tickets_page(shop, sources, load_settings(shop))

        self.load(shell.in_shop(work), self._show)

    def _show(self, page: TicketsPage) -> None:
        box, gap = self._area.inner, (0, self.theme.space(1.5))
        if page.waiting:
            self._lead_with_the_inbox()
        self._inbox_card(box, page).pack(fill="x", pady=gap)
        if page.conflicts:
            StateCard(
                box,
                "warn",
                count_of(page.conflicts, "ticket reçu", "tickets reçus") + " avec deux contenus",
                "Le premier reçu compte. Comparez-les et prévenez le responsable.",
                action=("Comparer", self._compare),
            ).pack(fill="x", pady=gap)
        if page.refused:
            newest = page.refused[0]
            StateCard(
                box,
                "warn",
                f"{_refused_files(len(page.refused))}, en tout ou en partie",
                f"Le dernier : {newest.name}, le {french_moment(newest.at)}.",
                action=("Voir les motifs", self._refusals),
            ).pack(fill="x", pady=gap)
        _imports_table(box, page.imports[:_SHOWN_IMPORTS]).pack(fill="x")

    def _lead_with_the_inbox(self) -> None:
        """What waits in the inbox comes before a file from elsewhere."""
        gap = self.theme.space(1.5)
        self._relieve.pack(side="right", padx=(gap, 0), before=self._import)
        self._import.pack(side="left", padx=(0, gap))
        self._relieve.set_role("primary")
        self._import.set_role("secondary")
        self.main_button = self._relieve

    def _inbox_card(self, box: Box, page: TicketsPage) -> StateCard:
        followed = ""
        if page.followed:
            followed = f" {count_of(len(page.followed), 'fichier suivi', 'fichiers suivis')}."
        if not page.waiting:
            return StateCard(
                box,
                "ok",
                "La boîte de réception est vide",
                f"Tout ce qui est arrivé est pris.{followed}",
            )
        names = ", ".join(file.name for file in page.waiting[:_SHOWN_NAMES])
        more = len(page.waiting) - _SHOWN_NAMES
        names += f" et {count_of(more, 'autre')}" if more > 0 else ""
        verb = "attend" if len(page.waiting) == 1 else "attendent"
        waiting = count_of(len(page.waiting), "fichier")
        return StateCard(
            box, "wait", f"{waiting} {verb} dans la boîte de réception", f"{names}.{followed}"
        )

    def _take_inbox(self) -> None:
        sources, clock = self.shell.program.ticket_sources, self.shell.program.clock

        def work(shop: Any, progress: Progress) -> Any:
            intake = Intake(shop, sources, load_settings(shop), clock())
            return summary_of_inbox(take_inbox(intake))

        self.run_job(self.shell.in_shop(work), "Relève de la boîte", self._taken)

    def _taken(self, summary: Any) -> None:
        from app.ui.screens.import_result import ImportResultScreen

        self.shell.nav.go(ImportResultScreen, summary=summary)

    def _pick(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.go(FilePickerScreen)

    def _add_till(self) -> None:
        from app.ui.screens.till_files import TillFilesScreen

        ask_pin(
            self.shell,
            MANAGER,
            "Ajouter une caisse",
            lambda by: self.shell.nav.go(TillFilesScreen, by=by),
            reason="Ajouter une caisse demande le code d'un responsable.",
        )

    def _compare(self) -> None:
        from app.ui.screens.conflicts import ConflictsScreen

        self.shell.nav.go(ConflictsScreen)

    def _refusals(self) -> None:
        from app.ui.screens.refusals import RefusalsScreen

        self.shell.nav.go(RefusalsScreen)


def _refused_files(number: int) -> str:
    return count_of(number, "fichier refusé", "fichiers refusés")


def _imports_table(parent: tk.Misc, imports: tuple[PastImport, ...]) -> FigureTable:
    rows = [
        TableRow(
            (
                brief_moment(done.at),
                done.file,
                words.number(done.accepted),
                words.number(done.duplicates),
                words.number(done.conflicts),
                words.number(done.rejected),
            ),
            state="warn" if done.conflicts or done.rejected else "ok",
        )
        for done in imports
    ]
    columns = [
        TableColumn("Moment", figures=False, weight=1),
        TableColumn("Fichier", figures=False, weight=1),
        TableColumn("Pris"),
        TableColumn("Déjà connus"),
        TableColumn("Conflits"),
        TableColumn("Refusés"),
    ]
    return FigureTable(parent, "Derniers imports", columns, rows, empty="Aucun import récent.")


SCREEN = TicketsScreen
GALLERY = [("tickets", lambda shell: shell.nav.go(TicketsScreen))]
