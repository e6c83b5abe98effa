"""The recovery sheet: shown once when it is made, and used when a code is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.services.access import give_pin
from app.ui.new_pin import choose_pin
from app.ui.panels import Panel
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.entry_sheets import ask_text
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_WIDTH = 640
_SIGNS = 19
_WHAT_FOR = (
    "Si un code est oublié, ce numéro permet d'en choisir un nouveau, une seule fois. "
    "Recopiez-le sur papier et rangez-le en lieu sûr : il ne sera plus jamais montré. "
    "Une fiche plus ancienne ne vaut plus rien."
)


class RecoverySheet(Panel):
    """Shows the code of a new sheet; it leaves by « C'est noté » alone, and asks once more."""

    def __init__(self, shell: Shell, code: str, then: Callable[[], object]) -> None:
        super().__init__(shell.panels)
        self._shell = shell
        self._then = then
        theme = self.theme
        width = theme.px(_WIDTH)
        Text(self.card, "Fiche de secours", "title", width_px=width).pack(anchor="w")
        box = Card(self.card, padding=2.5, surface="selected")
        box.pack(fill="x", pady=theme.space(2))
        Text(box, code, "display", anchor="center").pack(fill="x")
        Text(self.card, _WHAT_FOR, "body", width_px=width).pack(anchor="w")
        noted = BigButton(self.card, "C'est noté", self._ask, role="primary", icon="check-lg")
        noted.pack(anchor="e", pady=(theme.space(3), 0))

    def on_escape(self) -> None:
        """Nothing: the code is not thrown away by a key."""

    def _ask(self) -> None:
        self._shell.messages.ask(
            "L'avez-vous recopié sur papier ?",
            "Ce numéro ne sera plus jamais montré.",
            on_yes=self._noted,
            yes="Oui, c'est recopié",
            no="Revoir le numéro",
        )

    def _noted(self) -> None:
        self.close()
        self._then()


def show_sheet(shell: Shell, code: str, then: Callable[[], object] = lambda: None) -> None:
    """Show the code of a new recovery sheet; `then` follows « C'est noté »."""
    shell.panels.show(RecoverySheet(shell, code, then))


class WhoForgot(Panel):
    """Whose code is to be chosen anew, when several could be."""

    def __init__(self, shell: Shell, names: Sequence[str], on_ok: Callable[[str], object]) -> None:
        super().__init__(shell.panels)
        self._on_ok = on_ok
        theme = self.theme
        Text(self.card, "Qui a oublié son code ?", "lead").pack(anchor="w")
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(2), 0))
        rows = [Row(name, (name,)) for name in names]
        people = PagedList(self.card, [Column("Nom")], rows, lambda name: self._ok.enable())
        self._people = people
        people.pack(fill="both", expand=True, pady=(theme.space(1.5), 0))
        BigButton(foot, "Abandon", self.close).pack(side="left")
        self._ok = BigButton(foot, "Continuer", self._go_on, role="primary")
        self._ok.pack(side="right")
        self._ok.enable(False)

    def on_return(self) -> None:
        """The same as « Continuer »."""
        self._ok.invoke()

    def _go_on(self) -> None:
        if self._people.selected is not None:
            self.close()
            self._on_ok(self._people.selected)


def ask_recovery(
    shell: Shell, names: Sequence[str], name: str, on_ok: Callable[[str], object]
) -> None:
    """Let somebody choose a new PIN with the recovery sheet; `on_ok(name)` once it is set."""
    if name:
        _ask_code(shell, name, on_ok)
    else:
        shell.panels.show(WhoForgot(shell, names, lambda chosen: _ask_code(shell, chosen, on_ok)))


def _ask_code(shell: Shell, name: str, on_ok: Callable[[str], object]) -> None:
    def typed(code: str) -> None:
        if code.strip():
            choose_pin(shell, name, lambda pin: _renew(shell, name, code, pin, on_ok))

    ask_text(shell.window, "Numéro de la fiche de secours", "", typed, maximum=_SIGNS)


def _renew(shell: Shell, name: str, code: str, pin: str, on_ok: Callable[[str], object]) -> None:
    clock = shell.program.clock

    def done(result: object) -> None:
        shell.messages.tell(
            "Nouveau code enregistré",
            "Cette fiche de secours ne vaut plus rien : faites-en une nouvelle dans "
            "« Utilisateurs ».",
            kind="ok",
            then=lambda: _then(on_ok, name),
        )

    job = shell.in_shop(
        lambda shop, progress: give_pin(shop, name, pin, clock(), by=name, code=code)
    )
    shell.runner.start(job, done, shell.messages.failed)


def _then(on_ok: Callable[[str], object], name: str) -> None:
    on_ok(name)
