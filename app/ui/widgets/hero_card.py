"""The card that says the most: one large amount, and a few figures beside it.

The figures stand in one row where there is room, else in two.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.text import Text


class HeroCard(Card):
    """`title` and `value` in large; `facts` are (word, value) beside it; `note` under them."""

    def __init__(
        self,
        parent: tk.Misc,
        title: str,
        value: str,
        facts: Sequence[tuple[str, str]],
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent, padding=1.5)
        if note:
            Text(self, note, "small", wrap=True).pack(side="bottom", fill="x")
        left = Box(self)
        left.pack(side="left", anchor="n")
        Text(left, title, "muted").pack(anchor="w")
        Text(left, value, "display" if len(value) <= 12 else "amount").pack(anchor="w")
        right = Box(self)
        right.pack(side="right", anchor="n", fill="y")
        self._left = left
        self._cells = [_cell(right, word, shown) for word, shown in facts]
        self._columns = 0
        self.bind("<Configure>", lambda event: self._arrange(event.width))
        self._arrange(0)

    def _arrange(self, width: int) -> None:
        theme = theme_of(self)
        gap = theme.space(3)
        wanted = sum(cell.winfo_reqwidth() + gap for cell in self._cells)
        room = width - self._left.winfo_reqwidth() - 2 * theme.space(1.5)
        columns = len(self._cells) if wanted <= room else -(-len(self._cells) // 2)
        if columns == self._columns:
            return
        self._columns = columns
        for index, cell in enumerate(self._cells):
            row, column = divmod(index, columns)
            below = theme.space(0.5)
            cell.grid(row=row, column=column, sticky="w", padx=(gap, 0), pady=(0, below))


def _cell(parent: Box, word: str, shown: str) -> Box:
    cell = Box(parent)
    Text(cell, word, "small").pack(anchor="w")
    Text(cell, shown, "strong").pack(anchor="w")
    return cell
