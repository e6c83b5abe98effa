"""Where each day's lines lie in a file, so that a day can be read whole whatever the file's order.

A run is a stretch of lines of one day. A sorted file has one run a day; a file sorted by article
may have nearly one a line: then the runs themselves go to a temporary file, so that memory does
not grow with the file.
"""

from __future__ import annotations

import heapq
import struct
import tempfile
from collections.abc import Iterator
from typing import IO, NamedTuple

_RECORD = struct.Struct("<qqqq")


class Run(NamedTuple):
    """Lines of one day (its ordinal) in the bytes `start` to `end`; the first is line `line`."""

    day: int
    start: int
    end: int
    line: int


class DayRuns:
    """Filled in the file's order, then asked for its runs day by day.

    `in_memory` is how many runs are kept before they go to a temporary file.
    """

    def __init__(self, in_memory: int = 50_000) -> None:
        self._limit = in_memory
        self._open: Run | None = None  # the run that the next record may still lengthen
        self._end = 0
        self._runs: list[Run] = []
        self._spilled: list[int] = []  # how many runs each piece of the temporary file holds
        self._spill: IO[bytes] | None = None
        self._seen: dict[int, int] = {}  # day → its place in the file's order of days
        self._lines: dict[int, int] = {}
        self._forward = self._backward = 0

    def __enter__(self) -> DayRuns:
        return self

    def __exit__(self, *_: object) -> None:
        if self._spill is not None:
            self._spill.close()

    def add(self, day: int | None, start: int, end: int, line: int) -> int:
        """Note one record; they come in the file's order.

        A record without a day (an unreadable one) stays with the one before it. Gives the number
        of records of that day so far.
        """
        run = self._open
        if run is None or (day is not None and day != run.day):
            if run is not None and run.day:
                self._forward += (day or 0) > run.day
                self._backward += (day or 0) < run.day
            self._close_run()
            run = self._open = Run(day or 0, start, end, line)
            self._seen.setdefault(run.day, len(self._seen))
        self._end = end
        count = self._lines[run.day] = self._lines.get(run.day, 0) + 1
        return count

    def _close_run(self) -> None:
        if self._open is None:
            return
        if len(self._runs) >= self._limit:
            self._spill_runs()
        self._runs.append(self._open._replace(end=self._end))
        self._open = None

    def in_order(self) -> Iterator[Run]:
        """The runs, all those of a day together: days as the file has them.

        A file that mostly runs backwards (newest first) gives its oldest day first.
        """
        self._close_run()
        if self._spill is None:
            yield from sorted(self._runs, key=self._place)
            return
        self._spill_runs()
        pieces, start = [], 0
        for count in self._spilled:
            self._sort_piece(self._spill, start, count)
            pieces.append(self._read(self._spill, start, count))
            start += count
        yield from heapq.merge(*pieces, key=self._place)

    def _place(self, run: Run) -> tuple[int, int]:
        backwards = self._backward > self._forward
        return (run.day if backwards else self._seen[run.day]), run.start

    def _spill_runs(self) -> None:
        if self._spill is None:
            self._spill = tempfile.TemporaryFile(prefix="cloture-")  # noqa: SIM115 (__exit__)
        self._spill.seek(0, 2)
        self._spill.write(b"".join(_RECORD.pack(*run) for run in self._runs))
        self._spilled.append(len(self._runs))
        self._runs = []

    def _sort_piece(self, spill: IO[bytes], start: int, count: int) -> None:
        runs = sorted(self._read(spill, start, count), key=self._place)
        spill.seek(start * _RECORD.size)
        spill.write(b"".join(_RECORD.pack(*run) for run in runs))

    @staticmethod
    def _read(spill: IO[bytes], start: int, count: int) -> Iterator[Run]:
        """The runs of one piece, a few at a time: the pieces are read in turns."""
        end = start + count
        while start < end:
            spill.seek(start * _RECORD.size)
            data = spill.read(min(512, end - start) * _RECORD.size)
            yield from (Run(*fields) for fields in _RECORD.iter_unpack(data))
            start += 512
