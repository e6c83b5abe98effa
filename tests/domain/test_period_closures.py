"""Which month and year are due, which day is their last, and what they say."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.closing import Rules, Terms
from app.domain.figures import Figures
from app.domain.ledger import LastClosure, Ledger, PeriodSum
from app.domain.moments import fiscal_year_of, moment_from_text
from app.domain.periods import due_periods, last_day_of, period_asked
from app.errors import NothingToClose

CIVIL, JUNE, LEAP = Rules(), Rules(year_end=(6, 30)), Rules(year_end=(2, 29))
NOW = Terms(moment_from_text("2022-01-03T08:00"), by="Anne")


def ledger_of(months: list[str], years: list[str]) -> Ledger:
    def sums(codes: list[str]) -> dict[str, PeriodSum]:
        return {
            code: PeriodSum((f"G{rank:06d}",), Figures(sales=rank * 10))
            for rank, code in enumerate(codes, 1)
        }

    return Ledger(months=sums(months), years=sums(years), simulation=True)


@pytest.mark.parametrize(
    ("kind", "code", "rules", "last"),
    [
        ("month", "2021-01", CIVIL, "2021-01-31"),
        ("month", "2024-02", CIVIL, "2024-02-29"),
        ("month", "2021-12", JUNE, "2021-12-31"),
        ("year", "2021", CIVIL, "2021-12-31"),
        ("year", "2021", JUNE, "2021-06-30"),
        ("year", "2024", LEAP, "2024-02-29"),
        ("year", "2023", LEAP, "2023-02-28"),
    ],
)
def test_the_last_day_of_a_period(kind, code, rules, last):
    assert last_day_of(kind, code, rules).isoformat() == last


@pytest.mark.parametrize(
    ("day", "rules", "due"),
    [
        ("2021-12-31", CIVIL, ["M2021-11"]),
        ("2022-01-01", CIVIL, ["M2021-11", "M2021-12", "A2021"]),
        ("2021-11-30", CIVIL, []),
        ("2021-12-31", JUNE, ["M2021-11", "A2021"]),
        ("2021-06-30", JUNE, []),
    ],
)
def test_periods_are_due_once_a_later_one_begins(day, rules, due):
    ledger = ledger_of(["2021-12", "2021-11"], ["2021"])
    last = date.fromisoformat(day)
    made = due_periods(ledger, last, fiscal_year_of(last, rules.year_end), NOW, rules)
    assert [record["id"] for record in made] == due


def test_periods_count_on_from_the_last_one():
    ledger = ledger_of(["2021-11", "2021-12"], [])
    ledger.last["month"] = LastClosure("M2021-10", 7, 100, 120, 60, 2021, date(2021, 10, 31))
    first, second = due_periods(ledger, date(2022, 1, 1), 2022, NOW, CIVIL)
    assert (first["number"], second["number"]) == (8, 9)
    # 100 + 10 + 20, in one year: 60 + 10 + 20
    assert (first["perpetual_total"], second["perpetual_total"]) == (110, 130)
    assert (first["period_total"], second["period_total"]) == (70, 90)
    assert (first["perpetual_absolute"], second["perpetual_absolute"]) == (130, 150)


def test_a_period_has_no_own_and_covers_its_closures():
    made = due_periods(ledger_of(["2021-12"], []), date(2022, 1, 1), 2022, NOW, CIVIL)[0]
    assert (made["own"], made["cash"], made["follow_ups"]) == (None, [], [])
    assert (made["covers"], made["figures"]["total"]) == (["G000001"], 10)
    assert (made["business_day"], made["by"], made["simulation"]) == ("2021-12-31", "Anne", True)


def test_close_month_leaves_the_year_close_year_takes_the_month_first():
    ledger = ledger_of(["2021-12"], ["2021"])
    assert [r["id"] for r in period_asked(ledger, "month", NOW, CIVIL)] == ["M2021-12"]
    assert [r["id"] for r in period_asked(ledger, "year", NOW, CIVIL)] == ["M2021-12", "A2021"]


@pytest.mark.parametrize(
    ("kind", "at", "sentence"),
    [
        ("month", "2022-01-01T04:59", "Le mois 2021-12 n'est pas terminé"),
        ("month", "2022-01-01T04:59", "après le 31/12/2021"),
        ("year", "2022-01-01T04:59", "L'exercice 2021 n'est pas terminé"),
    ],
)
def test_a_period_that_is_not_over_is_refused(kind, at, sentence):
    ledger = ledger_of(["2021-12"], ["2021"])
    with pytest.raises(NothingToClose, match=sentence):
        period_asked(ledger, kind, Terms(moment_from_text(at)), CIVIL)


def test_without_a_generale_there_is_no_period():
    with pytest.raises(NothingToClose, match="pas encore de clôture GÉNÉRALE"):
        period_asked(ledger_of([], []), "year", NOW, CIVIL)
