"""What stays in a drawer and what goes to the bank: the one completes the other."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import AppError
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview
from app.services.count_check import DrawerSheet, share
from app.ui.french import amount
from app.ui.screen import Screen
from app.ui.screens._closure_flow import keep_and_go, leave_next, reading_job, step_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.entry_sheets import ask_amount
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell


class ClosureLeftScreen(Screen):
    """Shares the cash counted in a drawer; until something is said, all of it stays."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan, drawer: str) -> None:
        title = f"Que laissez-vous dans la caisse {drawer} ?"
        super().__init__(parent, shell, title=title, subtitle=step_of(plan, 4))
        self._plan = plan
        self._drawer = drawer
        self._counted = 0
        self._left = self._banked = 0
        self.load(reading_job(shell, plan), self._show)

    def _show(self, seen: Preview) -> None:
        self._plan = self._plan.with_typed(seen.plan)
        sheet = next(sheet for sheet in seen.sheets if sheet.drawer == self._drawer)
        self._counted = sheet.counted or 0
        self._left = self._counted if sheet.left is None else sheet.left
        self._banked = sheet.banked or 0
        self._build(sheet)
        self._refresh()
        self.main_action("Suivant", self._go_on, icon="chevron-right")

    def _build(self, sheet: DrawerSheet) -> None:
        theme = self.theme
        Text(self.body, f"Compté : {amount(self._counted)}", "lead").pack(
            fill="x", pady=(0, theme.space(1.5))
        )
        row = Box(self.body)
        row.pack(fill="x")
        self._left_shown = self._amount_card(
            row, 0, "Fond laissé", "Il servira de fond de caisse demain.", self._ask_left
        )
        self._banked_shown = self._amount_card(
            row, 1, "Remise en banque", "Ce que vous retirez ce soir.", self._ask_banked
        )
        quick = Box(self.body)
        quick.pack(fill="x", pady=(theme.space(2), 0))
        for column, (word, left) in enumerate(self._quick(sheet)):
            button = BigButton(quick, word, lambda left=left: self._leave(left), wrap=16)  # type: ignore[misc]
            gap = (theme.space(1.5) if column else 0, 0)
            button.grid(row=0, column=column, sticky="nswe", padx=gap)
            quick.columnconfigure(column, weight=1, uniform="quick")

    def _quick(self, sheet: DrawerSheet) -> list[tuple[str, int]]:
        choices = [("Tout laisser", self._counted), ("Tout remettre en banque", 0)]
        if 0 < sheet.cash_float < self._counted:
            usual = f"Fond de départ\n{amount(sheet.cash_float)}"
            choices.insert(0, (usual, sheet.cash_float))
        return choices

    def _amount_card(
        self, row: Box, column: int, title: str, text: str, ask: Callable[[], None]
    ) -> BigButton:
        theme = self.theme
        card = Card(row, padding=2.5)
        card.grid(row=0, column=column, sticky="nswe", padx=(theme.space(1.5) if column else 0, 0))
        row.columnconfigure(column, weight=1, uniform="share")
        Text(card, title, "lead").pack(fill="x")
        Text(card, text, "muted", wrap=True).pack(fill="x", pady=(0, theme.space(1.5)))
        button = BigButton(card, "—", ask, role="key", icon="pencil")
        button.spoken = title  # type: ignore[attr-defined]
        button.pack(fill="x")
        return button

    # --- the two amounts --------------------------------------------------------------------

    def _ask_left(self) -> None:
        ask_amount(
            self,
            "Fond laissé dans la caisse",
            self._left,
            lambda cents: self._leave(cents or 0),
            hint=f"Compté : {amount(self._counted)}",
        )

    def _ask_banked(self) -> None:
        ask_amount(
            self,
            "Remise en banque",
            self._banked,
            lambda cents: self._bank(cents or 0),
            hint=f"Compté : {amount(self._counted)}",
        )

    def _leave(self, cents: int) -> None:
        self._share(lambda: share(self._counted, left=cents))

    def _bank(self, cents: int) -> None:
        self._share(lambda: share(self._counted, banked=cents))

    def _share(self, shared: Callable[[], tuple[int, int]]) -> None:
        try:
            self._left, self._banked = shared()
        except AppError as error:
            self.shell.messages.refused(error)
        self._refresh()

    def _refresh(self) -> None:
        self._left_shown.set_text(amount(self._left))
        self._banked_shown.set_text(amount(self._banked))

    # --- where it leads ---------------------------------------------------------------------

    def _go_on(self) -> None:
        count = replace(self._plan.counts[self._drawer], left=self._left, banked=self._banked)
        plan = self._plan.with_count(self._drawer, count)
        keep_and_go(self, plan, lambda seen: leave_next(self.shell, plan, seen, self._drawer))


SCREEN = ClosureLeftScreen
