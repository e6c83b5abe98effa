"""Keeping one shop's record: the journal, the state it folds to, and the views beside it.

Readers look without a lock; who writes takes the one lock of the folder, first takes in what other
processes wrote meanwhile, and sets aside what a power cut left half written.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import uuid
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.ledger import Ledger, Position
from app.domain.ledger_snapshot import last_closures_json
from app.errors import AppError, Damaged
from app.store import data_folder, disk, saved_state
from app.store.folder_lock import FolderLock
from app.store.journal import Journal, Kept, NewRecord, ends_segment
from app.store.loss import loss_told
from app.store.secrets import Secrets
from app.store.view_keeping import ViewKeeping
from app.store.views import is_viewed

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
        self.journal = Journal(folder / "journal")
        self._position = FIRST
        self._saved_at = FIRST
        self._flushed_at = FIRST
        self._fresh: list[Kept] = []
        self.told: list[str] = []
        self.keeping = ViewKeeping(
            folder,
            self._stamp,
            self.journal,
            lambda: (self._saved_at, self._position),
            self.writing,
            lambda: self._depth > 0,
            self.told,
        )
        self.documents = self.keeping.documents
        self.views = self.keeping.views
        self.secrets = Secrets(self.documents, self.told)
        self._missing: dict[str, Any] | None = None
        self._depth = 0
        self._end_is_sure = False
        self._identity_there = False
        self._lock = FolderLock(folder)

    @property
    def end(self) -> Position:
        """The place after the last record taken in."""
        return self._position

    # Opening and keeping up

    def migrate(self) -> None:
        """Bring an older folder up to this program's layout. Raises DataFolderError for a newer."""
        known = self._identity()
        if known is None:
            return
        data_folder.check_schema(self.folder, known.schema)
        if known.schema < data_folder.SCHEMA:
            with self._lock.held():
                # Another process may have done it while this one waited.
                data_folder.migrate(self.folder, self._identity() or known)

    def load(self) -> None:
        """Read the saved state, then what the journal holds beyond it."""
        was_there = saved_state.path(self.folder).exists()
        saved = self._read_state()
        if saved is not None:
            self.ledger, self._position = saved.ledger, saved.position
            self._saved_at = self._flushed_at = self._position
            self.keeping.from_state(saved.views)
        elif self.journal.length(1):
            self._replay_all(was_there=was_there)
        else:
            self._check_never_begun()
        self.refresh()
        self._mend_identity()

    def refresh(self) -> None:
        """Take in what the journal got since, from whichever process."""
        if self.journal.is_at_end(self._position):
            return
        for kept in self.journal.committed(self._position):
            self._take(kept)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder's one lock; may be nested.

        Raises Busy, DataFolderError, DiskFull, or Damaged when a part of the journal is gone.
        """
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        with self._lock.held():
            self._depth = 1
            try:
                self.refresh()
                self._check_end()
                self._flush()
                self._set_torn_tail_aside()
                self._tell_what_is_missing()
                yield
                self._record_what_was_remade()
            finally:
                self._depth = 0

    def _flush(self) -> None:
        """Make sure of what others wrote: who died before flushing it left it in memory only."""
        if self._position > self._flushed_at:
            for segment in range(self._flushed_at[0], self._position[0] + 1):
                if self.journal.length(segment):
                    disk.flush_file(self.journal.path(segment))
            disk.flush_folder(self.journal.folder)
            disk.flush_folder(self.folder)
            self._flushed_at = self._position

    def append(self, records: Iterable[NewRecord]) -> list[Kept]:
        """Append a group to the journal, flushed, and take it in; the caller holds `writing`.

        Gives the records kept (only the last ones of a very long group). Nothing of the group
        stays when anything fails while it is written.
        """
        before = self._position
        if not self.ledger.shop:
            self._check_never_begun()
            records = itertools.chain([self._opening()], records)
        kept: list[Kept] = []
        for entry in self.journal.keep_group(before, self.ledger.heads, records):
            self._take(entry)
            kept = [*kept[-4:], entry]
        self._flushed_at = self._position
        # The group is kept: nothing that fails from here on may be told as a failure of it.
        self._write_identity()
        if self._fresh:
            self.tidy()
        return kept

    def _check_never_begun(self) -> None:
        """Never begin a second record where one was: its journal is gone. Raises Damaged."""
        if data_folder.read_identity(self.folder) or self.documents.names("closures"):
            raise Damaged(
                f"Le journal de la boutique a disparu de {self.journal.folder} : rien n'a été "
                "écrit ; restaurez une sauvegarde ou appelez le support."
            )

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
        if self._identity_there or (self.folder / data_folder.IDENTITY).exists():
            self._identity_there = True
            return
        made, shop = self._clock().isoformat(), self.ledger
        identity = data_folder.Identity(data_folder.SCHEMA, shop.shop, made, shop.simulation)
        try:
            data_folder.write_identity(self.folder, identity)
        except AppError as error:
            _LOG.warning("%s sera écrit plus tard : %s", data_folder.IDENTITY, error)

    def _mend_identity(self) -> None:
        """Write the identity again where it was lost; in segment 1 it may be yet to come."""
        path = self.folder / data_folder.IDENTITY
        if path.exists() or not self.journal.exists(2):
            return
        if not any(aside.name.startswith(path.name) for aside in self.documents.set_aside):
            self.keeping.tell([path.name], record=False)
        self._write_identity()

    def append_unless_empty(self, records: Iterable[NewRecord]) -> list[Kept]:
        """`append`, but nothing at all happens when `records` turns out to hold nothing."""
        stream = iter(records)
        first = next(stream, None)
        return [] if first is None else self.append(itertools.chain([first], stream))

    def new_record(
        self, kind: str, chain: str, body: Mapping[str, Any], data: bytes = b""
    ) -> NewRecord:
        """A record to append; `data` are its body's canonical bytes where they are known."""
        return NewRecord(kind, chain, body, data)

    def event(self, name: str, now: datetime, by: str, detail: Mapping[str, Any]) -> NewRecord:
        """A technical event to append."""
        body = {"event": name, "at": now.isoformat(), "by": by, "detail": detail}
        return NewRecord("event", "event", body)

    def save(self) -> None:
        """Write the views and the state; the journal alone would do, this spares replaying it."""
        if self._position == self._saved_at:
            return
        self.keeping.save(self._fresh)
        self._fresh = []
        # The folders of the views, which whoever made them may not have lived to flush.
        disk.flush_folder(self.folder)
        state = saved_state.SavedState(self.ledger, self._position, self.keeping.state())
        saved_state.write(self.folder, state)
        self._saved_at = self._position

    @property
    def has_fresh(self) -> bool:
        """Whether the journal holds records that the views don't show yet."""
        return bool(self._fresh)

    def tidy(self) -> None:
        """Save what this process took in; failing to only means a longer next start."""
        if self._position == self._saved_at and not self.keeping.has_events:
            return
        try:
            with self.writing():
                self._record_what_was_remade()
                self.save()
        except AppError as error:
            _LOG.warning("vues non enregistrées, elles seront refaites : %s", error)

    def alone(self, purpose: str) -> AbstractContextManager[bool]:
        """Whether this process is the only one at some long work; others are told False at once."""
        return self._lock.alone(purpose)

    def rebuild(self) -> None:
        """Make every view and the state again from the journal alone."""
        with self.writing():
            known = self._position
            self._restart()
            # What was known as committed stays so, though its last lines may be damaged now.
            for kept in self.journal.committed(FIRST, sure=known):
                self._take(kept)
            self.save()

    def _restart(self) -> None:
        saved_state.begin_again(self.folder)
        self.keeping.begin_again()
        self.ledger = Ledger()
        self._position = self._saved_at = FIRST
        self._fresh = []

    def _replay_all(self, *, was_there: bool) -> None:
        """Fold the whole journal under the lock, so that the views can be written on the way.

        In the first segment a power cut may have come before anything was ever saved.
        """
        is_known = self._missing is not None or saved_state.is_unfinished(self.folder)
        is_loss = self.journal.exists(2) and not is_known
        try:
            with self.writing():
                absent = self.keeping.unsaved_and_absent()
                self.save()
                if is_loss and not was_there:
                    self.keeping.tell([saved_state.path(self.folder).name], record=False)
                if is_loss and absent:
                    self.keeping.tell(absent)
        except AppError as error:
            _LOG.warning("journal relu sans rien enregistrer : %s", error)

    def _record_what_was_remade(self) -> None:
        """Keep for ever that files were lost. Nothing that was done fails for it."""
        if not self.ledger.shop or not self.keeping.has_events:
            return
        events = self.keeping.events()
        try:
            self.append([self.event(name, self._clock(), "", detail) for name, detail in events])
        except AppError as error:
            _LOG.warning("évènement à noter plus tard : %s", error)
            self.keeping.put_back(events)

    def _records_of(self, types: Container[str]) -> Iterator[Kept]:
        for kept in self.journal.committed(FIRST):
            if kept.record is not None and kept.record["type"] in types:
                yield kept

    def _take(self, kept: Kept) -> None:
        segment, offset = kept.position
        record = kept.record
        self._position = (segment, offset + kept.length)
        if record is None:
            self.ledger.miss(kept.position)
            return
        try:
            self.keeping.note(kept)
            if is_viewed(record):
                self._fresh.append(kept)
            self.ledger.apply(record, kept.fingerprint, kept.position)
        except (AppError, KeyError, TypeError, ValueError, AttributeError) as error:
            # A line that is JSON but no longer what was written: `verify` names it.
            _LOG.warning("%s, octet %d : %s", self.journal.path(segment).name, offset, error)
            self.ledger.miss(kept.position)
        if ends_segment(record):
            self._position = (segment + 1, 0)

    def _identity(self) -> data_folder.Identity | None:
        """Whose folder it is: what `dossier.json` says, else the journal's first record."""
        known = data_folder.read_identity(self.folder)
        path = self.folder / data_folder.IDENTITY
        if known is None and path.exists():
            self.keeping.put_aside(path, "illisible")
        return known or data_folder.identity_of(self.journal.first_line())

    def _read_state(self) -> saved_state.SavedState | None:
        path = saved_state.path(self.folder)
        try:
            saved = saved_state.read(self.folder)
        except ValueError as error:
            self.keeping.put_aside(path, str(error))
            return None
        if saved is None:
            return None
        ledger, (segment, offset) = saved.ledger, saved.position
        if self.journal.length(segment) < offset:
            reason = "le journal est plus court que l'état enregistré"
            aside = self.keeping.put_aside(path, reason, tell=False)
            self._missing = {
                "segment": segment,
                "offset": offset,
                "seen": {chain: head[0] for chain, head in ledger.heads.items()},
                "last": last_closures_json(ledger),
                "file": aside,
            }
            return None
        return saved

    def _check_end(self) -> None:
        """Never write where records were lost: what follows them would be taken for their own."""
        if self._end_is_sure and not self.journal.length(self._position[0] + 1):
            return
        segment = self._position[0]
        there = self.journal.segments()
        gap = next((n for n, found in enumerate(there, 1) if n != found), None)
        if gap is not None or any(self.journal.length(n) for n in there if n > segment):
            segment = gap or segment
            raise Damaged(
                f"Le journal est incomplet : {self.journal.path(segment)} manque ou s'arrête trop "
                "tôt. Rien n'a été écrit ; restaurez une sauvegarde ou appelez le support."
            )
        # All segments are looked for once; from then on only the next one can have come.
        self._end_is_sure = True

    def _set_torn_tail_aside(self) -> None:
        aside = self.journal.set_tail_aside(self._position, self._stamp)
        if aside is not None:
            _LOG.warning("écriture interrompue mise de côté : %s", aside.name)
            detail = {"file": aside.name}
            self.append([self.event("tail_set_aside", self._clock(), "", detail)])

    def _tell_what_is_missing(self) -> None:
        """Keep for ever that records were there once: their numbers are about to be used again.

        The views are made anew, for a ticket that is lost must not pass for one that is known.
        """
        if self._missing is None:
            return
        detail, self._missing = self._missing, None
        for name in self.documents.names("closures"):
            self.keeping.put_aside(
                self.documents.path(name), "le journal a perdu sa fin", tell=False
            )
        self._restart()
        self.refresh()
        self.told.append(loss_told(detail["seen"], self.ledger.heads))
        self.append([self.event("records_missing", self._clock(), "", detail)])

    def _stamp(self) -> str:
        return self._clock().strftime("%Y%m%d-%H%M%S")
