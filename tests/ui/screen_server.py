"""An X screen for tests and pictures: the one there is, or an Xvfb started for the purpose."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def screen_server(width: int, height: int, *, own: bool = False, dpi: int = 96) -> Iterator[str]:
    """Give a display's name; `own` asks for a new one even if DISPLAY names another.

    `dpi` is what the screen says of itself: 144 is a system at 150 %.
    """
    if os.environ.get("DISPLAY") and not own:
        yield os.environ["DISPLAY"]
        return
    read, write = os.pipe()
    screen = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-dpi", str(dpi), "-noreset"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        yield f":{number}"
    finally:
        if before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait(10)
