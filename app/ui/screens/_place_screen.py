"""Where to write a file: the drives and folders there are, as tiles; a tap writes it there."""

from __future__ import annotations

import tkinter as tk
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from app.services.browse import PlaceRow, places
from app.ui import words
from app.ui.screen import Screen
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

PLACE_ICONS = {
    "folder": "folder",
    "drive": "hdd",
    "removable": "usb-drive",
    "network": "hdd-network",
}
PLUG_IN = "Une clé USB vient d'être branchée ? Touchez « Chercher à nouveau »."
LOOK_AGAIN = "Chercher à nouveau"


def place_choices(found: Sequence[PlaceRow]) -> list[Choice]:
    """A tile for each place, with the room there is."""
    return [
        Choice(
            place.path,
            place.name,
            "" if place.free is None else f"{words.size(place.free)} libres",
            PLACE_ICONS.get(place.kind, "folder"),
        )
        for place in found
    ]


_Result = TypeVar("_Result")


class PlaceScreen(Screen, ABC, Generic[_Result]):
    """A subclass says what is written (`write`), and `own` a folder of this PC to offer as well."""

    doing = "Écriture du fichier"

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, title: str, subtitle: str = "", own: str = ""
    ) -> None:
        super().__init__(parent, shell, title=title, subtitle=subtitle)
        self._own = own
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.side_action(LOOK_AGAIN, self._read, icon="arrow-clockwise")
        self._read()

    @abstractmethod
    def write(self, place: Path, progress: Progress) -> _Result:
        """Write the file in a folder; inside a job. Gives what `written` is told."""

    @abstractmethod
    def written(self, result: _Result) -> None:
        """Tell that it is written."""

    def _read(self) -> None:
        browse = self.shell.program.browse
        self.load(lambda progress: places(browse), self._show)

    def _show(self, found: Sequence[PlaceRow]) -> None:
        for child in self._area.inner.winfo_children():
            child.destroy()
        inbox = str(self.shell.program.folder / "inbox")  # what lies there is taken for tickets
        choices = place_choices([place for place in found if place.path != inbox])
        if self._own:
            choices.append(Choice(self._own, "Dossier d'export de ce poste", self._own, "folder"))
        ChoiceTiles(self._area.inner, choices, self._write, columns=2).pack(fill="x")
        Text(self._area.inner, PLUG_IN, "muted", wrap=True).pack(
            fill="x", pady=(self.theme.space(2), 0)
        )

    def _write(self, place: str) -> None:
        def job(progress: Progress) -> _Result:
            return self.write(Path(place), progress)

        self.run_job(job, self.doing, self.written)
