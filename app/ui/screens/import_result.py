"""What became of the tickets of a file, or of the inbox: taken, known, late, refused."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.services.import_summary import FileLine, RefusedLine, Summary
from app.ui import words
from app.ui.french import count_of
from app.ui.screen import Screen
from app.ui.theme import theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.findings_list import FindingsList
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.refused_list import RefusedList
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from app.ui.shell import Shell

_FILES, _REFUSED, _FINDINGS = "fichiers", "refus", "constats"
_TITLES = {
    "ok": "Tickets pris",
    "warn": "Tickets pris en partie",
    "bad": "Rien n'a été pris",
    "off": "Rien à prendre pour l'instant",
}


class ImportResultScreen(Screen):
    """`summary` is what a service told of the import."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, summary: Summary) -> None:
        super().__init__(parent, shell, title="Import des tickets")
        self._summary = summary
        gap = (0, self.theme.space(1.5))
        title, text = _headline(summary)
        StateCard(self.body, summary.state, title, text).pack(fill="x", pady=gap)
        sections = [(_FILES, "Fichiers")]
        if summary.refused:
            sections.append((_REFUSED, f"Lignes refusées ({summary.rejected})"))
        if summary.findings:
            sections.append((_FINDINGS, f"Constats ({len(summary.findings)})"))
        if len(sections) > 1:
            Tabs(self.body, sections, self._turn_to).pack(fill="x", pady=gap)
        self._pane = Box(self.body)
        self._pane.pack(fill="both", expand=True)
        self._turn_to(_FILES)
        if summary.conflicts:
            self.side_action("Comparer les conflits", self._compare, icon="layout-split")
        if summary.state == "bad":
            self.side_action("Choisir un autre fichier", self._pick, icon="folder")
        self.main_action("Terminé", shell.nav.back, icon="check-lg")

    def _turn_to(self, key: str) -> None:
        for child in self._pane.winfo_children():
            child.destroy()
        widget: Any
        if key == _FILES:
            widget = PagedArea(self._pane)
            _files(widget.inner, self._summary)
        elif key == _REFUSED:
            lines = [(_place(r, self._summary), r.reason, r.text) for r in self._summary.refused]
            widget = RefusedList(self._pane, lines)
        else:
            widget = FindingsList(self._pane, self._summary.findings)
        widget.pack(fill="both", expand=True)

    def _pick(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.replace(FilePickerScreen)

    def _compare(self) -> None:
        from app.ui.screens.conflicts import ConflictsScreen

        self.shell.nav.go(ConflictsScreen)


def _headline(summary: Summary) -> tuple[str, str]:
    if summary.state == "off":
        waits = [file for file in summary.files if file.waits]
        return _TITLES["off"], f"{waits[0].name} : {waits[0].reason}." if waits else ""
    counts = (
        (summary.duplicates, "déjà connu", "déjà connus"),
        (summary.conflicts, "en conflit", "en conflit"),
        (summary.late, "en retard", "en retard"),
        (summary.rejected, "ligne refusée", "lignes refusées"),
    )
    parts = [count_of(summary.accepted, "ticket pris", "tickets pris")]
    parts += [count_of(number, one, several) for number, one, several in counts if number]
    return _TITLES[summary.state], ", ".join(parts) + "."


def _files(box: Box, summary: Summary) -> None:
    taken = [file for file in summary.files if file.taken]
    others = [file for file in summary.files if not file.taken]
    for problem in summary.problems:
        StateCard(box, "bad", problem).pack(fill="x", pady=(0, theme_of(box).space(1)))
    for file in others:
        state, word = ("wait", "attend encore") if file.waits else ("bad", "n'a pas été pris")
        card = StateCard(box, state, f"{file.name} {word}", f"{_sentence(file.reason)}")
        card.pack(fill="x", pady=(0, theme_of(box).space(1)))
    if taken:
        _taken_table(box, taken).pack(fill="x")


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}".rstrip(".") + "." if reason else ""


def _taken_table(box: Box, files: list[FileLine]) -> FigureTable:
    rows = [
        TableRow(
            (
                file.name,
                words.number(file.accepted),
                words.number(file.duplicates),
                words.number(file.conflicts),
                words.number(file.late),
                words.number(file.rejected),
            ),
            state="warn" if file.rejected or file.conflicts else "ok",
        )
        for file in files
    ]
    columns = [
        TableColumn("Fichier", figures=False),
        TableColumn("Pris"),
        TableColumn("Déjà connus"),
        TableColumn("Conflits"),
        TableColumn("En retard"),
        TableColumn("Refusés"),
    ]
    return FigureTable(box, "Fichiers pris", columns, rows)


def _place(line: RefusedLine, summary: Summary) -> str:
    return str(line.line) if len(summary.files) == 1 else f"{line.file}, {line.line}"


SCREEN = ImportResultScreen
