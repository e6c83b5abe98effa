"""`events`: what happened beside sales and closures, a line each."""

from __future__ import annotations

import argparse

from app.cli.commands.closures import read_date
from app.cli.program import Outcome, Program
from app.domain.moments import french_moment, moment_from_text
from app.services.events import list_events

NAME = "events"
HELP = "lister les évènements : imports, réglages, mouvements de caisse, corrections"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--from", dest="first", metavar="DATE", help="à partir de cette journée")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """One line an event, the oldest first."""
    first = read_date(args.first)
    with program.open_shop() as shop:
        events = list_events(shop, first)
    lines = [_line(event) for event in events]
    return Outcome("\n".join(lines) or "Aucun évènement.", {"events": events})


def _line(event: dict[str, str]) -> str:
    by = f" — {event['by']}" if event["by"] else ""
    return f"{french_moment(moment_from_text(event['at']))}  {event['text']}{by}"
