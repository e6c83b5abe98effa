"""A clock that is put back stops no timer of the kiosk for long.

Tcl 8.6 counts what `after` waits for on the system's clock: put back an hour (a battery that is
dead, a server of time), whatever waits would wait an hour more, the end of a closure included. At
the next touch or key the jump is seen, and everything that waits is done at once.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable

Seconds = Callable[[], float]
_LEAST_JUMP = 1.0


class ClockJump:
    """`look()` at each touch; `wall` is the clock Tcl counts on, `steady` one that never jumps."""

    def __init__(
        self, window: tk.Misc, wall: Seconds | None = None, steady: Seconds = time.monotonic
    ) -> None:
        self._window = window
        self._wall = wall or self._tcl_clock
        self._steady = steady
        self._ahead = self._wall() - steady()

    def look(self, event: object = None) -> None:
        """Do what waits, if the clock was put back since the last look."""
        ahead = self._wall() - self._steady()
        jump, self._ahead = ahead - self._ahead, ahead
        if jump < -_LEAST_JUMP:
            self._hurry()

    def _tcl_clock(self) -> float:
        return int(self._window.tk.call("clock", "milliseconds")) / 1000

    def _hurry(self) -> None:
        tcl = self._window.tk
        for name in reversed(tcl.splitlist(tcl.call("after", "info"))):  # the oldest first
            script, kind = tcl.splitlist(tcl.call("after", "info", name))
            if kind == "timer":
                tcl.call("after", "cancel", name)
                tcl.call("after", 0, script)
