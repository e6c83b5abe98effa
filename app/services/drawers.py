"""The shop's drawers and scopes, and what each drawer should hold before its first sale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.scope import CAISSE, GENERAL, POSTE, Scope, drawer_name
from app.errors import NotFound
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


def check_known(
    shop: Shop,
    settings: Mapping[str, Any],
    *,
    drawers: Iterable[str] = (),
    tills: Iterable[str] = (),
) -> None:
    """Refuse a drawer or till that neither the record nor the settings hold. Raises NotFound."""
    found = places(shop, settings)
    for drawer in drawers:
        if drawer_name(drawer) not in found.drawers:
            raise NotFound(
                f"Le tiroir {drawer} n'est pas connu ici (tiroirs connus : "
                f"{', '.join(found.drawers)}) : corrigez-le, ou "
                "ajoutez-le au réglage tills.drawers."
            )
    for till in tills:
        if till not in found.tills:
            raise NotFound(
                f"Le poste {till} n'est pas connu ici (postes connus : {', '.join(found.tills)}) : "
                "corrigez-le, ou ajoutez son tiroir au réglage tills.drawers."
            )


def check_scope_known(shop: Shop, settings: Mapping[str, Any], scope: Scope) -> None:
    """The same for the till or the drawer of a scope."""
    if scope.kind == CAISSE:
        check_known(shop, settings, drawers=[scope.code])
    elif scope.kind == POSTE:
        check_known(shop, settings, tills=[scope.code])


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
