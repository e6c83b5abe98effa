"""Tills whose payments are in a second file: by hand, and from the inbox."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.moments import moment_from_text
from tests.cli.till_files import OLD
from tests.conftest import Cloture
from tests.formats.till_samples import LOYVERSE_ITEMS, LOYVERSE_RECEIPTS, write_samples

PROFILE = ("--profile", "loyverse")


@pytest.fixture
def cloture(cloture: Cloture) -> Cloture:
    """The program on the evening of that day."""
    cloture.now = moment_from_text("2026-03-13T20:00")
    return cloture


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The made-up files of one day: lines, then payments."""
    return write_samples(tmp_path / "caisse", "loyverse")


def tenders(cloture: Cloture) -> dict[str, int]:
    """What the X expects of each tender."""
    figures = cloture.done("x")["figures"]
    return {row["method"]: row["expected"] for row in figures["tenders"]}


@pytest.mark.parametrize("backwards", [False, True])
def test_both_files_are_taken_together_in_any_order(cloture: Cloture, files, backwards):
    said = cloture.done("import", *(files[::-1] if backwards else files), *PROFILE)
    assert (said["accepted"], said["rejected"]) == (3, 0)
    assert [(f["payments"], f["accepted"]) for f in said["files"]] == [(False, 2), (True, 1)]
    assert {f["kind"]: f["count"] for f in said["findings"]} == {"gap": 1, "no_detail": 1}
    assert tenders(cloture) == {"cb": -500, "especes": 2050}
    again = cloture.done("import", *files, *PROFILE)
    assert (again["accepted"], again["duplicates"], again["conflicts"]) == (0, 3, 0)


def test_the_text_says_what_the_second_file_gave(cloture: Cloture, files):
    out = cloture("import", *files, *PROFILE).out
    assert "receipts_by_item.csv : 2 tickets pris." in out
    assert "receipts.csv : règlements lus, 1 ticket pris sans ses articles." in out


def test_dollars_are_counted_as_euros_and_never_in_silence(cloture: Cloture, tmp_path):
    cloture.now = moment_from_text("2026-03-03T20:00")
    dollars = write_samples(tmp_path / "caisse", "square")
    # Three that the sales tell, and one that only its payment tells.
    told = "03/03/2026 : 4 tickets aux montants en $, comptés comme des euros (ex. PAYA)"
    assert f"  {told}\n" in cloture("import", *dollars, "--profile", "square").out
    assert told in " ".join(cloture("x").out.split())
    closed = cloture.done("close", "general")
    assert closed["figures"]["total"] == 4800
    kept = [f for f in closed["findings"] if f["kind"] == "currency"]
    expected = {"day": "2026-03-03", "count": 4, "example": "PAYA", "of": "$"}
    assert kept == [{"kind": "currency", **expected}]
    assert told in " ".join(cloture("z", closed["id"]).out.split())
    assert cloture.done("verify", "--deep")["ok"]


def test_one_ticket_in_dollars_is_told_of_one(cloture: Cloture, files):
    first = files[0].read_text("utf-8")
    files[0].write_text(first.replace("8.50,3.00", "$8.50,3.00"), encoding="utf-8")
    assert first != files[0].read_text("utf-8")
    out = cloture("import", *files, *PROFILE).out
    assert "1 ticket aux montants en $, comptés comme des euros (ex. 1-0101)" in out


def test_sales_alone_are_taken_and_the_missing_file_is_told(cloture: Cloture, files):
    answer = cloture("import", files[0], *PROFILE)
    assert answer.code == 0
    assert "Sans le fichier « Reçus (Receipts) », les règlements" in answer.err
    assert tenders(cloture) == {"inconnu": 850}


def test_payments_that_come_after_their_sales_are_told_for_what_they_are(cloture: Cloture, files):
    first = cloture.done("import", files[0], *PROFILE)
    assert {f["kind"]: f["count"] for f in first["findings"]} == {"no_payment": 2}
    # What is recorded stands: both are kept and shown as conflicts, by the name of the thing.
    said = cloture.done("import", *files, *PROFILE)
    assert (said["accepted"], said["conflicts"]) == (1, 2)
    found = {f["kind"]: f["count"] for f in said["findings"]}
    assert (found["tender_late"], "conflict" in found) == (2, False)
    assert tenders(cloture) == {"inconnu": 850, "cb": 700}
    assert cloture.done("import", *files, *PROFILE)["duplicates"] == 3


def test_payments_alone_are_no_sales(cloture: Cloture, files):
    sentence = cloture.refused("import", files[1], *PROFILE)
    assert "est celui des règlements" in sentence
    assert cloture("x").code == 1


def test_an_unreadable_row_of_payments_refuses_the_sales(cloture: Cloture, files):
    text = LOYVERSE_RECEIPTS.replace("13/03/2026 11:00", "hier")
    files[1].write_text(text, encoding="utf-8")
    answer = cloture("--json", "import", *files, *PROFILE)
    assert answer.code == 1
    assert "receipts.csv : date ou heure illisible : « hier »" in answer.json["error"]["message"]
    said = cloture("--json", "import", *files, *PROFILE, "--accept-partial")
    assert (said.code, said.json["accepted"], said.json["rejected"]) == (3, 3, 1)
    assert {f["kind"] for f in said.json["findings"]} >= {"no_payment", "no_detail"}


