"""`cash`: moves, the opening float, a corrected count."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from app.cli.closing_arguments import EXAMPLE, read_counts
from app.cli.program import Outcome, Program
from app.cli.said import said
from app.domain.money import euros
from app.errors import UnreadableFile, UsageError
from app.services.cash_moves import correct_counts, declare_float, move_cash
from app.services.drawers import check_known
from app.services.settings import load_settings

NAME = "cash"
HELP = "mouvements de caisse, fond de caisse, correction d'un comptage"

_CENTS = re.compile(r"-?[0-9]{1,18}")
_MOVED = {"in": "entrés dans", "out": "sortis de"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="in|out|float|correct")
    for kind, text in (("in", "de l'argent entre"), ("out", "de l'argent sort")):
        move = actions.add_parser(kind, help=text)
        move.add_argument("cents", type=_cents, metavar="CENTIMES")
        move.add_argument("--drawer", required=True, metavar="T/D")
        move.add_argument("--reason", required=True, type=said, metavar="TEXTE")
        move.add_argument("--by", default="", type=said, metavar="NOM")
    opening = actions.add_parser("float", help="le fond de caisse du matin")
    opening.add_argument("cents", type=_cents, metavar="CENTIMES")
    opening.add_argument("--drawer", required=True, metavar="T/D")
    opening.add_argument("--by", default="", type=said, metavar="NOM")
    correct = actions.add_parser("correct", help="corriger un comptage mal tapé")
    correct.add_argument("id", metavar="ID")
    correct.add_argument("--count", type=Path, required=True, metavar="FICHIER")
    correct.add_argument("--by", default="", type=said, metavar="NOM")


def _cents(text: str) -> int:
    if not _CENTS.fullmatch(text):
        raise UsageError(f"« {text} » : écrivez un nombre de centimes, par exemple 15000.")
    return int(text)


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Record what was asked."""
    now = program.clock()
    if args.action == "correct":
        return _correct(program, args)
    with program.open_shop(create=True) as shop:
        check_known(shop, load_settings(shop), drawers=[args.drawer])
        if args.action == "float":
            record = declare_float(shop, args.cents, args.drawer, now, args.by)
            text = f"Fond de caisse de {args.drawer} : {euros(args.cents)}."
        else:
            record = move_cash(
                shop, args.action, args.cents, args.drawer, args.reason, now, args.by
            )
            text = f"{euros(args.cents)} {_MOVED[args.action]} la caisse {args.drawer}."
    return Outcome(text, record)


def _correct(program: Program, args: argparse.Namespace) -> Outcome:
    counts = read_counts(args.count)
    if not counts:
        raise UnreadableFile(
            f"Le fichier de comptage {args.count} ne donne aucune caisse : écrivez-y le comptage "
            f"à corriger, {EXAMPLE}."
        )
    with program.open_shop() as shop:
        made = correct_counts(shop, args.id, counts, program.clock(), args.by)
    drawers = ", ".join(row["drawer"] for row in made)
    text = f"Comptage corrigé pour {drawers} ; le premier comptage reste visible sur {args.id}."
    return Outcome(text, {"corrections": made})
