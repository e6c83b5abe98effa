"""« Enregistrer en PDF »: where to write a Z or a month's recap."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.browse import PlaceRow, places
from app.services.pdf_files import Written, write_recap, write_z
from app.ui.screen import Screen
from app.ui.screens._places import place_tiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class SavePdfScreen(Screen):
    """A tap on a place writes there the Z of `closure_id`, or the recap of `month` (`2026-01`)."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, closure_id: str = "", month: str = ""
    ) -> None:
        what = f"Z {closure_id}" if closure_id else f"Récapitulatif {month}"
        super().__init__(parent, shell, title="Où enregistrer le PDF ?", subtitle=what)
        self._id = closure_id
        self._month = month
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        browse = shell.program.browse
        self.load(lambda progress: places(browse), self._show)

    def _show(self, found: Sequence[PlaceRow]) -> None:
        place_tiles(self._area.inner, self.shell, found, self._write).pack(fill="x")

    def _write(self, place: str) -> None:
        program, folder = self.shell.program, Path(place)
        closure_id, month = self._id, self._month

        def job(shop: Any, progress: Progress) -> Written:
            arguments = (shop, program.paper(), program.write_file)
            if closure_id:
                return write_z(*arguments, closure_id, folder, program.clock(), into_folder=True)
            return write_recap(*arguments, month, folder, program.clock(), into_folder=True)

        self.run_job(self.shell.in_shop(job), "Écriture du PDF", self._written)

    def _written(self, written: Written) -> None:
        mark = f"\nDUPLICATA n° {written.edition - 1}" if written.edition > 1 else ""
        self.shell.messages.tell(
            "Le PDF est enregistré", f"{written.path}{mark}", kind="ok", then=self.shell.nav.back
        )


def _newest(shell: Shell) -> None:
    with shell.program.open_shop() as shop:
        rows = shop.closures()
    shell.nav.go(SavePdfScreen, closure_id=rows[-1]["id"])


SCREEN = SavePdfScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [("z-pdf", _newest)]
