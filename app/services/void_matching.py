"""Find the ticket that a void names, and the void that named a ticket before it came.

Looked for in the record and in the file being taken in (rules: `app.domain.voids`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.examining import void_differs
from app.domain.ticket import Ticket, VoidedBy, ticket_json, with_finding
from app.domain.voids import (
    AGAIN,
    BACK,
    CAME,
    DIFFERS,
    FIRST,
    REACH_DAYS,
    STANDS,
    UNKNOWN,
    day_of,
    marks_of,
    shelves_of_voids,
    waiting_mark,
)

if TYPE_CHECKING:
    from datetime import date

    from app.store.day_index import Drafts, Entry
    from app.store.shop import Shop


_MOST_VOIDS = 20
"""Voids of voids of voids … beyond that are no shop's: they change nothing."""


@dataclass(frozen=True, slots=True)
class VoidMatching:
    """What is known of tickets and voids: those of the record, and those of this very file."""

    shop: Shop
    drafts: Drafts
    _waits: dict[str, bool] = field(default_factory=dict)  # by shelf, in the record

    def matched(self, ticket: Ticket) -> Ticket:
        """The ticket with what its record must say of voids."""
        if ticket.kind == "void":
            ticket = self._with_its_ticket(ticket)
        return self._with_its_void(ticket)

    def _with_its_ticket(self, void: Ticket) -> Ticket:
        entry = self._newest(void.till, void.ref, void.day)
        if entry is None:
            found = with_finding(void, UNKNOWN)
        else:
            named = self._whole(entry, frozenset())
            if AGAIN in named.findings or _voids(named) >= _MOST_VOIDS:
                return with_finding(void, AGAIN)
            found = replace(void, reverses=named)
            if void_differs(void, named):
                found = with_finding(found, DIFFERS)
            if _root(named).kind == "void":
                found = with_finding(found, UNKNOWN)
        for mark in marks_of(ticket_json(found)):
            known = self._says(mark.shelf, mark.name)
            if known[0] == mark.says[0]:
                return with_finding(void, AGAIN)
        return found

    def _with_its_void(self, ticket: Ticket) -> Ticket:
        if not ticket.number or AGAIN in ticket.findings or not self._may_be_named(ticket):
            return ticket
        for ahead in range(REACH_DAYS):
            day = ticket.day + timedelta(days=ahead)
            says = self._says(*waiting_mark(ticket.till, ticket.number, day))
            void = self._entry(day.isoformat(), says[1:]) if says[0] == BACK else None
            if void is not None:
                said = self._read(void)
                by = VoidedBy(void.identity, said.number, void.at)
                found = with_finding(replace(ticket, voided_by=by), FIRST)
                return with_finding(found, DIFFERS) if void_differs(said, ticket) else found
        return ticket

    def _may_be_named(self, ticket: Ticket) -> bool:
        """Whether any void at all waits on the shelves where one of this ticket could be."""
        return self.drafts.has_marks or any(map(self._has_waiting, shelves_of_voids(ticket.day)))

    def _has_waiting(self, shelf: str) -> bool:
        # The record stays as it is while a file is taken in.
        if shelf not in self._waits:
            self._waits[shelf] = bool(self.shop.entries(shelf))
        return self._waits[shelf]

    def _newest(self, till: str, number: str, last_day: date) -> Entry | None:
        """The newest ticket of a till with a number, within the reach of a void of that day."""
        for back in range(REACH_DAYS if number else 0):
            day = (last_day - timedelta(days=back)).isoformat()
            entry = self._entry(day, f"{till}|{day}|{number}")
            if entry is not None:
                return entry
        return None

    def _whole(self, entry: Entry, seen: frozenset[str]) -> Ticket:
        """A ticket as a void takes it back: with all that it counted, in whichever record.

        `seen` are the voids passed on the way: a file may hold two that name each other.
        """
        return self._filled(replace(self._read(entry), voided_by=None), seen | {entry.identity})

    def _filled(self, ticket: Ticket, seen: frozenset[str]) -> Ticket:
        """A void with its ticket, were it one that came after it."""
        if ticket.kind != "void":
            return ticket
        if ticket.reverses is not None:
            return replace(ticket, reverses=self._filled(ticket.reverses, seen))
        says = self._says(*waiting_mark(ticket.till, ticket.ref, ticket.day))
        if says[0] == CAME:
            entry = self._entry(day_of(says[1:]).isoformat(), says[1:])
        else:
            entry = self._newest(ticket.till, ticket.ref, ticket.day)
        if entry is None or entry.identity in seen:
            return ticket
        return replace(ticket, reverses=self._whole(entry, seen))

    def _says(self, shelf: str, name: str) -> str:
        mark = self._entry(shelf, name)
        return STANDS if mark is None else mark.content

    def _entry(self, shelf: str, name: str) -> Entry | None:
        return self.drafts.entries(shelf).get(name) or self.shop.entries(shelf).get(name)

    def _read(self, entry: Entry) -> Ticket:
        is_draft = entry.position[0] == 0
        return self.drafts.ticket_at(entry) if is_draft else self.shop.ticket_at(entry)


def _voids(ticket: Ticket) -> int:
    """How many voids lead from a ticket to what it is about."""
    return 0 if ticket.kind != "void" else 1 + (_voids(ticket.reverses) if ticket.reverses else 0)


def _root(ticket: Ticket) -> Ticket:
    """The ticket that a void is about, whatever lies between; a void when it isn't known."""
    return _root(ticket.reverses) if ticket.reverses else ticket
