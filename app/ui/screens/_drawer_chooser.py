"""Which cash drawer a screen is about: chosen beside its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.ui.screen import Screen
from app.ui.widgets.chooser import Chooser
from app.ui.words import drawer_name


def show_drawers(
    screen: Screen, drawers: Iterable[str], value: str, on_choose: Callable[[str], object]
) -> None:
    """Offer the drawers (`1/1`), `value` being the one shown; `on_choose(drawer)`."""
    choices = [(drawer, drawer_name(drawer)) for drawer in drawers]
    screen.show_tool(
        Chooser(
            screen.header.tools,
            "Choisir le tiroir",
            choices,
            on_choose,
            value=value,
            tabs=False,
            width=260,
        )
    )
