"""`import`: take ticket files in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.program import Outcome, Program
from app.domain.findings import LABELS
from app.domain.moments import french_date
from app.domain.scope import CAISSE, scope_of
from app.domain.settings import first_drawer_of, text_of, vat_table_of
from app.errors import UnreadableFile
from app.services.import_tickets import ImportReport, Source, import_tickets, report_json
from app.services.settings import load_settings

NAME = "import"
HELP = "prendre des fichiers de tickets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
    parser.add_argument("--profile", metavar="NOM", help="profil d'import (voir « profiles »)")
    parser.add_argument("--till", metavar="N", help="poste des tickets qui ne le disent pas")
    parser.add_argument("--drawer", metavar="P/C", help="caisse des tickets qui ne la disent pas")
    parser.add_argument("--accept-partial", action="store_true", help="prendre ce qui se lit")
    parser.add_argument("--by", default="", metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Take each file in; 3 when only some could be."""
    reports: list[ImportReport] = []
    refusals: list[tuple[str, UnreadableFile]] = []
    with program.open_shop(create=True) as shop:
        settings = load_settings(shop)
        profile = program.find_profile(args.profile or text_of(settings, "tickets.profile"))
        rates = vat_table_of(settings)
        till, drawer = _place(args, settings)
        for path in args.files:
            items = program.read_tickets(path, profile, till=till, drawer=drawer)
            source = Source(str(path), profile.name)
            try:
                report = import_tickets(
                    shop,
                    items,
                    source,
                    rates,
                    program.clock(),
                    by=args.by,
                    accept_partial=args.accept_partial,
                )
            except UnreadableFile as error:
                refusals.append((str(path), error))
            else:
                reports.append(report)
    if refusals and not reports:
        raise refusals[0][1]
    return _outcome(reports, refusals)


def _place(args: argparse.Namespace, settings: Any) -> tuple[str | None, str]:
    if args.drawer:
        scope_of(CAISSE, args.drawer)
        till, drawer = args.drawer.split("/")
        return args.till or till, drawer
    return args.till, first_drawer_of(settings, args.till or "1")


def _outcome(reports: list[ImportReport], refusals: list[tuple[str, UnreadableFile]]) -> Outcome:
    content = report_json(reports)
    content["files"] += [
        {"file": name, "taken": False, "reason": str(error)} for name, error in refusals
    ]
    refused = [r for r in reports if not r.taken]
    if refused and len(refused) == len(reports) and not refusals:
        code = 1
    else:
        code = 3 if refused or refusals or any(r.rejected for r in reports) else 0
    lines = [line for report in reports for line in _told(report)]
    lines += [
        f"  {french_date(f.day)} : {f.count} {LABELS.get(f.kind, f.kind)} (ex. {f.example})"
        for report in reports
        for f in report.findings[:20]
    ]
    if code == 1:
        first = refused[0].rejections[0]
        content["error"] = {"code": "unreadable_ticket", "message": _refusal(refused[0])}
        del first
    notes = tuple(str(error) for _, error in refusals) + tuple(_refusal(r) for r in refused)
    return Outcome("\n".join(lines), content, code, notes)


def _told(report: ImportReport) -> list[str]:
    if not report.taken:
        return []
    parts = [f"{report.accepted} tickets pris"]
    parts += [f"{report.duplicates} déjà connus"] if report.duplicates else []
    parts += [f"{report.conflicts} en conflit"] if report.conflicts else []
    parts += [f"{report.late} en retard"] if report.late else []
    parts += [f"{report.rejected} lignes illisibles"] if report.rejected else []
    return [f"{report.source.name} : {', '.join(parts)}."]


def _refusal(report: ImportReport) -> str:
    first = report.rejections[0]
    return (
        f"{report.source.name}, ligne {first.line} : {first.reason}. Rien n'a été pris de ce "
        f"fichier ({report.rejected} lignes illisibles) ; corrigez-le, ou ajoutez "
        "--accept-partial pour prendre le reste."
    )
