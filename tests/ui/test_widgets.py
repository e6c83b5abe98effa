"""The widgets that show and choose: lists, areas, tiles, dates, counts, words."""

from __future__ import annotations

from _tkinter import DONT_WAIT
from datetime import date
from types import SimpleNamespace

import pytest

from app.ui.french import amount, count_of, long_date, signed_amount, typographic
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.count_cell import CountCell
from app.ui.widgets.date_picker import DateField
from app.ui.widgets.denominations import COINS, NOTES, Denominations
from app.ui.widgets.elided import elided
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.switch import Switch
from app.ui.widgets.tabs import Tabs


@pytest.fixture
def program():
    """These tests need no shop."""
    return SimpleNamespace()


# --- lists, areas -----------------------------------------------------------------------------


@pytest.fixture
def rows():
    return [Row(f"G{n:06d}", (f"Z n° {n}", f"{n},00 €")) for n in range(1, 31)]


@pytest.fixture
def listing(bench, rows, finger):
    bench.opened = []
    listing = PagedList(
        bench.body,
        [Column("Ticket", 2), Column("Total", 1, "e")],
        rows,
        bench.done.append,
        on_open=bench.opened.append,
    )
    listing.pack(fill="both", expand=True)
    finger.settle()
    return listing


def test_a_list_turns_its_pages_by_buttons(listing, finger):
    size = listing.page_size
    assert 5 <= size < 30
    assert not finger.can_press("Page précédente")
    finger.press("Page suivante")
    assert listing.shown[0].key == f"G{size + 1:06d}"
    finger.press("Page précédente")
    assert listing.shown[0].key == "G000001"


def test_a_tap_chooses_a_row_and_a_second_tap_opens_it(listing, finger, bench):
    finger.press("Z n° 2 2,00 €")
    assert bench.done == ["G000002"]
    assert bench.opened == []
    finger.press("Z n° 2 2,00 €")
    assert bench.opened == ["G000002"]


def test_a_touch_lands_on_the_row_under_it(listing, finger, bench):
    x, y = listing.row_centre("G000003")
    canvas = listing._canvas
    place = {"x": x - canvas.winfo_rootx(), "y": y - canvas.winfo_rooty()}
    canvas.event_generate("<ButtonPress-1>", **place)
    canvas.event_generate("<ButtonRelease-1>", **place)
    assert bench.done == ["G000003"]


def test_arrows_walk_through_the_pages_and_return_opens(listing, finger, bench):
    listing._canvas.focus_set()
    for _ in range(listing.page_size + 1):
        finger.key("Down")
    assert listing.selected == f"G{listing.page_size + 1:06d}"
    assert listing.shown[0].key == listing.selected
    finger.key("Return")
    assert bench.opened == [listing.selected]


def test_rows_are_tall_enough_for_a_finger(listing):
    assert listing.row_height >= 56


def test_other_rows_keep_the_choice_that_is_still_there(listing, rows):
    listing.select("G000002")
    listing.set_rows(rows[:5])
    assert listing.selected == "G000002"
    listing.set_rows(rows[5:])
    assert listing.selected is None


def test_an_empty_list_says_so(bench, finger):
    PagedList(bench.body, [Column("Ticket")], empty="Aucune clôture encore.").pack()
    assert finger.sees("Aucune clôture encore.")


def test_ten_thousand_rows_are_drawn_like_ten(bench, finger):
    many = [Row(str(n), (f"Z n° {n}",)) for n in range(10_000)]
    listing = PagedList(bench.body, [Column("Ticket")], many)
    listing.pack(fill="both", expand=True)
    finger.settle()
    assert len(listing._canvas.find_all()) <= 4 * listing.page_size


@pytest.mark.parametrize("room", [0, 30, 90, 200])
def test_a_text_too_long_is_cut_with_three_dots(room):
    long = "Établissements Bourguignon-Lefebvre & Fils, pâtisserie fine SA"
    shown = elided(long, room, lambda text: 5 * len(text))
    assert 5 * len(shown) <= max(room, 5)
    assert shown.endswith("…")


def test_the_mouse_wheel_turns_pages(bench, listing, finger):
    assert listing.shown[0].key == "G000001"
    listing._canvas.event_generate("<Button-5>")
    finger.settle()
    assert listing.shown[0].key != "G000001"
    listing._canvas.event_generate("<Button-4>")
    finger.settle()
    assert listing.shown[0].key == "G000001"


