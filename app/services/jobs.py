"""What follows a closure: jobs kept on disk until done, tried again, each with its own outcome.

A job's state is on disk before it starts. One process runs jobs at a time, so that a job found
`running` was cut short and is tried again: a handler must not mind (it is told how often).

What fails for a reason that passes is tried again after 1, 5, 15 and 60 minutes, then every hour,
and at the next start of the kiosk. What needs a person (`NeedsPerson`: a wrong password, an address
refused) waits until somebody asks for it again: trying by itself would be useless or wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.errors import AppError, NeedsPerson, NotFound

if TYPE_CHECKING:
    from app.store.shop import Shop

_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
_NEVER = datetime.min
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A waiting job: `attempts` counts the tries already begun. `next_try` None: it waits for a
    person; `asked`: a person has asked for this try."""

    id: str
    job: str
    closure: str
    state: str
    attempts: int
    next_try: datetime | None
    detail: str
    asked: bool = False


Handler = Callable[["Shop", Job], str]
"""Does the job and gives a detail to show; an AppError means: try again later, a NeedsPerson: not
before a person asks for it."""


def waiting_jobs(shop: Shop) -> list[Job]:
    """The jobs not done yet: those that wait for a person, then the others as they are due."""
    rows = shop.documents.rows("jobs")
    jobs = [Job(**{**row, "next_try": _moment(row["next_try"])}) for row in rows]
    return sorted(jobs, key=lambda job: (job.next_try is not None, job.next_try or _NEVER, job.id))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def job_states(shop: Shop, closure_id: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The contract's `follow_ups` of a closure: each job's state and detail."""
    rows = [row for row in shop.documents.rows("jobs") if row["closure"] == closure_id]
    for name in shop.documents.names("jobs-done"):
        rows += [row for row in shop.documents.rows(name) if row["closure"] == closure_id]
    known = {row["job"]: row for row in rows}
    return [
        {
            "job": name,
            "state": _shown_state(known.get(name)),
            "detail": known[name]["detail"] if name in known else "",
        }
        for name in names
    ]


def run_due(
    shop: Shop, handlers: Mapping[str, Handler], clock: Callable[[], datetime]
) -> list[Job]:
    """Run the jobs whose time has come; gives those that were tried, as they stand afterwards.

    Another process that is already at it is left to it: then nothing is tried.
    """
    with shop.alone("travaux") as alone:
        if not alone:
            return []
        return [
            _run(shop, job, handlers[job.job], clock)
            for job in waiting_jobs(shop)
            if job.next_try is not None and job.next_try <= clock() and job.job in handlers
        ]


def retry(shop: Shop, job_id: str, now: datetime) -> None:
    """Let a waiting job be tried at once. Raises NotFound."""
    if job_id not in {job.id for job in waiting_jobs(shop)}:
        raise NotFound(f"Aucun travail en attente ne s'appelle {job_id} : « jobs » les montre.")
    _update(shop, job_id, {"next_try": now.isoformat(), "state": "pending", "asked": True})


def wake(shop: Shop, now: datetime) -> None:
    """At a start: let what failed for a reason that passes be tried at once."""
    for job in waiting_jobs(shop):
        if job.state == "failed" and job.next_try is not None and job.next_try > now:
            _update(shop, job.id, {"next_try": now.isoformat()})


def _run(shop: Shop, job: Job, handler: Handler, clock: Callable[[], datetime]) -> Job:
    # What a person asked for is asked once: cut short, it is not asked again by itself.
    begun = {"state": "running", "attempts": job.attempts + 1, "asked": False}
    _update(shop, job.id, begun)
    try:
        detail = handler(shop, job)
    except NeedsPerson as error:
        return _failed(shop, job, str(error), None)
    except AppError as error:
        return _failed(shop, job, str(error), _next_try(job, clock()))
    except Exception:
        _LOG.exception("travail %s", job.id)
        detail = "Erreur imprévue : voyez le journal du jour."
        return _failed(shop, job, detail, _next_try(job, clock()))
    body = {
        "id": job.id,
        "job": job.job,
        "closure": job.closure,
        "state": "done",
        "detail": detail,
        "at": clock().isoformat(),
    }
    with shop.writing():
        shop.append([shop.new_record("job", "event", body)])
    return Job(job.id, job.job, job.closure, "done", job.attempts + 1, clock(), detail)


def _next_try(job: Job, now: datetime) -> datetime:
    return now + _WAITS[min(job.attempts, len(_WAITS) - 1)]


def _failed(shop: Shop, job: Job, detail: str, next_try: datetime | None) -> Job:
    _LOG.warning("travail %s à refaire : %s", job.id, detail)
    change = {
        "state": "failed",
        "detail": detail,
        "next_try": next_try.isoformat() if next_try else None,
    }
    _update(shop, job.id, change)
    return Job(job.id, job.job, job.closure, "failed", job.attempts + 1, next_try, detail)


def _update(shop: Shop, job_id: str, change: Mapping[str, Any]) -> None:
    with shop.writing(), shop.documents.open("jobs") as database:
        database.table("rows").update(dict(change), lambda row: row["id"] == job_id)


def _shown_state(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "off"
    return "pending" if row["state"] == "running" else str(row["state"])
