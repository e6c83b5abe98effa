"""First start: a manager's PIN, with its recovery sheet; it may wait."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.first_start import DONE, MANAGER_PIN, TICKETS, Answers, make_manager
from app.ui.new_pin import choose_pin
from app.ui.recovery import show_sheet
from app.ui.screens._code_rule import NO_CODE_RULE
from app.ui.screens._first_step import FirstStep, show_step
from app.ui.widgets.field import TextField
from app.ui.widgets.state_card import StateCard

if TYPE_CHECKING:
    from app.ui.shell import Shell

_WHY = (
    "Le responsable change les réglages, corrige un comptage, accepte un grand écart. "
    f"{NO_CODE_RULE}"
)


class FirstStartManagerScreen(FirstStep):
    """A name, then « Choisir un code » or « Plus tard »."""

    step = MANAGER_PIN
    before = TICKETS

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Qui est le responsable ?", text=_WHY)

    def show(self, answers: Answers) -> None:
        """The name, or the manager that is known already."""
        if answers.managers:
            names = ", ".join(answers.managers)
            StateCard(self.content, "ok", f"Le code de {names} est enregistré").pack(fill="x")
            self.main_action("Continuer", lambda: self.stand_at(DONE), icon="arrow-right")
            return
        self._name = TextField(
            self.content, "Votre nom", "", lambda text: self._refresh(), maximum=40
        )
        self._name.pack(fill="x")
        self._next = self.main_action("Choisir un code", self._choose, icon="key")
        self.side_action("Plus tard", lambda: self.stand_at(DONE))
        self._refresh()

    def _refresh(self) -> None:
        self._next.enable(bool(self._name.value.strip()))

    def _choose(self) -> None:
        choose_pin(self.shell, self._name.value, self._chosen)

    def _chosen(self, pin: str) -> None:
        name, clock = self._name.value, self.shell.program.clock
        job = self.shell.in_shop(lambda shop, progress: make_manager(shop, name, pin, clock()))
        self.run_job(
            job,
            "Un instant",
            lambda code: show_sheet(self.shell, code, lambda: show_step(self.shell, DONE)),
        )


def _sheet(shell: Shell) -> None:
    shell.nav.start(FirstStartManagerScreen)
    show_sheet(shell, "K7PM-3XQA-9RTD-WB4E")


def _pin(shell: Shell) -> None:
    shell.nav.start(FirstStartManagerScreen)
    choose_pin(shell, "Anne", lambda pin: None)


SCREEN = FirstStartManagerScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-manager", lambda shell: shell.nav.start(FirstStartManagerScreen)),
    ("first-start-new-pin", _pin),
    ("first-start-recovery-sheet", _sheet),
]
