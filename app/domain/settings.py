"""The one table of settings: file, validation, command line and screens all come from it.

A setting has a key, a type, a default and the words people see. Values are text, whole numbers,
booleans or lists of texts. Those marked `identity` or `secret` don't go into a template for
another shop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from app.domain.money import rate_from_text
from app.errors import UsageError

Value = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: `kind` is text, choice, number, flag, hour, month_day, rate or list.

    `tree` is the place on screen, in the words of the source documents.
    """

    key: str
    kind: str
    default: Value
    tree: str
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    maximum: int = 200
    identity: bool = False
    secret: bool = False


ROLES = (
    ("master", "Caisse maître"),
    ("secondary", "Caisse secondaire"),
    ("back_office", "Back-office"),
    ("head_office", "Siège"),
)
NATURES = (("goods", "Biens"), ("services", "Services"))
VAT_ROWS = 10

_SHOP = "Boutique"
_CLOSING = "Paramètres › Édition clôture"
_TILLS = "Postes et tiroirs"
_VAT = "Taux de TVA"
_DEFAULT_RATES = ("20.00", "10.00", "5.50", "20.00", "10.00", "5.50", "2.10")
_DEFAULT_NATURES = ("goods", "goods", "goods", "services", "services", "services", "goods")


def _vat_rows() -> tuple[Setting, ...]:
    rows: list[Setting] = []
    for index in range(VAT_ROWS):
        used = index < len(_DEFAULT_RATES)
        rate = _DEFAULT_RATES[index] if used else "0.00"
        nature = _DEFAULT_NATURES[index] if used else "goods"
        name = f"TVA {index + 1}"
        rows.append(Setting(f"vat.{index + 1}.rate", "rate", rate, _VAT, f"{name} : taux"))
        rows.append(
            Setting(
                f"vat.{index + 1}.nature",
                "choice",
                nature,
                _VAT,
                f"{name} : nature",
                choices=NATURES,
            )
        )
    return tuple(rows)


SETTINGS: tuple[Setting, ...] = (
    Setting("shop.name", "text", "", _SHOP, "Nom de la boutique", identity=True),
    Setting("shop.address", "text", "", _SHOP, "Adresse", maximum=500, identity=True),
    Setting("shop.siret", "text", "", _SHOP, "SIRET", maximum=14, identity=True),
    Setting("shop.vat_number", "text", "", _SHOP, "N° de TVA", maximum=20, identity=True),
    Setting(
        "shop.role",
        "choice",
        "master",
        _SHOP,
        "Rôle de ce poste",
        "Seule la caisse maître clôture et sauvegarde : elle détient les données.",
        choices=ROLES,
    ),
    Setting(
        "closing.day_change",
        "hour",
        "05:00",
        _CLOSING,
        "Heure de changement de journée",
        "Les ventes faites avant cette heure comptent pour la veille.",
    ),
    Setting(
        "closing.year_end",
        "month_day",
        "12-31",
        _CLOSING,
        "Fin de l'exercice (mois-jour)",
        "Le cumul de la période repart de zéro après ce jour.",
    ),
    Setting(
        "closing.difference_limit",
        "number",
        1000,
        _CLOSING,
        "Écart de caisse qui demande un responsable (centimes)",
        maximum=100_000_000,
    ),
    Setting(
        "tills.drawers",
        "list",
        ["1/1"],
        _TILLS,
        "Caisses de la boutique",
        "Une par tiroir : poste/caisse, par exemple 1/1 et 2/1.",
    ),
    Setting(
        "tickets.profile",
        "text",
        "journal",
        "Périphériques › Interfaces",
        "Profil d'import des tickets",
        "Le format des fichiers que votre logiciel de caisse dépose.",
    ),
    Setting(
        "tickets.follow",
        "list",
        [],
        "Périphériques › Interfaces",
        "Fichiers suivis en lecture seule",
        "Fichiers que le logiciel de caisse complète toute la journée.",
    ),
    Setting("support.name", "text", "", "Support", "Nom du support"),
    Setting("support.phone", "text", "", "Support", "Téléphone du support"),
    *_vat_rows(),
)

_BY_KEY = {setting.key: setting for setting in SETTINGS}
_YES = {"oui", "true", "1", "yes"}
_NO = {"non", "false", "0", "no"}


