"""The AZERTY keyboard on screen, with accents and signs; the physical keyboard works too."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import KEY_HEIGHT, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.keypad import give_keys

_LETTERS = ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn'-_.", "éèêëàâçùîô")
_SIGNS = ("1234567890", "+-*/=%€$£#", "()[]{}<>\\|", ".,;:!?\"'&_", "ûüïœæñöä~^")
"""Every sign of a name, a mail address, a path or a password can be touched."""

_SHIFT, _TO_SIGNS, _TO_LETTERS = "Maj", "Signes", "Lettres"


class Keyboard(Box):
    """Calls `on_text(sign)` for a sign, `on_back()` for the eraser."""

    def __init__(
        self,
        parent: tk.Misc,
        on_text: Callable[[str], object],
        on_back: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._on_text = on_text
        self._on_back = on_back
        self._shifted = False
        self._signs = False
        self._keys: list[BigButton] = []
        for row, signs in enumerate(_LETTERS):
            for column, sign in enumerate(signs):
                self._keys.append(self._key(sign, row, column, 1, self._sign_pressed))
        self._build_last_row()
        least = theme_of(self).px(KEY_HEIGHT)
        for index in range(len(_LETTERS) + 1):
            self.rowconfigure(index, weight=1, uniform="row", minsize=least)
        for index in range(len(_LETTERS[0])):
            self.columnconfigure(index, weight=1, uniform="column", minsize=least)
        give_keys(parent, self._typed)

    def shift(self, shifted: bool | None = None) -> None:
        """Capitals for one letter (or what is asked)."""
        self._shifted = not self._shifted if shifted is None else shifted
        self._name_keys()

    def show_other_side(self) -> None:
        """From letters to signs, and back."""
        self._signs = not self._signs
        self._name_keys()

    def _name_keys(self) -> None:
        signs = "".join(_SIGNS if self._signs else _LETTERS)
        for key, sign in zip(self._keys, signs, strict=True):
            key.configure(text=sign.upper() if self._shifted else sign)
        self._shift.set_role("key_on" if self._shifted else "key_side")
        self._other.set_text(_TO_LETTERS if self._signs else _TO_SIGNS)

    def _build_last_row(self) -> None:
        row = len(_LETTERS)
        self._shift = self._key(_SHIFT, row, 0, 2, lambda _: self.shift(), role="key_side")
        self._other = self._key(
            _TO_SIGNS, row, 2, 2, lambda _: self.show_other_side(), role="key_side"
        )
        self._key("@", row, 4, 1, self._sign_pressed)
        self._key("Espace", row, 5, 3, lambda _: self._on_text(" "), role="key_side")
        back = self._key("", row, 8, 2, lambda _: self._on_back(), role="key_side")
        back.set_icon("backspace")
        back.spoken = "Effacer"

    def _key(
        self,
        sign: str,
        row: int,
        column: int,
        columns: int,
        command: Callable[[str], object],
        *,
        role: str = "key",
    ) -> BigButton:
        gap = theme_of(self).space(0.375)
        key = BigButton(self, sign, role=role, takefocus=False)
        key.configure(command=lambda: command(str(key.cget("text"))), width=1)
        key.grid(row=row, column=column, columnspan=columns, sticky="nswe", padx=gap, pady=gap)
        return key

    def _sign_pressed(self, sign: str) -> None:
        self._on_text(sign)
        if self._shifted:
            self.shift(False)

    def _typed(self, event: tk.Event[tk.Misc]) -> bool:
        if not self.winfo_exists() or not self.winfo_viewable():
            return False
        if event.keysym == "BackSpace":
            self._on_back()
            return True
        if event.char and event.char.isprintable():
            self._on_text(event.char)
            return True
        return False
