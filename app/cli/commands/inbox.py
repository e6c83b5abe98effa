"""`inbox`: take in what the tills dropped and what followed files got."""

from __future__ import annotations

import argparse

from app.cli.inbox_text import inbox_lines, inbox_notes
from app.cli.program import Outcome, Program
from app.cli.said import said
from app.services.inbox import inbox_json, take_inbox
from app.services.settings import load_settings
from app.services.ticket_sources import Intake

NAME = "inbox"
HELP = "relever la boîte de réception : prendre les fichiers que les caisses y ont déposés"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--by", default="", type=said, metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Take what waits; 3 when some of it could not be."""
    with program.open_shop(create=True) as shop:
        intake = Intake(shop, program.ticket_sources, load_settings(shop), program.clock(), args.by)
        report = take_inbox(intake)
    text = "\n".join(inbox_lines(report)) or "Rien de nouveau dans la boîte de réception."
    return Outcome(text, inbox_json(report), 0 if report.is_whole else 3, inbox_notes(report))
