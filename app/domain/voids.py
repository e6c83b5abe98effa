"""Voids: which ticket each one takes back, whatever came first; a ticket counts once or not at all.

A void names its ticket by number alone: it is the newest ticket of its till with that number, sold
no later than the void's own day and less than 31 days before. A void may name another void: it
restores what that one took back. So every ticket stands or is taken back, and each void that counts
turns it over; one that would change nothing (a second void) counts nothing, with a finding.

A void whose ticket the journal doesn't know yet counts nothing and waits. The ticket that comes
later says in its own record which void named it (`voided_by`), and counts its sale and the exact
reverse together: nothing that was recorded, or closed, changes.

What a record says of another one is a mark, noted in the index beside the tickets: it is found
again without reading the journal, and can be made again from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from app.domain.ticket import recorded_content, recorded_identity

REACH_DAYS = 31
UNKNOWN, AGAIN, FIRST = "unknown_ref", "void_again", "void_first"
"""Findings: a void whose ticket is not known; one that changes nothing; a ticket that came after
its void."""

DIFFERS = "void_differs"
"""A finding: a void whose own lines are not those of its ticket, which count all the same."""

BACK, STANDS, CAME = "-", "+", "="
"""How a mark begins: taken back, stands (again), came after its void."""

_VOIDS = "voids"
_LATER_DAYS = timedelta(days=REACH_DAYS - 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a record says of another: noted on a `shelf` of the index under a `name`.

    A shelf is a calendar day, or `2021-voids` for the voids of a year. `says` is `BACK`, `STANDS`
    or `CAME` and an identity: of the void that did it, of the void that waits, of the ticket that
    came. The newest mark of a name holds.
    """

    shelf: str
    name: str
    says: str

    @property
    def whole(self) -> str:
        """The mark in one text."""
        return whole_mark(self.name, self.says)


def whole_mark(name: str, says: str) -> str:
    """A mark in one text, as the index holds it and the record says it."""
    return f"{name} {says}"


def is_mark(name: str) -> bool:
    """Whether a name of the index is a mark's, not a ticket's: no till begins with `|`."""
    return name.startswith("|")


def ticket_mark(identity: str) -> tuple[str, str]:
    """Shelf and name of the mark that says whether a ticket stands (without one, it does)."""
    return day_of(identity).isoformat(), f"|v|{identity}"


def waiting_mark(till: str, ref: str, day: date) -> tuple[str, str]:
    """Shelf and name of the mark of the void that waits, of a day, for the ticket of a number."""
    return _voids_shelf(day), f"|w|{till}|{day.isoformat()}|{ref}"


@lru_cache(maxsize=64)
def shelves_of_voids(day: date) -> frozenset[str]:
    """Where the voids wait that may name a ticket of a day."""
    return frozenset({_voids_shelf(day), _voids_shelf(day + _LATER_DAYS)})


def year_of_voids(shelf: str) -> str:
    """The year whose voids wait on a shelf; empty when it is a calendar day."""
    year, _, kind = shelf.partition("-")
    return year if kind == _VOIDS else ""


def day_of(identity: str) -> date:
    """The day of a ticket's identity."""
    return date.fromisoformat(identity.split("|", 2)[1][:10])


def marks_of(record: Mapping[str, Any]) -> Iterator[Mark]:
    """The marks of a recorded ticket. Raises KeyError, TypeError or ValueError when it is none."""
    voided_by = record.get("voided_by")
    if voided_by is not None:
        name, void = _identity(record), voided_by["identity"]
        if record["kind"] != "void":
            yield Mark(*ticket_mark(name), BACK + void)
        waited = waiting_mark(record["till"], record["number"], day_of(void))
        yield Mark(*waited, CAME + name)
    elif record["kind"] == "void" and AGAIN not in record.get("findings", ()):
        voids, root = _chain(record)
        turns = BACK if voids % 2 else STANDS
        if root["kind"] != "void":
            yield Mark(*ticket_mark(_identity(root)), turns + _identity(record))
        elif root.get("ref"):
            day = date.fromisoformat(root["at"][:10])
            yield Mark(*waiting_mark(root["till"], root["ref"], day), turns + _identity(root))


def _chain(record: Mapping[str, Any]) -> tuple[int, Mapping[str, Any]]:
    """How many voids lead to the ticket that a void is about, and that ticket.

    When it is not known it is the void that names it.
    """
    voids = 1
    while (named := record.get("reverses")) is not None:
        record = named
        voids += record["kind"] == "void"
    return voids, record


def _identity(record: Mapping[str, Any]) -> str:
    return recorded_identity(record, recorded_content(record))


def _voids_shelf(day: date) -> str:
    return f"{day.year:04d}-{_VOIDS}"


class VoidsFollowed:
    """Follows the tickets of a journal: each void that counts turns its ticket over, and a ticket
    that says its void came first was awaited by it. In memory is a line a void, not a ticket.
    """

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        self._awaited: dict[str, str] = {}  # the moment of the void that waits, by its mark

    def take(self, record: Mapping[str, Any]) -> list[str]:
        """What is wrong with a recorded ticket, one clause each."""
        wrongs = []
        for mark in marks_of(record):
            before = self._marks.get(mark.name, STANDS)
            self._marks[mark.name] = mark.says
            if mark.says[0] == CAME:
                wrongs += self._came(mark.name, before, record)
            elif mark.says[0] == before[0]:
                wrongs.append(_UNCHANGED[mark.says[0]])
            elif mark.name.startswith("|w|"):
                self._awaited[mark.name] = _chain(record)[1]["at"]
        return wrongs

    def _came(self, name: str, before: str, record: Mapping[str, Any]) -> list[str]:
        by = record["voided_by"]
        after = day_of(by["identity"]) - date.fromisoformat(record["at"][:10])
        is_awaited = before == BACK + by["identity"] and by["at"] == self._awaited.get(name)
        if is_awaited and timedelta(0) <= after <= _LATER_DAYS:
            return []
        return ["il se dit annulé par une annulation qui ne l'attendait pas"]


_UNCHANGED = {
    BACK: "il annule un ticket qui était déjà annulé",
    STANDS: "il rétablit un ticket qui n'était pas annulé",
}
