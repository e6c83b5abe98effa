"""A value between two large keys, « − » and « + »: for a few steps, without a keypad."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.text import Text

_LEAST_WIDTH = 90


class Stepper(Box):
    """`value` from `least` to `most`, `step` at a time; with `turns` the last is followed by the
    first. `words(value)` is what is shown; `on_change(value)` hears of each change.
    """

    whole = True

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: int,
        *,
        least: int = 0,
        most: int = 99,
        step: int = 1,
        turns: bool = False,
        words: Callable[[int], str] = str,
        on_change: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._least, self._most, self._step = least, most, step
        self._turns = turns
        self._words = words
        self._on_change = on_change
        theme = theme_of(self)
        self._more = self._key("plus-lg", 1, f"{label} : plus")
        self._more.pack(side="right")
        self._room = room = Box(self)
        self._shown = Text(room, "", "lead", anchor="center")
        room.configure(width=self.value_width, height=self._shown.winfo_reqheight())
        room.pack_propagate(False)
        self._shown.pack(fill="both", expand=True)
        room.pack(side="right")
        self._less = self._key("dash-lg", -1, f"{label} : moins")
        self._less.pack(side="right", padx=(theme.space(2), 0))
        Text(self, label, "strong", wrap=True).pack(side="left", fill="x", expand=True)
        self._show()

    def widen(self, pixels: int) -> None:
        """Give the value that room, as its neighbours have."""
        self._room.configure(width=pixels)

    def set(self, value: int) -> None:
        """Take another value, and tell."""
        self.value = value
        self._show()
        if self._on_change:
            self._on_change(value)

    @property
    def value_width(self) -> int:
        """Room for any of its values, in pixels: the keys don't move when it changes."""
        theme = theme_of(self)
        values = range(self._least, self._most + 1, self._step)
        widest = max(theme.measure("lead", self._words(value)) for value in values)
        return max(theme.px(_LEAST_WIDTH), widest + theme.space(2))

    def _key(self, icon: str, way: int, spoken: str) -> BigButton:
        return BigButton(self, "", lambda: self._move(way), icon=icon, spoken=spoken)

    def _move(self, way: int) -> None:
        value = self.value + way * self._step
        if self._turns:
            span = self._most - self._least + 1
            value = self._least + (value - self._least) % span
        self.set(min(max(value, self._least), self._most))

    def _show(self) -> None:
        self._shown.set(self._words(self.value))
        self._less.enable(self._turns or self.value > self._least)
        self._more.enable(self._turns or self.value < self._most)
