"""Panels inside the window: questions, keyboards, progress. Never a window of the system.

The topmost panel covers the screen, which is hidden meanwhile so that neither a finger nor the Tab
key reaches what lies under it.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TypeVar

from app.ui.theme import theme_of
from app.ui.widgets.box import Card

KeyTaker = Callable[["tk.Event[tk.Misc]"], bool]


class Panel(ttk.Frame):
    """A card in the middle of the window, over everything but the top bar.

    Build what it shows in `self.card`. `on_escape` and `on_return` say what these keys do;
    `take_keys` gives all other keys to a handler (a keypad, a keyboard).
    """

    surface = "scrim"

    def __init__(self, host: PanelHost, *, fill: bool = False) -> None:
        theme = theme_of(host.area)
        super().__init__(host.area, style=theme.frame_style("scrim"), padding=theme.space(2))
        self.host = host
        self.theme = theme
        self._takers: list[KeyTaker] = []
        self.card = Card(self, padding=3)
        if fill:
            self.card.pack(fill="both", expand=True)
        else:
            self.card.place(relx=0.5, rely=0.5, anchor="center")

    def close(self) -> None:
        """Take the panel away; what was under it is shown again."""
        self.host.close(self)

    def opened(self) -> None:
        """Called once the panel is on screen: set the focus here."""

    def on_escape(self) -> None:
        """The Escape key: closes the panel unless a subclass says otherwise."""
        self.close()

    def on_return(self) -> None:
        """The Return key, when no button has the focus."""

    def take_keys(self, handler: KeyTaker) -> None:
        """Give the keys that are typed to `handler`; it says whether it used one."""
        self._takers.append(handler)

    def key_typed(self, event: tk.Event[tk.Misc]) -> bool:
        """Whether a key was used."""
        return any(taker(event) for taker in reversed(self._takers))


AnyPanel = TypeVar("AnyPanel", bound=Panel)


class PanelHost:
    """The pile of panels over an area of the window; `changed()` follows what comes and goes."""

    def __init__(self, area: tk.Misc, changed: Callable[[], object]) -> None:
        self.area = area
        self._changed = changed
        self._pile: list[Panel] = []
        self._focus: list[tk.Misc | None] = []

    @property
    def top(self) -> Panel | None:
        """The panel the person sees, if there is one."""
        return self._pile[-1] if self._pile else None

    def show(self, panel: AnyPanel) -> AnyPanel:
        """Put a panel on top of everything."""
        self._focus.append(self._focused())
        self._pile.append(panel)
        panel.place(relx=0, rely=0, relwidth=1, relheight=1)
        self._hide_under()
        panel.focus_set()
        panel.opened()
        self._changed()
        return panel

    def close(self, panel: Panel) -> None:
        """Take a panel away, wherever it is in the pile."""
        if panel not in self._pile:
            return
        index = self._pile.index(panel)
        self._pile.pop(index)
        focus = self._focus.pop(index)
        self._hide_under()
        panel.destroy()
        self.area.update_idletasks()  # what is not on view yet would not keep the focus
        if focus is not None and focus.winfo_exists():
            focus.focus_set()
        self._changed()

    def close_all(self) -> None:
        """Take all panels away."""
        for panel in list(self._pile):
            self.close(panel)

    def _hide_under(self) -> None:
        """Only what is on top is on screen: the rest can't be reached by touch or by Tab."""
        top = self.top
        for child in self.area.winfo_children():
            if not hasattr(child, "place_info") or isinstance(child, tk.Toplevel):
                continue
            shown = child is top if isinstance(child, Panel) else top is None
            if shown:
                child.place(relx=0, rely=0, relwidth=1, relheight=1)
            else:
                child.place_forget()

    def _focused(self) -> tk.Misc | None:
        try:
            return self.area.focus_get()
        except KeyError:  # a widget Tk knows and tkinter does not
            return None
