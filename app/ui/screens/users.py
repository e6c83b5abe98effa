"""« Utilisateurs »: who works here, with which role, and who has a code."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.services.access import ROLE_WORDS
from app.services.users import list_users, new_recovery_code
from app.ui.recovery import show_sheet
from app.ui.screen import Screen
from app.ui.widgets.paged_list import Column, PagedList, Row

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [Column("Nom", 3), Column("Rôle", 1.5), Column("Code", 1.5)]


def _pin_words(user: dict[str, Any]) -> str:
    if user["pin_lost"]:
        return "Code perdu"
    return "Oui" if user["pin"] else "Pas de code"


class UsersScreen(Screen):
    """A tap on a person opens her page; `by` is the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(
            parent, shell, title="Utilisateurs", subtitle="Touchez une ligne pour la changer"
        )
        self._by = by
        self.list = PagedList(
            self.body,
            _COLUMNS,
            on_select=self._open,
            leads=True,
            empty="Personne encore. Ajoutez d'abord un responsable.",
        )
        self.list.pack(fill="both", expand=True)
        self.side_action("Nouvelle fiche de secours", self._ask_sheet, icon="file-earmark-lock")
        self.main_action("Ajouter une personne", self._add, icon="person-plus")
        self.load(shell.in_shop(lambda shop, progress: list_users(shop)), self._show)

    def _show(self, users: Sequence[dict[str, Any]]) -> None:
        self.list.set_rows(
            [
                Row(
                    user["name"],
                    (user["name"], ROLE_WORDS[user["role"]], _pin_words(user)),
                )
                for user in users
            ]
        )

    def _open(self, name: str) -> None:
        from app.ui.screens.user import UserScreen

        self.shell.nav.go(UserScreen, name=name, by=self._by)

    def _add(self) -> None:
        from app.ui.screens.user_add import UserAddScreen

        self.shell.nav.go(UserAddScreen, by=self._by)

    def _ask_sheet(self) -> None:
        self.shell.messages.ask(
            "Faire une nouvelle fiche de secours ?",
            "Elle sert une fois, si un code est oublié. L'ancienne fiche ne vaudra plus rien.",
            on_yes=self._make_sheet,
            yes="Faire la fiche",
            no="Abandon",
        )

    def _make_sheet(self) -> None:
        by, clock = self._by, self.shell.program.clock
        job = self.shell.in_shop(lambda shop, progress: new_recovery_code(shop, clock(), by))
        self.run_job(job, "Un instant", lambda code: show_sheet(self.shell, code))


SCREEN = UsersScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("users", lambda shell: shell.nav.go(UsersScreen)),
]
