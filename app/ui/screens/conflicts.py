"""Tickets received twice with other contents: both, side by side; the first one counts."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.domain.tenders import tender_label
from app.services.tickets_page import Conflict, TicketFace, conflicts
from app.ui import words
from app.ui.french import amount
from app.ui.screen import Screen
from app.ui.theme import theme_of
from app.ui.widgets.badge import Badge
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


_WHAT_TO_DO = (
    "L'autre est juste ? Prévenez le responsable : cela se corrige dans le logiciel de caisse."
)


class ConflictsScreen(Screen):
    """`index` is the conflict to begin with."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, index: int = 0) -> None:
        super().__init__(parent, shell, title="Tickets en conflit")
        self._index = index
        self._found: tuple[Conflict, ...] = ()
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.main_action("Terminé", shell.nav.back, icon="check-lg")

        def work(shop: Any, progress: Progress) -> Any:
            return conflicts(shop)

        self.load(shell.in_shop(work), self._show)

    def _show(self, found: tuple[Conflict, ...]) -> None:
        self._found = found
        if len(found) > 1:
            self._before = self.side_action(
                "Précédent", lambda: self._turn(-1), icon="chevron-left"
            )
            self._after = self.side_action("Suivant", lambda: self._turn(1), icon="chevron-right")
        self._turn(0)

    def _turn(self, steps: int) -> None:
        for child in self._area.inner.winfo_children():
            child.destroy()
        if not self._found:
            StateCard(
                self._area.inner,
                "ok",
                "Aucun ticket en conflit",
                "Chaque ticket n'a été reçu qu'avec un seul contenu.",
            ).pack(fill="x")
            return
        self._index = min(max(0, self._index + steps), len(self._found) - 1)
        conflict = self._found[self._index]
        number = conflict.kept.number or "sans numéro"
        place = f"{self._index + 1} sur {len(self._found)}. " if len(self._found) > 1 else ""
        self.set_title(
            f"Ticket n° {number} reçu deux fois",
            f"{place}Le premier reçu compte, l'autre est gardé pour contrôle.",
        )
        if len(self._found) > 1:
            self._before.enable(self._index > 0)
            last = self._index == len(self._found) - 1
            self._after.enable(not last)
            self._after.set_role("secondary" if last else "primary")
            if self.main_button is not None:
                self.main_button.set_role("primary" if last else "secondary")
        columns = Box(self._area.inner)
        columns.pack(fill="x")
        faces = ((conflict.kept, "ok", "Compté"), (conflict.other, "warn", "Non compté"))
        for column, (face, state, word) in enumerate(faces):
            columns.columnconfigure(column, weight=1, uniform="face")
            side = Box(columns)
            gap = self.theme.space(2) if column else 0
            side.grid(row=0, column=column, sticky="nwe", padx=(gap, 0))
            _draw_face(side, conflict, face, state, word)
        Text(self._area.inner, _WHAT_TO_DO, "muted", wrap=True).pack(
            fill="x", pady=(self.theme.space(1.5), 0)
        )


def _draw_face(box: Box, conflict: Conflict, face: TicketFace, state: str, word: str) -> None:
    theme = theme_of(box)
    Badge(box, state, word).pack(anchor="w", pady=(0, theme.space(1)))
    facts = [words.TICKET_KINDS[face.kind], f"tiroir {face.drawer}", face.cashier]
    Text(box, french_moment(face.at), "strong").pack(anchor="w")
    Text(box, ", ".join(fact for fact in facts if fact), "muted", wrap=True).pack(fill="x")
    rows = [
        *(
            TableRow(
                (line[0], amount(line[1])), state="warn" if conflict.is_apart(face, line) else ""
            )
            for line in face.lines
        ),
        TableRow(("Total", amount(face.total)), strong=True),
        *(TableRow((tender_label(method), amount(paid))) for method, paid in face.payments),
    ]
    heads = [TableColumn("", figures=False), TableColumn("")]
    FigureTable(box, "", heads, rows).pack(fill="x", pady=(theme.space(1), 0))


SCREEN = ConflictsScreen
GALLERY = [("conflits-aucun", lambda shell: shell.nav.go(ConflictsScreen))]
