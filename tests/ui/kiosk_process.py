"""The real kiosk in a process of its own, for a finger that is not the program's: xdotool.

    python -m tests.ui.kiosk_process DATA CLOCK SEEN

opens the data folder's kiosk full screen, on a clock that starts at CLOCK (ISO 8601) and runs. What
a person would see is written to the file SEEN whenever it changes: every text on view, and where on
the screen each thing lies that a finger could press now. The program itself knows nothing of it.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
import tkinter as tk
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.bootstrap import program
from app.ui import kiosk
from app.ui.window import KioskWindow
from tests.ui import finger

_LOOK_EVERY_MS = 60


def main(folder: str, clock: str, seen: str) -> None:
    """Open the kiosk; returns when it is closed."""
    start, begun = datetime.fromisoformat(clock), time.monotonic()

    def now() -> datetime:
        return start + timedelta(seconds=time.monotonic() - begun)

    class Watched(KioskWindow):
        """The kiosk's window, looked at from time to time."""

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self._written = ""
            self.after(_LOOK_EVERY_MS, self._look)

        def _look(self) -> None:
            content = json.dumps(what_is_seen(self), ensure_ascii=False)
            if content != self._written:
                self._written = content
                Path(f"{seen}.new").write_text(content, encoding="utf-8")
                os.replace(f"{seen}.new", seen)
            self.after(_LOOK_EVERY_MS, self._look)

    kiosk.KioskWindow = Watched  # type: ignore[misc]
    kiosk.open_kiosk(program(Path(folder), now, io.StringIO()))


def what_is_seen(window: KioskWindow) -> dict[str, Any]:
    """The texts on view, and the centre of each thing that a finger could press."""
    texts, pressable = [], []
    held = window.taps.holding  # a moment after each change, no touch counts
    for widget in _viewable(window):
        texts += [finger._flat(text) for text in finger._texts(widget) if text.strip()]
        if held or not hasattr(widget, "invoke") or not finger._enabled(widget):
            continue
        x = widget.winfo_rootx() + widget.winfo_width() // 2
        y = widget.winfo_rooty() + widget.winfo_height() // 2
        if str(window.winfo_containing(x, y) or "").startswith(str(widget)):
            pressable += [(words, x, y) for words, _ in finger._pressable(widget) if words]
    return {"texts": texts, "pressable": pressable}


def _viewable(window: tk.Misc) -> Iterator[Any]:
    pile = [window]
    while pile:
        widget = pile.pop()
        if widget.winfo_viewable():
            yield widget
            pile.extend(reversed(widget.winfo_children()))


if __name__ == "__main__":
    main(*sys.argv[1:])
