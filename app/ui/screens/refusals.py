"""« Lignes refusées »: the files and lines that gave no ticket, each with its reason."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.tickets_page import RefusedFile, refused_files
from app.ui.screen import Screen
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_COLUMNS = [Column("Fichier", 2.4), Column("Refusé", 1.1), Column("Le", 1.7)]
_LONGEST = 6_000
"""Characters of a refusal shown on screen: the file itself has all of it."""


class RefusalsScreen(Screen):
    """The list on top, the reasons of the chosen one under it."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(
            parent,
            shell,
            title="Fichiers et lignes refusés",
            subtitle="Gardés dans le dossier « refuses » de la boîte de réception",
        )
        self.main_action("Terminé", shell.nav.back, icon="check-lg")
        self._found: tuple[RefusedFile, ...] = ()
        sources = shell.program.ticket_sources

        def work(progress: Progress) -> Any:
            return refused_files(sources)

        self.load(work, self._show)

    def _show(self, found: tuple[RefusedFile, ...]) -> None:
        self._found = found
        for child in self.body.winfo_children():
            child.destroy()
        if not found:
            text = "Tout ce qui est arrivé a pu être lu."
            StateCard(self.body, "ok", "Rien n'a été refusé", text).pack(fill="x")
            return
        self._build()
        self.list.set_rows(
            [
                Row(
                    str(index),
                    (row.name, "Lignes" if row.lines else "Entier", french_moment(row.at)),
                    state="warn",
                )
                for index, row in enumerate(found)
            ]
        )
        self.list.select("0")

    def _build(self) -> None:
        card = Card(self.body)
        card.place(relx=0, rely=0.52, relwidth=1, relheight=0.48)
        self._area = PagedArea(card)
        self._area.pack(fill="both", expand=True)
        top = Box(self.body)
        top.place(relx=0, rely=0, relwidth=1, relheight=0.5)
        self.list = PagedList(top, _COLUMNS, on_select=self._read)
        self.list.pack(fill="both", expand=True)

    def _read(self, key: str) -> None:
        reason = self._found[int(key)].reason
        cut = "\n…" if len(reason) > _LONGEST else ""
        for child in self._area.inner.winfo_children():
            child.destroy()
        for line in (reason[:_LONGEST] + cut).splitlines():  # a page ends between two of them
            Text(self._area.inner, line, wrap=True).pack(fill="x")
        self._area.turn(-1_000)


SCREEN = RefusalsScreen
GALLERY = [("refus-aucun", lambda shell: shell.nav.go(RefusalsScreen))]
