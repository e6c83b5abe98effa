"""One denomination: its value, how many, and what they make."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

from app.ui.french import amount
from app.ui.theme import BUTTONS, FOCUS, SURFACES, WHITE, theme_of

_LEAST = 44


class CountRow(tk.Canvas):
    """Drawn on a canvas so that the whole row is the target; `invoke()` chooses it."""

    def __init__(self, parent: tk.Misc, value: int, on_choose: Callable[[int], object]) -> None:
        self._theme = theme_of(parent)
        super().__init__(
            parent,
            width=self._theme.px(200),
            height=max(self._theme.px(_LEAST), self._theme.line_height("strong")),
            background=SURFACES["card"].paper,
            highlightthickness=0,
            takefocus=True,
            cursor="hand2",
        )
        self.value = value
        self.spoken = face_value(value)
        self._on_choose = on_choose
        self._quantity: int | None = None
        self._chosen = False
        self.bind("<ButtonRelease-1>", lambda event: self.invoke())
        self.bind("<FocusIn>", lambda event: self.invoke())
        self.bind("<Configure>", lambda event: self._draw())

    def invoke(self) -> None:
        """Choose this denomination."""
        self._on_choose(self.value)

    def show(self, quantity: int | None, *, chosen: bool) -> None:
        """Show how many, and whether the keypad counts this one."""
        if (quantity, chosen) != (self._quantity, self._chosen):
            self._quantity, self._chosen = quantity, chosen
            self._draw()

    def _draw(self) -> None:
        self.delete("all")
        theme, width, height = self._theme, self.winfo_width(), self.winfo_height()
        paper = SURFACES["selected" if self._chosen else "card"]
        gap, middle = theme.space(1), height // 2
        self.create_rectangle(0, 0, width, height, fill=paper.paper, width=0)
        if self._chosen:
            self.create_rectangle(0, 0, theme.space(0.75), height, fill=FOCUS, width=0)
        self._write(2 * gap, middle, self.spoken, "strong", paper.ink, "w")
        left = 3 * gap + theme.measure("strong", "500\u00a0€")
        right = left + theme.measure("strong", "99999") + 2 * gap
        self._draw_box(left, right, height)
        shown = "" if self._quantity is None else str(self._quantity)
        self._write(right - gap, middle, shown, "strong", paper.ink, "e")
        total = amount(self._quantity * self.value) if self._quantity else "—"
        fits = theme.measure("body", total) <= width - right - 2 * gap
        ink = paper.ink if self._quantity else paper.muted
        self._write(width - gap, middle, total, "body" if fits else "small", ink, "e")

    def _draw_box(self, left: int, right: int, height: int) -> None:
        edge, line = (FOCUS, 2) if self._chosen else (BUTTONS["field"].edge, 1)
        margin = self._theme.space(0.5)
        self.create_rectangle(
            left, margin, right, height - margin, fill=WHITE, outline=edge, width=line
        )

    def _write(self, x: int, y: int, text: str, role: str, ink: str, anchor: Any) -> None:
        self.create_text(x, y, text=text, anchor=anchor, font=self._theme.font(role), fill=ink)


def face_value(cents: int) -> str:
    """`50 €`, `2 €`, `50 c`: as it is printed on the note or the coin."""
    return f"{cents // 100}\u00a0€" if cents >= 100 else f"{cents}\u00a0c"
