"""`inbox`: what tills drop is taken once, whatever its state; nothing is lost on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.store import disk
from app.store.inbox_files import InboxFiles
from tests.cli.till_files import BROKEN, OLD, drop, sale
from tests.conftest import Cloture, journal_text
from tests.factories import ticket

SHAPE = {"accepted", "duplicates", "conflicts", "rejected", "late", "findings", "files"}


@pytest.fixture
def inbox(cloture: Cloture) -> Path:
    """The inbox of a new shop."""
    (cloture.folder / "inbox").mkdir(parents=True)
    return cloture.folder / "inbox"


def files(folder: Path) -> list[str]:
    """Every file under a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_files_are_taken_in_name_order_and_moved(cloture: Cloture, inbox: Path):
    drop(inbox, "b.jsonl", sale(2))
    drop(inbox, "a.jsonl", sale(1))
    said = cloture.done("inbox")
    assert set(said) >= SHAPE | {"waiting", "moved"}
    assert said["accepted"] == 2
    assert said["moved"] == [
        {"file": "a.jsonl", "to": "pris/2026-01/a.jsonl"},
        {"file": "b.jsonl", "to": "pris/2026-01/b.jsonl"},
    ]
    assert files(inbox) == ["pris/2026-01/a.jsonl", "pris/2026-01/b.jsonl"]
    assert cloture.done("x")["figures"]["tickets"] == 2


def test_an_empty_inbox_is_no_error(cloture: Cloture, inbox: Path):
    answer = cloture("inbox")
    assert (answer.code, answer.out) == (0, "Rien de nouveau dans la boîte de réception.\n")
    assert not (cloture.folder / "dossier.json").exists()


def test_without_any_folder_nothing_is_made(cloture: Cloture):
    assert cloture.done("inbox")["accepted"] == 0
    assert not (cloture.folder / "inbox").exists()


def test_the_folders_are_there_for_the_tills(cloture: Cloture):
    cloture.done("settings", "set", "shop.name", "Dupont")
    cloture.done("inbox")
    assert (cloture.folder / "inbox" / "pris").is_dir()
    assert (cloture.folder / "inbox" / "refuses").is_dir()


def test_a_name_taken_before_gets_a_suffix(cloture: Cloture, inbox: Path):
    for number in (1, 2, 3):
        drop(inbox, "ventes.jsonl", sale(number))
        cloture.done("inbox")
    assert files(inbox / "pris") == [
        "2026-01/ventes-2.jsonl",
        "2026-01/ventes-3.jsonl",
        "2026-01/ventes.jsonl",
    ]


def test_a_file_changed_a_moment_ago_waits(cloture: Cloture, inbox: Path):
    path = drop(inbox, "ventes.jsonl", sale(1))
    os.utime(path, (cloture.now.timestamp() - 2,) * 2)
    said = cloture.done("inbox")
    assert [row["file"] for row in said["waiting"]] == ["ventes.jsonl"]
    assert (said["accepted"], files(inbox)) == (0, ["ventes.jsonl"])
    cloture.later(seconds=10)
    assert cloture.done("inbox")["accepted"] == 1


def test_a_file_that_grew_since_the_last_run_waits(cloture: Cloture, inbox: Path):
    path = drop(inbox, "ventes.jsonl", sale(1))
    os.utime(path, (cloture.now.timestamp() - 1,) * 2)
    cloture.done("inbox")
    drop(inbox, "ventes.jsonl", sale(1), sale(2))  # its clock says it is old: the size tells
    cloture.later(minutes=5)
    assert cloture.done("inbox")["waiting"]
    assert cloture.done("inbox")["accepted"] == 2


