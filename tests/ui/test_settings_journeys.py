"""« Paramètres »: settings changed by a finger and seen by the services, copied, refused."""

from __future__ import annotations

import json

import pytest

from app.domain.settings import idle_minutes_of, list_of, value_of, vat_table_of
from app.services import users
from app.services.secrets import secret_of
from app.services.settings import change_settings, load_settings
from app.ui.screens.settings_copy import SettingsCopyScreen
from app.ui.screens.settings_preview import SettingsPreviewScreen
from app.ui.screens.settings_tree import SettingsScreen
from app.ui.setting_editors import edit
from app.ui.shop_look import take_look
from tests.ui.conftest import NOW

PIN = "4826"


@pytest.fixture
def kiosk(shell, program, window):
    """A shop with its settings on view."""
    with program.open_shop(create=True) as shop:
        change_settings(shop, {"shop.name": "Chez Anne"}, NOW)
    shell.nav.start(SettingsScreen)
    yield shell
    window.lock_when_idle(0, lambda: None)
    window.set_text_size("A")
    window.show_shop("")


def kept(program, key):
    with program.open_shop() as shop:
        return value_of(load_settings(shop), key)


def test_the_tree_has_the_pages_of_the_till_software_and_no_empty_one(kiosk, finger):
    for words in ("Édition clôture", "Interfaces", "Taux de TVA", "Postes et tiroirs"):
        assert finger.can_press(words)
    for words in ("Règlements", "Utilisateurs", "Boutique", "Support", "Affichage"):
        assert finger.can_press(words)


def test_a_text_is_typed_and_the_bar_says_it(kiosk, finger, program):
    finger.press_on_a_page("Boutique")
    finger.press("Nom de la boutique")
    for _ in range(len("Chez Anne")):
        finger.press("Effacer")
    finger.type("Au bon pain")
    finger.press("OK")
    assert finger.sees("Enregistré")
    assert kept(program, "shop.name") == "Au bon pain"
    assert finger.sees("Au bon pain")


def test_a_wrong_value_is_told_beside_its_field_and_not_kept(kiosk, finger, program):
    finger.press_on_a_page("Boutique")
    finger.press("SIRET")
    finger.type("12345678900012")
    finger.press("OK")
    assert kept(program, "shop.siret") == "12345678900012"
    finger.press("SIRET")
    finger.type("3")
    finger.press("OK")
    assert finger.sees("Le SIRET a 14 chiffres, vous en avez tapé 15.")
    assert kept(program, "shop.siret") == "12345678900012"
    finger.press("SIRET")
    assert finger.sees("123456789000123|")
    finger.key("BackSpace")
    finger.press("OK")
    assert finger.sees("Enregistré")
    assert kept(program, "shop.siret") == "12345678900012"
    finger.press("Retour")


def test_a_day_that_is_none_is_told(kiosk, finger, program):
    finger.press_on_a_page("Édition clôture")
    finger.press("Fin de l'exercice")
    finger.press("Mois : moins")
    assert finger.sees("novembre")
    finger.press("OK")
    assert finger.sees("ne convient pas pour Fin de l'exercice")
    assert kept(program, "closing.year_end") == "12-31"
    finger.press("Fin de l'exercice")
    finger.press("Mois : plus")
    finger.press("Jour : moins")
    finger.press("OK")
    assert finger.sees("30 janvier")
    assert kept(program, "closing.year_end") == "01-30"


def test_an_hour_an_amount_and_a_choice(kiosk, finger, program):
    finger.press_on_a_page("Édition clôture")
    finger.press("Heure de changement de journée")
    finger.press("Heure : moins")
    finger.press("Minutes : plus")
    finger.press("OK")
    assert kept(program, "closing.day_change") == "04:05"
    assert finger.sees("4 h 05")
    finger.press("Écart de caisse qui demande un responsable")
    finger.press_keypad("25,5")
    finger.press("OK")
    assert kept(program, "closing.difference_limit") == 2550
    finger.press("Retour")
    finger.press_on_a_page("Boutique")
    finger.press("Rôle de ce poste")
    finger.press("Back-office")
    assert finger.sees("Seule la caisse maître clôture et sauvegarde.")
    finger.press("Abandon")
    assert kept(program, "shop.role") == "master"
    finger.press("Rôle de ce poste")
    finger.press("Back-office")
    finger.press("Changer le rôle")
    assert kept(program, "shop.role") == "back_office"


def test_the_profile_is_chosen_among_those_there_are(kiosk, finger, program):
    finger.press_on_a_page("Interfaces")
    finger.press("Profil d'import des tickets")
    finger.press("Boulangerie : export CSV, une ligne par article")
    assert kept(program, "tickets.profile") == "boulangerie"


