"""The append-only journal: the shop's truth, one JSON record a line, chained by fingerprints.

Records live in numbered segments `journal/J000001.jsonl`; a GÉNÉRALE closure is the last record of
its segment. Records written together form a group: all but its last carry `"more":true`, and a
group whose end is missing (power cut) counts for nothing. Format: `docs/record-format.md`.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.canonical import canonical_bytes, fingerprint, opened_line, sealed_around
from app.domain.ledger import Position
from app.domain.scope import GENERAL
from app.store import disk

NOWHERE: Position = (0, 0)
_CHUNK = 1 << 20
_LONG_GROUP = 2_000
_SHORT_GROUP = 32


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to append: its type, the chain it goes on, and its body.

    `data` are the body's canonical bytes where whoever made it has them; it is plain JSON then.
    """

    type: str
    chain: str
    body: Mapping[str, Any]
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Kept:
    """A committed record: where its line lies, its content and the fingerprint it carries.

    `record` is None for a line that can't be read any more (damage, not a power cut).
    """

    position: Position
    length: int
    record: dict[str, Any] | None
    fingerprint: str
    line: bytes


def ends_segment(record: Mapping[str, Any]) -> bool:
    """Whether a record is the last of its segment."""
    return bool(record["type"] == "closure" and record["body"]["kind"] == GENERAL)


class Journal:
    """The segments of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._start = os.path.join(folder, "J")

    def path(self, segment: int) -> Path:
        """The file of a segment."""
        return Path(self._name(segment))

    def _name(self, segment: int) -> str:
        # A text: this is asked for several times a writing, and a Path costs more than the asking.
        return f"{self._start}{segment:06d}.jsonl"

    def segments(self) -> list[int]:
        """The numbers of all segments there are, in order."""
        names = (p.stem for p in self.folder.glob("J*.jsonl")) if self.folder.is_dir() else ()
        return sorted(int(name[1:]) for name in names if name[1:].isdecimal())

    def length(self, segment: int) -> int:
        """Bytes in a segment; 0 when it is not there."""
        try:
            return os.stat(self._name(segment)).st_size
        except (FileNotFoundError, NotADirectoryError):
            return 0

    def exists(self, segment: int) -> bool:
        """Whether a segment is there, be it empty."""
        return os.path.exists(self._name(segment))

    def write_group(
        self, position: Position, heads: Mapping[str, tuple[int, str]], records: Iterable[NewRecord]
    ) -> tuple[Position, int]:
        """Append a group at `position` (the end of the last committed one), flushed.

        Gives the position after it and how many records it holds. If anything fails, also while
        `records` is being produced, nothing of it stays. Raises DiskFull or DataFolderError.
        """
        end, writer = self._write(position, heads, records)
        return end, writer.count

    def keep_group(
        self, position: Position, heads: Mapping[str, tuple[int, str]], records: Iterable[NewRecord]
    ) -> Iterator[Kept]:
        """`write_group`, then the records as they were kept, a short group without reading it."""
        _, writer = self._write(position, heads, records)
        if writer.count > _SHORT_GROUP:
            yield from self.committed(position)
            return
        segment, offset = position
        for line, record in writer.short:
            kept = _parsed((segment, offset), line, record)
            offset += kept.length
            yield kept

    def _write(
        self, position: Position, heads: Mapping[str, tuple[int, str]], records: Iterable[NewRecord]
    ) -> tuple[Position, _GroupWriter]:
        segment, offset = position
        writer = _GroupWriter(heads)
        if offset == 0:
            disk.make_folder(self.folder)
        end = disk.append(self.path(segment), offset, writer.chunks(records))
        return (segment, end), writer

    def is_at_end(self, position: Position) -> bool:
        """Whether nothing follows a position; two questions to the system, no file opened."""
        segment, offset = position
        return self.length(segment) == offset and not self.exists(segment + 1)

    def committed(self, start: Position, sure: Position = NOWHERE) -> Iterator[Kept]:
        """The committed records from a position on, in order, across segments.

        What lies before `sure` is known to have been committed, whatever it looks like now.
        """
        segment, offset = start
        while self.exists(segment):
            last = not self.exists(segment + 1)
            whole = segment < sure[0] or not last
            yield from self._committed_in(
                segment, offset, math.inf if whole else _in(sure, segment)
            )
            segment, offset = segment + 1, 0

    def _committed_in(self, segment: int, offset: int, sure: float) -> Iterator[Kept]:
        """What lies before the last commit; a group torn by a power cut is not given.

        A commit is the intact last record of a group whose lines are all intact. A broken line
        that a later commit follows is damage to what was whole once: it is given, for `verify`.
        So is all of a segment that another one follows (`sure`: the offset up to which).
        """
        held: list[Kept] = []
        intact_run = 0
        for position, line in self.lines(segment, offset):
            held.append(_parsed(position, line))
            intact_run = intact_run + 1 if is_intact(line) else 0
            if position[1] < sure or _commits(line, intact_run):
                yield from held
                held = []
            elif len(held) >= _LONG_GROUP:
                after = position[1] + len(line) + 1
                commit = self._next_commit(segment, after, intact_run)
                if commit is None:
                    return
                sure = commit + 1
                yield from held
                held = []

    def _next_commit(self, segment: int, offset: int, intact_run: int) -> int | None:
        for position, line in self.lines(segment, offset):
            intact_run = intact_run + 1 if is_intact(line) else 0
            if _commits(line, intact_run):
                return position[1]
        return None

    def lines(self, segment: int, offset: int = 0) -> Iterator[tuple[Position, bytes]]:
        """The whole lines of a segment from an offset on (without line end), torn tail left out."""
        path = self.path(segment)
        if not path.exists():
            return
        with open(path, "rb") as source:
            source.seek(offset)
            for line in source:
                if not line.endswith(b"\n"):
                    return
                yield (segment, offset), line[:-1]
                offset += len(line)

    def first_line(self) -> bytes:
        """The journal's very first line, empty when there is none."""
        return next((line for _, line in self.lines(1)), b"")

    def read(self, places: Iterable[tuple[Position, int]]) -> Iterator[tuple[Position, bytes]]:
        """The lines at given (position, length) places, sorted by position."""
        segment, source = 0, None
        try:
            for (number, offset), length in places:
                if source is None or number != segment:
                    if source is not None:
                        source.close()
                    segment, source = number, open(self.path(number), "rb")  # noqa: SIM115
                source.seek(offset)
                yield (number, offset), source.read(length - 1)
        finally:
            if source is not None:
                source.close()

    def set_tail_aside(self, position: Position, stamp: Callable[[], str]) -> Path | None:
        """Keep what follows the last committed group under another name, and cut it off.

        Gives the file it went to, or None when there was nothing.
        """
        segment, offset = position
        if self.length(segment) <= offset:
            return None
        with open(self.path(segment), "rb") as source:
            source.seek(offset)
            tail = source.read()
        aside = self.folder / "interrompu" / f"J{segment:06d}-{offset}-{stamp()}.txt"
        disk.write_atomic(aside, tail)
        disk.truncate(self.path(segment), offset)
        return aside


