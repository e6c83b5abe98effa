"""What is done while the power goes: what comes before, the operation, how it is repeated."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain.cash import Count
from app.errors import NothingToClose
from app.services.cash_moves import correct_count, move_cash
from app.services.settings import change_setting
from app.store import data_folder, disk
from app.store.shop import Shop
from tests.factories import ticket
from tests.shops import close_scope, moment, sales, shop_in, take

NOON, AFTERWARDS = "2021-02-01T12:00", "2021-02-01T18:00"
Acknowledge = Callable[[], None]
Act = Callable[[Path, Acknowledge], None]


@dataclass(frozen=True)
class Scenario:
    """`act` is cut anywhere; `again` repeats it (told whether it was done already)."""

    name: str
    prepare: Callable[[Path], None]
    act: Act
    again: Callable[[Path, bool], None]


def essence(shop: Shop) -> list[Any]:
    """What the record says, without what differs from one try to the next."""
    return [
        (kept.record["type"], kept.record["body"])
        for kept in shop.journal.committed((1, 0))
        if kept.record is not None
        and kept.record["type"] != "opening"
        and kept.record["body"].get("event") != "tail_set_aside"
    ]


def nobody() -> None:
    """Nobody is told."""


def _nothing(folder: Path) -> None:
    """A folder that isn't there yet."""


def _two_days(folder: Path) -> None:
    """Saturday closed and counted; Sunday's tickets open, on the last day of January."""
    with shop_in(folder, NOON) as shop:
        take(shop, sales(2, at="2021-01-30T08:00"), now=NOON)
        close_scope(shop, until="2021-01-30T20:00", now=NOON, counts={"1/1": Count({"especes": 1})})
        take(shop, sales(3, at="2021-01-31T08:00", first=10), file="b.jsonl", now=NOON)


def _february(folder: Path) -> None:
    """The same, with a ticket of 1 February: the next GÉNÉRALE ends January first."""
    _two_days(folder)
    with shop_in(folder, NOON) as shop:
        close_scope(shop, until="2021-01-31T20:00", now=NOON)
        take(shop, sales(2, at="2021-02-01T08:00", first=20), file="c.jsonl", now=NOON)


def _first_import(folder: Path, acknowledge: Acknowledge) -> None:
    # More days than the index keeps in memory, so that it writes some on the way.
    days = [ticket(90 + n, number=str(n), at=f"2021-01-{n:02d}T08:00") for n in range(1, 15)]
    with shop_in(folder, NOON) as shop:
        take(shop, days, now=NOON)
        acknowledge()


def _second_import(folder: Path, acknowledge: Acknowledge) -> None:
    known, new = (
        sales(3, at="2021-01-31T08:00", first=10),
        sales(3, at="2021-01-31T09:00", first=13),
    )
    with shop_in(folder, NOON) as shop:
        take(shop, [*known, *new], file="b2.jsonl", now=NOON)
        acknowledge()


def _void_waiting(folder: Path) -> None:
    """A void whose ticket, of the year before, is not there yet; its own period is closed."""
    with shop_in(folder, NOON) as shop:
        take(shop, sales(2, at="2021-01-02T08:00", first=10), now=NOON)
        void = ticket(number="12", at="2021-01-02T09:00", kind="void", ref="5", payments=[])
        take(shop, [void], file="annulation.jsonl", now=NOON)
        close_scope(shop, now=NOON)


def _void_import(folder: Path, acknowledge: Acknowledge) -> None:
    sold = [
        ticket(500, number="5", at="2020-12-31T08:00"),
        ticket(number="13", at="2021-01-03T09:00", kind="void", ref="10", payments=[]),
        ticket(number="14", at="2021-01-03T09:01", kind="void", ref="10", payments=[]),
    ]
    with shop_in(folder, NOON) as shop:
        take(shop, sold, file="b.jsonl", now=NOON)
        acknowledge()


def _close(folder: Path, acknowledge: Acknowledge) -> None:
    with shop_in(folder, NOON) as shop:
        close_scope(shop, now=NOON)
        acknowledge()


def _close_drawer(folder: Path, acknowledge: Acknowledge) -> None:
    count = Count({"especes": 301, "cb": 0}, {}, 200, 101, "1 centime trouvé")
    with shop_in(folder, NOON) as shop:
        close_scope(shop, "caisse:1/1", now=NOON, counts={"1/1": count})
        acknowledge()


