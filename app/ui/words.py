"""French words for the codes of the record, as screens write them."""

from __future__ import annotations

from app.domain import words
from app.domain.findings import label_of

NATURES = words.NATURES
KINDS = words.KINDS
TICKET_KINDS = {"sale": "Vente", "refund": "Remboursement", "void": "Annulation"}
COMPUTED = words.COMPUTED

kind_of = words.kind_of
rate = words.rate_words
quantity = words.quantity_words
number = words.number_words
size = words.size_words


def drawer_name(drawer: str) -> str:
    """`Tiroir 1/1`: the second drawer of till 1 is `Tiroir 1/2`."""
    return f"Tiroir {drawer}"


def finding(kind: str, of: str = "") -> str:
    """What looked odd, beginning with a capital."""
    said = label_of(kind, of=of)
    return said[:1].upper() + said[1:]


def share(thousandths: int) -> str:
    """`12,3 %`."""
    return f"{thousandths // 10},{thousandths % 10}\u00a0%" if thousandths >= 0 else "—"


def ago(minutes: int) -> str:
    """`à l'instant`, `il y a 8 min`, `il y a 3 h`, `il y a 2 jours`; in the future: a doubt."""
    if minutes < 0:
        return "heure à vérifier"
    if minutes < 1:
        return "à l'instant"
    if minutes < 60:
        return f"il y a {minutes} min"
    if minutes < 48 * 60:
        return f"il y a {minutes // 60} h"
    return f"il y a {minutes // (24 * 60)} jours"