def test_payments_of_another_day_are_told(cloture: Cloture, files):
    text = LOYVERSE_RECEIPTS.replace("13/03/2026 12:00", "14/03/2026 12:00")
    files[1].write_text(text, encoding="utf-8")
    answer = cloture("--json", "import", *files, *PROFILE)
    assert answer.code == 3
    assert [f["taken"] for f in answer.json["files"]] == [True, False]
    assert "le ticket 1-0104 du 14/03/2026 n'est pas dans le fichier des ventes" in answer.err
    assert tenders(cloture) == {"cb": -1200, "especes": 2050}


# --- the inbox -----------------------------------------------------------------------------------


@pytest.fixture
def inbox(cloture: Cloture) -> Path:
    cloture.done("settings", "set", "tickets.profile", "loyverse")
    folder = cloture.folder / "inbox"
    folder.mkdir(exist_ok=True)
    return folder


def drop(inbox: Path, name: str, text: str) -> Path:
    path = inbox / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (OLD, OLD))
    return path


def test_the_inbox_takes_both_files_of_a_till(cloture: Cloture, inbox):
    drop(inbox, "a-receipts.csv", LOYVERSE_RECEIPTS)
    drop(inbox, "b-items.csv", LOYVERSE_ITEMS)
    said = cloture.done("inbox")
    assert (said["accepted"], said["waiting"]) == (3, [])
    assert sorted(row["file"] for row in said["moved"]) == ["a-receipts.csv", "b-items.csv"]
    assert tenders(cloture) == {"cb": -500, "especes": 2050}


def test_sales_wait_for_their_payments_but_not_for_ever(cloture: Cloture, inbox):
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    said = cloture.done("inbox")
    assert (said["accepted"], said["waiting"]) == (
        0,
        [
            {
                "file": "items.csv",
                "reason": "il manque le fichier des règlements (« Reçus (Receipts) ») : "
                "déposez-le aussi ; sans lui, ces ventes seront prises demain avec un règlement "
                "« Inconnu »",
            }
        ],
    )
    cloture.later(hours=23)
    assert cloture.done("inbox")["accepted"] == 0
    cloture.later(hours=2)
    said = cloture.done("inbox")
    assert (said["accepted"], said["waiting"]) == (2, [])
    assert {f["kind"]: f["count"] for f in said["findings"]}["no_payment"] == 2
    assert tenders(cloture) == {"inconnu": 850}


def test_payments_that_come_while_the_sales_wait(cloture: Cloture, inbox):
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    cloture.done("inbox")
    cloture.later(hours=3)  # the receipts are exported after lunch
    drop(inbox, "receipts.csv", LOYVERSE_RECEIPTS)
    assert cloture.done("inbox")["accepted"] == 3
    assert tenders(cloture) == {"cb": -500, "especes": 2050}


def test_payments_alone_wait_a_day_and_are_then_refused(cloture: Cloture, inbox):
    drop(inbox, "receipts.csv", LOYVERSE_RECEIPTS)
    said = cloture.done("inbox")
    assert said["waiting"][0]["reason"] == "il attend le fichier des ventes qui va avec lui"
    cloture.later(hours=23)
    assert cloture.done("inbox")["waiting"]
    cloture.later(hours=2)
    answer = cloture("--json", "inbox")
    assert answer.code == 3
    assert "aucun fichier de ventes n'est venu avec lui" in answer.json["files"][0]["reason"]
    assert (inbox / "refuses" / "receipts.csv").exists()


def test_a_clock_put_right_ends_the_wait(cloture: Cloture, inbox):
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    cloture.done("inbox")
    cloture.now -= timedelta(days=40)
    assert cloture.done("inbox")["accepted"] == 2


def test_payments_that_do_not_read_leave_the_sales_waiting(cloture: Cloture, inbox):
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    header = LOYVERSE_RECEIPTS.splitlines()[0]
    drop(inbox, "receipts.csv", f"{header}\n")
    answer = cloture("--json", "inbox")
    assert answer.code == 3
    assert answer.json["waiting"] == [
        {"file": "items.csv", "reason": "le fichier des règlements qui va avec lui ne se lit pas"}
    ]
    assert (inbox / "refuses" / "receipts.csv").exists()
    drop(inbox, "receipts.csv", LOYVERSE_RECEIPTS)
    assert cloture.done("inbox")["accepted"] == 3


def test_sales_that_do_not_read_leave_the_payments_waiting(cloture: Cloture, inbox):
    header = LOYVERSE_ITEMS.splitlines()[0]
    drop(inbox, "items.csv", f"{header}\n")
    drop(inbox, "receipts.csv", LOYVERSE_RECEIPTS)
    answer = cloture("--json", "inbox")
    assert answer.code == 3
    assert [row["file"] for row in answer.json["waiting"]] == ["receipts.csv"]
    assert (inbox / "refuses" / "items.csv").exists()
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    assert cloture.done("inbox")["accepted"] == 3


def test_unreadable_rows_go_to_the_refused_lines_the_rest_is_taken(cloture: Cloture, inbox):
    drop(inbox, "items.csv", LOYVERSE_ITEMS)
    drop(inbox, "receipts.csv", LOYVERSE_RECEIPTS.replace("13/03/2026 11:00", "hier"))
    answer = cloture("--json", "inbox")
    assert (answer.code, answer.json["accepted"], answer.json["rejected"]) == (3, 3, 1)
    told = (inbox / "refuses" / "items.csv-lignes.txt").read_text("utf-8")
    assert "receipts.csv : date ou heure illisible" in told
