"""An area with more in it than fits: its pages, and where they end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.ui.widgets.box import Box, Card
from app.ui.widgets.figure_table import FigureTable, TableColumn, TableRow
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text


@pytest.fixture
def program():
    """These tests need no shop."""
    return SimpleNamespace()


def test_an_area_shows_its_buttons_only_when_something_is_hidden(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    for number in range(3):
        Text(area.inner, f"Ligne {number}").pack(anchor="w")
    finger.settle()
    assert not area.overflows
    assert not finger.can_press("Page suivante")
    for number in range(3, 60):
        Text(area.inner, f"Ligne {number}").pack(anchor="w")
    finger.settle()
    finger.press("Page suivante")
    assert area._canvas.canvasy(0) > 0
    finger.key("Prior")
    assert area._canvas.canvasy(0) == 0
    assert not finger.can_press("Page précédente")


def in_full(area, widget) -> bool:
    """Whether a person sees all of a widget of the area."""
    top = area._canvas.winfo_rooty()
    bottom = top + area._canvas.winfo_height()
    if area._veil.winfo_ismapped():
        bottom = area._veil.winfo_rooty()
    return top <= widget.winfo_rooty() and widget.winfo_rooty() + widget.winfo_height() <= bottom


def hidden(area, widget) -> bool:
    """Whether she sees nothing of it."""
    top = area._canvas.winfo_rooty()
    bottom = area._veil.winfo_rooty() if area._veil.winfo_ismapped() else top + 10_000
    bottom = min(bottom, top + area._canvas.winfo_height())
    end = widget.winfo_rooty() + widget.winfo_height()
    return end <= top or widget.winfo_rooty() >= bottom


def test_a_page_never_ends_in_the_middle_of_a_card(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    words = "Des mots qui se suivent et se cassent là où la place finit. " * 4
    cards = [StateCard(area.inner, "warn", f"Point {n}", words) for n in range(12)]
    for card in cards:
        card.pack(fill="x", pady=(0, 12))
    seen = []
    while True:
        finger.settle()
        assert all(in_full(area, card) or hidden(area, card) for card in cards)
        seen += [card for card in cards if in_full(area, card)]
        if not finger.can_press("Page suivante"):
            break
        finger.press("Page suivante")
    assert seen == cards  # each one once, and in its order


def test_a_card_larger_than_a_page_ends_between_two_of_its_lines(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    card = Card(area.inner)
    card.pack(fill="x")
    lines = [Text(card, f"Ligne {n}") for n in range(40)]
    for line in lines:
        line.pack(fill="x")
    seen = []
    while True:
        finger.settle()
        assert all(in_full(area, line) or hidden(area, line) for line in lines)
        seen += [line for line in lines if in_full(area, line)]
        if not finger.can_press("Page suivante"):
            break
        finger.press("Page suivante")
    assert seen == lines


def test_a_table_is_cut_between_two_rows_and_a_title_stays_with_what_it_names(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    columns = [TableColumn("Famille", figures=False), TableColumn("Total")]
    rows = [TableRow((f"Famille {n}", "1,00 €")) for n in range(30)]
    table = FigureTable(area.inner, "Par famille", columns, rows)
    table.pack(fill="x")
    title = Text(area.inner, "Le titre d'une carte", "lead")
    title.pack(fill="x")
    card = StateCard(area.inner, "ok", "La carte")
    card.pack(fill="x")
    finger.settle()
    edges = {0, *table.page_breaks()}
    for top in area._tops[1:]:
        assert top in edges or top >= table.winfo_height()
    area.show(card)
    finger.settle()
    assert in_full(area, title)
    assert in_full(area, card)


def test_two_columns_are_cut_where_neither_has_a_card_in_the_middle(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    cards = []
    for height in (100, 150):
        column = Box(area.inner)
        column.pack(side="left", anchor="n", fill="x", expand=True)
        for _ in range(1_200 // height):
            cards.append(Card(column, padding=0))
            cards[-1].configure(height=height, width=200)
            cards[-1].pack(fill="x")
    finger.settle()
    assert all(top % 300 == 0 for top in area._tops)
    while finger.can_press("Page suivante"):
        assert all(in_full(area, card) or hidden(area, card) for card in cards)
        finger.press("Page suivante")
    assert in_full(area, cards[-1])


def test_the_buttons_do_not_come_and_go_for_ever(bench, finger):
    """Something that is taller the wider it may be, as tiles in fewer columns are."""
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    finger.settle()
    wide = area.inner.winfo_width()
    odd = Card(area.inner, padding=0)
    odd.pack(fill="x")
    turns = []

    def taller(event):
        turns.append(event.width)
        assert len(turns) < 20
        odd.configure(height=1_500 if event.width >= wide else 100)

    odd.bind("<Configure>", taller)
    finger.settle()
    finger.settle()
    assert turns


def test_a_card_that_goes_on_after_the_page_is_closed_with_a_line(bench, finger):
    area = PagedArea(bench.body)
    area.pack(fill="both", expand=True)
    card = Card(area.inner, padding=0)
    card.pack(fill="x")
    for n in range(60):
        Text(card, f"ligne {n}", "body").pack(fill="x")
    finger.settle()
    (edge,) = area._edges
    assert edge.winfo_width() == card.winfo_width()
    assert edge.winfo_y() == min(area._tops[1], area._canvas.winfo_height()) - 1
    while finger.can_press("Page suivante"):
        finger.press("Page suivante")
    assert area._edges == []
