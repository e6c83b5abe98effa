"""The laws that every closure keeps, and those that a shop's closures keep together.

They are the contract's words (chapters 2 and 5) worked out again from the records alone, without
the engine: whatever makes one fail is a wrong Z.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

Body = Mapping[str, Any]


class Books:
    """Notes each closure of a shop in order; `recorded` counts the tickets its record took in."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.recorded = 0
        self._by_id: dict[str, Body] = {}
        self._window: list[Body] = []
        self._last: dict[str, Body] = {}
        self._generals: list[Body] = []

    def note(self, body: Body) -> None:
        """Check a new closure, alone and after those before it."""
        check_figures(body["figures"])
        if body["own"] is not None:
            self._check_taking(body)
        else:
            self._check_period(body)
        self._check_series(body)
        self.bodies.append(body)
        self._by_id[body["id"]] = body
        self._last[series_of(body)] = body
        if body["own"] is not None:
            self._window.append(body)
        if body["kind"] == "general":
            self._generals.append(body)
            self._check_shop(body)
            self._window = []

    @property
    def taken(self) -> int:
        """How many tickets closures took."""
        return sum(b["own"]["tickets"] for b in self.bodies if b["own"])

    def _check_taking(self, body: Body) -> None:
        own = body["own"]
        check_figures(own)
        check_tills(own)
        for row in body["cash"]:
            check_cash(row)
        assert body["covers"] == self._covered(body)
        parts = [own, *(self._by_id[covered]["own"] for covered in body["covers"])]
        check_sum(body["figures"], parts)
        assert sum(sum(day.values()) for day in body["taken"].values()) == own["tickets"]
        opened, closed = (datetime.fromisoformat(body[k]) for k in ("opened_at", "closed_at"))
        assert opened <= closed
        assert body["until"] is None or body["end"] == body["until"]
        if self._generals:
            assert body["business_day"] >= self._generals[-1]["business_day"]

    def _covered(self, body: Body) -> list[str]:
        """What it covers: for POSTE the till's CAISSE closures since its last POSTE, for GÉNÉRALE
        every closure, both since the last GÉNÉRALE."""
        if body["kind"] == "general":
            return [b["id"] for b in self._window]
        found: list[str] = []
        for before in self._window if body["kind"] == "poste" else ():
            if before["kind"] == "poste" and before["code"] == body["code"]:
                found = []
            elif before["kind"] == "caisse" and before["code"].split("/")[0] == body["code"]:
                found.append(before["id"])
        return found

    def _check_series(self, body: Body) -> None:
        before = self._last.get(series_of(body))
        figures = body["figures"]
        assert body["number"] == (before["number"] + 1 if before else 1)
        assert body["id"] == id_of(body)
        assert body["perpetual_total"] == figures["total"] + (
            before["perpetual_total"] if before else 0
        )
        assert body["perpetual_absolute"] == figures["sales"] - figures["refunds"] + (
            before["perpetual_absolute"] if before else 0
        )
        same_year = before is not None and before["fiscal_year"] == body["fiscal_year"]
        assert body["period_total"] == figures["total"] + (
            before["period_total"] if before and same_year else 0
        )

    def _check_shop(self, body: Body) -> None:
        """Up to each GÉNÉRALE: sum of all own = sum of GÉNÉRALE figures = its perpetual."""
        own = sum(b["own"]["total"] for b in self.bodies if b["own"])
        figures = sum(b["figures"]["total"] for b in self._generals)
        assert own == figures == body["perpetual_total"]
        tickets = sum(b["figures"]["tickets"] for b in self._generals)
        assert tickets == self.taken <= self.recorded

    def _check_period(self, body: Body) -> None:
        """A month is the GÉNÉRALE closures whose business day lies in it, each sealed once."""
        members = [self._by_id[covered] for covered in body["covers"]]
        assert members
        check_sum(body["figures"], [b["figures"] for b in members])
        asked = [b for b in self._generals if self._lies_in(b, body)]
        assert [b["id"] for b in asked] == body["covers"]

    def _lies_in(self, general: Body, period: Body) -> bool:
        if period["kind"] == "month":
            return bool(general["business_day"].startswith(period["code"]))
        return str(general["fiscal_year"]) == period["code"]


