"""Where the tickets lie that no closure has taken yet: places, not tickets, 32 bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from app.domain.ledger import Position
from app.domain.moments import in_paris
from app.domain.scope import Scope

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WIDTH = 4


class OpenPlaces:
    """Filled ticket by ticket; a closure takes its own out, by the contract's rule."""

    def __init__(self) -> None:
        # By calendar day, then drawer: segment, offset, length, microseconds, one after the other.
        self._days: dict[str, dict[str, array[int]]] = {}

    def add(self, day: str, drawer: str, position: Position, length: int, at: datetime) -> None:
        """Note a recorded ticket: its Paris day, drawer (`1/1`), line and moment."""
        places = self._days.setdefault(day, {}).setdefault(drawer, array("q"))
        places.extend((*position, length, _microseconds(at)))

    def take(self, scope: Scope, until: datetime | None) -> Iterator[tuple[Position, int]]:
        """Take out what a closure takes: all of its scope, or what was sold up to `until`.

        Gives (position, length) by day, then in the journal's order: the order of a closure.
        """
        limit = None if until is None else _microseconds(until)
        last_day = None if until is None else in_paris(until).date().isoformat()
        for day in sorted(self._days):
            if last_day is not None and day > last_day:
                return
            taken: list[tuple[Position, int]] = []
            for drawer, places in list(self._days[day].items()):
                if scope.holds(drawer):
                    taken += self._split(day, drawer, places, limit)
            if not self._days[day]:
                del self._days[day]
            yield from sorted(taken)

    def _split(
        self, day: str, drawer: str, places: array[int], limit: int | None
    ) -> list[tuple[Position, int]]:
        taken = []
        left = array("q")
        for index in range(0, len(places), _WIDTH):
            segment, offset, length, at = places[index : index + _WIDTH]
            if limit is None or at <= limit:
                taken.append(((segment, offset), length))
            else:
                left.extend((segment, offset, length, at))
        if left:
            self._days[day][drawer] = left
        else:
            del self._days[day][drawer]
        return taken


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND
