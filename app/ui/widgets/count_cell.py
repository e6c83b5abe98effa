"""One denomination: its value, how many, and what they make."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

from app.ui.french import amount
from app.ui.theme import BUTTONS, FOCUS, KEY_HEIGHT, SURFACES, WHITE, theme_of

_DIGITS = "9999"


class CountCell(tk.Canvas):
    """Drawn on a canvas so that the whole cell is the target; `invoke()` chooses it.

    Its value and the box of its quantity stand on one line, what they make under the box.
    """

    def __init__(self, parent: tk.Misc, value: int, on_choose: Callable[[int], object]) -> None:
        self._theme = theme_of(parent)
        super().__init__(
            parent,
            width=self._theme.px(140),
            height=max(self._theme.px(KEY_HEIGHT + 8), self._lines_height()),
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
        self.bind("<ButtonRelease-1>", self._released)
        self.bind("<FocusIn>", lambda event: self.invoke())
        self.bind("<Configure>", lambda event: self._draw())

    def invoke(self) -> None:
        """Choose this denomination."""
        self._on_choose(self.value)

    def _released(self, event: tk.Event[tk.Misc]) -> None:
        """A finger that slid away before it was lifted chooses nothing."""
        if 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height():
            self.invoke()

    def show(self, quantity: int | None, *, chosen: bool) -> None:
        """Show how many, and whether the keypad counts this one."""
        if (quantity, chosen) != (self._quantity, self._chosen):
            self._quantity, self._chosen = quantity, chosen
            self._draw()

    def _lines_height(self) -> int:
        theme = self._theme
        return theme.line_height("lead") + theme.line_height("small") + theme.space(2)

    def _draw(self) -> None:
        self.delete("all")
        theme, width, height = self._theme, self.winfo_width(), self.winfo_height()
        paper = SURFACES["selected" if self._chosen else "card"]
        gap = theme.space(1)
        self.create_rectangle(0, 0, width, height, fill=paper.paper, width=0)
        if self._chosen:
            self.create_rectangle(0, 0, theme.space(0.75), height, fill=FOCUS, width=0)
        else:
            self.create_line(gap, height - 1, width - gap, height - 1, fill=paper.line)
        low = height - theme.line_height("small") - theme.space(0.5)
        box = min(low - gap, theme.px(KEY_HEIGHT))
        top = (low - box + gap) // 2
        role = self._role(width - 5 * gap)
        left = width - 3 * gap - theme.measure(role, _DIGITS)
        self._draw_box(left, width - gap, top, top + box)
        middle = top + box // 2
        self._write(1.5 * gap, middle, self.spoken, role, paper.ink, "w")
        shown = "" if self._quantity is None else str(self._quantity)
        self._write(width - 1.5 * gap, middle, shown, role, paper.ink, "e")
        if self._quantity:
            total = amount(self._quantity * self.value)
            self._write(width - gap, low, total, "small", paper.muted, "ne")

    def _role(self, room: int) -> str:
        """The largest letters in which a value and its quantity stand side by side."""
        measure = self._theme.measure
        for role in ("lead", "strong"):
            if measure(role, face_value(50_000)) + measure(role, _DIGITS) <= room:
                return role
        return "small_strong"

    def _draw_box(self, left: int, right: int, top: int, bottom: int) -> None:
        edge, line = (FOCUS, 2) if self._chosen else (BUTTONS["field"].edge, 1)
        self.create_rectangle(left, top, right, bottom, fill=WHITE, outline=edge, width=line)

    def _write(self, x: float, y: int, text: str, role: str, ink: str, anchor: Any) -> None:
        self.create_text(x, y, text=text, anchor=anchor, font=self._theme.font(role), fill=ink)


def face_value(cents: int) -> str:
    """`50 €`, `2 €`, `50 c`: as it is printed on the note or the coin."""
    return f"{cents // 100}\u00a0€" if cents >= 100 else f"{cents}\u00a0c"
