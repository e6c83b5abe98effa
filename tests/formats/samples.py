"""Small exports and journals for the tests of this folder, and what is looked at in the tickets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.domain.ticket import Ticket, content_fingerprint, read_ticket, ticket_json
from app.formats.profile import Profile
from app.formats.profile_reading import load_profile
from app.formats.rejected import Rejected

Read = Callable[..., list[Ticket | Rejected]]  # the fixture `read`

PROFILES = Path(__file__).parents[2] / "assets" / "profiles"

BAKERY = "date,time,ticket_number,article,Quantity,unit_price\n"

# An ordinary till's export, from which a test changes what it is about.
MARKET_KEYS = {
    "label": "Caisse du marché",
    "format": "delimited",
    "separator": ";",
    "moments": ["%d/%m/%Y %H:%M"],
    "columns": {"date": "Date", "number": "Ticket", "label": "Article", "total": "Total"},
}
MARKET = "Date;Ticket;Article;Total\n"


def made_profile(changes: Mapping[str, Any] | None = None, **columns: str) -> Profile:
    """The profile of MARKET_KEYS with other keys, or with more columns."""
    data = {**MARKET_KEYS, **(changes or {})}
    data["columns"] = {**MARKET_KEYS["columns"], **data["columns"], **columns}
    return load_profile(data, "marche")


def text_of(*tickets: Ticket) -> str:
    """The ticket journal of these tickets."""
    return "".join(json.dumps(ticket_json(item), ensure_ascii=False) + "\n" for item in tickets)


def rows(header: str, *cells: str) -> str:
    return header + "\n" + "".join(f"{row}\n" for row in cells)


def reasons(items: list[Ticket | Rejected]) -> dict[int, str]:
    return {item.line: item.reason for item in items if isinstance(item, Rejected)}


def totals(items: list[Ticket | Rejected]) -> dict[str, int]:
    return {
        item.number: sum(line.total for line in item.lines)
        for item in items
        if isinstance(item, Ticket)
    }


def same(found: Ticket, expected: dict[str, Any]) -> None:
    """The ticket is what read_ticket makes of `expected`, to the last byte of its content."""
    wanted = read_ticket(expected)
    assert found == wanted
    assert content_fingerprint(found) == content_fingerprint(wanted)
