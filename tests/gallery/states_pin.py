"""The panel that asks for a PIN, in its states."""

from __future__ import annotations

from collections.abc import Callable

from app.services.access import Keepers, PinAnswer
from app.ui.pin import PINS_LOST, PinPanel
from app.ui.shell import Shell

_LONG_NAME = "Marie-Bernadette Bourguignon-Lefebvre"
_REASON = "L'écart de −12,50 € dépasse la limite."


def _panel(
    shell: Shell, names: tuple[str, ...], *, recovery: bool = True, reason: str = _REASON
) -> PinPanel:
    keepers = Keepers(names, recovery)
    panel = PinPanel(shell, keepers, "Un responsable est demandé", reason, lambda name: None)
    return shell.panels.show(panel)


def _typed(shell: Shell) -> None:
    panel = _panel(shell, ("Anne",), recovery=False)
    for _ in range(4):
        panel._pad.press("4")


def _wrong(shell: Shell) -> None:
    _panel(shell, ("Anne",))._answered(PinAnswer(False, "Code faux."))


def _waits(shell: Shell) -> None:
    panel = _panel(shell, ("Anne", _LONG_NAME, "Karim"))
    panel._name = "Anne"
    panel._answered(PinAnswer(False, "Code faux.", 95))


def _lost(shell: Shell) -> None:
    panel = _panel(shell, ("Anne", _LONG_NAME), reason=PINS_LOST)
    panel._name = "Anne"
    said = "Code perdu : prenez la fiche de secours."
    panel._answered(PinAnswer(False, said))


GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("pin-typed", _typed),
    ("pin-wrong", _wrong),
    ("pin-several-wait", _waits),
    ("pin-lost", _lost),
]
