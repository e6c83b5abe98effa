"""Choose a PIN: typed twice on the keypad, in a panel; the second must be the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.errors import UsageError
from app.services.users import check_fit
from app.ui.french import of_name
from app.ui.panels import Panel
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

if TYPE_CHECKING:
    from app.ui.shell import Shell

_WIDTH = 400
_SHORTEST = 4
_FIRST = "De 4 à 8 chiffres, que vous êtes seul à connaître."
_SECOND = "Tapez-le une deuxième fois."


class NewPinPanel(Panel):
    """`on_ok(pin)` gets a PIN that is fit and was typed twice; « Abandon » gives nothing."""

    def __init__(self, shell: Shell, name: str, on_ok: Callable[[str], object]) -> None:
        super().__init__(shell.panels)
        self._on_ok = on_ok
        self._first = ""
        self._code = TypedNumber.code()
        theme = self.theme
        width = theme.px(_WIDTH)
        Text(self.card, f"Nouveau code {of_name(name)}", "lead", width_px=width).pack(anchor="w")
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(2), 0))
        room = Box(self.card)
        room.configure(height=3 * theme.line_height("body"), width=width)
        room.pack_propagate(False)
        room.pack(fill="x")
        self._words = Text(room, _FIRST, "muted", width_px=width)
        self._words.pack(fill="x")
        box = Card(self.card, padding=1.5, surface="selected")
        box.pack(fill="x", pady=theme.space(1))
        self._dots = Text(box, " ", "amount", anchor="center")
        self._dots.pack(fill="x")
        Keypad(self.card, self._code, self._refresh).pack(fill="both", expand=True)
        BigButton(foot, "Abandon", self.close).pack(side="left")
        self._ok = BigButton(foot, "Continuer", self._accept, role="primary")
        self._ok.pack(side="right")
        self._refresh()

    def on_return(self) -> None:
        """The same as the main button."""
        self._ok.invoke()

    def _refresh(self) -> None:
        self._dots.set(self._code.shown or " ")
        self._ok.enable(len(self._code.text) >= _SHORTEST)

    def _accept(self) -> None:
        typed = self._code.text
        if not self._first:
            self._take_first(typed)
        elif typed == self._first:
            self.close()
            self._on_ok(typed)
        else:
            self._begin("Les deux codes ne sont pas les mêmes. Recommencez.", "warn")

    def _take_first(self, typed: str) -> None:
        try:
            check_fit(typed)
        except UsageError as error:
            self._begin(str(error), "warn")
            return
        self._begin(_SECOND, "strong")
        self._first = typed
        self._ok.set_text("Enregistrer")

    def _begin(self, words: str, role: str) -> None:
        self._first = ""
        self._words.set(words, role)
        self._code.press("clear")
        self._ok.set_text("Continuer")
        self._refresh()


def choose_pin(shell: Shell, name: str, on_ok: Callable[[str], object]) -> None:
    """Ask for a new PIN, twice."""
    shell.panels.show(NewPinPanel(shell, name, on_ok))
