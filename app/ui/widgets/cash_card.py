"""One cash drawer of a closure: how its content comes about, what was counted, what was corrected.

A count that was corrected shows both: the first one never goes away.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from app.domain.figures import TenderRow
from app.domain.moments import french_moment
from app.domain.tenders import CASH, tender_label
from app.services.figures_sheet import CashSheet, Counted, Move
from app.ui.french import amount, signed_amount
from app.ui.theme import theme_of
from app.ui.widgets.badge import Badge
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.side_by_side import SideBySide
from app.ui.widgets.text import Text
from app.ui.words import drawer_name

NOT_COUNTED = "—"
_MOVES = {"in": "Entrée", "out": "Sortie", "float": "Fond déclaré"}


class CashCard(Box):
    """A drawer's tables under its name; `on_correct(drawer)` adds « Corriger le comptage »."""

    def __init__(
        self,
        parent: tk.Misc,
        sheet: CashSheet,
        *,
        on_correct: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        head = Box(self)
        head.is_title = True
        head.pack(fill="x", pady=(0, theme.space(1)))
        if on_correct:
            BigButton(
                head,
                "Corriger le comptage",
                lambda: on_correct(sheet.drawer),
                icon="pencil",
            ).pack(side="right")
        Text(head, drawer_name(sheet.drawer), "lead").pack(side="left")
        Badge(head, *badge_of(sheet)).pack(side="left", padx=theme.space(2))
        for reason in _reasons(sheet):
            Text(self, reason, "muted", wrap=True).pack(fill="x", pady=(0, theme.space(1)))
        tables = SideBySide(self)
        tables.pack(fill="x")
        parts = [_content_table(tables, sheet)]
        if sheet.count.counted is not None or sheet.corrections:
            parts.append(_count_table(tables, sheet))
        tables.lay(parts)
        others = [t for t in sheet.tenders if t.method != CASH and t.counted is not None]
        if others:
            _tenders_table(self, others).pack(fill="x", pady=(theme.space(1.5), 0))
        if sheet.move_rows:
            _moves_table(self, sheet.move_rows).pack(fill="x", pady=(theme.space(1.5), 0))


def badge_of(sheet: CashSheet) -> tuple[str, str]:
    """The state of a drawer and its word."""
    difference = sheet.last_count.difference
    if difference is None:
        return "off", "Non compté"
    if difference == 0:
        return "ok", "Juste"
    return "warn", f"Écart {signed_amount(difference)}"


def _reasons(sheet: CashSheet) -> list[str]:
    said = [f"Motif : {sheet.count.reason}"] if sheet.count.reason else []
    return said + [
        f"Correction du {french_moment(c.at)}{f' par {c.by}' if c.by else ''} : {c.reason or '—'}"
        for c in sheet.corrections
        if c.at is not None
    ]


def _content_table(parent: tk.Misc, sheet: CashSheet) -> FigureTable:
    rows = [
        TableRow(("Fond de caisse", amount(sheet.cash_float))),
        TableRow(("Espèces reçues", amount(sheet.received))),
        TableRow(("Entrées et sorties", signed_amount(sheet.moves))),
        TableRow(("Théorique", amount(sheet.expected)), strong=True),
    ]
    return FigureTable(parent, "Contenu", [TableColumn("", figures=False), TableColumn("")], rows)


def _count_table(parent: tk.Misc, sheet: CashSheet) -> FigureTable:
    counts = [sheet.count, *sheet.corrections]
    corrected = ["Corrigé" for _ in sheet.corrections]
    titles = ["À la clôture", *corrected] if corrected else [""]
    columns = [TableColumn("", figures=False), *(TableColumn(title) for title in titles)]
    lines: list[tuple[str, Callable[[Counted], str], bool]] = [
        ("Compté", lambda c: _shown(c.counted), False),
        ("Écart", lambda c: _shown(c.difference, signed=True), True),
        ("Fond laissé", lambda c: _shown(c.left), False),
        ("Remise en banque", lambda c: _shown(c.banked), False),
    ]
    rows = [TableRow((word, *map(cell, counts)), strong=strong) for word, cell, strong in lines]
    return FigureTable(parent, "Comptage", columns, rows)


def _tenders_table(parent: tk.Misc, tenders: Sequence[TenderRow]) -> FigureTable:
    rows = [
        TableRow(
            (
                tender_label(row.method),
                amount(row.expected),
                _shown(row.counted),
                _shown(row.difference, signed=True),
            )
        )
        for row in tenders
    ]
    columns = [
        TableColumn("Règlement", figures=False),
        TableColumn("Théorique"),
        TableColumn("Compté"),
        TableColumn("Écart"),
    ]
    return FigureTable(parent, "Autres règlements comptés", columns, rows)


def _shown(cents: int | None, *, signed: bool = False) -> str:
    if cents is None:
        return NOT_COUNTED
    return signed_amount(cents) if signed else amount(cents)


def _move_name(move: Move) -> str:
    name = _MOVES.get(move.kind, move.kind) + (f" : {move.reason}" if move.reason else "")
    if not move.gap:
        return name
    return f"{name} (attendu {amount(move.expected or 0)}, écart {signed_amount(move.gap)})"


def _moves_table(parent: tk.Misc, moves: tuple[Move, ...]) -> FigureTable:
    rows = [
        TableRow(
            (
                french_moment(move.at),
                _move_name(move),
                amount(move.amount) if move.kind == "float" else signed_amount(move.amount),
            )
        )
        for move in moves
    ]
    columns = [
        TableColumn("Moment", figures=False, weight=1),
        TableColumn("Mouvement", figures=False, weight=2),
        TableColumn("Montant"),
    ]
    return FigureTable(parent, "Mouvements de caisse", columns, rows)
