"""« Corriger un comptage »: a count typed wrong at a closure; the first one stays visible."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.cash import Count, count_is_off
from app.domain.tenders import CASH
from app.services.cash_moves import correct_count, left_and_banked
from app.services.closures import show_closure
from app.services.figures_sheet import CashSheet, sheet_of
from app.services.users import MANAGER
from app.ui.french import amount, signed_amount
from app.ui.screen import Screen
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.chooser import ask_choice
from app.ui.widgets.entry_sheets import ask_text
from app.ui.widgets.field import AmountField
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

REASONS = (
    "Comptage mal tapé",
    "Billets ou pièces oubliés",
    "Remise en banque mal notée",
    "Fond laissé mal noté",
)
_OTHER = "autre"
_TO_DO = "Tapez ce qui a été compté, puis le motif."
_NO_REASON = "Choisir le motif"
_LONGEST_REASON = 120


class CorrectCountScreen(Screen):
    """The count of `drawer` at the closure `closure_id`."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, closure_id: str, drawer: str) -> None:
        super().__init__(
            parent,
            shell,
            title=f"Corriger le comptage du tiroir {drawer}",
            subtitle=f"Clôture {closure_id}. Le premier comptage reste visible.",
        )
        self._id = closure_id
        self._drawer = drawer
        self._sheet: CashSheet | None = None
        self._reason = ""
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._save = self.main_action("Corriger", self._ask, icon="check-lg")
        self._save.enable(False)

        def work(shop: Any, progress: Progress) -> Any:
            sheet = sheet_of(show_closure(shop, closure_id))
            return next(row for row in sheet.cash if row.drawer == drawer)

        self.load(shell.in_shop(work), self._show)

    def leave_question(self) -> str | None:
        """A correction that is typed and not kept would be lost."""
        changed = self._sheet is not None and self._counted.value is not None
        return "Quitter sans enregistrer la correction ?" if changed else None

    def _show(self, sheet: CashSheet) -> None:
        self._sheet = sheet
        theme, before = self.theme, sheet.last_count
        columns = Box(self._area.inner)
        columns.pack(fill="x")
        for column in range(2):
            columns.columnconfigure(column, weight=1, uniform="half")
        rows = [
            TableRow(("Théorique", amount(sheet.expected))),
            TableRow(("Compté", _shown(before.counted)), strong=True),
            TableRow(("Écart", _shown(before.difference, signed=True))),
            TableRow(("Fond laissé", _shown(before.left))),
            TableRow(("Remise en banque", _shown(before.banked))),
        ]
        title = "Compté, corrigé une fois déjà" if sheet.corrections else "Compté à la clôture"
        heads = [TableColumn("", figures=False), TableColumn("")]
        left = Box(columns)
        left.grid(row=0, column=0, sticky="nswe")
        FigureTable(left, title, heads, rows).pack(fill="x")
        card = Card(columns)
        card.grid(row=0, column=1, sticky="nswe", padx=(theme.space(2), 0))
        gap = (0, theme.space(1))
        self._counted = AmountField(card, "Compté en espèces", None, self._changed)
        self._counted.pack(fill="x", pady=gap)
        self._left = AmountField(
            card, "Fond laissé", before.left, self._changed, empty="Pas de montant"
        )
        self._left.pack(fill="x", pady=gap)
        self._banked = AmountField(
            card, "Remise en banque", before.banked, self._changed, empty="Pas de montant"
        )
        self._banked.pack(fill="x", pady=gap)
        self._difference = Text(card, _TO_DO, "muted", wrap=True)
        self._difference.pack(fill="x")
        self._build_reason(left)

    def _build_reason(self, parent: Box) -> None:
        theme = self.theme
        card = Card(parent)
        card.pack(fill="x", pady=(theme.space(1.5), 0))
        Text(card, "Motif de la correction", "strong").pack(anchor="w")
        self._reason_button = BigButton(
            card,
            _NO_REASON,
            self._ask_reason,
            role="field",
            icon="chat-left-text",
            fits=True,
            spoken="Motif de la correction",
        )
        self._reason_button.pack(fill="x", pady=(theme.space(0.5), 0))

    def _ask_reason(self) -> None:
        choices = [*((reason, reason) for reason in REASONS), (_OTHER, "Autre motif")]
        ask_choice(self, "Motif de la correction", choices, self._reason, self._chosen)

    def _chosen(self, key: str) -> None:
        if key == _OTHER:
            text = "" if self._reason in REASONS else self._reason
            ask_text(
                self, "Motif de la correction", text, self._take_reason, maximum=_LONGEST_REASON
            )
        else:
            self._take_reason(key)

    def _take_reason(self, reason: str) -> None:
        self._reason = " ".join(reason.split())
        self._show_reason()
        self._refresh()

    def _show_reason(self) -> None:
        self._reason_button.set_text(self._reason or _NO_REASON)

    def _changed(self, _: int | None) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if self._sheet is None:
            return
        counted = self._counted.value
        difference = self._sheet.difference_with(counted)
        off = counted is not None and count_is_off(self._count())
        self._save.enable(counted is not None and bool(self._reason) and not off)
        if difference is None:
            self._difference.set(_TO_DO, "muted")
        elif off:
            self._difference.set(_disagreement(self._count()), "bad")
        else:
            words = f"Nouvel écart : {signed_amount(difference)}"
            self._difference.set(words, "warn" if difference else "ok")

    def _count(self) -> Count:
        counted = self._counted.value or 0
        return Count({CASH: counted}, {}, self._left.value, self._banked.value, self._reason)

    def _ask(self) -> None:
        from app.ui.pin import ask_pin

        ask_pin(
            self.shell,
            MANAGER,
            "Corriger un comptage",
            self._keep,
            reason="Corriger un comptage demande un responsable.",
        )

    def _keep(self, by: str) -> None:
        closure_id, drawer, count = self._id, self._drawer, self._count()
        now = self.shell.program.clock()

        def work(shop: Any, progress: Progress) -> Any:
            return correct_count(shop, closure_id, drawer, count, now, by)

        self.run_job(self.shell.in_shop(work), "Correction du comptage", self._kept)

    def _kept(self, record: Any) -> None:
        before, after = record["before"]["counted"], record["after"]["counted"]
        self._sheet = None
        self.shell.messages.tell(
            "Comptage corrigé",
            f"Compté à la clôture : {_shown(before)}. Corrigé : {_shown(after)}. "
            "Les deux restent visibles.",
            kind="ok",
            then=self.shell.nav.back,
        )


def _disagreement(count: Count) -> str:
    """« Fond + remise = 530,14 €, mais compté = 529,14 € »: what keeps it from being taken."""
    names = "Fond + remise"
    if count.left is None or count.banked is None:
        names = "Fond" if count.banked is None else "Remise"
    shares, counted = amount(left_and_banked(count)), amount(count.tenders[CASH])
    return f"{names} = {shares}, mais compté = {counted}"


def _shown(cents: int | None, *, signed: bool = False) -> str:
    if cents is None:
        return "—"
    return signed_amount(cents) if signed else amount(cents)


def _counted_one(shell: Any) -> None:
    with shell.program.open_shop() as shop:
        rows = shop.closures()
        body = shop.closure(rows[-1]["id"])[0]
    drawer = next(row["drawer"] for row in body["cash"] if row["counted"] is not None)
    shell.nav.go(CorrectCountScreen, closure_id=body["id"], drawer=drawer)


def _typed_one(shell: Any) -> None:
    _counted_one(shell)
    screen = shell.nav.current
    screen._counted.set(52_914)
    screen._take_reason(REASONS[0])


SCREEN = CorrectCountScreen
GALLERY = [("corriger-comptage", _counted_one), ("corriger-comptage-tape", _typed_one)]
