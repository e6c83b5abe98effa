"""One person: her role, her code, and taking her off the list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.services.access import ROLE_WORDS, give_first_pin
from app.services.users import ROLES, add_user, remove_user, user_of
from app.ui.new_pin import choose_pin
from app.ui.recovery import show_sheet
from app.ui.screen import Screen
from app.ui.screens._code_rule import NO_CODE_RULE
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

ROLE_TEXTS = {
    "caissier": "Compte et clôture",
    "responsable": "Change aussi les réglages, corrige, accepte un grand écart",
    "support": "Comme un responsable, pour dépanner",
}


class UserScreen(Screen):
    """`name` is the person; `by` the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, name: str, by: str = "") -> None:
        super().__init__(parent, shell, title=name, subtitle="Utilisateurs")
        self._name = name
        self._by = by
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.side_action("Retirer cette personne", self._ask_remove, icon="trash", role="danger")
        self.load(shell.in_shop(lambda shop, progress: user_of(shop, name)), self._show)

    def _show(self, user: dict[str, Any]) -> None:
        theme, inner = self.theme, self._area.inner
        if user["pin"]:
            StateCard(inner, "ok", "Un code est enregistré").pack(fill="x")
        elif user["pin_lost"]:
            words = "Il a disparu de ce poste : donnez-en un nouveau. Ce qu'il protège reste fermé."
            StateCard(inner, "warn", "Code perdu", words).pack(fill="x")
        else:
            words = f"Sans code, son nom ne peut rien autoriser. {NO_CODE_RULE}"
            StateCard(inner, "off", "Pas de code", words).pack(fill="x")
        Text(inner, "Rôle", "strong").pack(fill="x", pady=(theme.space(2), theme.space(0.5)))
        self._tiles = ChoiceTiles(
            inner, role_choices(), self._change_role, keep=True, value=user["role"]
        )
        self._tiles.pack(fill="x")
        word = "Changer le code" if user["pin"] else "Donner un code"
        self.main_action(word, self._choose_pin, icon="key")

    def _change_role(self, role: str) -> None:
        name, by, clock = self._name, self._by, self.shell.program.clock
        job = self.shell.in_shop(lambda shop, progress: _set_role(shop, name, role, clock(), by))
        self.run_job(job, "Un instant", lambda done: None, self._refused)

    def _refused(self, error: BaseException) -> None:
        self.shell.messages.failed(error, self.shell.nav.reload)

    def _choose_pin(self) -> None:
        choose_pin(self.shell, self._name, self._give_pin)

    def _give_pin(self, pin: str) -> None:
        name, by, clock = self._name, self._by, self.shell.program.clock
        job = self.shell.in_shop(
            lambda shop, progress: give_first_pin(shop, name, pin, clock(), by)
        )
        self.run_job(job, "Un instant", self._given)

    def _given(self, sheet: str) -> None:
        self.shell.nav.reload()
        if sheet:
            show_sheet(self.shell, sheet)

    def _ask_remove(self) -> None:
        self.shell.messages.ask(
            f"Retirer {self._name} ?",
            "Ce qui a été fait sous ce nom reste enregistré.",
            on_yes=self._remove,
            yes="Retirer",
            no="Abandon",
            danger=True,
        )

    def _remove(self) -> None:
        name, by, clock = self._name, self._by, self.shell.program.clock
        job = self.shell.in_shop(lambda shop, progress: remove_user(shop, name, clock(), by))
        self.run_job(job, "Un instant", lambda gone: self.shell.nav.back())


def role_choices() -> list[Choice]:
    """The roles as tiles."""
    return [Choice(role, ROLE_WORDS[role], ROLE_TEXTS[role]) for role in ROLES]


def _set_role(shop: Any, name: str, role: str, now: Any, by: str) -> None:
    if user_of(shop, name)["role"] != role:
        add_user(shop, name, role, now, by)


SCREEN = UserScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("user", lambda shell: shell.nav.go(UserScreen, name="Anne")),
]
