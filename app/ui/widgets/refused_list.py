"""Lines of a file that gave no ticket: number, reason and text; the chosen one in full below."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

_HINT = "Touchez une ligne pour la lire en entier."
_LONGEST = 300


class RefusedList(Box):
    """`lines` are (place, reason, text); fills its room."""

    def __init__(
        self, parent: tk.Misc, lines: Sequence[tuple[str, str, str]], *, place: str = "Ligne"
    ) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)
        card = Card(self, padding=1.5)
        card.pack(side="bottom", fill="x", pady=(theme_of(self).space(1.5), 0))
        self._detail = Text(card, _HINT, "body", wrap=True)
        self._detail.pack(fill="x")
        rows = [
            Row(str(index), (where, reason, " ".join(text.split())), state="warn")
            for index, (where, reason, text) in enumerate(self._lines)
        ]
        columns = [Column(place, 1), Column("Motif", 3), Column("Contenu", 3)]
        self.list = PagedList(self, columns, rows, self._read, empty="Rien n'a été refusé.")
        self.list.pack(fill="both", expand=True)

    def _read(self, key: str) -> None:
        where, reason, text = self._lines[int(key)]
        cut = "…" if len(text) > _LONGEST else ""
        self._detail.set(f"{where} : {reason}.\n{' '.join(text.split())[:_LONGEST]}{cut}")
