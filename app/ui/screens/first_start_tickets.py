"""First start: where the tickets come from."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.first_start import TICKETS, TILLS, Answers
from app.ui.screens._first_step import FirstStep
from app.ui.widgets.box import Card
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell


class FirstStartTicketsScreen(FirstStep):
    """The profiles there are, and the folder where files are awaited."""

    step = TICKETS
    before = TILLS

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="D'où viennent les tickets ?")

    def show(self, answers: Answers) -> None:
        """Read the profiles that can be used."""
        program = self.shell.program

        def job(progress: object) -> list[Choice]:
            return [
                Choice(entry.name, entry.label, icon="file-earmark-text")
                for entry in program.list_profiles()
                if entry.profile is not None
            ]

        self.load(job, lambda choices: self._build(choices, answers))

    def _build(self, choices: list[Choice], answers: Answers) -> None:
        theme = self.theme
        area = PagedArea(self.content)
        area.pack(fill="both", expand=True)
        card = Card(area.inner, padding=2.5)
        card.pack(fill="x", pady=(0, theme.space(2)))
        Text(card, "Votre logiciel de caisse dépose ses fichiers ici :", "body", wrap=True).pack(
            fill="x"
        )
        inbox = str(self.shell.program.folder / "inbox")
        Text(card, inbox, "strong", wrap=True, icon="folder").pack(fill="x")
        Text(
            card,
            "Vous pourrez aussi choisir un fichier vous-même, ou ajouter une autre caisse, dans "
            "« Tickets ».",
            "muted",
            wrap=True,
        ).pack(fill="x", pady=(theme.space(1), 0))
        Text(area.inner, "Comment sont ces fichiers ?", "strong").pack(fill="x")
        self._tiles = ChoiceTiles(
            area.inner,
            choices,
            lambda name: None,
            columns=2,
            keep=True,
            value=answers.profile,
        )
        self._tiles.pack(fill="x", pady=(theme.space(1), 0))
        self.main_action("Continuer", self._accept, icon="arrow-right")

    def _accept(self) -> None:
        self.keep({"tickets.profile": self._tiles.value})


SCREEN = FirstStartTicketsScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-tickets", lambda shell: shell.nav.start(FirstStartTicketsScreen)),
]
