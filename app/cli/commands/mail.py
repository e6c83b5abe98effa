"""`mail`: try the mail, from the telephone with support."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli.program import Outcome, Program
from app.domain.mail_providers import provider_of
from app.domain.settings import text_of
from app.services.mail_z import mail_trial
from app.services.settings import load_settings

NAME = "mail"
HELP = "montrer le serveur de mail réglé, ou envoyer un essai (« mail test »)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="test")
    actions.add_parser("test", help="envoyer un mail d'essai au propriétaire")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show what is set, or send a trial."""
    with program.open_shop() as shop:
        settings = load_settings(shop)
        provider = provider_of(settings)
        content = asdict(provider)
        if args.action == "test":
            told = mail_trial(shop, program.post(), program.clock())
            return Outcome(told, {**content, "tested": True})
    if not text_of(settings, "mail.user"):
        nothing = "Mail : aucun compte n'est réglé ; indiquez-le dans Paramètres, Mail."
        return Outcome(nothing, {**content, "set": False})
    server = f"{provider.host} port {provider.port} ({provider.security})"
    lines = [f"Mail : {provider.label}, {server}", *([provider.note] if provider.note else [])]
    return Outcome("\n".join(lines), {**content, "set": True})
