"""« Fond de caisse »: what a drawer starts the day with, beside what was expected in it."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.services.cash_moves import declare_float
from app.services.drawers import DrawerNow, drawers_now
from app.services.settings import load_settings
from app.ui.french import amount, count_of, signed_amount
from app.ui.screen import Screen
from app.ui.screens._drawer_chooser import show_drawers
from app.ui.widgets.amount_pad import AmountPad
from app.ui.widgets.box import Box, Card
from app.ui.widgets.denominations import Denominations
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_SUM, _COINS = "sum", "coins"


class MorningFloatScreen(Screen):
    """`drawer` is the one to begin with; the first of the shop otherwise."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, drawer: str = "", by_coins: bool = False
    ) -> None:
        super().__init__(
            parent, shell, title="Fond de caisse", subtitle="Ce que le tiroir contient ce matin"
        )
        self._drawer = drawer
        self._pane_key = _COINS if by_coins else _SUM
        self._drawers: dict[str, DrawerNow] = {}
        self._typed: int | None = None
        self._quantities: dict[int, int] = {}
        self._difference: Text | None = None
        tabs = [(_SUM, "Par montant"), (_COINS, "Par billets et pièces")]
        self._tabs = Tabs(self.body, tabs, self._turn_to, value=self._pane_key)
        self._tabs.pack(fill="x", pady=(0, self.theme.space(1)))
        self._pane = Box(self.body)
        self._pane.pack(fill="both", expand=True)
        self._save = self.main_action("Enregistrer le fond", self._keep, icon="check-lg")
        self._save.enable(False)

        def work(shop: Any, progress: Progress) -> Any:
            return drawers_now(shop, load_settings(shop))

        self.load(shell.in_shop(work), self._show)

    def leave_question(self) -> str | None:
        """A float that is typed and not kept would be lost."""
        return "Quitter sans enregistrer le fond de caisse ?" if self._typed is not None else None

    def _show(self, drawers: tuple[DrawerNow, ...]) -> None:
        self._drawers = {row.drawer: row for row in drawers}
        self._drawer = self._drawer if self._drawer in self._drawers else next(iter(self._drawers))
        show_drawers(self, self._drawers, self._drawer, self._choose)
        self._turn_to(self._pane_key)

    @property
    def _now(self) -> DrawerNow:
        return self._drawers[self._drawer]

    def _choose(self, drawer: str) -> None:
        self._drawer = drawer
        self._typed, self._quantities = None, {}
        self._turn_to(self._pane_key)

    def _turn_to(self, pane: str) -> None:
        self._pane_key = pane
        for child in self._pane.winfo_children():
            child.destroy()
        self._difference = None
        if pane == _COINS:
            self._coins = Denominations(self._pane, self._quantities, self._coins_changed)
            self._coins.pack(fill="both", expand=True)
            self._changed(self._coins.total if self._quantities else None)
        else:
            self._build_sum()
            self._changed(self._typed)

    def _build_sum(self) -> None:
        theme, now = self.theme, self._now
        right = Box(self._pane)
        right.pack(side="right", fill="both", padx=(theme.space(3), 0))
        right.configure(width=theme.px(400))
        right.pack_propagate(False)
        pad = AmountPad(right, "Fond de caisse", self._typed, self._changed)
        pad.pack(fill="both", expand=True)
        left = PagedArea(self._pane)
        left.pack(side="left", fill="both", expand=True)
        card = Card(left.inner)
        card.pack(fill="x")
        Text(card, "Théorique dans le tiroir", "muted").pack(anchor="w")
        Text(card, amount(now.expected), "amount").pack(anchor="w")
        self._difference = Text(card, "", "strong")
        self._difference.pack(anchor="w", pady=(theme.space(1), 0))
        if now.open_tickets:
            StateCard(
                left.inner,
                "warn",
                f"{count_of(now.open_tickets, 'ticket')} depuis la dernière clôture",
                "Indiquez le fond tel qu'il était avant la première vente.",
            ).pack(fill="x", pady=(theme.space(1.5), 0))

    def _coins_changed(self, quantities: dict[int, int]) -> None:
        self._quantities = quantities
        self._changed(self._coins.total if quantities else None)

    def _changed(self, cents: int | None) -> None:
        self._typed = cents
        self._save.enable(cents is not None)
        difference = self._now.difference_with(cents)
        told = f"Théorique : {amount(self._now.expected)}"
        if difference is not None:
            told += f" · écart : {signed_amount(difference)}"
        self.set_title("Fond de caisse", told)
        if self._difference is not None:
            shown = "" if difference is None else f"Écart : {signed_amount(difference)}"
            self._difference.set(shown, "warn" if difference else "ok")

    def _keep(self) -> None:
        typed, drawer, now = self._typed, self._drawer, self.shell.program.clock()
        if typed is None:
            return

        def work(shop: Any, progress: Progress) -> Any:
            return declare_float(shop, typed, drawer, now)

        self.run_job(self.shell.in_shop(work), "Enregistrement du fond", self._kept)

    def _kept(self, record: Any) -> None:
        self._typed = None
        self.shell.messages.tell(
            "Fond de caisse enregistré",
            f"{amount(record['amount'])} dans le tiroir {record['drawer']} "
            f"(attendu : {amount(record['expected'])}).",
            kind="ok",
            then=self.shell.nav.back,
        )


def _typed_float(shell: Any) -> None:
    shell.nav.go(MorningFloatScreen)
    screen = shell.nav.current
    screen._typed = 14_500
    screen._turn_to(_SUM)


SCREEN = MorningFloatScreen
GALLERY = [
    ("fond-de-caisse", _typed_float),
    ("fond-billets", lambda shell: shell.nav.go(MorningFloatScreen, by_coins=True)),
]
