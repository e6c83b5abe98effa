"""First start: how many tills, and how many drawers each has."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.services.first_start import ROLE, TILLS, Answers
from app.services.settings_pages import drawers_of
from app.ui.screens._first_step import FirstStep
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_MOST_TILLS, _MOST_DRAWERS = 12, 6


class FirstStartTillsScreen(FirstStep):
    """± keys: the tills, then the drawers of each."""

    step = TILLS
    before = ROLE

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Combien de postes et de tiroirs ?")

    def show(self, answers: Answers) -> None:
        """The counters, and « Continuer »."""
        self._counts = list(answers.counts)
        theme = self.theme
        area = PagedArea(self.content)
        area.pack(fill="both", expand=True)
        card = Card(area.inner, padding=2.5)
        card.pack(fill="x")
        self._tills = Stepper(
            card,
            "Postes qui vendent",
            len(self._counts),
            least=1,
            most=_MOST_TILLS,
            on_change=self._tills_changed,
        )
        self._tills.pack(fill="x")
        self._drawers = Box(card)
        self._drawers.pack(fill="x", pady=(theme.space(1), 0))
        self._names = Text(area.inner, "", "muted", wrap=True)
        self._names.pack(fill="x", pady=(theme.space(1.5), 0))
        self.main_action("Continuer", self._accept, icon="arrow-right")
        self._draw()

    def _tills_changed(self, tills: int) -> None:
        self._counts = (self._counts + [1] * tills)[:tills]
        self._draw()

    def _draw(self) -> None:
        for child in self._drawers.winfo_children():
            child.destroy()
        for index, count in enumerate(self._counts):
            Stepper(
                self._drawers,
                f"Tiroirs du poste {index + 1}",
                count,
                least=1,
                most=_MOST_DRAWERS,
                on_change=partial(self._drawer_changed, index),
            ).pack(fill="x", pady=(self.theme.space(1), 0))
        self._show_names()

    def _drawer_changed(self, index: int, value: int) -> None:
        self._counts[index] = value
        self._show_names()

    def _show_names(self) -> None:
        names = ", ".join(drawers_of(self._counts))
        self._names.set(f"Tiroirs : {names}. Vous pourrez changer leurs noms dans Paramètres.")

    def _accept(self) -> None:
        self.keep({"tills.drawers": drawers_of(self._counts)})


def _three(shell: Shell) -> None:
    shell.nav.start(FirstStartTillsScreen)
    screen = shell.nav.current
    assert isinstance(screen, FirstStartTillsScreen)
    screen._tills.set(3)
    screen._drawer_changed(2, 3)
    screen._draw()


SCREEN = FirstStartTillsScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [("first-start-tills", _three)]
