"""Waiting jobs as JSON and as short French text: `jobs` and `run-due` show them."""

from __future__ import annotations

from typing import Any

from app.domain.moments import french_moment
from app.services.jobs import Job

_STATES = {
    "pending": "en attente",
    "running": "commencé, sera repris",
    "failed": "à refaire",
    "done": "fait",
}


def job_json(job: Job) -> dict[str, Any]:
    """One job as JSON."""
    return {
        "id": job.id,
        "job": job.job,
        "closure": job.closure,
        "state": job.state,
        "attempts": job.attempts,
        "next_try": job.next_try.isoformat() if job.next_try and job.state != "done" else None,
        "detail": job.detail,
    }


def job_line(job: Job) -> str:
    """One job in one line: its state, when it will be tried, what was said last."""
    when = ""
    if job.state != "done":
        when = ", attend quelqu'un (« jobs retry »)"
        if job.next_try is not None:
            when = f", prochain essai le {french_moment(job.next_try)}"
    detail = f" ({job.detail})" if job.detail else ""
    return f"{job.id} : {_STATES.get(job.state, job.state)}{when}{detail}"