def series_of(body: Body) -> str:
    """The series a closure is numbered in; months and years are one each."""
    coded = body["kind"] in ("poste", "caisse")
    return f"{body['kind']} {body['code']}" if coded else str(body["kind"])


def id_of(body: Body) -> str:
    """The id that the contract gives a closure of that kind, code and number."""
    number = f"{body['number']:06d}"
    return {
        "general": f"G{number}",
        "poste": f"P{body['code']}-{number}",
        "caisse": f"C{body['code'].replace('/', '.')}-{number}",  # names without a dot
        "month": f"M{body['code']}",
        "year": f"A{body['code']}",
    }[body["kind"]]


def check_figures(figures: Body) -> None:
    """HT + TVA = TTC everywhere; each view of the same tickets adds up to the same."""
    total = figures["total"]
    assert total == figures["sales"] + figures["refunds"]
    assert figures["refunds"] <= 0 <= figures["sales"]
    for row in figures["vat"]:
        assert row["ht"] + row["tva"] == row["ttc"]
    assert sum(row["ttc"] for row in figures["vat"]) == total
    outside = sum(row["amount"] for row in figures["outside"])
    assert sum(row["expected"] for row in figures["tenders"]) == total + outside
    for view in ("families", "cashiers", "hours"):
        assert sum(row["total"] for row in figures[view]) == total, view
    for view in ("cashiers", "hours"):
        assert sum(row["tickets"] for row in figures[view]) == figures["tickets"], view
    assert sum(row["discounts"] for row in figures["cashiers"]) == figures["discounts"]
    assert sum(row["refunds"] for row in figures["cashiers"]) == figures["refunds"]
    if figures["days"]:
        assert sum(row["total"] for row in figures["days"]) == total
        assert sum(row["tickets"] for row in figures["days"]) == figures["tickets"]
    assert figures["late"] <= figures["tickets"]


def check_tills(own: Body) -> None:
    """The sub-totals of the tills add up to the whole."""
    check_sum({**own, "families": [], "cashiers": [], "hours": []}, list(own["tills"].values()))


def check_cash(row: Body) -> None:
    """float + received ± moves = expected; what was not counted has no difference."""
    assert row["float"] + row["received"] + row["moves"] == row["expected"]
    if row["counted"] is None:
        assert row["difference"] is None
    else:
        assert row["difference"] == row["counted"] - row["expected"]
    cash = [t for t in row["tenders"] if t["method"] == "especes"]
    assert sum(t["expected"] for t in cash) == row["received"]
    for tender in row["tenders"]:
        known = tender["counted"] is not None
        expected = tender["counted"] - tender["expected"] if known else None
        assert tender["difference"] == expected


def check_sum(whole: Body, parts: Sequence[Body]) -> None:
    """Every amount of `whole` is the sum of the parts'."""
    for key in ("tickets", "late", "sales", "refunds", "discounts", "total"):
        assert whole[key] == sum(part[key] for part in parts), key
    for view, keys in (
        ("vat", ("rate", "nature")),
        ("outside", ("nature",)),
        ("tenders", ("method",)),
        ("families", ("family",)),
        ("cashiers", ("cashier",)),
        ("hours", ("hour",)),
    ):
        assert summed([whole], view, keys) == summed(parts, view, keys), view


def summed(parts: Iterable[Body], view: str, keys: Sequence[str]) -> dict[Any, dict[str, Any]]:
    """The rows of a view added up by key; an unknown amount adds nothing, a row of 0 is no row."""
    sums: defaultdict[Any, defaultdict[str, Any]] = defaultdict(lambda: defaultdict(int))
    for part in parts:
        for row in part.get(view, ()):
            for name, value in row.items():
                if name not in keys and isinstance(value, int):
                    sums[tuple(row[k] for k in keys)][name] += value
    kept = {key: {n: v for n, v in row.items() if v} for key, row in sums.items()}
    return {key: row for key, row in kept.items() if row}
