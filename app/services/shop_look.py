"""What the kiosk's own look takes from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.settings import idle_minutes_of, text_of
from app.services.settings import load_settings

if TYPE_CHECKING:
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class Look:
    """The shop's name, whether it is a demonstration, the text size, the idle lock in minutes."""

    name: str
    simulation: bool
    text_size: str
    idle_minutes: int


def look_of(shop: Shop) -> Look:
    """The look that a shop's settings ask for."""
    values = load_settings(shop)
    return Look(
        name=text_of(values, "shop.name"),
        simulation=shop.ledger.simulation,
        text_size=text_of(values, "display.text_size"),
        idle_minutes=idle_minutes_of(values),
    )
