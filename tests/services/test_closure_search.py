"""Finding a closure again."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.closing import Terms
from app.domain.moments import PARIS
from app.domain.scope import CAISSE, GENERAL, Scope
from app.services.close import close
from app.services.closure_search import search_closures
from app.services.import_tickets import Source, import_tickets
from app.store.shop import opened
from tests.factories import ticket

AMOUNTS = ("987,85", "12,00", "1 234,50", "98,00")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """One GÉNÉRALE a day from 30 January 2021 on, the second day with a CAISSE before."""
    days = ("2021-01-30", "2021-01-31", "2021-02-01", "2021-02-12")
    with opened(tmp_path_factory.mktemp("shop"), lambda: moment(days[0]), create=True) as shop:
        for number, (day, total) in enumerate(zip(days, AMOUNTS, strict=True)):
            sold = ticket(total.replace(" ", ""), number=str(number), at=f"{day}T09:00")
            import_tickets(shop, [sold], Source("f", "journal"), frozenset(), moment(day))
            if number == 1:
                close(shop, Scope(CAISSE, "1/1"), Terms(moment(day)))
            close(shop, Scope(GENERAL), Terms(moment(day)))
        yield shop


def moment(day):
    return datetime.fromisoformat(f"{day}T20:00").replace(tzinfo=PARIS)


def found(shop, text="", **more):
    return [row.id for row in search_closures(shop, text, **more).rows]


def test_all_of_them_newest_first(shop):
    assert found(shop) == [
        "G000004",
        "G000003",
        "M2021-01",
        "G000002",
        "C1.1-000001",
        "G000001",
    ]


def test_the_kinds_and_months_that_there_are(shop):
    search = search_closures(shop)
    assert search.kinds == ("general", "caisse", "month")
    assert search.months == ("2021-02", "2021-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", ["G000004"]),
        ("G000003", ["G000003"]),
        ("g000003", ["G000003"]),
        ("c1.1", ["C1.1-000001"]),
        ("000002", ["G000002"]),
        ("987,85", ["G000001"]),
        ("987.85", ["G000001"]),
        ("1 234,50 €", ["G000003"]),
        ("1\u202f234,50", ["G000003"]),
        ("987", ["G000001"]),
        ("1/2", ["G000003"]),
        ("01/02/2021", ["G000003"]),
        ("1/2/21", ["G000003"]),
        ("2021-02-12", ["G000004"]),
        ("2021-02", ["G000004", "G000003"]),
        ("fevrier", ["G000004", "G000003"]),
        ("Février", ["G000004", "G000003"]),
        ("février 4", ["G000004"]),
        ("777", []),
        ("32/13", []),
        ("zzz", []),
        ("1/2/2020", []),
    ],
)
def test_what_is_typed_finds(shop, text, expected):
    assert found(shop, text) == expected


def test_the_same_number_in_several_series(shop):
    assert set(found(shop, "1")) == {"G000001", "C1.1-000001", "M2021-01"}


def test_a_kind_a_month_and_a_text_narrow_together(shop):
    assert found(shop, kind="general", month="2021-01") == ["G000002", "G000001"]
    assert found(shop, "987", kind="caisse") == []
    assert found(shop, month="2020-01") == []
