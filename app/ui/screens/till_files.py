"""« Ajouter une caisse », first step: the files that the till exported."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.ui.screen import Screen
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [Column("Fichier", 1.6), Column("Dossier", 2)]
_HOW = (
    "Dans le logiciel de caisse, exportez les ventes d'une journée, en CSV ou en Excel.",
    "Copiez le fichier sur ce poste, ou branchez la clé USB.",
    "Touchez « Choisir un fichier ».",
)


class TillFilesScreen(Screen):
    """`files` are those chosen so far, `path` one just chosen; `by` is the manager who came in."""

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        *,
        files: tuple[str, ...] = (),
        path: str = "",
        by: str = "",
    ) -> None:
        super().__init__(
            parent, shell, title="Ajouter une caisse", subtitle="Étape 1 sur 3 : les fichiers"
        )
        self._by = by
        self._files = tuple(dict.fromkeys([*files, *([path] if path else [])]))
        if self._files:
            self._show_files()
        else:
            self._show_how()

    def _show_how(self) -> None:
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        card = Card(area.inner, padding=3)
        card.pack(fill="x")
        Text(
            card, "Le fichier d'une caisse que Clôture ne connaît pas encore", "lead", wrap=True
        ).pack(fill="x")
        for number, words in enumerate(_HOW, 1):
            line = Box(card)
            line.pack(fill="x", pady=(self.theme.space(1.5), 0))
            Text(line, f"{number}.", "strong").pack(side="left", anchor="n")
            words_box = Box(line)
            words_box.pack(side="left", fill="x", expand=True, padx=(self.theme.space(1.5), 0))
            Text(words_box, words, "body", wrap=True).pack(fill="x")
        self.main_action("Choisir un fichier", self._pick, icon="file-earmark-plus")

    def _show_files(self) -> None:
        rows = [Row(file, (Path(file).name, str(Path(file).parent))) for file in self._files]
        StateCard(
            self.body,
            "info",
            "Les règlements sont dans un autre fichier ? Ajoutez-le aussi.",
            "Avec plusieurs journées, la proposition est plus sûre.",
        ).pack(fill="x", pady=(0, self.theme.space(1.5)))
        self._list = PagedList(self.body, _COLUMNS, rows, lambda key: self._refresh())
        self._list.pack(fill="both", expand=True)
        self._remove = self.side_action("Retirer", self._take_out, icon="trash", role="danger")
        self.side_action("Ajouter un fichier", self._pick, icon="file-earmark-plus")
        self.main_action("Continuer", self._go_on, icon="arrow-right")
        self._refresh()

    def _refresh(self) -> None:
        self._remove.enable(self._list.selected is not None)

    def _pick(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.go(
            FilePickerScreen,
            then=TillFilesScreen,
            then_args={"files": self._files, "by": self._by},
            title="Choisir un fichier de la caisse",
        )

    def _take_out(self) -> None:
        left = tuple(file for file in self._files if file != self._list.selected)
        self.shell.nav.replace(TillFilesScreen, files=left, by=self._by)

    def _go_on(self) -> None:
        from app.ui.screens.till_check import TillCheckScreen

        self.shell.nav.go(TillCheckScreen, files=self._files, by=self._by)


SCREEN = TillFilesScreen
GALLERY: list[tuple[str, Any]] = [
    ("till-how", lambda shell: shell.nav.go(TillFilesScreen)),
]
