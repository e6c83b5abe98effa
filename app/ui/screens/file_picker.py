"""A file picker of our own: drives and folders as big rows, then the files that can be read.

`then` is the screen that gets the file, as its argument `takes`, and `then_args`; it takes this
one's place.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.browse import TICKET_FILES, FolderPage, PlaceRow, folder_page, places
from app.ui import words
from app.ui.french import count_of
from app.ui.screen import Screen
from app.ui.screens._place_screen import LOOK_AGAIN, PLUG_IN, place_choices
from app.ui.widgets.box import Box
from app.ui.widgets.choice_tile import ChoiceTiles
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_COLUMNS = [Column("Nom", 3.4), Column("Modifié le", 1.6), Column("Taille", 0.9, "e")]
_UP = "\x00parent"


class FilePickerScreen(Screen):
    """`folder` is where to begin (empty: the drives); `endings` are those of the files to show."""

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        *,
        then: type[Screen] | None = None,
        then_args: Mapping[str, Any] | None = None,
        takes: str = "path",
        folder: str = "",
        endings: tuple[str, ...] = TICKET_FILES,
        title: str = "Choisir un fichier de tickets",
    ) -> None:
        super().__init__(parent, shell, title=title)
        self._heading = title
        self._then = then
        self._then_args = dict(then_args or {})
        self._takes = takes
        self._endings = endings
        self._everything = False
        self._folder = folder
        self._page: FolderPage | None = None
        self._room = Box(self.body)
        self._room.pack(fill="both", expand=True)
        self._places_button = self.side_action("Disques", self._go_places, icon="hdd")
        self._all_button = self.side_action("Tous les fichiers", self._show_all, icon="files")
        self._all_button.pack_forget()
        self._again_button = self.side_action(LOOK_AGAIN, self._read, icon="arrow-clockwise")
        self._read()

    def _read(self) -> None:
        browse, folder = self.shell.program.browse, self._folder
        endings, everything = self._endings, self._everything

        def work(progress: Progress) -> Any:
            if not folder:
                return places(browse)
            return folder_page(browse, folder, endings, everything=everything)

        self.load(work, self._show, self._cannot_open)

    def _show(self, found: Any) -> None:
        for child in self._room.winfo_children():
            child.destroy()
        if isinstance(found, FolderPage):
            self._show_folder(found)
        else:
            self._show_places(found)

    def _cannot_open(self, error: BaseException) -> None:
        self.shell.messages.failed(error, self._go_places)

    def _show_places(self, found: tuple[PlaceRow, ...]) -> None:
        self.set_title(self._heading, "Où se trouve le fichier ?")
        self._places_button.pack_forget()
        self._all_button.pack_forget()
        area = PagedArea(self._room)
        area.pack(fill="both", expand=True)
        ChoiceTiles(area.inner, place_choices(found), self._enter, columns=2).pack(fill="x")
        Text(area.inner, PLUG_IN, "muted", wrap=True).pack(fill="x", pady=(self.theme.space(2), 0))
        self._again_button.pack(side="left")

    def _show_folder(self, page: FolderPage) -> None:
        self._page = page
        self._again_button.pack_forget()
        self.set_title(self._heading, page.path)
        gap = (0, self.theme.space(1.5))
        if not self._places_button.winfo_manager():
            self._places_button.pack(side="left", padx=gap)
        if page.hidden and not self._everything:
            self._all_button.set_text(f"Montrer {count_of(page.hidden, 'autre fichier')}"[:60])
            self._all_button.pack(side="left", padx=gap)
        else:
            self._all_button.pack_forget()
        rows = [Row(_UP, ("Dossier au-dessus", "", ""), strong=True)] if page.parent else []
        rows += [
            Row(
                row.path,
                (f"{row.name}/", "Dossier", "")
                if row.is_folder
                else (row.name, french_moment(row.modified), words.size(row.size)),
                strong=row.is_folder,
            )
            for row in page.rows
        ]
        PagedList(
            self._room,
            _COLUMNS,
            rows,
            self._tapped,
            leads=True,
            empty="Aucun fichier de tickets dans ce dossier.",
        ).pack(fill="both", expand=True)

    def _tapped(self, key: str) -> None:
        page = self._page
        if page is None:
            return
        if key == _UP:
            self._enter(page.parent)
        elif next(row for row in page.rows if row.path == key).is_folder:
            self._enter(key)
        else:
            self._chosen(key)

    def _enter(self, folder: str) -> None:
        self._folder, self._everything = folder, False
        self._read()

    def _go_places(self) -> None:
        self._enter("")

    def _show_all(self) -> None:
        self._everything = True
        self._read()

    def _chosen(self, path: str) -> None:
        if self._then is None:
            from app.ui.screens.import_preview import ImportPreviewScreen

            self.shell.nav.replace(ImportPreviewScreen, path=path)
        else:
            self.shell.nav.replace(self._then, **{**self._then_args, self._takes: path})


SCREEN = FilePickerScreen
GALLERY = [("choisir-fichier", lambda shell: shell.nav.go(FilePickerScreen))]
