"""« Autres fonctions »: those for which « Accueil » has no room."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.screen import Screen
from app.ui.screens import _home_doors as doors
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell


class HomeMoreScreen(Screen):
    """A tile a module; `keys` are those of the doors."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, keys: tuple[str, ...]) -> None:
        super().__init__(parent, shell, title="Autres fonctions")
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        found = [doors.door_of(key) for key in keys]
        choices = [Choice(door.key, door.title, icon=door.icon) for door in found]
        ChoiceTiles(area.inner, choices, self._open, columns=2).pack(fill="x")

    def _open(self, key: str) -> None:
        doors.door_of(key).enter(self.shell)


SCREEN = HomeMoreScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    (
        "accueil-autres",
        lambda shell: shell.nav.go(HomeMoreScreen, keys=("month", "settings", "log", "support")),
    ),
]
