"""A search: a field that opens the keyboard, and a key that empties it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.entry_sheets import ask_text


class SearchField(Box):
    """`on_search(text)` hears of every new text; an empty one means everything."""

    def __init__(
        self, parent: tk.Misc, on_search: Callable[[str], object], *, prompt: str = "Rechercher"
    ) -> None:
        super().__init__(parent)
        self.value = ""
        self._on_search = on_search
        self._prompt = prompt
        self.button = BigButton(
            self, prompt, self._open, role="field_empty", icon="search", fits=True
        )
        self.button.pack(side="left", fill="x", expand=True)
        self._clear = BigButton(
            self, "", lambda: self.set(""), icon="x-lg", spoken="Effacer la recherche"
        )

    def set(self, text: str) -> None:
        """Search something else, and tell."""
        self.value = text.strip()
        theme = theme_of(self)
        self.button.set_role("field" if self.value else "field_empty")
        self.button.set_text(self.value or self._prompt)
        if self.value:
            self._clear.pack(side="right", padx=(theme.space(1), 0))
        else:
            self._clear.pack_forget()
        self._on_search(self.value)

    def _open(self) -> None:
        ask_text(self, self._prompt, self.value, self.set, maximum=60)
