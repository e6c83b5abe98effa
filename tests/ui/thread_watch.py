"""How long the kiosk's one thread is held at a stretch, while a cashier goes about.

Every event of Tk is handled by itself and timed: a press, a key, an answer that arrives, and the
layout and drawing that Tk does afterwards. Jobs run on the real runner's thread meanwhile.
"""

from __future__ import annotations

import time
from _tkinter import DONT_WAIT
from collections import defaultdict
from typing import Any

from tests.ui.finger import Finger

Times = dict[str, float]
"""The longest stretch of each step of a journey, in milliseconds."""


class Watch(Finger):
    """A finger that handles the window's events one at a time and keeps the longest of each step.

    What is timed is the thread's own CPU time: in its wall time, whatever else this machine does,
    and the jobs' thread, would count too.
    """

    def __init__(self, window: Any, shell: Any) -> None:
        super().__init__(window)
        self.shell = shell
        self.longest: Times = defaultdict(float)
        self._step = "the start"

    def press(self, words: str, *, nth: int | None = None) -> None:
        """Press, as a step of its own."""
        self._step = f"{type(self.shell.nav.current).__name__} › {words}"
        super().press(words, nth=nth)

    def reach(self, words: str) -> None:
        """Turn the pages until what bears these words is on view."""
        while not self._reaches(words):
            self.press("Page suivante")

    def settle(self) -> None:
        """Handle events, one after the other, until there is none and no job is under way."""
        while True:
            start = time.thread_time()
            handled = self._window.tk.dooneevent(DONT_WAIT)
            held = (time.thread_time() - start) * 1000
            self.longest[self._step] = max(self.longest[self._step], held)
            if handled:
                continue
            if not self.shell.runner.busy:
                return
            time.sleep(0.002)

    def _reaches(self, words: str) -> bool:
        self.settle()
        try:
            for widget, _ in super()._named(words):
                self._check_touchable(widget, words)
        except AssertionError:
            return False
        return True

    def _named(self, words: str) -> list[tuple[Any, Any]]:
        # The press is an event too, so that it is handled and timed as one.
        found = super()._named(words)
        return [(widget, lambda act=act: self._window.after(0, act)) for widget, act in found]
