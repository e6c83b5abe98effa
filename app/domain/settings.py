"""The one table of settings: file, validation, command line and screens all come from it.

A setting has a key, a type, a default and the words people see. Values are text, whole numbers,
booleans or lists of texts. Those marked `identity` or `secret` don't go into a template for
another shop. A secret is a text that is kept apart: of it the record only says that it was set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from app.domain.mail_address import is_address
from app.domain.money import rate_from_text
from app.domain.outgoing_settings import MAIL_ROWS, PRINTER_ROWS
from app.domain.scope import CAISSE, scope_of
from app.domain.setting import Setting, Value
from app.errors import UsageError

__all__ = ["Setting", "Value"]  # so that who needs the table needs no other module

ROLES = (
    ("master", "Caisse maître"),
    ("secondary", "Caisse secondaire"),
    ("back_office", "Back-office"),
    ("head_office", "Siège"),
)
TEXT_SIZES = (("A", "A : normale"), ("A+", "A+ : grande"), ("A++", "A++ : très grande"))
IDLE_MINUTES = (
    ("0", "Jamais"),
    ("2", "Après 2 minutes"),
    ("5", "Après 5 minutes"),
    ("15", "Après 15 minutes"),
    ("30", "Après 30 minutes"),
)
NATURES = (("goods", "Biens"), ("services", "Services"))
VAT_ROWS = 10

_SHOP = "Boutique"
_SIRET = "shop.siret"
_CLOSING = "Paramètres › Édition clôture"
_DISPLAY = "Paramètres › Affichage"
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
    Setting(_SIRET, "text", "", _SHOP, "SIRET", maximum=14, identity=True),
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
        "Fin de l'exercice",
        "Le cumul de la période repart de zéro après ce jour.",
    ),
    Setting(
        "closing.difference_limit",
        "amount",
        1000,
        _CLOSING,
        "Écart de caisse qui demande un responsable",
        "Au-delà, la clôture demande le code d'un responsable.",
        maximum=100_000_000,
    ),
    Setting(
        "tills.drawers",
        "drawers",
        ["1/1"],
        _TILLS,
        "Tiroirs-caisses de la boutique",
        "Chacun s'écrit poste/tiroir : 1/1 et 1/2 sont les deux tiroirs du poste 1.",
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
    Setting(
        "display.text_size",
        "choice",
        "A",
        _DISPLAY,
        "Taille de l'affichage",
        "Des textes et des touches plus grands.",
        choices=TEXT_SIZES,
    ),
    Setting(
        "display.idle_minutes",
        "choice",
        "0",
        _DISPLAY,
        "Verrouiller l'écran",
        "Après ce temps sans toucher, il faut un code pour reprendre.",
        choices=IDLE_MINUTES,
    ),
    *PRINTER_ROWS,
    *MAIL_ROWS,
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
    except _TooLong as too_long:
        raise UsageError(_too_long(setting, too_long.length)) from None
    except (ValueError, TypeError, UsageError):
        if setting.secret:  # what was typed must not come back in a sentence, which goes to the log
            raise UsageError(f"{setting.label} : ce texte ne convient pas.") from None
        choices = ", ".join(code for code, _ in setting.choices)
        expected = _EXPECTED[setting.kind] + (f" ({choices})" if choices else "")
        raise UsageError(
            f"« {str(value)[:60]} » ne convient pas pour {setting.label} : {expected}."
        ) from None


class _TooLong(Exception):
    """A text of so many characters where fewer are allowed."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


def _too_long(setting: Setting, length: int) -> str:
    """How much is allowed and how much there is, so that the person can count."""
    if setting.key == _SIRET:
        rule = f"Le SIRET a {setting.maximum} chiffres"
    else:
        rule = f"{setting.label} : {setting.maximum} caractères au plus"
    return f"Ce texte ne convient pas. {rule}, vous en avez tapé {length}."


def value_of(values: Mapping[str, Any], key: str) -> Value:
    """A setting's value, or its default when it was never set; a secret's is not among them."""
    setting = setting_of(key)
    if setting.secret:
        raise TypeError(f"{key} is a secret: only app.services.secrets gives it")
    value: Value = values.get(key, setting.default)
    return value


