"""One choice among some: tabs when they are few and short, else a button that opens a list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from app.ui.panels import Panel, PanelHost
from app.ui.theme import theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

_MOST_TABS = 4
_LONGEST_TAB = 14


class Chooser(Box):
    """`choices` are (key, word); `on_choose(key)` hears of another choice.

    `tabs` False asks for the button whatever the number; `width` is the button's, at 100 %.
    """

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        choices: Sequence[tuple[str, str]],
        on_choose: Callable[[str], object],
        *,
        value: str = "",
        tabs: bool = True,
        icon: str = "chevron-down",
        width: int = 0,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.choices = tuple(choices)
        self.value = value or (choices[0][0] if choices else "")
        self._on_choose = on_choose
        few = len(choices) <= _MOST_TABS and all(len(w) <= _LONGEST_TAB for _, w in choices)
        self._tabs: Tabs | None = None
        self.button: BigButton | None = None
        if tabs and few and len(choices) > 1:
            self._tabs = Tabs(self, choices, self._chosen, value=self.value)
            self._tabs.pack(fill="x")
            return
        if len(choices) < 2:
            Text(self, self.word, "strong").pack()
            return
        self.button = BigButton(
            self,
            self.word or label,
            self.open,
            role="field",
            icon=icon,
            fits=True,
            spoken=label,
        )
        self.button.pack(fill="both", expand=True)
        if width:
            self.pack_propagate(False)
            theme = theme_of(self)
            most = max(theme.measure("body", word) for _, word in choices) if choices else 0
            room = min(theme.px(width), most + theme.space(10))
            self.configure(width=room, height=self.button.winfo_reqheight())

    def choose(self, key: str) -> None:
        """Choose one, and tell when it is another."""
        if self._tabs is not None:
            self._tabs.choose(key)
        elif key != self.value:
            self._chosen(key)
            self._refresh()

    @property
    def word(self) -> str:
        """The word of what is chosen."""
        return dict(self.choices).get(self.value, "")

    def _chosen(self, key: str) -> None:
        self.value = key
        self._on_choose(key)

    def _refresh(self) -> None:
        if self.button is not None:
            self.button.set_text(self.word or self.label)

    def open(self) -> None:
        """Show the choices, as a tap on the button does."""
        ask_choice(self, self.label, self.choices, self.value, self.choose)


def ask_choice(
    widget: tk.Misc,
    label: str,
    choices: Sequence[tuple[str, str]],
    value: str,
    on_choose: Callable[[str], object],
) -> None:
    """Ask for one of `choices` (key, word) in a panel; `on_choose(key)`."""
    host = widget.nametowidget(".").panels
    host.show(ChooserPanel(host, label, choices, value, on_choose))


class ChooserPanel(Panel):
    """A list to choose from; a tap on a row is the answer."""

    def __init__(
        self,
        host: PanelHost,
        label: str,
        choices: Sequence[tuple[str, str]],
        value: str,
        on_choose: Callable[[str], object],
    ) -> None:
        super().__init__(host, fill=True)
        self._on_choose = on_choose
        theme = self.theme
        head = Box(self.card)
        head.pack(fill="x", pady=(0, theme.space(1.5)))
        BigButton(head, "Abandon", self.close).pack(side="right")
        Text(head, label, "lead").pack(side="left", fill="x", expand=True)
        rows = [
            Row(key, (word,), state="ok" if key == value else "", strong=key == value)
            for key, word in choices
        ]
        PagedList(self.card, [Column("")], rows, self._picked).pack(fill="both", expand=True)

    def _picked(self, key: str) -> None:
        self.close()
        self._on_choose(key)
