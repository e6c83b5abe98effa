"""The steps of an assistant: which are done, where one is, what comes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import SURFACES, surface_of, theme_of
from app.ui.widgets.box import Box


class Steps(Box):
    """`steps` are the words, `current` the index of the one on view."""

    def __init__(self, parent: tk.Misc, steps: Sequence[str], current: int) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = current
        theme = theme_of(self)
        self._theme = theme
        self._canvas = tk.Canvas(
            self,
            height=theme.px(34) + theme.line_height("small") + theme.space(1),
            width=theme.px(300),
            background=SURFACES[surface_of(self)].paper,
            highlightthickness=0,
        )
        self._canvas.pack(fill="x", expand=True)
        self._canvas.bind("<Configure>", lambda event: self._draw())

    def show(self, current: int) -> None:
        """Go to another step."""
        self._current = current
        self._draw()

    def _draw(self) -> None:
        canvas, theme = self._canvas, self._theme
        canvas.delete("all")
        width = canvas.winfo_width() / len(self._steps)
        radius = theme.px(15)
        middle = radius + 2
        paper = SURFACES[surface_of(self)]
        for index in range(len(self._steps) - 1):
            x = width * (index + 0.5)
            done = index < self._current
            canvas.create_line(
                x + radius + theme.space(1),
                middle,
                x + width - radius - theme.space(1),
                middle,
                fill=paper.accent if done else paper.line,
                width=theme.px(3),
            )
        for index, word in enumerate(self._steps):
            self._draw_step(index, word, round(width * (index + 0.5)), middle, radius)

    def _draw_step(self, index: int, word: str, x: int, middle: int, radius: int) -> None:
        from app.ui.widgets.field import elided

        canvas, theme = self._canvas, self._theme
        paper = SURFACES[surface_of(self)]
        done, here = index < self._current, index == self._current
        icon = "check-circle-fill" if done else f"{index + 1}-circle" + ("-fill" if here else "")
        ink = paper.accent if done or here else paper.muted
        canvas.create_image(x, middle, image=theme.icon(icon, 2 * radius, ink))
        role = "small_strong" if here else "small"
        room = round(canvas.winfo_width() / len(self._steps)) - theme.space(1)
        canvas.create_text(
            x,
            middle + radius + theme.space(0.75),
            anchor="n",
            text=elided(word, room, lambda text: theme.measure(role, text)),
            font=theme.font(role),
            fill=paper.ink if here else paper.muted,
        )
