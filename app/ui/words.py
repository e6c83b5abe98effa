"""French words for the codes of the record, as screens write them."""

from __future__ import annotations

from decimal import Decimal

from app.domain.findings import label_of
from app.domain.money import rate_text
from app.domain.scope import CAISSE, GENERAL, MONTH, POSTE, YEAR

NATURES = {
    "goods": "Biens",
    "services": "Services",
    "gift_card": "Cartes cadeaux",
    "deposit": "Acomptes",
    "tip": "Pourboires",
    "rounding": "Arrondis",
    "account_payment": "Règlements de compte",
}
KINDS = {
    GENERAL: "GÉNÉRALE",
    POSTE: "POSTE",
    CAISSE: "CAISSE",
    MONTH: "MOIS",
    YEAR: "EXERCICE",
}
TICKET_KINDS = {"sale": "Vente", "refund": "Remboursement", "void": "Annulation"}
COMPUTED = "Calculé à partir des tickets reçus de la caisse"


def kind_of(kind: str, code: str) -> str:
    """`GÉNÉRALE`, `POSTE 1`, `CAISSE 1/1`, `MOIS 2021-01`."""
    return f"{KINDS.get(kind, kind)} {code}".strip()


def drawer_name(drawer: str) -> str:
    """`Tiroir 1/1`: the second drawer of till 1 is `Tiroir 1/2`."""
    return f"Tiroir {drawer}"


def finding(kind: str) -> str:
    """What looked odd, beginning with a capital."""
    words = label_of(kind)
    return words[:1].upper() + words[1:]


def rate(hundredths: int) -> str:
    """`5,5 %`, `20 %`."""
    return f"{rate_text(hundredths).rstrip('0').rstrip('.').replace('.', ',')}\u00a0%"


def quantity(qty: Decimal) -> str:
    """`12`, `1,33`: no zeros that say nothing, spaces between thousands."""
    plain = format(qty.quantize(Decimal("0.001")), ",f").replace(",", "\u202f").replace(".", ",")
    return plain.rstrip("0").rstrip(",") if "," in plain else plain


def number(value: int) -> str:
    """`1 234`."""
    return f"{value:,}".replace(",", "\u202f")


def share(thousandths: int) -> str:
    """`12,3 %`."""
    return f"{thousandths // 10},{thousandths % 10}\u00a0%" if thousandths >= 0 else "—"


def size(octets: int) -> str:
    """`512 octets`, `12 Ko`, `3,4 Mo`, `120 Go`."""
    if octets < 1000:
        return f"{octets} octets"
    for unit, worth in (("Ko", 10**3), ("Mo", 10**6), ("Go", 10**9), ("To", 10**12)):
        if octets < worth * 1000 or unit == "To":
            value = octets / worth
            shown = f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:.0f}"
            return f"{shown}\u00a0{unit}"
    return ""


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
