"""« Clôture terminée »: its number, then what follows it, each on a card with its own state."""

from __future__ import annotations

import tkinter as tk
from datetime import date
from typing import TYPE_CHECKING, Any

from app.services.closure_making import FollowUp, Made, made_closure
from app.services.jobs import retry, run_due
from app.ui.follow_ups import job_name, state_of
from app.ui.french import amount, long_date, signed_amount
from app.ui.screen import Screen
from app.ui.screens._figures import figure_cards
from app.ui.widgets.box import Box
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_LOOK_AGAIN_MS = 3_000


class ClosureDoneScreen(Screen):
    """Nothing on this page can undo the closure; what follows is tried again by itself."""

    may_go_back = False

    def __init__(self, parent: tk.Misc, shell: Shell, *, closure_id: str) -> None:
        super().__init__(parent, shell, title="Clôture terminée")
        self._id = closure_id
        self._shown: tuple[FollowUp, ...] | None = None
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._cards = Box(self._area.inner)
        self.side_action("Voir le ticket Z", self._see_z, icon="receipt")
        self.main_action("Accueil", shell.nav.home, icon="house")
        self.load(self._reading(), self._show)

    def _reading(self) -> Any:
        return self.shell.in_shop(lambda shop, progress: made_closure(shop, self._id))

    def _show(self, made: Made) -> None:
        theme = self.theme
        day = long_date(date.fromisoformat(made.business_day))
        place = "" if made.kind == "general" else f" — {made.kind.upper()} {made.code}"
        title = f"Clôture terminée. Ticket Z n° {made.number}{place}"
        self.set_title(title, f"Journée du {day}")
        top = Box(self._area.inner)
        top.pack(fill="x")
        StateCard(top, "ok", "Vos ventes sont enregistrées et clôturées.", _to_do(made)).pack(
            fill="x", pady=(0, theme.space(1.5))
        )
        figures = [("Total", amount(made.total)), ("Tickets", str(made.tickets))]
        if made.difference is not None:
            figures.append(("Écart de caisse", signed_amount(made.difference)))
        if made.banked:
            figures.append(("En banque", amount(made.banked)))
        figure_cards(top, figures).pack(fill="x", pady=(0, theme.space(1.5)))
        self._cards.pack(fill="x")
        self._show_follow_ups(made)
        if any(row.state == "pending" for row in made.follow_ups):
            self._run_due("")

    def _show_follow_ups(self, made: Made) -> None:
        if made.follow_ups == self._shown:
            return
        self._shown = made.follow_ups
        for child in self._cards.winfo_children():
            child.destroy()
        for row in made.follow_ups:
            self._card(row)

    def _card(self, row: FollowUp) -> None:
        state, word = state_of(row.state)
        title = f"{job_name(row.job)} : {word}"
        cure = ("Réessayer", lambda: self._run_due(f"{self._id}/{row.job}"))
        card = StateCard(
            self._cards, state, title, row.detail, action=cure if row.state == "failed" else None
        )
        card.pack(fill="x", pady=(0, self.theme.space(1)))

    def _run_due(self, job_id: str) -> None:
        """Run what is due (`job_id` at once), then show each state anew."""
        program = self.shell.program

        def job(shop: Any, progress: Progress) -> Made:
            if job_id:
                retry(shop, job_id, program.clock())
            run_due(shop, program.follow_ups, program.clock)
            return made_closure(shop, self._id)

        self.follow(self.shell.in_shop(job), self._after_run)

    def _after_run(self, made: Made) -> None:
        self._show_follow_ups(made)
        if any(row.state == "pending" for row in made.follow_ups):
            # Another process is at it, or it waits for its time.
            self.later(_LOOK_AGAIN_MS, lambda: self.load(self._reading(), self._after_run))

    def _see_z(self) -> None:
        from app.ui.screens.z_view import ZViewScreen

        self.shell.nav.go(ZViewScreen, closure_id=self._id)


def _to_do(made: Made) -> str:
    """What the person still has to do with her own hands."""
    if made.banked:
        return f"Il vous reste à mettre de côté {amount(made.banked)} pour la banque."
    return "" if made.follow_ups else "Vous n'avez plus rien à faire."


SCREEN = ClosureDoneScreen
