"""A day closed with real events of the X server: xdotool moves, clicks and types; nothing inside.

The kiosk runs in its own process, as a shop starts it, and is only looked at (`kiosk_process.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import NOW, SIZE
from tests.ui.screen_server import screen_server

ROOT = Path(__file__).parents[2]
WAIT = 20  # seconds, at most, for what must appear


class RealFinger:
    """Sees what the kiosk's process tells, and acts by the X server alone."""

    def __init__(self, process: subprocess.Popen[str], seen: Path) -> None:
        self._process = process
        self._seen = seen

    def sees(self, words: str) -> None:
        """Wait until the words are part of a text on view."""
        self._wait(words, lambda seen: any(words in text for text in seen["texts"]))

    def click(self, *words: str) -> None:
        """Move to what bears each of these words, once it can be pressed, and click."""
        for word in words:
            self.click_place(self._resting_place_of(word))

    def _resting_place_of(self, word: str) -> tuple[int, int]:
        before, place = None, self._place_of(word)
        while place != before:  # a screen that is being laid out still moves its buttons
            time.sleep(0.08)
            before, place = place, self._place_of(word)
        return place

    def click_twice(self, word: str, delay_ms: int) -> None:
        """Click as a hurried finger does: twice at the same place."""
        self.click_place(self._resting_place_of(word), "--repeat", "2", "--delay", str(delay_ms))

    def click_place(self, place: tuple[int, int], *how: str) -> None:
        """Move there and click."""
        self._xdotool("mousemove", *map(str, place), "click", *how, "1")

    def type(self, text: str) -> None:
        """Type on the physical keyboard."""
        self._xdotool("type", "--delay", "20", text)

    def _place_of(self, word: str) -> tuple[int, int]:
        place: tuple[int, int] = self._wait(word, lambda seen: place_of(seen, word))
        return place

    def _wait(self, words: str, found: Any) -> Any:
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._seen.exists():
                result = found(json.loads(self._seen.read_text(encoding="utf-8")))
                if result:
                    return result
            time.sleep(0.03)
        shown = self._seen.read_text(encoding="utf-8") if self._seen.exists() else "nothing"
        pytest.fail(f"{words!r} never came; on screen: {shown}")

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, timeout=10)


def place_of(seen: dict[str, Any], words: str) -> tuple[int, int] | None:
    """Where to touch what bears these words, or has them in its own."""
    for same in (str.__eq__, str.__contains__):
        places = [(x, y) for name, x, y in seen["pressable"] if same(name, words)]
        if places:
            assert len(places) == 1, f"{len(places)} things say {words!r}"
            return places[0]
    return None


@pytest.fixture
def shop(cloture):
    """A demonstration shop: a day closed, and today's, open, in three drawers."""
    cloture.now = NOW
    cloture.done("demo", "--days", "2")
    return cloture


