"""The panels that fields open: an amount or a number on the keypad, a text on the keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.panels import Panel, PanelHost
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.keyboard import Keyboard
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

_CARET = "▏"


class NumberSheet(Panel):
    """Asks for a number; `on_ok(number)` gets the `TypedNumber` once « OK » is pressed."""

    def __init__(
        self,
        host: PanelHost,
        label: str,
        number: TypedNumber,
        on_ok: Callable[[TypedNumber], object],
        *,
        hint: str = "",
    ) -> None:
        super().__init__(host)
        self._number = number
        self._on_ok = on_ok
        theme = self.theme
        Text(self.card, label, "lead", width_px=theme.px(420)).pack(anchor="w")
        if hint:
            Text(self.card, hint, "muted", width_px=theme.px(420)).pack(anchor="w")
        box = Card(self.card, padding=1.5, surface="selected")
        box.pack(fill="x", pady=theme.space(1.5))
        self._shown = Text(box, "", "amount", anchor="e")
        self._shown.pack(fill="x")
        pad = Keypad(self.card, number, self._refresh, key_width=84)
        pad.pack(fill="both", expand=True)
        foot = Box(self.card)
        foot.pack(fill="x", pady=(theme.space(2), 0))
        BigButton(foot, "Abandon", self.close, least_chars=9).pack(side="left")
        self._ok = BigButton(
            foot, "OK", self._accept, role="primary", icon="check-lg", least_chars=6
        )
        self._ok.pack(side="right")
        self._refresh()

    def on_return(self) -> None:
        """The same as « OK »."""
        self._ok.invoke()

    def _refresh(self) -> None:
        self._shown.set(self._number.shown or " ")

    def _accept(self) -> None:
        self.close()
        self._on_ok(self._number)


class TextSheet(Panel):
    """Asks for a text; `on_ok(text)` gets it once « OK » is pressed."""

    def __init__(
        self,
        host: PanelHost,
        label: str,
        text: str,
        on_ok: Callable[[str], object],
        *,
        secret: bool = False,
        maximum: int = 200,
    ) -> None:
        super().__init__(host, fill=True)
        self._text = text
        self._secret = secret
        self._maximum = maximum
        self._on_ok = on_ok
        theme = self.theme
        self.card.configure(padding=theme.space(2))
        head = Box(self.card)
        head.pack(fill="x")
        self._ok = BigButton(head, "OK", self._accept, role="primary", icon="check-lg")
        self._ok.pack(side="right")
        BigButton(head, "Abandon", self.close).pack(side="right", padx=theme.space(1.5))
        Text(head, label, "lead").pack(side="left", fill="x", expand=True)
        box = Card(self.card, padding=1.5, surface="selected")
        box.pack(fill="x", pady=theme.space(1.5))
        self._shown = Text(box, "", "lead")
        self._shown.pack(fill="x")
        keys = Keyboard(self.card, self._add, self._erase)
        keys.pack(fill="both", expand=True)
        self._shown.bind("<Configure>", lambda event: self._refresh())
        self._refresh()

    def on_return(self) -> None:
        """The same as « OK »."""
        self._ok.invoke()

    def _add(self, sign: str) -> None:
        if len(self._text) < self._maximum:
            self._text += sign
        self._refresh()

    def _erase(self) -> None:
        self._text = self._text[:-1]
        self._refresh()

    def _refresh(self) -> None:
        shown = "•" * len(self._text) if self._secret else self._text
        room = self._shown.winfo_width() - self.theme.space(1)
        while room > 0 and len(shown) > 1 and self.theme.measure("lead", f"…{shown}|") > room:
            shown = shown[1:]
        cut = "" if len(shown) == len(self._text) else "…"
        self._shown.set(f"{cut}{shown}|")

    def _accept(self) -> None:
        self.close()
        self._on_ok(self._text)


def ask_amount(
    widget: tk.Misc,
    label: str,
    cents: int | None,
    on_ok: Callable[[int | None], object],
    *,
    hint: str = "",
) -> None:
    """Ask for an amount in a panel; `on_ok` gets cents, or None when all was erased."""
    host = widget.nametowidget(".").panels
    number = TypedNumber.of_cents(cents)
    host.show(NumberSheet(host, label, number, lambda typed: on_ok(typed.cents), hint=hint))


def ask_number(
    widget: tk.Misc,
    label: str,
    value: int | None,
    on_ok: Callable[[int | None], object],
    *,
    digits: int = 6,
    hint: str = "",
) -> None:
    """Ask for a whole number in a panel."""
    host = widget.nametowidget(".").panels
    number = TypedNumber.of_number(value, digits)
    host.show(NumberSheet(host, label, number, lambda typed: on_ok(typed.number), hint=hint))


def ask_code(
    widget: tk.Misc,
    label: str,
    on_ok: Callable[[str], object],
    *,
    digits: int = 8,
    hint: str = "",
) -> None:
    """Ask for a secret code (PIN) in a panel; `on_ok` gets its digits as a text."""
    host = widget.nametowidget(".").panels
    number = TypedNumber.code(digits)
    host.show(NumberSheet(host, label, number, lambda typed: on_ok(typed.text), hint=hint))


def ask_text(
    widget: tk.Misc,
    label: str,
    text: str,
    on_ok: Callable[[str], object],
    *,
    secret: bool = False,
    maximum: int = 200,
) -> None:
    """Ask for a text in a panel with the keyboard."""
    host = widget.nametowidget(".").panels
    host.show(TextSheet(host, label, text, on_ok, secret=secret, maximum=maximum))
