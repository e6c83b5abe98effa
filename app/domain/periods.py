"""Month and year closures: sums of GÉNÉRALE closures, sealed once the period is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.domain.closing import Rules, Terms, next_number, rules_json, running_totals
from app.domain.figures import figures_json
from app.domain.ledger import LastClosure, Ledger, PeriodSum
from app.domain.moments import (
    business_day,
    first_day_after_month,
    fiscal_year_of,
    french_date,
    month_of,
)
from app.domain.scope import GENERAL, MONTH, YEAR, closure_id
from app.errors import NothingToClose

_ONE_DAY = timedelta(days=1)


def due_periods(
    ledger: Ledger, day: date, fiscal_year: int, terms: Terms, rules: Rules
) -> list[dict[str, Any]]:
    """The period closures to make just before a GÉNÉRALE of that day and year, in order."""
    months = [m for m in sorted(ledger.months) if m < month_of(day)]
    years = [y for y in sorted(ledger.years) if int(y) < fiscal_year]
    return [
        *_series(ledger, MONTH, months, terms, rules),
        *_series(ledger, YEAR, years, terms, rules),
    ]


def period_asked(ledger: Ledger, kind: str, terms: Terms, rules: Rules) -> list[dict[str, Any]]:
    """What `close month` or `close year` makes: the closures due by the clock, the asked kind last.

    Raises NothingToClose when no month (year) is over and still open.
    """
    today = business_day(terms.now, rules.day_change)
    year = fiscal_year_of(today, rules.year_end)
    records = due_periods(ledger, today, year, terms, rules)
    if kind == MONTH:
        records = [r for r in records if r["kind"] == MONTH]
    if not any(r["kind"] == kind for r in records):
        raise NothingToClose(_nothing_due(ledger, kind, rules))
    return records


def last_day_of(kind: str, code: str, rules: Rules) -> date:
    """The last business day of a month (`2021-01`) or of a fiscal year (`2021`)."""
    if kind == MONTH:
        return first_day_after_month(code) - _ONE_DAY
    month, day = rules.year_end
    last = first_day_after_month(f"{int(code):04d}-{month:02d}") - _ONE_DAY
    return last if last.day <= day else last.replace(day=day)


def period_day(ledger: Ledger, kind: str, code: str, rules: Rules) -> date:
    """The business day of a period closure: its last, or that of a GÉNÉRALE that went beyond.

    A year's GÉNÉRALES may lie after its end, when that was set earlier afterwards.
    """
    day = last_day_of(kind, code, rules)
    general = ledger.last.get(GENERAL)
    if kind == YEAR and general is not None and general.fiscal_year == int(code):
        return max(day, general.business_day)
    return day


def period_year(kind: str, code: str, last: LastClosure | None, rules: Rules) -> int:
    """The fiscal year of a period closure: a month's is that of its last day, and never goes back.

    `last` is the closure before it in its series.
    """
    if kind == YEAR:
        return int(code)
    year = fiscal_year_of(last_day_of(kind, code, rules), rules.year_end)
    return year if last is None else max(year, last.fiscal_year)


def _series(
    ledger: Ledger, kind: str, codes: list[str], terms: Terms, rules: Rules
) -> Iterator[dict[str, Any]]:
    sums = ledger.months if kind == MONTH else ledger.years
    last = ledger.last.get(kind)
    for code in codes:
        day = period_day(ledger, kind, code, rules)
        record = _period_record(kind, code, day, sums[code], last, ledger.simulation, terms, rules)
        last = _as_last(record)
        yield record


def _period_record(
    kind: str,
    code: str,
    day: date,
    period: PeriodSum,
    last: LastClosure | None,
    simulation: bool,
    terms: Terms,
    rules: Rules,
) -> dict[str, Any]:
    fiscal_year = period_year(kind, code, last, rules)
    first = period.figures.first
    number = next_number(last)
    return {
        "id": closure_id(kind, code, number),
        "kind": kind,
        "code": code,
        "number": number,
        "business_day": day.isoformat(),
        "fiscal_year": fiscal_year,
        "opened_at": (first.at if first else terms.now).isoformat(),
        "closed_at": terms.now.isoformat(),
        "until": None,
        "end": None,
        "by": terms.by,
        "simulation": simulation,
        "own": None,
        "figures": figures_json(period.figures),
        "cash": [],
        **running_totals(last, period.figures, fiscal_year),
        "covers": list(period.ids),
        "till_z": None,
        "findings": [],
        "follow_ups": [],
        "rules": rules_json(rules),
    }


def _as_last(record: dict[str, Any]) -> LastClosure:
    return LastClosure(
        record["id"],
        record["number"],
        record["perpetual_total"],
        record["perpetual_absolute"],
        record["period_total"],
        record["fiscal_year"],
        date.fromisoformat(record["business_day"]),
    )


def _nothing_due(ledger: Ledger, kind: str, rules: Rules) -> str:
    sums, article, name = (
        (ledger.months, "Le ", "mois") if kind == MONTH else (ledger.years, "L'", "exercice")
    )
    last = ledger.last.get(kind)
    if not sums and last is not None:
        done = month_of(last.business_day) if kind == MONTH else last.fiscal_year
        return (
            f"Aucun {name} à clôturer : {article.lower()}{name} {done} l'est déjà, et aucune "
            "clôture GÉNÉRALE n'a été faite depuis."
        )
    if not sums:
        return f"Aucun {name} à clôturer : il n'y a pas encore de clôture GÉNÉRALE à récapituler."
    code = min(sums)
    end = french_date(last_day_of(kind, code, rules))
    return f"{article}{name} {code} n'est pas terminé : il pourra être clôturé après le {end}."
