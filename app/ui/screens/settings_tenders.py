"""« Règlements »: the tenders that the program knows."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.tenders import LABELS
from app.ui.screen import Screen
from app.ui.widgets.paged_list import Column, PagedList, Row

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [Column("Mode de règlement", 2), Column("Code dans les fichiers", 2)]


class TendersScreen(Screen):
    """To read only: what a file calls otherwise is shown under its own name."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(
            parent,
            shell,
            title="Règlements",
            subtitle="Ceux que les fichiers peuvent nommer ; un autre garde son nom",
        )
        rows = [Row(code, (label, code)) for code, label in LABELS.items()]
        PagedList(self.body, _COLUMNS, rows).pack(fill="both", expand=True)


SCREEN = TendersScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-tenders", lambda shell: shell.nav.go(TendersScreen)),
]
