"""A yes or a no: two large halves with their words, the chosen one marked by colour and check."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text


class Switch(Box):
    """A label on the left, « Oui » and « Non » on the right; `on_change(value)`."""

    whole = True

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: bool = False,
        on_change: Callable[[bool], object] | None = None,
        *,
        help: str = "",
    ) -> None:
        super().__init__(parent)
        self.label = label
        self._on_change = on_change
        theme = theme_of(self)
        words = Box(self)
        self._tabs = Tabs(
            self, [("oui", "Oui"), ("non", "Non")], self._chosen, value="oui" if value else "non"
        )
        self._tabs.pack(side="right", padx=(theme.space(2), 0))
        words.pack(side="left", fill="x", expand=True)
        Text(words, label, "strong", wrap=True).pack(fill="x")
        if help:
            Text(words, help, "small", wrap=True).pack(fill="x")

    @property
    def value(self) -> bool:
        """Whether it is on « Oui »."""
        return self._tabs.value == "oui"

    def set(self, value: bool) -> None:
        """Take a value, and tell."""
        self._tabs.choose("oui" if value else "non")

    def _chosen(self, key: str) -> None:
        if self._on_change:
            self._on_change(key == "oui")
