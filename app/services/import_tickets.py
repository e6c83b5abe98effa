"""Take tickets in: each one once, a file whole or not at all unless asked otherwise.

Identity decides: the same ticket again is a duplicate; the same identity with other content is a
conflict, where the first one stands and both are kept (contract, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.domain.canonical import canonical_bytes
from app.domain.examining import is_future, with_unknown_rates
from app.domain.findings import Finding, NumberWatch, finding_json, gather, ticket_findings
from app.domain.moments import french_moment
from app.domain.tenders import UNKNOWN
from app.domain.ticket import (
    Ticket,
    content_json,
    content_mark,
    identity,
    is_plain,
    recorded_json,
)
from app.domain.voids import marks_of
from app.services.roles import check_takes_tickets
from app.services.settings import load_settings
from app.services.void_matching import VoidMatching

if TYPE_CHECKING:
    from datetime import datetime

    from app.formats.rejected import Rejected
    from app.store.day_index import Entry
    from app.store.shop import Shop

_SHOWN_REJECTIONS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Where tickets come from: the file's name and the profile that read it."""

    name: str
    profile: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file. `taken` is False when it was refused whole.

    `tells_payments`: it is a second file, whose tickets here are those that no other file has.
    """

    source: Source
    taken: bool
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    rejected: int = 0
    late: int = 0
    findings: tuple[Finding, ...] = ()
    rejections: tuple[Rejected, ...] = ()
    tells_payments: bool = False


class _Refused(Exception):
    """Undoes the writing of a file of which a part can't be read."""


def import_tickets(
    shop: Shop,
    items: Iterable[Ticket | Rejected],
    source: Source,
    rates: frozenset[tuple[int, str]],
    now: datetime,
    *,
    by: str = "",
    accept_partial: bool = False,
) -> ImportReport:
    """Take one file's tickets in, as one group of the journal.

    `rates` are the (rate, nature) pairs of the VAT table; a line of another one is a finding.
    Raises TicketsRefused where nobody closes, UnreadableFile (from `items`), Busy, DiskFull: then
    nothing has changed.
    """
    with shop.writing(), shop.drafts() as drafts:
        check_takes_tickets(load_settings(shop))
        sieve = _Sieve(shop, drafts, rates, now)
        records = _records(shop, sieve, items, source, now, by, accept_partial)
        try:
            shop.append_unless_empty(records)
        except _Refused:
            return sieve.report(source, taken=False)
        return sieve.report(source, taken=True)


def _records(
    shop: Shop,
    sieve: _Sieve,
    items: Iterable[Ticket | Rejected],
    source: Source,
    now: datetime,
    by: str,
    accept_partial: bool,
) -> Iterator[Any]:
    for item in items:
        if not isinstance(item, Ticket):
            sieve.reject(item)
        elif accept_partial or not sieve.rejected:
            record = sieve.sift(item)
            if record is not None:
                yield record
    if sieve.rejected and not accept_partial:
        raise _Refused
    if sieve.accepted or sieve.conflicts:
        detail = {
            # A name that is no text (Linux allows it) is told as far as it can be.
            "file": source.name.encode("utf-8", "replace").decode("utf-8"),
            "profile": source.profile,
            "accepted": sieve.accepted,
            "duplicates": sieve.duplicates,
            "conflicts": sieve.conflicts,
            "rejected": sieve.rejected,
        }
        yield shop.event("import", now, by, detail)


