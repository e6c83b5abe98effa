"""What follows a closure: its card when it is done, its cure when it failed."""

from __future__ import annotations

import pytest

from app import bootstrap
from app.errors import DataFolderError
from tests.factories import ticket
from tests.ui.closing_kiosk import Clock, ClosingKiosk

UNPLUGGED = "Le disque A n'est pas branché."


class Backup:
    """A follow-up that fails until its disk is plugged in."""

    def __init__(self) -> None:
        self.plugged = False
        self.tries = 0

    def __call__(self, shop, job) -> str:
        self.tries += 1
        if not self.plugged:
            raise DataFolderError(UNPLUGGED)
        return "Copié sur le disque A."


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def backup(monkeypatch):
    backup = Backup()
    monkeypatch.setattr(bootstrap, "FOLLOW_UPS", {"backup": backup})
    return backup


@pytest.fixture
def kiosk(backup, window, program, finger, faults):
    kiosk = ClosingKiosk(window, program, finger)
    kiosk.take(ticket(1000, at="2026-11-21T19:00"))
    kiosk.start()
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    return kiosk


@pytest.fixture
def program(backup, tmp_path, clock):
    import io

    return bootstrap.program(tmp_path / "shop", clock, io.StringIO())


def test_a_follow_up_that_worked_has_its_own_card(kiosk, finger, backup):
    backup.plugged = True
    kiosk.confirm()
    assert finger.sees("Clôture terminée. Ticket Z n° 1")
    assert finger.sees("Sauvegarde : fait")
    assert finger.sees("Copié sur le disque A.")


def test_a_follow_up_that_failed_is_no_failed_closure_and_is_tried_again(kiosk, finger, backup):
    kiosk.confirm()
    assert finger.sees("Clôture terminée. Ticket Z n° 1")
    assert finger.sees("Sauvegarde : à refaire")
    assert finger.sees(UNPLUGGED)
    finger.press("Réessayer")
    assert backup.tries == 2
    finger.press("Accueil")
    assert finger.sees("Sauvegarde : à refaire (G000001)")
    backup.plugged = True
    finger.press("Réessayer")
    assert backup.tries == 3
    assert finger.sees("Rien à signaler")
