"""Tiles to choose from: a large target with an icon, a title and a few words."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from app.ui.theme import ACTION_HEIGHT, DISABLED_INK, SURFACES, surface_of, theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.text import Text

_SIGN_PX, _CHEVRON_PX, _LARGE_PX = 32, 22, 56
_LARGE_HEIGHT = 132


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `key` is given back, the rest is shown."""

    key: str
    title: str
    text: str = ""
    icon: str = ""
    enabled: bool = True


class ChoiceTile(ttk.Frame):
    """One tile; `invoke()` presses it. `select()` marks it as chosen, by edge, tint and icon.

    One that leads somewhere ends with « › »; with `keep`, one that is chosen begins with a circle.
    `large` is for the few choices of a whole screen.
    """

    def __init__(
        self,
        parent: tk.Misc,
        choice: Choice,
        command: Callable[[], object],
        *,
        keep: bool = False,
        large: bool = False,
    ) -> None:
        self._theme = theme_of(parent)
        self._outer = surface_of(parent)
        self.surface = self._plain = "tile" if choice.enabled else "card"
        super().__init__(
            parent,
            style=self._theme.card_style(self._plain, self._outer),
            padding=self._theme.space(2),
            takefocus=choice.enabled,
            cursor="hand2" if choice.enabled else "",
        )
        self.choice = choice
        self.spoken = choice.title
        self.selected = False
        self._command = command
        self._keep = keep
        self._large = large
        self._build()
        self.bind("<ButtonRelease-1>", self._released)
        self.bind("<FocusIn>", lambda event: self._restyle())
        self.bind("<FocusOut>", lambda event: self._restyle())

    def invoke(self) -> None:
        """Press it, unless it can't be chosen."""
        if self.choice.enabled:
            self._command()

    @property
    def enabled(self) -> bool:
        """Whether it can be chosen."""
        return self.choice.enabled

    def select(self, selected: bool = True) -> None:
        """Mark it as the chosen one, or not."""
        self.selected = selected
        self._restyle()

    def _restyle(self) -> None:
        self.surface = "selected" if self.selected else self._plain
        focused = self.focus_displayof() is self
        name = f"{self.surface}_focus" if focused else self.surface
        self.configure(style=self._theme.card_style(name, self._outer))
        for child in self.winfo_children():
            child.destroy()
        self._build()

    def _build(self) -> None:
        theme, choice = self._theme, self.choice
        self.rowconfigure(0, weight=1, minsize=theme.px(ACTION_HEIGHT - 32))
        self.columnconfigure(1, weight=1)
        sign = self._sign_icon()
        if sign:
            gap = theme.space(3 if self._large else 2)
            self._icon(sign, _LARGE_PX if self._large else _SIGN_PX).grid(
                row=0, column=0, padx=(theme.space(1) if self._large else 0, gap)
            )
        words = Box(self)
        words.grid(row=0, column=1, sticky="we")
        title = "strong" if choice.enabled else "muted"
        Text(words, choice.title, "title" if self._large else title, wrap=True).pack(fill="x")
        if choice.text:
            Text(words, choice.text, "muted", wrap=True).pack(fill="x")
        if not self._keep and choice.enabled:
            self._icon("chevron-right", _CHEVRON_PX).grid(row=0, column=2, padx=(theme.space(1), 0))
        for part in (words, *words.winfo_children(), *self.winfo_children()):
            part.bind("<ButtonRelease-1>", self._released)

    def _sign_icon(self) -> str:
        if self.selected:
            return "check-circle-fill"
        return self.choice.icon or ("circle" if self._keep else "")

    def _icon(self, name: str, pixels: int) -> Text:
        theme = self._theme
        ink = SURFACES[self.surface].accent if self.choice.enabled else DISABLED_INK
        sign = Text(self)
        sign.configure(image=theme.icon(name, theme.px(pixels), ink))
        return sign

    def _released(self, event: tk.Event[tk.Misc]) -> None:
        x, y = event.x_root - self.winfo_rootx(), event.y_root - self.winfo_rooty()
        if 0 <= x < self.winfo_width() and 0 <= y < self.winfo_height():
            self.invoke()


class ChoiceTiles(Box):
    """Several tiles in columns; `on_choose(key)`. With `keep`, the chosen one stays marked.

    There are `columns` of them, or fewer where a word would not fit on its line. `large` makes
    tiles for a screen that asks nothing else.
    """

    def __init__(
        self,
        parent: tk.Misc,
        choices: Sequence[Choice],
        on_choose: Callable[[str], object],
        *,
        columns: int = 1,
        keep: bool = False,
        large: bool = False,
        value: str = "",
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._keep = keep
        self._large = large
        self._on_choose = on_choose
        self._most, self._columns = columns, 0
        self.tiles = [
            ChoiceTile(self, choice, partial(self.choose, choice.key), keep=keep, large=large)
            for choice in choices
        ]
        self._arrange(columns)
        self.bind("<Configure>", lambda event: self._arrange(self._fitting(event.width)))
        self._mark()

    def choose(self, key: str) -> None:
        """Choose one, and tell."""
        self.value = key
        self._mark()
        self._on_choose(key)

    def mark(self, key: str) -> None:
        """Show one as the chosen one (empty: none) without telling."""
        self.value = key
        self._mark()

    def _fitting(self, width: int) -> int:
        """In how many columns the longest word still fits on a line of its tile."""
        theme = theme_of(self)
        role = "title" if self._large else "strong"
        words = (word for tile in self.tiles for word in tile.choice.title.split())
        longest = max((theme.measure(role, word) for word in words), default=0)
        needed = longest + theme.px(_SIGN_PX + _CHEVRON_PX) + theme.space(9)
        return min(self._most, max(1, width // needed))

    def _arrange(self, columns: int) -> None:
        """Lay the tiles out: gaps are rows and columns of their own, all tiles have one size."""
        if columns == self._columns:
            return
        theme = theme_of(self)
        gap, least = theme.space(1.5), theme.px(_LARGE_HEIGHT) if self._large else 0
        for column in range(2 * max(columns, self._columns)):
            self.columnconfigure(column, weight=0, minsize=0, uniform="")
        for row in range(2 * len(self.tiles)):
            self.rowconfigure(row, minsize=0, uniform="")
        self._columns = columns
        for index, tile in enumerate(self.tiles):
            row, column = (2 * place for place in divmod(index, columns))
            tile.grid(row=row, column=column, sticky="nswe")
            self.rowconfigure(row, uniform="row", minsize=least)
            if row:
                self.rowconfigure(row - 1, minsize=gap)
        for column in range(columns):
            self.columnconfigure(2 * column, weight=1, uniform="column")
            self.columnconfigure(2 * column + 1, minsize=gap if column + 1 < columns else 0)

    def _mark(self) -> None:
        for tile in self.tiles:
            chosen = self._keep and tile.choice.key == self.value
            if chosen != tile.selected:
                tile.select(chosen)
