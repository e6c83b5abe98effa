"""Where each day's tickets lie in the journal, and what they are: one small file a calendar day.

Beside them are the marks of voids (`app.domain.voids`), some on a shelf of the year's own. A view:
every entry can be rebuilt from the journal. Only committed records are noted here, so a line that
is there twice (a replay after a power cut) says the same twice.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.canonical import body_of
from app.domain.ledger import Position
from app.domain.ticket import (
    Ticket,
    content_mark,
    is_plain,
    read_ticket,
    recorded_content,
    recorded_identity,
)
from app.domain.voids import Mark, marks_of
from app.errors import AppError
from app.store import disk
from app.store.journal import Kept

_LOG = logging.getLogger(__name__)
_DAYS_IN_MEMORY = 12
_BUFFERED = 1 << 18
_REGISTER = "jours.txt"
_SHELF = re.compile(rb"[0-9]{4}-([0-9]{2}-[0-9]{2}|voids)")
_SEGMENT_WIDTH = 6  # as in the names of the segments' files


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded ticket: identity, start of its content fingerprint, place, drawer, moment.

    A conflict's and a mark's `drawer` is empty; a mark's `content` is what it says.
    """

    identity: str
    content: str
    position: Position
    length: int
    drawer: str
    at: datetime


class DayIndex:
    """The index of a folder, a few days of it in memory at a time.

    Beside the days of a year a small register names them: a day that is not there was lost.

    Files are written only while `writable` says so (who merely reads holds no lock): until then
    what is new stays in memory.
    """

    def __init__(self, folder: Path, writable: Callable[[], bool] = lambda: True) -> None:
        self._folder = folder
        self._writable = writable
        self._days: OrderedDict[str, dict[str, Entry]] = OrderedDict()
        self._pending: dict[str, list[Entry]] = {}
        self._unflushed: set[str] = set()
        self._spoiled: set[str] = set()
        self._torn: set[str] = set()
        self._registers: dict[str, set[str] | None] = {}

    def entries(self, day: str) -> dict[str, Entry]:
        """The tickets of a calendar day (`2021-01-02`) by identity."""
        known = self._days.get(day)
        if known is None:
            known = {e.identity: e for e in self._stored(day)}
            self._days[day] = known
            self._forget_old()
        self._days.move_to_end(day)
        return known

    def add(self, day: str, entry: Entry) -> None:
        """Note a recorded ticket; one already noted changes nothing."""
        known = self.entries(day)
        if known.get(entry.identity) != entry:
            known[entry.identity] = entry
            self._pending.setdefault(day, []).append(entry)
        # Also when it is in the file: who wrote it there may have died before flushing it.
        self._unflushed.add(day)

    def is_whole(self, day: str, *, year_known: bool) -> bool:
        """Whether a day's file is all there, as far as it tells; no ticket at all may be whole.

        `year_known`: there were tickets of that year, so that it had a register.
        """
        known = self.entries(day)
        # What a power cut spoiled is noted again by the replay, and waits to be written.
        if (day in self._spoiled or day in self._torn) and day not in self._pending:
            return False
        if known:
            return True
        register = self._register(day[:4])
        return not year_known if register is None else day not in register

    def forget(self, day: str) -> None:
        """Let go of what is known of a day, to note it afresh."""
        self._days.pop(day, None)
        self._pending.pop(day, None)
        self._spoiled.discard(day)
        self._torn.discard(day)

    def flush(self, year_known: Callable[[str], bool] = lambda year: False) -> list[str]:
        """Write what is pending and flush it to disk. Raises DiskFull or DataFolderError.

        Gives the registers that had to be made again, as paths in the data folder.
        """
        for day in list(self._pending):
            self._write(day)
        mended = [
            f"{self._folder.name}/{year}/{_REGISTER}"
            for year in sorted({day[:4] for day in self._unflushed})
            if self._note_days(year) and year_known(year)
        ]
        paths = [self.path(day) for day in sorted(self._unflushed)]
        for path in paths:
            disk.flush_file(path)
        # Their folders, and the one above: whoever made them may not have lived to flush it.
        for folder in sorted({path.parent for path in paths} | {p.parent.parent for p in paths}):
            disk.flush_folder(folder)
        self._unflushed.clear()
        return mended

    def _note_days(self, year: str) -> bool:
        """Name the new days of a year in its register; gives whether it could not be read."""
        known = _registered(self._folder / year / _REGISTER)  # others may have added to it
        there = {day for day in self._unflushed if day[:4] == year}
        if known is not None and there <= known:
            return False
        if known is None:
            there |= {path.stem for path in (self._folder / year).glob("*.jsonl")}
        days = sorted((known or set()) | there)
        text = "".join(f"{day}\n" for day in days)
        disk.write_atomic(self._folder / year / _REGISTER, text.encode("ascii"))
        self._registers[year] = set(days)
        return known is None

    def _register(self, year: str) -> set[str] | None:
        """The days that a year had tickets of; None when that can't be read."""
        if self._registers.get(year) is None:
            self._registers[year] = _registered(self._folder / year / _REGISTER)
        return self._registers[year]

    def path(self, day: str) -> Path:
        """The file of a day."""
        return Path(f"{self._folder}/{day[:4]}/{day}.jsonl")

    def days(self) -> list[str]:
        """The days that tickets were noted of, in order."""
        return sorted({*(path.stem for path in self._folder.glob("*/*.jsonl")), *self._pending})

    def noted(self, day: str) -> Iterator[Entry]:
        """All that was noted of a day, also what is not in its file yet; some of it twice."""
        yield from self._stored(day)
        yield from self._pending.get(day, ())

    def _stored(self, day: str) -> Iterator[Entry]:
        path = self.path(day)
        if not os.path.exists(path):
            return
        with open(path, "rb") as source:
            for line in source:
                entry = _entry(line)
                if entry is not None:
                    yield entry
                elif line.endswith(b"\n"):
                    self._spoiled.add(day)
                else:
                    self._torn.add(day)

    def _forget_old(self) -> None:
        for day in list(self._days)[: max(0, len(self._days) - _DAYS_IN_MEMORY)]:
            if day in self._pending:
                if not self._writable():
                    continue
                try:
                    self._write(day)
                except AppError as error:
                    # The tickets are in the journal: a full disk must not make this a failure.
                    _LOG.warning("index du %s gardé en mémoire : %s", day, error)
                    continue
            del self._days[day]

    def _write(self, day: str) -> None:
        path = self.path(day)
        if day in self._spoiled:
            # All lines that read, also those that later ones overtake: `verify` knows each.
            disk.write_atomic(path, b"".join(map(_line, list(self.noted(day)))))
            self._spoiled.discard(day)
            self._torn.discard(day)
            self._unflushed.add(day)
            del self._pending[day]
            return
        lines = b"".join(_line(e) for e in self._pending[day])
        # A line that a power cut left without its end must not swallow the one that follows.
        whole = _length_of_whole_lines(path)
        if whole is not None:
            disk.truncate(path, whole)
        disk.append_unflushed(path, lines)
        self._torn.discard(day)
        self._unflushed.add(day)
        del self._pending[day]


