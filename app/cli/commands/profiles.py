"""`profiles`: the import profiles there are."""

from __future__ import annotations

import argparse

from app.cli.program import Outcome, Program

NAME = "profiles"
HELP = "montrer les profils d'import"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No argument."""


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """List the bundled profiles and the shop's own."""
    profiles = program.list_profiles()
    text = "\n".join(f"{p.name:16} {p.label}" for p in profiles)
    return Outcome(text, {"profiles": [{"name": p.name, "label": p.label} for p in profiles]})
