"""« Enregistrer en PDF »: where to write a Z or a month's recap."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.pdf_files import Written, write_recap, write_z
from app.ui.screens._place_screen import PlaceScreen

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class SavePdfScreen(PlaceScreen[Written]):
    """A tap on a place writes there the Z of `closure_id`, or the recap of `month` (`2026-01`)."""

    doing = "Écriture du PDF"

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, closure_id: str = "", month: str = ""
    ) -> None:
        what = f"Z {closure_id}" if closure_id else f"Récapitulatif {month}"
        own = str(shell.program.folder / "export")
        super().__init__(parent, shell, title="Où enregistrer le PDF ?", subtitle=what, own=own)
        self._id = closure_id
        self._month = month

    def write(self, place: Path, progress: Progress) -> Written:
        """The paper as a PDF, its copy counted."""
        program = self.shell.program
        with program.open_shop() as shop:
            arguments = (shop, program.paper(), program.write_file)
            if self._id:
                return write_z(*arguments, self._id, place, program.clock(), into_folder=True)
            return write_recap(*arguments, self._month, place, program.clock(), into_folder=True)

    def written(self, result: Written) -> None:
        """Say where it is, and that it is a copy if it is one."""
        mark = f"\nDUPLICATA n° {result.edition - 1}" if result.edition > 1 else ""
        self.shell.messages.tell(
            "Le PDF est enregistré", f"{result.path}{mark}", kind="ok", then=self.shell.nav.back
        )


def _newest(shell: Shell) -> None:
    with shell.program.open_shop() as shop:
        rows = shop.closures()
    shell.nav.go(SavePdfScreen, closure_id=rows[-1]["id"])


SCREEN = SavePdfScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [("z-pdf", _newest)]
