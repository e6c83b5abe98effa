"""Followed files: read where they lie as the till completes them, each ticket once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.till_files import BROKEN, OLD, add, drop, sale
from tests.conftest import Cloture, journal_text
from tests.factories import ticket


@pytest.fixture
def followed(cloture: Cloture, tmp_path: Path) -> Path:
    """A file that the till completes, followed by the shop."""
    path = tmp_path / "caisse" / "ventes.jsonl"
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    cloture.done("settings", "set", "tickets.follow", str(path))
    return path


def test_a_followed_file_is_read_as_it_grows_and_never_touched(cloture: Cloture, followed: Path):
    assert cloture.done("inbox")["files"] == []
    add(followed, sale(1), sale(2))
    content, stamp = followed.read_bytes(), followed.stat().st_mtime_ns
    assert cloture.done("inbox")["accepted"] == 2
    assert (followed.read_bytes(), followed.stat().st_mtime_ns) == (content, stamp)
    assert cloture.done("inbox")["files"] == []
    add(followed, sale(3))
    said = cloture.done("inbox")
    assert (said["accepted"], said["duplicates"]) == (1, 0)  # only what was added is read
    assert [p.name for p in cloture.folder.glob(".suivi*")] == []


def test_only_whole_lines_are_read(cloture: Cloture, followed: Path):
    whole = journal_text(sale(2))
    add(followed, sale(1), text=whole[:40])
    assert cloture.done("inbox")["accepted"] == 1
    add(followed, text=whole[40:])
    said = cloture.done("inbox")
    assert (said["accepted"], said["rejected"]) == (1, 0)


def test_a_file_put_in_its_place_is_read_from_its_beginning(cloture: Cloture, followed: Path):
    add(followed, *(sale(n) for n in range(1, 10)))
    cloture.done("inbox")
    followed.write_text(journal_text(*(sale(n) for n in range(11, 31))), encoding="utf-8")
    assert cloture.done("inbox")["accepted"] == 20
    followed.write_text(journal_text(sale(40)), encoding="utf-8")  # shorter: a new day
    assert cloture.done("inbox")["accepted"] == 1


def test_tickets_without_number_are_ranked_among_all_their_equals(cloture: Cloture, followed: Path):
    nameless = ticket(number="", at="2026-01-05T08:00")
    add(followed, nameless)
    cloture.done("inbox")
    add(followed, nameless)  # the same sale at the same minute: a second one
    said = cloture.done("inbox")
    assert (said["accepted"], said["duplicates"]) == (1, 1)
    assert cloture.done("x")["figures"]["tickets"] == 2


def test_refused_lines_of_a_followed_file_keep_their_numbers(cloture: Cloture, followed: Path):
    add(followed, sale(1), sale(2))
    cloture.done("inbox")
    add(followed, sale(4), text=BROKEN)
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert answer.json["files"][0]["rejections"][0]["line"] == 4
    [kept] = (cloture.folder / "inbox" / "refuses").iterdir()
    assert "ligne 4 :" in kept.read_text(encoding="utf-8")


def test_a_followed_file_that_vanished_is_told_and_the_others_go_on(
    cloture: Cloture, followed: Path, tmp_path: Path
):
    gone = tmp_path / "parti.jsonl"
    cloture.done("settings", "set", "tickets.follow", f"{gone},{followed}")
    add(followed, sale(1))
    drop(cloture.folder / "inbox", "autre.jsonl", sale(2))
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert answer.json["accepted"] == 2
    [sentence] = answer.err.splitlines()
    assert str(gone) in sentence
    assert "n'est pas là" in sentence


def test_a_followed_file_in_the_inbox_is_not_moved(cloture: Cloture):
    path = drop(cloture.folder / "inbox", "ventes.jsonl", sale(1))
    cloture.done("settings", "set", "tickets.follow", str(path))
    said = cloture.done("inbox")
    assert (said["accepted"], said["moved"]) == (1, [])
    assert path.exists()


CSV_HEAD = "date,time,ticket_number,article,Quantity,unit_price\n"


def csv_row(number: int, article: str = "BAGUETTE") -> str:
    return f'2026-01-05,08:38,{number}.0,{article},1.0,"0,90 €"\n'


@pytest.fixture
def followed_csv(cloture: Cloture, followed: Path) -> Path:
    """The same with a till that writes rows under a header."""
    cloture.done("settings", "set", "tickets.profile", "boulangerie")
    followed.write_text(CSV_HEAD, encoding="utf-8")
    os.utime(followed, (OLD, OLD))
    return followed


def add_rows(path: Path, *rows: str) -> None:
    add(path, text="".join(rows))
    os.utime(path, (OLD, OLD))


def test_a_followed_csv_is_read_with_its_header_each_time(cloture: Cloture, followed_csv: Path):
    assert cloture.done("inbox")["files"] == []  # only its header
    add_rows(followed_csv, csv_row(1), csv_row(1, "CROISSANT"), csv_row(2))
    assert cloture.done("inbox")["accepted"] == 2
    add_rows(followed_csv, csv_row(3))
    said = cloture.done("inbox")
    assert (said["accepted"], said["duplicates"]) == (1, 0)
    assert cloture.done("x")["figures"]["total"] == 360


def test_rows_being_written_wait_for_the_rest_of_their_ticket(cloture: Cloture, followed_csv: Path):
    add_rows(followed_csv, csv_row(1))
    os.utime(followed_csv, (cloture.now.timestamp() - 1,) * 2)
    said = cloture.done("inbox")
    assert (said["accepted"], len(said["waiting"])) == (0, 1)
    add_rows(followed_csv, csv_row(1, "CROISSANT"))
    said = cloture.done("inbox")
    assert (said["accepted"], said["conflicts"]) == (1, 0)
