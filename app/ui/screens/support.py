"""« Support »: whom to call, in large letters, and the file to send them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.support_page import Contact, Prepared, contact_of, prepare_file
from app.services.users import MANAGER
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_TREE = "Support"
_CHANGE, _WRITE = "Changer le numéro", "Noter le numéro"
_NOBODY = "Aucun numéro enregistré"
_WHAT = (
    "Le dossier contient les journaux, les réglages et l'état du programme ; ni ticket, ni client, "
    "ni code secret."
)


class SupportScreen(Screen):
    """It works also when the shop's data can't be opened: then it is needed most."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Support")
        theme = self.theme
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        self._who = Card(area.inner, padding=3)
        self._who.pack(fill="x")
        self._number = BigButton(self._who, _CHANGE, self._change, icon="pencil")
        self._number.pack(side="right", padx=(theme.space(2), 0))
        self._words = Box(self._who)
        self._words.pack(side="left", fill="both", expand=True)
        facts = Box(area.inner)
        facts.pack(fill="x", pady=theme.space(2))
        version = f"Clôture, version {shell.program.version}"
        Text(facts, version, "strong", icon="info-circle").pack(fill="x")
        folder = f"Données : {shell.program.folder}"
        Text(facts, folder, "body", wrap=True, icon="folder").pack(fill="x")
        self._result = Box(area.inner)
        self._result.pack(fill="x")
        Text(self._result, _WHAT, "muted", wrap=True).pack(fill="x")
        self.side_action("Journal du jour", self._log, icon="journal-text")
        self.main_action(
            "Préparer un dossier pour le support", self._prepare, icon="file-earmark-zip"
        )
        self.load(
            shell.in_shop(lambda shop, progress: contact_of(shop)), self._show, self._without_shop
        )

    def _show(self, contact: Contact) -> None:
        self._number.set_text(_CHANGE if contact.name or contact.phone else _WRITE)
        if contact.name:
            Text(self._words, contact.name, "title", wrap=True).pack(fill="x")
        if contact.phone:
            Text(self._words, contact.phone, "display", wrap=True).pack(fill="x")
        if not (contact.name or contact.phone):
            Text(self._words, _NOBODY, "title", wrap=True).pack(fill="x")
            Text(self._words, "Notez-le ici avant d'en avoir besoin.", "muted", wrap=True).pack(
                fill="x"
            )

    def _without_shop(self, error: BaseException) -> None:
        Text(self._words, "Les données ne s'ouvrent pas", "title", wrap=True).pack(fill="x")
        Text(self._words, str(error), "body", wrap=True).pack(fill="x")

    def _log(self) -> None:
        from app.ui.screens.day_log import DayLogScreen

        self.shell.nav.go(DayLogScreen)

    def _change(self) -> None:
        from app.ui.screens.settings_page import SettingsPageScreen

        ask_pin(
            self.shell,
            MANAGER,
            "Changer le numéro du support",
            lambda by: self.shell.nav.go(SettingsPageScreen, tree=_TREE, by=by),
        )

    def _prepare(self) -> None:
        program = self.shell.program

        def job(progress: object) -> Prepared:
            return prepare_file(
                program.open_shop,
                program.write_file,
                program.folder,
                program.version,
                program.clock(),
            )

        self.run_job(job, "Préparation du dossier pour le support", self._prepared)

    def _prepared(self, made: Prepared) -> None:
        if self.main_button is not None:
            self.main_button.set_role("secondary")  # what is left to do is to copy it
        for child in self._result.winfo_children():
            child.destroy()
        where = f"{made.path} ({made.size // 1024 + 1}\u00a0Ko)"
        StateCard(
            self._result,
            "ok",
            "Le dossier est prêt : envoyez ce fichier au support",
            where,
            action=("Copier sur une clé", lambda: self._copy(made.path)),
            leads=True,
        ).pack(fill="x")

    def _copy(self, path: Path) -> None:
        from app.ui.screens.support_copy import SupportCopyScreen

        self.shell.nav.go(SupportCopyScreen, path=str(path))


def _prepared(shell: Shell) -> None:
    shell.nav.go(SupportScreen)
    screen = shell.nav.current
    assert isinstance(screen, SupportScreen)
    screen._prepare()


def _known(shell: Shell) -> None:
    shell.nav.go(SupportScreen)
    screen = shell.nav.current
    assert isinstance(screen, SupportScreen)
    for child in screen._words.winfo_children():
        child.destroy()
    screen._show(Contact("Caisses & Balances du Sud-Ouest, agence de Toulouse", "05 61 00 00 00"))


SCREEN = SupportScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("support", _known),
    ("support-nobody", lambda shell: shell.nav.go(SupportScreen)),
    ("support-prepared", _prepared),
]
