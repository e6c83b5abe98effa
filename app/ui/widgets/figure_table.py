"""A table of figures as tall as it needs: a title, rows, and a total that stands out.

Drawn on one canvas. Columns of figures get the room their widest figure needs, so that none is
ever cut; texts share what is left, and are cut with « … ».
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.french import typographic
from app.ui.theme import STATE_ICONS, SURFACES, TONES, theme_of
from app.ui.widgets.box import Card
from app.ui.widgets.elided import elided
from app.ui.widgets.text import Text

_LONG_TEXT = 230
"""What a column of texts may ask for at most, at 100 %; a longer one is cut when room lacks."""
_ROOMY = 150
"""What a column of figures widens to where there is room, at 100 %."""
_INSET = 2
_PADDING = 1.5
_SIGN = 20


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: `figures` are laid to the right and never cut."""

    title: str
    figures: bool = True
    weight: float = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; `state` (ok, warn, bad…) draws its icon first, `strong` makes it stand out."""

    cells: tuple[str, ...]
    strong: bool = False
    state: str = ""


class FigureTable(Card):
    """`rows` under `columns`; `empty` is said when there is none."""

    def __init__(
        self,
        parent: tk.Misc,
        title: str,
        columns: Sequence[TableColumn],
        rows: Sequence[TableRow],
        *,
        empty: str = "Rien à montrer",
        note: str = "",
    ) -> None:
        super().__init__(parent, padding=_PADDING)
        theme = theme_of(self)
        self._theme = theme
        self._columns = tuple(columns)
        self.rows = tuple(rows)
        self._has_head = any(column.title for column in columns)
        self._wide = [self._width_of(index) for index in range(len(self._columns))]
        self._drawn = 0
        self._has_title = bool(title)
        if title:
            Text(self, title, "lead", wrap=True).pack(fill="x")
        if not rows:
            Text(self, empty, "muted", wrap=True).pack(fill="x", pady=(theme.space(1), 0))
        else:
            self._canvas = self._make_canvas()
        if note:
            Text(self, note, "small", wrap=True).pack(fill="x", pady=(theme.space(1), 0))

    @property
    def least_width(self) -> int:
        """The width under which a figure would be cut, in pixels."""
        return self._needed() + 2 * self._theme.space(_PADDING)

    def page_breaks(self) -> list[int]:
        """Where a page may end between two rows, in pixels from the top of the table."""
        if not self.rows:
            return []
        top = self._canvas.winfo_y() + self._head
        return [top + place * self._line for place in range(1, len(self.rows))]

    def _make_canvas(self) -> tk.Canvas:
        theme = self._theme
        self._line = theme.line_height("body") + theme.space(1)
        self._head = theme.line_height("small_strong") + theme.space(1) if self._has_head else 0
        canvas = tk.Canvas(
            self,
            width=self._needed(),
            height=self._head + self._line * len(self.rows) + theme.space(0.5),
            background=SURFACES["card"].paper,
            highlightthickness=0,
        )
        canvas.pack(fill="x", pady=(theme.space(0.5), 0))
        canvas.bind("<Configure>", lambda event: self._draw())
        return canvas

    def _needed(self) -> int:
        theme = self._theme
        gaps = theme.space(2) * (len(self._columns) - 1)
        longest = theme.px(_LONG_TEXT)
        texts = sum(
            min(wide, longest)
            for wide, column in zip(self._wide, self._columns, strict=True)
            if not column.figures
        )
        return sum(self._natural().values()) + texts + gaps + 2 * _INSET

    def _natural(self) -> dict[int, int]:
        """The width of each column of figures."""
        return {i: self._wide[i] for i, column in enumerate(self._columns) if column.figures}

    def _width_of(self, index: int) -> int:
        """The width that the widest cell of a column needs."""
        measure = self._theme.measure
        heads = [measure("small_strong", self._columns[index].title)]
        cells = [measure("strong" if r.strong else "body", r.cells[index]) for r in self.rows]
        has_sign = index == 0 and any(row.state for row in self.rows)
        return max(heads + cells) + (self._sign_width if has_sign else 0)

    @property
    def _sign_width(self) -> int:
        return self._theme.px(_SIGN) + self._theme.space(1)

    def _edges(self) -> list[tuple[int, int]]:
        natural, gap = self._natural(), self._theme.space(2)
        width = self._canvas.winfo_width() - 2 * _INSET
        natural = self._spread(natural, width - self._needed() + 2 * _INSET)
        free = width - sum(natural.values()) - gap * (len(self._columns) - 1)
        weights = sum(column.weight for column in self._columns if not column.figures) or 1
        edges, left = [], float(_INSET)
        for index, column in enumerate(self._columns):
            room = natural.get(index, max(0.0, free * column.weight / weights))
            if not any(not c.figures for c in self._columns):
                room += free / len(self._columns)
            edges.append((round(left), round(left + room)))
            left += room + gap
        return edges

    def _spread(self, natural: dict[int, int], free: int) -> dict[int, int]:
        """Columns of figures of one width where there is room: the eye finds its column."""
        if len(natural) < 2:
            return natural
        share = max(0, free) // (len(natural) + 1)
        roomy = self._theme.px(_ROOMY)
        return {index: max(wide, min(roomy, wide + share)) for index, wide in natural.items()}

    def _draw(self) -> None:
        canvas = self._canvas
        if canvas.winfo_width() == self._drawn:
            return
        self._drawn = canvas.winfo_width()
        edges = self._edges()
        canvas.delete("all")
        paper = SURFACES["card"]
        if self._has_head:
            for column, (left, right) in zip(self._columns, edges, strict=True):
                self._cell(
                    column, left, right, self._head // 2, column.title, "small_strong", paper.muted
                )
        for place, row in enumerate(self.rows):
            top = self._head + place * self._line
            width = 2 if row.strong and place else 1
            if top or self._has_title:
                canvas.create_line(0, top, canvas.winfo_width(), top, fill=paper.line, width=width)
            self._draw_row(row, top + self._line // 2, edges)

    def _draw_row(self, row: TableRow, middle: int, edges: list[tuple[int, int]]) -> None:
        for index, (column, (left, right)) in enumerate(zip(self._columns, edges, strict=True)):
            start = left
            if index == 0 and row.state:
                start += self._sign(row.state, left, middle)
            role = "strong" if row.strong else "body"
            self._cell(column, start, right, middle, row.cells[index], role, SURFACES["card"].ink)

    def _sign(self, state: str, left: int, middle: int) -> int:
        size = self._theme.px(_SIGN)
        ink = TONES.get(state, SURFACES["card"].muted)
        image = self._theme.icon(STATE_ICONS[state], size, ink)
        self._canvas.create_image(left, middle, image=image, anchor="w")
        return self._sign_width

    def _cell(
        self,
        column: TableColumn,
        left: int,
        right: int,
        middle: int,
        text: str,
        role: str,
        ink: str,
    ) -> None:
        theme = self._theme
        text = typographic(text)
        if not column.figures:
            text = elided(text, right - left, lambda value: theme.measure(role, value))
        self._canvas.create_text(
            right if column.figures else left,
            middle,
            text=text,
            anchor="e" if column.figures else "w",
            font=theme.font(role),
            fill=ink,
        )
