"""What a proposal can't be sure of, in short sentences to be read aloud on the telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.moments import french_date
from app.domain.quoted import one_line, shown
from app.formats.folded_text import fold
from app.formats.proposing.columns import Found
from app.formats.proposing.tables import Table
from app.formats.proposing.values import is_day_uncertain, latest

_MOST_WORDS = 3
_MOST_KINDS = 12


def cannot_propose(name: str, missing: Sequence[str]) -> str:
    """The refusal of a file in which the needed columns can't be told."""
    words = {"date": "la date", "total": "le montant"}
    named = " ni ".join(words[what] for what in missing)
    return (
        f"Dans le fichier {name}, aucune colonne ne donne {named} des ventes ; demandez à la "
        "caisse un export détaillé des tickets."
    )


def unreadable_dates(table: Table, found: Found) -> str:
    """The refusal of a column that was chosen for the date and holds none."""
    column = found.fields["date"]
    example = next(iter(table.cells(column)), "")
    return (
        f"Dans le fichier {table.name}, la colonne {shown(column)} ne donne pas de date "
        f"({shown(example)}) ; choisissez une autre colonne."
    )


def of_proposal(
    data: Mapping[str, Any], table: Table, found: Found, second: Table | None
) -> tuple[str, ...]:
    """What to check before a proposal is saved."""
    return tuple(
        sentence
        for sentence in (
            _of_days(data, table, found),
            _of_numbers(data),
            _of_tenders(data, second),
            _of_rates(data),
            _of_kinds(data, table, found),
        )
        if sentence
    )


def unknown_kinds(data: Mapping[str, Any], table: Table, column: str) -> tuple[str, ...]:
    """The words of the column of kinds whose meaning nobody knows."""
    known = {fold(word) for word in data.get("kinds", {})}
    words = dict.fromkeys(one_line(cell) for cell in table.cells(column))
    if len(words) > _MOST_KINDS:
        return ()  # it is no column of kinds
    return tuple(word for word in words if fold(word) not in known)


def _of_days(data: Mapping[str, Any], table: Table, found: Found) -> str:
    cells = table.cells(found.fields["date"])
    time = found.fields.get("time")
    if time:
        cells = [f"{day} {at}" for day, at in zip(cells, table.cells(time), strict=False)]
    if not is_day_uncertain(cells, data["moments"]):
        return ""
    day = latest(cells, data["moments"])
    return (
        "Le jour et le mois peuvent s'échanger : la dernière vente est-elle bien du "
        f"{french_date(day)} ?"
        if day
        else ""
    )


def _of_numbers(data: Mapping[str, Any]) -> str:
    if "number" in data["columns"]:
        return ""
    how = "les lignes d'une même heure" if data.get("unnumbered") == "moment" else "chaque ligne"
    verb = "font" if data.get("unnumbered") == "moment" else "fait"
    return f"Le fichier ne donne pas de numéro de ticket : {how} {verb} un ticket."


def _of_tenders(data: Mapping[str, Any], second: Table | None) -> str:
    parts = [data, data.get("second", {})]
    if any("method" in part.get("columns", {}) or part.get("paid") for part in parts):
        return ""
    also = "" if second else " Si la caisse les donne dans un autre fichier, ajoutez-le."
    return f"Aucune colonne ne donne le mode de règlement : tout ira à « Inconnu ».{also}"


def _of_rates(data: Mapping[str, Any]) -> str:
    columns = data["columns"]
    if "vat" in columns or "tva" in columns or data.get("rate_columns"):
        return ""
    if data.get("defaults", {}).get("vat"):
        return ""
    return "Aucune colonne ne donne la TVA : choisissez le taux de toutes les ventes."


def _of_kinds(data: Mapping[str, Any], table: Table, found: Found) -> str:
    column = found.fields.get("kind", "")
    words = unknown_kinds(data, table, column)
    if not words:
        return ""
    named = ", ".join(shown(word) for word in words[:_MOST_WORDS])
    return f"Dans la colonne {shown(column)}, dites si {named} est une vente ou un remboursement."
