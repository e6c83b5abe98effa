"""Where each day's tickets lie in the journal, and what they are: one small file a calendar day.

A view: every entry can be rebuilt from the journal. Only committed records are noted here, so a
line that is there twice (a replay after a power cut) says the same twice.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.ledger import Position
from app.domain.ticket import Ticket
from app.store import disk

_DAYS_IN_MEMORY = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded ticket: identity, start of its content fingerprint, place, drawer, moment."""

    identity: str
    content: str
    position: Position
    length: int
    drawer: str
    at: datetime


class DayIndex:
    """The index of a folder, a few days of it in memory at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._days: OrderedDict[str, dict[str, Entry]] = OrderedDict()
        self._pending: dict[str, list[Entry]] = {}
        self._unflushed: set[Path] = set()

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

    def flush(self) -> None:
        """Write what is pending and flush it to disk."""
        for day in list(self._pending):
            self._write(day)
        for path in sorted(self._unflushed):
            disk.flush_file(path)
            disk.flush_folder(path.parent)
        self._unflushed.clear()

    def path(self, day: str) -> Path:
        """The file of a day."""
        return self._folder / day[:4] / f"{day}.jsonl"

    def _forget_old(self) -> None:
        while len(self._days) > _DAYS_IN_MEMORY:
            day = next(iter(self._days))
            self._write(day)
            del self._days[day]

    def _write(self, day: str) -> None:
        entries = self._pending.pop(day, None)
        if not entries:
            return
        path = self.path(day)
        disk.append_unflushed(path, b"".join(_line(e) for e in entries))
        self._unflushed.add(path)

    def _stored(self, day: str) -> Iterator[Entry]:
        path = self.path(day)
        if not path.exists():
            return
        with open(path, encoding="utf-8") as source:
            for line in source:
                entry = _entry(line)
                if entry is not None:
                    yield entry


class Drafts(DayIndex):
    """The same for tickets whose group is not committed yet: known by identity, lying nowhere."""

    def note(self, day: str, name: str, content: str, ticket: Ticket) -> None:
        """Note a ticket under an identity."""
        self.add(day, Entry(name, content[:32], (0, 0), 0, ticket.drawer_id, ticket.at))


def _line(entry: Entry) -> bytes:
    row = [
        entry.identity,
        entry.content,
        *entry.position,
        entry.length,
        entry.drawer,
        entry.at.isoformat(),
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _entry(line: str) -> Entry | None:
    try:
        identity, content, segment, offset, length, drawer, at = json.loads(line)
        moment = datetime.fromisoformat(at)
        return Entry(identity, content, (segment, offset), length, drawer, moment)
    except (ValueError, TypeError):
        return None  # a line torn by a power cut: replaying the journal adds it again
