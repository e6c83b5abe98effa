"""A month of days for fingers, Monday first; as a widget, as a field, and as a panel."""

from __future__ import annotations

import calendar
import tkinter as tk
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from app.ui.french import long_date, month_name
from app.ui.panels import Panel, PanelHost
from app.ui.theme import KEY_HEIGHT, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.field import Field
from app.ui.widgets.text import Text

_WEEK = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


class MonthGrid(Box):
    """`on_pick(day)`; days outside `first`…`last` (both included) can't be picked."""

    def __init__(
        self,
        parent: tk.Misc,
        value: date,
        on_pick: Callable[[date], object],
        *,
        first: date = date(1970, 1, 1),
        last: date = date(2100, 12, 31),
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._on_pick = on_pick
        self._first, self._last = first, last
        self._month = value.replace(day=1)
        theme = theme_of(self)
        head = Box(self)
        head.pack(fill="x", pady=(0, theme.space(1)))
        self._back = BigButton(
            head, "", lambda: self.turn(-1), icon="chevron-left", spoken="Mois précédent"
        )
        self._back.pack(side="left")
        self._next = BigButton(
            head, "", lambda: self.turn(1), icon="chevron-right", spoken="Mois suivant"
        )
        self._next.pack(side="right")
        self._name = Text(head, "", "lead", anchor="center")
        self._name.pack(fill="both", expand=True)
        self._grid = Box(self)
        self._grid.pack(fill="both", expand=True)
        self._build_grid()
        self._fill()

    def turn(self, months: int) -> None:
        """Show another month."""
        step = timedelta(days=31 if months > 0 else -1)
        self._month = (self._month + step).replace(day=1)
        self._fill()

    def pick(self, day: date) -> None:
        """Pick a day, and tell."""
        self.value = day
        self._month = day.replace(day=1)
        self._fill()
        self._on_pick(day)

    def _build_grid(self) -> None:
        theme = theme_of(self)
        gap = theme.space(0.25)
        for column, name in enumerate(_WEEK):
            Text(self._grid, name, "small", anchor="center").grid(row=0, column=column)
            self._grid.columnconfigure(
                column, weight=1, uniform="day", minsize=theme.px(KEY_HEIGHT + 4)
            )
        self._days: list[BigButton] = []
        for index in range(42):
            button = BigButton(self._grid, "", role="day")
            button.configure(width=2)
            button.grid(row=1 + index // 7, column=index % 7, sticky="nswe", padx=gap, pady=gap)
            self._grid.rowconfigure(1 + index // 7, weight=1, uniform="week")
            self._days.append(button)

    def _fill(self) -> None:
        self._name.set(month_name(self._month))
        start = self._month - timedelta(days=self._month.weekday())
        weeks = len(calendar.Calendar().monthdatescalendar(self._month.year, self._month.month))
        for index, button in enumerate(self._days):
            day = start + timedelta(days=index)
            if day.month != self._month.month:
                button.grid_remove()
                continue
            button.grid()
            button.configure(text=str(day.day), command=partial(self.pick, day))
            button.set_role("day_on" if day == self.value else "day")
            button.enable(self._first <= day <= self._last)
        for week in range(6):
            self._grid.rowconfigure(1 + week, weight=1 if week < weeks else 0)
        self._back.enable(self._month > self._first.replace(day=1))
        self._next.enable(self._month < self._last.replace(day=1))


class DateSheet(Panel):
    """Asks for a day; a tap on it is the answer, or on « Aujourd'hui » with its date."""

    def __init__(
        self,
        host: PanelHost,
        label: str,
        value: date,
        on_ok: Callable[[date], object],
        *,
        today: date,
        first: date = date(1970, 1, 1),
        last: date = date(2100, 12, 31),
    ) -> None:
        super().__init__(host)
        self._on_ok = on_ok
        head = Box(self.card)
        head.pack(fill="x", pady=(0, self.theme.space(1)))
        BigButton(head, "Abandon", self.close).pack(side="right")
        Text(head, label, "lead", width_px=self.theme.px(280)).pack(side="left")
        MonthGrid(self.card, value, self._picked, first=first, last=last).pack(fill="both")
        if first <= today <= last:
            words = f"Aujourd'hui : {today:%d/%m/%Y}"
            BigButton(self.card, words, lambda: self._picked(today), icon="calendar-event").pack(
                fill="x", pady=(self.theme.space(1), 0)
            )

    def _picked(self, day: date) -> None:
        self.close()
        self._on_ok(day)


class DateField(Field):
    """A day; `today` is where an empty one opens."""

    icon = "calendar3"

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        value: date | None,
        on_change: Callable[[date], object] | None = None,
        *,
        today: date,
        first: date = date(1970, 1, 1),
        last: date = date(2100, 12, 31),
        help: str = "",
    ) -> None:
        self.value = value
        self._on_change = on_change
        self._today = today
        self._limits = (first, last)
        super().__init__(parent, label, help=help, empty="Choisir une date")

    def set(self, value: date) -> None:
        """Take another day, and tell."""
        self.value = value
        self.refresh()
        if self._on_change:
            self._on_change(value)

    def _open(self) -> None:
        host = self.nametowidget(".").panels
        first, last = self._limits
        start = self.value or self._today
        sheet = DateSheet(
            host, self.label, start, self.set, today=self._today, first=first, last=last
        )
        host.show(sheet)

    def _shown(self) -> str:
        return "" if self.value is None else long_date(self.value)
