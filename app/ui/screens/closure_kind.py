"""« Sélectionnez le type de clôture »: GÉNÉRALE, POSTE or CAISSE, then which one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.scope import CAISSE, GENERAL, POSTE, Scope
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Places, places, scopes_of
from app.services.settings import load_settings
from app.ui.screen import Screen
from app.ui.screens._closure_flow import begin
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.paged_area import PagedArea

if TYPE_CHECKING:
    from app.ui.shell import Shell

_KINDS = (
    Choice(GENERAL, "GÉNÉRALE", "Toute la boutique : la clôture de la journée.", "shop"),
    Choice(POSTE, "POSTE", "Un seul poste, avec tous ses tiroirs.", "pc-display"),
    Choice(CAISSE, "CAISSE", "Un seul tiroir-caisse.", "cash-stack"),
)
_WHICH = {POSTE: "Quel poste clôturer ?", CAISSE: "Quel tiroir clôturer ?"}
_NAMES = {POSTE: "Poste", CAISSE: "Tiroir"}
_ICONS = {POSTE: "pc-display", CAISSE: "cash-stack"}
_FEW = 4


class ClosureKindScreen(Screen):
    """The three kinds; a kind of which there are several leads to the choice of one."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, kind: str = "") -> None:
        title = _WHICH.get(kind, "Sélectionnez le type de clôture")
        super().__init__(parent, shell, title=title)
        self._kind = kind
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._places: Places | None = None
        self._wanted = ""
        if not kind:
            self._show(_KINDS, self._kind_chosen, columns=1)
        self.load(
            shell.in_shop(lambda shop, progress: places(shop, load_settings(shop))), self._found
        )

    def _found(self, found: Places) -> None:
        self._places = found
        if self._wanted:
            self._kind_chosen(self._wanted)
        if not self._kind:
            return
        scopes = scopes_of(self._kind, found)
        name, icon = _NAMES[self._kind], _ICONS[self._kind]
        choices = [
            Choice(scope.code, f"{name} {scope.code}", _belongs(scope), icon) for scope in scopes
        ]
        columns = 1 if len(choices) <= _FEW else 3
        self._show(choices, lambda code: self._begin(Scope(self._kind, code)), columns=columns)

    def _show(
        self,
        choices: list[Choice] | tuple[Choice, ...],
        on_choose: Callable[[str], object],
        *,
        columns: int,
    ) -> None:
        large = columns == 1
        ChoiceTiles(self._area.inner, choices, on_choose, columns=columns, large=large).pack(
            fill="x"
        )

    def _kind_chosen(self, kind: str) -> None:
        if kind == GENERAL:
            self._begin(Scope(GENERAL))
            return
        if self._places is None:
            self._wanted = kind  # tapped before the list of tills was read
            return
        scopes = scopes_of(kind, self._places)
        if len(scopes) == 1:
            self._begin(scopes[0])
        else:
            self.shell.nav.go(ClosureKindScreen, kind=kind)

    def _begin(self, scope: Scope) -> None:
        begin(self.shell, ClosurePlan(scope))


def _belongs(scope: Scope) -> str:
    """Which till a drawer is at."""
    return f"Poste {scope.till}" if scope.kind == CAISSE else ""


SCREEN = ClosureKindScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("cloture-type", lambda shell: shell.nav.go(ClosureKindScreen)),
    ("cloture-quelle-caisse", lambda shell: shell.nav.go(ClosureKindScreen, kind=CAISSE)),
]
