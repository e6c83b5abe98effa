"""`x`: the reading, closing nothing."""

from __future__ import annotations

import argparse

from app.cli.closing_arguments import read_until
from app.cli.program import TERMINAL_COLUMNS, Outcome, Program
from app.domain.closing import Terms
from app.domain.scope import scope_from_text
from app.services.close import read_x
from app.services.closures import public
from app.services.drawers import check_scope_known
from app.services.settings import load_settings
from app.services.z_report import z_report

NAME = "x"
HELP = "lecture X : les chiffres du moment, sans clôturer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--scope", default="general", metavar="general|poste:T|caisse:T/D")
    parser.add_argument("--until", metavar="DATE", help="seulement jusqu'à ce moment")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show the same figures a closure would."""
    scope = scope_from_text(args.scope)
    with program.open_shop() as shop:
        settings = load_settings(shop)
        check_scope_known(shop, settings, scope)
        terms = Terms(now=program.clock(), until=read_until(args.until, settings))
        content = public(read_x(shop, scope, terms, settings))
        text = program.paper().text(z_report(content, settings), TERMINAL_COLUMNS)
    return Outcome(text, {**content, "fingerprint": None, "signature": None})
