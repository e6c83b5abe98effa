"""What the screens of the first start share: the steps on top, « Précédent » and « Continuer »."""

from __future__ import annotations

import tkinter as tk
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.services.first_start import (
    DONE,
    MANAGER_PIN,
    ROLE,
    SHOP,
    TICKETS,
    TILLS,
    Answers,
    answer,
    answers_of,
    go_to,
)
from app.ui.screen import Screen
from app.ui.screens._lazy import screen_named
from app.ui.widgets.box import Box
from app.ui.widgets.steps import Steps
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_SCREENS = {
    SHOP: "first_start_shop.FirstStartShopScreen",
    ROLE: "first_start_role.FirstStartRoleScreen",
    TILLS: "first_start_tills.FirstStartTillsScreen",
    TICKETS: "first_start_tickets.FirstStartTicketsScreen",
    MANAGER_PIN: "first_start_manager.FirstStartManagerScreen",
    DONE: "first_start_done.FirstStartDoneScreen",
}
_WORDS = ("Boutique", "Rôle", "Postes", "Tickets", "Responsable", "Prêt")
_ORDER = tuple(_SCREENS)


def show_step(shell: Shell, step: str) -> None:
    """Show the screen of a step, as the first one: there is no way around the assistant."""
    shell.nav.start(screen_named(_SCREENS[step]))


class FirstStep(Screen, ABC):
    """A step: subclasses have `step`, and build in `show(answers)` once what is known was read."""

    step = SHOP
    before = ""

    def __init__(self, parent: tk.Misc, shell: Shell, *, title: str, text: str = "") -> None:
        super().__init__(parent, shell, title=title)
        theme = self.theme
        here = _ORDER.index(self.step)
        if not self.show_steps(_WORDS, here):
            steps = Steps(self.body, _WORDS, here)
            steps.pack(fill="x", pady=(0, theme.space(2)))
        if text:
            words = Text(self.body, text, "body", wrap=True)
            words.pack(fill="x", pady=(0, theme.space(2)))
        self.content = Box(self.body)
        self.content.pack(fill="both", expand=True)
        if self.before:
            self.side_action("Précédent", self._back, icon="chevron-left")
        self.load(self._job(answers_of), self.show)

    @abstractmethod
    def show(self, answers: Answers) -> None:
        """Build the content."""

    def keep(self, values: Mapping[str, Any]) -> None:
        """Keep the answers of this step, then show the next one."""
        clock, step = self.shell.program.clock, self.step
        self.run_job(
            self._job(lambda shop: answer(shop, values, step, clock())),
            "Un instant",
            lambda following: show_step(self.shell, following),
        )

    def stand_at(self, step: str) -> None:
        """Go to another step without an answer."""
        self.run_job(
            self._job(lambda shop: go_to(shop, step)),
            "Un instant",
            lambda done: show_step(self.shell, step),
        )

    def _back(self) -> None:
        self.stand_at(self.before)

    def _job(self, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
        program = self.shell.program

        def job(progress: Any) -> Any:
            with program.open_shop(create=True) as shop:
                return work(shop)

        return job
