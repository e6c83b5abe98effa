"""The button of the kiosk: large, with an icon and a word."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from app.ui.french import typographic
from app.ui.theme import BUTTONS, DISABLED_INK, surface_of, theme_of
from app.ui.ttk_styles import button_height
from app.ui.widgets.elided import elided


class BigButton(ttk.Button):
    """A button in a role: `primary` (one a screen), `secondary`, `danger`, `ghost`, `hero`, …

    `icon` is a Bootstrap icon's name, at the `side` of the text (« left », « right », « top »).
    A text that is wider than the button ends with « … » where `fits`, and goes on under itself
    where `wraps`. `least_chars` makes a short word as wide as others. `spoken` says what it is
    where its text does not (an icon alone, a value in a field). `invoke()` presses it, unless it
    is disabled.
    """

    def __init__(
        self,
        parent: tk.Misc,
        text: str,
        command: Callable[[], object] | None = None,
        *,
        role: str = "secondary",
        icon: str = "",
        side: str = "left",
        wraps: bool = False,
        fits: bool = False,
        takefocus: bool = True,
        least_chars: int = 0,
        spoken: str = "",
    ) -> None:
        self.spoken = spoken
        self.role = role
        self._theme = theme_of(parent)
        self._on = surface_of(parent)
        self._icon = icon
        self._side = side
        self._words = typographic(text)
        super().__init__(
            parent,
            text=self._words,
            command=command or (lambda: None),
            style=self._theme.button_style(role, self._on),
            takefocus=takefocus,
            cursor="hand2",
        )
        if least_chars:
            self.configure(width=-least_chars)
        self._draw_icon()
        self._shape = self._wrapped if wraps else self._elided if fits else None
        if self._shape:
            self.bind("<Configure>", lambda event: self._shape_text())

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._words = typographic(text)
        if self._shape is None:
            self.configure(text=self._words)
        else:
            self._shape_text()

    def set_role(self, role: str) -> None:
        """Take another look."""
        self.role = role
        self.configure(style=self._theme.button_style(role, self._on))
        self._draw_icon()

    def set_icon(self, icon: str) -> None:
        """Draw another icon (an empty name: none)."""
        self._icon = icon
        self._draw_icon()

    def enable(self, enabled: bool = True) -> None:
        """Let it be pressed, or not."""
        self.state(["!disabled" if enabled else "disabled"])

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed."""
        return not self.instate(["disabled"])

    def _draw_icon(self) -> None:
        if not self._icon:
            self.configure(image="")
            return
        look = BUTTONS[self.role]
        factor = 1.6 if self._side == "top" else 1.25
        size = round(self._theme.text_px(look.font) * factor)
        normal = self._theme.icon(self._icon, size, look.ink)
        # Without an image of its own, Tk would lay a grid of dots over a disabled one.
        disabled = self._theme.icon(self._icon, size, DISABLED_INK)
        images: Any = (normal, "disabled", disabled)
        compound: Any = self._side if self._words else "image"
        self.configure(image=images, compound=compound)
        if not self._words:
            # An icon is lower than a line of words: the button is as high as its neighbours.
            around = -(-(button_height(self._theme, self.role) - size) // 2)
            self.configure(padding=(around, around))

    # --- a text that has to fit -------------------------------------------------------------

    def _shape_text(self) -> None:
        if self._shape is None or self.winfo_width() <= 1:
            return
        shaped = self._shape(self._room())
        if shaped != str(self.cget("text")):
            self.configure(text=shaped)

    def _room(self) -> int:
        """The width there is for words: the button's, without what stands around them."""
        lines = str(self.cget("text")).split("\n")
        around = self.winfo_reqwidth() - max(self._measure(line) for line in lines)
        return self.winfo_width() - around

    def _measure(self, text: str) -> int:
        return self._theme.measure(BUTTONS[self.role].font, text)

    def _elided(self, room: int) -> str:
        return elided(self._words, room, self._measure)

    def _wrapped(self, room: int) -> str:
        lines: list[str] = []
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._measure(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)
