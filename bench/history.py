"""The same day after 0, 1 and 5 years of closures: time of its closure (within 1.1x), bytes read
and written, and what the program's start opens and reads (the same after 0 and 5 years)."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.bootstrap import run
from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.services.close import close
from app.store.shop import opened
from bench._measure import (
    day_of_tickets,
    finish,
    interleaved,
    median_ratio,
    paris,
    scratch,
    take,
    verdict,
)

ROUNDS = 15
YEARS = (0, 1, 5)
WITHIN = 1.1
TICKETS_BEFORE = 12
TICKETS_THAT_DAY = 300
DAY = paris(2026, 1, 5, 20)


def build(folder: Path, years: int) -> None:
    """A shop that closed every working day of some years, the first days of 2026 included."""
    day = paris(2026 - years, 1, 2, 20)
    number = 1_000_000  # as many digits in every shop
    clock = [day]
    with opened(folder, lambda: clock[0], create=True) as shop:
        while day.date() < DAY.date():
            if day.weekday() != 0 or day.year == DAY.year:
                clock[0] = day
                take(shop, day_of_tickets(day, TICKETS_BEFORE, number), day)
                close(shop, Scope(GENERAL), Terms(now=day))
                number += TICKETS_BEFORE
            day = (day + timedelta(days=1)).replace(hour=20)
        clock[0] = DAY
        take(shop, day_of_tickets(DAY, TICKETS_THAT_DAY, number), DAY)


def bytes_moved() -> tuple[int, int]:
    """What this process has read and written so far, in bytes, whatever the layer."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["rchar"]), int(fields["wchar"])


def counted(work: Callable[[], object]) -> tuple[int, int]:
    """Bytes that a call reads and writes."""
    before = bytes_moved()
    work()
    after = bytes_moved()
    reading_the_count = 2 * len(Path("/proc/self/io").read_bytes())
    return after[0] - before[0] - reading_the_count, after[1] - before[1]


class OpenedFiles:
    """An audit hook that notes which files of a folder are opened while it listens."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.names: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, name: str, arguments: tuple[object, ...]) -> None:
        if name != "open" or self.folder is None or not isinstance(arguments[0], str | Path):
            return
        path = os.fspath(arguments[0])
        if path.startswith(f"{self.folder}{os.sep}"):
            self.names.append(path[len(str(self.folder)) + 1 :])


def start(folder: Path, files: OpenedFiles) -> tuple[list[str], int, int]:
    """What the program opens, and the bytes it reads, to say what the next closure holds."""
    files.folder, files.names = folder, []
    with open(os.devnull, "w") as nowhere:
        words = ["--data", str(folder), "--json", "next"]
        read, written = counted(lambda: run(words, clock=lambda: DAY, stdout=nowhere))
    files.folder = None
    # The number of a segment counts the closures made: the file plays the same part.
    names = ["journal/J*.jsonl" if n.startswith("journal/") else n for n in files.names]
    return names, read, written


def closing(prepared: Path, copies: Path, clock: datetime) -> Callable[[], object]:
    """A work that closes the prepared day on a fresh copy each time (the copy is not counted)."""
    turn = [0]

    def ready() -> Path:
        turn[0] += 1
        folder = copies / f"{prepared.name}-{turn[0]}"
        shutil.copytree(prepared, folder, copy_function=os.link)
        # Files are appended to in place: the copy's open segment and views must be its own.
        for path in [*folder.glob("*.json"), *folder.rglob("*2026*"), *folder.rglob("J*.jsonl")]:
            if path.is_file() and path.stat().st_nlink > 1:
                data = path.read_bytes()
                path.unlink()
                path.write_bytes(data)
        return folder

    waiting = [ready() for _ in range(ROUNDS + 1)]

    def work() -> None:
        with opened(waiting.pop(), lambda: clock) as shop:
            close(shop, Scope(GENERAL), Terms(now=clock))

    return work


def main() -> None:
    """Measure."""
    files = OpenedFiles()
    with scratch() as folder:
        shops = [folder / f"{years}-years" for years in YEARS]
        for years, shop in zip(YEARS, shops, strict=True):
            build(shop, years)
        works = [closing(shop, folder / "copies", DAY) for shop in shops]
        moved = [counted(work) for work in works]
        for years, (read, written) in zip(YEARS, moved, strict=True):
            print(f"     after {years} years the closure reads {read:,} B, writes {written:,} B")
        times = interleaved(ROUNDS, *works)
        ratios = [median_ratio(t, times[0]) for t in times[1:]]
        starts = [(start(shop, files), start(shop, files))[1] for shop in shops]
        for years, (names, read, _) in zip(YEARS, starts, strict=True):
            print(f"     after {years} years the start opens {len(names)} files, reads {read:,} B")
        print(f"     namely: {', '.join(starts[0][0])}")
        finish(
            verdict("closure after 1 year against none", ratios[0], WITHIN, "x"),
            verdict("closure after 5 years against none", ratios[1], WITHIN, "x"),
            verdict("bytes read closing, 5 years/0", moved[2][0] / moved[0][0], WITHIN, "x"),
            verdict("bytes written closing, 5 years/0", moved[2][1] / moved[0][1], WITHIN, "x"),
            verdict("start opens other files (1 = yes)", starts[0][0] != starts[2][0], 0, ""),
            verdict("bytes read at start, 5 years/0", starts[2][1] / starts[0][1], 1.02, "x"),
            # Like with like: both shops have closed a month and a year; only counters are longer.
            verdict("bytes read at start, 5 years/1", starts[2][1] / starts[1][1], 1.005, "x"),
        )


if __name__ == "__main__":
    main()
