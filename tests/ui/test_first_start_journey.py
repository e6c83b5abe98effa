"""The first start: from an empty folder to « Accueil », or to a demonstration."""

from __future__ import annotations

import pytest

from app.domain.settings import list_of
from app.services import users
from app.services.closures import show_closure
from app.services.first_start import step_of
from app.services.settings import load_settings
from app.ui.screens.first_start import WHERE_FROM, FirstStartScreen
from app.ui.screens.home import HomeScreen
from tests.ui.conftest import NOW

PIN = "4826"


@pytest.fixture
def kiosk(shell):
    """The kiosk as it starts."""
    shell.nav.start(HomeScreen)
    return shell


def settings(program):
    with program.open_shop() as shop:
        return load_settings(shop)


def answer_shop(finger, name="Chez Anne"):
    finger.press("Commencer")
    finger.press("Nom de la boutique")
    finger.type(name)
    finger.press("OK")
    finger.press("Continuer")


def test_a_new_folder_begins_with_where_the_figures_come_from(kiosk, finger, program):
    assert finger.sees(WHERE_FROM)
    assert finger.sees(str(program.folder))
    assert not program.folder.exists()


def test_from_an_empty_folder_to_home(kiosk, finger, program, window):
    finger.press("Commencer")
    assert not finger.can_press("Continuer")
    finger.press("Nom de la boutique")
    finger.type("Chez Anne")
    finger.press("OK")
    finger.press("Continuer")
    assert finger.sees("Quel est le rôle de ce poste ?")
    finger.press("Continuer")
    finger.press("Postes qui vendent : plus")
    finger.press("Tiroirs du poste 1 : plus")
    assert finger.sees("Tiroirs : 1/1, 1/2, 2/1.")
    finger.press("Continuer")
    assert finger.sees(str(program.folder / "inbox"))
    finger.press("Boulangerie : export CSV, une ligne par article")
    finger.press("Continuer")
    assert not finger.can_press("Choisir un code")
    finger.press("Votre nom")
    finger.type("Anne")
    finger.press("OK")
    finger.press("Choisir un code")
    for word in ("Continuer", "Enregistrer"):
        finger.press_keypad(PIN)
        finger.press(word)
    assert finger.sees("Fiche de secours")
    finger.key("Escape")
    finger.press("C'est noté")
    assert finger.sees("L'avez-vous recopié sur papier ?")
    finger.press("Revoir le numéro")
    finger.press("C'est noté")
    finger.press("Oui, c'est recopié")
    assert finger.sees("Responsable : Anne")
    finger.press("Aller à l'accueil")
    assert isinstance(kiosk.nav.current, HomeScreen)
    assert finger.sees("Chez Anne")
    kept = settings(program)
    assert kept["shop.name"] == "Chez Anne"
    assert list_of(kept, "tills.drawers") == ["1/1", "1/2", "2/1"]
    assert kept["tickets.profile"] == "boulangerie"
    with program.open_shop() as shop:
        assert users.check_pin(shop, "Anne", PIN, NOW)["role"] == "responsable"
        assert users.has_recovery_code(shop)
        assert step_of(shop) == ""
    window.show_shop("")


def test_every_default_answer_makes_a_shop_all_the_same(kiosk, finger, program):
    answer_shop(finger)
    for _ in range(3):
        finger.press("Continuer")
    finger.press("Plus tard")
    assert finger.sees("pas encore de code")
    finger.press("Aller à l'accueil")
    assert isinstance(kiosk.nav.current, HomeScreen)
    kiosk.nav.start(HomeScreen)
    assert isinstance(kiosk.nav.current, HomeScreen)


def test_a_power_cut_goes_on_where_it_stood(kiosk, finger):
    answer_shop(finger)
    finger.press("Continuer")
    assert finger.sees("Combien de postes et de tiroirs ?")
    kiosk.nav.start(HomeScreen)
    assert finger.sees("Combien de postes et de tiroirs ?")
    finger.press("Précédent")
    finger.press("Précédent")
    assert finger.sees("Chez Anne")


def test_a_secondary_till_has_nothing_more_to_say(kiosk, finger):
    answer_shop(finger)
    finger.press("Caisse secondaire")
    finger.press("Continuer")
    assert finger.sees("Tout est prêt")
    finger.press("Aller à l'accueil")
    assert finger.sees("Ce poste n'est pas la caisse maître")


def test_the_demonstration_says_that_it_is_for_ever(kiosk, finger, window):
    finger.press("Démonstration")
    assert finger.sees("SIMULATION pour toujours")
    finger.press("Abandon")
    assert isinstance(kiosk.nav.current, FirstStartScreen)
    finger.press("Démonstration")
    finger.press("Installer la démonstration")
    assert isinstance(kiosk.nav.current, HomeScreen)
    assert finger.sees("SIMULATION")
    assert finger.can_press("CLÔTURER")
    window.show_shop("", simulation=False)


def test_the_day_of_the_demonstration_is_closed_from_the_first_screen_to_the_last(
    kiosk, finger, window, program
):
    finger.press("Démonstration")
    finger.press("Installer la démonstration")
    finger.press("CLÔTURER")
    finger.press("GÉNÉRALE")
    assert finger.sees("Clôture GÉNÉRALE du samedi 21 novembre 2026")
    finger.press("Compter les espèces")
    assert finger.sees("Comptage du tiroir 1/1 (1 sur 3)")
    for value in ("200 €", "50 €", "20 €"):
        finger.press(value)
        finger.press("2")
    assert finger.sees("540,00 €")
    finger.press("Suivant")
    for _ in range(2):
        finger.press("Ne pas compter ce tiroir")
    finger.press("Choisir le motif du tiroir 1/1")
    finger.press("Pièces ou billets mal comptés")
    finger.press("Suivant")
    finger.press("Laisser 150,00 €")
    finger.press("Suivant")
    finger.press("CLÔTURER")
    kiosk.nav.current._listen(kiosk.nav.current._armed)  # a second later
    finger.press("Oui, clôturer")
    assert finger.sees("Clôture terminée. Ticket Z n° 3")
    assert finger.sees("Il vous reste à mettre de côté 390,00 € pour la banque.")
    assert not finger.can_press("Retour")
    finger.press("Voir le ticket Z")
    assert finger.sees("SIMULATION")
    finger.press("Accueil")
    assert finger.sees("Dernière clôture : Ticket Z n° 3, journée du samedi 21 novembre 2026")
    with program.open_shop() as shop:
        made = show_closure(shop, "G000003")
    assert made["simulation"] is True
    (counted,) = (row for row in made["cash"] if row["drawer"] == "1/1")
    assert (counted["counted"], counted["left"], counted["banked"]) == (54000, 15000, 39000)
    window.show_shop("", simulation=False)
