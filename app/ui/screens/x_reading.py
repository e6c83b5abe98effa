"""« Lecture X »: the figures of the moment, of the shop, a till or a drawer; nothing is closed."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.domain.closing import Terms
from app.domain.scope import GENERAL, scope_from_text
from app.services.close import read_x
from app.services.drawers import known_scopes
from app.services.figures_sheet import sheet_of
from app.services.settings import load_settings
from app.ui.french import clock_time
from app.ui.screen import Screen
from app.ui.widgets.chooser import Chooser
from app.ui.widgets.figures_view import FiguresView

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell


class XReadingScreen(Screen):
    """`scope` is `general`, `poste:1` or `caisse:1/1`; `section` the tab to open."""

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, scope: str = GENERAL, section: str = ""
    ) -> None:
        super().__init__(parent, shell, title="Lecture X", subtitle="Rien n'est clôturé")
        self._scope = scope
        self._section = section
        self._chooser: Chooser | None = None
        self._view: FiguresView | None = None
        self.side_action("Prochaine clôture", self._next, icon="calendar-check")
        self.main_action("Relire", self._read, icon="arrow-clockwise")
        self._read()

    def _read(self) -> None:
        scope, now = self._scope, self.shell.program.clock()

        def work(shop: Any, progress: Progress) -> Any:
            settings = load_settings(shop)
            scopes = [(_key(s), s.title) for s in known_scopes(shop, settings)]
            body = read_x(shop, scope_from_text(scope), Terms(now=now), settings)
            return scopes, sheet_of(body)

        self.set_title("Lecture X", f"Lu à {clock_time(now)}, rien n'est clôturé")
        self.load(self.shell.in_shop(work), self._show)

    def _show(self, found: Any) -> None:
        scopes, sheet = found
        if self._chooser is None:
            label = "Choisir les chiffres à lire"
            self._chooser = Chooser(
                self.header.tools,
                label,
                scopes,
                self._choose,
                value=self._scope,
                tabs=False,
                width=300,
            )
            self.show_tool(self._chooser)
        if self._view is not None:
            self._section = self._view.shown
            self._view.destroy()
        self._view = FiguresView(self.body, sheet, value=self._section)
        self._view.pack(fill="both", expand=True)

    def _choose(self, scope: str) -> None:
        self._scope = scope
        self._read()

    def _next(self) -> None:
        from app.ui.screens.next_closure import NextClosureScreen

        self.shell.nav.go(NextClosureScreen)


def _key(scope: Any) -> str:
    return f"{scope.kind}:{scope.code}" if scope.code else str(scope.kind)


SCREEN = XReadingScreen
GALLERY = [
    ("x-general", lambda shell: shell.nav.go(XReadingScreen)),
    ("x-ventes", lambda shell: shell.nav.go(XReadingScreen, section="ventes")),
    ("x-caisse", lambda shell: shell.nav.go(XReadingScreen, section="caisses")),
]