@dataclass
class _Sieve:
    """Tells new tickets from duplicates and conflicts, against the record and this very file."""

    shop: Shop
    drafts: Any
    rates: frozenset[tuple[int, str]]
    now: datetime
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    rejected: int = 0
    late: int = 0
    rejections: list[Any] = field(default_factory=list)
    findings: dict[Any, Finding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = NumberWatch(dict(self.shop.ledger.numbers))
        self.voids = VoidMatching(self.shop, self.drafts)

    def reject(self, rejection: Any) -> None:
        self.rejected += 1
        if len(self.rejections) < _SHOWN_REJECTIONS:
            self.rejections.append(rejection)

    def sift(self, ticket: Ticket) -> Any:
        """The record to write for a ticket, or None for a duplicate."""
        said = content_json(ticket)
        data = canonical_bytes(said)
        content = content_mark(data)
        name = identity(ticket, content)
        day = ticket.day.isoformat()
        known = self.shop.entries(day).get(name) or self.drafts.entries(day).get(name)
        if known is not None and known.content == content[:32]:
            self.duplicates += 1
            return None
        if known is not None:
            return self._conflict(ticket, content, name, known)
        ticket = self.voids.matched(with_unknown_rates(ticket, self.rates))
        record = recorded_json(ticket, said)
        if not is_plain(record):
            data = canonical_bytes(record)
            for mark in marks_of(record):
                self.drafts.note_mark(mark, ticket.at)
        self.drafts.note(day, name, content, ticket, data)
        self.accepted += 1
        end = self.shop.ledger.end_of(ticket.drawer_id)
        self.late += end is not None and ticket.at <= end
        self.numbers.take(ticket)
        for finding in ticket_findings(ticket):
            self._find(finding)
        if is_future(ticket, self.now):
            self._find(Finding("future", ticket.day, 1, french_moment(ticket.at)))
        return self.shop.new_record("ticket", f"ticket/{ticket.till}", record, data)

    def _conflict(self, ticket: Ticket, content: str, name: str, known: Entry) -> Any:
        # A conflict is itself kept once: the same other content again is a duplicate of it.
        day = ticket.day.isoformat()
        mark = f"!{name}|{content[:32]}"
        if mark in self.shop.entries(day) or mark in self.drafts.entries(day):
            self.duplicates += 1
            return None
        self.drafts.note(day, mark, content, ticket)
        self.conflicts += 1
        kind = "tender_late" if self._only_tells_tender(ticket, known) else "conflict"
        self._find(Finding(kind, ticket.day, 1, ticket.number))
        body = {"identity": name, "content": content[:32], "ticket": content_json(ticket)}
        return self.shop.new_record("conflict", f"conflict/{ticket.till}", body)

    def _only_tells_tender(self, ticket: Ticket, known: Entry) -> bool:
        """Whether a ticket is the recorded one but for its tender, which was unknown."""
        store = self.drafts if known.position[0] == 0 else self.shop
        first = store.ticket_at(known)
        return {p.method for p in first.payments} <= {UNKNOWN} and content_json(
            replace(ticket, payments=first.payments)
        ) == content_json(first)

    def _find(self, finding: Finding) -> None:
        known = self.findings.get(finding.key)
        if known is not None:
            finding = replace(known, count=known.count + finding.count)
        self.findings[finding.key] = finding

    def report(self, source: Source, *, taken: bool) -> ImportReport:
        findings = gather([*self.findings.values(), *self.numbers.findings])
        if not taken:
            return ImportReport(
                source, False, rejected=self.rejected, rejections=tuple(self.rejections)
            )
        return ImportReport(
            source,
            True,
            self.accepted,
            self.duplicates,
            self.conflicts,
            self.rejected,
            self.late,
            findings,
            tuple(self.rejections),
        )


def report_json(reports: Iterable[ImportReport]) -> dict[str, Any]:
    """The contract's shape of `import --json`, over all files."""
    reports = list(reports)
    totals = {
        key: sum(getattr(report, key) for report in reports)
        for key in ("accepted", "duplicates", "conflicts", "rejected", "late")
    }
    return {
        **totals,
        "findings": [
            finding_json(f) for f in gather(f for report in reports for f in report.findings)
        ],
        "files": [_file_json(report) for report in reports],
    }


def _file_json(report: ImportReport) -> dict[str, Any]:
    return {
        "file": report.source.name,
        "profile": report.source.profile,
        "payments": report.tells_payments,
        "taken": report.taken,
        "accepted": report.accepted,
        "duplicates": report.duplicates,
        "conflicts": report.conflicts,
        "rejected": report.rejected,
        "late": report.late,
        "rejections": [
            {"line": r.line, "reason": r.reason, "text": r.text} for r in report.rejections
        ],
    }
