"""Open the kiosk: the window, its parts put together, the first screen."""

from __future__ import annotations

import logging
import tkinter as tk
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.services.jobs import run_due, wake
from app.ui.job_runner import JobRunner, Progress, Runner
from app.ui.messages import Messages
from app.ui.navigator import Destination, Navigator
from app.ui.screen import Screen
from app.ui.shell import Shell
from app.ui.shop_look import take_look
from app.ui.window import KioskWindow

if TYPE_CHECKING:
    from app.cli.program import Program

_LAST_STEP_SECONDS = 60
_EVERY_MS = 60_000
_LOG = logging.getLogger(__name__)


class NoScreen(AppError):
    """There is no screen to open the kiosk on."""

    code = "no_screen"


def open_kiosk(program: Program, *, windowed: bool = False) -> None:
    """Show the kiosk and return when it is closed. Raises NoScreen where there is none."""
    from app.ui.screens import SCREENS

    with program.keep_log():
        try:
            window = KioskWindow(program.clock, windowed=windowed)
        except tk.TclError as error:
            raise NoScreen(
                "Aucun écran où s'afficher : ouvrez une session avec écran, ou donnez une "
                "commande (« --help » les montre)."
            ) from error
        shell = assemble(window, program)
        shell.nav.start(SCREENS[0].SCREEN)
        take_look(shell)
        follow_ups_begin(shell)
        follow_ups_go_on(shell)
        window.mainloop()
        shell.runner.stop(_LAST_STEP_SECONDS)
        shell.aside.stop(_LAST_STEP_SECONDS)


def assemble(window: KioskWindow, program: Program, runner: Runner | None = None) -> Shell:
    """The parts of the kiosk in that window, known to each other."""
    parts: dict[str, Any] = {}

    def build(destination: Destination, host: tk.Misc) -> Screen:
        return destination.screen(host, parts["shell"], **destination.args)

    panels = window.panels
    messages = Messages(panels)
    nav = Navigator(
        window.stage,
        build,
        messages.unexpected,
        lambda question, leave: messages.ask(
            question, on_yes=leave, yes="Quitter cet écran", no="Rester"
        ),
        window.taps.hold,
    )
    shell = Shell(
        program,
        window,
        nav,
        panels,
        messages,
        runner or JobRunner(window),
        runner or JobRunner(window, name="suites"),
    )
    parts["shell"] = shell
    messages.go_home = nav.force_home
    _wire(window, shell)
    return shell


def follow_ups_begin(shell: Shell) -> None:
    """At a start, try at once what failed before and what is due, aside."""

    def begin(shop: Any, progress: Progress) -> None:
        wake(shop, shell.program.clock())
        run_due(shop, shell.program.follow_ups, shell.program.clock)

    shell.aside.start(shell.in_shop(begin), _nothing, _told_later)


def follow_ups_go_on(shell: Shell) -> None:
    """Every minute, run what is due, aside."""

    def go_on(shop: Any, progress: Progress) -> None:
        run_due(shop, shell.program.follow_ups, shell.program.clock)

    def every_minute() -> None:
        shell.window.after(_EVERY_MS, every_minute)
        if not shell.aside.busy:
            shell.aside.start(shell.in_shop(go_on), _nothing, _told_later)

    shell.window.after(_EVERY_MS, every_minute)


def _nothing(result: object) -> None:
    """What came of the jobs is on disk, and « Accueil » shows it."""


def _told_later(error: BaseException) -> None:
    """A shop that isn't there yet or can't be read: « Accueil » says so to whoever looks."""
    _LOG.debug("suites non lancées : %s", error)


def _wire(window: KioskWindow, shell: Shell) -> None:
    """Let the window's keys and faults reach what is on top."""

    def target() -> Any:
        return shell.panels.top or shell.nav.current

    def on_key(event: tk.Event[tk.Misc]) -> bool:
        return bool(target() and target().key_typed(event))

    window.on_fault = shell.messages.unexpected
    window.on_escape = lambda: target() and target().on_escape()
    window.on_return = lambda: target() and target().on_return()
    window.on_key = on_key
    window.may_close = lambda: not shell.nav.locked
    window.at_work = lambda: shell.runner.busy
