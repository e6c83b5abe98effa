"""A room for more than fits: large ▲ ▼ buttons appear beside it when something is hidden.

For a long Z, a form, or any screen at size A++ on a small till. Nothing is dragged, and no card or
line is shown in half: a page ends where one of them does.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from itertools import pairwise
from weakref import WeakSet

from app.ui.theme import SURFACES, surface_of, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.keypad import give_keys
from app.ui.widgets.text import Text

_FULL_ENOUGH = 0.6
"""A page ends between two cards when they fill at least so much of it, else between two lines."""

Span = tuple[int, int]
"""The top and the bottom of something in the area, in pixels."""


class PagedArea(Box):
    """Build in `inner`; it is as wide as the area and as tall as it needs."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._theme = theme
        self._canvas = tk.Canvas(
            self,
            background=SURFACES[surface_of(parent)].paper,
            highlightthickness=0,
            width=theme.px(200),
            height=theme.px(120),
        )
        self._buttons = Box(self)
        self._up = self._page_button("chevron-up", -1, "Page précédente")
        self._place = Text(self._buttons, "", "small", anchor="center")
        self._down = self._page_button("chevron-down", 1, "Page suivante")
        self._canvas.pack(side="left", fill="both", expand=True)
        self.inner = Box(self._canvas, surface=surface_of(parent))
        self._window = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self._veil = Box(self._canvas, surface=surface_of(parent))
        self._edges: list[tk.Frame] = []
        self._tops = [0]
        self._page = 0
        self._waits = False
        self._shape = ""
        self._hidden_at = (0, 0, 0)
        self._watched: WeakSet[tk.Widget] = WeakSet()
        self.inner.bind("<Configure>", lambda event: self._refresh_later())
        self._canvas.bind("<Configure>", self._resized)
        give_keys(parent, self._typed)

    def turn(self, pages: int) -> None:
        """Turn so many pages forwards (or back)."""
        self._page = min(max(0, self._page + pages), len(self._tops) - 1)
        self._show_page()

    def show(self, widget: tk.Misc) -> None:
        """Turn to where a widget of `inner` is."""
        top = widget.winfo_rooty() - self.inner.winfo_rooty()
        self._page = max(page for page, start in enumerate(self._tops) if start <= max(top, 0))
        self._show_page()

    @property
    def overflows(self) -> bool:
        """Whether something is hidden."""
        return self.inner.winfo_reqheight() > self._canvas.winfo_height() + 1

    # --- pages ------------------------------------------------------------------------------

    def _break(self) -> None:
        """Find where each page begins: no card or line is cut that a page can hold."""
        full, room = self.inner.winfo_reqheight(), self._canvas.winfo_height()
        self._tops = [0]
        if not self.overflows or room <= 1:
            return
        cards = sorted(self._cards(self.inner, 0))
        lines: list[Span] = []
        while full - self._tops[-1] > room:
            top = self._tops[-1]
            end = _end_of_page(cards, top, top + room)
            if end < top + room * _FULL_ENOUGH:
                lines = lines or sorted(self._lines(self.inner, 0))
                end = max(end, _end_of_page(lines, top, top + room))
            self._tops.append(end if end > top else top + room)

    def _cards(self, parent: tk.Misc, top: int) -> Iterator[Span]:
        """What is best left whole; a title stays with what it is the title of."""
        title: int | None = None
        for child, (start, end) in self._children(parent, top):
            if isinstance(child, Text) or getattr(child, "is_title", False):
                title = start if title is None else title
                yield start, end
                continue
            if title is not None:
                yield title, start + 1
                title = None
            if isinstance(child, Box) and not child.whole and child.winfo_children():
                yield from self._cards(child, start)
            else:
                yield start, end

    def _lines(self, parent: tk.Misc, top: int) -> Iterator[Span]:
        """What can't be cut at all: words, buttons, the rows of a table."""
        for child, (start, end) in self._children(parent, top):
            breaks: list[int] = getattr(child, "page_breaks", list)()
            if breaks:
                edges = [0, *breaks, end - start]
                yield from ((start + a, start + b) for a, b in pairwise(edges))
            elif isinstance(child, Box | Card) and not child.whole and child.winfo_children():
                yield from self._lines(child, start)
            else:
                yield start, end

    def _children(self, parent: tk.Misc, top: int) -> Iterator[tuple[tk.Widget, Span]]:
        """The widgets laid out in one, from the top down, and where they are.

        Each is watched from then on: words that are broken anew move what is under them.
        """
        shown = [
            child
            for child in parent.winfo_children()
            if isinstance(child, tk.Widget) and child.winfo_manager() and child.winfo_height() > 1
        ]
        for child in sorted(shown, key=lambda child: child.winfo_y()):
            if child not in self._watched:
                self._watched.add(child)
                child.bind("<Configure>", lambda event: self._refresh_later(), add="+")
            start = top + child.winfo_y()
            yield child, (start, start + child.winfo_height())

    def _show_page(self) -> None:
        full, room = max(self.inner.winfo_reqheight(), 1), self._canvas.winfo_height()
        top = self._tops[self._page]
        following = self._tops[self._page + 1 : self._page + 2]
        self._canvas.yview_moveto(top / max(full, self._tops[-1] + room))
        if following and following[0] - top < room:
            height = room - (following[0] - top)
            self._veil.place(x=0, y=following[0] - top, relwidth=1, height=height)
            self._veil.lift()
        else:
            self._veil.place_forget()
        self._draw_edges(top, following[0] if following else 0)
        self._up.enable(self._page > 0)
        self._down.enable(bool(following))
        self._place.set(f"{self._page + 1} / {len(self._tops)}")
        self._fit_buttons(room)

    def _draw_edges(self, top: int, cut: int) -> None:
        """Close with a line each card that goes on after this page (which ends at `cut`, 0: none).

        Cut without an edge, it would look as if it were at its end.
        """
        for edge in self._edges:
            edge.destroy()
        self._edges = []
        for card in _cards_in(self.inner) if cut else ():
            start = card.winfo_rooty() - self.inner.winfo_rooty()
            if start < cut < start + card.winfo_height():
                edge = tk.Frame(self._canvas, background=SURFACES["card"].line, height=1)
                left = card.winfo_rootx() - self.inner.winfo_rootx()
                bottom = min(cut - top, self._canvas.winfo_height()) - 1
                edge.place(x=left, y=bottom, width=card.winfo_width(), height=1)
                self._edges.append(edge)

    def _refresh_later(self) -> None:
        """Find the pages anew once Tk has nothing else to do: once for all that has moved."""

        def refresh() -> None:
            self._waits = False
            if self.winfo_exists():
                self._refresh()

        if not self._waits:
            self._waits = True
            # On the window: a call that waits on a destroyed widget would be a fault of Tk.
            self.winfo_toplevel().after_idle(refresh)

    def _show_buttons(self) -> None:
        """The buttons stand beside an area that has more than one page.

        Never hidden twice at the same height: where the content is taller without them than with
        them, they would come and go for ever.
        """
        height = (self.winfo_width(), self.winfo_height(), self.inner.winfo_reqheight())
        shown = bool(self._buttons.winfo_manager())
        if self.overflows and not shown:
            self._buttons.pack(
                side="right", fill="y", padx=(self._theme.space(1.5), 0), before=self._canvas
            )
        elif shown and not self.overflows and self._hidden_at != height:
            self._hidden_at = height
            self._buttons.pack_forget()

    def _fit_buttons(self, room: int) -> None:
        """The page's number is between the buttons; in a low area they lie side by side."""
        gap = self._theme.space(1)
        needed = self._up.winfo_reqheight() + self._down.winfo_reqheight() + gap
        shape = "low" if room < needed else "numbered"
        if needed <= room < needed + self._place.winfo_reqheight() + gap:
            shape = "plain"
        if shape == self._shape:
            return  # laid out anew, they would move what is beside them
        self._shape = shape
        for part in (self._up, self._place, self._down):
            part.pack_forget()
        if shape == "low":
            self._up.pack(side="left", fill="y", padx=(0, gap))
            self._down.pack(side="left", fill="y", pady=0)
            return
        self._up.pack(side="top", fill="both", expand=True, padx=0)
        if shape == "numbered":
            self._place.pack(side="top", pady=gap)
        above = gap if shape == "plain" else 0
        self._down.pack(side="top", fill="both", expand=True, pady=(above, 0))

    def _refresh(self) -> None:
        width = self._canvas.winfo_width()
        # Tk drops what `_resized` asked for when it was telling of more than one size.
        self._canvas.itemconfigure(self._window, width=width)
        self._show_buttons()
        top = self._tops[min(self._page, len(self._tops) - 1)]
        self._break()
        self._page = max(page for page, start in enumerate(self._tops) if start <= top)
        last = self._tops[-1] + self._canvas.winfo_height()
        self._canvas.configure(scrollregion=(0, 0, width, max(self.inner.winfo_reqheight(), last)))
        self._show_page()

    # --- inside -----------------------------------------------------------------------------

    def _typed(self, event: tk.Event[tk.Misc]) -> bool:
        pages = {"Prior": -1, "Next": 1}.get(event.keysym, 0)
        if not pages or not self.winfo_exists() or not self.winfo_viewable():
            return False
        self.turn(pages)
        return True

    def _page_button(self, icon: str, pages: int, spoken: str) -> BigButton:
        return BigButton(
            self._buttons,
            "",
            lambda: self.turn(pages),
            icon=icon,
            takefocus=False,
            spoken=spoken,
        )

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        self._canvas.itemconfigure(self._window, width=event.width)
        self._refresh_later()


def _cards_in(parent: tk.Misc) -> Iterator[Card]:
    """The cards laid out in one, none of those inside another."""
    for child in parent.winfo_children():
        if isinstance(child, Card):
            if child.winfo_manager():
                yield child
        else:
            yield from _cards_in(child)


def _end_of_page(spans: list[Span], top: int, bottom: int) -> int:
    """Where the next page begins: the last place before which all is seen, and nothing cut.

    A page begins where something does: the gap above it belongs to the page before. `top` if there
    is no such place.
    """
    starts = sorted({start for start, _ in spans if start > top}, reverse=True)
    for start in starts:
        seen = max((end for begin, end in spans if begin < start), default=top)
        if seen <= min(start, bottom):
            return start
    return top
