"""Keeping one shop's record: the journal, the state it folds to, and the views beside it.

Readers look without a lock; who writes takes the one lock of the folder, first takes in what other
processes wrote meanwhile, and sets aside what a power cut left half written.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.domain.ledger import Ledger, Position
from app.domain.ticket import Ticket, content_fingerprint, identity, read_ticket
from app.errors import AppError, Busy
from app.store import data_folder, disk, saved_state
from app.store.day_index import DayIndex, Drafts, Entry
from app.store.documents import Documents
from app.store.journal import Journal, Kept, NewRecord, ends_segment
from app.store.views import VIEWED, Views

LOCK_PATIENCE = 60.0
FIRST: Position = (1, 0)
_LOG = logging.getLogger(__name__)


class ShopRecord:
    """The record of a data folder, to append to; `ledger` is the state it has come to."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        *,
        follow_ups: Sequence[str] = (),
        simulation: bool = False,
    ) -> None:
        self.folder = folder
        self._clock = clock
        self.follow_ups = tuple(follow_ups)
        self._simulation = simulation
        self.ledger = Ledger()
        self.documents = Documents(folder, self._stamp)
        self.journal = Journal(folder / "journal")
        self.views = Views(self.documents)
        self._index = DayIndex(folder / "index")
        self._position = FIRST
        self._saved_at = FIRST
        self._fresh: list[Kept] = []
        self._depth = 0
        self._lock = FileLock(str(folder / ".verrou"), timeout=LOCK_PATIENCE)

    # Opening and keeping up

    def load(self) -> None:
        """Read the saved state, then what the journal holds beyond it."""
        saved = self._read_state()
        if saved is not None:
            self.ledger, self._position = saved
            self._saved_at = self._position
        self.refresh()

    def refresh(self) -> None:
        """Take in what the journal got since, from whichever process."""
        for kept in self.journal.committed(self._position):
            self._take(kept)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder's one lock; may be nested. Raises Busy, DataFolderError or DiskFull."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        disk.make_folder(self.folder)
        try:
            with disk.told(self.folder):
                self._lock.acquire()
        except Timeout:
            raise Busy(
                "Le programme est déjà occupé à écrire dans ce dossier depuis une minute : "
                "attendez qu'il ait fini, puis recommencez."
            ) from None
        self._depth = 1
        try:
            self.refresh()
            self._set_torn_tail_aside()
            yield
        finally:
            self._depth = 0
            self._lock.release()

    def append(self, records: Iterable[NewRecord]) -> list[Kept]:
        """Append a group to the journal, flushed, and take it in; the caller holds `writing`.

        Gives the records kept (only the last ones of a very long group). Nothing of the group
        stays when anything fails while it is written.
        """
        before = self._position
        if not self.ledger.shop:
            records = itertools.chain([self._opening()], records)
        self.journal.write_group(before, self.ledger.heads, records)
        kept: list[Kept] = []
        for entry in self.journal.committed(before):
            self._take(entry)
            kept = [*kept[-4:], entry]
        self._write_identity()
        if any(k.record is not None and k.record["type"] in VIEWED for k in kept):
            self.tidy()
        return kept

    def _opening(self) -> NewRecord:
        """The first record of a shop: its identity, and SIMULATION for ever or not."""
        body = {
            "shop": str(uuid.uuid4()),
            "schema": data_folder.SCHEMA,
            "created": self._clock().isoformat(),
            "simulation": self._simulation,
        }
        return NewRecord("opening", "event", body)

    def _write_identity(self) -> None:
        if (self.folder / data_folder.IDENTITY).exists():
            return
        created = self._clock().isoformat()
        identity = data_folder.Identity(
            data_folder.SCHEMA, self.ledger.shop, created, self.ledger.simulation
        )
        data_folder.write_identity(self.folder, identity)

    def append_unless_empty(self, records: Iterable[NewRecord]) -> list[Kept]:
        """`append`, but nothing at all happens when `records` turns out to hold nothing."""
        stream = iter(records)
        first = next(stream, None)
        return [] if first is None else self.append(itertools.chain([first], stream))

    def new_record(self, kind: str, chain: str, body: Mapping[str, Any]) -> NewRecord:
        """A record to append."""
        return NewRecord(kind, chain, body)

    def event(self, name: str, now: datetime, by: str, detail: Mapping[str, Any]) -> NewRecord:
        """A technical event to append."""
        body = {"event": name, "at": now.isoformat(), "by": by, "detail": detail}
        return NewRecord("event", "event", body)

    @contextlib.contextmanager
    def drafts(self) -> Iterator[Drafts]:
        """A place for the identities of tickets being taken in, before their group is whole."""
        folder = self.folder / ".import"
        disk.remove_folder(folder)
        try:
            yield Drafts(folder)
        finally:
            disk.remove_folder(folder)

    def save(self) -> None:
        """Write the views and the state; the journal alone would do, this spares replaying it."""
        if self._position == self._saved_at:
            return
        self._index.flush()
        self.views.keep(self._fresh)
        self._fresh = []
        saved_state.write(self.folder, self.ledger, self._position)
        self._saved_at = self._position

    @property
    def has_fresh(self) -> bool:
        """Whether the journal holds records that the views don't show yet."""
        return bool(self._fresh)

    def tidy(self) -> None:
        """Save what this process took in; failing to only means a longer next start."""
        if self._position == self._saved_at:
            return
        try:
            with self.writing():
                self.save()
        except AppError as error:
            _LOG.warning("vues non enregistrées, elles seront refaites : %s", error)

    @contextlib.contextmanager
    def alone(self, purpose: str) -> Iterator[bool]:
        """Whether this process is the only one at some long work; others are told False at once."""
        lock = FileLock(str(self.folder / f".verrou-{purpose}"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def rebuild(self) -> None:
        """Make every view and the state again from the journal alone."""
        with self.writing():
            disk.remove_folder(self.folder / "index")
            self.views.clear()
            self._restart()
            self.refresh()
            self.save()

    def _restart(self) -> None:
        self.ledger = Ledger()
        self._index = DayIndex(self.folder / "index")
        self._position = self._saved_at = FIRST
        self._fresh = []

    def _take(self, kept: Kept) -> None:
        segment, offset = kept.position
        record = kept.record
        self._position = (segment, offset + kept.length)
        if record is None:
            self.ledger.damaged += 1
            return
        if record["type"] == "ticket":
            self._note(read_ticket(record["body"]), kept)
        elif record["type"] == "conflict":
            self._note_conflict(record["body"], kept)
        elif record["type"] in VIEWED:
            self._fresh.append(kept)
        self.ledger.apply(record, kept.fingerprint, kept.position)
        if ends_segment(record):
            self._position = (segment + 1, 0)

    def _note(self, ticket: Ticket, kept: Kept) -> None:
        content = content_fingerprint(ticket)
        entry = Entry(
            identity(ticket, content),
            content[:32],
            kept.position,
            kept.length,
            ticket.drawer_id,
            ticket.at,
        )
        self._index.add(ticket.day.isoformat(), entry)

    def _note_conflict(self, body: Mapping[str, Any], kept: Kept) -> None:
        ticket = read_ticket(body["ticket"])
        entry = Entry(
            f"!{body['identity']}|{body['content']}",
            body["content"],
            kept.position,
            kept.length,
            "",
            ticket.at,
        )
        self._index.add(ticket.day.isoformat(), entry)

    def _read_state(self) -> tuple[Ledger, Position] | None:
        try:
            saved = saved_state.read(self.folder)
        except ValueError as error:
            aside = disk.set_aside(saved_state.path(self.folder), self._stamp())
            self.documents.set_aside.append(aside)
            _LOG.warning("state.json illisible (%s) : l'état est refait depuis le journal", error)
            return None
        if saved is None:
            return None
        segment, offset = saved[1]
        if self.journal.length(segment) < offset:
            _LOG.warning("le journal est plus court que l'état enregistré : état refait")
            return None
        return saved

    def _set_torn_tail_aside(self) -> None:
        aside = self.journal.set_tail_aside(self._position, self._stamp())
        if aside is not None:
            _LOG.warning("écriture interrompue mise de côté : %s", aside.name)
            detail = {"file": aside.name}
            self.append([self.event("tail_set_aside", self._clock(), "", detail)])

    def _stamp(self) -> str:
        return self._clock().strftime("%Y%m%d-%H%M%S")
