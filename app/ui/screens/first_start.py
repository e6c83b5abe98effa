"""The first start: what this program is, then its assistant, or a demonstration."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.services.demo import make_demo
from app.services.first_start import SHOP, step_of
from app.ui.screen import Screen
from app.ui.screens._first_step import show_step
from app.ui.shop_look import take_look
from app.ui.widgets.box import Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_DAYS, _SEED = 3, 1
WHERE_FROM = "Nos chiffres sont calculés à partir des tickets reçus de la caisse."
_WHAT = (
    "Votre logiciel de caisse vend et dépose ses tickets. Ce programme les lit, ne les change "
    "jamais, et fait la clôture de chaque journée."
)
_SIMULATION = (
    "Une boulangerie inventée, trois journées de ventes : pour voir et pour apprendre. "
    "Ce dossier restera marqué SIMULATION pour toujours : aucune vraie vente n'y aura sa place."
)


class FirstStartScreen(Screen):
    """The welcome; an assistant begun before a power cut goes on where it stood."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Bienvenue")
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self.load(self._read, self._show)

    def _read(self, progress: Progress) -> tuple[str, bool]:
        """The step kept, and whether a shop is there."""
        with self.shell.program.open_shop(create=True) as shop:
            return step_of(shop), bool(shop.ledger.shop)

    def _show(self, found: tuple[str, bool]) -> None:
        step, has_shop = found
        if step:
            # Not from inside this screen's own making, where a job may have ended already.
            self.later(1, lambda: show_step(self.shell, step))
            return
        theme = self.theme
        card = Card(self._area.inner, padding=4)
        card.pack(fill="x")
        Text(card, WHERE_FROM, "title", wrap=True).pack(fill="x")
        Text(card, _WHAT, "body", wrap=True).pack(fill="x", pady=(theme.space(2), 0))
        folder = f"Les données seront gardées sur ce poste, dans {self.shell.program.folder}"
        Text(card, folder, "muted", wrap=True).pack(fill="x", pady=(theme.space(2), 0))
        if not has_shop:
            StateCard(
                self._area.inner,
                "info",
                "Seulement essayer ?",
                "Une boutique inventée, marquée SIMULATION.",
                action=("Démonstration", self._ask_demo),
            ).pack(fill="x", pady=(theme.space(2), 0))
        self.main_action("Commencer", lambda: show_step(self.shell, SHOP), icon="arrow-right")

    def _ask_demo(self) -> None:
        self.shell.messages.ask(
            "Installer la démonstration dans ce dossier ?",
            f"{_SIMULATION}\nDossier : {self.shell.program.folder}",
            on_yes=self._make_demo,
            yes="Installer la démonstration",
            no="Abandon",
        )

    def _make_demo(self) -> None:
        program = self.shell.program

        def job(progress: Progress) -> Any:
            with program.open_shop(create=True, simulation=True) as shop:
                return make_demo(shop, _DAYS, _SEED, program.clock())

        self.run_job(job, "Préparation de la démonstration", lambda days: self._go_home())

    def _go_home(self) -> None:
        from app.ui.screens.home import HomeScreen

        self.shell.nav.start(HomeScreen)
        take_look(self.shell)


class _Empty(FirstStartScreen):
    """As it is on an empty folder, for the picture."""

    def _read(self, progress: Progress) -> tuple[str, bool]:
        return "", False


def _welcome(shell: Shell) -> None:
    shell.window.show_shop("")
    shell.nav.start(_Empty)


def _demo(shell: Shell) -> None:
    shell.nav.start(FirstStartScreen)
    screen = shell.nav.current
    assert isinstance(screen, FirstStartScreen)
    screen._ask_demo()


SCREEN = FirstStartScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("first-start-welcome", _welcome),
    ("first-start-demonstration", _demo),
]
