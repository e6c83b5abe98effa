"""The month on one page for the accountant: each GÉNÉRALE closure, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.figures import Figures, figures_from_json, total_of
from app.domain.ledger import without_days
from app.domain.moments import month_of
from app.domain.scope import GENERAL, MONTH

if TYPE_CHECKING:
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class RecapRow:
    """One GÉNÉRALE closure of the month, with what it and the closures it covers counted.

    `difference` is that of the counts that hold now, None when no cash was counted; `corrected`:
    at least one of them was corrected afterwards.
    """

    id: str
    number: int
    business_day: date
    tickets: int
    total: int
    difference: int | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class Recap:
    """A month: its closures, their sum, and the month closure's id once it is made.

    `state` is `closed`, `due` (the month is over, its closure comes with the next GÉNÉRALE) or
    `current`.
    """

    month: str
    rows: tuple[RecapRow, ...]
    figures: Figures
    difference: int | None
    closed_as: str | None
    state: str

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month}-01")


def months_with_closures(shop: Shop) -> list[str]:
    """The months (`2021-01`) that have a GÉNÉRALE closure, newest first."""
    months = {row["business_day"][:7] for row in shop.closures() if row["kind"] == GENERAL}
    return sorted(months, reverse=True)


def monthly_recap(shop: Shop, month: str, today: date) -> Recap:
    """The recap of a month (`2021-01`); empty when nothing was closed in it."""
    rows: list[RecapRow] = []
    figures: list[Figures] = []
    closed_as = None
    corrections = _newest_corrections(shop)
    for row in shop.closures():
        if row["kind"] == MONTH and row["code"] == month:
            closed_as = row["id"]
        if row["kind"] != GENERAL or not row["business_day"].startswith(month):
            continue
        found = shop.closure(row["id"])
        if found is None:
            continue
        figures.append(without_days(figures_from_json(found[0]["figures"])))
        rows.append(_row(shop, row, found[0], corrections))
    known = [row.difference for row in rows if row.difference is not None]
    return Recap(
        month,
        tuple(rows),
        total_of(figures),
        sum(known) if known else None,
        closed_as,
        _state(month, today, closed_as),
    )


def _state(month: str, today: date, closed_as: str | None) -> str:
    if closed_as:
        return "closed"
    return "due" if month < month_of(today) else "current"


def _newest_corrections(shop: Shop) -> dict[tuple[str, str], int]:
    """The newest corrected difference of each (closure, drawer)."""
    return {
        (row["closure"], row["drawer"]): row["after"]["difference"]
        for row in shop.documents.rows("corrections")
    }


def _row(
    shop: Shop,
    row: Mapping[str, Any],
    body: Mapping[str, Any],
    corrections: Mapping[tuple[str, str], int],
) -> RecapRow:
    counted = [*_counts(body)]
    for covered in body["covers"]:
        found = shop.closure(covered)
        counted += _counts(found[0]) if found else []
    differences = [corrections.get(place, difference) for place, difference in counted]
    return RecapRow(
        row["id"],
        row["number"],
        date.fromisoformat(row["business_day"]),
        row["tickets"],
        row["total"],
        sum(differences) if differences else None,
        any(place in corrections for place, _ in counted),
    )


def _counts(body: Mapping[str, Any]) -> list[tuple[tuple[str, str], int]]:
    """The drawers a closure counted, with the difference it found."""
    return [
        ((body["id"], cash["drawer"]), cash["difference"])
        for cash in body["cash"]
        if cash["difference"] is not None
    ]
