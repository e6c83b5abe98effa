"""What could not be read as a ticket: kept with its line and reason, never dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """One line of a file that gives no ticket.

    `line` is its number in the file (1 for the first), `reason` a French text for a person,
    `text` the line as it stands, cut to 2,000 characters.
    """

    line: int
    reason: str
    text: str


def rejected(line: int, reason: str, text: str) -> Rejected:
    """A `Rejected` whose text is cut to what is worth keeping."""
    return Rejected(line, reason, text[:MAX_SHOWN])
