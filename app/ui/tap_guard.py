"""A double tap is one tap: the second one never lands on what the first one has brought.

Main actions all stand at one place, so that a screen often has a button where the one before had
its own. Since a screen or a panel came or went, touches are swallowed for less time than anybody
needs to see what is there now and to aim at it.
"""

from __future__ import annotations

import tkinter as tk

HELD_MS = 300
"""Longer than between the two taps of a double tap, shorter than between two that are meant."""


class TapGuard:
    """Swallows touches of a window for a moment; keys, and what lies under, are left alone."""

    def __init__(self, window: tk.Misc) -> None:
        self._net = tk.Frame(window, width=1, height=1)
        self._net.place(x=0, y=0, width=1, height=1)
        self._net.lower()
        self._timer = ""

    @property
    def holding(self) -> bool:
        """Whether a touch is swallowed now."""
        return bool(self._timer)

    def hold(self) -> None:
        """Swallow touches from now on, for `HELD_MS`."""
        if self._timer:
            self._net.after_cancel(self._timer)
        else:
            try:
                # Only this program's own touches, and only of the pointer, go to the net.
                self._net.grab_set()
            except tk.TclError:  # the window is reduced: nobody touches it
                return
        self._timer = self._net.after(HELD_MS, self.free)

    def free(self) -> None:
        """Let touches through again."""
        if self._timer:
            self._net.after_cancel(self._timer)
        self._timer = ""
        self._net.grab_release()