def test_drawers_are_added_by_till_and_taken_away(kiosk, finger, program):
    finger.press_on_a_page("Postes et tiroirs")
    finger.press("Tiroirs-caisses de la boutique")
    finger.press("Ajouter un poste")
    finger.type("2")
    finger.press("OK")
    finger.press("Ajouter un tiroir")
    finger.press("1/1 poste 1, tiroir 1")
    finger.press("Retirer")
    finger.press("OK")
    assert kept(program, "tills.drawers") == ["2/1", "2/2"]
    assert finger.sees("2/1, 2/2")


def test_the_vat_table_shows_its_coefficients_and_a_rate_is_typed(kiosk, finger, program):
    finger.press_on_a_page("Taux de TVA")
    assert finger.sees("1,0550")
    finger.press("TVA 9 — 0,00 % —")
    finger.press("Taux")
    finger.press_keypad("8,5")
    finger.press("OK")
    assert finger.sees("8,50 %")
    finger.press("Retour")
    finger.key("Next")
    assert finger.sees("1,0850")
    with program.open_shop() as shop:
        assert (850, "goods") in vat_table_of(load_settings(shop))


def test_tenders_are_shown(kiosk, finger):
    finger.press_on_a_page("Règlements")
    assert finger.sees("Titre-restaurant")


