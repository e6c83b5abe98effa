"""The editor of each kind of setting, in a panel: keyboard, keypad, tiles, ± keys, list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.services.settings_pages import Line
from app.ui.french import MONTHS
from app.ui.panels import Panel, PanelHost
from app.ui.setting_words import day_word
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.entry_sheets import NumberSheet, ask_amount, ask_number, ask_text
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

OnValue = Callable[[Any], object]
_WIDTH = 0.62
_MANY = 5
_MINUTES = 5
_LONGEST_TEXT = 500


@dataclass(slots=True)
class TypedRate(TypedNumber):
    """A rate in percent."""

    @property
    def shown(self) -> str:
        """`5,5 %` as it was typed so far."""
        return f"{self.text}\u00a0%" if self.text else ""


def edit(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    """Open the editor of a setting; `on_value` gets what was entered, not checked yet."""
    _EDITORS[line.kind](widget, line, on_value)


def _text(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    known = str(line.value)
    # Too long a text is told with its length: a key that does nothing would tell less.
    most = min(2 * line.maximum, _LONGEST_TEXT)
    ask_text(widget, line.label, known, on_value, secret=line.secret, maximum=most)


def _number(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    digits = len(str(line.maximum))
    known = int(str(line.value))
    ask_number(widget, line.label, known, lambda n: on_value(n or 0), digits=digits, hint=line.help)


def _amount(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    known = int(str(line.value))
    ask_amount(widget, line.label, known, lambda n: on_value(n or 0), hint=line.help)


def _rate(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    host = _host(widget)
    typed = TypedRate(digits=2, text=str(line.value).replace(".", ","), fresh=True)

    def accept(number: TypedNumber) -> None:
        on_value(number.text.rstrip(",").replace(",", ".") or "0")

    host.show(NumberSheet(host, line.label, typed, accept, hint="En pour cent."))


def _choice(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    host = _host(widget)
    host.show(ChoiceSheet(host, line, on_value))


def _hour(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    host = _host(widget)
    hour, minute = (int(part) for part in str(line.value).split(":"))
    steppers = (
        ("Heure", hour, {"most": 23, "turns": True, "words": lambda n: f"{n} h"}),
        (
            "Minutes",
            minute - minute % _MINUTES,
            {"most": 59, "step": _MINUTES, "turns": True, "words": lambda n: f"{n:02d} min"},
        ),
    )
    host.show(StepperSheet(host, line, steppers, lambda h, m: on_value(f"{h:02d}:{m:02d}")))


def _month_day(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    host = _host(widget)
    month, day = (int(part) for part in str(line.value).split("-"))
    steppers = (
        ("Jour", day, {"least": 1, "most": 31, "turns": True, "words": day_word}),
        (
            "Mois",
            month,
            {"least": 1, "most": 12, "turns": True, "words": lambda n: MONTHS[n - 1]},
        ),
    )
    host.show(StepperSheet(host, line, steppers, lambda d, m: on_value(f"{m:02d}-{d:02d}")))


def _list(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    from app.ui.setting_list import ListSheet

    host = _host(widget)
    host.show(ListSheet(host, line, on_value))


def _drawers(widget: tk.Misc, line: Line, on_value: OnValue) -> None:
    from app.ui.setting_list import DrawersSheet

    host = _host(widget)
    host.show(DrawersSheet(host, line, on_value))


def _host(widget: tk.Misc) -> PanelHost:
    host: PanelHost = widget.nametowidget(".").panels
    return host


def _keep_width(panel: Panel) -> None:
    """Give the card a width of its own: a text that wraps in a card that follows it never rests."""
    panel.card.place(relx=0.5, rely=0.5, anchor="center", relwidth=_WIDTH)


class ChoiceSheet(Panel):
    """A few tiles; a tap chooses."""

    def __init__(self, host: PanelHost, line: Line, on_value: OnValue) -> None:
        many = len(line.choices) > _MANY
        super().__init__(host, fill=many)
        self._on_value = on_value
        theme = self.theme
        Text(self.card, line.label, "lead").pack(anchor="w")
        if line.help:
            Text(self.card, line.help, "muted", wrap=True).pack(fill="x")
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(2), 0))
        BigButton(foot, "Abandon", self.close).pack(side="left")
        parent: tk.Misc = self.card
        if many:
            area = PagedArea(self.card)
            area.pack(fill="both", expand=True, pady=(theme.space(1.5), 0))
            parent = area.inner
        else:
            _keep_width(self)
        choices = [Choice(code, words) for code, words in line.choices]
        tiles = ChoiceTiles(
            parent,
            choices,
            self._chosen,
            columns=2 if many else 1,
            keep=True,
            value=str(line.value),
        )
        tiles.pack(fill="x", pady=(theme.space(1.5), 0))

    def _chosen(self, code: str) -> None:
        self.close()
        self._on_value(code)


class StepperSheet(Panel):
    """A few values with their ± keys; `on_ok(*values)`."""

    def __init__(
        self,
        host: PanelHost,
        line: Line,
        steppers: tuple[tuple[str, int, dict[str, Any]], ...],
        on_ok: Callable[..., object],
    ) -> None:
        super().__init__(host)
        self._on_ok = on_ok
        theme = self.theme
        _keep_width(self)
        Text(self.card, line.label, "lead", wrap=True).pack(fill="x")
        if line.help:
            Text(self.card, line.help, "muted", wrap=True).pack(fill="x")
        self._steppers = [
            Stepper(self.card, label, value, **options) for label, value, options in steppers
        ]
        widest = max(stepper.value_width for stepper in self._steppers)
        for stepper in self._steppers:
            stepper.widen(widest)
            stepper.pack(fill="x", pady=(theme.space(2), 0))
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(3), 0))
        BigButton(foot, "Abandon", self.close).pack(side="left")
        self._ok = BigButton(foot, "OK", self._accept, role="primary", icon="check-lg")
        self._ok.pack(side="right")

    def on_return(self) -> None:
        """The same as « OK »."""
        self._ok.invoke()

    def _accept(self) -> None:
        values = [stepper.value for stepper in self._steppers]
        self.close()
        self._on_ok(*values)


_EDITORS: dict[str, Callable[[tk.Misc, Line, OnValue], None]] = {
    "text": _text,
    "mail": _text,
    "choice": _choice,
    "number": _number,
    "amount": _amount,
    "hour": _hour,
    "month_day": _month_day,
    "rate": _rate,
    "list": _list,
    "drawers": _drawers,
}
