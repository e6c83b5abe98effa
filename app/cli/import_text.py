"""What became of ticket files, as short French text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.findings import Finding, gather, label_of
from app.domain.moments import french_date
from app.domain.words import count_of
from app.services.import_tickets import ImportReport

_MOST_FINDINGS = 20


def report_lines(reports: Iterable[ImportReport]) -> list[str]:
    """A line for each file that was taken, then what looks odd, a line a day."""
    taken = [report for report in reports if report.taken]
    found = gather(finding for report in taken for finding in report.findings)
    return [*(_report_line(report) for report in taken), *finding_lines(found)]


def _report_line(report: ImportReport) -> str:
    counts = (
        (report.duplicates, "déjà connu", "déjà connus"),
        (report.conflicts, "en conflit", "en conflit"),
        (report.late, "en retard", "en retard"),
        (report.rejected, "ligne illisible", "lignes illisibles"),
    )
    taken = count_of(report.accepted, "ticket pris", "tickets pris")
    if report.tells_payments:
        more = (
            report.accepted,
            "ticket pris sans ses articles",
            "tickets pris sans leurs articles",
        )
        taken = f"règlements lus, {count_of(*more)}" if report.accepted else "règlements lus"
    parts = [taken, *(count_of(*count) for count in counts if count[0])]
    return f"{report.source.name} : {', '.join(parts)}."


def finding_lines(found: Sequence[Finding]) -> list[str]:
    """What looks odd, a line a day and kind; the first of many."""
    lines = [
        f"  {french_date(f.day)} : {f.count} {label_of(f.kind, f.count, f.of)} (ex. {f.example})"
        for f in found[:_MOST_FINDINGS]
    ]
    more = len(found) - _MOST_FINDINGS
    return (
        [*lines, f"  et {count_of(more, 'autre constat', 'autres constats')}."]
        if more > 0
        else lines
    )
