"""The shop's drawers and scopes, and what each drawer should hold before its first sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.scope import CAISSE, GENERAL, POSTE, Scope
from app.services.cash_moves import carried_over
from app.services.closure_preview import places, scopes_of
from app.services.figures_sheet import Move, move_of

if TYPE_CHECKING:
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class DrawerNow:
    """A drawer: `expected` is what the last closure and the moves since counted then left in it.

    `open_tickets` were sold since; `moves` are the cash moves no closure took yet, oldest first.
    """

    drawer: str
    expected: int
    open_tickets: int
    moves: tuple[Move, ...]

    def difference_with(self, amount: int | None) -> int | None:
        """What a float of that amount has more (or less) than was expected."""
        return None if amount is None else amount - self.expected


def known_scopes(shop: Shop, settings: Mapping[str, Any]) -> tuple[Scope, ...]:
    """GÉNÉRALE, then each POSTE, then each CAISSE."""
    found = places(shop, settings)
    return tuple(scope for kind in (GENERAL, POSTE, CAISSE) for scope in scopes_of(kind, found))


def drawers_now(shop: Shop, settings: Mapping[str, Any]) -> tuple[DrawerNow, ...]:
    """Every drawer, as a morning's float or a cash move finds it."""
    return tuple(
        DrawerNow(
            drawer,
            carried_over(shop, drawer),
            sum(day.get(drawer, 0) for day in shop.ledger.open.values()),
            tuple(move_of(m) for m in shop.ledger.moves if m["drawer"] == drawer),
        )
        for drawer in places(shop, settings).drawers
    )
