"""The jobs mechanism: what follow-ups rely on, tried with handlers that fail, die or race."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app import bootstrap
from app.errors import AppError, NotFound
from app.services.jobs import Handler, Job, job_states, retry, run_due, waiting_jobs
from app.store.shop import Shop
from app.store.shop_record import ShopRecord
from tests.conftest import EVENING, Cloture
from tests.factories import ticket

BACKUP = "G000001/backup"


class Killed(BaseException):
    """The process ends here: nothing that follows runs."""


class Recorder:
    """A handler that notes each call and does what it was told to."""

    def __init__(self, act: Callable[[Shop, Job], str] = lambda shop, job: "fait") -> None:
        self.act = act
        self.calls: list[Job] = []

    def __call__(self, shop: Shop, job: Job) -> str:
        self.calls.append(job)
        return self.act(shop, job)


def failing(*_: Any) -> str:
    raise AppError("La clé USB n'est pas branchée.")


@pytest.fixture
def closed(cloture: Cloture, journal_file: Any, monkeypatch: pytest.MonkeyPatch) -> Cloture:
    """A shop with one closure on which two jobs hang."""
    monkeypatch.setattr(bootstrap, "FOLLOW_UPS", {"backup": Recorder(), "export": Recorder()})
    cloture.done("import", journal_file(ticket(at="2026-01-05T19:00")))
    closed = cloture.done("close", "general")
    assert [(row["job"], row["state"]) for row in closed["follow_ups"]] == [
        ("backup", "pending"),
        ("export", "pending"),
    ]
    return cloture


def run(cloture: Cloture, **handlers: Handler) -> list[Job]:
    """One run of what is due, in a process of its own."""
    with cloture.open() as shop:
        return run_due(shop, handlers, lambda: cloture.now)


def states(cloture: Cloture) -> dict[str, str]:
    with cloture.open() as shop:
        rows = job_states(shop, "G000001", ["backup", "export"])
        return {row["job"]: row["state"] for row in rows}


def test_a_job_is_done_once_and_never_again(closed: Cloture):
    backup, export = Recorder(), Recorder()
    done = run(closed, backup=backup, export=export)
    assert [(job.id, job.state, job.detail) for job in done] == [
        (BACKUP, "done", "fait"),
        ("G000001/export", "done", "fait"),
    ]
    closed.later(days=1)
    assert run(closed, backup=backup, export=export) == []
    assert (len(backup.calls), len(export.calls)) == (1, 1)
    assert states(closed) == {"backup": "done", "export": "done"}


def test_a_job_whose_handler_is_not_there_waits(closed: Cloture):
    run(closed, export=Recorder())
    assert states(closed) == {"backup": "pending", "export": "done"}
    assert [job.id for job in run(closed, backup=Recorder())] == [BACKUP]


def test_a_failed_job_is_tried_after_1_5_15_60_minutes_then_every_hour(closed: Cloture):
    backup = Recorder(failing)
    for tries, minutes in enumerate((1, 5, 15, 60, 60, 60), start=1):
        [job] = run(closed, backup=backup)
        assert (job.state, job.attempts) == ("failed", tries)
        assert job.detail == "La clé USB n'est pas branchée."
        assert job.next_try == closed.now + timedelta(minutes=minutes)
        closed.later(minutes=minutes, seconds=-1)
        assert run(closed, backup=backup) == []
        closed.later(seconds=1)
    backup.act = lambda shop, job: "enfin"
    [job] = run(closed, backup=backup)
    assert (job.state, job.attempts) == ("done", 7)


def test_one_job_that_fails_does_not_hold_the_others(closed: Cloture):
    run(closed, backup=Recorder(failing), export=Recorder())
    assert states(closed) == {"backup": "failed", "export": "done"}


def test_a_fault_of_a_handler_is_a_failure_told_calmly(closed: Cloture):
    def fault(*_: Any) -> str:
        raise ZeroDivisionError("x")

    [job] = run(closed, backup=fault)
    assert job.state == "failed"
    assert "journal du jour" in job.detail
    assert "ZeroDivision" not in job.detail


def test_a_job_cut_short_is_tried_again_at_once(closed: Cloture):
    def killed(*_: Any) -> str:
        raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            run(closed, backup=killed)
    with closed.open() as shop:
        assert [(j.state, j.attempts) for j in waiting_jobs(shop) if j.job == "backup"] == [
            ("running", 2)
        ]
    assert states(closed)["backup"] == "pending"  # nobody needs to know
    backup = Recorder()
    [job] = run(closed, backup=backup)
    assert (job.state, job.attempts) == ("done", 3)
    assert backup.calls[0].attempts == 2  # the handler is told how often it was begun


def test_done_is_done_once_it_is_recorded_even_if_the_power_goes(
    closed: Cloture, monkeypatch: pytest.MonkeyPatch
):
    def cut(_: ShopRecord) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(ShopRecord, "save", cut)  # the record is written, the views are not
        with pytest.raises(Killed):
            run(closed, backup=Recorder())
    again = Recorder()
    run(closed, backup=again)
    assert again.calls == []
    assert states(closed)["backup"] == "done"


def test_jobs_survive_the_loss_of_their_file(closed: Cloture):
    run(closed, backup=Recorder())
    (closed.folder / "jobs.json").write_text("{", encoding="utf-8")
    with closed.open() as shop:
        shop.documents.rows("jobs")
        shop.rebuild()
    assert states(closed) == {"backup": "done", "export": "pending"}


def test_two_runs_at_once_do_it_once(closed: Cloture):
    others: list[list[Job]] = []

    def meanwhile(shop: Shop, job: Job) -> str:
        others.append(run(closed, backup=Recorder(), export=Recorder()))
        return "fait"

    export = Recorder()
    done = run(closed, backup=meanwhile, export=export)
    assert [job.state for job in done] == ["done", "done"]
    assert others == [[]]
    assert len(export.calls) == 1


def test_a_retry_is_due_at_once(closed: Cloture):
    run(closed, backup=failing)
    with closed.open() as shop:
        retry(shop, BACKUP, closed.now)
    assert [job.state for job in run(closed, backup=Recorder())] == ["done"]
    with closed.open() as shop, pytest.raises(NotFound):
        retry(shop, BACKUP, EVENING)


def test_a_closure_of_nothing_more_hangs_its_own_jobs(closed: Cloture, journal_file: Any):
    closed.later(hours=1)
    closed.done("import", journal_file(ticket(number="2", at="2026-01-05T20:30"), name="b.jsonl"))
    closed.done("close", "general")
    with closed.open() as shop:
        assert [job.id for job in waiting_jobs(shop)] == [
            "G000001/backup",
            "G000001/export",
            "G000002/backup",
            "G000002/export",
        ]
