"""One screen at a time, and the way back.

A screen is built when it is entered and destroyed when it is left: what is needed to build it again
is kept in the stack as a `Destination`, never the screen itself.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Destination:
    """A screen and the arguments to build it with (plain values, never widgets)."""

    screen: type[Screen]
    args: Mapping[str, Any] = field(default_factory=dict)


class Navigator:
    """Shows the top of a stack of destinations in `host`.

    `build(destination, host)` makes a screen; `on_fault(error)` tells of one that could not be
    made: the person then stays where she was. `ask_leave(question, leave)` asks before leaving a
    screen that has something to lose. `moved()` follows each screen that is shown.
    """

    def __init__(
        self,
        host: tk.Misc,
        build: Callable[[Destination, tk.Misc], Screen],
        on_fault: Callable[[BaseException], object],
        ask_leave: Callable[[str, Callable[[], None]], None],
        moved: Callable[[], object],
    ) -> None:
        self._host = host
        self._build = build
        self._on_fault = on_fault
        self._ask_leave = ask_leave
        self._moved = moved
        self._stack: list[Destination] = []
        self._locks = 0
        self.current: Screen | None = None

    @property
    def depth(self) -> int:
        """How many screens deep the person is; 1 is the first screen."""
        return len(self._stack)

    @property
    def locked(self) -> bool:
        """Whether a job keeps the person on its screen."""
        return self._locks > 0

    def lock(self) -> None:
        """Keep the person on this screen until `unlock`."""
        self._locks += 1

    def unlock(self) -> None:
        """Undo one `lock`."""
        self._locks = max(0, self._locks - 1)

    def start(self, screen: type[Screen], **args: Any) -> None:
        """Make a screen the first one (« Accueil ») and show it."""
        self._move([Destination(screen, args)])

    def go(self, screen: type[Screen], **args: Any) -> None:
        """Show a screen on top of this one; « Retour » comes back here."""
        self._move([*self._stack, Destination(screen, args)])

    def replace(self, screen: type[Screen], **args: Any) -> None:
        """Show a screen in the place of this one; « Retour » goes to the one before."""
        self._move([*self._stack[:-1], Destination(screen, args)])

    def reload(self) -> None:
        """Build this screen anew, with its arguments."""
        self._move(list(self._stack))

    def back(self) -> None:
        """Go back one screen; on the first one, nothing."""
        if len(self._stack) > 1:
            self._leave_for(self._stack[:-1])

    def home(self) -> None:
        """Go to the first screen, asking before something is lost."""
        if self._stack:
            self._leave_for(self._stack[:1])

    def force_home(self) -> None:
        """Go to the first screen whatever happens: after an unexpected error."""
        self._locks = 0
        if self._stack:
            self._move(self._stack[:1])

    def _leave_for(self, stack: list[Destination]) -> None:
        question = self.current.leave_question() if self.current and not self.locked else None
        if question:
            self._ask_leave(question, lambda: self._move(stack))
        else:
            self._move(stack)

    def _move(self, stack: list[Destination]) -> None:
        if self.locked:
            return
        before, self._stack = self._stack, stack
        try:
            screen = self._build(stack[-1], self._host)
        except Exception as error:
            self._stack = before or stack
            self._sweep()
            self._on_fault(error)
            return
        old, self.current = self.current, screen
        if old is not None:
            old.destroy()
        screen.place(relx=0, rely=0, relwidth=1, relheight=1)
        screen.entered()
        self._moved()

    def _sweep(self) -> None:
        """Destroy what a constructor that failed has left behind."""
        for child in self._host.winfo_children():
            if child is not self.current and hasattr(child, "leave_question"):
                child.destroy()
