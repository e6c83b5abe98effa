"""Two tables beside each other where both have room, one under the other where they have not."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable


class SideBySide(Box):
    """Build the tables with this as their parent, then `lay(tables)`."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._tables: tuple[FigureTable, ...] = ()
        self._beside: bool | None = None

    def lay(self, tables: Sequence[FigureTable]) -> None:
        """Lay these tables out, now and whenever the room changes."""
        self._tables = tuple(tables)
        self.bind("<Configure>", lambda event: self._arrange(event.width))
        self._arrange(self.winfo_width())

    def _arrange(self, width: int) -> None:
        gap = theme_of(self).space(1.5)
        half = (width - gap * (len(self._tables) - 1)) / max(1, len(self._tables))
        beside = all(table.least_width <= half for table in self._tables)
        if beside == self._beside:
            return
        self._beside = beside
        for index, table in enumerate(self._tables):
            row, column = (0, index) if beside else (index, 0)
            before = gap if index else 0
            table.grid(
                row=row,
                column=column,
                sticky="nswe",
                padx=(before if beside else 0, 0),
                pady=(0 if beside else before, 0),
            )
            weight = 1 if beside or not index else 0
            self.columnconfigure(index, weight=weight, uniform="table" if beside else "")
