"""The log of the day, `Log/AAAA-MM-JJ.log`: what support reads on the telephone."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

_FORMAT = "%(levelname)s %(name)s: %(message)s"
_MOST_BYTES = 1 << 20


class DayLog(logging.Handler):
    """Appends each message to the file of its day; a log that can't be written stops nothing."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__(logging.INFO)
        self._folder = folder
        self._clock = clock
        self.setFormatter(logging.Formatter(_FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one message, stamped by the program's clock."""
        # A refusal must not make a data folder out of a path typed wrong; a fault is told anyway.
        if record.levelno < logging.ERROR and not self._folder.parent.is_dir():
            return
        now = self._clock()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{now.date().isoformat()}.log"
            with open(path, "a", encoding="utf-8", errors="replace") as log:
                log.write(f"{now.strftime('%H:%M:%S')} {self.format(record)}\n")


@contextlib.contextmanager
def keep_log(folder: Path, clock: Callable[[], datetime]) -> Iterator[None]:
    """Send the program's messages to the log of the day for a while."""
    handler = DayLog(folder, clock)
    logger = logging.getLogger("app")
    previous = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = previous


def logged_days(folder: Path) -> list[date]:
    """The days that have a log, in order; none when the folder can't be read."""
    days = []
    for path in folder.glob("????-??-??.log"):
        with contextlib.suppress(ValueError):
            days.append(date.fromisoformat(path.stem))
    return sorted(days)


def read_log(folder: Path, day: date) -> str:
    """The text of a day's log, its end alone when it is very long; "" when there is none."""
    try:
        with open(folder / f"{day.isoformat()}.log", "rb") as log:
            size = log.seek(0, 2)
            log.seek(max(0, size - _MOST_BYTES))
            return log.read().decode("utf-8", "replace")
    except OSError:
        return ""
