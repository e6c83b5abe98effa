"""The pictures show every screen, and nothing on them is cut or too small for a finger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.job_runner import InlineRunner
from app.ui.kiosk import assemble
from app.ui.messages import Messages
from app.ui.screens import SCREENS
from tests.gallery import gallery
from tests.gallery.audit import complaints
from tests.ui.conftest import NOW
from tests.ui.finger import clear

ROOT = Path(__file__).parents[2]


@pytest.fixture
def large_window(window):
    """The window as the gallery has it, with the largest letters on the smallest screen."""
    before = window.clock
    window.clock = lambda: gallery.NOW
    window.set_text_size("A++")
    yield window
    window.clock = before
    window.set_text_size("A")
    window.show_shop("")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    return gallery.demonstration(tmp_path_factory.mktemp("gallery"))


def test_the_gallery_lives_at_the_time_of_the_journeys():
    assert gallery.NOW == NOW


def test_every_module_names_its_own_screen():
    for module in SCREENS:
        assert module.SCREEN.__module__ == module.__name__


def test_no_two_pictures_have_one_name():
    names = [name for name, _ in gallery.states(())]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.timeout(240)
def test_every_screen_is_drawn_and_nothing_is_wrong_with_any(
    large_window, demonstration, monkeypatch
):
    faults: list[str] = []
    tell = Messages.unexpected
    monkeypatch.setattr(
        Messages,
        "unexpected",
        lambda self, error: faults.append(repr(error)) or tell(self, error),
    )
    drawn, wrong = set(), []
    for name, make in gallery.states(()):
        shell = assemble(large_window, demonstration, InlineRunner())
        large_window.show_shop("Boulangerie Pâtisserie Martin", simulation=True)
        shell.nav.start(SCREENS[0].SCREEN)
        make(shell)
        large_window.update()
        large_window.update()
        drawn |= set(type(shell.nav.current).__mro__)
        wrong += [f"{name}: {complaint}" for complaint in complaints(large_window)]
        clear(large_window)
    assert [module.__name__ for module in SCREENS if module.SCREEN not in drawn] == []
    assert wrong == []
    assert faults == ["ValueError('made up')"]  # the state that shows such an error


@pytest.mark.ci
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "asked",
    [
        ["--size", "1280x800", "--text", "A", "--text", "A+"],
        ["--size", "1366x768", "--text", "A", "--text", "A++"],
        ["--dpi", "144", "--size", "1024x768", "--size", "1920x1080"],
    ],
    ids=" ".join,
)
def test_nothing_is_wrong_on_other_screens_nor_at_150_per_cent(tmp_path, asked):
    command = [sys.executable, "-m", "tests.gallery.gallery", "--out", str(tmp_path), *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.ci
@pytest.mark.timeout(1200)
def test_the_command_draws_everything_at_every_size(tmp_path):
    command = [sys.executable, "-m", "tests.gallery.gallery", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folders = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert folders == {"1024x768-A", "1024x768-App", "1920x1080-A", "1920x1080-App"}
    names = {name for name, _ in gallery.states(())}
    for folder in folders:
        assert {path.stem for path in (tmp_path / folder).glob("[!_]*.png")} == names
    assert (tmp_path / "index.html").exists()


def words_too_long(bench):
    from app.ui.widgets.box import Box
    from app.ui.widgets.text import Text

    room = Box(bench.body)
    room.configure(width=40, height=30)
    room.pack_propagate(False)
    room.pack()
    Text(room, "Bien plus long que la place").pack(fill="x")


def a_small_button(bench):
    from app.ui.widgets.big_button import BigButton

    BigButton(bench.body, "OK").place(x=0, y=0, width=60, height=40)


def no_room_left(bench):
    from app.ui.widgets.box import Box
    from app.ui.widgets.text import Text

    Box(bench.body).pack(fill="both", expand=True)
    tall = Box(bench.body)
    tall.configure(height=2000)
    tall.pack(side="top")
    Text(bench.body, "Dessous").pack(side="top")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (words_too_long, "too narrow for its words"),
        (a_small_button, "a finger needs 56 x 64"),
        (no_room_left, "no room for « Dessous »"),
    ],
)
def test_the_audit_sees_what_is_wrong(bench, window, spoil, told):
    assert complaints(window) == []
    spoil(bench)
    window.update()
    assert any(told in complaint for complaint in complaints(window))
