"""`import`: take ticket files in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.import_text import report_lines
from app.cli.program import Outcome, Program
from app.cli.said import said
from app.domain.scope import drawer_name
from app.domain.settings import first_drawers_of, text_of, vat_table_of
from app.domain.words import count_of
from app.errors import AppError, UsageError
from app.services.import_tickets import ImportReport, Source, import_tickets, report_json
from app.services.settings import load_settings
from app.services.two_files import parted, take_all

NAME = "import"
HELP = "prendre des fichiers de tickets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
    parser.add_argument("--profile", metavar="NOM", help="profil d'import (voir « profiles »)")
    parser.add_argument("--till", metavar="N", help="poste des tickets qui ne le disent pas")
    parser.add_argument("--drawer", metavar="T/D", help="caisse des tickets qui ne la disent pas")
    parser.add_argument("--accept-partial", action="store_true", help="prendre ce qui se lit")
    parser.add_argument("--by", default="", type=said, metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Take each file in; 3 when only some could be."""
    till, drawer = _place(args)
    sources = program.ticket_sources
    with program.open_shop(create=True) as shop:
        settings = load_settings(shop)
        profile = program.find_profile(args.profile or text_of(settings, "tickets.profile"))
        place = {"till": till, "drawer": drawer, "first_drawers": first_drawers_of(settings)}

        def read(path: Path, payments: Any) -> Any:
            return program.read_tickets(path, profile, payments=payments, **place)

        def take(items: Any, name: str) -> ImportReport:
            return import_tickets(
                shop,
                items,
                Source(name, profile.name),
                vat_table_of(settings),
                program.clock(),
                by=args.by,
                accept_partial=args.accept_partial,
            )

        sales, seconds = parted(sources, args.files, profile)
        payments = sources.read_payments(seconds, profile, **place) if seconds else None
        reports, refusals = take_all(sales, seconds, payments, read, take)
    if refusals and not reports:
        raise refusals[0][1]
    notes = (_without_second(profile.second.label),) if profile.second and not seconds else ()
    return _outcome(reports, refusals, notes)


def _without_second(label: str) -> str:
    return (
        f"Sans le fichier « {label} », les règlements de ces tickets sont « Inconnu » ; donnez les "
        "deux fichiers ensemble la prochaine fois."
    )


def _place(args: argparse.Namespace) -> tuple[str | None, str | None]:
    if not args.drawer:
        return args.till, None
    till, drawer = drawer_name(args.drawer).split("/")
    if args.till not in (None, till):
        raise UsageError(
            f"La caisse {args.drawer} n'est pas du poste {args.till} : gardez --till ou --drawer."
        )
    return till, drawer


def _outcome(
    reports: list[ImportReport],
    refusals: list[tuple[str, AppError]],
    notes: tuple[str, ...],
) -> Outcome:
    content = report_json(reports)
    content["files"] += [
        {"file": name, "taken": False, "reason": str(error)} for name, error in refusals
    ]
    refused = [r for r in reports if not r.taken]
    if len(refused) == len(reports):
        code = 1
        content["error"] = {"code": "unreadable_ticket", "message": _refusal(refused[0])}
    else:
        code = 3 if refused or refusals or any(r.rejected for r in reports) else 0
    notes += tuple(str(error) for _, error in refusals) + tuple(_refusal(r) for r in refused)
    return Outcome("\n".join(report_lines(reports)), content, code, notes)


def _refusal(report: ImportReport) -> str:
    first = report.rejections[0]
    lines = count_of(report.rejected, "ligne illisible", "lignes illisibles")
    return (
        f"{report.source.name}, ligne {first.line} : {first.reason}. Rien n'a été pris de ce "
        f"fichier ({lines}) ; corrigez-le, ou ajoutez "
        "--accept-partial pour prendre le reste."
    )
