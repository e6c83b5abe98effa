"""A state in one or two words: its tint, its icon and its word, never its colour alone."""

from __future__ import annotations

import tkinter as tk

from app.ui.theme import STATE_ICONS, theme_of
from app.ui.widgets.box import Card
from app.ui.widgets.text import Text

_SURFACES = {"ok": "ok", "warn": "warn", "bad": "bad"}


class Badge(Card):
    """`state` is ok, warn, bad, info, wait or off."""

    def __init__(self, parent: tk.Misc, state: str, word: str) -> None:
        super().__init__(parent, surface=_SURFACES.get(state, "selected"), padding=0)
        theme = theme_of(self)
        self.configure(padding=(theme.space(1.25), theme.space(0.5)))
        self._text = Text(self, word, "small_strong", icon=STATE_ICONS[state])
        self._text.pack()
