"""What was counted against what was expected, drawer by drawer and tender by tender.

Nothing is added up here that the closure engine does not say: a sheet is a drawer of the very
record that the closure would make now. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.cash import Count, Drawer
from app.domain.settings import number_of
from app.domain.tenders import CASH, UNKNOWN, tender_label
from app.errors import UsageError

REASONS = (
    "Erreur de rendu de monnaie",
    "Remboursement non saisi",
    "Achat payé en espèces",
    "Erreur de mode de règlement",
    "Pièces ou billets mal comptés",
    "Écart non expliqué",
)
"""The reasons offered for a difference; another can be typed."""


@dataclass(frozen=True, slots=True)
class TenderSheet:
    """One tender of a drawer; `counted` and `difference` are None when it was not counted."""

    method: str
    label: str
    count: int
    expected: int
    counted: int | None
    difference: int | None


@dataclass(frozen=True, slots=True)
class DrawerSheet:
    """One drawer: its cash (`float + received + moves = expected`) and its other tenders.

    `only_unknown`: the tickets don't say how they were paid, so that the count tells the cash.
    `counted_by` is the closure that has counted this drawer, when no cash has moved since.
    """

    drawer: str
    cash_float: int
    received: int
    moves: int
    expected: int
    counted: int | None
    difference: int | None
    reason: str
    left: int | None
    banked: int | None
    tenders: tuple[TenderSheet, ...]
    only_unknown: bool = False
    counted_by: str = ""

    @property
    def differences(self) -> tuple[int, ...]:
        """All differences of the drawer that are known, cash first."""
        known = [self.difference, *(tender.difference for tender in self.tenders)]
        return tuple(amount for amount in known if amount is not None)

    @property
    def is_off(self) -> bool:
        """Whether something counted isn't what was expected."""
        return any(self.differences)


def sheets_of(
    cash: Iterable[Mapping[str, Any]], drawers: Mapping[str, Drawer]
) -> tuple[DrawerSheet, ...]:
    """The drawers of a closure's (or an X's) record; `drawers` are those of the ledger."""
    return tuple(_sheet(row, drawers.get(row["drawer"], Drawer())) for row in cash)


def _sheet(row: Mapping[str, Any], drawer: Drawer) -> DrawerSheet:
    cash = [t for t in row["tenders"] if t["method"] in (CASH, UNKNOWN)]
    is_still = not row["moves"] and not any(t["count"] for t in cash)
    return DrawerSheet(
        drawer=row["drawer"],
        cash_float=row["float"],
        received=row["received"],
        moves=row["moves"],
        expected=row["expected"],
        counted=row["counted"],
        difference=row["difference"],
        reason=row["reason"] or "",
        left=row["left"],
        banked=row["banked"],
        tenders=tuple(_tender(t) for t in row["tenders"] if t["method"] not in (CASH, UNKNOWN)),
        only_unknown=any(t["method"] == UNKNOWN and t["count"] for t in row["tenders"])
        and not any(t["count"] for t in row["tenders"] if t["method"] != UNKNOWN),
        counted_by=drawer.counted_by if is_still else "",
    )


def _tender(row: Mapping[str, Any]) -> TenderSheet:
    return TenderSheet(
        method=row["method"],
        label=tender_label(row["method"]),
        count=row["count"],
        expected=row["expected"],
        counted=row["counted"],
        difference=row["difference"],
    )


def differences_of(sheets: Sequence[DrawerSheet]) -> tuple[int, ...]:
    """All known differences of the drawers, in order."""
    return tuple(amount for sheet in sheets for amount in sheet.differences)


def beyond_limit(sheets: Sequence[DrawerSheet], settings: Mapping[str, Any]) -> bool:
    """Whether one difference is larger than what a cashier may leave alone."""
    limit = number_of(settings, "closing.difference_limit")
    return any(abs(amount) > limit for amount in differences_of(sheets))


def reasons_missing(sheets: Sequence[DrawerSheet]) -> tuple[str, ...]:
    """The drawers whose difference still has no reason."""
    return tuple(sheet.drawer for sheet in sheets if sheet.is_off and not sheet.reason)


def count_of_coins(count: Count, coins: Mapping[int, int]) -> Count:
    """The count with these notes and coins, which say its cash; none at all: not counted."""
    tenders = {method: cents for method, cents in count.tenders.items() if method != CASH}
    if coins:
        tenders[CASH] = sum(value * number for value, number in coins.items())
    return _shared_anew(count, replace(count, tenders=tenders, coins=dict(coins)))


def count_of_sum(count: Count, cents: int | None) -> Count:
    """The count with its cash given as a sum (None: not counted), in the place of any detail."""
    tenders = {method: known for method, known in count.tenders.items() if method != CASH}
    if cents is not None:
        tenders[CASH] = cents
    return _shared_anew(count, replace(count, tenders=tenders, coins={}))


def count_of_tender(count: Count, method: str, cents: int | None) -> Count:
    """The count with another tender's sum (None: not counted)."""
    tenders = {known: amount for known, amount in count.tenders.items() if known != method}
    if cents is not None:
        tenders[method] = cents
    return replace(count, tenders=tenders)


def cash_of(count: Count) -> int | None:
    """The cash a count gives, None when it was not counted."""
    return count.tenders.get(CASH)


def share(counted: int, *, left: int | None = None, banked: int | None = None) -> tuple[int, int]:
    """What is left and what is banked of the cash counted: one of the two gives the other.

    Raises UsageError when more is taken than was counted, or none of the two is given.
    """
    given = left if left is not None else banked
    if given is None or not 0 <= given <= counted:
        raise UsageError("Ce montant est plus grand que ce qui a été compté dans le tiroir.")
    return (given, counted - given) if left is not None else (counted - given, given)


def _shared_anew(before: Count, after: Count) -> Count:
    """Another sum: what was to be left or banked of the earlier one no longer holds."""
    if cash_of(before) == cash_of(after):
        return after
    return replace(after, left=None, banked=None)
