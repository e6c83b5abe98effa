"""The numeric keypad: large keys, comma and point alike, and the physical keyboard too."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

from app.ui.theme import KEY_HEIGHT, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.typed_number import TypedNumber, key_of

_ROWS, _COLUMNS = 4, 4
_KEYS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"))


class Keypad(Box):
    """Writes in `number` (a `TypedNumber`) and calls `on_change()` after each key.

    Only keys that mean something are there: no comma for a whole number, no « 00 » for a code.
    `edit(number)` makes it write in another number of the same kind. With `on_enter`, a tall key
    labelled `enter` (or an icon in its place) ends the entry. Let it fill its room: the keys grow
    with it, from 56 px high and `key_width` wide.
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
        key_width: int = 60,
    ) -> None:
        super().__init__(parent)
        self._least = theme_of(parent).px(key_width)
        self._number = number
        self._on_change = on_change
        self._on = True
        self._build(on_enter, enter, enter_icon)
        give_keys(parent, self._typed)

    def edit(self, number: TypedNumber) -> None:
        """Write in another number from now on."""
        self._number = number

    def enable(self, enabled: bool) -> None:
        """Take keys, or grey them all and take none, typed ones neither."""
        if enabled == self._on:
            return
        self._on = enabled
        for key in self.winfo_children():
            if isinstance(key, BigButton):
                key.enable(enabled)

    def press(self, key: str) -> None:
        """A key: a digit, `00`, `,`, `back` or `clear`."""
        if self._on and self._number.press(key):
            self._on_change()

    def _build(self, on_enter: Callable[[], object] | None, enter: str, icon: str) -> None:
        for row, keys in enumerate(_KEYS):
            for column, key in enumerate(keys):
                self._digit(key, row, column)
        self._build_last_row()
        tall = 1 if on_enter else 2
        self._key(
            "",
            0,
            3,
            lambda: self.press("back"),
            role="key_side",
            rows=tall,
            icon="backspace",
            spoken="Effacer un chiffre",
        )
        self._key("C", tall, 3, lambda: self.press("clear"), role="key_side", rows=tall)
        if on_enter:
            text = "" if icon else enter
            role = "key" if icon else "key_on"  # what goes to the next field does not end anything
            self._key(text, 2, 3, on_enter, role=role, rows=2, icon=icon, spoken=enter)
        self._share_room("" if icon or not on_enter else enter)

    def _build_last_row(self) -> None:
        if self._number.decimals:
            self._digit("0", 3, 0)
            self._digit("00", 3, 1)
            self._digit(",", 3, 2)
        elif self._number.secret:
            self._digit("0", 3, 0, columns=3)
        else:
            self._digit("0", 3, 0, columns=2)
            self._digit("00", 3, 2)

    def _share_room(self, enter: str) -> None:
        theme = theme_of(self)
        for index in range(_ROWS - 1):
            least = theme.px(KEY_HEIGHT) + theme.space(1)  # these rows hold the gap below them
            self.rowconfigure(index, weight=1, uniform="row", minsize=least)
        self.rowconfigure(_ROWS - 1, weight=1, minsize=theme.px(KEY_HEIGHT))
        for index in range(_COLUMNS - 1):
            self.columnconfigure(
                index, weight=2, uniform="column", minsize=self._least + theme.space(1)
            )
        room = theme.measure("strong", enter) + theme.space(3)
        self.columnconfigure(3, weight=1, minsize=max(self._least, room))

    def _digit(self, key: str, row: int, column: int, *, columns: int = 1) -> None:
        self._key(key, row, column, partial(self.press, key), role="key", columns=columns)

    def _key(
        self,
        text: str,
        row: int,
        column: int,
        command: Callable[[], object],
        *,
        role: str,
        rows: int = 1,
        columns: int = 1,
        icon: str = "",
        spoken: str = "",
    ) -> None:
        gap = theme_of(self).space(1)
        key = BigButton(
            self, text, command, role=role, icon=icon, takefocus=False, spoken=spoken or text
        )
        key.configure(width=3)
        beside, below = column + columns < _COLUMNS, row + rows < _ROWS
        key.grid(
            row=row,
            column=column,
            rowspan=rows,
            columnspan=columns,
            sticky="nswe",
            padx=(0, gap if beside else 0),
            pady=(0, gap if below else 0),
        )

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
