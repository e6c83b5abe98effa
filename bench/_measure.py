"""How measures are made: interleaved pairs, medians, ratios; the machine is shared and noisy."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from unittest import mock

from app.domain.moments import PARIS
from app.domain.settings import vat_table_of
from app.domain.ticket import Line, Payment, Ticket
from app.services.import_tickets import Source, import_tickets
from app.store.shop import Shop

SOURCE = Source("measure", "journal")
RATES = vat_table_of({})
"""The VAT table of a shop that changed nothing: what is sold here is in it."""


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Seconds of each work, `rounds` times, taking turns so that noise falls on all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for index, work in enumerate(works):
            times[index].append(timed(work))
    return times


def calls_of(work: Callable[[], object]) -> dict[str, int]:
    """How often a call flushes and renames, and how many bytes it writes."""
    counted = {"flushes": 0, "renames": 0, "bytes written": 0}
    fsync, replace, write = os.fsync, os.replace, os.write

    def counting_fsync(handle: int) -> None:
        counted["flushes"] += 1
        fsync(handle)

    def counting_replace(*names: str) -> None:
        counted["renames"] += 1
        replace(*names)

    def counting_write(handle: int, data: bytes) -> int:
        counted["bytes written"] += len(data)
        return write(handle, data)

    with (
        mock.patch.object(os, "fsync", counting_fsync),
        mock.patch.object(os, "replace", counting_replace),
        mock.patch.object(os, "write", counting_write),
    ):
        work()
    return counted


def median_ratio(times: list[float], base: list[float]) -> float:
    """The median of the pairs' ratios."""
    return median(t / b for t, b in zip(times, base, strict=True))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cloture-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def verdict(what: str, value: float, bound: float, unit: str) -> bool:
    """Print one figure beside its bound; gives whether it holds."""
    holds = value <= bound
    print(f"{'ok  ' if holds else 'OVER'} {what}: {value:.3g} {unit} (bound {bound:g})")
    return holds


def finish(*held: bool) -> None:
    """End the measure: exit code 1 when a bound does not hold."""
    sys.exit(0 if all(held) else 1)


def ticket(number: int, at: datetime, *, lines: int = 5, till: str = "1") -> Ticket:
    """An ordinary ticket of a few articles, paid in cash."""
    made = tuple(
        Line(
            f"ARTICLE {(number + k) % 150}",
            "goods",
            Decimal(1),
            100 + (number * 7 + k * 13) % 900,
            (550, 1000, 2000)[(number + k) % 3],
            family=f"FAMILLE {(number + k) % 12}",
            unit=100 + (number * 7 + k * 13) % 900,
        )
        for k in range(lines)
    )
    total = sum(line.total for line in made)
    return Ticket(till, "1", str(number), at, "sale", made, (Payment("especes", total),))


def day_of_tickets(day: datetime, count: int, first: int, *, lines: int = 5) -> list[Ticket]:
    """Tickets from 8 o'clock on, numbered from `first`."""
    start = day.replace(hour=8, minute=0)
    step = timedelta(seconds=39600 / max(count, 1))
    return [ticket(first + k, start + k * step, lines=lines) for k in range(count)]


def take(shop: Shop, tickets: list[Ticket], now: datetime) -> None:
    """Import tickets as one file would be."""
    report = import_tickets(shop, tickets, SOURCE, RATES, now)
    assert report.accepted == len(tickets), report


def paris(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A moment on the Paris clock."""
    return datetime(year, month, day, hour, tzinfo=PARIS)