def setting_of(key: str) -> Setting:
    """The row of a key. Raises UsageError when there is none."""
    if key not in _BY_KEY:
        raise UsageError(f"Réglage inconnu : {key}. « settings get » montre tous les réglages.")
    return _BY_KEY[key]


def checked(setting: Setting, value: Any) -> Value:
    """A value fit for a setting, read from text or JSON. Raises UsageError saying what is right."""
    try:
        return _READERS[setting.kind](setting, value)
    except (ValueError, TypeError):
        raise UsageError(
            f"« {str(value)[:60]} » ne convient pas pour {setting.label} : {_EXPECTED[setting.kind]}"
            + (f" ({', '.join(c for c, _ in setting.choices)})." if setting.choices else ".")
        ) from None


def value_of(values: Mapping[str, Any], key: str) -> Value:
    """A setting's value, or its default when it was never set."""
    setting = setting_of(key)
    value: Value = values.get(key, setting.default)
    return value


def text_of(values: Mapping[str, Any], key: str) -> str:
    """A text setting's value."""
    return str(value_of(values, key))


def list_of(values: Mapping[str, Any], key: str) -> list[str]:
    """A list setting's value."""
    value = value_of(values, key)
    return list(value) if isinstance(value, list) else []


def day_change_of(values: Mapping[str, Any]) -> time:
    """The day-change hour."""
    return time.fromisoformat(text_of(values, "closing.day_change"))


def year_end_of(values: Mapping[str, Any]) -> tuple[int, int]:
    """The end of the fiscal year as (month, day)."""
    month, day = text_of(values, "closing.year_end").split("-")
    return int(month), int(day)


def vat_table_of(values: Mapping[str, Any]) -> frozenset[tuple[int, str]]:
    """The (rate, nature) pairs that have a row in the VAT table; a rate of 0 is an unused row."""
    pairs = {
        (
            rate_from_text(text_of(values, f"vat.{row}.rate")),
            text_of(values, f"vat.{row}.nature"),
        )
        for row in range(1, VAT_ROWS + 1)
    }
    return frozenset(pair for pair in pairs if pair[0])


def first_drawer_of(values: Mapping[str, Any], till: str) -> str:
    """The first drawer of a till: where its tickets without a drawer belong."""
    for drawer in list_of(values, "tills.drawers"):
        name, _, number = drawer.partition("/")
        if name == till:
            return number
    return "1"


def _text(setting: Setting, value: Any) -> Value:
    if not isinstance(value, str) or len(value) > setting.maximum or "\x00" in value:
        raise ValueError
    return value.strip()


def _choice(setting: Setting, value: Any) -> Value:
    if value not in {code for code, _ in setting.choices}:
        raise ValueError
    return str(value)


def _number(setting: Setting, value: Any) -> Value:
    number = int(value)
    if isinstance(value, float) or not 0 <= number <= setting.maximum:
        raise ValueError
    return number


def _flag(_: Setting, value: Any) -> Value:
    text = str(value).casefold()
    if text not in _YES | _NO:
        raise ValueError
    return text in _YES


def _hour(_: Setting, value: Any) -> Value:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError
    return str(value)


def _month_day(_: Setting, value: Any) -> Value:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value):
        raise ValueError
    return str(value)


def _rate(_: Setting, value: Any) -> Value:
    rate = rate_from_text(str(value).strip())
    return f"{rate // 100}.{rate % 100:02d}"


def _list(_: Setting, value: Any) -> Value:
    items = value.split(",") if isinstance(value, str) else list(value)
    if len(items) > 100 or any(not isinstance(i, str) or len(i) > 500 for i in items):
        raise ValueError
    return [i.strip() for i in items if i.strip()]


_READERS = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "flag": _flag,
    "hour": _hour,
    "month_day": _month_day,
    "rate": _rate,
    "list": _list,
}
_EXPECTED = {
    "text": "un texte plus court est attendu",
    "choice": "choisissez dans la liste",
    "number": "un nombre entier positif est attendu",
    "flag": "répondez oui ou non",
    "hour": "une heure comme 05:00 est attendue",
    "month_day": "un mois et un jour comme 12-31 sont attendus",
    "rate": "un taux comme 5.50 est attendu",
    "list": "une liste séparée par des virgules est attendue",
}
