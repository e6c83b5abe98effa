"""« Paramètres »: the tree of settings, in the words of the till software."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.users import MANAGER
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.screens._settings_entries import Entry, entries
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell


class SettingsScreen(Screen):
    """One tile an entry; a manager's code is asked once. `by` is the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(parent, shell, title="Paramètres")
        self._by = by
        self._entries = {entry.tree: entry for entry in entries()}
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        choices = [Choice(e.tree, e.title, e.text, e.icon) for e in self._entries.values()]
        ChoiceTiles(area.inner, choices, self._open, columns=2).pack(fill="x")

    def _open(self, tree: str) -> None:
        entry = self._entries[tree]
        if entry.free or self._by:
            entry.enter(self.shell, self._by)
        else:
            ask_pin(
                self.shell,
                MANAGER,
                "Paramètres",
                lambda name: self._come_in(name, entry),
                reason="Les réglages demandent le code d'un responsable.",
            )

    def _come_in(self, name: str, entry: Entry) -> None:
        if name:
            self.shell.nav.replace(SettingsScreen, by=name)  # « Retour » doesn't ask again
        entry.enter(self.shell, name)


SCREEN = SettingsScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-tree", lambda shell: shell.nav.go(SettingsScreen)),
]
