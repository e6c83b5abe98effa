"""Reading what a closure is asked: its scope, its end, what was counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.cash import Count
from app.domain.closing import TillZ
from app.domain.moments import until_from_text
from app.domain.settings import day_change_of
from app.domain.tenders import tender_code
from app.errors import UsageError

MAX_CENTS = 10**10


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
    rows = []
    for text in texts:
        parts = text.split(":")
        try:
            till, number, total = parts
            rows.append(TillZ(till, number, int(total)))
        except ValueError:
            raise UsageError(
                f"« {text} » : écrivez poste:numéro:centimes, par exemple 1:123:98785."
            ) from None
    return tuple(rows)


def read_counts(path: Path | None) -> dict[str, Count]:
    """A `--count` file: JSON, one object a drawer (contract, chapter 3)."""
    if path is None:
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {str(drawer): count_from_json(row) for drawer, row in content.items()}
    except OSError:
        raise UsageError(f"Le fichier de comptage {path} ne s'ouvre pas.") from None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise UsageError(
            f"Le fichier de comptage {path} n'est pas lisible : il faut du JSON comme "
            '{"1/1":{"tenders":{"especes":98785}}}, en centimes.'
        ) from None


def count_from_json(row: Mapping[str, Any]) -> Count:
    """One drawer's count; amounts in cents, coins as number by denomination in cents."""
    unknown = set(row) - {"tenders", "coins", "left", "banked", "reason"}
    if unknown:
        raise ValueError(f"unknown keys {unknown}")
    return Count(
        tenders={tender_code(m): _cents(a) for m, a in row.get("tenders", {}).items()},
        coins={_cents(int(v)): _cents(n) for v, n in row.get("coins", {}).items()},
        left=None if row.get("left") is None else _cents(row["left"]),
        banked=None if row.get("banked") is None else _cents(row["banked"]),
        reason=str(row.get("reason") or ""),
    )


def _cents(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_CENTS:
        raise ValueError(f"not cents: {value!r}")
    return value
