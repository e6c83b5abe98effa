"""Looking at figures as a cashier would: X, prochaine clôture, Z, a count corrected, the month."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.moments import PARIS
from app.domain.scope import CAISSE, GENERAL, Scope
from app.domain.settings import vat_table_of
from app.domain.tenders import CASH
from app.services import users
from app.services.close import close
from app.services.import_tickets import Source, import_tickets
from app.ui.screens.home import HomeScreen
from tests.factories import line, ticket
from tests.ui.conftest import NOW

RATES = vat_table_of({})
TODAY, YESTERDAY = "2026-11-21", "2026-11-20"


def sell(shop, *tickets):
    import_tickets(shop, tickets, Source("f", "journal"), RATES, NOW)


def at(day, hour=20):
    return datetime.fromisoformat(f"{day}T{hour:02d}:00").replace(tzinfo=PARIS)


@pytest.fixture
def home(shell, program):
    """Yesterday closed with 1 € missing in the drawer 1/1; today two tills have sold."""
    with program.open_shop(create=True) as shop:
        sell(shop, ticket("10,00", number="41", at=f"{YESTERDAY}T09:00", cashier="Anne"))
        count = {"1/1": Count({CASH: 900}, left=900, reason="Erreur de rendu de monnaie")}
        close(shop, Scope(GENERAL), Terms(at(YESTERDAY), by="Anne", counts=count))
        sell(
            shop,
            ticket(line("3,00", family="PAIN"), number="42", at=f"{TODAY}T08:00"),
            ticket(line("50,00", family="TRAITEUR", vat="10.00"), number="45", at=f"{TODAY}T19:52"),
            ticket("7,00", number="801", till="2", at=f"{TODAY}T11:00", payments="cb"),
        )
    shell.nav.start(HomeScreen)
    return shell


# --- the X ------------------------------------------------------------------------------------


def test_the_x_of_the_shop_a_till_and_a_drawer(home, finger):
    finger.press("Lecture X")
    assert finger.sees("60,00 €")
    assert finger.sees("Carte bancaire")
    assert finger.sees("Calculé à partir des tickets reçus de la caisse")
    finger.press("Choisir les chiffres à lire")
    finger.press("POSTE 2")
    assert finger.sees("7,00 €")
    assert not finger.sees("60,00 €")
    finger.press("Choisir les chiffres à lire")
    finger.press("CAISSE 1/1")
    assert finger.sees("53,00 €")
    assert finger.sees("Lu à 20 h 04, rien n'est clôturé")


def test_the_sections_of_an_x(home, finger):
    finger.press("Lecture X")
    assert finger.sees("5,5 %")
    finger.press("Ventes")
    assert finger.sees("TRAITEUR")
    assert finger.sees("19 h")
    finger.press("Tiroirs")
    assert finger.sees("Tiroir 1/1")
    assert finger.sees("Théorique")
    finger.press("Constats (1)")
    finger.press("Numéros de ticket manquants")
    assert finger.sees("Numéros de ticket manquants : 2 le samedi 21 novembre 2026, par exemple")


def test_the_section_stays_when_another_scope_is_chosen(home, finger):
    finger.press("Lecture X")
    finger.press("Tiroirs")
    finger.press("Choisir les chiffres à lire")
    finger.press("POSTE 2")
    assert finger.sees("Tiroir 2/1")


def test_the_x_is_read_again(home, finger, program):
    finger.press("Lecture X")
    with program.open_shop() as shop:
        sell(shop, ticket("1,00", number="46", at=f"{TODAY}T20:00"))
    finger.press("Relire")
    assert finger.sees("61,00 €")


def test_float_and_moves_are_seen_in_the_next_x(home, finger):
    finger.press("Fond de caisse")
    assert finger.sees("9,00 €")
    finger.press_keypad("150")
    assert finger.sees("+141,00 €")
    finger.press("Enregistrer le fond")
    assert finger.sees("150,00 € dans le tiroir 1/1 (attendu : 9,00 €).")
    finger.press("OK")
    finger.press("Mouvement de caisse")
    finger.press("Achat en espèces")
    finger.press_keypad("12,5")
    finger.press("Enregistrer")
    assert finger.sees("12,50 € sortis du tiroir 1/1 : Achat en espèces.")
    finger.press("OK")
    finger.press("Lecture X")
    finger.press("Tiroirs")
    assert finger.sees("150,00 €")
    assert finger.sees("−12,50 €")
    assert finger.sees("190,50 €")  # 150 + 53 − 12,50
    assert finger.sees("Sortie : Achat en espèces")


def test_a_float_by_notes_and_coins(home, finger):
    finger.press("Fond de caisse")
    finger.press("Choisir le tiroir")
    finger.press("Tiroir 2/1")
    finger.press("Par billets et pièces")
    finger.press("50 €")
    finger.press("3")
    finger.press("Enregistrer le fond")
    assert finger.sees("150,00 € dans le tiroir 2/1 (attendu : 0,00 €).")


def test_nothing_is_recorded_before_amount_and_reason_are_there(home, finger):
    finger.press("Mouvement de caisse")
    assert not finger.can_press("Enregistrer")
    finger.press_keypad("5")
    assert not finger.can_press("Enregistrer")
    finger.press("Entrée")
    finger.press("Apport de monnaie")
    assert finger.can_press("Enregistrer")
    finger.press("Retour")
    assert finger.sees("Quitter sans enregistrer le mouvement ?")
    finger.press("Quitter cet écran")


def test_cash_put_in_a_drawer(home, finger):
    finger.press("Mouvement de caisse")
    finger.press("Entrée")
    finger.press("Apport de monnaie")
    finger.press_keypad("20")
    finger.press("Enregistrer")
    assert finger.sees("20,00 € entrés dans le tiroir 1/1 : Apport de monnaie.")
    finger.press("OK")
    finger.press("Fond de caisse")
    assert finger.sees("29,00 €")  # 9,00 from the last closure, and 20,00


def test_a_reason_of_ones_own(home, finger):
    finger.press("Mouvement de caisse")
    finger.press("Autre motif")
    for letter in "taxi":
        finger.press(letter)
    finger.press("OK")
    finger.press_keypad("8")
    finger.press("Enregistrer")
    assert finger.sees("8,00 € sortis du tiroir 1/1 : taxi.")
    finger.press("OK")
    finger.press("Mouvement de caisse")
    assert finger.sees("−8,00 € · taxi")


# --- what comes next --------------------------------------------------------------------------


def test_what_the_next_closure_would_hold(home, finger):
    finger.press("Prochaine clôture")
    assert finger.sees("3 tickets")
    assert finger.sees("19 h 52, il y a 12 min")
    assert finger.sees("Dernière clôture GÉNÉRALE : G000001.")
    finger.press("Clôturer")
    assert finger.sees("Sélectionnez le type de clôture")


def test_forgotten_days_and_covered_closures_are_told(home, finger, program):
    with program.open_shop() as shop:
        sell(shop, ticket(number="43", at=f"{YESTERDAY}T21:00"))
        close(shop, Scope(CAISSE, "2/1"), Terms(NOW))
    finger.press("Prochaine clôture")
    assert finger.sees("Vous n'avez pas clôturé vendredi 20 novembre 2026")
    assert finger.sees("C2.1-000001")


# --- the Z ------------------------------------------------------------------------------------


def test_a_z_is_found_and_opened(home, finger):
    finger.press("Liste des Z")
    assert finger.sees("1 clôture")
    finger.press("Numéro, date ou montant")
    for key in "77":
        finger.press(key)
    finger.press("OK")
    assert finger.sees("Aucune clôture ne correspond")
    finger.press("Effacer la recherche")
    finger.press("G000001")
    assert finger.sees("Ticket Z n° 1 · GÉNÉRALE")
    assert finger.sees("Vendredi 20 novembre 2026")
    assert finger.sees("10,00 €")
    finger.press("Totaux")
    assert finger.sees("Total perpétuel")
    assert finger.sees("clôturée le 20/11/2026 à 20 h 00 par Anne")
    finger.press("Retour")
    assert finger.sees("Liste des Z")


def test_kind_and_month_narrow_the_list(home, finger, program):
    with program.open_shop() as shop:
        close(shop, Scope(CAISSE, "1/1"), Terms(NOW))
    finger.press("Liste des Z")
    finger.press("Clôtures à montrer")
    finger.press("CAISSE")
    assert finger.sees("C1.1-000001")
    assert not finger.sees("G000001")
    finger.press("Mois à montrer")
    finger.press("novembre 2026")
    assert finger.sees("C1.1-000001")


def test_a_covered_closure_is_opened_from_the_one_that_covers_it(home, finger, program):
    with program.open_shop() as shop:
        close(shop, Scope(CAISSE, "1/1"), Terms(NOW))
        close(shop, Scope(GENERAL), Terms(NOW + timedelta(minutes=1)))
    finger.press("Liste des Z")
    finger.press("G000002")
    finger.press("Réunies (1)")
    finger.press("C1.1-000001")
    assert finger.sees("Ticket Z n° 1 · CAISSE 1/1")
    finger.press("Retour")
    assert finger.sees("Ticket Z n° 2 · GÉNÉRALE")


def correct(finger):
    finger.press("Liste des Z")
    finger.press("G000001")
    finger.press("Tiroirs")
    finger.press("Corriger le comptage")
    assert finger.sees("Tapez ce qui a été compté, puis le motif.")
    assert not finger.can_press("Corriger")
    finger.press("Compté en espèces")
    finger.press_keypad("10")
    finger.press("OK")
    assert finger.sees("Nouvel écart : 0,00 €")
    assert not finger.can_press("Corriger")
    finger.press("Motif de la correction")
    finger.press("Comptage mal tapé")
    finger.press("Corriger")


def test_a_count_typed_wrong_is_corrected_and_both_are_shown(home, finger):
    correct(finger)
    assert finger.sees("Compté à la clôture : 9,00 €. Corrigé : 10,00 €.")
    finger.press("OK")
    finger.press("Tiroirs")
    assert finger.sees("À la clôture")
    assert finger.sees("Corrigé")
    assert finger.sees("9,00 €")
    assert finger.sees("Juste")
    assert finger.sees("Comptage mal tapé")
    assert finger.sees("Erreur de rendu de monnaie")


def test_shares_that_do_not_make_the_count_keep_it_from_being_taken(home, finger):
    finger.press("Liste des Z")
    finger.press("G000001")
    finger.press("Tiroirs")
    finger.press("Corriger le comptage")
    finger.press("Motif de la correction")
    finger.press("Comptage mal tapé")
    for field, euros in (
        ("Compté en espèces", "10"),
        ("Fond laissé", "8"),
        ("Remise en banque", "3"),
    ):
        finger.press(field)
        finger.press_keypad(euros)
        finger.press("OK")
    assert finger.sees("Fond + remise = 11,00 €, mais compté = 10,00 €")
    assert not finger.can_press("Corriger")
    finger.press("Remise en banque")
    finger.press_keypad("2")
    finger.press("OK")
    assert finger.sees("Nouvel écart : 0,00 €")
    assert finger.can_press("Corriger")


def test_a_manager_is_asked_once_there_is_one(home, finger, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Zoé", "responsable", NOW)
        users.set_pin(shop, "Zoé", "4826", NOW)
    correct(finger)
    assert finger.sees("Corriger un comptage demande un responsable.")
    finger.press_keypad("4826")
    finger.press("Valider")
    assert finger.sees("Comptage corrigé")
    finger.press("OK")
    finger.press("Tiroirs")
    assert finger.sees("par Zoé")


def test_a_correction_on_the_way_is_not_lost_by_a_slip(home, finger):
    finger.press("Liste des Z")
    finger.press("G000001")
    finger.press("Tiroirs")
    finger.press("Corriger le comptage")
    finger.press("Compté en espèces")
    finger.press_keypad("10")
    finger.press("OK")
    finger.press("Retour")
    assert finger.sees("Quitter sans enregistrer la correction ?")
    finger.press("Rester")
    assert finger.sees("10,00 €")


# --- the month --------------------------------------------------------------------------------


def test_the_recap_of_a_month(home, finger, program):
    with program.open_shop() as shop:
        close(shop, Scope(GENERAL), Terms(NOW))
        sell(shop, ticket("2,00", number="46", at="2026-12-01T09:00"))
        close(shop, Scope(GENERAL), Terms(at("2026-12-01")))
    finger.press("Récapitulatif du mois")
    assert finger.sees("Décembre 2026")
    assert finger.sees("Mois en cours") or finger.sees("Mois terminé")
    finger.press("Choisir le mois")
    finger.press("novembre 2026")
    assert finger.sees("Novembre 2026")
    assert finger.sees("Novembre 2026 · écart de caisse : −1,00 €")
    assert finger.sees("Mois clôturé : M2026-11")
    assert finger.sees("non compté")
    finger.press("Essentiel")
    assert finger.sees("70,00 €")
    finger.press("Journées")
    finger.press("ven. 20/11/2026")
    assert finger.sees("Ticket Z n° 1 · GÉNÉRALE")


def test_no_month_yet(shell, program, finger):
    with program.open_shop(create=True) as shop:
        sell(shop, ticket(at=f"{TODAY}T09:00"))
    shell.nav.start(HomeScreen)
    finger.press("Récapitulatif du mois")
    assert finger.sees("Aucune clôture GÉNÉRALE encore")
