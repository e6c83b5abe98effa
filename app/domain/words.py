"""French words that depend on a number, and those for the codes of the record."""

from __future__ import annotations

from decimal import Decimal

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
COMPUTED = "Calculé à partir des tickets reçus de la caisse"
"""What every figure of ours says of itself: the till software records the sales, not we."""


def count_of(number: int, one: str, several: str = "") -> str:
    """`1 ticket`, `2 tickets`; zero is singular in French."""
    return f"{number} {one if number < 2 else several or one + 's'}"


def kind_of(kind: str, code: str) -> str:
    """`GÉNÉRALE`, `POSTE 1`, `CAISSE 1/1`, `MOIS 2021-01`."""
    return f"{KINDS.get(kind, kind)} {code}".strip()


def rate_words(hundredths: int) -> str:
    """`5,5 %`, `20 %`."""
    return f"{rate_text(hundredths).rstrip('0').rstrip('.').replace('.', ',')}\u00a0%"


def quantity_words(qty: Decimal) -> str:
    """`12`, `1,33`: no zeros that say nothing, spaces between thousands."""
    plain = format(qty.quantize(Decimal("0.001")), ",f").replace(",", "\u202f").replace(".", ",")
    return plain.rstrip("0").rstrip(",") if "," in plain else plain


def number_words(value: int) -> str:
    """`1 234`."""
    return f"{value:,}".replace(",", "\u202f")


def size_words(octets: int) -> str:
    """`512 octets`, `12 Ko`, `3,4 Mo`, `120 Go`."""
    if octets < 1000:
        return count_of(octets, "octet")
    for unit, worth in (("Ko", 10**3), ("Mo", 10**6), ("Go", 10**9), ("To", 10**12)):
        if octets < worth * 1000 or unit == "To":
            value = octets / worth
            shown = f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:.0f}"
            return f"{shown}\u00a0{unit}"
    return ""
