"""`printer`: try the receipt printer, from the telephone with support."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli.program import Outcome, Program
from app.domain.settings import setting_of
from app.services.paper import PrinterChoice, printer_choice
from app.services.printing import print_test
from app.services.settings import load_settings

NAME = "printer"
HELP = "montrer l'imprimante réglée, ou imprimer un essai (« printer test »)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="test")
    actions.add_parser("test", help="imprimer un essai")


def _choice_words(choice: PrinterChoice) -> str:
    """What is set, as the screen of settings calls it."""
    if choice.kind == "none":
        return "aucune n'est réglée"
    labels = dict(setting_of("print.printer").choices)
    place = choice.place or "adresse ou nom à donner"
    return f"{labels.get(choice.kind, choice.kind).lower()} ({place})"


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show what is set, or print a trial."""
    paper = program.paper()
    with program.open_shop() as shop:
        choice = printer_choice(load_settings(shop))
        content = {**asdict(choice), "queues": list(paper.queues())}
        if args.action == "test":
            return Outcome(print_test(shop, paper, program.clock()), {**content, "tested": True})
    lines = [f"Imprimante : {_choice_words(choice)}."]
    lines += [f"Imprimante de Windows : {name}" for name in paper.queues()]
    return Outcome("\n".join(lines), content)
