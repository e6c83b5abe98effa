"""Findings: what looks odd in recorded tickets. They are shown, one line a day; none refuses.

Kinds: a gap in numbers, a clock that went back or runs ahead, a zero price, sums or a tax that
don't add up, a refund with a positive line, an unknown article or voided ticket, a VAT rate that is
unknown or missing, amounts with the sign of another currency, a ticket voided twice, before it came
or by other lines than its own, a record that no longer matches its fingerprint (it counts as it
reads) or can't be read any more (it doesn't count).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from app.domain.effect import payment_gap
from app.domain.moments import in_paris
from app.domain.money import multiply_cents
from app.domain.ticket import TURNOVER_NATURES, Line, Ticket

CURRENCY = "currency"

LABELS = {
    "gap": ("numéro de ticket manquant", "numéros de ticket manquants"),
    "clock_back": (
        "heure qui recule d'un ticket à l'autre",
        "heures qui reculent d'un ticket à l'autre",
    ),
    "zero_price": ("ligne à prix nul", "lignes à prix nul"),
    "sums_off": (
        "ticket dont les sommes ne tombent pas juste",
        "tickets dont les sommes ne tombent pas juste",
    ),
    "refund_positive": (
        "remboursement avec une ligne positive, comptée en vente",
        "remboursements avec une ligne positive, comptée en vente",
    ),
    "unknown_article": ("article inconnu de la table", "articles inconnus de la table"),
    "unknown_rate": ("taux de TVA absent de la table", "taux de TVA absents de la table"),
    "no_rate": ("ligne sans taux de TVA", "lignes sans taux de TVA"),
    "tva_off": (
        "ticket dont la TVA ne va pas avec le taux",
        "tickets dont la TVA ne va pas avec le taux",
    ),
    "future": (
        "ticket daté de plus d'un jour dans l'avenir",
        "tickets datés de plus d'un jour dans l'avenir",
    ),
    "unknown_ref": (
        "annulation d'un ticket introuvable",
        "annulations d'un ticket introuvable",
    ),
    "void_again": (
        "annulation d'un ticket déjà annulé, qui ne compte pas",
        "annulations d'un ticket déjà annulé, qui ne comptent pas",
    ),
    "void_first": (
        "ticket reçu après son annulation, qui compte avec lui",
        "tickets reçus après leur annulation, qui compte avec eux",
    ),
    "void_differs": (
        "annulation dont les lignes ne sont pas celles de son ticket",
        "annulations dont les lignes ne sont pas celles de leur ticket",
    ),
    "conflict": (
        "ticket reçu deux fois avec un contenu différent",
        "tickets reçus deux fois avec un contenu différent",
    ),
    "tender_late": (
        "ticket déjà pris sans son règlement, qui reste « Inconnu »",
        "tickets déjà pris sans leur règlement, qui reste « Inconnu »",
    ),
    "damaged": (
        "enregistrement abîmé dans le journal",
        "enregistrements abîmés dans le journal",
    ),
    "split_payment": (
        "règlement partagé sans montants",
        "règlements partagés sans montants",
    ),
    CURRENCY: (
        "ticket aux montants en {of}, comptés comme des euros",
        "tickets aux montants en {of}, comptés comme des euros",
    ),
    "tax_off": (
        "ticket dont HT et TVA ne font pas le TTC",
        "tickets dont HT et TVA ne font pas le TTC",
    ),
    "rate_split": (
        "ticket réparti entre taux d'après sa TVA",
        "tickets répartis entre taux d'après leur TVA",
    ),
    "no_detail": (
        "ticket connu par son seul règlement, sans ses articles",
        "tickets connus par leur seul règlement, sans leurs articles",
    ),
    "no_payment": (
        "ticket dont le règlement n'est pas dans les fichiers reçus",
        "tickets dont le règlement n'est pas dans les fichiers reçus",
    ),
    "count_unknown": (
        "mode de règlement compté que la boutique ne connaît pas",
        "modes de règlement comptés que la boutique ne connaît pas",
    ),
    "count_off": (
        "comptage dont le détail ne tombe pas juste",
        "comptages dont le détail ne tombe pas juste",
    ),
}
"""How each kind is told: of one, and of several; `{of}` is what the kind is about."""

DAMAGE_CURE = (
    "Enregistrement abîmé : gardez le dossier tel quel, lancez « verify », puis reprenez la "
    "dernière sauvegarde saine ou appelez le support."
)
"""What a person does about damage, below its finding."""

Mark = tuple[int, str]
"""A ticket number and its calendar day (`(150225, "2021-01-02")`)."""

Spans = Sequence[Sequence[int]]
"""Numbers as ascending (first, last) pairs, both included."""

_MOST_ROUNDED = 100
"""Articles of a line whose tax may have been rounded one by one; a weight in grams is no count."""

_NUMBER = re.compile(r"(.*?)([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of oddity on one day: how many, and one example (a ticket number or a text).

    `of` is what the kind is about, where it needs telling: for `currency`, the sign (`$`).
    """

    kind: str
    day: date
    count: int
    example: str
    of: str = ""

    @property
    def key(self) -> tuple[date, str, str]:
        """What findings that count as one have in common."""
        return self.day, self.kind, self.of


