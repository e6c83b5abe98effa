"""Where to write the settings for another shop: the drives and folders there are."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.browse import PlaceRow, places
from app.services.settings_copy import write_copy
from app.ui.screen import Screen
from app.ui.screens._places import place_tiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell


class SettingsExportScreen(Screen):
    """A tap on a place writes the file there."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Où écrire le modèle ?")
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        browse = shell.program.browse
        self.load(lambda progress: places(browse), self._show)

    def _show(self, found: Sequence[PlaceRow]) -> None:
        place_tiles(self._area.inner, self.shell, found, self._write).pack(fill="x")

    def _write(self, place: str) -> None:
        program = self.shell.program
        job = self.shell.in_shop(
            lambda shop, progress: write_copy(
                shop, Path(place), program.write_file, program.clock(), template=True
            )
        )
        self.run_job(job, "Écriture du modèle", self._written)

    def _written(self, path: Path) -> None:
        self.shell.messages.tell(
            "Le modèle est écrit",
            f"{path}\nDans l'autre boutique : Paramètres, Copier les réglages.",
            kind="ok",
            then=self.shell.nav.back,
        )


SCREEN = SettingsExportScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-export", lambda shell: shell.nav.go(SettingsExportScreen)),
]
