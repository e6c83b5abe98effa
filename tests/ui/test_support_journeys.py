"""When something is wrong: the message, the log of the day, whom to call, the file for support."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from app.services import users
from app.services.browse import Browse, PlaceRow
from app.services.settings import change_settings
from app.ui.messages import UNEXPECTED
from app.ui.screen import Screen
from app.ui.screens.day_log import DayLogScreen
from app.ui.screens.home import HomeScreen
from app.ui.screens.support import SupportScreen
from tests.ui.conftest import NOW


class Breaking(Screen):
    """A screen whose button breaks, as no screen should."""

    def __init__(self, parent, shell):
        super().__init__(parent, shell, title="Fragile")
        self.main_action("Casser", self._break)

    def _break(self):
        raise ZeroDivisionError("broken on purpose")


@pytest.fixture
def sticks():
    """The USB sticks that are plugged in."""
    return []


@pytest.fixture
def program(program, sticks):
    return replace(program, browse=Browse(lambda: sticks, program.browse.list_folder))


@pytest.fixture
def kiosk(shell, program, window):
    """A shop on « Accueil », its log kept as the kiosk keeps it."""
    with program.open_shop(create=True) as shop:
        change_settings(shop, {"shop.name": "Chez Anne"}, NOW)
    with program.keep_log():
        shell.nav.start(HomeScreen)
        yield shell
    window.show_shop("")


def test_an_error_in_a_screen_is_told_logged_and_leads_home(kiosk, finger, faults, window):
    kiosk.nav.go(Breaking)
    window.after(1, kiosk.nav.current._break)
    finger.settle()
    while not faults:
        window.tk.dooneevent(0)
    assert finger.sees(UNEXPECTED)
    assert not finger.sees("ZeroDivisionError")
    reference = next(text for text in finger.texts() if "Référence" in text).split()[-1]
    finger.press("Accueil")
    assert isinstance(kiosk.nav.current, HomeScreen)
    finger.press("Journal du jour")
    finger.press(reference)
    assert finger.sees("Pour le support :")
    assert finger.sees("ZeroDivisionError: broken on purpose")
    finger.press("Fermer")
    faults.clear()


def test_the_log_of_the_day_says_what_was_recorded(kiosk, finger, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", "caissier", NOW)
        change_settings(shop, {"closing.day_change": "04:00"}, NOW, "Anne")
    kiosk.nav.go(DayLogScreen)
    assert finger.sees("Samedi 21 novembre 2026")
    assert finger.sees("Utilisateur Anne : caissier")
    assert finger.sees("(Anne)")
    assert not finger.can_press("Jour précédent")


def test_the_days_before_are_one_button_away(kiosk, finger, program):
    folder = program.folder / "Log"
    folder.mkdir(exist_ok=True)
    (folder / "2026-11-14.log").write_text("18:02:00 WARNING app.cli: vieux souci\n", "utf-8")
    kiosk.nav.go(DayLogScreen)
    finger.press("Jour précédent")
    assert finger.sees("Samedi 14 novembre 2026 : 1 ligne")
    assert finger.sees("Vieux souci")
    assert not finger.can_press("Jour précédent")
    finger.press("Jour suivant")
    assert finger.sees("Samedi 21 novembre 2026")


def test_support_is_called_by_its_number(kiosk, finger, program):
    kiosk.nav.go(SupportScreen)
    assert finger.sees("Aucun numéro enregistré")
    finger.press("Noter le numéro")
    finger.press("Téléphone du support")
    finger.type("05 61 00 00 00")
    finger.press("OK")
    finger.press("Retour")
    assert finger.sees("05 61 00 00 00")
    assert finger.sees(program.version)
    assert finger.sees(str(program.folder))


def test_a_file_for_support_is_made(kiosk, finger, program):
    kiosk.nav.go(SupportScreen)
    finger.press("Préparer un dossier pour le support")
    assert finger.sees("Le dossier est prêt")
    (path,) = (program.folder / "export").glob("cloture-support-*.zip")
    assert finger.sees(str(path))
    with zipfile.ZipFile(path) as archive:
        assert "reglages.json" in archive.namelist()


def test_the_file_for_support_is_copied_to_a_stick(kiosk, finger, program, sticks, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    kiosk.nav.go(SupportScreen)
    finger.press("Préparer un dossier pour le support")
    finger.press("Copier sur une clé")
    assert finger.sees("Une clé USB vient d'être branchée ?")
    sticks.append(PlaceRow(str(stick), "Clé USB", "removable", 8_000_000_000))
    finger.press("Chercher à nouveau")
    finger.press("Clé USB")
    assert finger.sees("Le dossier est copié")
    finger.press("OK")
    (copy,) = stick.iterdir()
    (made,) = (program.folder / "export").glob("cloture-support-*.zip")
    assert copy.read_bytes() == made.read_bytes()


def test_a_shop_that_does_not_open_has_its_log_and_its_file(shell, finger, program):
    folder = program.folder
    (folder / "Log").mkdir(parents=True)
    day = (NOW - timedelta(days=0)).date().isoformat()
    (folder / "Log" / f"{day}.log").write_text("07:00:00 ERROR app.store: disque absent\n", "utf-8")
    (folder / "photos").mkdir()
    shell.nav.start(SupportScreen)
    assert finger.sees("Les données ne s'ouvrent pas")
    finger.press("Préparer un dossier pour le support")
    assert finger.sees("Le dossier est prêt")
    finger.press("Journal du jour")
    assert finger.sees("Disque absent")
