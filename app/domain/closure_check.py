"""Checking closures against the record they close: each is worked out again from its tickets.

The record is folded as the shop folds it; before a closure is taken in, what the rules make of the
tickets and closures at that point is compared with what it says (contract, chapters 2 and 5).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.canonical import canonical_bytes
from app.domain.cash import Count
from app.domain.closing import Rules, Terms, TillZ, draw_up, next_number, running_totals
from app.domain.figures import Figures, add, figures_from_json, figures_json, total_of
from app.domain.ledger import Ledger, Position
from app.domain.money import euros
from app.domain.open_places import OpenPlaces
from app.domain.periods import period_day, period_year
from app.domain.reading import Reading
from app.domain.record_chains import Complaint
from app.domain.scope import GENERAL, MONTH, YEAR, Scope, closure_id
from app.domain.settings import day_change_of, year_end_of
from app.domain.tenders import CASH
from app.domain.ticket import read_ticket
from app.domain.voids import VoidsFollowed
from app.domain.words import count_of
from app.errors import AppError

Reread = Callable[[Iterable[tuple[Position, int]]], Iterator[tuple[Position, bytes]]]
"""Gives the lines at (position, length) places again."""

_MALFORMED = (AppError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
_WORDS = {
    "id": "son identifiant n'est pas celui de son numéro",
    "number": "son numéro ne suit pas celui de la clôture précédente",
    "business_day": "sa journée n'est pas celle de ses tickets",
    "fiscal_year": "son exercice n'est pas celui de sa journée",
    "end": "sa fin n'est pas celle de ses tickets",
    "opened_at": "son début n'est pas la fin de la période précédente",
    "covers": "les clôtures qu'elle reprend ne sont pas celles faites depuis la dernière",
    "cash": "le contenu de ses caisses ne se recalcule pas",
    "drawers_after": "ce qu'elle laisse dans les caisses ne se recalcule pas",
    "heads": "l'état des chaînes de tickets qu'elle retient n'est pas celui du journal",
    "taken": "le nombre de tickets qu'elle a pris n'est pas celui du journal",
    "till_z": "le Z du logiciel de caisse n'est pas comparé à ce qu'elle a pris",
    "simulation": "elle ne dit pas comme le dossier s'il est une SIMULATION",
    "articles": "ses ventes par article ne sont pas celles de ses tickets",
    "period_total": "son cumul de période ne se recalcule pas",
    "perpetual_total": "son cumul perpétuel ne se recalcule pas",
    "perpetual_absolute": "son cumul perpétuel absolu ne se recalcule pas",
}
_WORKED_OUT = (
    "id",
    "number",
    "business_day",
    "fiscal_year",
    "opened_at",
    "end",
    "covers",
    "cash",
    "drawers_after",
    "heads",
    "taken",
    "articles",
    "till_z",
    "simulation",
)
_TOTALS = ("period_total", "perpetual_total", "perpetual_absolute")


class ClosureCheck:
    """Folds the record; `ledger` is the state reached, `settings` the values set so far."""

    def __init__(self, reread: Reread) -> None:
        self.ledger = Ledger()
        self.settings: dict[str, Any] = {}
        self._reread = reread
        self._open = OpenPlaces()
        self._voids = VoidsFollowed()
        self._own_sum = 0
        self._general_sum = 0

    def take(self, record: Mapping[str, Any], position: Position, length: int) -> list[Complaint]:
        """Take one record in, in the journal's order; complaints of what it says."""
        complaints = []
        try:
            complaints += self._look_at(record, position, length)
        except _MALFORMED as error:
            complaints.append(_unreadable(error))
        try:
            self.ledger.apply(record, record["fingerprint"], position)
            if record["type"] == "event" and record["body"]["event"] == "records_missing":
                self._go_on()
        except _MALFORMED as error:
            complaints = complaints or [_unreadable(error)]
        return complaints

    def _go_on(self) -> None:
        """After a loss the sums go on from the totals that stand: it is told already."""
        general = self.ledger.last.get(GENERAL)
        self._general_sum = general.perpetual if general else 0
        self._own_sum = self._general_sum + sum(c.own.total for c in self.ledger.window)

    def _look_at(
        self, record: Mapping[str, Any], position: Position, length: int
    ) -> list[Complaint]:
        body = record["body"]
        if record["type"] == "closure":
            return [Complaint("closure", wrong) for wrong in self._check(body)]
        if record["type"] == "ticket":
            at = datetime.fromisoformat(body["at"])
            drawer = f"{body['till']}/{body['drawer']}"
            self._open.add(body["at"][:10], drawer, position, length, at)
            return [Complaint("void", wrong) for wrong in self._voids.take(body)]
        elif record["type"] == "setting":
            self._set(body)
        return []

    def _set(self, body: Mapping[str, Any]) -> None:
        if body.get("removed"):
            self.settings.pop(body["key"], None)
        else:
            self.settings[body["key"]] = body["new"]

    def _check(self, body: Mapping[str, Any]) -> list[str]:
        terms = _terms(body)
        rules = self._rules(body)
        figures = figures_from_json(body["figures"])
        if body["kind"] in (MONTH, YEAR):
            wrongs = self._period(body, figures, rules)
        else:
            wrongs = self._closure(body, figures, terms, rules)
        wrongs += [_WORDS[key] for key in self._totals(body, figures)]
        wrongs += ["une ligne de TVA : HT + TVA ne font pas TTC" for _ in _odd_vat(figures)][:1]
        if body["kind"] == GENERAL:
            wrongs += self._sums(body)
        return wrongs

    def _rules(self, body: Mapping[str, Any]) -> Rules:
        """The rules it was made by; an older program's record has none: the settings' of then."""
        said = body.get("rules", {})
        values = {**self.settings, **{f"closing.{key}": value for key, value in said.items()}}
        return Rules(day_change_of(values), year_end_of(values))

    def _closure(
        self, body: Mapping[str, Any], figures: Figures, terms: Terms, rules: Rules
    ) -> list[str]:
        scope = Scope(body["kind"], body["code"])
        own = figures_from_json(body["own"])
        reading = self._read_again(scope, terms, rules)
        made = _plain(draw_up(self.ledger, scope, reading, terms, rules))
        wrongs = [_WORDS[key] for key in _WORKED_OUT if made[key] != body[key]]
        if made["own"] != body["own"]:
            wrongs.insert(0, _not_the_tickets(own, figures_from_json(made["own"])))
        whole = add(own, total_of(c.own for c in self.ledger.covered(scope)))
        if _plain(figures_json(whole)) != body["figures"]:
            wrongs.append(
                "ses chiffres ne sont pas les siens propres plus ceux des clôtures qu'elle reprend "
                f"({euros(figures.total)} enregistrés, {euros(whole.total)} recalculés)"
            )
        self._own_sum += own.total
        return wrongs

    def _read_again(self, scope: Scope, terms: Terms, rules: Rules) -> Reading:
        reading = Reading(rules.day_change, {})  # gaps in numbers are findings, not damage
        for _, line in self._reread(self._open.take(scope, terms.until)):
            try:
                ticket = read_ticket(json.loads(line)["body"])
            except _MALFORMED:
                continue  # told where it lies; the closure's sums will lack it
            end = self.ledger.end_of(ticket.drawer_id)
            reading.take(ticket, late=end is not None and ticket.at <= end)
        return reading

    def _period(self, body: Mapping[str, Any], figures: Figures, rules: Rules) -> list[str]:
        kind, code = body["kind"], body["code"]
        sums = self.ledger.months if kind == MONTH else self.ledger.years
        if code not in sums:
            return ["elle récapitule une période sans clôture GÉNÉRALE ouverte"]
        last = self.ledger.last.get(kind)
        number = next_number(last)
        expected = {
            "id": closure_id(kind, code, number),
            "number": number,
            "business_day": period_day(self.ledger, kind, code, rules).isoformat(),
            "fiscal_year": period_year(kind, code, last, rules),
            "covers": list(sums[code].ids),
        }
        wrongs = [_WORDS[key] for key, value in expected.items() if body[key] != value]
        whole = sums[code].figures
        if _plain(figures_json(whole)) != body["figures"]:
            wrongs.append(
                "ses chiffres ne sont pas la somme de ses clôtures GÉNÉRALES "
                f"({euros(figures.total)} enregistrés, {euros(whole.total)} recalculés)"
            )
        return wrongs

    def _totals(self, body: Mapping[str, Any], figures: Figures) -> list[str]:
        coded = body["kind"] not in (MONTH, YEAR)
        series = Scope(body["kind"], body["code"]).key if coded else body["kind"]
        expected = running_totals(self.ledger.last.get(series), figures, body["fiscal_year"])
        return [key for key in _TOTALS if body[key] != expected[key]]

    def _sums(self, body: Mapping[str, Any]) -> list[str]:
        """Up to each GÉNÉRALE: sum of all `own` = sum of the GÉNÉRALE figures = the perpetual."""
        self._general_sum += body["figures"]["total"]
        perpetual = body["perpetual_total"]
        sums = {self._own_sum, self._general_sum, perpetual}
        told = (
            f"jusqu'à elle, la somme des clôtures ({euros(self._own_sum)}), celle des GÉNÉRALES "
            f"({euros(self._general_sum)}) et le cumul perpétuel ({euros(perpetual)}) diffèrent"
        )
        # One loss is told once: the next closures are checked from here on.
        self._own_sum = self._general_sum = perpetual
        return [told] if len(sums) > 1 else []


