"""The card that says the most: one large amount, and a few figures beside it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.text import Text


class HeroCard(Card):
    """`title` and `value` in large; `facts` are (word, value) in columns; `note` under them."""

    def __init__(
        self,
        parent: tk.Misc,
        title: str,
        value: str,
        facts: Sequence[tuple[str, str]],
        *,
        note: str = "",
        columns: int = 2,
    ) -> None:
        super().__init__(parent, padding=2)
        theme = theme_of(self)
        if note:
            Text(self, note, "small", wrap=True).pack(side="bottom", fill="x")
        left = Box(self)
        left.pack(side="left", anchor="n")
        Text(left, title, "muted").pack(anchor="w")
        Text(left, value, "display" if len(value) <= 12 else "amount").pack(anchor="w")
        right = Box(self)
        right.pack(side="right", anchor="n", fill="y")
        for index, (word, shown) in enumerate(facts):
            cell = Box(right)
            cell.grid(
                row=index // columns,
                column=index % columns,
                sticky="w",
                padx=(theme.space(3), 0),
                pady=(0, theme.space(0.5)),
            )
            Text(cell, word, "small").pack(anchor="w")
            Text(cell, shown, "strong").pack(anchor="w")
