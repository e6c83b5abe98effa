"""What became of files of tickets, added up for a person: by hand or from the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath

from app.domain.findings import Finding, gather
from app.services.import_tickets import ImportReport
from app.services.inbox import InboxReport


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: `taken` whole or in part, else `reason` (French) says why not."""

    name: str
    taken: bool
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    rejected: int = 0
    late: int = 0
    reason: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that gave no ticket: its file, number, reason and text."""

    file: str
    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All files together; `problems` are sentences about what stopped the work."""

    accepted: int
    duplicates: int
    conflicts: int
    rejected: int
    late: int
    files: tuple[FileLine, ...]
    findings: tuple[Finding, ...]
    refused: tuple[RefusedLine, ...]
    problems: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """`ok` all taken · `warn` in part · `bad` nothing of what there was · `off` no file."""
        ready = [file for file in self.files if not file.waits]
        if not ready and not self.problems:
            return "off"
        if not any(file.taken for file in ready):
            return "bad"
        whole = all(file.taken and not file.rejected for file in ready)
        return "ok" if whole and not self.problems else "warn"


def summary_of(reports: Sequence[ImportReport]) -> Summary:
    """The summary of files taken by hand."""
    return _summary(reports, (), ())


def summary_of_inbox(report: InboxReport) -> Summary:
    """The summary of a run through the inbox."""
    others = [
        *(FileLine(base_name(n), False, reason=reason) for n, reason in report.refused),
        *(FileLine(base_name(n), False, reason=reason, waits=True) for n, reason in report.waiting),
    ]
    return _summary(report.reports, others, report.problems)


def base_name(path: str) -> str:
    """The name of a file in its folder, whichever system wrote the path."""
    return PureWindowsPath(path).name if "\\" in path else PurePath(path).name


def _summary(
    reports: Sequence[ImportReport], others: Sequence[FileLine], problems: Sequence[str]
) -> Summary:
    taken = [report for report in reports if report.taken]
    return Summary(
        accepted=sum(r.accepted for r in taken),
        duplicates=sum(r.duplicates for r in taken),
        conflicts=sum(r.conflicts for r in taken),
        rejected=sum(r.rejected for r in reports),
        late=sum(r.late for r in taken),
        files=(*(_line(r) for r in reports), *others),
        findings=gather(f for r in taken for f in r.findings),
        refused=tuple(
            RefusedLine(base_name(r.source.name), x.line, x.reason, x.text)
            for r in reports
            for x in r.rejections
        ),
        problems=tuple(problems),
    )


def _line(report: ImportReport) -> FileLine:
    return FileLine(
        base_name(report.source.name),
        report.taken,
        report.accepted,
        report.duplicates,
        report.conflicts,
        report.rejected,
        report.late,
        "" if report.taken else "des lignes ne se lisent pas : rien n'a été pris",
    )
