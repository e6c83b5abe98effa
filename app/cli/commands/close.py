"""`close`: the closures GÉNÉRALE, POSTE, CAISSE, and those of the month and the year."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.closing_arguments import read_counts, read_till_z, read_until
from app.cli.program import TERMINAL_COLUMNS, Outcome, Program
from app.cli.said import said
from app.domain.closing import Terms
from app.domain.scope import MONTH, YEAR, scope_of
from app.errors import UsageError
from app.services.close import close, close_period
from app.services.closures import show_closure
from app.services.drawers import check_known, check_scope_known
from app.services.settings import load_settings
from app.services.z_report import z_report

NAME = "close"
HELP = "clôturer : general, poste T, caisse T/D, month ou year"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("kind", metavar="general|poste|caisse|month|year")
    parser.add_argument("code", nargs="?", default="", metavar="T ou T/D")
    parser.add_argument("--until", metavar="DATE", help="ne prendre que jusqu'à ce moment")
    parser.add_argument("--count", type=Path, metavar="FICHIER", help="comptage en JSON")
    parser.add_argument("--till-z", action="append", default=[], metavar="T:N:CENTIMES")
    parser.add_argument("--by", default="", type=said, metavar="NOM", help="qui clôture")
    parser.add_argument("--allow-empty", action="store_true", help="même s'il n'y a rien")
    parser.add_argument("--confirm-clock", action="store_true", help="l'horloge est juste")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Make the closure and show its Z."""
    if args.kind in (MONTH, YEAR):
        _check_period(args)
    with program.open_shop() as shop:
        settings = load_settings(shop)
        counts, till_z = read_counts(args.count), read_till_z(args.till_z)
        terms = Terms(
            now=program.clock(),
            until=read_until(args.until, settings),
            by=args.by,
            counts=counts,
            till_z=till_z,
            allow_empty=args.allow_empty,
            confirm_clock=args.confirm_clock,
        )
        if args.kind in (MONTH, YEAR):
            made = close_period(shop, args.kind, terms)
        else:
            scope = scope_of(args.kind, args.code)
            check_scope_known(shop, settings, scope)
            check_known(shop, settings, drawers=counts, tills=[z.till for z in till_z])
            made = close(shop, scope, terms)
        content = show_closure(shop, made)
        report = z_report(content, settings)
        text = f"Clôture terminée. {program.paper().text(report, TERMINAL_COLUMNS)}"
    return Outcome(text, content)


def _check_period(args: argparse.Namespace) -> None:
    """A period closure is what its GÉNÉRALES are. Raises UsageError for what it can't be asked."""
    asked = {
        args.code: args.code,
        "--until": args.until,
        "--count": args.count,
        "--till-z": args.till_z,
        "--allow-empty": args.allow_empty,
    }
    for name, value in asked.items():
        if value:
            raise UsageError(
                f"« close {args.kind} » clôture ce qui est terminé et ne prend pas {name} : "
                "retirez-le."
            )
