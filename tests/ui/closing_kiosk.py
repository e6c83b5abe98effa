"""A shop to close at the kiosk, for the journeys: tickets in, a clock that moves, a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.domain.moments import PARIS
from app.services.closures import show_closure
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_setting
from app.ui.job_runner import InlineRunner
from app.ui.kiosk import assemble
from app.ui.screens.closure_summary import ClosureSummaryScreen
from app.ui.screens.home import HomeScreen
from tests.ui.finger import Finger, clear

EVENING = datetime(2026, 11, 21, 20, 4, tzinfo=PARIS)  # a Saturday
RATES = frozenset({(550, "goods")})


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = EVENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **spans: float) -> None:
        self.now += timedelta(**spans)


class ClosingKiosk:
    """The kiosk on a shop's folder, and what a cashier does there."""

    def __init__(self, window: Any, program: Any, finger: Finger) -> None:
        self.window = window
        self.program = program
        self.finger = finger
        self.shell: Any = None

    def start(self) -> None:
        """Open the kiosk; again: as after its process was killed."""
        clear(self.window)
        self.shell = assemble(self.window, self.program, InlineRunner())
        self.shell.nav.start(HomeScreen)
        self.finger.settle()

    def take(self, *tickets: Any) -> None:
        """Take tickets in, as an import would."""
        with self.program.open_shop(create=True) as shop:
            import_tickets(shop, tickets, Source("test", "journal"), RATES, self.program.clock())

    def set(self, key: str, value: Any) -> None:
        """Change a setting."""
        with self.program.open_shop(create=True) as shop:
            change_setting(shop, key, value, self.program.clock())

    def closures(self) -> list[str]:
        """The ids of the closures made."""
        with self.program.open_shop() as shop:
            return [row["id"] for row in shop.closures()]

    def closure(self, closure_id: str) -> dict[str, Any]:
        """One closure in the contract's shape."""
        with self.program.open_shop() as shop:
            return show_closure(shop, closure_id)

    def choose(self, *words: str) -> None:
        """From « Accueil » to what a closure will hold."""
        self.finger.press("CLÔTURER")
        for word in words:
            self.finger.press(word)

    def count_sum(self, keys: str) -> None:
        """On the count: the sum of the cash, typed on the keypad."""
        self.finger.press("Somme en espèces")
        self.finger.press_keypad(keys)

    def confirm(self) -> None:
        """On the summary: the two taps, a second apart."""
        self.finger.press("CLÔTURER")
        assert not self.finger.can_press("Oui, clôturer")
        self.wait_a_second()
        self.finger.press("Oui, clôturer")

    def wait_a_second(self) -> None:
        """What the second after the first tap brings."""
        screen = self.shell.nav.current
        assert isinstance(screen, ClosureSummaryScreen)
        screen._listen(screen._armed)


def every_screen(kiosk: ClosingKiosk) -> list[tuple[str, Callable[[], None]]]:
    """The screens of a closure of one drawer, in order, each with what leads on from it."""
    press = kiosk.finger.press

    def count() -> None:
        kiosk.count_sum("39")
        press("Suivant")

    def explain() -> None:
        press("Choisir le motif du tiroir 1/1")
        press("Écart non expliqué")
        press("Suivant")

    def leave() -> None:
        press("Tout laisser")
        press("Suivant")

    return [
        ("Sélectionnez le type de clôture", lambda: press("GÉNÉRALE")),
        ("étape 1 sur 5", lambda: press("Compter les espèces")),
        ("étape 2 sur 5", count),
        ("étape 3 sur 5", explain),
        ("étape 4 sur 5", leave),
        ("étape 5 sur 5", lambda: press("CLÔTURER")),
    ]
