"""A room for more than fits: large ▲ ▼ buttons appear beside it when something is hidden.

For a long Z, a form, or any screen at size A++ on a small till. Nothing is dragged.
"""

from __future__ import annotations

import tkinter as tk

from app.ui.theme import SURFACES, surface_of, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.keypad import give_keys

_OVERLAP = 0.85


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
        self._down = self._page_button("chevron-down", 1, "Page suivante")
        self._canvas.pack(side="left", fill="both", expand=True)
        self.inner = Box(self._canvas, surface=surface_of(parent))
        self._window = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self.inner.bind("<Configure>", lambda event: self._refresh())
        self._canvas.bind("<Configure>", self._resized)
        give_keys(parent, self._typed)

    def turn(self, pages: int) -> None:
        """Turn so many pages forwards (or back); a little of the page before stays in view."""
        height = self._canvas.winfo_height()
        top = self._canvas.canvasy(0) + pages * height * _OVERLAP
        self._show_from(top)

    def show(self, widget: tk.Misc) -> None:
        """Turn to where a widget of `inner` is."""
        self._show_from(widget.winfo_rooty() - self.inner.winfo_rooty())

    @property
    def overflows(self) -> bool:
        """Whether something is hidden."""
        return self.inner.winfo_reqheight() > self._canvas.winfo_height() + 1

    def _show_from(self, top: float) -> None:
        full = max(self.inner.winfo_reqheight(), 1)
        last = max(0, full - self._canvas.winfo_height())
        self._canvas.yview_moveto(min(max(0.0, top), last) / full)
        self._refresh_buttons()

    def _typed(self, event: tk.Event[tk.Misc]) -> bool:
        pages = {"Prior": -1, "Next": 1}.get(event.keysym, 0)
        if not pages or not self.winfo_exists() or not self.winfo_viewable():
            return False
        self.turn(pages)
        return True

    def _page_button(self, icon: str, pages: int, spoken: str) -> BigButton:
        button = BigButton(self._buttons, "", lambda: self.turn(pages), icon=icon, takefocus=False)
        button.spoken = spoken  # type: ignore[attr-defined]
        button.pack(fill="both", expand=True, pady=self._theme.space(0.5))
        return button

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        self._canvas.itemconfigure(self._window, width=event.width)
        # Tk drops that while it is telling of the canvas' own size, when more was asked for.
        self.after_idle(self._fit)
        self._refresh()

    def _fit(self) -> None:
        if self.winfo_exists():
            self._canvas.itemconfigure(self._window, width=self._canvas.winfo_width())

    def _refresh(self) -> None:
        width, height = self._canvas.winfo_width(), self.inner.winfo_reqheight()
        self._canvas.configure(scrollregion=(0, 0, width, height))
        if self.overflows:
            self._buttons.pack(
                side="right", fill="y", padx=(self._theme.space(1.5), 0), before=self._canvas
            )
        else:
            self._buttons.pack_forget()
            self._canvas.yview_moveto(0)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        first, last = self._canvas.yview()
        self._up.enable(first > 0.001)
        self._down.enable(last < 0.999)
