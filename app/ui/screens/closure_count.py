"""The count of one drawer: its notes and coins or their sum, and its other tenders."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from typing import TYPE_CHECKING

from app.domain.cash import Count
from app.domain.tenders import tender_label
from app.errors import AppError
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview
from app.services.count_check import (
    DrawerSheet,
    cash_of,
    count_of_coins,
    count_of_sum,
    count_of_tender,
)
from app.ui.french import amount
from app.ui.screen import Screen
from app.ui.screens._closure_flow import STEPS, count_next, keep_and_go, reading_job, step_of
from app.ui.screens._draft_keeper import DraftKeeper
from app.ui.widgets.amount_pad import AmountPad
from app.ui.widgets.box import Box, Card
from app.ui.widgets.denominations import Denominations
from app.ui.widgets.field import AmountField
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COINS, _SUM, _OTHERS = "coins", "sum", "others"
_SPLIT = ("cb", "cheque", "titre_restaurant")
"""The tenders offered where the tickets don't say how they were paid."""


class ClosureCountScreen(Screen):
    """Counts the drawer at `index`; every key is kept on disk, « Suivant » goes on."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan, index: int) -> None:
        super().__init__(parent, shell, title="Comptage", subtitle=step_of(plan, 2))
        self.show_steps(STEPS, 1)
        self._plan = plan
        self._index = index
        self._drawer = ""
        self._methods: tuple[str, ...] = ()
        self._panes = Box(self.body)
        self._note = Text(self.body, "", "bad", wrap=True, icon="exclamation-triangle-fill")
        self._keeper = DraftKeeper(shell, self._kept)
        self.load(reading_job(shell, plan), self._show)

    def _show(self, seen: Preview) -> None:
        sheet = seen.sheets[self._index]
        self._plan = self._plan.with_typed(seen.plan)
        self._drawer = sheet.drawer
        self._methods = _methods_of(sheet)
        several = f" ({self._index + 1} sur {len(seen.sheets)})" if len(seen.sheets) > 1 else ""
        note = ""
        if sheet.counted_by:
            note = f" — déjà compté à la clôture {sheet.counted_by}"
        title = f"Comptage du tiroir {sheet.drawer}{several}"
        self.set_title(title, f"{step_of(self._plan, 2)}{note}")
        self._build_tabs()
        self.side_action("Ne pas compter ce tiroir", self._skip, icon="skip-forward")
        self.main_action("Suivant", self._go_on, icon="chevron-right")

    def _build_tabs(self) -> None:
        choices = [(_COINS, "Billets et pièces"), (_SUM, "Somme en espèces")]
        if self._methods:
            choices.append((_OTHERS, "Autres règlements"))
        count = self._count
        by_sum = cash_of(count) is not None and not count.coins
        first = _SUM if by_sum else _COINS
        self._tabs = Tabs(self.body, choices, self._turn_to, value=first)
        self._tabs.pack(fill="x", pady=(0, self.theme.space(1)))
        self._panes.pack(fill="both", expand=True)
        self._turn_to(first)

    def _turn_to(self, pane: str) -> None:
        for child in self._panes.winfo_children():
            child.destroy()
        {_COINS: self._build_coins, _SUM: self._build_sum, _OTHERS: self._build_others}[pane]()

    def _build_coins(self) -> None:
        coins = Denominations(self._panes, self._count.coins, self._coins_changed)
        coins.pack(fill="both", expand=True)

    def _build_sum(self) -> None:
        theme = self.theme
        column = Box(self._panes)
        column.place(relx=0.5, rely=0, anchor="n", relheight=1, width=theme.px(460))
        pad = AmountPad(column, "Somme comptée en espèces", cash_of(self._count), self._sum_typed)
        pad.pack(fill="both", expand=True)

    def _build_others(self) -> None:
        theme = self.theme
        area = PagedArea(self._panes)
        area.pack(fill="both", expand=True)
        grid = Box(area.inner)
        grid.pack(fill="x")
        for index, method in enumerate(self._methods):
            card = Card(grid)
            gap = (theme.space(1.5) if index % 2 else 0, 0)
            card.grid(
                row=index // 2, column=index % 2, sticky="nswe", padx=gap, pady=(0, theme.space(1))
            )
            AmountField(
                card,
                tender_label(method),
                self._count.tenders.get(method),
                partial(self._tender_typed, method),
                empty="Non compté",
            ).pack(fill="x")
        for column in range(2):
            grid.columnconfigure(column, weight=1, uniform="tender")

    # --- what was typed ---------------------------------------------------------------------

    @property
    def _count(self) -> Count:
        return self._plan.counts.get(self._drawer, Count())

    def _coins_changed(self, quantities: dict[int, int]) -> None:
        self._change(count_of_coins(self._count, quantities))

    def _sum_typed(self, cents: int | None) -> None:
        self._change(count_of_sum(self._count, cents))

    def _tender_typed(self, method: str, cents: int | None) -> None:
        self._change(count_of_tender(self._count, method, cents))

    def _change(self, count: Count) -> None:
        self._plan = self._plan.with_count(self._drawer, count)
        self._keeper.keep(self._plan)

    def _kept(self, error: BaseException | None) -> None:
        if not self.winfo_exists():
            return
        if error is None:
            self._note.pack_forget()
        elif isinstance(error, AppError):
            self._note.set(str(error))
            self._note.pack(side="bottom", fill="x", before=self._panes)
        else:
            self.shell.messages.failed(error)

    # --- where it leads ---------------------------------------------------------------------

    def _skip(self) -> None:
        if self._count == Count():
            self._go_on()
            return
        cash = cash_of(self._count)
        text = f"Vous avez compté {amount(cash)} en espèces." if cash is not None else ""
        self.shell.messages.ask(
            "Effacer ce comptage ?",
            text,
            yes="Effacer et continuer",
            no="Garder",
            on_yes=self._skip_anyway,
        )

    def _skip_anyway(self) -> None:
        self._plan = self._plan.with_count(self._drawer, Count())
        self._go_on()

    def _go_on(self) -> None:
        plan = self._plan
        self._keeper.forget_waiting()
        keep_and_go(self, plan, lambda seen: count_next(self.shell, plan, seen, self._index + 1))


def _methods_of(sheet: DrawerSheet) -> tuple[str, ...]:
    known = tuple(tender.method for tender in sheet.tenders)
    if not sheet.only_unknown:
        return known
    return (*known, *(method for method in _SPLIT if method not in known))


SCREEN = ClosureCountScreen
