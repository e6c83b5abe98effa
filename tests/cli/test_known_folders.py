"""A folder where a shop was known is not begun anew by accident; a bad place is warned against."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.store import places
from app.store.places import doubt_about
from app.store.witness import witness_path
from tests.conftest import Cloture
from tests.factories import ticket


@pytest.fixture
def vanished(cloture: Cloture, journal_file: Any) -> Cloture:
    """A shop that closed a day, and whose folder went away afterwards."""
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    cloture.done("close", "general")
    shutil.rmtree(cloture.folder)
    return cloture


def known_folders() -> list[str]:
    path = witness_path()
    return json.loads(path.read_text(encoding="utf-8"))["folders"] if path.exists() else []


def test_a_folder_that_vanished_is_not_begun_anew(vanished: Cloture, journal_file: Any):
    for line in (
        ["import", journal_file(ticket())],
        ["settings", "set", "shop.name", "Dupont"],
        ["users", "add", "Anne", "--role", "support"],
        ["cash", "float", "15000", "--drawer", "1/1"],
        ["inbox"],
        ["demo"],
    ):
        sentence = vanished.refused(*line)
        assert "--new-folder" in sentence
        assert str(vanished.folder) in sentence
        assert not (vanished.folder / "journal").exists()


def test_it_is_begun_anew_when_that_is_said(vanished: Cloture, journal_file: Any):
    vanished.done("import", journal_file(ticket()), "--new-folder")
    vanished.done("import", journal_file(ticket(number="2"), name="b.jsonl"))


def test_another_folder_is_nobodys_business(vanished: Cloture, tmp_path: Path):
    Cloture(tmp_path / "autre").done("settings", "set", "shop.name", "Dupont")


def test_only_a_real_general_closure_makes_a_folder_known(cloture: Cloture, journal_file: Any):
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    cloture.done("close", "caisse", "1/1")
    assert known_folders() == []
    cloture.done("close", "general")
    assert known_folders() == [str(cloture.folder.resolve())]


def test_a_demonstration_is_not_known(cloture: Cloture):
    cloture.done("demo", "--days", "2")
    cloture.done("close", "general")
    assert known_folders() == []


def test_the_same_folder_by_another_path_is_known(vanished: Cloture, tmp_path: Path):
    (tmp_path / "lien").symlink_to(tmp_path, target_is_directory=True)
    Cloture(tmp_path / "lien" / "boutique").refused("settings", "set", "shop.name", "Dupont")


def test_a_witness_that_cannot_be_read_is_kept_aside_and_stops_nobody(
    cloture: Cloture, journal_file: Any
):
    witness_path().parent.mkdir(parents=True)
    witness_path().write_text('{"folders": 3', encoding="utf-8")
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    cloture.done("close", "general")
    assert known_folders() == [str(cloture.folder.resolve())]
    assert len(list(witness_path().parent.glob("dossiers.json.illisible-*"))) == 1


def test_a_witness_that_cannot_be_written_stops_no_closure(cloture: Cloture, journal_file: Any):
    witness_path().parent.parent.mkdir(parents=True)
    witness_path().parent.write_text("", encoding="utf-8")  # a file where its folder should be
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    cloture.done("close", "general")


SYNCED = ["OneDrive", "OneDrive - Boulangerie", "Dropbox", "Google Drive", "Mon Drive", "DROPBOX"]


@pytest.mark.parametrize("name", SYNCED)
def test_a_synced_folder_is_warned_against_once(tmp_path: Path, name: str):
    cloture = Cloture(tmp_path / name / "boutique")
    answer = cloture("settings", "set", "shop.name", "Dupont")
    assert answer.code == 0
    [sentence] = answer.err.splitlines()
    assert sentence.startswith("Attention : ")
    assert "synchronisé" in sentence
    assert cloture("settings", "set", "shop.name", "Durand").err == ""


def test_a_refused_beginning_warns_of_nothing_but_its_cause(tmp_path: Path):
    answer = Cloture(tmp_path / "Dropbox" / "boutique")("import", tmp_path / "absent.jsonl")
    assert answer.code == 1
    assert "synchronisé" not in answer.err


@pytest.mark.parametrize("name", ["OneDriveur", "mes dropboxes", "boutique"])
def test_an_ordinary_folder_is_not(tmp_path: Path, name: str):
    assert doubt_about(tmp_path / name) == ""


def test_a_removable_disk_is_warned_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(places, "_is_removable", lambda place: True)
    assert "amovible" in Cloture(tmp_path / "x")("settings", "set", "shop.name", "Dupont").err
