"""`printer`: try the receipt printer, from the telephone with support."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli.program import Outcome, Program
from app.services.paper import printer_choice
from app.services.printing import print_test
from app.services.settings import load_settings

NAME = "printer"
HELP = "montrer l'imprimante réglée, ou imprimer un essai (« printer test »)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="test")
    actions.add_parser("test", help="imprimer un essai")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show what is set, or print a trial."""
    paper = program.paper()
    with program.open_shop() as shop:
        choice = printer_choice(load_settings(shop))
        content = {**asdict(choice), "queues": list(paper.queues())}
        if args.action == "test":
            return Outcome(print_test(shop, paper, program.clock()), {**content, "tested": True})
    lines = [f"Imprimante : {choice.kind} {choice.place}".rstrip()]
    lines += [f"Imprimante de Windows : {name}" for name in paper.queues()]
    return Outcome("\n".join(lines), content)
