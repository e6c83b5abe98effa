"""Fields: a label and a value in a box; a tap, Return or the first key typed opens its panel."""

from __future__ import annotations

import tkinter as tk
from abc import ABC, abstractmethod
from collections.abc import Callable

from app.ui.french import amount
from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.entry_sheets import ask_amount, ask_number, ask_text
from app.ui.widgets.text import Text

_EMPTY = "Toucher pour saisir"


class Field(Box, ABC):
    """The base: subclasses say what opens (`_open`) and how the value reads (`_shown`)."""

    icon = "pencil"
    whole = True

    def __init__(self, parent: tk.Misc, label: str, *, help: str = "", empty: str = _EMPTY) -> None:
        super().__init__(parent)
        self.label = label
        self._empty = empty
        theme = theme_of(self)
        Text(self, label, "strong", wrap=True).pack(fill="x")
        self.button = BigButton(
            self, empty, self._open, role="field", icon=self.icon, fits=True, spoken=label
        )
        self.button.pack(fill="x", pady=(theme.space(0.5), 0))
        if help:
            Text(self, help, "small", wrap=True).pack(fill="x", pady=(theme.space(0.5), 0))
        self.refresh()

    def enable(self, enabled: bool = True) -> None:
        """Let it be changed, or only read."""
        self.button.enable(enabled)

    def refresh(self) -> None:
        """Show the value, cut at the width of the box."""
        shown = self._shown()
        role = "field" if shown else "field_empty"
        if role != self.button.role:
            self.button.set_role(role)
        self.button.set_text(shown or self._empty)

    @abstractmethod
    def _open(self) -> None:
        """Open the panel that asks for the value."""

    @abstractmethod
    def _shown(self) -> str:
        """The value as it reads; empty when there is none."""


class AmountField(Field):
    """An amount in cents, or None."""

    icon = "currency-euro"

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: int | None = None,
        on_change: Callable[[int | None], object] | None = None,
        *,
        help: str = "",
        empty: str = _EMPTY,
    ) -> None:
        self.value = value
        self._on_change = on_change
        super().__init__(parent, label, help=help, empty=empty)

    def set(self, value: int | None) -> None:
        """Take another value, and tell."""
        self.value = value
        self.refresh()
        if self._on_change:
            self._on_change(value)

    def _open(self) -> None:
        ask_amount(self, self.label, self.value, self.set)

    def _shown(self) -> str:
        return "" if self.value is None else amount(self.value)


class NumberField(Field):
    """A whole number, or None."""

    icon = "123"

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: int | None = None,
        on_change: Callable[[int | None], object] | None = None,
        *,
        digits: int = 6,
        help: str = "",
        empty: str = _EMPTY,
    ) -> None:
        self.value = value
        self._on_change = on_change
        self._digits = digits
        super().__init__(parent, label, help=help, empty=empty)

    def set(self, value: int | None) -> None:
        """Take another value, and tell."""
        self.value = value
        self.refresh()
        if self._on_change:
            self._on_change(value)

    def _open(self) -> None:
        ask_number(self, self.label, self.value, self.set, digits=self._digits)

    def _shown(self) -> str:
        return "" if self.value is None else str(self.value)


class TextField(Field):
    """A text; with `secret` it is shown as dots."""

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: str = "",
        on_change: Callable[[str], object] | None = None,
        *,
        secret: bool = False,
        maximum: int = 200,
        help: str = "",
        empty: str = _EMPTY,
    ) -> None:
        self.value = value
        self._on_change = on_change
        self._secret = secret
        self._maximum = maximum
        super().__init__(parent, label, help=help, empty=empty)

    def set(self, value: str) -> None:
        """Take another value, and tell."""
        self.value = value
        self.refresh()
        if self._on_change:
            self._on_change(value)

    def _open(self) -> None:
        ask_text(self, self.label, self.value, self.set, secret=self._secret, maximum=self._maximum)

    def _shown(self) -> str:
        return "•" * len(self.value) if self._secret else self.value
