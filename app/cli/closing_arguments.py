"""Reading what a closure is asked: its scope, its end, what was counted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.cli.said import problem_of, said
from app.domain.cash import COINS, NOTES, Count
from app.domain.closing import TillZ
from app.domain.moments import until_from_text
from app.domain.scope import drawer_name
from app.domain.settings import day_change_of
from app.domain.tenders import tender_code
from app.errors import UnreadableFile, UsageError

MAX_CENTS = 10**10
MOST_BYTES = 1 << 20
EXAMPLE = 'par exemple {"1/1": {"tenders": {"especes": 98785}}}, en centimes'

_T = TypeVar("_T", str, int)
_TILL_Z = re.compile(r"([^:]*):([^:]*):(-?[0-9]{1,12})")
_COIN = re.compile(r"[0-9]{1,9}")
_KEYS = ("tenders", "coins", "left", "banked", "reason")


class _Fault(Exception):
    """What is wrong in a count, one clause for a person."""


def read_until(text: str | None, settings: Mapping[str, Any]) -> datetime | None:
    """An `--until`: a moment, or a date meaning the end of that business day."""
    if text is None:
        return None
    try:
        return until_from_text(text, day_change_of(settings))
    except (ValueError, OverflowError):
        raise UsageError(
            f"« {text} » n'est pas une date : écrivez 2021-01-02 ou 2021-01-02T19:30."
        ) from None


def read_till_z(texts: list[str]) -> tuple[TillZ, ...]:
    """The till software's own Z: `T:N:CENTS`."""
    rows: list[TillZ] = []
    for text in texts:
        found = _TILL_Z.fullmatch(text)
        if found is None:
            raise UsageError(
                f"« {text} » : écrivez poste:numéro:centimes, par exemple 1:123:98785."
            )
        if found[1] in {row.till for row in rows}:
            raise UsageError(f"Le Z du poste {found[1]} est donné deux fois : gardez le dernier.")
        rows.append(TillZ(found[1], said(found[2]), int(found[3])))
    return tuple(rows)


def read_counts(path: Path | None) -> dict[str, Count]:
    """A `--count` file: JSON, one object a drawer (contract, chapter 3). Raises UnreadableFile."""
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        raise UnreadableFile(
            f"Le fichier de comptage {path} ne s'ouvre pas : vérifiez son nom et son dossier."
        ) from None
    try:
        return _counts(data)
    except _Fault as fault:
        raise UnreadableFile(
            f"Le fichier de comptage {path} : {fault}. Corrigez-le, {EXAMPLE}."
        ) from None


def _counts(data: bytes) -> dict[str, Count]:
    if len(data) > MOST_BYTES:
        raise _Fault("il dépasse 1 Mio")
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _Fault("ce n'est pas du JSON") from None
    counts = {}
    for drawer, row in _object(content, "le fichier").items():
        try:
            counts[drawer_name(drawer)] = count_from_json(row)
        except UsageError:
            raise _Fault(f"« {drawer} » n'est pas une caisse") from None
        except _Fault as fault:
            raise _Fault(f"caisse {drawer}, {fault}") from None
    return counts


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise _Fault(f"« {key} » y est deux fois")
        content[key] = value
    return content


def count_from_json(row: Any) -> Count:
    """One drawer's count; amounts in cents, coins as number by denomination in cents."""
    row = _object(row, "son comptage")
    for key in row:
        if key not in _KEYS:
            raise _Fault(f"« {key} » n'est pas l'un de {', '.join(_KEYS)}")
    return Count(
        tenders=_amounts(row, "tenders", tender_code),
        coins=_amounts(row, "coins", _coin),
        left=None if row.get("left") is None else _cents("left", row["left"]),
        banked=None if row.get("banked") is None else _cents("banked", row["banked"]),
        reason=_reason(row.get("reason")),
    )


def _amounts(row: Mapping[str, Any], key: str, read_name: Callable[[str], _T]) -> dict[_T, int]:
    amounts: dict[_T, int] = {}
    for name, value in _object(row.get(key, {}), key).items():
        code = read_name(name)
        if code in amounts:
            raise _Fault(f"{key} : « {name} » y est deux fois")
        amounts[code] = _cents(f"{key} {name}", value)
    return amounts


def _coin(name: str) -> int:
    if not _COIN.fullmatch(name):
        raise _Fault(f"coins : « {name} » n'est pas une pièce ou un billet en centimes")
    if int(name) not in (*NOTES, *COINS):
        raise _Fault(f"coins : aucune pièce et aucun billet ne vaut {name} centimes")
    return int(name)


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _Fault(f"{what} : {_shown(value)} n'est pas un objet JSON entre accolades")
    return value


def _reason(value: Any) -> str:
    if not isinstance(value, str | None):
        raise _Fault(f"reason : {_shown(value)} n'est pas un texte")
    problem = problem_of(value or "")
    if problem:
        raise _Fault(f"reason : {problem}")
    return value or ""


def _cents(what: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Fault(f"{what} : {_shown(value)} n'est pas un nombre entier")
    if not 0 <= value <= MAX_CENTS:
        raise _Fault(f"{what} : {_shown(value)} ne va pas de 0 à {MAX_CENTS}")
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return f"« {text if len(text) <= 40 else text[:40] + '…'} »"
