"""What a cashier does, for tests: press what bears some words, type keys, read the screen.

A press checks first what a finger needs: the thing is on view, inside the window, not covered, and
enabled.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from typing import Any

KEYSYMS = {",": "comma", ".": "period", " ": "space", "-": "minus", "\n": "Return", "@": "at"}


class Finger:
    """Acts on a window as a person would."""

    def __init__(self, window: Any) -> None:
        self._window = window

    def press(self, words: str, *, nth: int | None = None) -> None:
        """Press the one thing that bears these words (the `nth`, from 0, if there are several)."""
        self.settle()
        found = self._named(words)
        assert found, f"nothing on screen says {words!r}: {self.texts()}"
        assert len(found) == 1 or nth is not None, f"{len(found)} things on screen say {words!r}"
        widget, act = found[nth or 0]
        self._check_touchable(widget, words)
        act()
        self.settle()

    def press_on_a_page(self, words: str) -> None:
        """`press` of what may be on a later page: the pages are turned until it is there."""
        while not self._is_touchable(words) and self.can_press("Page suivante"):
            self.press("Page suivante")
        self.press(words)

    def can_press(self, words: str) -> bool:
        """Whether something bears these words and is enabled."""
        self.settle()
        return any(_enabled(widget) for widget, _ in self._named(words))

    def press_keypad(self, keys: str) -> None:
        """Press keys of the keypad on view, one after the other."""
        for key in keys:
            self.press(key)

    def key(self, keysym: str) -> None:
        """A key of the physical keyboard, where the focus is: `Return`, `Escape`, `Tab`, `a`."""
        self.settle()
        if self._window.focus_get() is None:
            (self._window.focus_lastfor() or self._window).focus_force()
            self.settle()
        target = self._window.focus_get() or self._window
        target.event_generate(f"<KeyPress-{keysym}>")
        if target.winfo_exists():
            target.event_generate(f"<KeyRelease-{keysym}>")
        self.settle()

    def type(self, text: str) -> None:
        """Type a text without accents on the physical keyboard."""
        for sign in text:
            self.key(KEYSYMS.get(sign, sign))

    def texts(self) -> list[str]:
        """Every text on view, in the order of the widgets."""
        self.settle()
        found = []
        for widget in self._viewable():
            for text in _texts(widget):
                words = _flat(text)
                if words:
                    found.append(words)
        return found

    def sees(self, words: str) -> bool:
        """Whether the words are part of a text on view."""
        return any(_flat(words) in text for text in self.texts())

    def settle(self) -> None:
        """Let Tk do what it has to do."""
        self._window.update()

    def _named(self, words: str) -> list[tuple[Any, Any]]:
        wanted = _flat(words)
        exact, partial = [], []
        for widget in self._viewable():
            for name, act in _pressable(widget):
                if name == wanted:
                    exact.append((widget, act))
                elif wanted in name:
                    partial.append((widget, act))
        return exact or partial

    def _viewable(self) -> Iterator[Any]:
        pile: list[Any] = [self._window]
        while pile:
            widget = pile.pop()
            if widget.winfo_viewable():
                yield widget
                pile.extend(reversed(widget.winfo_children()))

    def _is_touchable(self, words: str) -> bool:
        self.settle()
        return any(not self._obstacle(widget) for widget, _ in self._named(words))

    def _check_touchable(self, widget: Any, words: str) -> None:
        obstacle = self._obstacle(widget)
        assert not obstacle, f"{words!r} {obstacle}"

    def _obstacle(self, widget: Any) -> str:
        """What keeps a finger from a widget's middle; "" for nothing."""
        if not _enabled(widget):
            return "can't be pressed: it is disabled"
        x = widget.winfo_rootx() + widget.winfo_width() // 2
        y = widget.winfo_rooty() + widget.winfo_height() // 2
        left, top = self._window.winfo_rootx(), self._window.winfo_rooty()
        if not left <= x < left + self._window.winfo_width():
            return f"is outside the window: x = {x}"
        if not top <= y < top + self._window.winfo_height():
            return f"is outside the window: y = {y}"
        under = self._window.winfo_containing(x, y)
        if under is None:
            return "is not on screen"
        return "" if str(under).startswith(str(widget)) else f"is covered by {under}"


def clear(window: Any) -> None:
    """Take away whatever a test left on screen."""
    window.panels.close_all()
    for child in window.stage.winfo_children():
        child.destroy()
    window.on_fault = None
    window.on_escape = window.on_return = lambda: None
    window.on_key = lambda event: False
    window.update()


def _pressable(widget: Any) -> Iterator[tuple[str, Any]]:
    if hasattr(widget, "tap") and hasattr(widget, "shown"):
        for row in widget.shown:
            yield _flat(" ".join(row.cells)), lambda key=row.key: widget.tap(key)
    elif hasattr(widget, "invoke"):
        spoken = getattr(widget, "spoken", "") or _own_text(widget)
        yield _flat(spoken), widget.invoke


def _texts(widget: Any) -> Iterator[str]:
    if isinstance(widget, tk.Canvas):
        for item in widget.find_all():
            if widget.type(item) == "text":
                yield widget.itemcget(item, "text")
    else:
        yield _own_text(widget)


def _own_text(widget: Any) -> str:
    try:
        return str(widget.cget("text"))
    except tk.TclError:
        return ""


def _enabled(widget: Any) -> bool:
    return bool(getattr(widget, "enabled", True))


def _flat(text: str) -> str:
    """As a test writes it: straight apostrophes, plain spaces (the screen's don't break)."""
    return " ".join(text.replace("’", "'").split())
