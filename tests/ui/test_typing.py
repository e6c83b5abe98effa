"""What is typed, by touch or by hand: keypad, keyboard, fields and the panels they open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.ui.widgets.entry_sheets import ask_amount, ask_code, ask_text
from app.ui.widgets.field import AmountField, NumberField, TextField
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.typed_number import TypedNumber


@pytest.fixture
def program():
    """These tests need no shop."""
    return SimpleNamespace()


def typed(number: TypedNumber, keys: str) -> TypedNumber:
    for key in keys:
        number.press(key)
    return number


# --- what is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "shown", "cents"),
    [
        ("", "", None),
        ("1", "1 €", 100),
        ("123,4", "123,4 €", 12340),
        ("123.45", "123,45 €", 12345),
        ("1234567,89", "1 234 567,89 €", 123456789),
        ("123,456", "123,45 €", 12345),  # a third decimal is no key
        ("1,2,3", "1,23 €", 123),
        (",5", "0,5 €", 50),
        ("007", "7 €", 700),
        ("0", "0 €", 0),
        ("12345678", "1 234 567 €", 123456700),  # seven figures at most
    ],
)
def test_an_amount_as_it_is_typed(keys, shown, cents):
    number = typed(TypedNumber(), keys)
    assert number.shown.replace("\u202f", " ").replace("\u00a0", " ") == shown
    assert number.cents == cents


def test_erasing_one_figure_or_everything():
    number = typed(TypedNumber(), "12,3")
    number.press("back")
    assert number.text == "12,"
    assert number.cents == 1200
    number.press("clear")
    assert number.cents is None


def test_the_first_key_replaces_an_amount_already_known():
    number = TypedNumber.of_cents(98785)
    assert number.cents == 98785
    assert typed(number, "5").cents == 500


def test_erasing_an_amount_already_known_keeps_its_other_figures():
    number = TypedNumber.of_cents(98785)
    number.press("back")
    assert number.cents == 98780


def test_a_secret_code_keeps_its_zeros_and_shows_dots():
    number = typed(TypedNumber.code(6), "0042")
    assert number.text == "0042"
    assert number.shown == "••••"


def test_a_quantity_has_no_comma():
    assert typed(TypedNumber.of_number(None), "1,2").number == 12


# --- keypad, keyboard, fields -----------------------------------------------------------------


def test_the_keypad_writes_by_touch_and_by_the_physical_keyboard(bench, finger):
    number, shown = TypedNumber(), []
    pad = Keypad(bench.body, number, lambda: shown.append(number.shown))
    pad.pack()
    finger.press_keypad("12,5")
    finger.type(".")  # a second comma: nothing
    finger.type("0")
    assert number.cents == 1250
    finger.key("BackSpace")
    assert number.cents == 1250  # 12,5
    finger.press("C")
    assert number.cents is None
    assert shown[-1] == ""


def test_a_field_opens_its_keypad_and_takes_the_amount(bench, finger):
    taken = []
    field = AmountField(bench.body, "Fond de caisse", None, taken.append)
    field.pack()
    finger.press("Fond de caisse")
    finger.press_keypad("150")
    finger.press("OK")
    assert taken == [15000]
    assert finger.sees("150,00 €")


def test_a_field_shows_what_is_known_already(bench, finger):
    for field in (
        AmountField(bench.body, "Fond", 15000),
        AmountField(bench.body, "Remise", None, empty="Pas de montant"),
        NumberField(bench.body, "Tickets", 0),
        TextField(bench.body, "Nom", "L'Épi d'or"),
    ):
        field.pack(fill="x")
    for words in ("150,00 €", "Pas de montant", "0", "L'Épi d'or"):
        assert words in finger.texts()


def test_a_text_longer_than_its_field_ends_with_three_dots(bench, finger):
    TextField(bench.body, "Nom", "Boulangerie " * 20).pack(fill="x")
    assert any(text.startswith("Boulangerie") and text.endswith("…") for text in finger.texts())


def test_signs_and_rare_letters_are_on_the_other_side_of_the_keyboard(bench, finger):
    taken = []
    ask_text(bench, "Adresse", "", taken.append)
    finger.press("a")
    finger.press("@")
    finger.press("Signes")
    for key in "ïœ/&":
        finger.press(key)
    finger.press("Lettres")
    finger.press("Maj")
    finger.press("B")
    finger.press("OK")
    assert taken == ["a@ïœ/&B"]


def test_a_code_has_neither_comma_nor_double_zero(bench, finger):
    ask_code(bench, "Code", lambda code: None)
    assert finger.can_press("0")
    assert not finger.can_press("00")
    assert not finger.can_press(",")


def test_abandon_and_escape_leave_a_field_as_it_was(bench, finger):
    field = AmountField(bench.body, "Fond de caisse", 5000)
    field.pack()
    for leave in (lambda: finger.press("Abandon"), lambda: finger.key("Escape")):
        finger.press("Fond de caisse")
        finger.press("7")
        leave()
        assert field.value == 5000
        assert bench.shell.nav.current is bench


def test_a_field_works_with_the_keyboard_alone(bench, finger):
    field = NumberField(bench.body, "Postes", None)
    field.pack()
    field.button.focus_set()
    finger.key("Return")
    finger.type("12")
    finger.key("Return")
    assert field.value == 12
    assert bench.done == []  # Return ended the entry, and nothing else
    assert bench.focus_get() is field.button


def test_the_keyboard_on_screen_writes_accents_and_capitals(bench, finger):
    field = TextField(bench.body, "Nom", "")
    field.pack()
    finger.press("Nom")
    finger.press("Maj")
    for key in "Été":
        finger.press(key)
    finger.press("Espace")
    finger.press("@")
    finger.press("Effacer")
    finger.press("z")
    finger.press("OK")
    assert field.value == "Été z"


def test_a_text_is_never_longer_than_its_maximum(bench, finger):
    taken = []
    ask_text(bench, "SIRET", "", taken.append, maximum=5)
    finger.type("1234567")
    finger.key("Return")
    assert taken == ["12345"]


def test_a_secret_text_is_not_on_screen(bench, finger):
    ask_text(bench, "Mot de passe", "secret", lambda text: None, secret=True)
    assert not finger.sees("secret")
    assert finger.sees("••••••")


def test_a_code_is_asked_by_dots(bench, finger):
    taken = []
    ask_code(bench, "Code", taken.append)
    finger.press_keypad("0042")
    assert finger.sees("••••")
    finger.press("OK")
    assert taken == ["0042"]


def test_an_amount_erased_is_none(bench, finger):
    taken = []
    ask_amount(bench, "Total", 1200, taken.append)
    finger.press("C")
    finger.press("OK")
    assert taken == [None]
