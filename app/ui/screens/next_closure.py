"""« Prochaine clôture »: what it would hold, day by day, and how fresh each till's tickets are."""

from __future__ import annotations

import tkinter as tk
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.services.closures import what_comes_next
from app.services.settings import load_settings
from app.ui import words
from app.ui.french import clock_time, count_of, long_date, short_date
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.hero_card import HeroCard
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.side_by_side import SideBySide
from app.ui.widgets.state_card import StateCard

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_STALE_MINUTES = 60
"""A till that said nothing for longer, while the shop is open, is worth a look."""


class NextClosureScreen(Screen):
    """Open days, tills and the closures that a GÉNÉRALE would cover."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(
            parent, shell, title="Prochaine clôture", subtitle="Ce qui attend d'être clôturé"
        )
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.side_action("Lecture X", self._read_x, icon="eye")
        self.side_action("Tickets", self._tickets, icon="inbox")
        self.main_action("Clôturer", self._close, icon="lock-fill")
        now = shell.program.clock()

        def work(shop: Any, progress: Progress) -> Any:
            return what_comes_next(shop, load_settings(shop), now)

        self.load(shell.in_shop(work), self._show)

    def _show(self, content: Any) -> None:
        theme, box = self.theme, self._area.inner
        forgotten = [row for row in content["days"] if row["forgotten"]]
        last = content["last_closure"]
        HeroCard(
            box,
            "À clôturer",
            count_of(content["tickets"], "ticket"),
            [
                ("Journées", str(len(content["days"]))),
                ("Clôtures à réunir", str(len(content["covers"]))),
            ],
            note=f"Dernière clôture GÉNÉRALE : {last or 'aucune encore'}.",
        ).pack(fill="x")
        for row in forgotten[:3]:
            day = date.fromisoformat(row["day"])
            StateCard(
                box,
                "warn",
                f"Vous n'avez pas clôturé {long_date(day)}",
                f"{count_of(row['tickets'], 'ticket')}. Une clôture par journée oubliée.",
            ).pack(fill="x", pady=(theme.space(1.5), 0))
        tables = SideBySide(box)
        tables.pack(fill="x", pady=(theme.space(1.5), 0))
        tables.lay([_tills_table(tables, content), _days_table(tables, content)])
        if content["covers"]:
            self._covers(box, content["covers"])

    def _covers(self, box: Box, covers: list[str]) -> None:
        rows = [TableRow((closure_id,)) for closure_id in covers]
        FigureTable(
            box,
            "Clôtures que la GÉNÉRALE réunira",
            [TableColumn("", figures=False)],
            rows,
        ).pack(fill="x", pady=(self.theme.space(1.5), 0))

    def _close(self) -> None:
        from app.ui.screens.closure_kind import ClosureKindScreen

        self.shell.nav.go(ClosureKindScreen)

    def _read_x(self) -> None:
        from app.ui.screens.x_reading import XReadingScreen

        self.shell.nav.go(XReadingScreen)

    def _tickets(self) -> None:
        from app.ui.screens.tickets import TicketsScreen

        self.shell.nav.go(TicketsScreen)


def _days_table(parent: tk.Misc, content: Any) -> FigureTable:
    rows = [
        TableRow(
            (short_date(date.fromisoformat(row["day"])), words.number(row["tickets"])),
            state="warn" if row["forgotten"] else "wait",
        )
        for row in content["days"]
    ]
    columns = [TableColumn("Journée", figures=False), TableColumn("Tickets")]
    return FigureTable(parent, "Journées ouvertes", columns, rows, empty="Tout est clôturé.")


def _tills_table(parent: tk.Misc, content: Any) -> FigureTable:
    rows = [
        TableRow(
            (
                f"Poste {row['till']}",
                f"n° {row['last_ticket']}" if row["last_ticket"] else "sans numéro",
                f"{_when(row, content['today'])}, {words.ago(row['minutes'])}",
            ),
            state="ok" if 0 <= row["minutes"] <= _STALE_MINUTES else "warn",
        )
        for row in content["tills"]
    ]
    columns = [
        TableColumn("Poste", figures=False),
        TableColumn("Dernier ticket"),
        TableColumn("Moment"),
    ]
    return FigureTable(parent, "Derniers tickets reçus", columns, rows, empty="Aucun ticket reçu.")


def _when(row: Any, today: str) -> str:
    at = datetime.fromisoformat(row["at"])
    if at.date().isoformat() == today:
        return clock_time(at)
    return f"{short_date(at.date())} à {clock_time(at)}"


SCREEN = NextClosureScreen
GALLERY = [("prochaine-cloture", lambda shell: shell.nav.go(NextClosureScreen))]
