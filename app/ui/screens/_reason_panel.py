"""The reasons of a difference to choose from, or another one to type."""

from __future__ import annotations

from collections.abc import Callable

from app.services.count_check import REASONS
from app.ui.panels import Panel, PanelHost
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.entry_sheets import ask_text
from app.ui.widgets.text import Text

_WIDTH = 880
_LONGEST = 120


class ReasonPanel(Panel):
    """`on_ok(reason)` gets the reason that was chosen or typed; « Abandon » changes nothing."""

    def __init__(
        self, host: PanelHost, title: str, reason: str, on_ok: Callable[[str], object]
    ) -> None:
        super().__init__(host)
        self._title = title
        self._reason = reason
        self._on_ok = on_ok
        theme = self.theme
        # A width of its own: the tiles break their words at the room they get.
        room = host.area.winfo_width() - theme.space(4)
        self.card.place_configure(width=min(theme.px(_WIDTH), room))
        Text(self.card, title, "lead", wrap=True).pack(fill="x")
        choices = [Choice(known, known) for known in REASONS]
        tiles = ChoiceTiles(
            self.card, choices, self._choose, columns=2, keep=True, value=self._known(reason)
        )
        tiles.pack(fill="x", pady=theme.space(2))
        foot = Box(self.card)
        foot.pack(fill="x")
        BigButton(foot, "Abandon", self.close).pack(side="left")
        BigButton(foot, "Autre motif", self._type, icon="keyboard").pack(side="right")

    def _choose(self, reason: str) -> None:
        self.close()
        self._on_ok(reason)

    def _type(self) -> None:
        text = "" if self._reason in REASONS else self._reason
        widget = self.host.area
        self.close()
        ask_text(widget, self._title, text, self._typed, maximum=_LONGEST)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._on_ok(text.strip())

    @staticmethod
    def _known(reason: str) -> str:
        return reason if reason in REASONS else ""


def ask_reason(host: PanelHost, title: str, reason: str, on_ok: Callable[[str], object]) -> None:
    """Ask why there is a difference, in a panel."""
    host.show(ReasonPanel(host, title, reason, on_ok))