def test_a_list_to_read_has_nothing_to_choose(bench, rows, finger):
    listing = PagedList(bench.body, [Column("Ticket", 2), Column("Total", 1, "e")], rows)
    listing.pack(fill="both", expand=True)
    finger.settle()
    listing._canvas.event_generate("<ButtonRelease-1>", x=20, y=20)
    assert listing.selected is None


@pytest.mark.parametrize("width", range(700, 708))
def test_words_in_tiles_come_to_rest_whatever_the_width(bench, window, width):
    room = Box(bench.body)
    room.configure(width=width, height=400)
    room.pack_propagate(False)
    room.pack()
    area = PagedArea(room)
    area.pack(fill="both", expand=True)
    path = "/home/boutique/donnees-de-la-boulangerie/export/novembre/"
    choices = [Choice(str(n), f"Dossier {n}", path * n) for n in range(1, 5)]
    ChoiceTiles(area.inner, choices, print, columns=2).pack(fill="x")
    for _ in range(2000):
        if not window.tk.dooneevent(DONT_WAIT):
            break
    else:
        pytest.fail("the tiles never come to rest")


# --- choices ----------------------------------------------------------------------------------


def test_tiles_take_fewer_columns_where_a_word_would_be_broken(bench, finger):
    room = Box(bench.body)
    room.configure(width=300, height=400)
    room.pack_propagate(False)
    room.pack()
    choices = [Choice("a", "Prélèvement"), Choice("b", "Remboursement")]
    tiles = ChoiceTiles(room, choices, print, columns=2)
    tiles.pack(fill="x")
    finger.settle()
    first, second = tiles.tiles
    assert first.winfo_x() == second.winfo_x()
    room.configure(width=900)
    finger.settle()
    assert first.winfo_y() == second.winfo_y()


def test_tiles_are_chosen_by_touch_and_by_keyboard(bench, finger):
    chosen = []
    choices = [
        Choice("general", "GÉNÉRALE", "Toute la boutique"),
        Choice("poste", "POSTE"),
        Choice("month", "MOIS", enabled=False),
    ]
    tiles = ChoiceTiles(bench.body, choices, chosen.append, keep=True)
    tiles.pack(fill="x")
    finger.press("GÉNÉRALE")
    assert tiles.tiles[0].selected
    tiles.tiles[1].focus_set()
    finger.key("Return")
    assert chosen == ["general", "poste"]
    assert not tiles.tiles[0].selected
    assert not finger.can_press("MOIS")


def test_a_tile_hears_a_touch_on_its_words(bench, finger):
    chosen = []
    tiles = ChoiceTiles(bench.body, [Choice("a", "Titre", "Des mots", "shop")], chosen.append)
    tiles.pack(fill="x")
    finger.settle()
    words = next(w for w in tiles.tiles[0].winfo_children() if w.winfo_children())
    words.winfo_children()[1].event_generate("<ButtonRelease-1>", x=2, y=2)
    assert chosen == ["a"]


def test_tabs_tell_only_of_another_choice(bench, finger):
    told = []
    Tabs(bench.body, [("all", "Tous"), ("month", "Mois")], told.append).pack()
    finger.press("Tous")
    finger.press("Mois")
    assert told == ["month"]


def test_a_switch_says_yes_and_no(bench, finger):
    told = []
    switch = Switch(bench.body, "Imprimer", False, told.append)
    switch.pack(fill="x")
    finger.press("Oui")
    assert switch.value
    finger.press("Non")
    assert told == [True, False]


def test_a_search_is_typed_and_emptied(bench, finger):
    told = []
    SearchField(bench.body, told.append).pack(fill="x")
    finger.press("Rechercher")
    finger.type("12 ")
    finger.press("OK")
    finger.press("Effacer la recherche")
    assert told == ["12", ""]


# --- dates ------------------------------------------------------------------------------------


def test_a_date_is_picked_in_another_month(bench, finger):
    taken = []
    field = DateField(bench.body, "Jour", None, taken.append, today=date(2026, 1, 15))
    field.pack(fill="x")
    finger.press("Jour")
    finger.press("Mois précédent")
    assert finger.sees("décembre 2025")
    finger.press("31")
    assert taken == [date(2025, 12, 31)]
    assert finger.sees("mercredi 31 décembre 2025")


def test_today_is_one_tap_away_unless_it_is_out_of_bounds(bench, finger):
    field = DateField(bench.body, "Début", date(2026, 3, 1), today=date(2026, 11, 21))
    field.pack(fill="x")
    finger.press("Début")
    finger.press("Aujourd'hui : 21/11/2026")
    assert field.value == date(2026, 11, 21)
    past = DateField(
        bench.body, "Fin", date(2026, 3, 1), today=date(2026, 11, 21), last=date(2026, 10, 31)
    )
    past.pack(fill="x")
    finger.press("Fin")
    assert not finger.can_press("Aujourd'hui")