def text_of(values: Mapping[str, Any], key: str) -> str:
    """A text setting's value."""
    return str(value_of(values, key))


def number_of(values: Mapping[str, Any], key: str) -> int:
    """A number setting's value."""
    return int(text_of(values, key))


def idle_minutes_of(values: Mapping[str, Any]) -> int:
    """After how many minutes without a touch the kiosk locks itself; 0: never."""
    return number_of(values, "display.idle_minutes")


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


def first_drawers_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The first drawer of each till: where its tickets without a drawer belong."""
    drawers: dict[str, str] = {}
    for name in list_of(values, "tills.drawers"):
        till, _, drawer = name.partition("/")
        drawers.setdefault(till, drawer)
    return drawers


def _text(setting: Setting, value: Any) -> Value:
    if not isinstance(value, str):
        raise ValueError
    text = value.strip()
    text.encode("utf-8")  # half a character, as only JSON can write it, fits in no file
    if "\x00" in text:
        raise ValueError
    if setting.key == _SIRET:
        text = text.replace(" ", "")  # often written by groups of three
    if len(text) > setting.maximum:
        raise _TooLong(len(text))
    return text


def _mail(setting: Setting, value: Any) -> Value:
    text = _text(setting, value)
    if text and not is_address(str(text)):
        raise ValueError
    return text


def _choice(setting: Setting, value: Any) -> Value:
    if value not in {code for code, _ in setting.choices}:
        raise ValueError
    return str(value)


def _number(setting: Setting, value: Any) -> Value:
    if isinstance(value, bool | float):
        raise ValueError
    number = int(value)
    if not 0 <= number <= setting.maximum:
        raise ValueError
    return number


def _flag(_: Setting, value: Any) -> Value:
    text = str(value).casefold()
    if text not in _YES | _NO:
        raise ValueError
    return text in _YES


def _hour(_: Setting, value: Any) -> Value:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError
    return str(value)


def _month_day(_: Setting, value: Any) -> Value:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", value):
        raise ValueError
    date.fromisoformat(f"2024-{value}")  # a leap year: 29 February is a day, 31 April is none
    return str(value)


def _rate(_: Setting, value: Any) -> Value:
    rate = rate_from_text(str(value).strip())
    return f"{rate // 100}.{rate % 100:02d}"


def _list(_: Setting, value: Any) -> Value:
    return list(_items(value))


def _drawers(_: Setting, value: Any) -> Value:
    items = [scope_of(CAISSE, item.replace(" ", "")).code for item in _items(value)]
    if not items:
        raise ValueError
    return list(dict.fromkeys(items))


def _items(value: Any) -> list[str]:
    items = value.split(",") if isinstance(value, str) else list(value)
    if len(items) > 100 or any(not isinstance(i, str) or len(i) > 500 for i in items):
        raise ValueError
    "".join(items).encode("utf-8")
    return [i.strip() for i in items if i.strip()]


_READERS = {
    "text": _text,
    "mail": _mail,
    "choice": _choice,
    "number": _number,
    "amount": _number,
    "flag": _flag,
    "hour": _hour,
    "month_day": _month_day,
    "rate": _rate,
    "list": _list,
    "drawers": _drawers,
}
_EXPECTED = {
    "text": "un texte plus court est attendu",
    "mail": "une adresse comme nom@exemple.fr est attendue",
    "choice": "choisissez dans la liste",
    "number": "un nombre entier positif et plus petit est attendu",
    "amount": "un montant positif et plus petit, en centimes, est attendu",
    "flag": "répondez oui ou non",
    "hour": "une heure comme 05:00 est attendue",
    "month_day": "un mois et un jour comme 12-31 sont attendus",
    "rate": "un taux comme 5.50 est attendu",
    "list": "une liste séparée par des virgules est attendue",
    "drawers": "des tiroirs comme 1/1 et 2/1 sont attendus (poste/tiroir)",
}
