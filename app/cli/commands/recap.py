"""`recap`: the month on one page for the accountant, in the terminal or as a PDF."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from app.cli.program import TERMINAL_COLUMNS, Outcome, Program
from app.domain.figures import figures_json
from app.domain.moments import business_day
from app.domain.settings import day_change_of
from app.errors import UsageError
from app.services.monthly_recap import monthly_recap
from app.services.pdf_files import month_report, write_recap
from app.services.settings import load_settings

NAME = "recap"
HELP = "récapitulatif d'un mois, à l'écran ou en PDF"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("month", metavar="MOIS", help="par exemple 2026-01")
    parser.add_argument("--pdf", type=Path, metavar="FICHIER", help="l'écrire en PDF")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show or write the recap of a month."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", args.month):
        raise UsageError(f"« {args.month} » n'est pas un mois : écrivez-le comme 2026-01.")
    now = program.clock()
    with program.open_shop() as shop:
        recap = monthly_recap(
            shop, args.month, business_day(now, day_change_of(load_settings(shop)))
        )
        content: dict[str, Any] = {
            "month": recap.month,
            "state": recap.state,
            "closure": recap.closed_as,
            "difference": recap.difference,
            "figures": figures_json(recap.figures),
            "closures": [
                {
                    "id": row.id,
                    "business_day": row.business_day.isoformat(),
                    "tickets": row.tickets,
                    "total": row.total,
                    "difference": row.difference,
                }
                for row in recap.rows
            ],
        }
        if args.pdf is None:
            text = program.paper().text(month_report(shop, args.month, now), TERMINAL_COLUMNS)
        else:
            path = write_recap(
                shop, program.paper(), program.write_file, args.month, args.pdf, now
            ).path
            content["pdf"] = {"file": str(path)}
            text = f"Récapitulatif {args.month} écrit dans {path}."
    return Outcome(text, content)