def _close_again(act: Act) -> Callable[[Path, bool], None]:
    def again(folder: Path, done: bool) -> None:
        refused = pytest.raises(NothingToClose) if done else contextlib.nullcontext()
        with refused:
            act(folder, nobody)

    return again


def _correct(folder: Path, acknowledge: Acknowledge) -> None:
    with shop_in(folder, NOON) as shop:
        count = Count({"especes": 191}, {}, 0, 191)
        correct_count(shop, "G000001", "1/1", count, moment(NOON), "Anne")
        acknowledge()


def _move(folder: Path, acknowledge: Acknowledge) -> None:
    """The first record after a GÉNÉRALE: a new segment."""
    with shop_in(folder, NOON) as shop:
        move_cash(shop, "in", 5_000, "1/1", "monnaie", moment(NOON))
        acknowledge()


def _closed(folder: Path) -> None:
    _two_days(folder)
    with shop_in(folder, NOON) as shop:
        close_scope(shop, now=NOON)


def _set(folder: Path, acknowledge: Acknowledge) -> None:
    with shop_in(folder, NOON) as shop:
        change_setting(shop, "shop.name", "Au bon pain", moment(NOON))
        acknowledge()


def _rebuild(folder: Path, acknowledge: Acknowledge) -> None:
    with shop_in(folder, NOON) as shop:
        shop.rebuild()
        acknowledge()


def _torn(folder: Path) -> None:
    """A file of tickets of which the power cut the end: this start sets it aside."""
    _two_days(folder)
    path = folder / "journal/J000002.jsonl"
    with shop_in(folder, NOON) as shop:
        take(shop, sales(3, at="2021-01-31T10:00", first=50), file="cut.jsonl", now=NOON)
    content = path.read_bytes()
    path.write_bytes(content[:-200])
    for view in ("state.json", "index/2021/2021-01-31.jsonl"):
        (folder / view).unlink()


def _older(folder: Path) -> None:
    """The folder of an older program: schema 0."""
    _two_days(folder)
    path = folder / data_folder.IDENTITY
    content = json.loads(path.read_bytes())
    path.write_bytes(json.dumps({**content, "schema": 0}).encode())
    (folder / "ancien.json").write_bytes(b'{"v":1}')


def _step_to_one(folder: Path) -> None:
    old = folder / "ancien.json"
    if old.exists():
        disk.write_atomic(folder / "nouveau.json", old.read_bytes().replace(b"1", b"2"))
        disk.remove_file(old)


STEPS = ((1, _step_to_one),)
"""An injected migration; it may be run again."""


def _migrate(folder: Path, acknowledge: Acknowledge) -> None:
    with shop_in(folder, NOON):
        acknowledge()
    assert json.loads((folder / data_folder.IDENTITY).read_bytes())["schema"] == 1
    assert json.loads((folder / "nouveau.json").read_bytes()) == {"v": 2}
    copied = folder / "avant-migration/schema-0"
    assert json.loads((copied / "ancien.json").read_bytes()) == {"v": 1}
    for segment in ("J000001.jsonl", "J000002.jsonl"):
        kept = (copied / "journal" / segment).read_bytes()
        assert (folder / "journal" / segment).read_bytes().startswith(kept)


def _repeat(act: Act) -> Callable[[Path, bool], None]:
    return lambda folder, _: act(folder, nobody)


def _unless_done(act: Act) -> Callable[[Path, bool], None]:
    return lambda folder, done: None if done else act(folder, nobody)


SCENARIOS = (
    Scenario("first import into a new folder", _nothing, _first_import, _repeat(_first_import)),
    Scenario("import of a second file", _two_days, _second_import, _repeat(_second_import)),
    Scenario("import of voids", _void_waiting, _void_import, _repeat(_void_import)),
    Scenario("GÉNÉRALE with the month before it", _february, _close, _close_again(_close)),
    Scenario("CAISSE with a count", _two_days, _close_drawer, _close_again(_close_drawer)),
    Scenario("correction of a count", _two_days, _correct, _unless_done(_correct)),
    Scenario("change of a setting", _two_days, _set, _repeat(_set)),
    Scenario("first record of a new segment", _closed, _move, _unless_done(_move)),
    Scenario("migration", _older, _migrate, _repeat(_migrate)),
    Scenario("views made again", _february, _rebuild, _repeat(_rebuild)),
    Scenario("start after a power cut", _torn, _move, _unless_done(_move)),
)
