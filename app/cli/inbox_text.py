"""What became of the inbox, as short French text and notes: `inbox` and `run-due` show it."""

from __future__ import annotations

from app.cli.import_text import report_lines
from app.domain.words import count_of
from app.services.inbox import InboxReport


def inbox_lines(report: InboxReport) -> list[str]:
    """What was taken and what waits; empty when the inbox was."""
    waiting = [f"{name} attend : {reason}." for name, reason in report.waiting]
    return [*report_lines(report.reports), *waiting]


def inbox_notes(report: InboxReport) -> tuple[str, ...]:
    """A sentence for each file that could not be taken, wholly or in part."""
    places = dict(report.moved)
    refused = [
        f"{name} refusé ({places[name]}) : {reason}" if name in places else reason
        for name, reason in report.refused
    ]
    partial = [
        f"{r.source.name} : "
        + count_of(
            r.rejected,
            "ligne illisible, gardée avec sa raison",
            "lignes illisibles, gardées avec leurs raisons",
        )
        + " dans inbox/refuses."
        for r in report.reports
        if r.rejected
    ]
    return (*refused, *partial, *report.problems)
