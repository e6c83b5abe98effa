"""Findings: what looks odd in recorded tickets. They are shown, one line a day; none refuses.

Kinds: a gap in numbers, a clock that went back, a zero price, sums that don't add up, an unknown
article, VAT rate or voided ticket, a record that no longer matches its fingerprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.money import multiply_cents
from app.domain.ticket import TURNOVER_NATURES, Line, Ticket, payment_gap

LABELS = {
    "gap": "numéros de ticket manquants",
    "clock_back": "heure qui recule d'un ticket à l'autre",
    "zero_price": "lignes à prix nul",
    "sums_off": "tickets dont les sommes ne tombent pas juste",
    "unknown_article": "articles inconnus de la table",
    "unknown_rate": "taux de TVA absents de la table",
    "unknown_ref": "annulations d'un ticket introuvable",
    "conflict": "tickets reçus deux fois avec un contenu différent",
    "damaged": "enregistrements qui ne correspondent plus à leur empreinte",
    "count_off": "comptages dont le détail ne tombe pas juste",
}


_NUMBER = re.compile(r"^(.*?)(\d{1,18})$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of oddity on one day: how many, and one example (a ticket number or a text)."""

    kind: str
    day: date
    count: int
    example: str


def finding_json(finding: Finding) -> dict[str, Any]:
    """The contract's shape of a finding."""
    return {
        "kind": finding.kind,
        "day": finding.day.isoformat(),
        "count": finding.count,
        "example": finding.example,
    }


def finding_from_json(record: Mapping[str, Any]) -> Finding:
    """Read a finding back."""
    return Finding(
        record["kind"], date.fromisoformat(record["day"]), record["count"], record["example"]
    )


def gather(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per kind and day, counts added, the first example kept."""
    merged: dict[tuple[date, str], Finding] = {}
    for new in findings:
        known = merged.get((new.day, new.kind))
        merged[new.day, new.kind] = (
            new
            if known is None
            else Finding(new.kind, new.day, known.count + new.count, known.example)
        )
    return tuple(merged[key] for key in sorted(merged))


def ticket_findings(ticket: Ticket) -> list[Finding]:
    """What is odd in one ticket by itself."""
    name = ticket.number or ticket.at.strftime("%H:%M")
    kinds = list(ticket.findings)
    kinds += ["zero_price" for line in ticket.lines if _is_zero_priced(line)]
    kinds += ["unknown_rate" for line in ticket.lines if _lacks_rate(line)]
    if _sums_are_off(ticket):
        kinds.append("sums_off")
    return [Finding(kind, ticket.day, 1, name) for kind in kinds]


class NumberWatch:
    """Watches each till's ticket numbers for gaps, and for a clock that goes back.

    `last_numbers` maps `till|prefix` to the last number known before and its day. A number that
    starts again, or comes late, is no gap. Tickets of one day may come in any order.
    """

    def __init__(self, last_numbers: Mapping[str, Sequence[Any]]) -> None:
        self._before = dict(last_numbers)
        self._day: dict[str, tuple[date, list[tuple[int, datetime]]]] = {}
        self._found: list[Finding] = []

    def take(self, ticket: Ticket) -> None:
        """Note one ticket's number and moment."""
        match = _NUMBER.match(ticket.number)
        if match is None:
            return
        series = f"{ticket.till}|{match[1]}"
        day, members = self._day.get(series, (ticket.day, []))
        if day != ticket.day:
            self._settle(series)
            members = []
        members.append((int(match[2]), ticket.at))
        self._day[series] = (ticket.day, members)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The gaps and backward clocks found so far."""
        for series in list(self._day):
            self._settle(series)
        return gather(self._found)

    @property
    def last(self) -> dict[str, Sequence[Any]]:
        """The newest number of each series and its day (`[150225, "2021-01-02"]`)."""
        for series in list(self._day):
            self._settle(series)
        return dict(sorted(self._before.items()))

    def _settle(self, series: str) -> None:
        day, members = self._day.pop(series)
        known, known_day = self._before.get(series, (None, ""))
        comes_late = day.isoformat() < known_day
        before = None if comes_late else known
        clock: datetime | None = None
        for number, at in sorted(members):
            if before is not None and number > before + 1:
                text = f"{before} → {number}"
                self._found.append(Finding("gap", day, number - before - 1, text))
            if clock is not None and at < clock:
                self._found.append(Finding("clock_back", day, 1, str(number)))
            before, clock = number, at
        if not comes_late:
            self._before[series] = [before, day.isoformat()]


def _is_zero_priced(line: Line) -> bool:
    return line.total == 0 and line.discount == 0 and line.qty != 0 and not line.unit


def _sums_are_off(ticket: Ticket) -> bool:
    if ticket.kind == "void" and ticket.reverses is not None:
        return False
    return payment_gap(ticket) != 0 or any(_line_is_off(line) for line in ticket.lines)


def _lacks_rate(line: Line) -> bool:
    return line.nature in TURNOVER_NATURES and line.vat is None


def _line_is_off(line: Line) -> bool:
    if line.unit is None:
        return False
    # One cent of grace: sources round weighed articles in their own way.
    return abs(multiply_cents(line.unit, line.qty) - line.discount - line.total) > 1
