"""Files as tills write them: dropped long ago, or completed all day."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.ticket import Ticket
from tests.conftest import journal_text
from tests.factories import ticket

OLD = 1_700_000_000.0
"""When the till wrote its files: long before the moment of the tests."""

BROKEN = '{"till":"1","number":"3","at":"hier","lines":[]}\n'
"""A line that is no ticket."""


def sale(number: int) -> Ticket:
    """A sale of the morning, numbered like its minute."""
    return ticket(number=str(number), at=f"2026-01-05T08:{number:02d}")


def drop(folder: Path, name: str, *tickets: Ticket, text: str | None = None) -> Path:
    """Drop a file that was written long ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((journal_text(*tickets) if text is None else text).encode())
    os.utime(path, (OLD, OLD))
    return path


def add(path: Path, *tickets: Ticket, text: str = "") -> None:
    """Complete a file, a moment ago by the PC's own clock."""
    with open(path, "a", encoding="utf-8") as journal:
        journal.write(journal_text(*tickets) + text)
