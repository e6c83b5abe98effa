"""The files that the till software writes all day, followed without ever being changed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.settings import list_of
from app.services.settings import change_setting, load_settings
from app.ui.screen import Screen
from app.ui.widgets.paged_list import Column, PagedList, Row

if TYPE_CHECKING:
    from app.ui.shell import Shell

KEY = "tickets.follow"
_COLUMNS = [Column("Fichier", 1.4), Column("Dossier", 3)]


class FollowedFilesScreen(Screen):
    """The list; with `path`, a file that was just chosen is added once that is confirmed."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "", path: str = "") -> None:
        super().__init__(
            parent, shell, title="Fichiers suivis", subtitle="Périphériques › Interfaces"
        )
        self._by = by
        self._path = path
        self._files: list[str] = []
        self.list = PagedList(
            self.body, _COLUMNS, (), lambda key: self._refresh(), empty="Aucun fichier suivi."
        )
        self.list.pack(fill="both", expand=True)
        self._remove = self.side_action(
            "Ne plus suivre", self._ask_remove, icon="trash", role="danger"
        )
        self.main_action("Ajouter un fichier", self._pick, icon="plus-lg")
        self._refresh()
        self._read()

    def _read(self) -> None:
        job = self.shell.in_shop(lambda shop, progress: list_of(load_settings(shop), KEY))
        self.load(job, self._show)

    def _show(self, files: Sequence[str]) -> None:
        self._files = list(files)
        self.list.set_rows(
            [Row(file, (Path(file).name, str(Path(file).parent))) for file in self._files]
        )
        self._refresh()
        if self._path:
            path, self._path = self._path, ""
            self.later(1, lambda: self._confirm(path))

    def _confirm(self, path: str) -> None:
        self.shell.messages.ask(
            "Suivre ce fichier ?",
            f"{path}\nIl est lu au fur et à mesure, sans jamais être changé ni déplacé.",
            on_yes=lambda: self._keep([*self._files, path], self.shell.nav.back),
            on_no=self.shell.nav.back,
            yes="Suivre",
            no="Abandon",
        )

    def _refresh(self) -> None:
        self._remove.enable(self.list.selected is not None)

    def _pick(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.go(
            FilePickerScreen, then=FollowedFilesScreen, title="Choisir le fichier à suivre"
        )

    def _ask_remove(self) -> None:
        chosen = self.list.selected
        if chosen is not None:
            self.shell.messages.ask(
                "Ne plus suivre ce fichier ?",
                f"{chosen}\nLes tickets déjà pris restent.",
                on_yes=lambda: self._keep([f for f in self._files if f != chosen], self._read),
                yes="Ne plus suivre",
                no="Abandon",
            )

    def _keep(self, files: list[str], then: Callable[[], object]) -> None:
        by, clock = self._by, self.shell.program.clock
        job = self.shell.in_shop(
            lambda shop, progress: change_setting(shop, KEY, files, clock(), by)
        )
        self.run_job(job, "Un instant", lambda kept: _call(then))


def _call(then: Callable[[], object]) -> None:
    then()


SCREEN = FollowedFilesScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-follow", lambda shell: shell.nav.go(FollowedFilesScreen)),
]
