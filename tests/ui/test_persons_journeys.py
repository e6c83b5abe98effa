"""Persons at the kiosk: PINs asked, wrong ones made to wait, the recovery sheet, the list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services import users
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from tests.ui.conftest import NOW

PIN, OTHER = "4826", "7391"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


class Asking(Screen):
    """A screen with one thing that only a manager may do."""

    def __init__(self, parent, shell):
        super().__init__(parent, shell, title="Caisse")
        self.main_action("Corriger", self._ask)

    def _ask(self):
        ask_pin(
            self.shell,
            users.MANAGER,
            "Un responsable est demandé",
            lambda name: self.set_title(f"Corrigé par {name or 'personne'}"),
            reason="Corriger un comptage demande un responsable.",
        )


@pytest.fixture
def asking(shell, program):
    with program.open_shop(create=True) as shop:
        users.add_user(shop, "Zoé", "caissier", NOW)
    shell.nav.start(Asking)
    return shell


@pytest.fixture
def manager(asking, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", "responsable", NOW)
        users.set_pin(shop, "Anne", PIN, NOW)


def test_nothing_is_asked_until_a_manager_has_a_pin(asking, finger):
    finger.press("Corriger")
    assert finger.sees("Corrigé par personne")


def test_the_right_pin_goes_on_and_gives_the_name(asking, manager, finger):
    finger.press("Corriger")
    assert finger.sees("Code d'Anne")
    assert not finger.can_press("Valider")
    finger.press_keypad(PIN)
    assert finger.sees("••••")
    finger.press("Valider")
    assert finger.sees("Corrigé par Anne")


def test_abandon_does_nothing(asking, manager, finger):
    finger.press("Corriger")
    finger.press("Abandon")
    assert finger.sees("Caisse")
    assert not finger.sees("Corrigé")


def test_a_pin_can_be_typed_on_the_physical_keyboard(asking, manager, finger):
    finger.press("Corriger")
    finger.type(PIN)
    finger.key("Return")
    assert finger.sees("Corrigé par Anne")


def test_three_wrong_pins_wait_with_a_countdown_then_the_right_one(
    asking, manager, finger, clock, window
):
    finger.press("Corriger")
    for _ in range(2):
        finger.press_keypad(OTHER)
        finger.press("Valider")
        assert finger.sees("Code faux.")
        assert not finger.sees("••••")
    finger.press_keypad(OTHER)
    finger.press("Valider")
    assert finger.sees("Attendez 30 s")
    assert finger.sees("Trop de codes faux.")
    clock.forward(12)
    tick(window)
    assert finger.sees("Attendez 18 s")
    assert not any(finger.can_press(key) for key in PIN)
    finger.type(PIN)
    assert not finger.sees("••••")
    assert not finger.can_press("Valider")
    clock.forward(20)
    tick(window)
    assert finger.sees("Vous pouvez réessayer.")
    assert not finger.sees("Attendez")
    finger.press_keypad(PIN)
    finger.press("Valider")
    assert finger.sees("Corrigé par Anne")


def test_coming_back_does_not_shorten_the_wait(asking, manager, finger, clock, program):
    with program.open_shop() as shop:
        for _ in range(3):
            with pytest.raises(users.WrongPin):
                users.check_pin(shop, "Anne", OTHER, clock())
    clock.forward(10)
    finger.press("Corriger")
    assert finger.sees("Attendez 20 s")


def test_among_several_managers_one_says_who_one_is(asking, manager, finger, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Bruno", "support", NOW)
        users.set_pin(shop, "Bruno", OTHER, NOW)
    finger.press("Corriger")
    assert finger.sees("Touchez d'abord votre nom")
    assert not finger.sees("Zoé")
    finger.press("Bruno")
    finger.press_keypad(OTHER)
    finger.press("Valider")
    assert finger.sees("Corrigé par Bruno")


def test_a_forgotten_pin_is_chosen_anew_with_the_recovery_sheet(asking, manager, finger, program):
    with program.open_shop() as shop:
        code = users.new_recovery_code(shop, NOW)
    finger.press("Corriger")
    finger.press("Code oublié")
    finger.type(code.lower())
    finger.press("OK")
    finger.press_keypad("1234")
    finger.press("Continuer")
    assert finger.sees("Ce code se devine")
    finger.press_keypad(OTHER)
    finger.press("Continuer")
    finger.press_keypad(PIN)
    finger.press("Enregistrer")
    assert finger.sees("Les deux codes ne sont pas les mêmes")
    for _ in range(2):
        finger.press_keypad(OTHER)
        finger.press("Continuer" if finger.can_press("Continuer") else "Enregistrer")
    assert finger.sees("Nouveau code enregistré")
    finger.press("OK")
    assert finger.sees("Corrigé par Anne")
    with program.open_shop() as shop:
        assert users.check_pin(shop, "Anne", OTHER, NOW)["name"] == "Anne"
        assert not users.has_recovery_code(shop)


@pytest.mark.parametrize("gone", [("pins",), ("pins", "users")])
def test_a_lost_file_of_pins_opens_nothing_and_the_sheet_gives_a_new_one(
    asking, manager, finger, program, gone
):
    with program.open_shop() as shop:
        code = users.new_recovery_code(shop, NOW)
        for name in gone:
            shop.documents.path(name).unlink()
    finger.press("Corriger")
    assert finger.sees("Les codes ont disparu de ce poste")
    finger.press_keypad(PIN)
    finger.press("Valider")
    assert finger.sees("Code perdu")
    assert not finger.sees("Corrigé par personne")
    finger.press("Code oublié")
    finger.type(code.lower())
    finger.press("OK")
    for _ in range(2):
        finger.press_keypad(OTHER)
        finger.press("Continuer" if finger.can_press("Continuer") else "Enregistrer")
    finger.press("OK")
    assert finger.sees("Corrigé par Anne")


def test_without_a_sheet_the_panel_is_left_and_nothing_is_done(asking, manager, finger, program):
    with program.open_shop() as shop:
        shop.documents.path("pins").unlink()
    finger.press("Corriger")
    assert finger.sees("« users pin » sur ce PC")
    finger.press("Code oublié")
    assert finger.sees("Il n'y a pas de fiche de secours")
    finger.press("OK")
    finger.press("Abandon")
    assert not finger.sees("Corrigé par")
    with program.open_shop() as shop:
        users.set_pin(shop, "Anne", OTHER, NOW)
    finger.press("Corriger")
    finger.press_keypad(OTHER)
    finger.press("Valider")
    assert finger.sees("Corrigé par Anne")


def test_a_wrong_recovery_code_is_told(asking, manager, finger, program):
    with program.open_shop() as shop:
        users.new_recovery_code(shop, NOW)
    finger.press("Corriger")
    finger.press("Code oublié")
    finger.type("aaaa")
    finger.press("OK")
    finger.press_keypad(OTHER)
    finger.press("Continuer")
    finger.press_keypad(OTHER)
    finger.press("Enregistrer")
    assert finger.sees("Code faux.")
    finger.press("OK")
    assert finger.sees("Code d'Anne")


def tick(window):
    """Let the countdown tick once."""
    done = []
    window.after(300, lambda: done.append(True))
    while not done:
        window.tk.dooneevent(0)


# --- the list of persons ----------------------------------------------------------------------


@pytest.fixture
def people(shell, program):
    with program.open_shop(create=True) as shop:
        users.add_user(shop, "Zoé", "caissier", NOW)
    from app.ui.screens.users import UsersScreen

    shell.nav.start(UsersScreen)
    return shell


def known(program):
    with program.open_shop() as shop:
        return {u["name"]: (u["role"], u["pin"]) for u in users.list_users(shop)}


def give_pin(finger, pin):
    for word in ("Continuer", "Enregistrer"):
        finger.press_keypad(pin)
        finger.press(word)


def test_a_manager_is_added_with_a_code_and_a_recovery_sheet(people, finger, program):
    finger.press("Ajouter une personne")
    assert not finger.can_press("Ajouter")
    finger.press("Nom")
    finger.type("Anne")
    finger.press("OK")
    finger.press("Responsable")
    finger.press("Ajouter")
    finger.press("Donner un code")
    give_pin(finger, PIN)
    assert finger.sees("Fiche de secours")
    finger.press("C'est noté")
    finger.press("Oui, c'est recopié")
    assert finger.sees("Un code est enregistré")
    finger.press("Retour")
    assert finger.sees("Responsable")
    assert known(program) == {"Anne": ("responsable", True), "Zoé": ("caissier", False)}
    with program.open_shop() as shop:
        assert users.has_recovery_code(shop)


def test_the_same_person_twice_is_refused(people, finger):
    finger.press("Ajouter une personne")
    finger.press("Nom")
    finger.type("Zo")
    finger.press("é")
    finger.press("OK")
    finger.press("Ajouter")
    assert finger.sees("Ce n'est pas possible")


def test_a_role_is_changed_and_a_person_taken_off(people, finger, program):
    finger.press("Zoé")
    finger.press("Support")
    assert known(program)["Zoé"] == ("support", False)
    finger.press("Retirer cette personne")
    finger.press("Retirer")
    assert known(program) == {}
    assert finger.sees("Personne encore.")


def test_the_last_manager_stays(people, finger, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", "responsable", NOW)
    people.nav.reload()
    finger.press("Anne")
    finger.press("Caissier")
    assert finger.sees("seul responsable")
    finger.press("OK")
    assert known(program)["Anne"] == ("responsable", False)


def test_a_new_recovery_sheet_is_shown_once(people, finger, program):
    finger.press("Nouvelle fiche de secours")
    finger.press("Faire la fiche")
    assert finger.sees("il ne sera plus jamais montré")
    finger.press("C'est noté")
    finger.press("Oui, c'est recopié")
    with program.open_shop() as shop:
        assert users.has_recovery_code(shop)
