"""Add a person: a name and a role."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.services.users import add_user, list_users
from app.ui.screen import Screen
from app.ui.screens.user import role_choices
from app.ui.widgets.choice_tile import ChoiceTiles
from app.ui.widgets.field import TextField
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_FIRST, _NEXT = "responsable", "caissier"


class UserAddScreen(Screen):
    """« Ajouter » leads to the person's page, where a code is given. `by` is the manager."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(parent, shell, title="Ajouter une personne", subtitle="Utilisateurs")
        self._by = by
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._name = TextField(
            self._area.inner, "Nom", "", lambda text: self._refresh(), maximum=40
        )
        self._name.pack(fill="x")
        self._add = self.main_action("Ajouter", self._accept, icon="check-lg")
        self._refresh()
        self.load(shell.in_shop(lambda shop, progress: bool(list_users(shop))), self._show)

    def _show(self, has_users: bool) -> None:
        theme, inner = self.theme, self._area.inner
        Text(inner, "Rôle", "strong").pack(fill="x", pady=(theme.space(2), theme.space(0.5)))
        self._roles = ChoiceTiles(
            inner,
            role_choices(),
            lambda role: None,
            keep=True,
            value=_NEXT if has_users else _FIRST,
        )
        self._roles.pack(fill="x")

    def _refresh(self) -> None:
        self._add.enable(bool(self._name.value.strip()))

    def _accept(self) -> None:
        name, role, by = self._name.value, self._roles.value, self._by
        clock = self.shell.program.clock
        job = self.shell.in_shop(lambda shop, progress: add_user(shop, name, role, clock(), by))
        self.run_job(job, "Un instant", self._added)

    def _added(self, user: dict[str, Any]) -> None:
        from app.ui.screens.user import UserScreen

        self.shell.nav.replace(UserScreen, name=user["name"], by=self._by)


SCREEN = UserAddScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("user-add", lambda shell: shell.nav.go(UserAddScreen)),
]
