"""The kiosk over the years: « Accueil » opens the same files after 5 years of closures as after 0,
and reads as many bytes; a kiosk that has closed 1,000 times takes no more memory than after 200."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.bootstrap import program
from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.services.close import close
from app.services.settings import change_settings
from bench._measure import day_of_tickets, finish, paris, scratch, take, verdict
from bench.history import DAY, OpenedFiles, build, counted
from tests.ui.screen_server import screen_server

SIZE = (1024, 768)
YEARS = (0, 1, 5)
READ_WITHIN = 1.02
READ_WITHIN_OF_NONE = 1.05
"""The first years bring, once: the last month and the last year among the saved state (500 bytes),
and three more digits in the number of the open segment, which each of 300 open tickets names."""

CLOSURES = 1_000
SETTLED_AFTER = 200
"""Closures before memory is looked at: caches of icons, fonts and code are full by then."""

MEGABYTES = 10
TICKETS_A_DAY = 8


class Kiosk:
    """The kiosk's one window, on one data folder after another."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        from app.ui.window import KioskWindow

        self.window = KioskWindow(clock, size=SIZE)
        self.clock = clock
        self.faults: list[BaseException] = []
        self.shell: Any = None

    def on(self, folder: Path) -> None:
        """Work on that folder from now on."""
        from app.ui.job_runner import InlineRunner
        from app.ui.kiosk import assemble

        handed = program(folder, self.clock, io.StringIO())
        self.shell = assemble(self.window, handed, InlineRunner())
        self.window.on_fault = self.faults.append

    def home(self) -> None:
        """« Accueil », drawn anew."""
        from app.ui.screens.home import HomeScreen

        self.shell.nav.start(HomeScreen)
        self._draw()

    def done(self, closure_id: str) -> None:
        """« Clôture terminée », as after that closure."""
        from app.ui.screens.closure_done import ClosureDoneScreen

        self.shell.nav.go(ClosureDoneScreen, closure_id=closure_id)
        self._draw()

    def _draw(self) -> None:
        self.window.update()
        if self.faults:
            raise self.faults[0]


def home_drawn(kiosk: Kiosk, folder: Path, files: OpenedFiles) -> tuple[list[str], int]:
    """What is opened in the folder, and the bytes read, to draw « Accueil »."""
    kiosk.on(folder)
    files.folder, files.names = folder, []
    read, _ = counted(kiosk.home)
    files.folder = None
    # The number of a segment counts the closures made: the file plays the same part.
    names = ["journal/J*.jsonl" if n.startswith("journal/") else n for n in files.names]
    return names, read


def size(shop: Path, name: str) -> int:
    """Bytes of a file that « Accueil » opened; the newest where the name stands for several."""
    return max(shop.glob(name)).stat().st_size


def over_the_years(kiosk: Kiosk, folder: Path) -> list[bool]:
    """Measure « Accueil » after each number of years."""
    files = OpenedFiles()
    shops = [folder / f"{years}-years" for years in YEARS]
    for years, shop in zip(YEARS, shops, strict=True):
        build(shop, years)
    home_drawn(kiosk, shops[0], files)  # the icons and fonts are read once a session
    drawn = [(home_drawn(kiosk, shop, files), home_drawn(kiosk, shop, files))[1] for shop in shops]
    for years, (names, read) in zip(YEARS, drawn, strict=True):
        print(f"     after {years} years « Accueil » opens {len(names)} files, reads {read:,} B")
    print(f"     namely: {', '.join(drawn[0][0])}")
    for name in drawn[0][0]:
        sizes = [size(shop, name) for shop in shops]
        if len(set(sizes)) > 1:
            print(f"     {name}: {', '.join(f'{bytes_:,}' for bytes_ in sizes)} B", flush=True)
    (names_0, read_0), (names_1, read_1), (names_5, read_5) = drawn
    differ = not names_0 == names_1 == names_5
    return [
        verdict("« Accueil » opens other files (1 = yes)", differ, 0, ""),
        verdict("bytes read for « Accueil », 5 years/1", read_5 / read_1, READ_WITHIN, "x"),
        verdict("bytes read for « Accueil », 5 years/0", read_5 / read_0, READ_WITHIN_OF_NONE, "x"),
    ]


def memory() -> float:
    """Megabytes of this process in memory, once what is unused is given up."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def thousand_closures(kiosk: Kiosk, folder: Path, now: list[datetime]) -> bool:
    """Close day after day in this one process, as a kiosk left on for years does."""
    kiosk.on(folder)
    taken, number = {}, 1_000_000
    with kiosk.shell.program.open_shop(create=True) as shop:
        change_settings(shop, {"shop.name": "Mesure"}, now[0])
    for turn in range(CLOSURES + 1):
        if turn in (SETTLED_AFTER, CLOSURES // 2, CLOSURES):
            taken[turn] = memory()
            print(f"     after {turn:,} closures: {taken[turn]:.1f} MB", flush=True)
        with kiosk.shell.program.open_shop() as shop:
            take(shop, day_of_tickets(now[0], TICKETS_A_DAY, number), now[0])
        kiosk.home()
        with kiosk.shell.program.open_shop() as shop:
            made = close(shop, Scope(GENERAL), Terms(now=now[0]))
        kiosk.done(made)
        number += TICKETS_A_DAY
        now[0] = (now[0] + timedelta(days=1)).replace(hour=20)
    growth = taken[CLOSURES] - taken[SETTLED_AFTER]
    what = f"memory grown from closure {SETTLED_AFTER} to {CLOSURES:,}"
    return verdict(what, growth, MEGABYTES, "MB")


def main() -> None:
    """Measure."""
    now = [DAY]
    with screen_server(*SIZE), scratch() as folder:
        kiosk = Kiosk(lambda: now[0])
        held = over_the_years(kiosk, folder)
        now[0] = paris(2023, 1, 2, 20)
        held.append(thousand_closures(kiosk, folder / "thousand", now))
        kiosk.window.destroy()
    finish(*held)


if __name__ == "__main__":
    main()
