"""Ask a person of a role for her PIN, in a panel: `ask_pin(shell, role, title, on_ok)`.

The keypad shows dots. After three wrong codes it waits, with the seconds left in sight. Who forgot
her code uses the recovery sheet (« Code oublié »).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.services.access import Keepers, PinAnswer, keepers_of, seconds_to_wait, try_pin
from app.ui.french import of_name
from app.ui.panels import Panel
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

if TYPE_CHECKING:
    from app.ui.shell import Shell

_WIDTH = 330
PINS_LOST = (  # what the panel says instead of why it asks
    "Les codes ont disparu de ce poste. La fiche de secours en donne un nouveau ; sans elle, "
    "« users pin » sur ce PC, ou le support."
)
_SHORTEST = 4
_SENTENCE_LINES = 3
_TICK_MS = 250
_NO_SHEET = (
    "Un autre responsable peut donner un nouveau code dans « Paramètres », « Utilisateurs ». "
    "Sinon, appelez le support : il en donne un depuis ce poste."
)


def ask_pin(
    shell: Shell,
    role: str,
    title: str,
    on_ok: Callable[[str], object],
    *,
    reason: str = "",
    may_leave: bool = True,
) -> None:
    """Ask somebody who holds a role (« caissier », « responsable », « support ») or a higher one.

    `on_ok(name)` is called once the PIN is right; with an empty name, at once, while nobody of that
    role has a PIN. Nothing is called on « Abandon », which `may_leave` takes away. Where the PINs
    were lost with their file, the panel asks for the recovery sheet; it can always be left then.
    """

    if shell.nav.locked:
        return  # asked a moment ago: a second tap is the same tap

    def asked(keepers: Keepers) -> None:
        shell.nav.unlock()
        if not keepers.is_locked or not (keepers.names or may_leave):
            # Nobody could open a panel that can't be left: what it covers asks again by itself.
            on_ok("")
            return
        shown = keepers if keepers.names else replace(keepers, names=keepers.lost)
        why = reason if keepers.names else PINS_LOST
        shell.panels.show(PinPanel(shell, shown, title, why, on_ok, may_leave=may_leave))

    def failed(error: BaseException) -> None:
        shell.nav.unlock()
        shell.messages.failed(error)

    shell.nav.lock()
    job = shell.in_shop(lambda shop, progress: keepers_of(shop, role))
    shell.runner.start(job, asked, failed)


class PinPanel(Panel):
    """Who, the code in dots, the keypad, and a calm sentence when the code is wrong."""

    def __init__(
        self,
        shell: Shell,
        keepers: Keepers,
        title: str,
        reason: str,
        on_ok: Callable[[str], object],
        *,
        may_leave: bool = True,
    ) -> None:
        super().__init__(shell.panels)
        self._shell = shell
        self._keepers = keepers
        self._title = title
        self._on_ok = on_ok
        self._may_leave = may_leave
        self.locks = not may_leave
        self._name = keepers.names[0] if len(keepers.names) == 1 else ""
        self._code = TypedNumber.code()
        self._until: datetime | None = None
        self._left = 0.0
        self._checking = False
        self._build(title, reason)
        self._refresh()
        if self._name:
            self._chosen(self._name)
        self._tick()

    def on_return(self) -> None:
        """The same as « Valider »."""
        self._ok.invoke()

    def on_escape(self) -> None:
        """The same as « Abandon », when there is one."""
        if self._may_leave:
            self.close()

    # --- building ---------------------------------------------------------------------------

    def _build(self, title: str, reason: str) -> None:
        theme = self.theme
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(2), 0))
        who = Box(self.card)
        who.pack(side="left", fill="both", expand=True, padx=(0, theme.space(3)))
        self._build_who(who, title, reason)
        self._build_code(Box(self.card))
        if self._may_leave:
            BigButton(foot, "Abandon", self.close).pack(side="left")
        forgot = BigButton(foot, "Code oublié", self._forgotten, role="ghost")
        forgot.pack(side="left", padx=theme.space(1))
        self._ok = BigButton(foot, "Valider", self._check, role="primary", icon="check-lg")
        self._ok.pack(side="right")

    def _build_who(self, column: Box, title: str, reason: str) -> None:
        theme = self.theme
        width = theme.px(_WIDTH)
        self._heading = Text(column, title, "lead", width_px=width)
        self._heading.pack(fill="x")
        if reason:
            Text(column, reason, "muted", width_px=width).pack(fill="x")
        # Its lines kept from the start: nothing moves under the finger.
        room = Box(column)
        room.configure(height=_SENTENCE_LINES * theme.line_height("strong"), width=width)
        room.pack_propagate(False)
        room.pack(side="bottom", fill="x")
        self._sentence = Text(room, "", "warn", width_px=width)
        self._sentence.pack(side="bottom", fill="x")
        if len(self._keepers.names) > 1:
            people = PagedList(
                column,
                [Column("Qui êtes-vous ?")],
                [Row(name, (name,)) for name in self._keepers.names],
                self._chosen,
            )
            people.pack(fill="both", expand=True, pady=(theme.space(1.5), 0))

    def _build_code(self, column: Box) -> None:
        theme = self.theme
        column.pack(side="left", fill="both", expand=True)
        self._whose = Text(column, "", "strong", width_px=theme.px(_WIDTH))
        self._whose.pack(fill="x")
        box = Card(column, padding=1, surface="selected")
        box.pack(fill="x", pady=theme.space(1))
        self._dots = Text(box, " ", "amount", anchor="center")
        self._dots.pack(fill="x")
        self._pad = Keypad(column, self._code, self._typed)
        self._pad.pack(fill="both", expand=True)

    # --- what is done -----------------------------------------------------------------------

    def _chosen(self, name: str) -> None:
        self._name = name
        self._until = None
        self._say("")
        self._start_again()
        self._ask_wait()

    def _ask_wait(self) -> None:
        name, clock = self._name, self._shell.program.clock
        job = self._shell.in_shop(lambda shop, progress: seconds_to_wait(shop, name, clock()))
        self._run(job, lambda seconds: self._wait(seconds) if name == self._name else None)

    def _typed(self) -> None:
        if self._code.text:
            self._say("")
        self._refresh()

    def _check(self) -> None:
        name, pin, clock = self._name, self._code.text, self._shell.program.clock
        self._checking = True
        self._refresh()
        job = self._shell.in_shop(lambda shop, progress: try_pin(shop, name, pin, clock()))
        self._run(job, self._answered)

    def _answered(self, answer: PinAnswer) -> None:
        self._checking = False
        if answer.right:
            self.close()
            self._on_ok(self._name)
            return
        self._start_again()
        self._say(answer.sentence)
        self._wait(answer.wait)

    def _forgotten(self) -> None:
        from app.ui.recovery import ask_recovery

        if not self._keepers.recovery:
            self._shell.messages.tell("Il n'y a pas de fiche de secours", _NO_SHEET, kind="warn")
            return
        ask_recovery(self._shell, self._keepers.names, self._name, self._renewed)

    def _renewed(self, name: str) -> None:
        if self.winfo_exists():
            self.close()
        self._on_ok(name)

    def _start_again(self) -> None:
        self._code.press("clear")
        self._refresh()

    def _wait(self, seconds: int) -> None:
        if seconds:
            self._until = self._shell.program.clock() + timedelta(seconds=seconds)
            self._left = seconds
        self._show_wait()

    def _tick(self) -> None:
        if not self.winfo_exists():
            return
        self._show_wait()
        self.after(_TICK_MS, self._tick)

    def _show_wait(self) -> None:
        if self._until is None:
            return
        left = (self._until - self._shell.program.clock()).total_seconds()
        went_back = left > self._left + 1
        self._left = left
        if went_back:
            self._ask_wait()  # the clock was put back: the wait has an end all the same
        elif left > 0:
            self._heading.set(f"Attendez {_words(left)}")
            self._say("Trop de codes faux. Vous pourrez ensuite réessayer.")
        else:
            self._until = None
            self._say("Vous pouvez réessayer.", "ok")
        self._refresh()

    def _say(self, sentence: str, role: str = "warn") -> None:
        self._sentence.set(sentence, role)

    def _refresh(self) -> None:
        waits = self._until is not None
        self._pad.enable(not waits)
        if waits:
            self._code.press("clear")
        else:
            self._heading.set(self._title)
        whose = f"Code {of_name(self._name)}" if self._name else "Touchez d'abord votre nom"
        self._whose.set(whose)
        self._dots.set(self._code.shown or " ")
        ready = bool(self._name) and len(self._code.text) >= _SHORTEST
        self._ok.enable(ready and not waits and not self._checking)

    def _run(self, job: Callable, on_done: Callable) -> None:
        def done(result: object) -> None:
            if self.winfo_exists():
                on_done(result)

        self._shell.runner.start(job, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._checking = False
        if self.winfo_exists():
            self._refresh()
        self._shell.messages.failed(error)


def _words(seconds: float) -> str:
    whole = -int(-seconds // 1)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02d} s"
