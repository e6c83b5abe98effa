"""Where to copy the file for support: a USB stick, so that it can leave this PC."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.support_page import copy_file
from app.ui.screens._place_screen import PlaceScreen

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class SupportCopyScreen(PlaceScreen[Path]):
    """`path` is the file that was prepared; a tap on a place copies it there."""

    doing = "Copie du dossier"

    def __init__(self, parent: tk.Misc, shell: Shell, *, path: str) -> None:
        super().__init__(parent, shell, title="Où copier le dossier ?")
        self._path = Path(path)

    def write(self, place: Path, progress: Progress) -> Path:
        """The same file, in another place."""
        return copy_file(self._path, place, self.shell.program.write_file)

    def written(self, result: Path) -> None:
        """Say where it is, and what to do with it."""
        self.shell.messages.tell(
            "Le dossier est copié",
            f"{result}\nEnvoyez ce fichier au support.",
            kind="ok",
            then=self.shell.nav.back,
        )


SCREEN = SupportCopyScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    (
        "support-copy",
        lambda shell: shell.nav.go(SupportCopyScreen, path="export/cloture-support.zip"),
    ),
]
