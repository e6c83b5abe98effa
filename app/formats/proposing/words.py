"""The words that tills use: names of columns, kinds of sale, tenders, natures, rates.

Names of columns are in plain form (`plain`), the likeliest first. They come from exports of French
tills and of those used in France, in French, English, and the Nordic languages of one of them.
"""

from __future__ import annotations

import re
from typing import Any

from app.formats.folded_text import fold

_NOT_WORDS = re.compile(r"[^A-Z0-9%]+")


def plain(name: str) -> str:
    """The name of a column as words alone.

    >>> plain("Réf. transaction"), plain("Num_Ticket"), plain("Prix (TTC)")
    ('REF TRANSACTION', 'NUM TICKET', 'PRIX TTC')
    """
    return _NOT_WORDS.sub(" ", fold(name)).strip()


def _names(*names: str) -> tuple[str, ...]:
    return tuple(name for line in names for name in line.split(" | "))


HEADINGS: dict[str, tuple[str, ...]] = {
    "number": _names(
        "NUM TICKET | N TICKET | NO TICKET | N DE TICKET | NUMERO TICKET | NUMERO DE TICKET",
        "TICKET NUMBER | TICKET NO | TICKET ID | TICKET | RECEIPT NUMBER | RECEIPT NO | RECEIPT",
        "NUMERO DE RECU | N DE RECU | N RECU | RECU | KVITTERINGSNUMMER | KVITTONUMMER",
        "NUMERO | N | NUMERO DE FACTURE | N FACTURE | N DE FACTURE | FACTURE | REF TRANSACTION",
        "REFERENCE TRANSACTION | PAYMENT ID | IDENTIFIANT DE PAIEMENT | ID DE PAIEMENT",
        "TRANSACTION ID | ID TRANSACTION | IDENTIFIANT DE TRANSACTION | ID VENTE | SALE ID",
        "N VENTE | VENTE | ORDER NUMBER | ORDER ID | N COMMANDE | COMMANDE | REFERENCE | REF",
    ),
    "date": _names(
        "DATE HEURE | DATE ET HEURE | DATE TIME | DATETIME | HORODATAGE | TIMESTAMP | DATE",
        "DATE VENTE | DATE DE VENTE | DATE DU TICKET | DATE TICKET | DATE OPERATION | JOUR | DAY",
        "DATO | DATUM | CREATED AT",
    ),
    "time": _names("HEURE | TIME | HEURE VENTE | HEURE DE VENTE | HEURE TICKET | TID | HOUR"),
    "kind": _names(
        "TYPE | RECEIPT TYPE | TYPE DE RECU | EVENT TYPE | TYPE DE VENTE | TYPE VENTE",
        "TYPE DE TICKET | GENRE",
        "TYPE OPERATION | TYPE D OPERATION | OPERATION | TYPE DE TRANSACTION | TRANSACTION TYPE",
        "TYPE D EVENEMENT | HAENDELSESTYPE | HANDELSETYP | NATURE OPERATION | SENS",
    ),
    "status": _names("STATUS | TRANSACTION STATUS | STATUT | ETAT | STATUT DU TICKET"),
    "till": _names("POSTE | N POSTE | POS | TILL | TERMINAL | REGISTER | CAISSE | N CAISSE"),
    "drawer": _names("TIROIR | N TIROIR | DRAWER"),
    "cashier": _names(
        "CAISSIER | NOM DU CAISSIER | VENDEUR | VENDEUSE | SERVEUR | CASHIER | CASHIER NAME",
        "EMPLOYE | NOM DE L EMPLOYE | EMPLOYEE",
        "EMPLOYEE NAME | STAFF NAME | STAFF | SELLER | PERSONNEL | PERSONALE | PERSONAL",
        "UTILISATEUR | OPERATEUR | USER | COMPTE",
    ),
    "code": _names(
        "CODE ARTICLE | ID ARTICLE | REF ARTICLE | REFERENCE ARTICLE | CODE PRODUIT | SKU | CODE",
        "ITEM CODE | PLU | CODE BARRES | CODE BARRE | EAN | GTIN | BARCODE",
    ),
    "label": _names(
        "ARTICLE | LIBELLE | LIBELLE ARTICLE | DESIGNATION | PRODUIT | NOM ARTICLE",
        "NOM DE L ARTICLE | NOM DU PRODUIT | ITEM | ITEM NAME | PRODUCT | PRODUCT NAME",
        "DESCRIPTION | BESKRIVELSE | BESKRIVNING",
    ),
    "family": _names(
        "FAMILLE | RAYON | CATEGORIE | CATEGORY | GROUPE | DEPARTEMENT | DEPARTMENT | SECTION"
    ),
    "nature": _names("ITEMIZATION TYPE | NATURE | TYPE ARTICLE | TYPE D ARTICLE | ITEM TYPE"),
    "qty": _names("QUANTITE | QTE | QT | QTY | QUANTITY | NOMBRE | NB | POIDS | ANTAL"),
    "total": _names(
        "TOTAL TTC | MONTANT TTC | PRIX TTC | TTC | TOTAL LIGNE | TOTAL TTC NET | CA TTC",
        "TOTAL COLLECTED | TOTAL COLLECTE | TOTAL ENCAISSE | TOTAL PERCU | TOTAL | TOTALT",
        "MONTANT | MONTANT TOTAL | AMOUNT | TOTAL PRICE",
        "NET SALES | SALES | VENTES NETTES | TOTAL HT | MONTANT HT",
    ),
    "unit": _names(
        "PRIX U TTC | PU TTC | PRIX UNITAIRE TTC | PRIX UNIT TTC | PRIX UNITAIRE | PRIX U | PU",
        "PRIX UNIT | UNIT PRICE | PRICE | PRIX | PRIX UNITAIRE HT | PU HT",
    ),
    "discount": _names(
        "REMISE | REMISES | REDUCTION | REDUCTIONS | MONTANT REMISE | DISCOUNT | DISCOUNTS",
        "REMISE TTC | RABAT",
    ),
    "ht": _names("TOTAL HT | MONTANT HT | PRIX HT | HT | CA HT"),
    "vat": _names(
        "TAUX TVA | TAUX DE TVA | TX TVA | TVA % | % TVA | TAUX | VAT RATE | TAX RATE | TVA"
    ),
    "tva": _names(
        "MONTANT TVA | TOTAL TVA | TVA | TAX | TAXE | TAXES | VAT | TAX AMOUNT | VAT AMOUNT"
    ),
    "currency": _names("DEVISE | CURRENCY | MONNAIE | CODE DEVISE | CURRENCY CODE | VALUTA"),
    "method": _names(
        "MOYEN DE PAIEMENT | MODE DE PAIEMENT | MODE PAIEMENT | MODE DE REGLEMENT | REGLEMENT",
        "MODE REGLEMENT | TYPE DE PAIEMENT | TYPE DE REGLEMENT | PAIEMENT | PAYMENT TYPE",
        "PAYMENT METHOD | PAYMENT | TENDER | TENDER TYPE | BETALINGSMETODE | BETALNINGSMETOD",
    ),
}

