"""The order tickets come out in, whatever the file's, and how little memory it takes."""

from __future__ import annotations

import random
import tracemalloc
from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.ticket import Ticket
from app.formats.day_runs import DayRuns
from app.formats.profile_files import find_profile
from app.formats.read_tickets import read_tickets
from tests.factories import ticket
from tests.formats.samples import MARKET, PROFILES, made_profile, text_of


def market(*cells: str) -> str:
    return MARKET + "".join(f"{cell};X;1,00\n" for cell in cells)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        # Within a day: by moment, then as people count.
        (["05/03/2022 09:00;2", "05/03/2022 08:00;3"], "3 2"),
        (["05/03/2022 09:00;10", "05/03/2022 09:00;9"], "9 10"),
        (["05/03/2022 09:00;A10", "05/03/2022 09:00;A9", "05/03/2022 09:00;7"], "7 A9 A10"),
        # The night the clocks go back, the offset decides; then it is the first hour.
        (["30/10/2022 02:30;2", "30/10/2022 03:10;3", "30/10/2022 02:10;1"], "1 2 3"),
        # Newest first: the oldest day comes first all the same.
        (["07/03/2022 09:00;4", "06/03/2022 09:00;3", "05/03/2022 09:00;2"], "2 3 4"),
        # Mostly forwards: days as the file has them, each of them whole.
        (
            [
                "06/03/2022 09:00;3",
                "07/03/2022 09:00;4",
                "05/03/2022 09:00;1",
                "06/03/2022 08:00;2",
            ],
            "2 3 4 1",
        ),
    ],
)
def test_tickets_come_day_by_day_in_the_order_of_moment_and_number(read, cells, order):
    assert [item.number for item in read(market(*cells), made_profile())] == order.split()


def test_the_night_the_clocks_go_back_is_in_true_order(read):
    first, second = "2022-10-30T02:40+02:00", "2022-10-30T02:10+01:00"
    items = read(text_of(ticket(number="2", at=second), ticket(number="1", at=first)))
    assert [item.number for item in items] == ["1", "2"]


@pytest.mark.parametrize("in_memory", [1, 2, 7, 1000])
def test_a_shuffled_file_gives_the_tickets_of_the_sorted_one(tmp_path, in_memory, monkeypatch):
    monkeypatch.setattr(DayRuns.__init__, "__defaults__", (in_memory,))
    opening = datetime(2022, 3, 1, 8)
    cells = [
        f"{opening + timedelta(days=n // 40, minutes=n % 40 // 2):%d/%m/%Y %H:%M};"
        f"{n // 2};{n};{n},00"
        for n in range(400)
    ]

    def tickets(lines: list[str]) -> list[Ticket]:
        path = tmp_path / "export.csv"
        path.write_text(MARKET + "\n".join(lines), encoding="utf-8")
        return list(read_tickets(path, made_profile(), till=None, drawer=None))

    expected = tickets(cells)
    assert len(expected) == 200
    assert tickets(cells[::-1]) == [with_lines_reversed(item) for item in expected]
    random.Random(5).shuffle(cells)
    shuffled = sorted(tickets(cells), key=lambda item: item.at)
    assert [plain(item) for item in shuffled] == [plain(item) for item in expected]


def with_lines_reversed(item: Ticket) -> Ticket:
    return replace(item, lines=item.lines[::-1])


def plain(item: Ticket) -> tuple[str, list[str]]:
    return item.number, sorted(line.label for line in item.lines)


def test_progress_grows_to_the_size_of_the_file(tmp_path):
    path = csv_file(tmp_path / "export.csv", 20)
    told: list[tuple[int, int]] = []
    reading = read_tickets(
        path, made_profile(), till=None, drawer=None, progress=lambda *at: told.append(at)
    )
    assert len(list(reading)) == 80
    size = path.stat().st_size
    assert {total for _, total in told} == {size}
    done = [read for read, _ in told]
    assert done == sorted(done)
    assert done[-1] == size
    assert 6 < len(done) < 40


LONG = "x" * 7_400  # in what nobody reads: 60 MB in few lines


def journal_file(path: Path, days: int) -> Path:
    """60 kB a day: 8 tickets, each with a long key that is ignored."""
    with path.open("w", encoding="utf-8") as file:
        for day in range(days):
            opening = datetime(2020, 1, 1, 8) + timedelta(days=day)
            for n in range(8):
                sold = ticket(str(n), number=str(n), at=(opening + timedelta(hours=n)).isoformat())
                file.write(text_of(sold)[:-2] + f',"note":"{LONG}"}}\n')
    return path


def csv_file(path: Path, days: int) -> Path:
    """60 kB a day, newest day first: 8 rows, two a ticket, each with a long cell nobody reads."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Note;" + MARKET)
        for day in reversed(range(days)):
            date = datetime(2020, 1, 1) + timedelta(days=day)
            for n in range(8):
                file.write(f"{LONG};{date:%d/%m/%Y} 08:0{n % 4};{n % 4};X;1,00\n")
    return path


@pytest.mark.parametrize(
    ("make", "profile"),
    [(journal_file, find_profile("journal", [PROFILES])), (csv_file, made_profile())],
)
def test_memory_does_not_grow_with_the_file(tmp_path, make, profile):
    def peak(path: Path) -> int:
        tracemalloc.start()
        deque(read_tickets(path, profile, till=None, drawer=None), maxlen=0)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    small, large = make(tmp_path / "small", 100), make(tmp_path / "large", 1000)
    assert large.stat().st_size > 58_000_000 > 9 * small.stat().st_size
    # By then the caches of dates and lines are full, and a run of lines is noted for each day.
    assert peak(large) < peak(small) + 4_000_000
