"""`run-due`: take the inbox in and run the jobs whose time has come, for a scheduled task."""

from __future__ import annotations

import argparse

from app.cli.inbox_text import inbox_lines, inbox_notes
from app.cli.jobs_text import job_json, job_line
from app.cli.program import Outcome, Program
from app.errors import AppError
from app.services.inbox import InboxReport, inbox_json, take_inbox
from app.services.jobs import Job, run_due, waiting_jobs
from app.services.settings import load_settings
from app.services.ticket_sources import Intake

NAME = "run-due"
HELP = "faire ce qui est dû : relever la boîte de réception, puis les travaux en attente"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No argument."""


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Do what is due; 3 when something failed and will be tried again."""
    with program.open_shop() as shop:
        intake = Intake(shop, program.ticket_sources, load_settings(shop), program.clock())
        report = _inbox(intake)
        tried = run_due(shop, program.follow_ups, program.clock)
        waiting = waiting_jobs(shop)
    failed = [job for job in tried if job.state != "done"]
    content = {
        "inbox": inbox_json(report),
        "jobs": [job_json(job) for job in tried],
        "waiting": [job_json(job) for job in waiting],
    }
    code = 0 if report.is_whole and not failed else 3
    lines = [*inbox_lines(report), *_job_lines(tried, waiting)]
    notes = (*inbox_notes(report), *(job_line(job) for job in failed))
    return Outcome("\n".join(lines) or "Rien n'était dû.", content, code, notes)


def _inbox(intake: Intake) -> InboxReport:
    try:
        return take_inbox(intake)
    except AppError as error:  # the jobs don't wait for the inbox to be mended
        return InboxReport(problems=(str(error),))


def _job_lines(tried: list[Job], waiting: list[Job]) -> list[str]:
    done = [job_line(job) for job in tried if job.state == "done"]
    left = [job_line(job) for job in waiting]
    return [*done, *(["Il reste à faire :", *left] if left else [])]