def entries_of(kept: Kept) -> list[tuple[str, Entry]]:
    """The entries of a recorded ticket or conflict, each with its day or shelf; else none.

    Raises KeyError, TypeError, ValueError or UnreadableTicket when it is not what it says.
    """
    record, position, length = kept.record or {}, kept.position, kept.length
    body = record["body"]
    if record["type"] == "ticket":
        content = _content_of(kept, body)
        name, drawer = recorded_identity(body, content), f"{body['till']}/{body['drawer']}"
        at = datetime.fromisoformat(body["at"])
        own = Entry(name, content[:32], position, length, drawer, at)
        return [
            (body["at"][:10], own),
            *(
                (mark.shelf, Entry(mark.name, mark.says, position, length, "", at))
                for mark in marks_of(body)
            ),
        ]
    if record["type"] == "conflict":
        name = f"!{body['identity']}|{body['content']}"
        at = read_ticket(body["ticket"]).at
        return [(at.date().isoformat(), Entry(name, body["content"], position, length, "", at))]
    return []


def _content_of(kept: Kept, body: Mapping[str, Any]) -> str:
    """The fingerprint of a recorded ticket's content, from the line's own bytes if they are it."""
    if is_plain(body):
        with contextlib.suppress(ValueError):  # not as we write it: damage, named by `verify`
            return content_mark(body_of(kept.line))
    return recorded_content(body)


