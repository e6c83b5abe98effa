"""What an installation does by its role: who closes, and who takes tickets in.

The data lives with the master; other tills drop their files into its inbox (contract, chapter 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.settings import text_of
from app.errors import ClosureRefused, TicketsRefused

ROLES_THAT_CLOSE = ("master", "head_office")


def may_close(settings: Mapping[str, Any]) -> bool:
    """Whether this installation has the data to close (the head office: its own)."""
    return text_of(settings, "shop.role") in ROLES_THAT_CLOSE


def check_role(settings: Mapping[str, Any]) -> None:
    """Only the master (or the head office, of its own data) closes. Raises ClosureRefused."""
    if not may_close(settings):
        raise ClosureRefused(
            "Ce poste n'est pas la caisse maître : il n'a pas les données à clôturer. "
            "Faites la clôture sur la caisse maître."
        )


def check_takes_tickets(settings: Mapping[str, Any]) -> None:
    """Tickets are taken in where they can be closed, and nowhere else. Raises TicketsRefused."""
    if not may_close(settings):
        raise TicketsRefused(
            "Ce poste n'est pas la caisse maître : des tickets pris ici ne seraient jamais "
            "clôturés. Déposez le fichier dans la boîte de réception de la caisse maître."
        )
