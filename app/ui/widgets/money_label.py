"""An amount on screen: a true minus, spaces that never break, columns that line up."""

from __future__ import annotations

import tkinter as tk

from app.ui.french import amount, signed_amount
from app.ui.widgets.text import Text

UNKNOWN = "—"


class MoneyLabel(Text):
    """Shows cents; None is « — ». `signed` writes the plus as well (a difference)."""

    def __init__(
        self, parent: tk.Misc, cents: int | None, role: str = "amount", *, signed: bool = False
    ) -> None:
        self._signed = signed
        super().__init__(parent, self._written(cents), role, anchor="e")

    def show(self, cents: int | None, role: str = "") -> None:
        """Show another amount."""
        self.set(self._written(cents), role)

    def _written(self, cents: int | None) -> str:
        if cents is None:
            return UNKNOWN
        return signed_amount(cents) if self._signed else amount(cents)
