"""First start: the shop's name."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.first_start import SHOP, Answers
from app.ui.screens._first_step import FirstStep
from app.ui.widgets.field import TextField

if TYPE_CHECKING:
    from app.ui.shell import Shell

_MOST_SIGNS = 60


class FirstStartShopScreen(FirstStep):
    """One field: the name that every Z bears."""

    step = SHOP

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Votre boutique")

    def show(self, answers: Answers) -> None:
        """The name, and « Continuer » once there is one."""
        self._name = TextField(
            self.content,
            "Nom de la boutique",
            answers.name,
            lambda text: self._refresh(),
            maximum=_MOST_SIGNS,
            help="Il figure sur chaque ticket Z. Vous pourrez le changer dans Paramètres.",
        )
        self._name.pack(fill="x")
        self._next = self.main_action("Continuer", self._accept, icon="arrow-right")
        self._refresh()

    def _refresh(self) -> None:
        self._next.enable(bool(self._name.value.strip()))

    def _accept(self) -> None:
        self.keep({"shop.name": self._name.value})


SCREEN = FirstStartShopScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-shop", lambda shell: shell.nav.start(FirstStartShopScreen)),
]
