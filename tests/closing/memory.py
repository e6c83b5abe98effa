"""The engine alone, without disk: a ledger and its tickets, for tests of thousands of closures."""

from __future__ import annotations

import json
from typing import Any

from app.domain.canonical import canonical_bytes
from app.domain.closing import Rules, Terms, draw_up
from app.domain.ledger import Ledger, Position
from app.domain.reading import Reading
from app.domain.record_chains import chain_of
from app.domain.scope import Scope
from app.domain.ticket import Ticket, ticket_json


class MemoryShop:
    """Records tickets and closes scopes as a shop does, its journal a list."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.ledger = Ledger()
        self._tickets: list[tuple[Position, Ticket]] = []
        self._length = 0

    def record(self, *tickets: Ticket) -> None:
        """Take tickets in."""
        for ticket in tickets:
            position = self._append("ticket", f"ticket/{ticket.till}", ticket_json(ticket))
            self._tickets.append((position, ticket))

    def reading(self, scope: Scope, terms: Terms) -> Reading:
        """What a closure of the scope would take."""
        reading = Reading(self.rules.day_change, self.ledger.numbers)
        for position, ticket in self._tickets:
            drawer = ticket.drawer_id
            if (
                scope.holds(drawer)
                and (terms.until is None or ticket.at <= terms.until)
                and self.ledger.is_open(drawer, position, ticket.at)
            ):
                end = self.ledger.end_of(drawer)
                reading.take(ticket, late=end is not None and ticket.at <= end)
        return reading

    def close(self, scope: Scope, terms: Terms) -> dict[str, Any]:
        """Make a closure, whether or not a service would refuse it; its record as kept."""
        drawn = draw_up(self.ledger, scope, self.reading(scope, terms), terms, self.rules)
        body: dict[str, Any] = json.loads(canonical_bytes(drawn))
        self._append("closure", f"closure/{chain_of(body)}", body)
        return body

    def _append(self, kind: str, chain: str, body: dict[str, Any]) -> Position:
        position = (1, self._length)
        self._length += 1
        record = {"type": kind, "chain": chain, "seq": self._length, "body": body}
        self.ledger.apply(record, "", position)
        return position
