"""A row of figures: a word and its amount on a card each, as wide as the screen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.text import Text


def figure_cards(parent: tk.Misc, figures: Sequence[tuple[str, str]]) -> Box:
    """One card for each (word, figure), the first as large as the others."""
    theme = theme_of(parent)
    row = Box(parent)
    for column, (word, figure) in enumerate(figures):
        card = Card(row, padding=1.5)
        gap = (theme.space(1.5) if column else 0, 0)
        card.grid(row=0, column=column, sticky="nswe", padx=gap)
        row.columnconfigure(column, weight=1, uniform="figure")
        Text(card, word, "muted").pack(fill="x")
        Text(card, figure, "amount").pack(fill="x")
    return row
