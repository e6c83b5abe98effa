"""The window: full screen but not topmost, a bar that never leaves, one place under it.

The till software runs on the same PC: « Réduire » is always there, and nothing keeps the keyboard
or the mouse.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

import ttkbootstrap

from app.ui.clock_jump import ClockJump
from app.ui.fonts import load_fonts
from app.ui.panels import PanelHost
from app.ui.tap_guard import TapGuard
from app.ui.theme import Theme, screen_scale
from app.ui.widgets.box import Box
from app.ui.widgets.top_bar import TopBar

TITLE = "Clôture"
WINDOWED = (1280, 800)
_TICK_MS = 5_000
_LOOK_MS, _LAST_WAIT_MS = 40, 60_000
_NOT_TYPED = ("Tab", "ISO_Left_Tab")


class KioskWindow(ttkbootstrap.App):
    """The root window, its theme, its bar, its `stage` for screens, its panels, its guard
    against double `taps`.

    `on_fault(error)` hears of whatever is raised in a callback; `clock` gives the time of the bar.
    """

    surface = "page"

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        windowed: bool = False,
        text_size: str = "A",
        size: tuple[int, int] | None = None,
    ) -> None:
        load_fonts()
        super().__init__(title=TITLE, theme="bootstrap-light")
        self.clock = clock
        self.jumps = ClockJump(self)
        self.on_fault: Callable[[BaseException], object] | None = None
        self.on_escape: Callable[[], None] = lambda: None
        self.on_return: Callable[[], None] = lambda: None
        self.on_key: Callable[[tk.Event[tk.Misc]], bool] = lambda event: False
        self.may_close: Callable[[], bool] = lambda: True
        self.at_work: Callable[[], bool] = lambda: False
        ttkbootstrap.set_locale("fr")
        width, height = self._take_size(windowed, size)
        self._size = (width, height)
        self.theme = Theme(self, self._scale(text_size), text_size, width=width)
        self.bar = TopBar(self, self.iconify)
        self.bar.pack(side="top", fill="x")
        self.area = Box(self)
        self.area.pack(side="top", fill="both", expand=True)
        self.stage = Box(self.area)
        self.stage.place(relx=0, rely=0, relwidth=1, relheight=1)
        self.taps = TapGuard(self)
        self.panels = PanelHost(self.area, self.taps.hold)
        self.protocol("WM_DELETE_WINDOW", self._closing)
        self._bind_keys()
        self._idle: tuple[int, Callable[[], None]] = (0, lambda: None)
        self._idle_after = ""
        self._tick()

    def show_shop(self, name: str, *, simulation: bool = False) -> None:
        """Say in the bar which shop this is, and whether it is a demonstration."""
        self.bar.show_shop(name, simulation=simulation)

    def set_text_size(self, text_size: str) -> None:
        """Take size A, A+ or A++; the caller then shows its screen anew (`nav.reload`)."""
        self.theme.apply(self._scale(text_size), text_size)
        self.bar.rebuild()

    def lock_when_idle(self, seconds: int, lock: Callable[[], None]) -> None:
        """Call `lock` after so long without a touch or a key; 0 (as at the start): never."""
        self._idle = (seconds, lock)
        self._touched()

    def report_callback_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Whatever a callback raises is told, never lost on a console nobody sees."""
        if self.on_fault is None:
            raise error
        self.on_fault(error)

    def _take_size(self, windowed: bool, size: tuple[int, int] | None) -> tuple[int, int]:
        screen = (self.winfo_screenwidth(), self.winfo_screenheight())
        if size is None and not windowed:
            self.attributes("-fullscreen", True)
            self.geometry(f"{screen[0]}x{screen[1]}+0+0")
            return screen
        width, height = size or (min(WINDOWED[0], screen[0]), min(WINDOWED[1], screen[1]))
        self.geometry(f"{width}x{height}+0+0" if size else f"{width}x{height}")
        return width, height

    def _scale(self, text_size: str) -> float:
        return screen_scale(*self._size, float(self.winfo_fpixels("1i")) / 96, text_size)

    def _bind_keys(self) -> None:
        for sequence in ("<Key-Return>", "<KP_Enter>"):
            self.unbind_class("TButton", sequence)  # ttkbootstrap's would press a second time
        self.bind_all("<Escape>", self._escape_typed)
        self.bind_all("<ButtonPress>", self._touched)
        self.bind_all("<Motion>", self.jumps.look)
        self.bind_all("<FocusIn>", self.jumps.look)
        self.bind_all("<Return>", self._return_typed)
        self.bind_all("<KP_Enter>", self._return_typed)
        self.bind_all("<Key>", self._key_typed)
        self.bind_all("<MouseWheel>", lambda event: self._wheel(event, -event.delta))
        self.bind_all("<Button-4>", lambda event: self._wheel(event, -1))
        self.bind_all("<Button-5>", lambda event: self._wheel(event, 1))

    def _escape_typed(self, event: tk.Event[tk.Misc]) -> None:
        self._touched()
        self.on_escape()

    def _return_typed(self, event: tk.Event[tk.Misc]) -> str:
        self._touched()
        widget = event.widget
        if isinstance(widget, tk.Misc) and hasattr(widget, "invoke"):
            widget.invoke()
        else:
            self.on_return()
        return "break"

    def _key_typed(self, event: tk.Event[tk.Misc]) -> None:
        self._touched()
        if event.keysym in _NOT_TYPED or self.on_key(event):
            return
        if event.keysym == "space" and hasattr(event.widget, "invoke"):
            event.widget.invoke()

    def _wheel(self, event: tk.Event[tk.Misc], way: float) -> None:
        """Turn the pages of whatever has some under the mouse."""
        widget: tk.Misc | None = event.widget if isinstance(event.widget, tk.Misc) else None
        while widget is not None:
            turn = getattr(widget, "turn", None)
            if turn is not None:
                turn(1 if way > 0 else -1)
                return
            widget = widget.master

    def _touched(self, event: object = None) -> None:
        self.jumps.look()
        if self._idle_after:
            self.after_cancel(self._idle_after)
        seconds, lock = self._idle
        self._idle_after = self.after(seconds * 1000, lock) if seconds else ""

    def _tick(self) -> None:
        self.bar.show_time(self.clock())
        self.after(_TICK_MS, self._tick)

    def _closing(self) -> None:
        if self.may_close():
            self.withdraw()  # nothing more can be typed; what was typed is still being kept
            self._close_at_rest(_LAST_WAIT_MS)

    def _close_at_rest(self, left_ms: int) -> None:
        if left_ms > 0 and self.at_work():
            self.after(_LOOK_MS, lambda: self._close_at_rest(left_ms - _LOOK_MS))
        else:
            self.destroy()
