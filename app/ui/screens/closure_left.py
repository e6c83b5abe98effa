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
from app.ui.screens._closure_flow import STEPS, keep_and_go, leave_next, reading_job, step_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.entry_sheets import ask_amount
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell


_TO_TYPE = "Taper un montant"
_TO_CHOOSE = ". Choisissez ce qui reste dans le tiroir."


class ClosureLeftScreen(Screen):
    """Shares the cash counted in a drawer; nothing is supposed until it is said."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan, drawer: str) -> None:
        title = f"Que laissez-vous dans le tiroir {drawer} ?"
        super().__init__(parent, shell, title=title, subtitle=step_of(plan, 4))
        self.show_steps(STEPS, 3)
        self._plan = plan
        self._drawer = drawer
        self._counted = 0
        self._left: int | None = None
        self._banked: int | None = None
        self.load(reading_job(shell, plan), self._show)

    def _show(self, seen: Preview) -> None:
        self._plan = self._plan.with_typed(seen.plan)
        sheet = next(sheet for sheet in seen.sheets if sheet.drawer == self._drawer)
        self._counted = sheet.counted or 0
        self._left, self._banked = sheet.left, sheet.banked
        if not self._counted:
            self._left = self._banked = 0  # an empty drawer: nothing to choose
        self.main_action("Suivant", self._go_on, icon="chevron-right")
        self._build(sheet)
        self._refresh()

    def _build(self, sheet: DrawerSheet) -> None:
        theme = self.theme
        self._told = Text(self.body, "", "lead", wrap=True)
        self._told.pack(fill="x", pady=(0, theme.space(1.5)))
        choices = self._quick(sheet)
        self._tiles = ChoiceTiles(
            self.body, choices, lambda key: self._leave(int(key)), columns=len(choices), keep=True
        )
        self._tiles.pack(fill="x", pady=(0, theme.space(2)))
        row = Box(self.body)
        row.pack(fill="x")
        self._left_shown = self._amount_card(
            row, 0, "Fond laissé", "Il servira de fond de caisse demain.", self._ask_left
        )
        self._banked_shown = self._amount_card(
            row, 1, "Remise en banque", "Ce que vous retirez ce soir.", self._ask_banked
        )

    def _quick(self, sheet: DrawerSheet) -> list[Choice]:
        """The usual shares; the key of each is what it leaves, in cents."""
        choices = [Choice(str(self._counted), "Tout laisser", "Rien en banque")]
        if self._counted:
            choices.append(Choice("0", "Tout en banque", "Rien dans le tiroir"))
        if 0 < sheet.cash_float < self._counted:
            rest = amount(self._counted - sheet.cash_float)
            title = f"Laisser {amount(sheet.cash_float)}"
            choices.insert(0, Choice(str(sheet.cash_float), title, f"{rest} en banque"))
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
        button = BigButton(card, _TO_TYPE, ask, role="key", icon="pencil", spoken=title)
        button.pack(fill="x")
        return button

    # --- the two amounts --------------------------------------------------------------------

    def _ask_left(self) -> None:
        ask_amount(
            self,
            "Fond laissé dans le tiroir",
            self._left,
            self._typed_left,
            hint=f"Compté : {amount(self._counted)}",
        )

    def _ask_banked(self) -> None:
        ask_amount(
            self,
            "Remise en banque",
            self._banked,
            self._typed_banked,
            hint=f"Compté : {amount(self._counted)}",
        )

    def _typed_left(self, cents: int | None) -> None:
        if cents is not None:  # erased: nothing was said
            self._leave(cents)

    def _typed_banked(self, cents: int | None) -> None:
        if cents is not None:
            self._bank(cents)

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
        chosen = self._left is not None
        self._left_shown.set_text(_shown(self._left))
        self._banked_shown.set_text(_shown(self._banked))
        self._tiles.mark(str(self._left) if chosen else "")
        self._told.set(f"Compté : {amount(self._counted)}{'' if chosen else _TO_CHOOSE}")
        if self.main_button is not None:
            self.main_button.enable(chosen)

    # --- where it leads ---------------------------------------------------------------------

    def _go_on(self) -> None:
        count = replace(self._plan.counts[self._drawer], left=self._left, banked=self._banked)
        plan = self._plan.with_count(self._drawer, count)
        keep_and_go(self, plan, lambda seen: leave_next(self.shell, plan, seen, self._drawer))


def _shown(cents: int | None) -> str:
    return _TO_TYPE if cents is None else amount(cents)


SCREEN = ClosureLeftScreen