class _GroupWriter:
    """Chains and seals a stream of records, holding one back to know which is the last."""

    def __init__(self, heads: Mapping[str, tuple[int, str]]) -> None:
        self._heads = dict(heads)
        self.count = 0
        self.short: list[tuple[bytes, dict[str, Any] | None]] = []

    def chunks(self, records: Iterable[NewRecord]) -> Iterator[bytes]:
        buffer = bytearray()
        waiting: NewRecord | None = None
        for record in records:
            if waiting is not None:
                buffer += self._line(waiting, more=True)
                if len(buffer) >= _CHUNK:
                    yield bytes(buffer)
                    buffer.clear()
            waiting = record
        if waiting is not None:
            buffer += self._line(waiting, more=False)
        if buffer:
            yield bytes(buffer)

    def _line(self, new: NewRecord, *, more: bool) -> bytes:
        seq, previous = self._heads.get(new.chain, (0, ""))
        rest: dict[str, Any] = {
            "chain": new.chain,
            "prev": previous,
            "seq": seq + 1,
            "type": new.type,
        }
        self.count += 1
        if more:
            rest["more"] = True
        elif self.count > 1:
            rest["group"] = self.count
        line, mark = sealed_around(new.data or canonical_bytes(new.body), rest)
        self._heads[new.chain] = (seq + 1, mark)
        if self.count <= _SHORT_GROUP:
            # A body that is plain JSON needs no reading back.
            known = {**rest, "body": new.body, "fingerprint": mark} if new.data else None
            self.short.append((line, known))
        return line + b"\n"


def _in(position: Position, segment: int) -> int:
    return position[1] if position[0] == segment else 0


def _parsed(position: Position, line: bytes, known: dict[str, Any] | None = None) -> Kept:
    length = len(line) + 1
    try:
        record = json.loads(line) if known is None else known
        if not isinstance(record, dict) or not isinstance(record["body"], dict):
            raise ValueError("not a record")
        mark = record.pop("fingerprint")
        record["chain"], record["seq"], record["type"]
    except (ValueError, KeyError, RecursionError):
        return Kept(position, length, None, "", line)
    return Kept(position, length, record, mark, line)


def _commits(line: bytes, intact_run: int) -> bool:
    # Inside a text the quotes would be escaped, so that these bytes are the member itself.
    if intact_run == 0 or b',"more":true,"prev":' in line:
        return False
    return b',"group":' not in line or intact_run >= int(json.loads(line).get("group", 1))


def is_intact(line: bytes) -> bool:
    """Whether a line still matches the fingerprint it carries."""
    try:
        body, mark = opened_line(line)
    except ValueError:
        return False
    return fingerprint(body) == mark
