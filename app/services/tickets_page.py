"""What happened to the tickets lately: the inbox, the last imports, refusals and conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.domain.effect import own_payments
from app.domain.moments import in_paris
from app.domain.settings import list_of
from app.domain.ticket import Ticket
from app.services.import_summary import base_name
from app.services.ticket_sources import TicketSources

if TYPE_CHECKING:
    from app.store.shop import Shop

MOST_IMPORTS = 40
MOST_REFUSED_LINES = 200


@dataclass(frozen=True, slots=True)
class PastImport:
    """A file that was taken: when, by whom, and how many of each."""

    at: datetime
    by: str
    file: str
    accepted: int
    duplicates: int
    conflicts: int
    rejected: int


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file in the inbox: size in bytes, and its own moment of change."""

    name: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """What went to `refuses/`: a whole file with its reason, or the lines of one (`lines`)."""

    name: str
    at: datetime
    reason: str
    lines: bool


@dataclass(frozen=True, slots=True)
class TicketsPage:
    """The state of tickets: `conflicts` counts those of the open period."""

    waiting: tuple[WaitingFile, ...]
    followed: tuple[str, ...]
    refused: tuple[RefusedFile, ...]
    imports: tuple[PastImport, ...]
    conflicts: int


@dataclass(frozen=True, slots=True)
class TicketFace:
    """A ticket to look at; `lines` are (quantity and label, cents), `payments` (tender, cents)."""

    number: str
    at: datetime
    till: str
    drawer: str
    kind: str
    cashier: str
    total: int
    lines: tuple[tuple[str, int], ...]
    payments: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same ticket received with two contents: the first one stands."""

    kept: TicketFace
    other: TicketFace

    def is_apart(self, face: TicketFace, line: tuple[str, int]) -> bool:
        """Whether a line of one of the two is not in the other."""
        return line not in (self.other if face is self.kept else self.kept).lines


def tickets_page(shop: Shop, sources: TicketSources, settings: Mapping[str, Any]) -> TicketsPage:
    """The state of the tickets of a shop."""
    return TicketsPage(
        waiting=tuple(
            WaitingFile(file.name, file.look.size, _moment(file.look.modified))
            for file in sources.inbox.dropped()
        ),
        followed=tuple(list_of(settings, "tickets.follow")),
        refused=refused_files(sources),
        imports=past_imports(shop),
        conflicts=len(shop.ledger.conflicts),
    )


def past_imports(shop: Shop) -> tuple[PastImport, ...]:
    """The last imports, newest first."""
    return tuple(
        PastImport(
            datetime.fromisoformat(body["at"]),
            body["by"],
            base_name(body["detail"]["file"]),
            body["detail"]["accepted"],
            body["detail"]["duplicates"],
            body["detail"]["conflicts"],
            body["detail"]["rejected"],
        )
        for body in shop.latest_events("import", MOST_IMPORTS)
    )


def refused_files(sources: TicketSources) -> tuple[RefusedFile, ...]:
    """What lies in `refuses/`, newest first."""
    return tuple(
        RefusedFile(row.name, _moment(row.modified), row.reason, row.is_lines)
        for row in sources.inbox.refused()
    )


def conflicts(shop: Shop) -> tuple[Conflict, ...]:
    """The conflicts of the open period, both contents of each, in the order they came."""
    found = []
    for day in sorted({row["day"] for row in shop.ledger.conflicts}):
        wanted = {(row["number"], row["at"]) for row in shop.ledger.conflicts if row["day"] == day}
        for kept, other in shop.conflicts_of(day):
            if (other.number, other.at.isoformat()) in wanted:
                found.append(Conflict(face_of(kept), face_of(other)))
    return tuple(found)


def face_of(ticket: Ticket) -> TicketFace:
    """A ticket to look at."""
    return TicketFace(
        number=ticket.number,
        at=ticket.at,
        till=ticket.till,
        drawer=ticket.drawer_id,
        kind=ticket.kind,
        cashier=ticket.cashier,
        total=sum(line.total for line in ticket.lines),
        lines=tuple((_label(line.qty, line.label), line.total) for line in ticket.lines),
        payments=tuple((p.method, p.amount) for p in own_payments(ticket)),
    )


def _label(qty: Any, label: str) -> str:
    plain = format(qty, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return label if plain == "1" else f"{plain.replace('.', ',')} × {label}"


def _moment(seconds: float) -> datetime:
    return in_paris(datetime.fromtimestamp(min(max(seconds, 0.0), 4_000_000_000.0), UTC))
