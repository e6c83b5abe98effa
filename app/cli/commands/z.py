"""`z`: one closure again, in the terminal, as a PDF or on the receipt printer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.program import TERMINAL_COLUMNS, Outcome, Program
from app.errors import PrinterProblem
from app.services.closures import show_closure
from app.services.pdf_files import write_z
from app.services.printing import PrintedInPart, print_closure
from app.services.settings import load_settings
from app.services.z_report import z_report

NAME = "z"
HELP = "revoir un Z, l'imprimer, l'écrire en PDF"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("id", metavar="ID", help="par exemple G000123")
    parser.add_argument("--pdf", type=Path, metavar="FICHIER", help="l'écrire en PDF")
    parser.add_argument("--text", action="store_true", help="en texte (comme sans autre option)")
    parser.add_argument(
        "--print", action="store_true", dest="on_paper", help="l'imprimer sur l'imprimante réglée"
    )
    parser.add_argument("--by", default="", metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Show one Z with its corrections and follow-ups, or hand out a paper of it."""
    with program.open_shop() as shop:
        content: dict[str, Any] = {**show_closure(shop, args.id)}
        lines: list[str] = []
        notes: list[str] = []
        if args.pdf is not None:
            written = write_z(
                shop,
                program.paper(),
                program.write_file,
                args.id,
                args.pdf,
                program.clock(),
                by=args.by,
            )
            content["pdf"] = {"file": str(written.path), "edition": written.edition}
            lines.append(f"Z {args.id} écrit dans {written.path}.")
        if args.on_paper:
            try:
                printed = print_closure(shop, program.paper(), args.id, program.clock(), by=args.by)
                content["printed"] = {"editions": list(printed.editions)}
                lines.append(f"Z {args.id} : {printed.told}.")
            except PrinterProblem as problem:
                if not lines and not isinstance(problem, PrintedInPart):
                    raise
                notes.append(str(problem))
        if args.text or not (lines or notes):
            report = z_report(content, load_settings(shop))
            lines.append(program.paper().text(report, TERMINAL_COLUMNS))
    return Outcome("\n".join(lines), content, 3 if notes else 0, tuple(notes))
