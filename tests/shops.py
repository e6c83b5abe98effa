"""Shops for tests: a data folder opened at a fixed moment, tickets taken in, closures made.

Also what tampering needs: the journal's lines, and a record sealed again after it was changed.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.canonical import sealed_line
from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.moments import moment_from_text
from app.domain.scope import GENERAL, scope_from_text
from app.domain.settings import vat_table_of
from app.domain.ticket import Ticket
from app.services.cash_moves import correct_count, declare_float, move_cash
from app.services.close import close
from app.services.import_tickets import ImportReport, Source, import_tickets
from app.services.settings import change_setting, load_settings
from app.services.verify import report_json, verify
from app.store.shop import Shop, opened
from tests.factories import line, ticket

EVENING = "2021-01-02T20:00"


def moment(at: str | datetime) -> datetime:
    """`2021-01-02T20:00` as a moment of the Paris clock."""
    return at if isinstance(at, datetime) else moment_from_text(at)


@contextlib.contextmanager
def shop_in(folder: Path, now: str | datetime = EVENING, **more: Any) -> Iterator[Shop]:
    """Open a data folder, begun if it isn't there, on a clock that stands still."""
    at = moment(now)
    with opened(folder, lambda: at, **{"create": True, **more}) as shop:
        yield shop


def sales(
    count: int, *, at: str = "2021-01-02T08:00", first: int = 1, till: str = "1", drawer: str = "1"
) -> list[Ticket]:
    """`count` tickets of 0,90, 1,00, 1,10 … numbered from `first`, a minute apart from `at` on."""
    begun = moment(at)
    return [
        ticket(
            90 + 10 * rank,
            number=str(first + rank),
            at=f"{begun:%Y-%m-%dT%H}:{begun.minute + rank:02d}",
            till=till,
            drawer=drawer,
        )
        for rank in range(count)
    ]


def take(
    shop: Shop,
    tickets: Iterable[Ticket],
    *,
    file: str = "ventes.jsonl",
    now: str | datetime = EVENING,
) -> ImportReport:
    """Take tickets in, as one file."""
    source = Source(file, "journal")
    rates = vat_table_of(load_settings(shop))
    return import_tickets(shop, tickets, source, rates, moment(now))


def close_scope(
    shop: Shop,
    scope: str = GENERAL,
    *,
    now: str | datetime = EVENING,
    until: str | None = None,
    counts: Mapping[str, Count] | None = None,
    **more: Any,
) -> str:
    """Close `general`, `poste:1` or `caisse:1/1` and give the closure's id."""
    terms = Terms(
        now=moment(now),
        until=moment(until) if until else None,
        counts=counts or {},
        **{"confirm_clock": True, **more},
    )
    return close(shop, scope_from_text(scope), terms)


def checked(folder: Path, *, deep: bool = True, now: str | datetime = EVENING) -> dict[str, Any]:
    """What `verify --json` says of a folder."""
    with shop_in(folder, now) as shop:
        return report_json(verify(shop, deep=deep))


def run_a_shop(folder: Path) -> None:
    """Four days of a shop with two tills and three drawers: one of everything there is.

    Segments: 1 is Saturday 30 January (CAISSE with a count, POSTE, GÉNÉRALE), 2 Sunday (a late
    ticket, a refund, a void, a gift card, a setting), 3 Monday 1 February (January is closed first;
    a conflict, a correction), 4 is open.
    """
    with shop_in(folder, "2021-01-30T20:00") as shop:
        _saturday(shop)
        _sunday(shop)
        _monday(shop)
        take(shop, sales(3, at="2021-02-02T08:00", first=30), now="2021-02-02T09:00")


def _saturday(shop: Shop) -> None:
    now = "2021-01-30T20:00"
    declare_float(shop, 10_000, "1/1", moment("2021-01-30T07:30"), "Anne")
    take(shop, sales(4, at="2021-01-30T08:00"), now=now)
    take(shop, sales(2, at="2021-01-30T09:00", first=5, drawer="2"), file="tiroir2.jsonl", now=now)
    take(shop, sales(3, at="2021-01-30T10:00", till="2"), file="poste2.jsonl", now=now)
    move_cash(shop, "out", 500, "1/1", "timbres", moment("2021-01-30T11:00"), "Anne")
    count = Count({"especes": 9_900, "cb": 0}, {5000: 1, 2000: 2, 500: 1, 200: 2}, 9_000, 900)
    close_scope(shop, "caisse:1/1", now=now, counts={"1/1": count}, by="Anne")
    close_scope(shop, "poste:1", now=now)
    close_scope(shop, now=now)


def _sunday(shop: Shop) -> None:
    now = "2021-01-31T20:00"
    change_setting(shop, "shop.name", "Boulangerie d'essai", moment(now))
    sold = [
        *sales(3, at="2021-01-31T08:00", first=10),
        ticket(120, number="8", at="2021-01-30T19:59"),
        ticket(-90, number="14", at="2021-01-31T09:00", kind="refund"),
        ticket(number="15", at="2021-01-31T09:01", kind="void", ref="11", payments=[]),
        ticket(
            line(2_000, label="CARTE CADEAU", nature="gift_card"),
            line("12,50", label="TARTE", vat="10", qty="0.5"),
            number="16",
            at="2021-01-31T09:02",
            payments=[("cb", 2_000), ("especes", 1_000)],
        ),
    ]
    take(shop, sold, file="dimanche.jsonl", now=now)
    close_scope(shop, now=now, until="2021-01-31T20:00", by="Zoé")


def _monday(shop: Shop) -> None:
    now = "2021-02-01T20:00"
    take(shop, sales(4, at="2021-02-01T08:00", first=20), file="lundi.jsonl", now=now)
    take(shop, [ticket(777, number="20", at="2021-02-01T08:00")], file="autre.jsonl", now=now)
    correct_count(
        shop, "C1.1-000001", "1/1", Count({"especes": 9_890}, {}, 9_000), moment(now), "Anne"
    )
    close_scope(shop, now=now)


def segment_path(folder: Path, segment: int = 1) -> Path:
    """The file of a segment."""
    return folder / "journal" / f"J{segment:06d}.jsonl"


def journal_lines(folder: Path, segment: int = 1) -> list[bytes]:
    """The lines of a segment, without their ends."""
    return segment_path(folder, segment).read_bytes().split(b"\n")[:-1]


def write_lines(folder: Path, lines: Sequence[bytes], segment: int = 1) -> None:
    """Put lines in the place of a segment's."""
    segment_path(folder, segment).write_bytes(b"".join(part + b"\n" for part in lines))


def resealed(record: Mapping[str, Any]) -> bytes:
    """The line of a changed record, with the fingerprint that fits it."""
    return sealed_line({k: v for k, v in record.items() if k != "fingerprint"})[0]


def all_records(folder: Path) -> list[dict[str, Any]]:
    """Every line of the journal, read."""
    paths = sorted((folder / "journal").glob("J*.jsonl"))
    return [json.loads(text) for path in paths for text in path.read_bytes().splitlines()]
