"""The numeric keypad: large keys, comma and point alike, and the physical keyboard too."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import KEY_HEIGHT, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.typed_number import TypedNumber, key_of

_ROWS, _COLUMNS = 4, 4
_KEYS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"))


class Keypad(Box):
    """Writes in `number` (a `TypedNumber`) and calls `on_change()` after each key.

    `edit(number)` makes it write elsewhere. With `on_enter`, a tall key labelled `enter` (or an
    icon in its place) ends the entry. Let it fill its room: the keys grow with it, from 56 px.
    """

    def __init__(
        self,
        parent: tk.Misc,
        number: TypedNumber,
        on_change: Callable[[], object],
        *,
        on_enter: Callable[[], object] | None = None,
        enter: str = "OK",
        enter_icon: str = "",
        key_width: int = 68,
    ) -> None:
        super().__init__(parent)
        self._least = theme_of(parent).px(key_width)
        self._number = number
        self._on_change = on_change
        self._on = True
        self._comma = self._key(",", 3, 2, lambda: self.press(","), role="key")
        self._build(on_enter, enter, enter_icon)
        self.edit(number)
        give_keys(parent, self._typed)

    def edit(self, number: TypedNumber) -> None:
        """Write in another number from now on."""
        self._number = number
        self._comma.enable(self._on and bool(number.decimals))

    def enable(self, enabled: bool) -> None:
        """Take keys, or grey them all and take none, typed ones neither."""
        if enabled == self._on:
            return
        self._on = enabled
        for key in self.winfo_children():
            if isinstance(key, BigButton):
                key.enable(enabled)
        self._comma.enable(enabled and bool(self._number.decimals))

    def press(self, key: str) -> None:
        """A key: a digit, `00`, `,`, `back` or `clear`."""
        if self._on and self._number.press(key):
            self._on_change()

    def _build(self, on_enter: Callable[[], object] | None, enter: str, icon: str) -> None:
        for row, keys in enumerate(_KEYS):
            for column, key in enumerate(keys):
                self._key(key, row, column, lambda key=key: self.press(key))  # type: ignore[misc]
        self._key("0", 3, 0, lambda: self.press("0"))
        self._key("00", 3, 1, lambda: self.press("00"))
        tall = 1 if on_enter else 2
        back = self._key("", 0, 3, lambda: self.press("back"), role="key_side", rows=tall)
        back.set_icon("backspace")
        back.spoken = "Effacer un chiffre"  # type: ignore[attr-defined]
        self._key("C", tall, 3, lambda: self.press("clear"), role="key_side", rows=tall)
        if on_enter:
            last = self._key("" if icon else enter, 2, 3, on_enter, role="key_on", rows=2)
            last.spoken = enter  # type: ignore[attr-defined]
            last.set_icon(icon)
        self._share_room("" if icon or not on_enter else enter)

    def _share_room(self, enter: str) -> None:
        theme = theme_of(self)
        for index in range(_ROWS - 1):
            least = theme.px(KEY_HEIGHT) + theme.space(1)  # these rows hold the gap below them
            self.rowconfigure(index, weight=1, uniform="row", minsize=least)
        self.rowconfigure(_ROWS - 1, weight=1, minsize=theme.px(KEY_HEIGHT))
        for index in range(_COLUMNS - 1):
            self.columnconfigure(index, weight=2, uniform="column", minsize=self._least)
        room = theme.measure("strong", enter) + theme.space(3)
        self.columnconfigure(3, weight=1, minsize=max(self._least, room))

    def _key(
        self,
        text: str,
        row: int,
        column: int,
        command: Callable[[], object],
        *,
        role: str = "key",
        rows: int = 1,
    ) -> BigButton:
        gap = theme_of(self).space(1)
        key = BigButton(self, text, command, role=role, takefocus=False)
        key.configure(width=3)
        beside, below = column < _COLUMNS - 1, row + rows < _ROWS
        key.grid(
            row=row,
            column=column,
            rowspan=rows,
            sticky="nswe",
            padx=(0, gap if beside else 0),
            pady=(0, gap if below else 0),
        )
        return key

    def _typed(self, event: tk.Event[tk.Misc]) -> bool:
        key = key_of(event.keysym, event.char)
        if not key or not self.winfo_exists() or not self.winfo_viewable():
            return False
        self.press(key)
        return True


def give_keys(widget: tk.Misc | None, handler: Callable[[tk.Event[tk.Misc]], bool]) -> None:
    """Register with the screen or the panel the widget is in: it gives the typed keys."""
    while widget is not None:
        take = getattr(widget, "take_keys", None)
        if take is not None:
            take(handler)
            return
        widget = widget.master
