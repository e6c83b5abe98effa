"""« Journal du jour »: what happened on a day, in readable lines, in pages."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from app.errors import AppError
from app.services.day_log import DayPage, LogLine, day_page
from app.ui.french import count_of, long_date
from app.ui.panels import Panel
from app.ui.screen import Screen
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [Column("Heure", 1.4), Column("Ce qui s'est passé", 6)]


class LinePanel(Panel):
    """A line in full, with its trace."""

    def __init__(self, shell: Shell, line: LogLine) -> None:
        super().__init__(shell.panels, fill=True)
        theme = self.theme
        Text(self.card, line.time, "lead").pack(anchor="w")
        close = BigButton(self.card, "Fermer", self.close, role="primary")
        close.pack(side="bottom", anchor="e", pady=(theme.space(2), 0))
        area = PagedArea(self.card)
        area.pack(fill="both", expand=True, pady=(theme.space(1), 0))
        Text(area.inner, line.text, "body", wrap=True).pack(fill="x")
        if line.detail:
            Text(area.inner, "Pour le support :", "strong").pack(
                fill="x", pady=(theme.space(2), theme.space(0.5))
            )
            Text(area.inner, line.detail, "small", wrap=True).pack(fill="x")

    def on_return(self) -> None:
        """The same as « Fermer »."""
        self.close()


class DayLogScreen(Screen):
    """`day` is a date as text; empty is today. The days around are one large button away."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, day: str = "") -> None:
        super().__init__(parent, shell, title="Journal du jour")
        today = shell.program.clock().date()
        self._day = date.fromisoformat(day) if day else today
        self.set_title("Journal du jour", long_date(self._day).capitalize())
        self._lines: tuple[LogLine, ...] = ()
        self.list = PagedList(
            self.body,
            _COLUMNS,
            on_select=self._open,
            leads=True,
            empty="Rien n'a été écrit ce jour-là.",
        )
        self.list.pack(fill="both", expand=True)
        self.load(self._read, self._show)

    def _read(self, progress: object) -> DayPage:
        program, day = self.shell.program, self._day
        today = program.clock().date()
        try:
            with program.open_shop() as shop:
                return day_page(shop, program.day_logs, day, today)
        except AppError:
            return day_page(None, program.day_logs, day, today)

    def _show(self, page: DayPage) -> None:
        self._lines = page.lines
        words = f"{long_date(page.day).capitalize()} : {count_of(len(page.lines), 'ligne')}"
        self.set_title("Journal du jour", words)
        self.list.set_rows(
            [
                Row(str(index), (line.time, line.text), line.state)
                for index, line in enumerate(page.lines)
            ]
        )
        if page.before is not None:
            before = page.before
            self.side_action("Jour précédent", lambda: self._go(before), icon="chevron-left")
        if page.after is not None:
            after = page.after
            self.side_action("Jour suivant", lambda: self._go(after), icon="chevron-right")
        self.main_action("Support", self._support, icon="life-preserver", role="secondary")

    def _open(self, key: str) -> None:
        self.shell.panels.show(LinePanel(self.shell, self._lines[int(key)]))

    def _go(self, day: date) -> None:
        self.shell.nav.replace(DayLogScreen, day=day.isoformat())

    def _support(self) -> None:
        from app.ui.screens.support import SupportScreen

        self.shell.nav.go(SupportScreen)


_SAMPLE = (
    LogLine("07:02:11", "", "Fond de caisse déclaré : 150,00 €, tiroir 1/1 (Anne)"),
    LogLine("12:14:53", "", "Import de tickets-2026-11-21.csv : 84 tickets pris, 2 déjà connus"),
    LogLine("16:40:02", "warn", "Code faux de Anne (essai 2)"),
    LogLine("20:01:37", "bad", "erreur imprévue, référence 4F09A2", "Traceback…\nValueError: x"),
    LogLine("20:03:59", "", "La clôture GÉNÉRALE n° 3 (G000003) du 21/11/2026 est faite (Anne)"),
)


def _sample(shell: Shell) -> None:
    shell.nav.go(DayLogScreen)
    screen = shell.nav.current
    assert isinstance(screen, DayLogScreen)
    today = screen._day
    screen.list.set_rows(
        [Row(str(n), (line.time, line.text), line.state) for n, line in enumerate(_SAMPLE * 5)]
    )
    screen.set_title("Journal du jour", f"{long_date(today).capitalize()} : 25 lignes")


def _trace(shell: Shell) -> None:
    shell.nav.go(DayLogScreen)
    shell.panels.show(LinePanel(shell, _SAMPLE[3]))


SCREEN = DayLogScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("day-log", _sample),
    ("day-log-line", _trace),
    ("day-log-empty", lambda shell: shell.nav.go(DayLogScreen, day="2020-01-01")),
]
