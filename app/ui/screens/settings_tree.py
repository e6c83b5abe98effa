"""« Paramètres »: the tree of settings, in the words of the till software."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.outgoing_settings import MAIL_PAGE, PRINTER_PAGE
from app.services.settings_pages import VAT_PAGE, pages
from app.services.users import MANAGER
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell

_TENDERS, _USERS, _COPY, _SUPPORT = "tenders", "users", "copy", "Support"
_ICONS = {
    "Articles": "box-seam",
    "Paramètres › Édition clôture": "calendar-check",
    "Paramètres › Affichage": "type",
    "Périphériques › Interfaces": "plug",
    PRINTER_PAGE: "printer",
    MAIL_PAGE: "envelope",
    VAT_PAGE: "percent",
    "Postes et tiroirs": "display",
    "Boutique": "shop",
    _SUPPORT: "life-preserver",
}
_OTHERS = (
    Choice(_TENDERS, "Règlements", "Les modes de règlement connus", "credit-card"),
    Choice(_USERS, "Utilisateurs", "Personnes, rôles et codes", "people"),
    Choice(_COPY, "Copier les réglages", "Vers une autre boutique, ou d'une autre", "files"),
)
_AFTER = "Postes et tiroirs"


class SettingsScreen(Screen):
    """One tile a page; a manager's code is asked once. `by` is the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(parent, shell, title="Paramètres")
        self._by = by
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        ChoiceTiles(area.inner, _choices(), self._open, columns=2).pack(fill="x")

    def _open(self, key: str) -> None:
        if key == _SUPPORT:
            from app.ui.screens.support import SupportScreen

            self.shell.nav.go(SupportScreen)
        elif self._by:
            self._enter(key)
        else:
            ask_pin(
                self.shell,
                MANAGER,
                "Paramètres",
                lambda name: self._come_in(name, key),
                reason="Les réglages demandent le code d'un responsable.",
            )

    def _come_in(self, name: str, key: str) -> None:
        if name:
            self.shell.nav.replace(SettingsScreen, by=name)  # « Retour » doesn't ask again
        self._by = name
        self._enter(key)

    def _enter(self, key: str) -> None:
        from app.ui.screens.settings_copy import SettingsCopyScreen
        from app.ui.screens.settings_page import SettingsPageScreen
        from app.ui.screens.settings_tenders import TendersScreen
        from app.ui.screens.settings_vat import VatTableScreen
        from app.ui.screens.users import UsersScreen

        nav, by = self.shell.nav, self._by
        if key == _TENDERS:
            nav.go(TendersScreen)
        elif key == _USERS:
            nav.go(UsersScreen, by=by)
        elif key == _COPY:
            nav.go(SettingsCopyScreen, by=by)
        elif key == VAT_PAGE:
            nav.go(VatTableScreen, by=by)
        else:
            nav.go(SettingsPageScreen, tree=key, by=by)


def _choices() -> list[Choice]:
    known = [Choice(p.tree, p.title, p.text, _ICONS.get(p.tree, "gear")) for p in pages()]
    trees = [choice.key for choice in known]
    index = trees.index(_AFTER) + 1 if _AFTER in trees else len(known)
    return [*known[:index], *_OTHERS, *known[index:]]


SCREEN = SettingsScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-tree", lambda shell: shell.nav.go(SettingsScreen)),
]
