"""The index of a day: what a power cut or a full disk leaves in its file hides no ticket."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.canonical import sealed_line
from app.domain.ticket import content_fingerprint, ticket_json
from app.store import disk
from app.store.day_index import DayIndex, Entry, entries_of
from app.store.journal import Kept
from tests.factories import line, ticket
from tests.shops import moment

DAY = "2021-01-02"


def entry(number: int, day: str = DAY) -> Entry:
    at = moment(f"{day}T08:00") + timedelta(minutes=number)
    return Entry(f"1|{day}|{number}", "0" * 32, (1, 100 * number), 100, "1/1", at)


def day(number: int) -> str:
    return f"2021-03-{number:02d}"


@pytest.fixture
def index(tmp_path) -> DayIndex:
    return DayIndex(tmp_path / "index")


def again(index: DayIndex) -> DayIndex:
    """What another process reads."""
    return DayIndex(index.path(DAY).parents[1])


def keep(index: DayIndex, *numbers: int) -> None:
    for number in numbers:
        index.add(DAY, entry(number))
    index.flush()


def test_what_is_noted_is_found_again(index):
    keep(index, 1, 2)
    assert list(again(index).entries(DAY).values()) == [entry(1), entry(2)]
    assert again(index).days() == [DAY]


def test_noting_the_same_again_changes_nothing(index):
    keep(index, 1, 2)
    before = index.path(DAY).read_bytes()
    other = again(index)
    keep(other, 1, 2)
    assert index.path(DAY).read_bytes() == before


@pytest.mark.parametrize("torn", [b"\0" * 30, b'["1|2021-01-02|1","00', b"\xc3", b'["\xe2\x82'])
def test_a_torn_line_does_not_swallow_the_next(index, torn):
    keep(index, 1)
    path = index.path(DAY)
    path.write_bytes(path.read_bytes() + torn)
    keep(again(index), 2)
    assert list(again(index).entries(DAY).values()) == [entry(1), entry(2)]


def test_lines_that_say_nothing_are_passed_over(index):
    keep(index, 1)
    path = index.path(DAY)
    path.write_bytes(b"\n[]\n{}\nnull\n[1,2,3,4,5,6,7]\n\xff\n" + path.read_bytes())
    assert list(again(index).entries(DAY).values()) == [entry(1)]


def test_many_days_are_written_on_the_way_and_found_again(index):
    for number in range(1, 29):
        index.add(day(number), entry(number, day(number)))
    assert index.path(day(1)).exists()
    index.flush()
    found = [again(index).entries(day(n)) for n in range(1, 29)]
    assert [list(entries.values()) for entries in found] == [
        [entry(n, day(n))] for n in range(1, 29)
    ]


def test_who_only_reads_writes_nothing_and_forgets_nothing(tmp_path):
    index = DayIndex(tmp_path / "index", writable=lambda: False)
    for number in range(1, 29):
        index.add(day(number), entry(number, day(number)))
    assert not (tmp_path / "index").exists()
    assert all(len(index.entries(day(n))) == 1 for n in range(1, 29))


def test_a_full_disk_on_the_way_forgets_nothing(index, monkeypatch):
    def refuse(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    real = disk.append_unflushed

    def full(path: Path, data: bytes) -> None:
        with disk.told(path):
            refuse(path, data)

    monkeypatch.setattr(disk, "append_unflushed", full)
    for number in range(1, 29):
        index.add(day(number), entry(number, day(number)))
    assert all(len(index.entries(day(n))) == 1 for n in range(1, 29))
    monkeypatch.setattr(disk, "append_unflushed", real)
    index.flush()
    assert all(len(again(index).entries(day(n))) == 1 for n in range(1, 29))


def test_a_line_that_is_in_the_file_already_is_still_flushed(index, monkeypatch):
    """Whoever wrote it there may have been killed before: it may be in memory only."""
    keep(index, 1)
    other = again(index)
    other.add(DAY, entry(1))
    flushed: list[Path] = []
    monkeypatch.setattr(disk, "flush_file", flushed.append)
    other.flush()
    assert flushed == [index.path(DAY)]


def test_a_ticket_is_known_by_its_content_however_its_line_is_written():
    sold = ticket(line(90, label='},"chain":"x'), number="7", cashier='"}')
    record = {
        "body": ticket_json(sold),
        "chain": "ticket/1",
        "prev": "",
        "seq": 1,
        "type": "ticket",
    }
    name = f"1|{DAY}|7"
    written, _ = sealed_line(record)
    turned = json.dumps({**dict(reversed(record.items())), "fingerprint": "x"}).encode()
    for text in (written, turned):
        kept = Kept((1, 0), len(text) + 1, record, "", text)
        [(shelf, found)] = entries_of(kept)
        assert (shelf, found.identity) == (DAY, name)
        assert found.content == content_fingerprint(sold)[:32]


def test_a_day_is_as_long_after_years_of_closures(index):
    """The segment counts all GÉNÉRALES ever made: it must not make every row longer."""
    sizes = []
    for segment in (4, 1_566, 999_999):
        first = entry(1)
        index.add(day(segment % 7 + 1), replace(first, position=(segment, 100)))
        index.flush()
        sizes.append(index.path(day(segment % 7 + 1)).stat().st_size)
        assert DayIndex(index.path(DAY).parents[1]).entries(day(segment % 7 + 1)) == {
            first.identity: replace(first, position=(segment, 100))
        }
    assert len(set(sizes)) == 1


def test_a_day_that_the_register_names_and_is_not_there_was_lost(index):
    keep(index, 1)
    assert again(index).is_whole(DAY, year_known=True)
    assert again(index).is_whole("2021-01-03", year_known=True)  # nothing was ever sold then
    index.path(DAY).unlink()
    assert not again(index).is_whole(DAY, year_known=True)
    index.path(DAY).with_name("jours.txt").unlink()
    assert not again(index).is_whole(DAY, year_known=True)
    assert again(index).is_whole(DAY, year_known=False)
