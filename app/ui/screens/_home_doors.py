"""The modules that « Accueil » opens: one row a module, in the order of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.screens._lazy import screen_named

if TYPE_CHECKING:
    from app.ui.shell import Shell

ALL_JOBS = "*"
"""Stands for every waiting job."""


@dataclass(frozen=True, slots=True)
class Door:
    """`screen` is `module.Class` in `app.ui.screens`, imported when it is opened."""

    key: str
    title: str
    icon: str
    screen: str

    def enter(self, shell: Shell) -> None:
        """Show the module's screen."""
        shell.nav.go(screen_named(self.screen))


DOORS = (
    Door("x", "Lecture X", "eye", "x_reading.XReadingScreen"),
    Door("next", "Prochaine clôture", "calendar-event", "next_closure.NextClosureScreen"),
    Door("z", "Liste des Z", "receipt", "z_list.ZListScreen"),
    Door("tickets", "Tickets", "inbox", "tickets.TicketsScreen"),
    Door("float", "Fond de caisse", "safe", "morning_float.MorningFloatScreen"),
    Door("move", "Mouvement de caisse", "arrow-left-right", "cash_move.CashMoveScreen"),
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


def door_of(key: str) -> Door:
    """The door of a key."""
    return next(door for door in (*DOORS, *CURES) if door.key == key)