def test_a_managers_code_is_asked_once_a_visit(kiosk, finger, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", "responsable", NOW)
        users.set_pin(shop, "Anne", PIN, NOW)
    finger.press_on_a_page("Boutique")
    assert finger.sees("Les réglages demandent le code d'un responsable.")
    finger.press_keypad(PIN)
    finger.press("Valider")
    finger.press("SIRET")
    finger.type("1")
    finger.press("OK")
    finger.press("Retour")
    finger.press_on_a_page("Édition clôture")
    assert finger.sees("Heure de changement de journée")
    with program.open_shop() as shop:
        records = [kept.record["body"] for kept in shop.records("setting")]
    assert records[-1]["by"] == "Anne"


def test_a_larger_size_is_taken_at_once_and_at_the_next_start(kiosk, finger, window):
    finger.press_on_a_page("Affichage")
    finger.press("Taille de l'affichage")
    finger.press("A++ : très grande")
    assert window.theme.text_size == "A++"
    assert finger.sees("A++ : très grande")
    window.set_text_size("A")
    take_look(kiosk)
    assert window.theme.text_size == "A++"


def test_the_idle_lock_asks_any_person_with_a_code(kiosk, finger, program, window):
    with program.open_shop() as shop:
        users.add_user(shop, "Zoé", "caissier", NOW)
        users.set_pin(shop, "Zoé", PIN, NOW)
    finger.press_on_a_page("Affichage")
    finger.press("Verrouiller l'écran")
    finger.press("Après 5 minutes")
    with program.open_shop() as shop:
        assert idle_minutes_of(load_settings(shop)) == 5
    assert window._idle[0] == 5 * 60
    from app.ui.idle_lock import lock

    lock(kiosk)
    assert finger.sees("Écran verrouillé")
    assert not finger.can_press("Abandon")
    finger.key("Escape")
    lock(kiosk)
    assert finger.sees("Écran verrouillé")
    finger.press_keypad(PIN)
    finger.press("Valider")
    assert finger.sees("Verrouiller l'écran")


def test_the_idle_lock_keeps_nobody_from_closing_when_the_pins_are_lost(kiosk, finger, program):
    """Nobody could undo it; what needs a person of a role asks for the sheet all the same."""
    from app.ui.idle_lock import lock
    from app.ui.pin import ask_pin

    with program.open_shop() as shop:
        users.add_user(shop, "Anne", "responsable", NOW)
        users.set_pin(shop, "Anne", PIN, NOW)
        shop.documents.path("pins").unlink()
    lock(kiosk)
    assert not finger.sees("Écran verrouillé")
    asked = []
    ask_pin(kiosk, users.MANAGER, "Un responsable est demandé", asked.append)
    assert finger.sees("Les codes ont disparu de ce poste")
    assert asked == []
    finger.press("Abandon")
    assert asked == []


def test_a_file_is_followed_and_no_longer(kiosk, finger, program, tmp_path):
    from app.ui.screens.settings_follow import FollowedFilesScreen

    path = str(tmp_path / "caisse.jsonl")
    finger.press_on_a_page("Interfaces")
    finger.press("Fichiers suivis en lecture seule")
    assert finger.can_press("Ajouter un fichier")
    kiosk.nav.go(FollowedFilesScreen, path=path)
    finger.press("Suivre")
    with program.open_shop() as shop:
        assert list_of(load_settings(shop), "tickets.follow") == [path]
    finger.press("caisse.jsonl")
    finger.press("Ne plus suivre")
    finger.press("Ne plus suivre", nth=0)
    with program.open_shop() as shop:
        assert list_of(load_settings(shop), "tickets.follow") == []


def test_a_template_goes_from_one_shop_to_another(kiosk, finger, program, tmp_path):
    with program.open_shop() as shop:
        change_settings(shop, {"closing.day_change": "03:00", "shop.siret": "123"}, NOW)
    finger.press_on_a_page("Copier les réglages")
    finger.press("Préparer un modèle pour une autre boutique")
    finger.press("Dossier d'export de ce poste")
    assert finger.sees("Le modèle est écrit")
    finger.press("OK")
    assert isinstance(kiosk.nav.current, SettingsCopyScreen)
    (file,) = (program.folder / "export").glob("cloture-modele-*.json")
    content = json.loads(file.read_text("utf-8"))["settings"]
    assert content["closing.day_change"] == "03:00"
    assert "shop.siret" not in content
    with program.open_shop() as shop:
        change_settings(shop, {"closing.day_change": "05:00", "shop.siret": "456"}, NOW)
    (program.folder / "export" / "ventes.csv").write_text("1;2", "utf-8")
    finger.press("Reprendre les réglages d'une autre boutique")
    finger.press("Boîte de réception")
    finger.press("Dossier au-dessus")
    finger.press("export/")
    assert not finger.sees("ventes.csv")
    finger.press(file.name)
    assert finger.sees("1 changement")
    assert finger.sees("3 h 00")
    finger.press("Reprendre ces réglages")
    finger.press("OK")
    assert kept(program, "closing.day_change") == "03:00"
    assert kept(program, "shop.siret") == "456"


def test_a_file_that_holds_no_settings_is_told(kiosk, finger, tmp_path):
    (tmp_path / "autre.json").write_text("[]", "utf-8")
    kiosk.nav.go(SettingsPreviewScreen, path=str(tmp_path / "autre.json"))
    assert finger.sees("Ce fichier ne convient pas")
    assert not finger.can_press("Reprendre ces réglages")
    finger.press("Choisir un autre fichier")
    assert finger.sees("Choisir un fichier de réglages")


def test_every_kind_of_setting_has_its_editor(kiosk, finger):
    from app.domain.settings import SETTINGS
    from app.services.settings_pages import page_lines

    with kiosk.program.open_shop() as shop:
        lines = [line for s in SETTINGS for line in page_lines(shop, s.tree) if line.key == s.key]
    seen = set()
    for line in lines:
        if line.kind not in seen and line.kind != "flag":
            seen.add(line.kind)
            edit(kiosk.window, line, lambda value: None)
            finger.press("Abandon")


def test_a_secret_is_typed_seen_as_dots_and_never_shown_again(
    kiosk, finger, program, secret_setting
):
    kiosk.nav.start(SettingsScreen)
    finger.press_on_a_page("Exact Online")
    finger.press("Secret")
    finger.type("abc123")
    assert finger.sees("••••••|")
    finger.press("OK")
    assert finger.sees("Enregistré")
    assert finger.sees("••••••••  (enregistré)")
    with program.open_shop() as shop:
        assert secret_of(shop, secret_setting.key) == "abc123"
    finger.press("Secret")
    assert not finger.sees("••")
    assert not finger.sees("abc123")


def test_a_secret_is_not_lost_by_an_ok_on_nothing(kiosk, finger, program, secret_setting):
    with program.open_shop() as shop:
        change_settings(shop, {secret_setting.key: "abc123"}, NOW)
    kiosk.nav.start(SettingsScreen)
    finger.press_on_a_page("Exact Online")
    finger.press("Secret")
    finger.press("OK")
    finger.press("Garder")
    assert finger.sees("••••••••  (enregistré)")
    finger.press("Secret")
    finger.press("OK")
    finger.press("Effacer")
    assert finger.sees("Non renseigné")
    with program.open_shop() as shop:
        assert secret_of(shop, secret_setting.key) == ""


def test_a_secret_of_another_pc_asks_to_be_typed_again(kiosk, finger, program, secret_setting):
    with program.open_shop() as shop:
        change_settings(shop, {secret_setting.key: "abc123"}, NOW)
        with shop.documents.open("secrets") as database:
            database.table("rows").update({"protection": "dpapi"})
    kiosk.nav.start(SettingsScreen)
    finger.press_on_a_page("Exact Online")
    assert finger.sees("À saisir de nouveau")
