"""`jobs` and `run-due`: what waits, what is due, what failed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.errors import AppError
from tests.conftest import Cloture, journal_text
from tests.factories import ticket


@pytest.fixture
def closed(cloture: Cloture, journal_file: Any, monkeypatch: pytest.MonkeyPatch) -> Cloture:
    """A shop whose backup goes well and whose mail does not."""

    def mail(*_: Any) -> str:
        raise AppError("Le serveur ne répond pas.")

    handlers = {"backup": lambda shop, job: "sauvegardé", "mail": mail}
    monkeypatch.setattr(bootstrap, "FOLLOW_UPS", handlers)
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    cloture.done("settings", "set", "mail.after_closure", "general")
    cloture.done("close", "general")
    return cloture


def test_waiting_jobs_are_listed(closed: Cloture):
    rows = closed.done("jobs")["jobs"]
    assert [row["id"] for row in rows] == ["G000001/backup", "G000001/mail"]
    assert set(rows[0]) == {"id", "job", "closure", "state", "attempts", "next_try", "detail"}
    assert "G000001/backup : en attente" in closed("jobs").out


def test_what_is_due_is_run_and_what_failed_is_told(closed: Cloture):
    answer = closed("run-due", "--json")
    assert answer.code == 3
    assert [(row["id"], row["state"]) for row in answer.json["jobs"]] == [
        ("G000001/backup", "done"),
        ("G000001/mail", "failed"),
    ]
    assert [row["id"] for row in answer.json["waiting"]] == ["G000001/mail"]
    assert "Le serveur ne répond pas" in answer.err
    again = closed("run-due")
    assert again.code == 0  # nothing due yet: nothing failed now
    assert "Il reste à faire" in again.out
    assert "05/01/2026 à 20 h 01" in again.out


def test_a_job_is_retried_at_once(closed: Cloture):
    closed("run-due")
    assert "sera réessayé" in closed("jobs", "retry", "G000001/mail").out
    assert closed("run-due").code == 3
    assert "jobs" in closed.refused("jobs", "retry", "G000009/mail")
    assert closed.refused("jobs", "retry", "G000001/backup")  # done: nothing to retry


def test_nothing_due_is_said(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    assert cloture("run-due").out == "Rien n'était dû.\n"
    assert cloture("jobs").out == "Aucun travail n'attend.\n"


def test_the_inbox_is_taken_too(closed: Cloture):
    path = closed.folder / "inbox" / "ventes.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text(journal_text(ticket(number="7", at="2026-01-05T19:30")), encoding="utf-8")
    os.utime(path, (1_700_000_000,) * 2)
    assert closed("run-due", "--json").json["inbox"]["accepted"] == 1


def test_jobs_run_even_when_the_inbox_cannot(closed: Cloture, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any) -> None:
        raise AppError("La boîte de réception n'est pas accessible.")

    monkeypatch.setattr("app.cli.commands.run_due.take_inbox", fail)
    answer = closed("run-due", "--json")
    assert answer.code == 3
    assert "boîte de réception" in answer.err
    assert answer.json["jobs"][0]["state"] == "done"


def test_there_must_be_a_shop(cloture: Cloture, tmp_path: Path):
    cloture.refused("run-due")
    cloture.refused("jobs")
