"""The button of the kiosk: large, with an icon and a word."""

from __future__ import annotations

import textwrap
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from app.ui.french import typographic
from app.ui.theme import BUTTONS, DISABLED_INK, surface_of, theme_of


class BigButton(ttk.Button):
    """A button in a role: `primary` (one a screen), `secondary`, `danger`, `ghost`, `hero`, …

    `icon` is a Bootstrap icon's name, at the `side` of the text (« left », « right », « top »).
    `wrap` breaks the text at that many characters; `least_chars` makes a short word as wide as
    others. `spoken` says what it is where its text does not (an icon alone, a value in a field).
    `invoke()` presses it, unless it is disabled.
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
        wrap: int = 0,
        takefocus: bool = True,
        least_chars: int = 0,
        spoken: str = "",
    ) -> None:
        self.spoken = spoken
        self._theme = theme_of(parent)
        self._on = surface_of(parent)
        self._icon = icon
        self._side = side
        self._wrap = wrap
        self.role = role
        super().__init__(
            parent,
            text=self._broken(text),
            command=command or (lambda: None),
            style=self._theme.button_style(role, self._on),
            takefocus=takefocus,
            cursor="hand2",
        )
        if least_chars:
            self.configure(width=-least_chars)
        self._draw_icon()

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.configure(text=self._broken(text))

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
        compound: Any = self._side if str(self.cget("text")) else "image"
        self.configure(image=images, compound=compound)

    def _broken(self, text: str) -> str:
        shown = typographic(text)
        if not self._wrap or "\n" in shown:
            return shown
        return "\n".join(textwrap.wrap(shown, self._wrap, break_long_words=False)) or shown
