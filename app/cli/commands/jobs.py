"""`jobs`: what follows closures and is not done yet."""

from __future__ import annotations

import argparse

from app.cli.jobs_text import job_json, job_line
from app.cli.program import Outcome, Program
from app.services.jobs import retry, waiting_jobs

NAME = "jobs"
HELP = "montrer les travaux qui attendent, ou en faire réessayer un"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="retry")
    again = actions.add_parser("retry", help="réessayer un travail dès maintenant")
    again.add_argument("id", metavar="ID", help="par exemple G000123/backup")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """List the waiting jobs, after letting one be tried again if asked."""
    with program.open_shop() as shop:
        if args.action == "retry":
            retry(shop, args.id, program.clock())
        jobs = waiting_jobs(shop)
    lines = [job_line(job) for job in jobs] or ["Aucun travail n'attend."]
    if args.action == "retry":
        lines.insert(0, f"{args.id} sera réessayé au prochain « run-due ».")
    return Outcome("\n".join(lines), {"jobs": [job_json(job) for job in jobs]})
