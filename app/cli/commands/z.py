"""`z`: one closure again."""

from __future__ import annotations

import argparse

from app.cli.program import Outcome, Program
from app.cli.z_text import z_text
from app.services.closures import show_closure
from app.services.settings import load_settings

NAME = "z"
HELP = "revoir un Z"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("id", metavar="ID", help="par exemple G000123")
    parser.add_argument("--text", action="store_true", help="en texte (comme sans --json)")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show one Z with its corrections and follow-ups."""
    with program.open_shop() as shop:
        content = show_closure(shop, args.id)
        text = z_text(content, load_settings(shop))
    return Outcome(text, content)
