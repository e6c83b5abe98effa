"""Counted against expected; the reason of a difference, and a manager's PIN above a limit."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.cash import Count
from app.services.access import keepers_of
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview
from app.services.count_check import DrawerSheet, differences_of, reasons_missing
from app.services.users import MANAGER
from app.ui.french import amount, signed_amount
from app.ui.screen import Screen
from app.ui.screens._closure_flow import STEPS, keep_and_go, leave_next, preview_of, step_of
from app.ui.screens._reason_panel import ask_reason
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text
from app.ui.words import drawer_name

if TYPE_CHECKING:
    from app.ui.shell import Shell

_NOT_COUNTED = "non compté"
_BEYOND = (
    "L'écart dépasse la limite de la boutique : un responsable doit l'accepter. "
    "« Suivant » demandera son code."
)
_BEYOND_WITHOUT_CODE = (
    "L'écart dépasse la limite de la boutique ; aucun responsable n'a encore de code."
)


class ClosureDifferenceScreen(Screen):
    """Expected, counted and difference of each drawer and tender; a difference needs a reason."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan) -> None:
        super().__init__(parent, shell, title="Écart de caisse", subtitle=step_of(plan, 3))
        self.show_steps(STEPS, 2)
        self._plan = plan
        self._seen: Preview | None = None
        self._cards: dict[str, Card] = {}
        self._outcome: StateCard | None = None
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._manager_has_code = False
        job = shell.in_shop(
            lambda shop, progress: (
                preview_of(shop, plan, shell),
                keepers_of(shop, MANAGER).is_locked,
            )
        )
        self.load(job, self._show_first)

    def _show_first(self, found: tuple[Preview, bool]) -> None:
        seen, self._manager_has_code = found
        self._show(seen)

    def _show(self, seen: Preview) -> None:
        if self.main_button is None:
            self.main_action("Suivant", self._go_on, icon="chevron-right")
        self._seen = seen
        self._plan = self._plan.with_typed(seen.plan)
        for child in self._area.inner.winfo_children():
            child.destroy()
        rows = Box(self._area.inner)
        rows.pack(fill="x")
        self._show_outcome(rows, seen)
        for sheet in seen.sheets:
            if sheet.differences:
                self._show_drawer(rows, sheet)
        self._let_go_on(seen)

    def _show_outcome(self, rows: Box, seen: Preview) -> None:
        off = [sheet.drawer for sheet in seen.sheets if sheet.is_off]
        if off:
            self._outcome = StateCard(rows, "warn", _off_words(off), self._still_to_say(seen))
        else:
            self._outcome = StateCard(rows, "ok", "Le compte est bon : aucun écart.")
        self._outcome.pack(fill="x", pady=(0, self.theme.space(1.5)))

    def _still_to_say(self, seen: Preview) -> str:
        """Which reasons are missing, and whether a manager will be asked."""
        missing = reasons_missing(seen.sheets)
        told = [f"Motif à choisir : {', '.join(missing)}."] if missing else []
        if seen.beyond_limit:
            told.append(_BEYOND if self._manager_has_code else _BEYOND_WITHOUT_CODE)
        return " ".join(told) or "Chaque écart a son motif."

    def _let_go_on(self, seen: Preview) -> None:
        """« Suivant » waits for the last of the reasons."""
        if self.main_button is not None:
            self.main_button.enable(not reasons_missing(seen.sheets))

    # --- one drawer -------------------------------------------------------------------------

    def _show_drawer(self, rows: Box, sheet: DrawerSheet) -> None:
        card = self._cards[sheet.drawer] = Card(rows)
        card.pack(fill="x", pady=(0, self.theme.space(1.5)))
        self._fill(card, sheet)

    def _fill(self, card: Card, sheet: DrawerSheet) -> None:
        theme = self.theme
        for child in card.winfo_children():
            child.destroy()
        head = Box(card)
        head.pack(fill="x")
        Text(head, drawer_name(sheet.drawer), "lead").pack(side="left", anchor="n")
        Text(head, _content(sheet), "muted", wrap=True).pack(
            side="left", fill="x", expand=True, padx=(theme.space(2), 0)
        )
        grid = Box(card)
        grid.pack(fill="x", pady=(theme.space(1), 0))
        grid.columnconfigure(0, weight=2)
        for column, word in enumerate(("", "Théorique", "Compté", "Écart")):
            if column:
                grid.columnconfigure(column, weight=2)
            Text(grid, word, "small_strong", anchor="e").grid(row=0, column=column, sticky="we")
        cash = (sheet.expected, sheet.counted, sheet.difference)
        self._row(grid, 1, "Espèces", *cash)
        for row, tender in enumerate(sheet.tenders, 2):
            figures = (tender.expected, tender.counted, tender.difference)
            self._row(grid, row, tender.label, *figures)
        if sheet.is_off:
            self._show_reason(card, sheet)

    def _row(
        self,
        grid: Box,
        row: int,
        word: str,
        expected: int,
        counted: int | None,
        difference: int | None,
    ) -> None:
        gap = (self.theme.space(0.5), 0)
        Text(grid, word, "body").grid(row=row, column=0, sticky="we", pady=gap)
        Text(grid, amount(expected), "body", anchor="e").grid(
            row=row, column=1, sticky="we", pady=gap
        )
        shown = _NOT_COUNTED if counted is None else amount(counted)
        role = "muted" if counted is None else "strong"
        Text(grid, shown, role, anchor="e").grid(row=row, column=2, sticky="we", pady=gap)
        if difference is not None:
            role = "warn" if difference else "ok"
            icon = "exclamation-triangle-fill" if difference else "check-lg"
            Text(grid, signed_amount(difference), role, anchor="e", icon=icon).grid(
                row=row, column=3, sticky="e", padx=(self.theme.space(1), 0), pady=gap
            )

    def _show_reason(self, card: Card, sheet: DrawerSheet) -> None:
        theme = self.theme
        line = Box(card)
        line.pack(fill="x", pady=(theme.space(1.5), 0))
        word = "Changer le motif" if sheet.reason else "Choisir le motif"
        button = BigButton(
            line,
            word,
            lambda: self._ask_reason(sheet),
            icon="chat-left-text",
            spoken=f"{word} du tiroir {sheet.drawer}",
        )
        button.pack(side="right", padx=(theme.space(2), 0))
        told = f"Motif : {sheet.reason}" if sheet.reason else "Motif à choisir"
        Text(line, told, "strong" if sheet.reason else "muted", wrap=True).pack(
            side="left", fill="x", expand=True
        )

    def _ask_reason(self, sheet: DrawerSheet) -> None:
        ask_reason(
            self.shell.panels,
            f"Motif de l'écart, tiroir {sheet.drawer}",
            sheet.reason,
            lambda reason: self._reasoned(sheet.drawer, reason),
        )

    def _reasoned(self, drawer: str, reason: str) -> None:
        count = self._plan.counts.get(drawer, Count())
        plan = self._plan.with_count(drawer, replace(count, reason=reason))
        keep_and_go(self, plan, lambda seen: self._show_at(seen, drawer))

    def _show_at(self, seen: Preview, drawer: str) -> None:
        """Show the drawer's reason, on the page where the person was.

        Where nothing else has changed the other drawers stay as they are: a dozen of them takes
        longer to draw than a finger should wait.
        """
        before = self._seen
        if before is not None and _without_reason(before, drawer) == _without_reason(seen, drawer):
            self._seen, self._plan = seen, self._plan.with_typed(seen.plan)
            self._fill(self._cards[drawer], _sheet_of(seen, drawer))
            if self._outcome is not None:
                off = [sheet.drawer for sheet in seen.sheets if sheet.is_off]
                self._outcome.tell(_off_words(off), self._still_to_say(seen))
            self._let_go_on(seen)
            return
        self._show(seen)
        self.later(1, lambda: self._turn_to(drawer))

    def _turn_to(self, drawer: str) -> None:
        self.update_idletasks()
        self._area.show(self._cards[drawer])

    # --- where it leads ---------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._seen is None or reasons_missing(self._seen.sheets):
            return
        plan = self._plan.explained(differences_of(self._seen.sheets))
        if self._seen.beyond_limit and not plan.approved:
            self._ask_manager(plan, self._seen)
        else:
            leave_next(self.shell, plan, self._seen)

    def _ask_manager(self, plan: ClosurePlan, seen: Preview) -> None:
        from app.ui.pin import ask_pin

        ask_pin(
            self.shell,
            MANAGER,
            "Accepter l'écart de caisse",
            lambda name: leave_next(self.shell, plan.accepted(name), seen),
            reason="Un écart au-delà de la limite demande un responsable.",
        )


def _off_words(drawers: list[str]) -> str:
    """« 3 tiroirs en écart : 1/1, 1/2, 2/1 »."""
    if len(drawers) == 1:
        return f"{drawer_name(drawers[0])} en écart"
    return f"{len(drawers)} tiroirs en écart : {', '.join(drawers)}"


def _sheet_of(seen: Preview, drawer: str) -> DrawerSheet:
    return next(sheet for sheet in seen.sheets if sheet.drawer == drawer)


def _without_reason(seen: Preview, drawer: str) -> tuple[bool, list[DrawerSheet]]:
    """What the page shows, but for the reason of one drawer."""
    rows = [replace(s, reason="") if s.drawer == drawer else s for s in seen.sheets]
    return seen.beyond_limit, rows


def _content(sheet: DrawerSheet) -> str:
    """How the expected cash is made up."""
    parts = [
        f"Fond de caisse {amount(sheet.cash_float)}",
        f"espèces reçues {amount(sheet.received)}",
    ]
    if sheet.moves:
        parts.append(f"mouvements {signed_amount(sheet.moves)}")
    return ", ".join(parts)


SCREEN = ClosureDifferenceScreen
