"""The bar at the top: the shop, the day and the time, SIMULATION, and « Réduire »."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import date, datetime
from tkinter import ttk

from app.ui.french import long_date, short_date
from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Card
from app.ui.widgets.elided import elided
from app.ui.widgets.text import Text

SIMULATION = "SIMULATION"


def _shortest_date(day: date) -> str:
    """`21/11`: the year is the first thing one can do without."""
    return f"{day:%d/%m}"


class TopBar(ttk.Frame):
    """Always on screen, whatever is under it."""

    surface = "bar"

    def __init__(self, parent: tk.Misc, reduce: Callable[[], object]) -> None:
        self._theme = theme_of(parent)
        super().__init__(parent, style=self._theme.frame_style("bar"))
        self._reduce = reduce
        self._name = ""
        self._simulation = False
        self._now: datetime | None = None
        self._build()

    def show_shop(self, name: str, *, simulation: bool) -> None:
        """Say which shop this is, and whether it is a demonstration."""
        self._name, self._simulation = name, simulation
        self.rebuild()

    def show_time(self, now: datetime) -> None:
        """Show the day and the time."""
        self._now = now
        self._fit()

    def rebuild(self) -> None:
        """Draw everything anew: after another shop, or another text size."""
        for child in self.winfo_children():
            child.destroy()
        self.configure(style=self._theme.frame_style("bar"))
        self._build()

    def _build(self) -> None:
        theme = self._theme
        gap = theme.space(2)
        self.configure(padding=(theme.space(3), theme.space(0.5)))
        self._button = BigButton(
            self, "Réduire", self._reduce, role="bar", icon="dash-lg", takefocus=False
        )
        self._button.pack(side="right", padx=(gap, 0))
        self._time = Text(self, "", "muted")
        self._time.pack(side="right")
        self._pill = Card(self, surface="simulation", padding=0)
        self._pill.configure(padding=(theme.space(2), theme.space(0.25)))
        if self._simulation:
            Text(self._pill, SIMULATION, "lead").pack()
            self._pill.pack(side="right", padx=gap)
        self._words = Text(self, "", "strong")
        self._words.pack(side="left", fill="x", expand=True)
        self._words.bind("<Configure>", lambda event: self._fit())
        self._fit()

    def _fit(self) -> None:
        """The longest date that leaves the shop's name whole, at least day, month and hour."""
        theme = self._theme
        name = self._name or "Clôture"
        room = self._words.winfo_width() + self._time.winfo_width()
        taken = theme.measure("strong", name) + theme.space(1)
        for written in (long_date, short_date, _shortest_date):
            when = self._written_time(written)
            if taken + theme.measure("body", when) <= room:
                break
        self._time.set(when)
        left = max(room - theme.measure("body", when) - theme.space(1), theme.space(6))
        role = "strong" if theme.measure("strong", name) <= left else "small_strong"
        self._words.set(elided(name, left, lambda text: theme.measure(role, text)), role)

    def _written_time(self, written: Callable[[date], str]) -> str:
        if self._now is None:
            return ""
        return f"{written(self._now.date())}, {self._now.hour} h {self._now.minute:02d}"