PAID = {
    **dict.fromkeys(_names("ESPECES | ESPECE | CASH | LIQUIDE"), "especes"),
    **dict.fromkeys(_names("CB | CARTE | CARTE BANCAIRE | CARTES BANCAIRES | CARD"), "cb"),
    **dict.fromkeys(_names("CHEQUE | CHEQUES | CHECK"), "cheque"),
    **dict.fromkeys(
        _names("TITRE RESTAURANT | TITRES RESTAURANT | TICKET RESTAURANT | TICKETS RESTAURANT"),
        "titre_restaurant",
    ),
    **dict.fromkeys(
        _names("CARTE CADEAU | CARTES CADEAUX | SQUARE GIFT CARD | CARTE CADEAU SQUARE"),
        "carte_cadeau",
    ),
    **dict.fromkeys(_names("VIREMENT | VIREMENTS | TRANSFER"), "virement"),
    **dict.fromkeys(_names("AVOIR | AVOIRS"), "avoir"),
    **dict.fromkeys(_names("EN COMPTE | COMPTE CLIENT"), "en_compte"),
    **dict.fromkeys(
        _names("AUTRE | AUTRES | OTHER | OTHER TENDER | AUTRE MOYEN DE PAIEMENT"), "autre"
    ),
    "CASH APP": "cash_app",
}
"""Columns that hold what one tender paid."""

