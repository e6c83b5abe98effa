"""Everything on one page, then CLÔTURER: a tap asks, another elsewhere confirms a second later."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.scope import GENERAL
from app.errors import ClockDoubt
from app.services.closure_making import close_as_planned
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview
from app.services.count_check import DrawerSheet
from app.ui.french import DAYS, amount, count_of, long_date, signed_amount
from app.ui.messages import MessagePanel
from app.ui.screen import Screen
from app.ui.screens._closure_flow import STEPS, reading_job, scope_words, step_of
from app.ui.screens._figures import figure_cards
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text
from app.ui.words import drawer_name

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

ARMING_MS = 1_000
"""How long after the first tap the second one is listened to: a double tap never closes."""

_ARMED_FOR_MS = 20_000
_CLOSE, _CONFIRM, _NO = "CLÔTURER", "Oui, clôturer", "Non, revenir"
_FINAL = "Une clôture ne s'annule pas."


class ClosureSummaryScreen(Screen):
    """The last look; nothing has been written yet but the draft."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan) -> None:
        title = f"Clôture {plan.scope.title}"
        super().__init__(parent, shell, title=title, subtitle=step_of(plan, 5))
        self.show_steps(STEPS, 4)
        self._plan = plan
        self._armed = 0
        self._closing = False
        self._confirm: BigButton | None = None
        self._panel: MessagePanel | None = None
        self._question = ""
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.load(reading_job(shell, plan), self._show)

    def _show(self, seen: Preview) -> None:
        self._plan = self._plan.with_typed(seen.plan)
        rows = Box(self._area.inner)
        rows.pack(fill="x")
        day = long_date(seen.business_day)
        self._question = _question_of(seen)
        self.set_title(f"Clôture {seen.plan.scope.title} du {day}", step_of(seen.plan, 5))
        figures = [("Total", amount(seen.total)), ("Tickets", str(seen.tickets))]
        figure_cards(rows, figures).pack(fill="x", pady=(0, self.theme.space(1.5)))
        if self._show_obstacle(rows, seen):
            return
        self._show_drawers(rows, seen)
        self._show_rest(rows, seen)
        self.main_action(_CLOSE, self._arm, icon="lock-fill")

    # --- the page ---------------------------------------------------------------------------

    def _show_obstacle(self, rows: Box, seen: Preview) -> bool:
        """What forbids the closure now, though it didn't some screens ago; tickets go on coming."""
        if seen.refusal:
            StateCard(rows, "warn", "Pas de clôture", seen.refusal).pack(fill="x")
            return True
        if seen.unexplained:
            text = "Des tickets sont arrivés depuis le comptage : regardez l'écart à nouveau."
            StateCard(
                rows,
                "warn",
                "L'écart de caisse a changé",
                text,
                action=("Voir l'écart", self._see_difference),
            ).pack(fill="x")
            return True
        return False

    def _show_drawers(self, rows: Box, seen: Preview) -> None:
        if not seen.sheets:
            return
        theme = self.theme
        card = Card(rows)
        card.pack(fill="x", pady=(0, theme.space(1.5)))
        grid = Box(card)
        grid.pack(fill="x")
        grid.columnconfigure(0, weight=1)
        heads = ("", "Compté", "Écart", "Fond laissé", "En banque")
        for column, word in enumerate(heads):
            if column:
                grid.columnconfigure(column, weight=2)
            Text(grid, word, "small_strong", anchor="e").grid(
                row=0, column=column, sticky="we", padx=(theme.space(1), 0)
            )
        for row, sheet in enumerate(seen.sheets, 1):
            self._drawer_row(grid, row, sheet)

    def _drawer_row(self, grid: Box, row: int, sheet: DrawerSheet) -> None:
        gap = (self.theme.space(0.75), 0)
        Text(grid, drawer_name(sheet.drawer), "strong").grid(
            row=row, column=0, sticky="we", pady=gap
        )
        if sheet.counted is None:
            Text(grid, "espèces non comptées", "muted", anchor="e").grid(
                row=row, column=1, columnspan=4, sticky="we", pady=gap
            )
            return
        shown = (
            (amount(sheet.counted), "body"),
            (signed_amount(sheet.difference or 0), "warn" if sheet.difference else "ok"),
            (amount(sheet.left if sheet.left is not None else sheet.counted), "body"),
            (amount(sheet.banked or 0), "body"),
        )
        for column, (text, role) in enumerate(shown, 1):
            Text(grid, text, role, anchor="e").grid(
                row=row, column=column, sticky="we", padx=(self.theme.space(1), 0), pady=gap
            )

    def _show_rest(self, rows: Box, seen: Preview) -> None:
        told: list[str] = []
        for sheet in seen.sheets:
            told += [
                f"{drawer_name(sheet.drawer)}, {tender.label.lower()} : "
                f"compté {amount(tender.counted)}, écart {signed_amount(tender.difference or 0)}."
                for tender in sheet.tenders
                if tender.counted is not None
            ]
            if sheet.is_off:
                told.append(f"Motif de l'écart, tiroir {sheet.drawer} : {sheet.reason}.")
        told += [
            f"Z n° {till.z_number} du poste {till.till} : {amount(till.z_total or 0)}, "
            f"écart {signed_amount(till.z_difference or 0)}."
            for till in seen.tills
            if till.z_number
        ]
        if seen.covers:
            told.append(f"Elle réunit {count_of(seen.covers, 'clôture')} déjà faites.")
        if seen.late:
            told.append(f"{count_of(seen.late, 'ticket')} en retard d'une journée déjà clôturée.")
        odd = sum(finding.count for finding in seen.findings)
        if odd:
            told.append(f"{count_of(odd, 'point')} à savoir dans les tickets.")
        if told:
            card = Card(rows)
            card.pack(fill="x")
            for line in told:
                Text(card, line, "body", wrap=True).pack(fill="x")

    # --- the two taps -----------------------------------------------------------------------

    def _arm(self) -> None:
        """The first tap: the second one is elsewhere, and listened to a second later."""
        if self.main_button is None or self._closing:
            return
        self._armed += 1
        turn = self._armed
        self._put_away()
        panels = self.shell.panels
        self._panel = MessagePanel(
            panels,
            self._question,
            _FINAL,
            kind="warn",
            buttons=[
                (_NO, "secondary", lambda: self._disarm(turn)),
                (_CONFIRM, "primary", self._close),
            ],
        )
        # In the middle of the window: far from where CLÔTURER was, which it covers.
        panels.show(self._panel)
        self._confirm = self._panel.buttons[1]
        self._confirm.set_icon("lock-fill")
        self._confirm.enable(False)
        self.later(ARMING_MS, lambda: self._listen(turn))
        self.later(_ARMED_FOR_MS, lambda: self._disarm(turn))

    def _listen(self, turn: int) -> None:
        if turn == self._armed and self._confirm is not None:
            self._confirm.enable()

    def _disarm(self, turn: int) -> None:
        if turn != self._armed or self._closing or self.main_button is None:
            return
        self._put_away()

    def _put_away(self) -> None:
        if self._panel is not None:
            self._panel.close()
        self._panel = self._confirm = None

    def leaving(self) -> None:
        """The question goes with the screen."""
        self._put_away()

    def _close(self) -> None:
        if self._closing:
            return
        self._closing = True
        self._put_away()
        plan, clock = self._plan, self.shell.program.clock

        def job(shop: Any, progress: Progress) -> str:
            progress.report(0, 0, "Les tickets sont relus, puis la clôture est enregistrée…")
            return close_as_planned(shop, plan, clock())

        self.run_job(self.shell.in_shop(job), "Clôture en cours", self._closed, self._refused)

    def _closed(self, closure_id: str) -> None:
        from app.ui.screens.closure_done import ClosureDoneScreen

        self.shell.nav.home()
        self.shell.nav.go(ClosureDoneScreen, closure_id=closure_id)

    def _refused(self, error: BaseException) -> None:
        """Nothing was closed: the draft is there, and the person may try again."""
        self._closing = False
        if isinstance(error, ClockDoubt):
            self.shell.messages.refused(error, self._see_contents)
        else:
            self.shell.messages.failed(error)

    def _see_contents(self) -> None:
        from app.ui.screens.closure_contents import ClosureContentsScreen

        self.shell.nav.go(ClosureContentsScreen, plan=self._plan)

    def _see_difference(self) -> None:
        from app.ui.screens.closure_difference import ClosureDifferenceScreen

        self.shell.nav.go(ClosureDifferenceScreen, plan=self._plan.doubted())


def _question_of(seen: Preview) -> str:
    """« Clôturer samedi 21 ? »; of a part of the shop, which one."""
    day = f"{DAYS[seen.business_day.weekday()]} {seen.business_day.day}"
    if seen.plan.scope.kind == GENERAL:
        return f"Clôturer {day} ?"
    return f"Clôturer {scope_words(seen.plan)}, {day} ?"


SCREEN = ClosureSummaryScreen
