"""What the demonstration bakery sells: articles, families, rates, prices, and how each sells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article: `unit` in cents, `vat` in hundredths of a percent, `weight` how often it sells.

    `most` is how many of it a customer takes at most; `when` the hours it sells in (from, to).
    """

    code: str
    label: str
    family: str
    unit: int
    vat: int
    weight: int
    most: int = 2
    when: tuple[int, int] = (0, 24)
    nature: str = "goods"


_MORNING, _NOON, _AFTERNOON = (0, 12), (11, 15), (14, 20)

ARTICLES: tuple[Article, ...] = (
    Article("BAG", "BAGUETTE", "PAIN", 110, 550, 60, most=4),
    Article("TRAD", "BAGUETTE TRADITION", "PAIN", 135, 550, 70, most=4),
    Article("CAMP", "PAIN DE CAMPAGNE 400 G", "PAIN", 285, 550, 14, most=1),
    Article("COMPL", "PAIN COMPLET", "PAIN", 310, 550, 8, most=1),
    Article("CER", "PAIN AUX CÉRÉALES", "PAIN", 330, 550, 9, most=1),
    Article("FIC", "FICELLE", "PAIN", 80, 550, 6),
    Article("CRO", "CROISSANT", "VIENNOISERIE", 120, 550, 45, most=6, when=_MORNING),
    Article("CHO", "PAIN AU CHOCOLAT", "VIENNOISERIE", 130, 550, 38, most=6, when=_MORNING),
    Article("RAI", "PAIN AUX RAISINS", "VIENNOISERIE", 160, 550, 10, when=_MORNING),
    Article("BRI", "BRIOCHE", "VIENNOISERIE", 480, 550, 5, most=1),
    Article("ECL", "ÉCLAIR AU CAFÉ", "PÂTISSERIE", 310, 550, 9, most=4, when=_AFTERNOON),
    Article("TAR", "TARTELETTE AUX FRAISES", "PÂTISSERIE", 390, 550, 9, most=4, when=_AFTERNOON),
    Article("PAR", "PARIS-BREST 4 PARTS", "PÂTISSERIE", 1680, 550, 3, most=1, when=_AFTERNOON),
    Article("FLA", "PART DE FLAN", "PÂTISSERIE", 270, 550, 10, when=_AFTERNOON),
    Article("JB", "SANDWICH JAMBON-BEURRE", "SNACKING", 450, 1000, 26, when=_NOON),
    Article("POU", "SANDWICH POULET CRUDITÉS", "SNACKING", 540, 1000, 24, when=_NOON),
    Article("QUI", "QUICHE LORRAINE CHAUDE", "SNACKING", 430, 1000, 14, when=_NOON),
    Article("SAL", "SALADE COMPOSÉE", "SNACKING", 690, 1000, 9, most=1, when=_NOON),
    Article("EAU", "EAU 50 CL", "BOISSON", 120, 550, 12),
    Article("JUS", "JUS D'ORANGE PRESSÉ", "BOISSON", 320, 1000, 8),
    Article("CAF", "CAFÉ SUR PLACE", "SUR PLACE", 160, 1000, 16, nature="services"),
    Article("THE", "THÉ SUR PLACE", "SUR PLACE", 280, 1000, 5, nature="services"),
    Article("CID", "CIDRE BRUT 75 CL", "CAVE", 650, 2000, 3, most=1),
    Article("BON", "SACHET DE BONBONS", "CONFISERIE", 350, 2000, 5),
    Article("MAC", "BALLOTIN DE CHOCOLATS", "CONFISERIE", 1490, 2000, 3, most=1),
)

CASHIERS: tuple[tuple[str, str], ...] = (
    ("Anne", "responsable"),
    ("Karim", "caissier"),
    ("Lucie", "caissier"),
    ("Théo", "caissier"),
)
"""Who sells in the demonstration, with the role."""

DRAWERS = ("1/1", "1/2", "2/1")
