"""The title of a screen with the ways out of it: on top, or in a rail beside a wide screen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Literal

from app.ui.theme import RAIL_WIDTH, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.steps import Steps
from app.ui.widgets.text import Text

Way = Callable[[], object] | None
"""Where a button leads; None: it is not there."""

_MOST_LINES = 3
"""A title of more lines in the rail takes smaller letters."""


class TopHeader(Box):
    """« Retour », the title over the subtitle, tools, « Accueil »: in one row."""

    foot: Box | None = None
    """The rail has a room at its foot; there is none here."""

    def __init__(self, parent: tk.Misc, back: Way, home: Way) -> None:
        super().__init__(parent)
        self._theme = theme = theme_of(self)
        gap = theme.space(1.5)
        if back:
            BigButton(self, "Retour", back, role="back", icon="chevron-left").pack(
                side="left", padx=(0, gap)
            )
        if home:
            BigButton(self, "Accueil", home, role="back", icon="house").pack(
                side="right", padx=(gap, 0)
            )
        self.tools = Box(self)
        self.tools.pack(side="right")
        self._told = Text(self, "", "muted")
        words = Box(self)
        words.pack(side="left", fill="x", expand=True)
        self._title = Text(words, "", "title")
        self._title.pack(anchor="w", fill="x")
        self._title.bind("<Configure>", self._fit)
        self._subtitle = Text(words, "", "muted")

    def say(self, title: str, subtitle: str) -> None:
        """Show a title, and a line under it."""
        self._title.set(title)
        self._subtitle.set(subtitle)
        if subtitle:
            self._subtitle.pack(anchor="w", fill="x")
        else:
            self._subtitle.pack_forget()

    def tell(self, words: str) -> None:
        """Say what the screen is at; nothing takes it away."""
        self._told.set(words)
        if words:
            self._told.pack(side="right", before=self.tools)
        else:
            self._told.pack_forget()

    def show_tool(self, widget: tk.Widget) -> None:
        """Show one of the `tools`."""
        widget.pack(side="right", padx=(self._theme.space(2), 0))

    def show_steps(self, words: Sequence[str], current: int) -> bool:
        """There is no room for steps here."""
        return False

    def _fit(self, event: tk.Event[tk.Misc]) -> None:
        """A long title (a name) takes smaller letters, on two lines if it must."""
        text = str(self._title.cget("text"))
        fits = self._theme.measure("title", text) <= event.width
        self._title.configure(wraplength=event.width)
        self._title.set(text, "title" if fits else "lead")


class RailHeader(Box):
    """The same from top to bottom, in a column as tall as the screen."""

    def __init__(self, parent: tk.Misc, back: Way, home: Way) -> None:
        super().__init__(parent, surface="rail")
        self._theme = theme = theme_of(self)
        self._width = theme.px(RAIL_WIDTH) - 2 * theme.space(3)
        self.configure(padding=(theme.space(3), theme.space(2.5)))
        self._has_steps = False
        if home:
            BigButton(self, "Accueil", home, role="back", icon="house").pack(
                side="bottom", fill="x"
            )
        self.foot: Box | None = Box(self)
        self.foot.pack(side="bottom", fill="x")
        if back:
            BigButton(self, "Retour", back, role="back", icon="chevron-left").pack(
                side="top", fill="x", pady=(0, theme.space(3))
            )
        self._title = Text(self, "", "title", width_px=self._width)
        self._title.pack(side="top", fill="x")
        self._under = Box(self)
        self._under.pack(side="top", fill="x")
        self._subtitle = Text(self._under, "", "muted", width_px=self._width)
        self.tools = Box(self)
        self._told = Text(self, "", "muted", width_px=self._width)

    def say(self, title: str, subtitle: str) -> None:
        """Show a title, and a few words under it."""
        theme = self._theme
        lines = -(-theme.measure("title", title) // self._width)
        self._title.set(title, "title" if lines <= _MOST_LINES else "lead")
        self._subtitle.set(subtitle)
        if subtitle:
            self._subtitle.pack(fill="x", pady=(theme.space(1), 0))
        else:
            self._subtitle.pack_forget()
            self._under.configure(height=1)  # a frame keeps the height of what it held last

    def tell(self, words: str) -> None:
        """Say what the screen is at; nothing takes it away."""
        self._told.set(words)
        if words:
            self._told.pack(side="bottom", fill="x")
        else:
            self._told.pack_forget()

    def show_tool(self, widget: tk.Widget) -> None:
        """Show one of the `tools`."""
        theme = self._theme
        self.tools.pack(side="top", fill="x", pady=(theme.space(1), 0), after=self._under)
        fill: Literal["x", "none"] = "none" if isinstance(widget, Card) else "x"
        widget.pack(side="top", anchor="w", fill=fill, pady=(theme.space(1), 0))

    def show_steps(self, words: Sequence[str], current: int) -> bool:
        """Show the steps under the title."""
        if not self._has_steps:
            self._has_steps = True
            steps = Steps(self, words, current, upright=True)
            steps.pack(side="top", fill="x", pady=(self._theme.space(2), 0))
        return True
