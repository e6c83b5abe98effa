"""Keeping one ticket where 100,000 are: at most 3 times a bare append and flush; plain TinyDB and
SQLite in the same run, for scale.

Twice: kept by itself (looked up by its identity, sealed on its chain, flushed, in the state), and
taken in as a file of its own, which is also the folder's lock, the ticket's findings and voids, and
the record of the import. What a file of its own costs is counted too.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import timedelta
from pathlib import Path
from statistics import median

from tinydb import TinyDB

from app.domain.canonical import canonical_bytes
from app.domain.ticket import Ticket, content_fingerprint, identity, ticket_json
from app.services.import_tickets import import_tickets
from app.store.shop import opened
from bench._measure import (
    RATES,
    SOURCE,
    calls_of,
    day_of_tickets,
    finish,
    interleaved,
    median_ratio,
    paris,
    scratch,
    take,
    ticket,
    verdict,
)

ROUNDS = 200
SLOW_ROUNDS = 5
THERE = 100_000
BOUND = 3.0
FIRST_DAY = paris(2025, 1, 1)
NOW = paris(2026, 1, 5, 20)


def fill_tinydb(path: Path) -> None:
    """A plain TinyDB of the same tickets, written at once."""
    rows = {}
    for number in range(1, THERE + 1):
        rows[str(number)] = ticket_json(ticket(number, FIRST_DAY))
    path.write_text(json.dumps({"_default": rows}), encoding="utf-8")


def fill_sqlite(path: Path) -> sqlite3.Connection:
    """SQLite with an index on the identity, WAL, flushed at each commit."""
    base = sqlite3.connect(path)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table ticket (number text primary key, body text)")
    rows = ((str(n), json.dumps(ticket_json(ticket(n, FIRST_DAY)))) for n in range(1, THERE + 1))
    base.executemany("insert into ticket values (?, ?)", rows)
    base.commit()
    return base


def main() -> None:
    """Measure."""
    with scratch() as folder, opened(folder / "shop", lambda: NOW, create=True) as shop:
        for day in range(THERE // 400):
            moment = FIRST_DAY + timedelta(days=day)
            take(shop, day_of_tickets(moment, 400, 1 + day * 400), moment)
        shop.tidy()
        bare = os.open(folder / "bare.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        base = fill_sqlite(folder / "base.sqlite")
        fill_tinydb(folder / "tiny.json")
        tiny = TinyDB(folder / "tiny.json")
        number = [THERE]

        def next_ticket() -> Ticket:
            number[0] += 1
            return ticket(number[0], NOW)

        def ours() -> None:
            made = next_ticket()
            name = identity(made, content_fingerprint(made))
            if name not in shop.entries(made.day.isoformat()):
                shop.append([shop.new_record("ticket", f"ticket/{made.till}", ticket_json(made))])

        def as_a_file() -> None:
            import_tickets(shop, [next_ticket()], SOURCE, RATES, NOW)

        def append_and_flush() -> None:
            os.write(bare, canonical_bytes(ticket_json(next_ticket())) + b"\n")
            os.fsync(bare)

        def sqlite() -> None:
            made = next_ticket()
            row = (made.number, json.dumps(ticket_json(made)))
            base.execute("insert into ticket values (?, ?)", row)
            base.commit()

        with shop.writing():
            times = interleaved(ROUNDS, append_and_flush, ours, sqlite)
        files = interleaved(ROUNDS, append_and_flush, as_a_file)
        counted = calls_of(as_a_file)
        slow = interleaved(SLOW_ROUNDS, lambda: tiny.insert(ticket_json(next_ticket())))
        names = (
            "bare append + flush",
            "ours",
            "SQLite (WAL, full)",
            "ours, as a file",
            "plain TinyDB",
        )
        for name, found in zip(names, [*times, files[1], *slow], strict=True):
            print(f"     {name}: {median(found) * 1e6:,.0f} us")
        print(f"     a file of its own: {', '.join(f'{n} {what}' for what, n in counted.items())}")
        os.close(bare)
        base.close()
        tiny.close()
        finish(
            verdict("one ticket kept, against bare", median_ratio(times[1], times[0]), BOUND, "x"),
            verdict("as a file of its own", median_ratio(files[1], files[0]), BOUND, "x"),
        )


if __name__ == "__main__":
    main()