def label_of(kind: str, count: int = 2, of: str = "") -> str:
    """How a kind is told of so many; without a number, as the title of a row."""
    one, several = LABELS.get(kind, (kind, kind))
    return (one if count < 2 else several).replace("{of}", of)


def currency_kind(sign: str) -> str:
    """What a ticket's `findings` hold when amounts of it bear the sign of another currency."""
    return f"{CURRENCY} {sign}"


def is_currency_kind(kind: str) -> bool:
    """Whether an entry of a ticket's `findings` is one of `currency_kind`."""
    return kind.startswith(f"{CURRENCY} ")


def finding_json(finding: Finding) -> dict[str, Any]:
    """The contract's shape of a finding; `of` only where it says something."""
    record = {
        "kind": finding.kind,
        "day": finding.day.isoformat(),
        "count": finding.count,
        "example": finding.example,
    }
    return {**record, "of": finding.of} if finding.of else record


def finding_from_json(record: Mapping[str, Any]) -> Finding:
    """Read a finding back."""
    day = date.fromisoformat(record["day"])
    return Finding(record["kind"], day, record["count"], record["example"], record.get("of", ""))


def gather(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per kind and day, counts added, the first example kept."""
    merged: dict[tuple[date, str, str], Finding] = {}
    for new in findings:
        known = merged.get(new.key)
        merged[new.key] = new if known is None else replace(known, count=known.count + new.count)
    return tuple(merged[key] for key in sorted(merged))


def ticket_findings(ticket: Ticket) -> list[Finding]:
    """What is odd in one ticket by itself (a void's own lines and payments don't count)."""
    kinds = list(ticket.findings)
    if ticket.kind != "void":
        kinds += ["zero_price" for line in ticket.lines if _is_zero_priced(line)]
        kinds += ["no_rate" for line in ticket.lines if _lacks_rate(line)]
        kinds += ["sums_off"] if _sums_are_off(ticket) else []
        kinds += ["refund_positive"] if _is_no_refund(ticket) else []
        kinds += ["tva_off"] if any(map(_tva_is_off, ticket.lines)) else []
    name = ticket.number or in_paris(ticket.at).strftime("%H:%M")
    return [_of_ticket(kind, ticket.day, name) for kind in kinds]


def _of_ticket(kind: str, day: date, name: str) -> Finding:
    if is_currency_kind(kind):
        return Finding(CURRENCY, day, 1, name, kind.removeprefix(f"{CURRENCY} "))
    return Finding(kind, day, 1, name)


def unreadable_words(place: tuple[int, int], number: str = "") -> str:
    """A record that can't be read, as an example: its ticket if that is known, and its place."""
    ticket = f"ticket {number}" if number else "enregistrement"
    return f"{ticket} illisible, non compté : J{place[0]:06d}.jsonl, octet {place[1]}"


def _is_zero_priced(line: Line) -> bool:
    return line.total == 0 and line.discount == 0 and line.qty != 0 and not line.unit


def _is_no_refund(ticket: Ticket) -> bool:
    """Whether a refund has a line that takes money in: it counts as it is, with the sales."""
    return ticket.kind == "refund" and any(line.total > 0 for line in ticket.lines)


def _sums_are_off(ticket: Ticket) -> bool:
    return payment_gap(ticket) != 0 or any(_line_is_off(line) for line in ticket.lines)


def _lacks_rate(line: Line) -> bool:
    return line.nature in TURNOVER_NATURES and line.vat is None


def _line_is_off(line: Line) -> bool:
    if line.unit is None:
        return False
    # One cent of grace: sources round weighed articles in their own way.
    return abs(multiply_cents(line.unit, line.qty) - line.discount - line.total) > 1


def _tva_is_off(line: Line) -> bool:
    """Whether the tax that the source gives for a line can't be that of its rate.

    A cent of grace, and half a cent more for each article: sources round in their own ways. Where
    the rate is not known, a tax that is more than the price, or of the other sign.
    """
    if line.tva is None or line.nature not in TURNOVER_NATURES:
        return False
    if line.vat is None:
        return not min(0, line.total) <= line.tva <= max(0, line.total)
    grace = 1 + min(abs(line.qty), Decimal(_MOST_ROUNDED)) / 2
    # Times 10,000 + rate, so that nothing is divided.
    off = abs(line.tva * (10_000 + line.vat) - line.total * line.vat)
    return off > grace * (10_000 + line.vat)


def number_of(till: str, number: str) -> tuple[str, int] | None:
    """The series of a ticket number (`till|prefix`) and its value; None when it has no digits."""
    match = _NUMBER.fullmatch(number)
    return None if match is None else (f"{till}|{match[1]}", int(match[2]))


@dataclass(frozen=True, slots=True)
class Series:
    """What the record knows of one series of ticket numbers.

    `recorded` is its newest number in the journal, `checked` the newest that a closure looked at
    for gaps. `waiting` holds by day what closures of a single drawer took where a till has several
    drawers: only a closure of the whole till can tell whether a number is missing.
    """

    recorded: Mark | None = None
    checked: Mark | None = None
    waiting: Mapping[str, Spans] = field(default_factory=dict)


class NumberWatch:
    """Watches each till's ticket numbers for gaps, and for a clock that goes back.

    A number that starts again on another day, or comes late, is no gap. Tickets of one day may come
    in any order.
    """

    def __init__(self, known: Mapping[str, Series]) -> None:
        self._known = known
        self._day: dict[str, tuple[date, list[tuple[int, datetime]]]] = {}
        self._spans: defaultdict[str, dict[str, Spans]] = defaultdict(dict)
        self._clocks: list[Finding] = []

    def take(self, ticket: Ticket) -> None:
        """Note one ticket's number and moment."""
        found = number_of(ticket.till, ticket.number)
        if found is None:
            return
        series, number = found
        day, members = self._day.get(series, (ticket.day, []))
        if day != ticket.day:
            self._settle(series)
            members = []
        members.append((number, ticket.at))
        self._day[series] = (ticket.day, members)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Backward clocks, and gaps after what the journal already holds."""
        gaps = [
            finding
            for series, days in self._settled().items()
            for finding in _gaps(self._known.get(series, Series()).recorded, days)[0]
        ]
        return gather([*self._clocks, *gaps])

    @property
    def clocks(self) -> tuple[Finding, ...]:
        """The backward clocks alone."""
        self._settled()
        return gather(self._clocks)

    def checked(
        self, holds: Callable[[str], bool], last_day: date
    ) -> tuple[tuple[Finding, ...], dict[str, list[Any]]]:
        """The gaps since the last check, waiting numbers included, in the tills that `holds` takes.

        Also gives the newest number of each of their series and its day: `[150225, "2021-01-02"]`.
        Days after `last_day` are those of a clock gone wrong: they neither count nor mark.
        """
        found: list[Finding] = []
        last: dict[str, list[Any]] = {}
        spans = self._settled()
        for series in sorted({*spans, *self._known}):
            known = self._known.get(series, Series())
            both = _both(known.waiting, spans.get(series, {}))
            days = {day: held for day, held in both.items() if day <= last_day.isoformat()}
            if days and holds(series.partition("|")[0]):
                gaps, mark = _gaps(known.checked, days)
                found += gaps
                last[series] = [*mark]
        return gather(found), last

    def unchecked(self) -> dict[str, list[Any]]:
        """The same, all numbers left to wait: `[225, "2021-01-02", {"2021-01-03": [[230, 231]]}]`.

        The first two are null before any check.
        """
        left: dict[str, list[Any]] = {}
        for series, days in sorted(self._settled().items()):
            known = self._known.get(series, Series())
            left[series] = [*(known.checked or (None, None)), _both(known.waiting, days)]
        return left

    def _settled(self) -> Mapping[str, Mapping[str, Spans]]:
        for series in list(self._day):
            self._settle(series)
        return self._spans

    def _settle(self, series: str) -> None:
        day, members = self._day.pop(series)
        members.sort()
        for (_, before), (number, at) in pairwise(members):
            if at < before:
                self._clocks.append(Finding("clock_back", day, 1, str(number)))
        known = self._spans[series].get(day.isoformat(), ())
        self._spans[series][day.isoformat()] = _merged([*known, *((n, n) for n, _ in members)])


def _gaps(known: Mark | None, days: Mapping[str, Spans]) -> tuple[list[Finding], Mark]:
    """The numbers missing after `known` and between these, and the newest number of all."""
    found: list[Finding] = []
    reach = known or (0, "")
    for day, spans in sorted(days.items()):
        if day < reach[1]:
            continue  # late: its neighbours were there before
        first = spans[0][0]
        starts_anew = not reach[1] or (day > reach[1] and first <= reach[0])
        highest = first - 1 if starts_anew else reach[0]
        for low, high in spans:
            if low > highest + 1:
                text = f"{highest} → {low}"
                found.append(Finding("gap", date.fromisoformat(day), low - highest - 1, text))
            highest = max(highest, high)
        reach = (highest, day)
    return found, reach


def _both(a: Mapping[str, Spans], b: Mapping[str, Spans]) -> dict[str, Spans]:
    return {day: _merged([*a.get(day, ()), *b.get(day, ())]) for day in sorted({*a, *b})}


def _merged(spans: Iterable[Sequence[int]]) -> list[list[int]]:
    merged: list[list[int]] = []
    for first, last in sorted(tuple(span) for span in spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return merged
