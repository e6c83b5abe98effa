"""Frames that know what they are laid on: a plain box, and a rounded card."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from app.ui.theme import surface_of, theme_of


class Box(ttk.Frame):
    """A plain frame in the colour of its surface; `padding` is in spacing units.

    `whole`: a page of a `PagedArea` never ends inside it; `is_title`: nor just after it.
    """

    whole = False
    is_title = False

    def __init__(self, parent: tk.Misc, *, padding: float = 0, surface: str = "") -> None:
        theme = theme_of(parent)
        self.surface = surface or surface_of(parent)
        super().__init__(
            parent, style=theme.frame_style(self.surface), padding=theme.space(padding)
        )


class Card(ttk.Frame):
    """A white rounded card; `surface` « ok », « warn » or « bad » tints it.

    `padding` is in spacing units. Children lie on the card's own surface. `whole`, as for a `Box`,
    is for a page that is too small for the card.
    """

    whole = False

    def __init__(self, parent: tk.Misc, *, padding: float = 2, surface: str = "card") -> None:
        theme = theme_of(parent)
        outer = surface_of(parent)
        super().__init__(
            parent, style=theme.card_style(surface, outer), padding=theme.space(padding)
        )
        self.surface = surface
