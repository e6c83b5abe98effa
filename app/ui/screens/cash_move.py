"""« Mouvement de caisse »: cash put into a drawer or taken out of it, and why."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.cash_moves import move_cash
from app.services.drawers import DrawerNow, drawers_now
from app.services.settings import load_settings
from app.ui.french import amount, signed_amount
from app.ui.screen import Screen
from app.ui.screens._drawer_chooser import show_drawers
from app.ui.widgets.amount_pad import AmountPad
from app.ui.widgets.box import Box
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.entry_sheets import ask_text
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

IN, OUT = "in", "out"
REASONS = {
    OUT: ("Prélèvement", "Remise en banque", "Achat en espèces", "Avance versée"),
    IN: ("Apport de monnaie", "Avance rendue", "Fond complété"),
}
_OTHER = "autre"
_PAD_WIDTH = 400
_OTHER_REASON = "Autre motif"
_LONGEST_REASON = 120


class CashMoveScreen(Screen):
    """`drawer` is the one to begin with; the first of the shop otherwise."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, drawer: str = "", kind: str = OUT) -> None:
        super().__init__(
            parent, shell, title="Mouvement de caisse", subtitle="Espèces, hors ventes"
        )
        theme = self.theme
        self._drawer = drawer
        self._kind = kind
        self._reason = ""
        self._typed: int | None = None
        self._drawers: dict[str, DrawerNow] = {}
        right = Box(self.body)
        right.pack(side="right", fill="both", padx=(theme.space(3), 0))
        right.configure(width=theme.px(_PAD_WIDTH))
        right.pack_propagate(False)
        AmountPad(right, "Montant", None, self._amount_typed).pack(fill="both", expand=True)
        left = Box(self.body)
        left.pack(side="left", fill="both", expand=True)
        choices = [(OUT, "Sortie"), (IN, "Entrée")]
        Tabs(left, choices, self._turn_to, value=kind).pack(fill="x", pady=(0, theme.space(1.5)))
        self._area = PagedArea(left)
        self._area.pack(fill="both", expand=True)
        self._reasons = Box(self._area.inner)
        self._reasons.pack(fill="x")
        self._past = Box(self._area.inner)
        self._past.pack(fill="x", pady=(theme.space(2), 0))
        self._save = self.main_action("Enregistrer", self._keep, icon="check-lg")
        self._build_reasons()
        self._refresh()

        def work(shop: Any, progress: Progress) -> Any:
            return drawers_now(shop, load_settings(shop))

        self.load(shell.in_shop(work), self._show)

    def leave_question(self) -> str | None:
        """A move that is typed and not kept would be lost."""
        return "Quitter sans enregistrer le mouvement ?" if self._typed else None

    def _show(self, drawers: tuple[DrawerNow, ...]) -> None:
        self._drawers = {row.drawer: row for row in drawers}
        self._drawer = self._drawer if self._drawer in self._drawers else next(iter(self._drawers))
        show_drawers(self, self._drawers, self._drawer, self._choose)
        self._build_past()

    def _choose(self, drawer: str) -> None:
        self._drawer = drawer
        self._build_past()

    def _turn_to(self, kind: str) -> None:
        self._kind = kind
        self._reason = ""
        self._build_reasons()
        self._refresh()

    def _build_reasons(self) -> None:
        for child in self._reasons.winfo_children():
            child.destroy()
        known = REASONS[self._kind]
        typed = self._reason if self._reason not in known else ""
        choices = [Choice(reason, reason) for reason in known]
        choices.append(Choice(_OTHER, typed or _OTHER_REASON, icon="keyboard"))
        value = _OTHER if typed else self._reason
        Text(self._reasons, "Motif", "strong").pack(fill="x")
        ChoiceTiles(
            self._reasons, choices, self._reason_chosen, columns=2, keep=True, value=value
        ).pack(fill="x")

    def _reason_chosen(self, key: str) -> None:
        if key != _OTHER:
            self._take_reason(key)
            return
        known = self._reason in REASONS[self._kind]
        text = "" if known else self._reason
        ask_text(self, "Motif du mouvement", text, self._typed_reason, maximum=_LONGEST_REASON)
        self._build_reasons()

    def _typed_reason(self, text: str) -> None:
        self._take_reason(" ".join(text.split()))
        self._build_reasons()

    def _take_reason(self, reason: str) -> None:
        self._reason = reason
        self._refresh()

    def _amount_typed(self, cents: int | None) -> None:
        self._typed = cents
        self._refresh()

    def _refresh(self) -> None:
        self._save.enable(bool(self._typed and self._reason))

    def _build_past(self) -> None:
        for child in self._past.winfo_children():
            child.destroy()
        moves = [move for move in self._drawers[self._drawer].moves if move.kind != "float"]
        if not moves:
            return
        Text(self._past, "Depuis la dernière clôture", "strong").pack(fill="x")
        for move in reversed(moves):
            said = f"{signed_amount(move.amount)} · {move.reason} · {french_moment(move.at)}"
            Text(self._past, said, "muted", wrap=True).pack(fill="x")

    def _keep(self) -> None:
        kind, typed, drawer, reason = self._kind, self._typed, self._drawer, self._reason
        now = self.shell.program.clock()
        if not typed or not drawer:
            return

        def work(shop: Any, progress: Progress) -> Any:
            return move_cash(shop, kind, typed, drawer, reason, now)

        self.run_job(self.shell.in_shop(work), "Enregistrement du mouvement", self._kept)

    def _kept(self, record: Any) -> None:
        self._typed = None
        moved = "entrés dans le" if record["kind"] == IN else "sortis du"
        self.shell.messages.tell(
            "Mouvement enregistré",
            f"{amount(record['amount'])} {moved} tiroir {record['drawer']} : {record['reason']}.",
            kind="ok",
            then=self.shell.nav.back,
        )


SCREEN = CashMoveScreen
GALLERY = [("mouvement-de-caisse", lambda shell: shell.nav.go(CashMoveScreen))]
