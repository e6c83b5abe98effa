"""First start: what this PC is in the shop."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.settings import ROLES
from app.services.first_start import ROLE, SHOP, Answers
from app.ui.screens._first_step import FirstStep
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell

_TEXTS = {
    "master": "Elle détient les données, clôture et sauvegarde. Une seule par boutique.",
    "secondary": "Elle vend ; la caisse maître clôture pour elle.",
    "back_office": "Un poste de bureau qui consulte, sans clôturer.",
    "head_office": "Il réunit les chiffres de plusieurs boutiques.",
}
_ICONS = {
    "master": "shop",
    "secondary": "display",
    "back_office": "briefcase",
    "head_office": "building",
}


class FirstStartRoleScreen(FirstStep):
    """Four tiles, the chosen one marked."""

    step = ROLE
    before = SHOP

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Quel est le rôle de ce poste ?")

    def show(self, answers: Answers) -> None:
        """The roles, and « Continuer »."""
        area = PagedArea(self.content)
        area.pack(fill="both", expand=True)
        choices = [Choice(code, word, _TEXTS[code], _ICONS[code]) for code, word in ROLES]
        self._tiles = ChoiceTiles(
            area.inner, choices, lambda code: None, columns=2, keep=True, value=answers.role
        )
        self._tiles.pack(fill="x")
        self.main_action("Continuer", self._accept, icon="arrow-right")

    def _accept(self) -> None:
        self.keep({"shop.role": self._tiles.value})


SCREEN = FirstStartRoleScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-role", lambda shell: shell.nav.start(FirstStartRoleScreen)),
]