def test_a_file_that_grows_under_our_eyes_waits(
    cloture: Cloture, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    drop(inbox, "ventes.jsonl", sale(1))
    monkeypatch.setattr(
        InboxFiles, "pause", lambda _: drop(inbox, "ventes.jsonl", sale(1), sale(2))
    )
    assert cloture.done("inbox")["waiting"]
    assert files(inbox) == ["ventes.jsonl"]


def test_a_clock_far_ahead_does_not_hold_a_file_back(cloture: Cloture, inbox: Path):
    path = drop(inbox, "ventes.jsonl", sale(1))
    os.utime(path, (cloture.now.timestamp() + 3600,) * 2)
    assert cloture.done("inbox")["accepted"] == 1


def test_unfinished_and_hidden_files_are_left_alone(cloture: Cloture, inbox: Path):
    for name in (".x.jsonl", "x.jsonl.part", "~x.jsonl", "x.tmp"):
        drop(inbox, name, sale(1))
    assert cloture.done("inbox")["accepted"] == 0
    assert len(files(inbox)) == 4


def test_unreadable_lines_go_aside_with_their_reasons_and_the_rest_is_taken(
    cloture: Cloture, inbox: Path
):
    drop(inbox, "ventes.jsonl", text=journal_text(sale(1)) + BROKEN + journal_text(sale(2)))
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert (answer.json["accepted"], answer.json["rejected"]) == (2, 1)
    assert "ventes.jsonl : 1 ligne illisible" in answer.err
    lines = (inbox / "refuses" / "ventes.jsonl-lignes.txt").read_text(encoding="utf-8")
    assert "ligne 2 : date et heure illisibles" in lines
    assert BROKEN.strip() in lines
    assert files(inbox / "pris") == ["2026-01/ventes.jsonl"]


def test_the_same_refused_lines_are_kept_once(cloture: Cloture, inbox: Path):
    for _ in range(2):
        drop(inbox, "ventes.jsonl", text=journal_text(sale(1)) + BROKEN)
        cloture("inbox")
    assert files(inbox / "refuses") == ["ventes.jsonl-lignes.txt"]
    drop(inbox, "ventes.jsonl", text=journal_text(sale(1)) + "autre chose\n")
    cloture("inbox")
    assert len(files(inbox / "refuses")) == 2


def test_many_refused_lines_are_all_kept(cloture: Cloture, inbox: Path):
    drop(inbox, "ventes.jsonl", text=journal_text(sale(1)) + BROKEN * 3000)
    cloture("inbox")
    lines = (inbox / "refuses" / "ventes.jsonl-lignes.txt").read_text(encoding="utf-8")
    assert lines.count("ligne ") == 3000


UNREADABLE = {
    "empty": b"",
    "binary": b"\x00\x01\x02" * 100,
    "another kind": b"PK\x03\x04 ......",
    "no ticket": b"bonjour\n",
    "wrong encoding": b'{"till":"1","label":"\xe9"}\n',
    "all lines wrong": BROKEN.encode() * 2,
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_wholly_unreadable_file_is_moved_whole_with_its_reason(
    cloture: Cloture, inbox: Path, content: bytes
):
    path = drop(inbox, "a.jsonl", text="")
    path.write_bytes(content)
    os.utime(path, (OLD, OLD))
    drop(inbox, "b.jsonl", sale(1))
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert answer.json["accepted"] == 1  # the others go on
    assert (inbox / "refuses" / "a.jsonl").read_bytes() == content
    reason = (inbox / "refuses" / "a.jsonl.raison.txt").read_text(encoding="utf-8").strip()
    assert reason in answer.err
    refused = next(f for f in answer.json["files"] if f["file"] == "a.jsonl")
    assert (refused["taken"], refused["reason"]) == (False, reason)
    assert cloture.done("inbox")["moved"] == []


def test_a_sub_folder_chooses_the_profile(cloture: Cloture, inbox: Path):
    cloture.done("settings", "set", "tickets.profile", "boulangerie")
    drop(inbox, "journal/ventes.jsonl", sale(1))
    said = cloture.done("inbox")
    assert said["files"][0]["profile"] == "journal"
    assert said["moved"] == [{"file": "journal/ventes.jsonl", "to": "pris/2026-01/ventes.jsonl"}]


def test_a_sub_folder_that_is_no_profile_waits_and_is_told(cloture: Cloture, inbox: Path):
    drop(inbox, "inconnu/ventes.jsonl", sale(1))
    drop(inbox, "z.jsonl", sale(2))
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert "« inconnu » n'existe pas" in answer.err
    assert answer.json["accepted"] == 1
    assert files(inbox) == ["inconnu/ventes.jsonl", "pris/2026-01/z.jsonl"]


def test_a_cut_between_taking_and_moving_only_gives_duplicates(
    cloture: Cloture, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    drop(inbox, "ventes.jsonl", sale(1))

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(InboxFiles, "take", cut)
        cloture.refused("inbox")
    said = cloture.done("inbox")
    assert (said["accepted"], said["duplicates"]) == (0, 1)
    assert files(inbox) == ["pris/2026-01/ventes.jsonl"]


def test_a_file_that_cannot_be_moved_stays_and_the_others_go_on(
    cloture: Cloture, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    drop(inbox, "a.jsonl", sale(1))
    drop(inbox, "b.jsonl", sale(2))
    replace = disk.replace

    def held(source: Path, target: Path) -> None:
        if source.name == "a.jsonl":
            raise PermissionError(13, "held by another program")
        replace(source, target)

    monkeypatch.setattr(disk, "replace", held)
    answer = cloture("inbox", "--json")
    assert answer.code == 3
    assert answer.json["accepted"] == 2
    assert [row["file"] for row in answer.json["waiting"]] == ["a.jsonl"]
    assert files(inbox) == ["a.jsonl", "pris/2026-01/b.jsonl"]


def test_a_file_kept_open_by_another_program_waits(
    cloture: Cloture, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    drop(inbox, "ventes.jsonl", sale(1))
    monkeypatch.setattr(InboxFiles, "is_free", lambda *_: False)
    assert "tient ouvert" in cloture.done("inbox")["waiting"][0]["reason"]


def test_two_at_once_leave_it_to_one(cloture: Cloture, inbox: Path):
    drop(inbox, "ventes.jsonl", sale(1))
    cloture.done("settings", "set", "shop.name", "Dupont")
    with cloture.open() as shop, shop.alone("inbox") as alone:
        assert alone
        said = cloture.done("inbox")
    assert (said["accepted"], len(said["waiting"])) == (0, 1)
    assert cloture.done("inbox")["accepted"] == 1


def test_a_name_that_is_no_text_is_taken_too(cloture: Cloture, inbox: Path):
    if os.name == "nt":
        pytest.skip("names are text there")
    path = drop(inbox, "x.jsonl", sale(1))
    os.rename(path, os.fsencode(inbox) + b"/ventes-\xe9.jsonl")
    assert cloture.done("inbox")["accepted"] == 1


@pytest.mark.parametrize("role", ["secondary", "back_office"])
def test_tickets_are_not_taken_where_nobody_closes(cloture: Cloture, tmp_path: Path, role: str):
    cloture.done("settings", "set", "shop.role", role)
    assert cloture.done("inbox")["accepted"] == 0  # nothing is there: nothing is wrong
    by_hand = drop(tmp_path / "usb", "ventes.jsonl", sale(1))
    dropped = drop(cloture.folder / "inbox", "ventes.jsonl", sale(1))
    for line in (["import", by_hand], ["inbox"]):
        assert cloture.refused(*line) == (
            "Ce poste n'est pas la caisse maître : des tickets pris ici ne seraient jamais "
            "clôturés. Déposez le fichier dans la boîte de réception de la caisse maître."
        )
    assert dropped.exists()
    cloture.done("settings", "set", "shop.role", "master")
    assert cloture.done("inbox")["accepted"] == 1


def test_a_ticket_of_the_day_after_tomorrow_is_told(cloture: Cloture, tmp_path: Path):
    # It is the evening of 5 January: a till may be a day ahead, not more.
    ahead = [ticket(number=str(n), at=f"2026-01-{day:02d}T12:00") for n, day in ((1, 6), (2, 7))]
    said = cloture.done("import", drop(tmp_path, "ventes.jsonl", *ahead))
    assert said["accepted"] == 2
    assert said["findings"] == [
        {"kind": "future", "day": "2026-01-07", "count": 1, "example": "07/01/2026 à 12 h 00"}
    ]
