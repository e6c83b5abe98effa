"""Segmented tabs: a few words side by side, one of them chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box


class Tabs(Box):
    """`choices` are (key, word); `on_choose(key)` hears of another choice."""

    def __init__(
        self,
        parent: tk.Misc,
        choices: Sequence[tuple[str, str]],
        on_choose: Callable[[str], object],
        *,
        value: str = "",
    ) -> None:
        super().__init__(parent)
        self.value = value or choices[0][0]
        self._on_choose = on_choose
        self._buttons: dict[str, BigButton] = {}
        gap = theme_of(self).space(0.25)
        for column, (key, word) in enumerate(choices):
            button = BigButton(
                self,
                word,
                partial(self.choose, key),
                role="tab",
            )
            button.grid(row=0, column=column, sticky="nswe", padx=gap)
            self.columnconfigure(column, weight=1)
            self._buttons[key] = button
        self._mark()

    def choose(self, key: str) -> None:
        """Choose one, and tell when it is another."""
        changed = key != self.value
        self.value = key
        self._mark()
        if changed:
            self._on_choose(key)

    def _mark(self) -> None:
        for key, button in self._buttons.items():
            chosen = key == self.value
            button.set_role("tab_on" if chosen else "tab")
            button.set_icon("check-lg" if chosen else "")
