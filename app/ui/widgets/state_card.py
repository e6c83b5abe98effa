"""A card that tells a state: icon, title, words, and the one button that cures it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from app.ui.theme import STATE_ICONS, SURFACES, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.text import Text

_TINTED = ("ok", "warn", "bad")


class StateCard(Card):
    """`state` is ok, warn, bad, info, wait or off; `action` is (label, command); with `leads` it is
    the main thing to do."""

    def __init__(
        self,
        parent: tk.Misc,
        state: str,
        title: str,
        text: str = "",
        *,
        action: tuple[str, Callable[[], object]] | None = None,
        leads: bool = False,
    ) -> None:
        super().__init__(parent, surface=state if state in _TINTED else "card", padding=1.5)
        theme = theme_of(self)
        self._sign = Text(self)
        self._sign.pack(side="left", anchor="n" if text else "center", padx=(0, theme.space(1.5)))
        if action:
            role = "primary" if leads else "secondary"
            self.button = BigButton(self, action[0], action[1], role=role)
            self.button.pack(side="right", padx=(theme.space(2), 0))
        words = Box(self)
        words.pack(side="left", fill="x", expand=True)
        self._title = Text(words, title, "strong", wrap=True)
        self._title.pack(fill="x")
        self._text = Text(words, text, "body", wrap=True)
        if text:
            self._text.pack(fill="x", pady=(theme.space(0.5), 0))
        self._draw_sign(state)

    def tell(self, title: str, text: str = "") -> None:
        """Change the words; for another state, make another card."""
        self._title.set(title)
        self._text.set(text)
        if text:
            self._text.pack(fill="x", pady=(theme_of(self).space(0.5), 0))

    def _draw_sign(self, state: str) -> None:
        theme = theme_of(self)
        ink = SURFACES[self.surface].accent if state != "off" else SURFACES["card"].muted
        self._sign.configure(image=theme.icon(STATE_ICONS[state], theme.px(28), ink))
