"""One shop's data folder, opened: its record to append to, its tickets and closures to look up."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.ledger import Position
from app.domain.scope import Scope
from app.domain.ticket import Ticket, read_ticket
from app.errors import Damaged
from app.store import data_folder, disk
from app.store.day_index import Entry
from app.store.journal import Kept, is_intact
from app.store.shop_record import FIRST, ShopRecord
from app.store.views import closure_row


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A recorded ticket that no closure has taken yet; `intact`: its fingerprint still holds."""

    ticket: Ticket
    late: bool
    intact: bool


class Shop(ShopRecord):
    """An opened data folder. Use `opened` to get one; `ledger` is the state of the record."""

    def entries(self, day: str) -> dict[str, Entry]:
        """The tickets of a calendar day by identity."""
        return self._index.entries(day)

    def open_entries(self, scope: Scope, until: datetime | None = None) -> Iterator[Entry]:
        """Where the open tickets of a scope lie, by day then place, up to a moment if given."""
        for day in sorted(self.ledger.open):
            if until is not None and day > until.date().isoformat():
                return
            if not any(scope.holds(drawer) for drawer in self.ledger.open[day]):
                continue
            found = [
                e
                for e in self._index.entries(day).values()
                if e.drawer
                and scope.holds(e.drawer)
                and (until is None or e.at <= until)
                and self.ledger.is_open(e.drawer, e.position, e.at)
            ]
            yield from sorted(found, key=lambda e: e.position)

    def open_tickets(self, scope: Scope, until: datetime | None = None) -> Iterator[OpenTicket]:
        """The open tickets of a scope, each checked against its fingerprint.

        Raises Damaged when one can't be read any more.
        """
        entries = self.open_entries(scope, until)
        for entry, line in self._lines(entries):
            try:
                ticket = read_ticket(json.loads(line)["body"])
            except (ValueError, KeyError) as error:
                raise Damaged(
                    f"Un ticket enregistré ne se lit plus ({self.journal.path(entry.position[0])}, "
                    f"octet {entry.position[1]}) : rien n'a été clôturé, appelez le support."
                ) from error
            end = self.ledger.end_of(entry.drawer)
            yield OpenTicket(ticket, end is not None and ticket.at <= end, is_intact(line))

    def ticket_at(self, entry: Entry) -> Ticket:
        """The recorded ticket an index entry points at."""
        _, line = next(self.journal.read([(entry.position, entry.length)]))
        return read_ticket(json.loads(line)["body"])

    def _lines(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
        kept: list[Entry] = []

        def places() -> Iterator[tuple[Position, int]]:
            for entry in entries:
                kept.append(entry)
                yield entry.position, entry.length

        for _, line in self.journal.read(places()):
            yield kept.pop(0), line

    def closures(self) -> list[dict[str, Any]]:
        """The rows of all closures, also of those whose view is not written yet."""
        rows = list(self.views.closures())
        known = {row["id"] for row in rows}
        fresh = [closure_row(kept) for kept, _ in self._fresh_closures()]
        return [*rows, *(row for row in fresh if row["id"] not in known)]

    def closure(self, closure_id: str) -> tuple[dict[str, Any], str] | None:
        """A closure's body and fingerprint as the journal holds them; None when there is none."""
        for kept, body in self._fresh_closures():
            if body["id"] == closure_id:
                return body, kept.fingerprint
        row = self.views.closure(closure_id)
        if row is None:
            return None
        segment, offset = row["position"]
        _, line = next(self.journal.read([((segment, offset), row["length"])]))
        record = json.loads(line)
        return record["body"], record["fingerprint"]

    def _fresh_closures(self) -> Iterator[tuple[Kept, dict[str, Any]]]:
        for kept in self._fresh:
            if kept.record is not None and kept.record["type"] == "closure":
                yield kept, kept.record["body"]

    def records(self, *types: str) -> Iterator[Kept]:
        """All committed records of some types, from the first segment on."""
        for kept in self.journal.committed(FIRST):
            if kept.record is not None and kept.record["type"] in types:
                yield kept


@contextlib.contextmanager
def opened(
    folder: Path,
    clock: Callable[[], datetime],
    *,
    create: bool = False,
    simulation: bool = False,
    follow_ups: Sequence[str] = (),
) -> Iterator[Shop]:
    """Open a data folder, migrated if it is older; its state is saved on leaving.

    `create` allows an empty or absent folder to become one at the first write, a demonstration for
    ever with `simulation`; `follow_ups` names the jobs to hang on closures. Raises DataFolderError.
    """
    data_folder.check_usable(folder, create=create)
    shop = Shop(folder, clock, follow_ups=follow_ups, simulation=simulation)
    known = data_folder.read_identity(folder)
    if known is not None:
        data_folder.check_schema(folder, known.schema)
        if known.schema < data_folder.SCHEMA:
            with shop.writing():
                data_folder.migrate(folder, known)
    elif (folder / data_folder.IDENTITY).exists():
        stamp = clock().strftime("%Y%m%d-%H%M%S")
        shop.documents.set_aside.append(disk.set_aside(folder / data_folder.IDENTITY, stamp))
    shop.load()
    if shop.has_fresh:
        shop.tidy()  # a power cut came between a record and its views
    try:
        yield shop
    finally:
        shop.tidy()
