"""A list in pages: rows for fingers, large ▲ ▼ buttons, arrows and Return on a keyboard.

Drawn on one canvas, so that ten thousand rows cost no more than one page.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.ui.french import typographic
from app.ui.theme import (
    FOCUS,
    ROW_HEIGHT,
    STATE_ICONS,
    SURFACES,
    TONES,
    theme_of,
)
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.elided import elided
from app.ui.widgets.text import Text

_CHEVRON = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `weight` shares the width; `align` is « w » or « e » (amounts, numbers)."""

    title: str
    weight: float = 1
    align: str = "w"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `key` is given back; `state` (ok, warn, bad, …) draws its icon before the text."""

    key: str
    cells: tuple[str, ...]
    state: str = ""
    strong: bool = False


class _ListCanvas(tk.Canvas):
    """A canvas that Return can press: `open_selected` is what it does then, if anything."""

    open_selected: Callable[[], object] | None = None

    def invoke(self) -> None:
        """Open the chosen row."""
        if self.open_selected is not None:
            self.open_selected()


class PagedList(Box):
    """Shows `rows` by pages; `on_select(key)` when one is tapped (or chosen by the arrows).

    With `on_open`, Return or a tap on the row already chosen opens it; a screen offers the same by
    its main action. With `leads`, one tap goes somewhere, and each row ends with « › ». Without
    either callback it is only read. Let it fill its room: the page holds as many rows as fit.
    """

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        rows: Sequence[Row] = (),
        on_select: Callable[[str], object] | None = None,
        *,
        on_open: Callable[[str], object] | None = None,
        leads: bool = False,
        empty: str = "Rien à montrer",
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._leads = leads
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._on_select = on_select
        self._on_open = on_open
        self._empty = empty
        self._first = 0
        self.selected: str | None = None
        self._pressed_key: str | None = None
        self._build()
        self.set_rows(rows)

    # --- what a screen uses -----------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, from the first page; the choice is kept if it is still there."""
        self._rows = tuple(rows)
        if self.selected not in {row.key for row in self._rows}:
            self.selected = None
        self._first = 0
        self._draw()

    def select(self, key: str) -> None:
        """Choose a row, turn to its page, and tell."""
        self._show_page_of(self._index(key))
        self._choose(key)

    def tap(self, key: str) -> None:
        """What a finger on that row does."""
        if key == self.selected and self._on_open:
            self._on_open(key)
        else:
            self._choose(key)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, on every page."""
        return self._rows

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows of the page on view."""
        return self._rows[self._first : self._first + self.page_size]

    @property
    def page_size(self) -> int:
        """How many rows fit."""
        return max(1, self._canvas.winfo_height() // self._least_height)

    @property
    def row_height(self) -> int:
        """How tall a row is: those of a full page share the room that is left."""
        if len(self._rows) <= self.page_size:
            return self._least_height
        return max(self._least_height, self._canvas.winfo_height() // self.page_size)

    def turn(self, pages: int) -> None:
        """Turn so many pages forwards (or back)."""
        last = max(0, (len(self._rows) - 1) // self.page_size * self.page_size)
        self._first = min(max(0, self._first + pages * self.page_size), last)
        self._draw()

    def row_centre(self, key: str) -> tuple[int, int]:
        """Where a finger would touch a row of this page, in pixels of the screen."""
        index = self._index(key) - self._first
        y = index * self.row_height + self.row_height // 2
        return self._canvas.winfo_rootx() + self._canvas.winfo_width() // 3, (
            self._canvas.winfo_rooty() + y
        )

    # --- inside -----------------------------------------------------------------------------

    @property
    def _is_touched(self) -> bool:
        """Whether a touch on a row does something."""
        return self._on_select is not None or self._on_open is not None

    def _build(self) -> None:
        theme = self._theme
        line = theme.line_height("body")
        self._least_height = max(theme.px(ROW_HEIGHT), line + theme.space(2))
        card = Card(self, padding=0.5)
        card.pack(side="left", fill="both", expand=True)
        paper = SURFACES["card"].paper
        self._head = tk.Canvas(
            card, height=line + theme.space(2), background=paper, highlightthickness=0
        )
        if any(column.title for column in self._columns):
            self._head.pack(fill="x")
        touched = self._is_touched
        kind = _ListCanvas if self._on_open else tk.Canvas
        self._canvas = kind(
            card,
            background=paper,
            highlightthickness=0,
            takefocus=touched,
            cursor="hand2" if touched else "",
            width=theme.px(300),
            height=self._least_height * 3,
        )
        self._canvas.pack(fill="both", expand=True)
        self._buttons = Box(self)
        self._up = self._page_button("chevron-up", -1, "Page précédente")
        self._place_label = Text(self._buttons, "", "small", anchor="center")
        self._place_label.pack(pady=theme.space(1))
        self._down = self._page_button("chevron-down", 1, "Page suivante")
        bindings = {
            "<Configure>": lambda event: self._resized(),
            "<ButtonPress-1>": self._pressed,
            "<ButtonRelease-1>": self._touched,
            "<Up>": lambda event: self._step(-1),
            "<Down>": lambda event: self._step(1),
            "<Prior>": lambda event: self.turn(-1),
            "<Next>": lambda event: self.turn(1),
            "<FocusIn>": lambda event: self._draw(),
            "<FocusOut>": lambda event: self._draw(),
        }
        for sequence, handler in bindings.items():
            self._canvas.bind(sequence, handler)
        if isinstance(self._canvas, _ListCanvas):
            self._canvas.open_selected = self._open_selected

    def _page_button(self, icon: str, pages: int, spoken: str) -> BigButton:
        button = BigButton(
            self._buttons,
            "",
            lambda: self.turn(pages),
            icon=icon,
            takefocus=False,
            spoken=spoken,
        )
        button.pack(fill="both", expand=True)
        return button

    def _resized(self) -> None:
        self._first -= self._first % self.page_size
        self._draw()

    def _touched(self, event: tk.Event[tk.Misc]) -> None:
        if not self._is_touched:
            return
        self._canvas.focus_set()
        key = self._key_at(event)
        if key is not None and key == self._pressed_key:  # else the finger slid away
            self.tap(key)

    def _pressed(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed_key = self._key_at(event)

    def _key_at(self, event: tk.Event[tk.Misc]) -> str | None:
        """The row under the pointer, if it is over one."""
        place = event.y // self.row_height
        index = self._first + place
        inside = 0 <= event.x < self._canvas.winfo_width() and 0 <= place < self.page_size
        return self._rows[index].key if inside and index < len(self._rows) else None

    def _step(self, rows: int) -> str:
        if self._rows:
            index = self._index(self.selected) if self.selected is not None else -1
            index = min(max(0, index + rows), len(self._rows) - 1)
            self.select(self._rows[index].key)
        return "break"

    def _open_selected(self) -> None:
        if self.selected is not None and self._on_open:
            self._on_open(self.selected)

    def _choose(self, key: str) -> None:
        self.selected = key
        self._draw()
        if self._on_select:
            self._on_select(key)

    def _index(self, key: str | None) -> int:
        return next(index for index, row in enumerate(self._rows) if row.key == key)

    def _show_page_of(self, index: int) -> None:
        self._first = index - index % self.page_size

    def _draw(self) -> None:
        self._draw_head()
        self._canvas.delete("all")
        if not self._rows:
            self._canvas.create_text(
                self._canvas.winfo_width() // 2,
                self.row_height,
                text=typographic(self._empty),
                font=self._theme.font("body"),
                fill=SURFACES["card"].muted,
                width=max(1, self._canvas.winfo_width() - self._theme.space(4)),
            )
        for place, row in enumerate(self.shown):
            self._draw_row(place, row)
        self._draw_buttons()

    def _draw_head(self) -> None:
        self._head.delete("all")
        middle = self._head.winfo_reqheight() // 2
        for column, (left, right) in zip(self._columns, self._edges(), strict=True):
            self._cell(self._head, column, left, right, middle, column.title, "small_strong", "")

    def _draw_row(self, place: int, row: Row) -> None:
        canvas, theme = self._canvas, self._theme
        top, bottom = place * self.row_height, (place + 1) * self.row_height
        width = canvas.winfo_width()
        chosen = row.key == self.selected
        paper = SURFACES["selected" if chosen else "card"]
        canvas.create_rectangle(0, top, width, bottom, fill=paper.paper, width=0)
        if place or self._head.winfo_manager():  # the card has its own edge above the first
            canvas.create_line(0, top, width, top, fill=SURFACES["card"].line)
        if chosen:
            focused = canvas.focus_displayof() is canvas
            canvas.create_rectangle(0, top, theme.space(0.75), bottom, fill=FOCUS, width=0)
            if focused:
                canvas.create_rectangle(1, top + 1, width - 2, bottom - 1, outline=FOCUS, width=2)
        middle = (top + bottom) // 2
        role = "strong" if row.strong or chosen else "body"
        edges = self._edges()
        for index, (column, (left, right)) in enumerate(zip(self._columns, edges, strict=True)):
            start = left
            if index == 0 and row.state:
                start += self._draw_sign(row.state, left, middle)
            self._cell(canvas, column, start, right, middle, row.cells[index], role, paper.ink)
        if self._leads:
            size = theme.px(_CHEVRON)
            image = theme.icon("chevron-right", size, SURFACES["card"].accent)
            canvas.create_image(width - theme.space(1), middle, image=image, anchor="e")

    def _draw_sign(self, state: str, left: int, middle: int) -> int:
        theme = self._theme
        size = theme.px(22)
        ink = TONES.get(state, SURFACES["card"].muted)
        image = theme.icon(STATE_ICONS[state], size, ink)
        self._canvas.create_image(left, middle, image=image, anchor="w")
        return size + theme.space(1.25)

    def _cell(
        self,
        canvas: tk.Canvas,
        column: Column,
        left: int,
        right: int,
        middle: int,
        text: str,
        role: str,
        ink: str,
    ) -> None:
        shown = typographic(text)
        shown = elided(shown, right - left, lambda value: self._theme.measure(role, value))
        canvas.create_text(
            right if column.align == "e" else left,
            middle,
            text=shown,
            anchor="e" if column.align == "e" else "w",
            font=self._theme.font(role),
            fill=ink or SURFACES["card"].muted,
        )

    def _edges(self) -> list[tuple[int, int]]:
        """Left and right of each column's text."""
        margin = self._theme.space(2)
        sign = self._theme.px(_CHEVRON) + self._theme.space(0.5) if self._leads else 0
        width = max(self._canvas.winfo_width(), 100) - margin - sign
        total = sum(column.weight for column in self._columns)
        edges, left = [], float(margin)
        for column in self._columns:
            right = left + (width - margin) * column.weight / total
            edges.append((round(left), round(right) - margin // 2))
            left = right
        edges[-1] = (edges[-1][0], width)
        return edges

    def _draw_buttons(self) -> None:
        pages = -(-len(self._rows) // self.page_size)
        if pages > 1:
            self._buttons.pack(side="right", fill="y", padx=(self._theme.space(1.5), 0))
        else:
            self._buttons.pack_forget()
        page = self._first // self.page_size + 1
        self._place_label.set(f"{page} / {pages}")
        self._up.enable(page > 1)
        self._down.enable(page < pages)