def test_a_month_begins_on_monday_and_days_out_of_bounds_are_off(bench, finger):
    last = date(2026, 11, 21)
    field = DateField(bench.body, "Jour", last, today=last, last=last)
    field.pack()
    finger.press("Jour")
    days = finger.texts()
    week = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"]
    assert days[days.index("lun") : days.index("lun") + 7] == week
    assert finger.can_press("20")
    assert not finger.can_press("22")
    assert not finger.can_press("Mois suivant")


# --- counting ---------------------------------------------------------------------------------


def test_counting_a_drawer_by_notes_and_coins(bench, finger):
    told = []
    count = Denominations(bench.body, {}, told.append)
    count.pack(fill="both", expand=True)
    finger.settle()
    finger.press("50 €")
    finger.press_keypad("12")
    finger.press("Valeur suivante")  # 20 €
    finger.type("3")
    finger.press("1 c")
    finger.press("7")
    assert told[-1] == {5000: 12, 2000: 3, 1: 7}
    assert count.total == 66007
    assert finger.sees(amount(66007))


def test_a_count_typed_again_replaces_the_first(bench, finger):
    count = Denominations(bench.body, {5000: 12}, lambda quantities: None)
    count.pack(fill="both", expand=True)
    finger.settle()
    finger.press("50 €")
    finger.press("4")
    assert count.quantities == {5000: 4}
    finger.press("C")
    assert count.quantities == {}


def test_all_euro_notes_and_coins_are_there():
    assert sum(NOTES) == 88500
    assert sum(COINS) == 388


# --- words ------------------------------------------------------------------------------------


def test_french_on_screen_has_its_apostrophes_and_spaces_that_hold():
    assert typographic("L'écart d'hier") == "L’écart d’hier"
    assert typographic("« Suivant » : oui ?") == "«\u00a0Suivant\u00a0»\u00a0: oui\u00a0?"
    assert typographic("Ticket Z n° 12") == "Ticket Z n°\u00a012"
    assert typographic("C:/caisse, http://x, 'a'") == "C:/caisse, http://x, 'a'"


def test_words_too_long_for_their_button_go_on_under_themselves(bench, finger):
    button = BigButton(bench.body, "Clôturer vendredi d'abord", wraps=True)
    button.place(x=0, y=0, width=190, height=120)
    finger.settle()
    assert str(button.cget("text")) == "Clôturer\nvendredi\nd’abord"
    button.place(width=700)
    finger.settle()
    assert "\n" not in str(button.cget("text"))


def test_amounts_have_a_true_minus_and_never_break():
    assert amount(-123456789) == "−1\u202f234\u202f567,89\u00a0€"
    assert signed_amount(50) == "+0,50\u00a0€"
    assert signed_amount(0) == "0,00\u00a0€"


def test_dates_and_counts_in_french():
    assert long_date(date(2026, 8, 1)) == "samedi 1er août 2026"
    assert [count_of(n, "ticket") for n in (0, 1, 2)] == ["0 ticket", "1 ticket", "2 tickets"]


def test_a_finger_that_slides_to_another_row_chooses_none(listing, finger, bench):
    canvas = listing._canvas
    for kind, key in (("ButtonPress", "G000002"), ("ButtonRelease", "G000003")):
        x, y = listing.row_centre(key)
        canvas.event_generate(f"<{kind}-1>", x=x - canvas.winfo_rootx(), y=y - canvas.winfo_rooty())
    assert bench.done == []
    assert listing.selected is None


def test_a_finger_that_slides_off_a_coin_does_not_choose_it(bench, finger):
    chosen = []
    cell = CountCell(bench.body, 5000, chosen.append)
    cell.pack()
    finger.settle()
    for kind, x in (("ButtonPress", 5), ("ButtonRelease", 900)):
        cell.event_generate(f"<{kind}-1>", x=x, y=5)
    assert chosen == []
    cell.event_generate("<ButtonRelease-1>", x=5, y=5)
    assert chosen == [5000]


def test_a_list_whose_columns_have_no_title_has_no_empty_line_for_them(bench, finger, rows):
    bare = PagedList(bench.body, [Column(""), Column("")], rows)
    bare.pack(fill="both", expand=True)
    finger.settle()
    assert not bare._head.winfo_manager()
    assert bare.shown