class Drafts(DayIndex):
    """The same for tickets whose group is not committed yet: they lie in a file of their own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.has_marks = False
        self._tickets = folder / "tickets"
        self._days_written: set[str] = set()
        self._written = 0
        self._buffer = bytearray()

    def note(self, day: str, name: str, content: str, ticket: Ticket, data: bytes = b"") -> None:
        """Note a ticket under an identity; `data` are its record's bytes, to be read again.

        Raises DiskFull or DataFolderError.
        """
        place = (0, self._written + len(self._buffer))
        self._buffer += data
        if len(self._buffer) >= _BUFFERED:
            disk.append_unflushed(self._tickets, bytes(self._buffer))
            self._written += len(self._buffer)
            self._buffer.clear()
        self.add(day, Entry(name, content[:32], place, len(data), ticket.drawer_id, ticket.at))

    def _stored(self, day: str) -> Iterator[Entry]:
        return super()._stored(day) if day in self._days_written else iter(())

    def _write(self, day: str) -> None:
        super()._write(day)
        self._days_written.add(day)

    def note_mark(self, mark: Mark, at: datetime) -> None:
        """Note what a ticket says of another."""
        self.has_marks = True
        self.add(mark.shelf, Entry(mark.name, mark.says, (0, 0), 0, "", at))

    def ticket_at(self, entry: Entry) -> Ticket:
        """The ticket an entry points at."""
        start, end = entry.position[1], entry.position[1] + entry.length
        if start >= self._written:
            data = bytes(self._buffer[start - self._written : end - self._written])
        else:
            with open(self._tickets, "rb") as source:
                source.seek(start)
                data = source.read(entry.length)
        return read_ticket(json.loads(data))


def _line(entry: Entry) -> bytes:
    segment, offset = entry.position
    what = _json([entry.identity, entry.content])
    rest = _json([offset, entry.length, entry.drawer, entry.at.isoformat()])
    # The segment counts all closures ever made: of fixed width, so that a day's file is as long
    # after years as in the first week. To a reader of JSON the blanks before it are nothing.
    return f"{what[:-1]},{segment:{_SEGMENT_WIDTH}d},{rest[1:]}\n".encode()


def _json(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _entry(line: bytes) -> Entry | None:
    try:
        identity, content, segment, offset, length, drawer, at = json.loads(line)
        moment = datetime.fromisoformat(at)
        return Entry(identity, content, (segment, offset), length, drawer, moment)
    except (ValueError, TypeError):
        return None  # a line torn by a power cut: replaying the journal adds it again


def _length_of_whole_lines(path: Path) -> int | None:
    """Where the last whole line ends, when something without a line's end follows it."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with open(path, "rb") as source:
        source.seek(-1, os.SEEK_END)
        if source.read(1) == b"\n":
            return None
        source.seek(0)
        return source.read().rfind(b"\n") + 1


def _registered(path: Path) -> set[str] | None:
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) < 2 or lines.pop() or not all(map(_SHELF.fullmatch, lines)):
        return None
    return {line.decode("ascii") for line in lines}
