"""What became of ticket files, as short French text."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.findings import LABELS, Finding
from app.domain.moments import french_date
from app.services.import_tickets import ImportReport

_MOST_FINDINGS = 20


def report_lines(reports: Iterable[ImportReport]) -> list[str]:
    """A line for each file that was taken, then what looks odd, a line a day."""
    taken = [report for report in reports if report.taken]
    found = [finding for report in taken for finding in report.findings]
    return [*(_report_line(report) for report in taken), *_finding_lines(found)]


def _report_line(report: ImportReport) -> str:
    counts = (
        (report.duplicates, "déjà connus"),
        (report.conflicts, "en conflit"),
        (report.late, "en retard"),
        (report.rejected, "lignes illisibles"),
    )
    parts = [f"{report.accepted} tickets pris", *(f"{n} {what}" for n, what in counts if n)]
    return f"{report.source.name} : {', '.join(parts)}."


def _finding_lines(found: list[Finding]) -> list[str]:
    lines = [
        f"  {french_date(f.day)} : {f.count} {LABELS.get(f.kind, f.kind)} (ex. {f.example})"
        for f in found[:_MOST_FINDINGS]
    ]
    more = len(found) - _MOST_FINDINGS
    return [*lines, f"  et {more} autres constats."] if more > 0 else lines
