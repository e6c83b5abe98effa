"""The modules that « Accueil » opens: one row a module, in the order of the screen.

Whatever comes after the eighth of more than nine is one tap further, in « Autres fonctions ».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.ui.screens._lazy import screen_named

if TYPE_CHECKING:
    from app.ui.shell import Shell

ALL_JOBS = "*"
"""Stands for every waiting job."""


@dataclass(frozen=True, slots=True)
class Door:
    """`screen` is `module.Class` in `app.ui.screens`, imported when it is opened.

    `closing`: it is of use only where closures are made, on the PC that has the data.
    """

    key: str
    title: str
    icon: str
    screen: str
    closing: bool = False

    def enter(self, shell: Shell, **args: Any) -> None:
        """Show the module's screen."""
        shell.nav.go(screen_named(self.screen), **args)


DOORS = (
    Door("x", "Lecture X", "eye", "x_reading.XReadingScreen", closing=True),
    Door(
        "next",
        "Prochaine clôture",
        "calendar-event",
        "next_closure.NextClosureScreen",
        closing=True,
    ),
    Door("z", "Liste des Z", "receipt", "z_list.ZListScreen"),
    Door("tickets", "Tickets", "inbox", "tickets.TicketsScreen", closing=True),
    Door("float", "Fond de caisse", "safe", "morning_float.MorningFloatScreen", closing=True),
    Door(
        "move", "Mouvement de caisse", "arrow-left-right", "cash_move.CashMoveScreen", closing=True
    ),
    Door("month", "Récapitulatif du mois", "calendar3", "monthly_recap.MonthlyRecapScreen"),
    Door("settings", "Paramètres", "gear", "settings_tree.SettingsScreen"),
    Door("log", "Journal du jour", "journal-text", "day_log.DayLogScreen"),
)
SUPPORT = Door("support", "Support", "life-preserver", "support.SupportScreen")
CURES = (
    SUPPORT,
    Door("conflicts", "Tickets en conflit", "intersect", "conflicts.ConflictsScreen"),
    Door("refusals", "Fichiers refusés", "file-earmark-x", "refusals.RefusalsScreen"),
)
WITHOUT_DATA = (SUPPORT,)
MORE = Door("more", "Autres fonctions", "grid", "home_more.HomeMoreScreen")
MOST = 9
"""So many buttons have room on « Accueil »; the last one then leads to the other modules."""


def doors_for(*, closes: bool) -> tuple[Door, ...]:
    """The doors of a PC that makes closures, or of one that doesn't."""
    return DOORS if closes else (*(door for door in DOORS if not door.closing), SUPPORT)


def with_room(found: Sequence[Door]) -> tuple[tuple[Door, ...], tuple[str, ...]]:
    """The doors that « Accueil » shows, and the keys of those that « Autres fonctions » shows."""
    if len(found) <= MOST:
        return tuple(found), ()
    return (*found[: MOST - 1], MORE), tuple(door.key for door in found[MOST - 1 :])


def door_of(key: str) -> Door:
    """The door of a key."""
    return next(door for door in (*DOORS, *CURES) if door.key == key)
