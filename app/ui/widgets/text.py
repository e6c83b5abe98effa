"""A text on screen, by role: `title`, `lead`, `body`, `strong`, `muted`, `small`, `amount`, …"""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import Literal

from app.ui.french import typographic
from app.ui.theme import ink_of, surface_of, theme_of

Anchor = Literal["w", "center", "e"]
_JUSTIFY: dict[Anchor, Literal["left", "center", "right"]] = {
    "w": "left",
    "center": "center",
    "e": "right",
}
_EDGES = 4
"""Pixels that a label keeps to the left and the right of its words, together."""
_SLACK = 3
_BESIDE_ICON = 8
"""Pixels that a label keeps between its icon and its words, at most."""


class Text(ttk.Label):
    """A label in a role of the type scale (`theme.TEXT_ROLES`).

    With `wrap` the text is broken at the width it gets: let it fill that width (`fill="x"` or
    `sticky="we"`). `icon` is a Bootstrap icon's name, drawn in the text's own ink.
    """

    def __init__(
        self,
        parent: tk.Misc,
        text: str = "",
        role: str = "body",
        *,
        wrap: bool = False,
        icon: str = "",
        anchor: Anchor = "w",
        width_px: int = 0,
    ) -> None:
        self._theme = theme_of(parent)
        self._role = role
        self._on = surface_of(parent)
        self._icon_room = 0
        super().__init__(
            parent,
            text=typographic(text),
            style=self._theme.text_style(role, self._on),
            anchor=anchor,
            justify=_JUSTIFY[anchor],
        )
        if icon:
            self.set_icon(icon)
        if width_px:
            self.configure(wraplength=max(1, width_px - _EDGES))
        if wrap:
            self.bind("<Configure>", self._rewrap)

    def set(self, text: str, role: str = "") -> None:
        """Show another text, in another role if one is given."""
        if role and role != self._role:
            self._role = role
            self.configure(style=self._theme.text_style(role, self._on))
        self.configure(text=typographic(text))

    def set_icon(self, name: str) -> None:
        """Draw an icon before the text (an empty name takes it away)."""
        if not name:
            self.configure(image="")
            self._icon_room = 0
            return
        font = self.cget("style")
        size = round(self._theme.text_px(_font_role(self._role)) * 1.15)
        image = self._theme.icon(name, size, ink_of(self._role, self._on))
        self._icon_room = image.width() + _BESIDE_ICON
        self.configure(image=image, compound="left", style=font)

    def _rewrap(self, event: tk.Event[tk.Misc]) -> None:
        """Break where the room for words ends: a line that is a pixel too long loses its end.

        A few pixels more change nothing: where two columns share an odd number of them, each break
        could give the pixel to the other column, and they would never rest.
        """
        room = max(1, event.width - _EDGES - self._icon_room)
        broken_at = int(str(self.cget("wraplength") or 0))
        if not broken_at or room < broken_at or room > broken_at + _SLACK:
            self.configure(wraplength=room)


def _font_role(role: str) -> str:
    from app.ui.theme import TEXT_ROLES

    return TEXT_ROLES[role][0]
