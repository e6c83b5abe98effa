"""Bars: amounts side by side, drawn on one canvas; each with its word under it.

The highest bar carries its amount, so that the others can be judged by eye; figures to read are
in the tables beside.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.theme import SURFACES, surface_of, theme_of

_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its word, its value (cents), and the text that stands over the highest one."""

    word: str
    value: int
    text: str


class Bars(tk.Canvas):
    """Draws `bars` over its whole width; a value below zero hangs under the line."""

    def __init__(self, parent: tk.Misc, bars: Sequence[Bar]) -> None:
        theme = theme_of(parent)
        self._theme = theme
        self.bars = tuple(bars)
        self._paper = SURFACES[surface_of(parent)]
        self._foot = theme.line_height("small") + theme.space(0.5)
        self._top = theme.line_height("small_strong") + theme.space(0.5)
        super().__init__(
            parent,
            width=theme.px(300),
            height=theme.px(_HEIGHT) + self._foot + self._top,
            background=self._paper.paper,
            highlightthickness=0,
        )
        self.bind("<Configure>", lambda event: self._draw())

    def _draw(self) -> None:
        self.delete("all")
        if not self.bars:
            return
        high = max(0, *(bar.value for bar in self.bars)) if len(self.bars) > 1 else 0
        high = max(high, self.bars[0].value, 0)
        low = min([0, *(bar.value for bar in self.bars)])
        room = self.winfo_height() - self._foot - self._top
        scale = room / (high - low or 1)
        base = self._top + round(high * scale)
        step = self.winfo_width() / len(self.bars)
        peak = max(self.bars, key=lambda bar: bar.value)
        for index, bar in enumerate(self.bars):
            self._draw_bar(bar, step * index, step, base, scale, is_peak=bar is peak)
        self.create_line(0, base, self.winfo_width(), base, fill=self._paper.line)

    def _draw_bar(
        self, bar: Bar, left: float, step: float, base: int, scale: float, *, is_peak: bool
    ) -> None:
        theme = self._theme
        middle = left + step / 2
        half = min(step * 0.36, theme.px(34))
        top = base - bar.value * scale
        if bar.value:
            ink = self._paper.accent if is_peak else SURFACES["selected"].line
            edge = min(top, base - 2) if bar.value > 0 else max(top, base + 2)
            self.create_rectangle(middle - half, edge, middle + half, base, fill=ink, width=0)
        self.create_text(
            middle,
            self.winfo_height() - self._foot // 2,
            text=self._word(bar.word, step),
            font=theme.font("small_strong" if is_peak else "small"),
            fill=self._paper.ink if is_peak else self._paper.muted,
        )
        if is_peak and bar.value:
            width = theme.measure("small_strong", bar.text) / 2
            x = min(max(middle, width), self.winfo_width() - width)
            self.create_text(
                x,
                min(top, base) - theme.space(0.5),
                text=bar.text,
                anchor="s",
                font=theme.font("small_strong"),
                fill=self._paper.ink,
            )

    def _word(self, word: str, step: float) -> str:
        room = step - self._theme.space(1)
        if self._theme.measure("small_strong", word) <= room:
            return word
        return word.split(maxsplit=1)[0]
