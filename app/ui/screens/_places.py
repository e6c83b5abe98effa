"""The places where a file can be written, as tiles: drives, folders, the export folder."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.browse import PlaceRow
from app.ui.widgets.choice_tile import Choice, ChoiceTiles

if TYPE_CHECKING:
    from app.ui.shell import Shell

_ICONS = {"removable": "usb-drive", "network": "hdd-network", "drive": "hdd"}


def place_tiles(
    parent: tk.Misc, shell: Shell, found: Sequence[PlaceRow], on_choose: Callable[[str], object]
) -> ChoiceTiles:
    """A tile for each place; `on_choose(path)`."""
    inbox = shell.program.folder / "inbox"
    own = str(shell.program.folder / "export")
    choices = [
        Choice(place.path, place.name, place.path, _ICONS.get(place.kind, "folder"))
        for place in found
        if Path(place.path) != inbox  # what lies there is taken for tickets
    ]
    choices.append(Choice(own, "Dossier d'export de ce poste", own, "folder"))
    return ChoiceTiles(parent, choices, on_choose, columns=2)
