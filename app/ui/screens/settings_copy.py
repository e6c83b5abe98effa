"""« Copier les réglages »: to another shop, or from another one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.screen import Screen
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell

_OUT, _IN = "out", "in"
_CHOICES = (
    Choice(
        _OUT,
        "Préparer un modèle pour une autre boutique",
        "Tous les réglages, sauf le nom, l'adresse, les numéros de la boutique et les secrets.",
        "box-arrow-up",
    ),
    Choice(
        _IN,
        "Reprendre les réglages d'une autre boutique",
        "Vous verrez ce qui changerait avant d'accepter. L'identité de la boutique reste la vôtre.",
        "box-arrow-in-down",
    ),
)


class SettingsCopyScreen(Screen):
    """Two tiles; `by` is the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(parent, shell, title="Copier les réglages")
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        ChoiceTiles(area.inner, _CHOICES, self._open).pack(fill="x")

    def _open(self, key: str) -> None:
        if key == _OUT:
            from app.ui.screens.settings_export import SettingsExportScreen

            self.shell.nav.go(SettingsExportScreen)
            return
        pick_settings(self.shell)


def pick_settings(shell: Shell, *, instead: bool = False) -> None:
    """Choose a file of settings to look into; `instead` of the screen on view."""
    from app.ui.screens.file_picker import FilePickerScreen
    from app.ui.screens.settings_preview import SettingsPreviewScreen

    move = shell.nav.replace if instead else shell.nav.go
    move(
        FilePickerScreen,
        then=SettingsPreviewScreen,
        endings=(".json",),
        title="Choisir un fichier de réglages",
    )


SCREEN = SettingsCopyScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-copy", lambda shell: shell.nav.go(SettingsCopyScreen)),
]
