"""`support-file`: one zip to send to support, also when the shop does not open."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from app.cli.program import Outcome, Program
from app.errors import AppError, DataFolderError
from app.services.named_places import is_folder, named_place
from app.services.support_file import support_file, support_name

NAME = "support-file"
HELP = "préparer un dossier pour le support : un zip sans secret ni ticket"

_LOG = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--out", type=Path, metavar="FICHIER", help="où l'écrire")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Write the file and say where."""
    if not program.folder.is_dir():
        raise DataFolderError(
            f"Aucun dossier de données à {program.folder} : indiquez-le avec --data."
        )
    now = program.clock()
    place = args.out or program.folder / "export"
    path = place if args.out and not is_folder(place) else place / support_name(now)
    if args.out:
        named_place(path)
    data, problem, told = _content(program)
    program.write_file(path, data)
    lines = [f"Dossier pour le support : {path} ({len(data) // 1024 + 1} Ko)."]
    notes = (f"La boutique ne s'ouvre pas, le dossier le dit : {told}",) if problem else ()
    return Outcome("\n".join(lines), {"file": str(path), "problem": problem or None}, 0, notes)


def _content(program: Program) -> tuple[bytes, str, str]:
    """The zip, and why the shop did not open ("" when it did): for support, and for a person."""
    now, version, folder = program.clock(), program.version, program.folder
    try:
        with program.open_shop() as shop:
            return support_file(folder, shop, "", version, now), "", ""
    except AppError as error:
        problem = told = str(error)
    except Exception as error:  # whatever is broken, support needs the file
        _LOG.exception("la boutique ne s'ouvre pas")
        problem, told = repr(error), "une erreur imprévue, que le support saura lire."
    return support_file(folder, None, problem, version, now), problem, told
