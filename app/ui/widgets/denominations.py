"""Counting a drawer: notes and coins with their quantities and sums, and a keypad beside them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from app.domain.cash import COINS, NOTES
from app.ui.french import amount
from app.ui.theme import theme_of
from app.ui.widgets.box import Box, Card
from app.ui.widgets.count_cell import CountCell
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

"""Euro notes and coins in cents, the largest first."""
_ROWS = 4


class Denominations(Box):
    """`quantities` maps cents to how many; `on_change(quantities)` after each key.

    A tap on a cell, or Tab, chooses what the keypad counts; « ↓ » goes to the next one.
    Let it fill a whole screen's body.
    """

    def __init__(
        self,
        parent: tk.Misc,
        quantities: Mapping[int, int],
        on_change: Callable[[dict[int, int]], object],
    ) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._typed = {
            value: TypedNumber.of_number(quantities.get(value)) for value in (*NOTES, *COINS)
        }
        self._cells: dict[int, CountCell] = {}
        theme = theme_of(self)
        right = Box(self)
        right.pack(side="right", fill="y", padx=(theme.space(2), 0))
        self._sum = self._build_sum(right)
        self._pad = Keypad(
            right,
            self._typed[NOTES[0]],
            self._counted,
            on_enter=self.next,
            enter="Valeur suivante",
            enter_icon="arrow-down",
            key_width=56,
        )
        self._pad.pack(fill="both", expand=True)
        for title, values in (("Billets", NOTES), ("Pièces", COINS)):
            self._build_card(title, values)
        self.choose(NOTES[0])

    @property
    def quantities(self) -> dict[int, int]:
        """What was counted: cents to how many, nothing for what was not typed."""
        return {
            value: typed.number for value, typed in self._typed.items() if typed.number is not None
        }

    @property
    def total(self) -> int:
        """The sum in cents."""
        return sum(value * number for value, number in self.quantities.items())

    def choose(self, value: int) -> None:
        """Count that denomination with the keypad."""
        self._current = value
        self._pad.edit(self._typed[value])
        self._typed[value].fresh = bool(self._typed[value].text)
        self._refresh()

    def next(self) -> None:
        """Go to the next denomination; after the last, the first."""
        values = list(self._typed)
        self.choose(values[(values.index(self._current) + 1) % len(values)])

    def _build_sum(self, parent: Box) -> Text:
        theme = theme_of(self)
        card = Card(parent, padding=1.5, surface="selected")
        card.pack(fill="x", pady=(0, theme.space(1)))
        Text(card, "Total compté", "small").pack(anchor="w")
        shown = Text(card, "", "amount", anchor="e")
        shown.pack(fill="x")
        return shown

    def _build_card(self, title: str, values: tuple[int, ...]) -> None:
        """Cells in columns of four, read downwards: as large as four rows of keys."""
        theme = theme_of(self)
        card = Card(self, padding=1)
        card.pack(side="left", fill="both", expand=True, padx=(0, theme.space(1)))
        Text(card, title, "small_strong").grid(row=0, column=0, sticky="w", padx=theme.space(1))
        for row in range(_ROWS):
            card.rowconfigure(row + 1, weight=1, uniform="row")
        for index, value in enumerate(values):
            cell = CountCell(card, value, self.choose)
            cell.grid(row=index % _ROWS + 1, column=index // _ROWS, sticky="nswe")
            card.columnconfigure(index // _ROWS, weight=1, uniform="column")
            self._cells[value] = cell

    def _counted(self) -> None:
        self._refresh()
        self._on_change(self.quantities)

    def _refresh(self) -> None:
        for value, cell in self._cells.items():
            cell.show(self._typed[value].number, chosen=value == self._current)
        self._sum.set(amount(self.total))
