"""One window for all tests of the kiosk, on a screen of its own, and a finger.

`window` is the session's only Tk root; `shell` is fresh for each test, its jobs run inline. A fault
in a callback, a job or a screen fails the test, unless it asks for `faults` and empties it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.moments import PARIS
from tests.ui.finger import Finger, clear
from tests.ui.screen_server import screen_server

NOW = datetime(2026, 11, 21, 20, 4, tzinfo=PARIS)
SIZE = (1024, 768)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The X display; an Xvfb of our own when there is none."""
    with screen_server(*SIZE) as name:
        yield name


@pytest.fixture(scope="session")
def window(display):
    """The one root window, 1024 × 768."""
    from app.ui.window import KioskWindow

    window = KioskWindow(lambda: NOW, size=SIZE)
    window.update()
    yield window
    window.destroy()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """The clock of the program; a test module may have another."""
    return lambda: NOW


@pytest.fixture
def program(tmp_path: Path, clock):
    """The program on an empty data folder; a test module may hand in another."""
    from app.bootstrap import program

    return program(tmp_path / "shop", clock, io.StringIO())


@pytest.fixture
def faults(monkeypatch) -> Iterator[list[BaseException]]:
    """What went wrong unexpectedly. What is left in it at the end fails the test."""
    from app.ui.messages import Messages

    found: list[BaseException] = []
    tell = Messages.unexpected

    def spy(self: Messages, error: BaseException) -> str:
        found.append(error)
        return tell(self, error)

    monkeypatch.setattr(Messages, "unexpected", spy)
    yield found
    if found:
        raise AssertionError(f"unexpected errors on screen: {found!r}") from found[0]


@pytest.fixture
def shell(window, program, faults):
    """The kiosk's parts in the session's window, without a screen yet: `shell.nav.start(…)`."""
    from app.ui.job_runner import InlineRunner
    from app.ui.kiosk import assemble

    clear(window)  # a journey of another module may have left its screen there
    shell = assemble(window, program, InlineRunner())
    yield shell
    clear(window)


@pytest.fixture
def bench(shell):
    """An empty screen to put a widget on; its main action writes in `done`."""
    from app.ui.screen import Screen

    shell.nav.start(Screen, title="Établi")
    bench = shell.nav.current
    bench.done = []
    bench.main_action("Continuer", lambda: bench.done.append("main"))
    shell.window.taps.free()  # a person has seen it for a while
    return bench


@pytest.fixture
def finger(window) -> Finger:
    """What presses, types and reads: `finger.press("CLÔTURER")`."""
    return Finger(window)


@pytest.fixture
def press(finger: Finger) -> Callable[..., None]:
    """`press("Retour")`: find what bears these words, check that it can be touched, press it."""
    return finger.press