EXTRA = {
    **dict.fromkeys(_names("TIP | TIPS | POURBOIRE | POURBOIRES"), ("Pourboire", "tip")),
    **dict.fromkeys(
        _names("SERVICE CHARGE | SERVICE CHARGES | FRAIS DE SERVICE | SERVICE"),
        ("Service", "services"),
    ),
    **dict.fromkeys(
        _names("GIFT CARD SALES | VENTES DE CARTES CADEAUX"), ("Carte cadeau", "gift_card")
    ),
}
"""Columns whose amounts are lines of their own: their label and nature."""

NET_OF_EXTRAS = ("NET SALES", "VENTES NETTES")
"""Totals that hold none of the extra amounts, where other totals do."""

EXCLUDES_TAX = frozenset(
    _names("NET SALES | VENTES NETTES | TOTAL HT | MONTANT HT | PRIX UNITAIRE HT | PU HT")
)
"""Amounts without tax by their very name."""

KINDS = {
    **dict.fromkeys(("Vente", "Achat", "Paiement", "Encaissement"), "sale"),
    **dict.fromkeys(("Sale", "Payment", "Purchase", "Køb", "Salg", "Köp"), "sale"),
    **dict.fromkeys(("Remboursement", "Retour", "Avoir", "Refund", "Return"), "refund"),
    **dict.fromkeys(("Refundering", "Returnering", "Retur", "Återköp"), "refund"),
}
NATURES = {
    **dict.fromkeys(("Item", "Physical Good", "Custom Amount", "Article", "Produit"), "goods"),
    **dict.fromkeys(("Service", "Prestation"), "services"),
    **dict.fromkeys(("Gift Card", "Carte cadeau"), "gift_card"),
}
TENDERS: tuple[dict[str, Any], ...] = (
    {"pattern": r"RESTAURANT|RESTO|DEJEUNER|SWILE|EDENRED|PLUXEE|SODEXO|BIMPLI|APETIZ"}
    | {"method": "titre_restaurant"},
    {"pattern": r"CADEAU|GIFT", "method": "carte_cadeau"},
    {"pattern": r"FIDELITE|LOYALTY", "method": "fidelite"},
    {"pattern": r"\bESPECES?\b|\bCASH\b|\bLIQUIDE\b|\bKONTANT", "method": "especes"},
    {"pattern": r"\bCHEQUES?\b|\bCHECK\b", "method": "cheque"},
    {"pattern": r"\bVIREMENTS?\b|\bTRANSFER\b", "method": "virement"},
    {"pattern": r"\bAVOIRS?\b", "method": "avoir"},
    {
        "pattern": r"\bCB\b|\bCARTES?\b|\bCARDS?\b|VISA|MASTERCARD|MAESTRO|\bAMEX\b"
        r"|AMERICAN EXPRESS|CONTACTLESS|SANS.CONTACT|\bCHIP\b|\bPUCE\b|\bKORT\b",
        "method": "cb",
    },
)
CANCELLED = r"^(CANCEL|VOID|ANNUL|FAIL|ECHEC)"
RATE_COLUMNS = r"^(?:TVA|VAT|MOMS|MVA|BTW|MWST|IVA|ALV)\b.*?([0-9]{1,2}(?:[.,][0-9]{1,2})?) ?%"
RATES = ("20.00", "10.00", "5.50", "2.10", "0.00")
"""The rates of France: what a tax without its rate is compared with."""
