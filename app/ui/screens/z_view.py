"""One closure on screen: its figures, its drawers, its running totals and what it covers."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.closures import show_closure
from app.services.figures_sheet import sheet_of
from app.services.printing import Printed, print_closure
from app.ui import words
from app.ui.follow_ups import job_name, state_of
from app.ui.french import amount, long_date, signed_amount
from app.ui.screen import Screen
from app.ui.theme import theme_of
from app.ui.widgets.badge import Badge
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.figures_view import FiguresView, Section
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.side_by_side import SideBySide
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class ZViewScreen(Screen):
    """`section` is the tab to open."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, closure_id: str, section: str = ""
    ) -> None:
        super().__init__(parent, shell, title=f"Clôture {closure_id}")
        self._id = closure_id
        self._section = section
        self.side_action("Enregistrer en PDF", self._save, icon="file-earmark-pdf")
        self.main_action("Imprimer", self._print, icon="printer")

        def work(shop: Any, progress: Progress) -> Any:
            body = show_closure(shop, closure_id)
            return body, sheet_of(body)

        self.load(shell.in_shop(work), self._show)

    def _show(self, found: Any) -> None:
        body, sheet = found
        kind = words.kind_of(body["kind"], body["code"])
        day = long_date(date.fromisoformat(body["business_day"]))
        self.set_title(f"Ticket Z n° {body['number']} · {kind}", f"{day[:1].upper()}{day[1:]}")
        if body["simulation"]:
            self.show_tool(Badge(self.header.tools, "warn", "SIMULATION"))
        sections = [Section("totaux", "Totaux", lambda box: totals(box, body))]
        if body["covers"]:
            word = f"Réunies ({len(body['covers'])})"
            cover = Section(
                "reprises", word, lambda box: covers(box, body["covers"], self._open), paged=False
            )
            sections.append(cover)
        FiguresView(
            self.body,
            sheet,
            sections=sections,
            on_correct=self._correct,
            value=self._section,
        ).pack(fill="both", expand=True)

    def _open(self, closure_id: str) -> None:
        self.shell.nav.go(ZViewScreen, closure_id=closure_id)

    def _save(self) -> None:
        from app.ui.screens.save_pdf import SavePdfScreen

        self.shell.nav.go(SavePdfScreen, closure_id=self._id)

    def _print(self) -> None:
        program, closure_id = self.shell.program, self._id

        def job(shop: Any, progress: Progress) -> Printed:
            return print_closure(shop, program.paper(), closure_id, program.clock())

        self.run_job(self.shell.in_shop(job), "Impression du Z", self._printed)

    def _printed(self, printed: Printed) -> None:
        self.shell.messages.tell("Le Z est imprimé", f"{printed.told}.", kind="ok")

    def _correct(self, drawer: str) -> None:
        from app.ui.screens.correct_count import CorrectCountScreen

        self.shell.nav.go(CorrectCountScreen, closure_id=self._id, drawer=drawer)


def totals(box: Box, body: Any) -> None:
    """The running totals, the till's own Z, and what followed the closure."""
    theme = theme_of(box)
    tables = SideBySide(box)
    tables.pack(fill="x")
    rows = [
        TableRow(("Total de la clôture", amount(body["figures"]["total"])), strong=True),
        TableRow((f"Cumul de l'exercice {body['fiscal_year']}", amount(body["period_total"]))),
        TableRow(("Total perpétuel", amount(body["perpetual_total"]))),
        TableRow(("Perpétuel en valeur absolue", amount(body["perpetual_absolute"]))),
    ]
    columns = [TableColumn("", figures=False), TableColumn("")]
    parts = [FigureTable(tables, "Totaux", columns, rows)]
    if body["follow_ups"]:
        parts.append(_jobs_table(tables, body["follow_ups"]))
    tables.lay(parts)
    if body["till_z"]:
        _till_z_table(box, body["till_z"]).pack(fill="x", pady=(theme.space(1.5), 0))
    closed_at = french_moment(datetime.fromisoformat(body["closed_at"]))
    by = f" par {body['by']}" if body["by"] else ""
    mark = (
        f"{body['id']}, clôturée le {closed_at}{by}. {words.COMPUTED}. "
        f"Empreinte : {body['fingerprint']}"
    )
    Text(box, mark, "small", wrap=True).pack(fill="x", pady=theme.space(1.5))


def _jobs_table(parent: tk.Misc, rows: list[Any]) -> FigureTable:
    shown = []
    for row in rows:
        sign, word = state_of(row["state"])
        shown.append(TableRow((job_name(row["job"]), word), state=sign))
    columns = [TableColumn("Suite", figures=False), TableColumn("État")]
    return FigureTable(parent, "Suites de la clôture", columns, shown)


def _till_z_table(parent: tk.Misc, rows: list[Any]) -> FigureTable:
    shown = [
        TableRow(
            (
                f"Poste {row['till']}",
                f"n° {row['number']}",
                amount(row["total"]),
                signed_amount(row["difference"]),
            ),
            state="warn" if row["difference"] else "ok",
        )
        for row in rows
    ]
    columns = [
        TableColumn("Poste", figures=False),
        TableColumn("Z du logiciel"),
        TableColumn("Total saisi"),
        TableColumn("Écart"),
    ]
    return FigureTable(parent, "Contrôle par le Z du logiciel de caisse", columns, shown)


def covers(box: Box, ids: list[str], on_open: Callable[[str], object]) -> None:
    """The closures whose figures are in this one."""
    rows = [Row(closure_id, (closure_id,)) for closure_id in ids]
    columns = [Column("Clôture réunie dans celle-ci")]
    PagedList(box, columns, rows, on_open, leads=True).pack(fill="both", expand=True)


def _newest(shell: Any, section: str = "") -> None:
    with shell.program.open_shop() as shop:
        rows = shop.closures()
    shell.nav.go(ZViewScreen, closure_id=rows[-1]["id"], section=section)


SCREEN = ZViewScreen
GALLERY = [
    ("z-essentiel", _newest),
    ("z-caisses", lambda shell: _newest(shell, "caisses")),
    ("z-totaux", lambda shell: _newest(shell, "totaux")),
]