@contextmanager
def started(shop, tmp_path) -> Iterator[RealFinger]:
    """The kiosk of that shop, full screen on an X server without a window manager; then killed."""
    seen = tmp_path / "seen.json"
    seen.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.ui.kiosk_process"]
    with screen_server(*SIZE, own=True):
        kiosk = subprocess.Popen(
            [*command, str(shop.folder), NOW.isoformat(), str(seen)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield RealFinger(kiosk, seen)
            assert kiosk.poll() is None, "the kiosk ended by itself"
        finally:
            kiosk.kill()  # as the power would: nothing may depend on what follows
            _, errors = kiosk.communicate(timeout=10)
    assert errors == ""


def test_a_day_is_closed_by_clicks_and_keys_alone(shop, tmp_path):
    with started(shop, tmp_path) as real_finger:
        close_three_drawers(real_finger)
    assert shop.done("verify")["ok"] is True
    made = shop.done("z", "G000002")
    counted = {row["drawer"]: row["counted"] for row in made["cash"]}
    assert counted == {"1/1": 41250, "1/2": 15050, "2/1": None}


def close_three_drawers(real_finger):
    real_finger.click("CLÔTURER")
    real_finger.sees("Sélectionnez le type de clôture")
    real_finger.click("GÉNÉRALE")
    real_finger.sees("Clôture GÉNÉRALE du samedi 21 novembre 2026")
    real_finger.click("Compter les espèces")
    real_finger.sees("Comptage du tiroir 1/1 (1 sur 3)")
    real_finger.click("Somme en espèces", *"412,50")
    real_finger.sees("412,50 €")
    real_finger.click("Suivant")
    real_finger.sees("Comptage du tiroir 1/2 (2 sur 3)")
    real_finger.click("Somme en espèces")
    real_finger.sees("Somme comptée en espèces")
    real_finger.type("150,5")
    real_finger.sees("150,5 €")
    real_finger.click("Suivant")
    real_finger.sees("Comptage du tiroir 2/1 (3 sur 3)")
    real_finger.click("Ne pas compter ce tiroir")
    real_finger.sees("étape 3 sur 5")
    real_finger.click("Choisir le motif du tiroir 1/1", "Écart non expliqué")
    real_finger.sees("Motif : Écart non expliqué")
    real_finger.click("Page suivante")
    real_finger.click("Choisir le motif du tiroir 1/2", "Erreur de rendu de monnaie")
    real_finger.sees("Motif : Erreur de rendu de monnaie")
    real_finger.click("Suivant")
    for drawer in ("1/1", "1/2"):
        real_finger.sees(f"Que laissez-vous dans le tiroir {drawer} ?")
        real_finger.click("Tout laisser", "Suivant")
    real_finger.sees("étape 5 sur 5")
    real_finger.click("CLÔTURER", "Oui, clôturer")
    real_finger.sees("Clôture terminée. Ticket Z n° 2")


@pytest.mark.parametrize("delay_ms", [60, 200])
def test_two_taps_for_one_never_go_two_screens_on(shop, tmp_path, delay_ms):
    """Every button of a closure tapped twice: the second tap chooses and skips nothing."""
    shown = [
        ("CLÔTURER", "Sélectionnez le type de clôture"),
        ("GÉNÉRALE", "étape 1 sur 5"),
        ("Compter les espèces", "Comptage du tiroir 1/1 (1 sur 3)"),
        ("Suivant", "Comptage du tiroir 1/2 (2 sur 3)"),
        ("Suivant", "Comptage du tiroir 2/1 (3 sur 3)"),
        ("Suivant", "étape 5 sur 5"),
        ("CLÔTURER", "Une clôture ne s'annule pas."),
    ]
    with started(shop, tmp_path) as finger:
        for word, words in shown:
            finger.click_twice(word, delay_ms)
            time.sleep(1)  # what a second tap has done would show by then
            finger.sees(words)
        finger.click_twice("Oui, clôturer", delay_ms)
        finger.sees("Clôture terminée. Ticket Z n° 2")
    made = [row["id"] for row in shop.done("closures")["closures"]]
    assert made == ["G000001", "G000002"]


# --- killed on every screen -------------------------------------------------------------------


def choose_kind(finger):
    finger.click("CLÔTURER")
    finger.sees("Sélectionnez le type de clôture")


def look_at_contents(finger):
    finger.click("GÉNÉRALE")
    finger.sees("étape 1 sur 5")


def count(finger):
    """The first drawer counted."""
    finger.click("Compter les espèces")
    finger.sees("Comptage du tiroir 1/1")
    finger.click("Somme en espèces")
    finger.type("412,50")
    finger.sees("412,50 €")


def explain(finger):
    go_past_the_counts(finger)
    finger.click("Choisir le motif du tiroir 1/1", "Écart non expliqué")
    finger.sees("Motif : Écart non expliqué")


def leave(finger):
    finger.click("Suivant")
    finger.sees("Que laissez-vous dans le tiroir 1/1 ?")
    finger.click("Tout laisser")


def summarise(finger):
    finger.click("Suivant")
    finger.sees("étape 5 sur 5")


def ask(finger):
    finger.click("CLÔTURER")
    finger.sees("Une clôture ne s'annule pas.")


def confirm(finger):
    finger.click("Oui, clôturer")


def see_it_done(finger):
    finger.sees("Clôture terminée. Ticket Z n° 2")


def wait_until_kept(shop, cents):
    """Each key is kept on disk soon after it is pressed, while the person goes on."""
    deadline = time.monotonic() + WAIT
    drafts = shop.folder / "drafts.json"
    while not drafts.exists() or cents not in drafts.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "what was typed is not on disk"
        time.sleep(0.02)


STEPS = (choose_kind, look_at_contents, count, explain, leave, summarise, ask, confirm, see_it_done)


def go_past_the_counts(finger):
    finger.click("Suivant")
    for drawer in ("1/2", "2/1"):
        finger.sees(f"Comptage du tiroir {drawer}")
        finger.click("Ne pas compter ce tiroir")
    finger.sees("étape 3 sur 5")


def resume(finger, killed_after):
    """From « Accueil » to the difference: what was counted before the power cut is there."""
    if STEPS.index(killed_after) < STEPS.index(count):
        for step in (choose_kind, look_at_contents, count, explain):
            step(finger)
        return
    finger.sees("Comptage commencé à 20 h 0")
    finger.click("Reprendre")
    finger.sees("étape 1 sur 5")
    finger.click("Reprendre le comptage")
    finger.sees("412,50 €")
    go_past_the_counts(finger)
    if STEPS.index(killed_after) < STEPS.index(explain):
        finger.click("Choisir le motif du tiroir 1/1", "Écart non expliqué")
    finger.sees("Motif : Écart non expliqué")


@pytest.mark.ci
@pytest.mark.parametrize("killed_after", STEPS, ids=lambda step: step.__name__)
def test_killed_on_any_screen_the_day_is_closed_once_all_the_same(shop, tmp_path, killed_after):
    with started(shop, tmp_path) as finger:
        for step in STEPS[: STEPS.index(killed_after) + 1]:
            step(finger)
        if killed_after is count:
            wait_until_kept(shop, "41250")
    made = [row["id"] for row in shop.done("closures")["closures"]]
    assert made == ["G000001"] or killed_after in (confirm, see_it_done)
    if len(made) == 1:
        with started(shop, tmp_path) as finger:
            resume(finger, killed_after)
            for step in STEPS[STEPS.index(leave) :]:
                step(finger)
    with started(shop, tmp_path) as finger:
        finger.sees("Aucun ticket à clôturer aujourd'hui")
        finger.sees("Rien à signaler")
    assert [row["id"] for row in shop.done("closures")["closures"]] == ["G000001", "G000002"]
    assert shop.done("verify", "--deep")["ok"] is True
    counted = {row["drawer"]: row["counted"] for row in shop.done("z", "G000002")["cash"]}
    assert counted == {"1/1": 41250, "1/2": None, "2/1": None}
