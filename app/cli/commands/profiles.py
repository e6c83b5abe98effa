"""`profiles`: the import profiles there are; `profiles propose`: one for a till nobody knows."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.program import Outcome, Program
from app.cli.till_text import proposal_json, proposal_text
from app.errors import UsageError
from app.services.add_till import TRIAL, check_name, keep_till, till_settings, try_files

NAME = "profiles"
HELP = "montrer les profils d'import, ou en proposer un pour une caisse inconnue"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="propose")
    propose = actions.add_parser(
        "propose", help="proposer un profil d'après des fichiers de la caisse"
    )
    propose.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
    propose.add_argument("--name", metavar="NOM", help="nom du profil, par exemple caisse-bar")
    propose.add_argument("--label", default="", metavar="TEXTE", help="ce qu'on lira à l'écran")
    propose.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="CLÉ=VALEUR",
        help="changer un point : columns.total=Montant, decimal=., vat=20.00, kinds.Mot=refund",
    )
    propose.add_argument("--save", action="store_true", help="garder ce profil dans la boutique")
    propose.add_argument("--replace", action="store_true", help="remplacer celui du même nom")
    propose.add_argument("--by", default="", metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """List the profiles, or propose one."""
    return _propose(program, args) if args.action == "propose" else _list(program)


def _list(program: Program) -> Outcome:
    profiles = program.list_profiles()
    text = "\n".join(f"{p.name:16} {p.label}" for p in profiles)
    return Outcome(text, {"profiles": [{"name": p.name, "label": p.label} for p in profiles]})


def _propose(program: Program, args: argparse.Namespace) -> Outcome:
    if args.save and not args.name:
        raise UsageError("Pour garder ce profil, donnez-lui un nom : --name caisse-bar.")
    if args.name:
        check_name(args.name)
    changes = dict(_change(text) for text in args.set)
    making, name = program.till_making, args.name or TRIAL
    settings = till_settings(program.open_shop)
    trial = try_files(making, settings, args.files, changes, lambda done, total: None, name)
    saved = None
    if args.save:
        with program.open_shop(create=True) as shop:
            saved = keep_till(
                making,
                shop,
                trial.proposal,
                name,
                program.clock(),
                label=args.label,
                by=args.by,
                replace=args.replace,
            )
    text = "\n".join(proposal_text(trial, name, saved))
    return Outcome(text, proposal_json(trial, name, args.label, saved))


def _change(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise UsageError(f"--set : « {text} » n'est pas de la forme CLÉ=VALEUR.")
    return key, value
