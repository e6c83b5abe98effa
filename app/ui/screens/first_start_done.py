"""First start: everything is ready."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.settings import ROLES
from app.services.first_start import DONE, MANAGER_PIN, ROLE, Answers, finish
from app.services.settings_pages import drawers_of
from app.ui.screens._first_step import FirstStep
from app.ui.shop_look import take_look
from app.ui.widgets.box import Card
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell


class FirstStartDoneScreen(FirstStep):
    """What was answered, and « Aller à l'accueil »."""

    step = DONE

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Tout est prêt")

    def show(self, answers: Answers) -> None:
        """A summary of the answers."""
        theme = self.theme
        StateCard(self.content, "ok", answers.name, dict(ROLES)[answers.role]).pack(fill="x")
        if answers.role_closes:
            card = Card(self.content, padding=2.5)
            card.pack(fill="x", pady=(theme.space(2), 0))
            for line in _summary(answers):
                Text(card, line, "body", wrap=True).pack(fill="x", pady=theme.space(0.5))
        before = MANAGER_PIN if answers.role_closes else ROLE
        self.side_action("Précédent", lambda: self.stand_at(before), icon="chevron-left")
        self.main_action("Aller à l'accueil", self._finish, icon="house")

    def _finish(self) -> None:
        job = self.shell.in_shop(lambda shop, progress: finish(shop))
        self.run_job(job, "Un instant", lambda done: self._go_home())

    def _go_home(self) -> None:
        from app.ui.screens.home import HomeScreen

        self.shell.nav.start(HomeScreen)
        take_look(self.shell)


def _summary(answers: Answers) -> list[str]:
    drawers = ", ".join(drawers_of(answers.counts))
    managers = ", ".join(answers.managers) or "pas encore de code"
    return [
        f"Tiroirs : {drawers}",
        f"Responsable : {managers}",
        "Tout peut être changé plus tard dans Paramètres.",
    ]


SCREEN = FirstStartDoneScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-done", lambda shell: shell.nav.start(FirstStartDoneScreen)),
]
