"""An amount and its keypad in one column, for a screen that asks for one amount."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

NOTHING = "—"
"""What stands where no amount was typed: that is not zero."""


class AmountPad(Box):
    """`on_change(cents)` hears each key; None when nothing is typed."""

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: int | None,
        on_change: Callable[[int | None], object],
    ) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._typed = TypedNumber.of_cents(value)
        self._on_change = on_change
        card = Card(self, surface="selected", padding=1.5)
        card.pack(fill="x", pady=(0, theme.space(1)))
        Text(card, label, "small").pack(fill="x")
        self._shown = Text(card, "", "amount", anchor="e")
        self._shown.pack(fill="x")
        Keypad(self, self._typed, self._changed).pack(fill="both", expand=True)
        self._refresh()

    @property
    def value(self) -> int | None:
        """What is typed, in cents."""
        return self._typed.cents

    def _changed(self) -> None:
        self._refresh()
        self._on_change(self._typed.cents)

    def _refresh(self) -> None:
        self._shown.set(self._typed.shown or NOTHING)
