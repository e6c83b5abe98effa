"""Counted against expected; the reason of a difference, and a manager's PIN above a limit."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.cash import Count
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview
from app.services.count_check import DrawerSheet, differences_of, reasons_missing
from app.services.users import MANAGER
from app.ui.french import amount, signed_amount
from app.ui.screen import Screen
from app.ui.screens._closure_flow import keep_and_go, leave_next, reading_job, step_of
from app.ui.screens._reason_panel import ask_reason
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_NOT_COUNTED = "non compté"


class ClosureDifferenceScreen(Screen):
    """Expected, counted and difference of each drawer and tender; a difference needs a reason."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan) -> None:
        super().__init__(parent, shell, title="Écart de caisse", subtitle=step_of(plan, 3))
        self._plan = plan
        self._seen: Preview | None = None
        self._cards: dict[str, Card] = {}
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.load(reading_job(shell, plan), self._show)

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

    def _show_outcome(self, rows: Box, seen: Preview) -> None:
        if not any(sheet.is_off for sheet in seen.sheets):
            card = StateCard(rows, "ok", "Le compte est bon : aucun écart.")
        elif seen.beyond_limit:
            text = "L'écart dépasse la limite de la boutique : un responsable doit l'accepter."
            card = StateCard(rows, "warn", "Il y a un écart", text)
        else:
            card = StateCard(rows, "warn", "Il y a un écart", "Dites pourquoi, si vous le savez.")
        card.pack(fill="x", pady=(0, self.theme.space(1.5)))

    # --- one drawer -------------------------------------------------------------------------

    def _show_drawer(self, rows: Box, sheet: DrawerSheet) -> None:
        theme = self.theme
        card = self._cards[sheet.drawer] = Card(rows)
        card.pack(fill="x", pady=(0, theme.space(1.5)))
        Text(card, f"Caisse {sheet.drawer}", "lead").pack(fill="x")
        Text(card, _content(sheet), "muted", wrap=True).pack(fill="x")
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
        gap = (self.theme.space(0.75), 0)
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
        button = BigButton(line, word, lambda: self._ask_reason(sheet), icon="chat-left-text")
        button.spoken = f"{word} de la caisse {sheet.drawer}"  # type: ignore[attr-defined]
        button.pack(side="right", padx=(theme.space(2), 0))
        told = f"Motif : {sheet.reason}" if sheet.reason else "Motif à choisir"
        Text(line, told, "strong" if sheet.reason else "muted", wrap=True).pack(
            side="left", fill="x", expand=True
        )

    def _ask_reason(self, sheet: DrawerSheet) -> None:
        ask_reason(
            self.shell.panels,
            f"Motif de l'écart, caisse {sheet.drawer}",
            sheet.reason,
            lambda reason: self._reasoned(sheet.drawer, reason),
        )

    def _reasoned(self, drawer: str, reason: str) -> None:
        count = self._plan.counts.get(drawer, Count())
        plan = self._plan.with_count(drawer, replace(count, reason=reason))
        keep_and_go(self, plan, lambda seen: self._show_at(seen, drawer))

    def _show_at(self, seen: Preview, drawer: str) -> None:
        """Show it anew, on the page where the person was."""
        self._show(seen)
        self.later(1, lambda: self._turn_to(drawer))

    def _turn_to(self, drawer: str) -> None:
        self.update_idletasks()
        self._area.show(self._cards[drawer])

    # --- where it leads ---------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._seen is None:
            return
        missing = reasons_missing(self._seen.sheets)
        if missing:
            self.shell.messages.tell(
                "Il manque un motif",
                f"Choisissez le motif de l'écart de la caisse {missing[0]}. "
                "S'il est inconnu : « Écart non expliqué ».",
                then=lambda: self._turn_to(missing[0]),
            )
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
