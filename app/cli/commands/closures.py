"""`closures`: the list of closures."""

from __future__ import annotations

import argparse
from datetime import date

from app.cli.program import Outcome, Program
from app.domain.moments import french_date
from app.domain.money import euros
from app.domain.scope import CAISSE, GENERAL, MONTH, POSTE, YEAR
from app.errors import UsageError
from app.services.closures import list_closures

NAME = "closures"
HELP = "lister les clôtures"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--from", dest="first", metavar="DATE")
    parser.add_argument("--to", dest="last", metavar="DATE")
    kinds = (GENERAL, POSTE, CAISSE, MONTH, YEAR)
    parser.add_argument("--kind", choices=kinds, metavar="|".join(kinds))


def read_date(text: str | None) -> date | None:
    """A `--from` or `--to`. Raises UsageError."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"« {text} » n'est pas une date : écrivez 2021-01-02.") from None


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """One line a closure."""
    with program.open_shop() as shop:
        rows = list_closures(shop, read_date(args.first), read_date(args.last), args.kind)
    text = "\n".join(
        f"{row['id']:14} {french_date(date.fromisoformat(row['business_day']))} "
        f"{row['tickets']:6} {'tickets' if row['tickets'] > 1 else 'ticket ':7} "
        f"{euros(row['total']):>14}"
        for row in rows
    )
    return Outcome(text or "Aucune clôture.", {"closures": rows})
