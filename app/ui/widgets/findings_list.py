"""What looked odd, a line a day; the chosen one is read in full under the list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from app.domain.findings import Finding
from app.ui import words
from app.ui.french import long_date
from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

_HINT = "Touchez une ligne pour la lire en entier."


class FindingsList(Box):
    """Fills its room."""

    def __init__(
        self, parent: tk.Misc, findings: Sequence[Finding], *, empty: str = "Rien à signaler"
    ) -> None:
        super().__init__(parent)
        self._findings = tuple(findings)
        card = Card(self, padding=1.5)
        if findings:
            card.pack(side="bottom", fill="x", pady=(theme_of(self).space(1.5), 0))
        self._detail = Text(card, _HINT, "body", wrap=True)
        self._detail.pack(fill="x")
        rows = [
            Row(
                str(index),
                (f"{f.day:%d/%m/%Y}", words.finding(f.kind, f.of), str(f.count), f.example),
            )
            for index, f in enumerate(findings)
        ]
        columns = [
            Column("Journée", 1.5),
            Column("Constat", 3.8),
            Column("Nb", 0.6, "e"),
            Column("Exemple", 2.1, "e"),
        ]
        self.list = PagedList(self, columns, rows, self._read, empty=empty)
        self.list.pack(fill="both", expand=True)

    def _read(self, key: str) -> None:
        found = self._findings[int(key)]
        example = f", par exemple {found.example}" if found.example else ""
        said = words.finding(found.kind, found.of)
        self._detail.set(f"{said} : {found.count} le {long_date(found.day)}{example}.")
