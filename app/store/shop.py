"""One shop's data folder, opened: its record to append to, its tickets and closures to look up."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.ledger import Position
from app.domain.scope import GENERAL, Scope
from app.domain.ticket import Ticket, read_ticket
from app.errors import AppError, Damaged
from app.store import data_folder, disk
from app.store.day_index import Drafts, Entry
from app.store.journal import Kept, is_intact
from app.store.shop_record import ShopRecord
from app.store.views import closure_row

_MOST_LOOKED_AT = 5_000
_EVENT_SEGMENTS = 40
"""Segments (one a GÉNÉRALE) in which a recent event is looked for."""


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A recorded ticket that no closure has taken yet; `intact`: its fingerprint still holds.

    `ticket` is None when its line can't be read any more; `entry` is what the index says of it.
    """

    entry: Entry
    ticket: Ticket | None
    late: bool
    intact: bool


class Shop(ShopRecord):
    """An opened data folder. Use `opened` to get one; `ledger` is the state of the record."""

    def now(self) -> datetime:
        """The moment of the PC's clock, for work that nobody hands a moment: a follow-up job."""
        return self._clock()

    @contextlib.contextmanager
    def drafts(self) -> Iterator[Drafts]:
        """A place for the identities of tickets being taken in, before their group is whole."""
        folder = self.folder / ".import"
        if os.path.exists(folder):  # left by a power cut
            disk.remove_folder(folder)
        try:
            yield Drafts(folder)
        finally:
            if os.path.exists(folder):
                disk.remove_folder(folder)

    def entries(self, day: str) -> dict[str, Entry]:
        """The tickets of a calendar day by identity."""
        if not self.keeping.whole(day):
            self.keeping.remake_index()
        return self.keeping.index.entries(day)

    def indexed_days(self) -> list[str]:
        """The calendar days that the index knows tickets of."""
        return self.keeping.index.days()

    def indexed(self, day: str) -> Iterator[Entry]:
        """All that the index says of a day, for `verify`: a ticket may be there more than once."""
        return self.keeping.index.noted(day)

    def set_aside_files(self) -> list[str]:
        """The files that were set aside, as paths in the data folder."""
        found = [
            *self.folder.glob("*.illisible-*"),
            *self.folder.glob("*/*.illisible-*"),
            *(self.journal.folder / "interrompu").glob("*"),
        ]
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def open_entries(self, scope: Scope, until: datetime | None = None) -> Iterator[Entry]:
        """Where the open tickets of a scope lie, by day then place, up to a moment if given."""
        for day in sorted(self.ledger.open):
            if until is not None and day > until.date().isoformat():
                return
            if not any(scope.holds(drawer) for drawer in self.ledger.open[day]):
                continue
            found = [
                e
                for e in self._open_of(day)
                if scope.holds(e.drawer) and (until is None or e.at <= until)
            ]
            yield from sorted(found, key=lambda e: e.position)

    def _open_of(self, day: str) -> list[Entry]:
        """A calendar day's open tickets, as many as the record says: none is left out unseen."""
        for again in (True, False):
            found = [
                e
                for e in self.entries(day).values()
                if e.drawer and self.ledger.is_open(e.drawer, e.position, e.at)
            ]
            lacks = len(found) < sum(self.ledger.open[day].values())
            if not (again and lacks and self.keeping.remake_index()):
                break
        return found

    def open_tickets(self, scope: Scope, until: datetime | None = None) -> Iterator[OpenTicket]:
        """The open tickets of a scope, each checked against its fingerprint."""
        entries = self.open_entries(scope, until)
        for entry, line in self._lines(entries):
            try:
                ticket = read_ticket(json.loads(line)["body"])
            except (AppError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                yield OpenTicket(entry, None, late=False, intact=False)
                continue
            end = self.ledger.end_of(entry.drawer)
            yield OpenTicket(entry, ticket, end is not None and ticket.at <= end, is_intact(line))

    def open_damage(self) -> list[Position]:
        """The places of open tickets whose lines lost their fingerprint.

        Of very many open tickets only the oldest are looked at; a closure looks at all.
        """
        entries = itertools.islice(self.open_entries(Scope(GENERAL)), _MOST_LOOKED_AT)
        found: list[Position] = []
        with contextlib.suppress(FileNotFoundError):  # a file that is gone is told by itself
            found += (entry.position for entry, line in self._lines(entries) if not is_intact(line))
        return found

    def ticket_at(self, entry: Entry) -> Ticket:
        """The recorded ticket an index entry points at."""
        _, line = next(self.journal.read([(entry.position, entry.length)]))
        return read_ticket(json.loads(line)["body"])

    def conflicts_of(self, day: str) -> Iterator[tuple[Ticket, Ticket]]:
        """The tickets of a calendar day received with two contents: the one that stands, then the
        other. Raises Damaged when one can't be read any more."""
        entries = self.entries(day)
        for name, entry in sorted(entries.items(), key=lambda item: item[1].position):
            kept = entries.get(name[1:].rpartition("|")[0]) if name.startswith("!") else None
            if kept is None:
                continue
            _, line = next(self.journal.read([(entry.position, entry.length)]))
            try:
                yield self.ticket_at(kept), read_ticket(json.loads(line)["body"]["ticket"])
            except (ValueError, KeyError, TypeError) as error:
                raise Damaged(
                    f"Un ticket en conflit du {day} ne se lit plus : lancez « verify »."
                ) from error

    def latest_events(self, name: str, most: int) -> list[dict[str, Any]]:
        """The newest technical events of a name, newest first; those of long ago are left out."""
        mark = f'"event":"{name}"'.encode()  # inside a text the quotes would be escaped
        found: list[dict[str, Any]] = []
        for segment in reversed(self.journal.segments()[-_EVENT_SEGMENTS:]):
            lines = [
                line
                for position, line in self.journal.lines(segment)
                if position < self.end and mark in line and b'"type":"event"' in line
            ]
            for line in reversed(lines):
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    found.append(json.loads(line)["body"])
            if len(found) >= most:
                break
        return found[:most]

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
        try:
            record = json.loads(line)
            if record["type"] == "closure" and record["body"]["id"] == closure_id:
                return record["body"], record["fingerprint"]
        except (ValueError, KeyError, TypeError):
            pass
        raise Damaged(
            f"La clôture {closure_id} ne se lit plus à sa place dans le journal "
            f"({self.journal.path(segment).name}, octet {offset}) : lancez « verify »."
        )

    def fresh(self, kind: str) -> Iterator[dict[str, Any]]:
        """What records of a type say that the views don't show yet, in the journal's order."""
        for kept in self._fresh:
            if kept.record is not None and kept.record["type"] == kind:
                yield kept.record["body"]

    def _fresh_closures(self) -> Iterator[tuple[Kept, dict[str, Any]]]:
        for kept in self._fresh:
            if kept.record is not None and kept.record["type"] == "closure":
                yield kept, kept.record["body"]

    def records(self, *types: str) -> Iterator[Kept]:
        """All committed records of some types, from the first segment on."""
        return self._records_of(types)


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
    shop.migrate()
    shop.load()
    if shop.has_fresh:
        shop.tidy()  # a power cut came between a record and its views
    try:
        yield shop
    finally:
        shop.tidy()
