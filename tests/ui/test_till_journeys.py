"""« Ajouter une caisse » with a finger: files chosen, totals compared, columns put right, kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.settings import value_of
from app.services import users
from app.services.browse import Browse
from app.services.settings import change_settings, load_settings
from app.store.browsing import ListedPlace, list_folder
from app.ui.screens.home import HomeScreen
from tests.formats.till_samples import write_samples
from tests.ui.conftest import NOW

PIN = "4826"


@pytest.fixture
def usb(tmp_path):
    """A USB stick with a till's exports on it."""
    folder = tmp_path / "USB"
    folder.mkdir()
    return folder


@pytest.fixture
def program(program, usb):
    places = [ListedPlace(str(usb), "Clé USB", "removable", 3_400_000_000)]
    return replace(program, browse=Browse(lambda: places, list_folder))


@pytest.fixture
def kiosk(shell, program):
    """A new shop, on « Accueil »."""
    with program.open_shop(create=True) as shop:
        change_settings(shop, {"shop.name": "Chez Anne"}, NOW)
    shell.nav.start(HomeScreen)
    return shell


def choose(finger, name, word="Choisir un fichier"):
    finger.press(word)
    finger.press("Clé USB")
    finger.press(name)


def start(finger, *names):
    finger.press("Tickets")
    finger.press("Ajouter une caisse")
    choose(finger, names[0])
    for name in names[1:]:
        choose(finger, name, "Ajouter un fichier")
    finger.press("Continuer")


def saved(program, name):
    return json.loads((program.folder / "profiles" / f"{name}.json").read_text("utf-8"))


def test_a_till_is_added_its_total_compared_and_its_tickets_taken(kiosk, finger, usb, program):
    write_samples(usb, "logics")
    finger.press("Tickets")
    finger.press("Ajouter une caisse")
    assert finger.sees("Étape 1 sur 3")
    assert finger.sees("exportez les ventes d'une journée, en CSV ou en Excel")
    choose(finger, "ventes.csv")
    assert finger.sees("Les règlements sont dans un autre fichier ? Ajoutez-le aussi.")
    finger.press("Continuer")
    assert finger.sees("Étape 2 sur 3 : vérifier ventes.csv")
    assert finger.sees("3 tickets pour 8,00 €, le jeudi 5 mars 2026")
    assert finger.sees("Le jour et le mois peuvent s'échanger")
    assert finger.sees("tout ira à « Inconnu »")
    finger.press("Totaux")
    finger.press("jeu. 05/03/2026 3 8,00 €")
    finger.type("8,00")
    finger.press("OK")
    assert finger.sees("0,00 €")
    finger.press("Tickets", nth=0)
    assert finger.sees("PUZZLE, BALLE")
    finger.press("Continuer")
    assert finger.sees("Étape 3 sur 3")
    assert not finger.sees("Aucun total n'a été comparé")
    assert not finger.can_press("Enregistrer")
    finger.press("Nom de cette caisse")
    finger.type("Caisse du bar")
    finger.press("OK")
    assert finger.sees("Nom du profil : caisse-du-bar")
    finger.press("Oui")
    finger.press("Enregistrer")
    assert finger.sees("La caisse « Caisse du bar » est ajoutée")
    assert saved(program, "caisse-du-bar")["columns"]["total"] == "Total TTC"
    with program.open_shop() as shop:
        assert value_of(load_settings(shop), "tickets.profile") == "caisse-du-bar"
    finger.press("Voir les tickets")
    assert finger.sees("3 tickets pour 8,00 €")
    finger.press("Prendre ces tickets")
    assert finger.sees("3 tickets pris.")
    with program.open_shop() as shop:
        assert shop.ledger.open == {"2026-03-05": {"1/1": 3}}


def test_a_total_that_differs_is_seen_and_none_is_told(kiosk, finger, usb):
    write_samples(usb, "logics")
    start(finger, "ventes.csv")
    finger.press("Totaux")
    finger.press("jeu. 05/03/2026")
    finger.type("8,50")
    finger.press("OK")
    assert finger.sees("+0,50 €")
    finger.press("jeu. 05/03/2026")
    for _ in range(4):
        finger.press("Effacer")
    finger.press("OK")
    finger.press("Continuer")
    assert finger.sees("Aucun total n'a été comparé avec la caisse")


def test_a_column_is_put_right_and_the_choice_taken_back(kiosk, finger, usb):
    write_samples(usb, "logics")
    start(finger, "ventes.csv")
    finger.press("Colonnes")
    finger.press("Total de la ligne")
    assert finger.sees("Num_Ticket, par exemple 801")
    finger.press("Page suivante", nth=-1)  # of the panel
    finger.press("Montant TVA, par exemple 0.75")
    assert finger.sees("3 tickets pour 1,05 €")  # 0,75 + 0,25 + 0,13 - 0,08
    finger.press("Date", nth=0)
    finger.press("Article, par exemple PUZZLE")
    assert finger.sees("la colonne « Article » ne donne pas de date (« PUZZLE »)")
    assert not finger.can_press("Continuer")
    finger.press("Annuler ce choix")
    assert finger.sees("3 tickets pour 1,05 €")


def test_totals_without_tax_are_known_by_their_tax(kiosk, finger, usb):
    write_samples(usb, "logics")
    start(finger, "ventes.csv")
    finger.press("Colonnes")
    finger.press("Total de la ligne")
    finger.press("Total HT, par exemple 3.75")
    assert finger.sees("3 tickets pour 8,00 €")
    finger.press("Choix")
    assert finger.sees("hors taxe")


