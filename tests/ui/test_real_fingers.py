"""A day closed with real events of the X server: xdotool moves, clicks and types; nothing inside.

The kiosk runs in its own process, as a shop starts it, and is only looked at (`kiosk_process.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
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
            before, place = None, self._place_of(word)
            while place != before:  # a screen that is being laid out still moves its buttons
                time.sleep(0.08)
                before, place = place, self._place_of(word)
            self._xdotool("mousemove", *map(str, place), "click", "1")

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


@pytest.fixture
def real_finger(shop, tmp_path):
    """The kiosk of that shop, full screen on an X server without a window manager."""
    seen = tmp_path / "seen.json"
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
            kiosk.kill()  # as the power would: nothing of the closure may depend on what follows
            _, errors = kiosk.communicate(timeout=10)
    assert errors == ""


def test_a_day_is_closed_by_clicks_and_keys_alone(real_finger, shop):
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
    real_finger.click("Je ne compte pas")
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

    assert shop.done("verify")["ok"] is True
    made = shop.done("z", "G000002")
    counted = {row["drawer"]: row["counted"] for row in made["cash"]}
    assert counted == {"1/1": 41250, "1/2": 15050, "2/1": None}
