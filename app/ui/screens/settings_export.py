"""Where to write the settings for another shop: the drives and folders there are."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.settings_copy import write_copy
from app.ui.screens._place_screen import PlaceScreen

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class SettingsExportScreen(PlaceScreen[Path]):
    """A tap on a place writes the file there."""

    doing = "Écriture du modèle"

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        own = str(shell.program.folder / "export")
        super().__init__(parent, shell, title="Où écrire le modèle ?", own=own)

    def write(self, place: Path, progress: Progress) -> Path:
        """The shop's settings without its identity or secrets."""
        program = self.shell.program
        with program.open_shop() as shop:
            return write_copy(shop, place, program.write_file, program.clock(), template=True)

    def written(self, result: Path) -> None:
        """Say where it is, and what to do with it."""
        self.shell.messages.tell(
            "Le modèle est écrit",
            f"{result}\nDans l'autre boutique : Paramètres, Copier les réglages.",
            kind="ok",
            then=self.shell.nav.back,
        )


SCREEN = SettingsExportScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-export", lambda shell: shell.nav.go(SettingsExportScreen)),
]
