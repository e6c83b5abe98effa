"""The steps of an assistant: which are done, where one is, what comes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import SURFACES, surface_of, theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.elided import elided

_RADIUS = 15
_UPRIGHT_STEP = 56


class Steps(Box):
    """`steps` are the words, `current` the index of the one on view.

    They lie side by side, or `upright` one under the other.
    """

    def __init__(
        self, parent: tk.Misc, steps: Sequence[str], current: int, *, upright: bool = False
    ) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = current
        self._upright = upright
        self._theme = theme = theme_of(self)
        self._paper = SURFACES[surface_of(self)]
        beside = theme.px(2 * _RADIUS + 4) + theme.line_height("small") + theme.space(1)
        self._canvas = tk.Canvas(
            self,
            height=theme.px(_UPRIGHT_STEP) * len(steps) if upright else beside,
            width=theme.px(200),
            background=self._paper.paper,
            highlightthickness=0,
        )
        self._canvas.pack(fill="x", expand=True)
        self._canvas.bind("<Configure>", lambda event: self._draw())

    def _draw(self) -> None:
        self._canvas.delete("all")
        places = self._places()
        for index in range(len(self._steps) - 1):
            self._draw_line(places[index], places[index + 1], done=index < self._current)
        for index, (x, y) in enumerate(places):
            self._draw_step(index, x, y)

    def _places(self) -> list[tuple[int, int]]:
        """The centre of each step's sign."""
        theme, count = self._theme, len(self._steps)
        radius = theme.px(_RADIUS)
        if self._upright:
            step = theme.px(_UPRIGHT_STEP)
            return [(radius + 2, round(step * (index + 0.5))) for index in range(count)]
        width = self._canvas.winfo_width() / count
        return [(round(width * (index + 0.5)), radius + 2) for index in range(count)]

    def _draw_line(self, start: tuple[int, int], end: tuple[int, int], *, done: bool) -> None:
        theme = self._theme
        apart = theme.px(_RADIUS) + theme.space(0.5 if self._upright else 1)
        along = (0, apart) if self._upright else (apart, 0)
        self._canvas.create_line(
            start[0] + along[0],
            start[1] + along[1],
            end[0] - along[0],
            end[1] - along[1],
            fill=self._paper.accent if done else self._paper.line,
            width=theme.px(3),
        )

    def _draw_step(self, index: int, x: int, y: int) -> None:
        canvas, theme, paper = self._canvas, self._theme, self._paper
        done, here = index < self._current, index == self._current
        icon = "check-circle-fill" if done else f"{index + 1}-circle" + ("-fill" if here else "")
        ink = paper.accent if done or here else paper.muted
        radius = theme.px(_RADIUS)
        canvas.create_image(x, y, image=theme.icon(icon, 2 * radius, ink))
        if self._upright:
            place, anchor = (x + radius + theme.space(1.5), y), "w"
            room = canvas.winfo_width() - place[0]
            role = "strong" if here else "body"
        else:
            place, anchor = (x, y + radius + theme.space(0.75)), "n"
            room = round(canvas.winfo_width() / len(self._steps)) - theme.space(1)
            role = "small_strong" if here else "small"
        canvas.create_text(
            *place,
            anchor="w" if anchor == "w" else "n",
            text=elided(self._steps[index], room, lambda text: theme.measure(role, text)),
            font=theme.font(role),
            fill=paper.ink if here else paper.muted,
        )