def _terms(body: Mapping[str, Any]) -> Terms:
    """What the person asked for, read back from what the closure says."""
    return Terms(
        now=datetime.fromisoformat(body["closed_at"]),
        until=datetime.fromisoformat(body["until"]) if body["until"] else None,
        by=body["by"],
        counts={row["drawer"]: _count(row) for row in body["cash"]},
        till_z=[TillZ(z["till"], z["number"], z["total"]) for z in body["till_z"] or ()],
    )


def _count(row: Mapping[str, Any]) -> Count:
    tenders = {
        tender["method"]: tender["counted"]
        for tender in row["tenders"]
        if tender["method"] != CASH and tender["counted"] is not None
    }
    if row["counted"] is not None:
        tenders[CASH] = row["counted"]
    coins = {int(value): number for value, number in row["coins"].items()}
    return Count(tenders, coins, row["left"], row["banked"], row["reason"] or "")


def _not_the_tickets(own: Figures, made: Figures) -> str:
    if (own.tickets, own.total) == (made.tickets, made.total):
        return "le détail de ses ventes n'est pas celui des tickets qu'elle a pris"
    return (
        "ses ventes ne sont pas celles des tickets qu'elle a pris "
        f"({count_of(own.tickets, 'ticket')} et {euros(own.total)} enregistrés, "
        f"{count_of(made.tickets, 'ticket')} et {euros(made.total)} recalculés)"
    )


def _odd_vat(figures: Figures) -> list[Any]:
    return [row for row in figures.vat if row.ht + row.tva != row.ttc]


def _plain(content: Mapping[str, Any]) -> Any:
    """The same content as the journal gives it back."""
    return json.loads(canonical_bytes(content))


def _unreadable(error: Exception) -> Complaint:
    shown = f"{type(error).__name__} {error}"[:80]
    return Complaint("content", f"son contenu ne se lit pas ({shown})")
