"""A cashier in a hurry, and a PC that plays tricks: second taps, a clock put back, a way out."""

from __future__ import annotations

import time

import pytest

from app.errors import AppError
from app.services import access, users
from app.ui.clock_jump import ClockJump
from app.ui.job_runner import Handle, InlineRunner
from app.ui.kiosk import assemble
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.screens.users import UsersScreen
from app.ui.tap_guard import HELD_MS
from tests.ui.closing_kiosk import Clock

PIN = "4862"


class SlowRunner(InlineRunner):
    """A runner whose jobs wait until `go_on`: what a person does meanwhile is done before."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = []

    def start(self, job, on_done, on_error, on_progress=None):
        self._waiting.append((job, on_done, on_error, on_progress))
        return Handle()

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def go_on(self) -> None:
        """Do what waits, and what that brings."""
        while self._waiting:
            super().start(*self._waiting.pop(0))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def slow(window, program, clock, faults):
    """The kiosk of a shop with one manager, on a slow runner."""
    with program.open_shop(create=True) as shop:
        users.add_user(shop, "Anne", users.MANAGER, clock())
        access.give_first_pin(shop, "Anne", PIN, clock())
    runner = SlowRunner()
    shell = assemble(window, program, runner)
    shell.nav.start(Screen, title="Établi")
    yield shell
    runner.go_on()
    window.panels.close_all()


def wait(window, seconds):
    """Let the window live for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        window.update()
        time.sleep(0.01)


def tap(window, x, y):
    """What the X server tells of a touch there, whatever is under it."""
    for kind in ("ButtonPress", "ButtonRelease"):
        widget = window.winfo_containing(x, y)
        widget.event_generate(f"<{kind}-1>", x=x - widget.winfo_rootx(), y=y - widget.winfo_rooty())
        window.update()


def test_a_second_tap_does_not_ask_for_a_code_twice(slow, finger, window):
    allowed = []
    for _ in range(2):
        ask_pin(slow, users.MANAGER, "Corriger", allowed.append)
    slow.runner.go_on()
    finger.type(PIN)
    finger.press("Valider")
    slow.runner.go_on()
    assert allowed == ["Anne"]
    assert window.panels.top is None


def test_a_code_can_be_asked_for_again_after_a_failure(slow, finger, monkeypatch):
    def fails(shop, role):
        raise AppError("Les données ne sont pas accessibles.")

    with monkeypatch.context() as patched:
        patched.setattr("app.ui.pin.keepers_of", fails)
        ask_pin(slow, users.MANAGER, "Corriger", lambda name: None)
        slow.runner.go_on()
    finger.press("OK")
    ask_pin(slow, users.MANAGER, "Corriger", lambda name: None)
    slow.runner.go_on()
    assert finger.sees("Code d'Anne")


def test_nobody_walks_away_from_a_recovery_sheet_that_is_being_made(slow, finger):
    slow.nav.go(UsersScreen)
    slow.runner.go_on()
    finger.press("Nouvelle fiche de secours")
    finger.press("Faire la fiche")
    assert not finger.can_press("Retour")
    assert not finger.can_press("Nouvelle fiche de secours")
    finger.key("Escape")
    slow.runner.go_on()
    assert finger.sees("il ne sera plus jamais montré")


def test_the_wait_for_a_code_ends_though_the_clock_was_put_back(slow, finger, clock, window):
    ask_pin(slow, users.MANAGER, "Écran verrouillé", lambda name: None, may_leave=False)
    slow.runner.go_on()
    for _ in range(3):
        finger.type("9753")
        finger.press("Valider")
        slow.runner.go_on()
    assert finger.sees("Attendez 30 s")
    clock.forward(days=-365)
    wait(window, 0.4)
    slow.runner.go_on()
    assert finger.sees("Attendez 30 s")
    clock.forward(seconds=31)
    wait(window, 0.4)
    assert finger.sees("Vous pouvez réessayer.")


def test_timers_go_on_though_the_clock_was_put_back(window):
    """Tcl counts on the system's clock: what it put off for an hour is done at the next touch."""
    wall, steady, done = [1_000_000.0], [50.0], []
    jump = ClockJump(window, lambda: wall[0], lambda: steady[0])
    window.after(3_600_000, lambda: done.append("first"))
    window.after(3_600_001, lambda: done.append("second"))
    wall[0], steady[0] = wall[0] + 9, steady[0] + 9
    jump.look()
    window.update()
    assert done == []
    wall[0] -= 3_600
    jump.look()
    wait(window, 0.1)
    assert done == ["first", "second"]


def test_a_touch_looks_at_the_clock(window, bench, monkeypatch):
    looks = []
    monkeypatch.setattr(window.jumps, "look", lambda event=None: looks.append(event))
    wait(window, HELD_MS / 1000 + 0.1)
    looks.clear()
    tap(window, window.winfo_rootx() + 10, window.winfo_rooty() + 300)
    assert looks


def test_touches_are_swallowed_for_a_moment_only(window, bench, finger):
    bench.shell.nav.reload()
    finger.settle()
    screen = bench.shell.nav.current
    pressed = []
    button = screen.main_action("Continuer", lambda: pressed.append(1))
    window.update()
    assert window.taps.holding
    x = button.winfo_rootx() + button.winfo_width() // 2
    y = button.winfo_rooty() + button.winfo_height() // 2
    tap(window, x, y)
    assert pressed == []
    wait(window, HELD_MS / 1000 + 0.1)
    assert not window.taps.holding
    tap(window, x, y)
    assert pressed == [1]


def test_a_code_forgotten_without_a_recovery_sheet_says_who_helps(slow, finger, monkeypatch):
    monkeypatch.setattr(access, "has_recovery_code", lambda shop: False)
    ask_pin(slow, users.MANAGER, "Corriger", lambda name: None)
    slow.runner.go_on()
    finger.press("Code oublié")
    assert finger.sees("appelez le support")
    finger.press("OK")
    assert finger.sees("Code d'Anne")


def test_what_was_typed_is_kept_before_the_window_closes(slow, window, monkeypatch):
    ended, kept = [], []
    monkeypatch.setattr(window, "destroy", lambda: ended.append(list(kept)))
    monkeypatch.setattr(window, "withdraw", lambda: None)
    for key in "12":  # as a draft is kept: the next write begins once the one before is over
        slow.runner.start(lambda progress, key=key: kept.append(key), lambda done: None, print)
    window._closing()
    wait(window, 0.2)
    assert ended == []
    slow.runner.go_on()
    wait(window, 0.2)
    assert ended == [["1", "2"]]


def test_the_window_does_not_close_in_the_middle_of_a_job(slow, window, monkeypatch):
    ended = []
    monkeypatch.setattr(window, "destroy", lambda: ended.append(1))
    monkeypatch.setattr(window, "withdraw", lambda: None)
    slow.nav.current.run_job(lambda progress: None, "Clôture en cours", lambda done: None)
    window._closing()
    wait(window, 0.2)
    assert ended == []


def test_a_window_that_was_reduced_answers_when_it_is_back(window, bench):
    window.withdraw()
    window.update()
    bench.shell.nav.reload()
    window.deiconify()
    wait(window, HELD_MS / 1000 + 0.2)
    assert not window.taps.holding
    assert window.grab_current() is None
