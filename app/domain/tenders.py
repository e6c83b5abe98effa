"""Tenders (modes de règlement): their codes and the names tills give them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CASH = "especes"
UNKNOWN = "inconnu"

LABELS = {
    CASH: "Espèces",
    "cb": "Carte bancaire",
    "cheque": "Chèque",
    "titre_restaurant": "Titre-restaurant",
    "virement": "Virement",
    "avoir": "Avoir",
    "carte_cadeau": "Carte cadeau",
    "en_compte": "En compte",
    UNKNOWN: "Inconnu",
}

_ALIASES = {
    "": UNKNOWN,
    "cash": CASH,
    "espece": CASH,
    "liquide": CASH,
    "carte": "cb",
    "card": "cb",
    "carte_bancaire": "cb",
    "carte_bleue": "cb",
    "check": "cheque",
    "cheques": "cheque",
    "titres_restaurant": "titre_restaurant",
    "ticket_restaurant": "titre_restaurant",
    "tickets_restaurant": "titre_restaurant",
}


@lru_cache(maxsize=1024)
def tender_code(name: str) -> str:
    """The code of a tender as a source names it; a name we don't know keeps its own code.

    >>> tender_code("Espèces"), tender_code("Ticket restaurant"), tender_code("Bon ACME")
    ('especes', 'titre_restaurant', 'bon_acme')
    """
    plain = _decomposed(_decomposed(name).casefold())  # a sign may unfold to capitals
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    code = "_".join("".join(c if c.isalnum() else " " for c in letters).split())
    return _ALIASES.get(code, code)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def tender_label(code: str) -> str:
    """The name shown to a person."""
    return LABELS.get(code, code.replace("_", " ").capitalize())