def test_a_word_that_nobody_knows_is_asked_for(kiosk, finger, usb):
    text = "Date;Ticket;Article;Total;Sens\n2026-03-05 10:00;1;Thé;3,00;Vte\n"
    text += "2026-03-05 11:00;2;Thé;3,00;Rbt\n"
    (usb / "salon.csv").write_text(text, encoding="utf-8")
    start(finger, "salon.csv")
    finger.press("Colonnes")
    finger.press("Page suivante")
    finger.press("Vente ou remboursement")
    finger.press("Sens, par exemple Vte")
    assert finger.sees("Aucun ticket ne se lit")
    finger.press("À vérifier")
    assert finger.sees("Dans la colonne « Sens », dites si « Vte », « Rbt » est une vente")
    for word, answer in (("Vte", "une vente"), ("Rbt", "un remboursement")):
        finger.press("Choix")
        finger.press(f"« {word} » veut dire")
        finger.press(answer)
    assert finger.sees("2 tickets pour 0,00 €, le jeudi 5 mars 2026")


def test_payments_of_a_second_file(kiosk, finger, usb, program):
    write_samples(usb, "loyverse")
    start(finger, "receipts_by_item.csv", "receipts.csv")
    assert finger.sees("3 tickets pour 15,50 €, le vendredi 13 mars 2026")
    finger.press("Continuer")
    finger.press("Nom de cette caisse")
    finger.type("Comptoir")
    finger.press("OK")
    finger.press("Enregistrer")
    finger.press("Voir les tickets")
    assert finger.sees("receipts_by_item.csv + 1")
    finger.press("Prendre ces tickets")
    assert finger.sees("3 tickets pris.")
    with program.open_shop() as shop:
        assert value_of(load_settings(shop), "tickets.profile") == "journal"


def test_amounts_in_dollars_are_told_to_be_counted_as_euros(kiosk, finger, usb):
    write_samples(usb, "square")
    start(finger, "items.csv", "transactions.csv")
    finger.press("À vérifier")
    assert finger.sees("Tickets aux montants en $, comptés comme des euros : 4")


def test_files_that_do_not_go_together_and_one_taken_out(kiosk, finger, usb):
    write_samples(usb, "loyverse")
    write_samples(usb, "logics")
    start(finger, "ventes.csv", "receipts_by_item.csv")
    assert finger.sees("Ces fichiers ne vont pas ensemble : ventes.csv, receipts_by_item.csv")
    assert not finger.can_press("Continuer")
    finger.press("Autres fichiers")
    finger.press("receipts_by_item.csv")
    finger.press("Retirer")
    finger.press("Continuer")
    assert finger.sees("3 tickets pour 8,00 €")


def test_payments_of_other_days_than_the_sales_are_told(kiosk, finger, usb):
    write_samples(usb, "loyverse")
    write_samples(usb, "logics")
    start(finger, "ventes.csv", "receipts.csv")
    assert finger.sees("3 lignes ne se lisent pas")
    finger.press("À vérifier")
    assert finger.sees("le ticket 1-0104 du 13/03/2026 n'est pas dans le fichier des ventes")


def test_a_name_that_is_taken(kiosk, finger, usb, program):
    write_samples(usb, "logics")
    for answer in ("Remplacer", "Abandon"):
        start(finger, "ventes.csv")
        finger.press("Continuer")
        finger.press("Nom de cette caisse")
        finger.type("Bar")
        finger.press("OK")
        finger.press("Enregistrer")
        if finger.sees("Remplacer la caisse « Bar » ?"):
            finger.press(answer)
        if finger.sees("est ajoutée"):
            finger.press("Plus tard")
    assert finger.sees("Étape 3 sur 3")
    finger.press("Nom de cette caisse")
    for _ in "Bar":
        finger.press("Effacer")
    finger.type("logics")
    finger.press("OK")
    finger.press("Enregistrer")
    assert finger.sees("est le nom d'une caisse que le programme connaît déjà")
    finger.press("OK")
    assert [path.name for path in (program.folder / "profiles").iterdir()] == ["bar.json"]


def test_a_manager_is_asked_for_and_named(kiosk, finger, usb, program):
    write_samples(usb, "logics")
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", users.MANAGER, NOW, "")
        users.set_pin(shop, "Anne", PIN, NOW, "")
    finger.press("Tickets")
    finger.press("Ajouter une caisse")
    finger.type(f"{PIN}\n")
    choose(finger, "ventes.csv")
    finger.press("Continuer")
    finger.press("Continuer")
    finger.press("Nom de cette caisse")
    finger.type("Bar")
    finger.press("OK")
    finger.press("Enregistrer")
    finger.press("Plus tard")
    with program.open_shop() as shop:
        events = list(shop.latest_events("till_added", 1))
    assert [(event["by"], event["detail"]["profile"]) for event in events] == [("Anne", "bar")]


def test_the_second_file_is_added_by_hand(kiosk, finger, usb, program):
    """A bundled profile whose payments are apart: what is missing is said before it is taken."""
    write_samples(usb, "loyverse")
    finger.press("Tickets")
    choose(finger, "receipts_by_item.csv", "Importer un fichier")
    finger.press("Profil du fichier")
    finger.press("Loyverse")
    assert finger.sees("Les règlements sont dans un autre fichier")
    assert finger.sees("2 tickets pour 8,50 €")
    finger.press("Ajouter ce fichier")
    finger.press("receipts.csv")
    assert finger.sees("3 tickets pour 15,50 €")
    assert not finger.sees("Les règlements sont dans un autre fichier")
    finger.press("Prendre ces tickets")
    assert finger.sees("3 tickets pris.")
