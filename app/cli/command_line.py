"""Reads the arguments, runs the command, prints what it says (contract, chapter 3)."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from app.cli.commands import COMMANDS
from app.cli.program import Outcome, Program
from app.errors import AppError, UsageError

_LOG = logging.getLogger("app.cli")
_WRONG_USAGE = 2
_REFUSED = 1


class _Parser(argparse.ArgumentParser):
    """argparse, told to refuse with our own error."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(french_usage_error(message))


def french_usage_error(message: str) -> str:
    """One French sentence for what argparse found wrong."""
    for english, french in _FRENCH:
        if message.startswith(english):
            message = french + message[len(english) :]
            break
    if "invalid choice" in message:
        message = "commande ou valeur inconnue " + message[message.rfind("choice: ") + 8 :]
        message = message.replace("(choose from", "(au choix :")
    return f"{message[0].upper()}{message[1:]}. Écrivez « --help » pour l'aide."


_FRENCH = (
    ("the following arguments are required: ", "il manque : "),
    ("unrecognized arguments: ", "mots inconnus : "),
    ("expected one argument", "il manque une valeur"),
    ("one of the arguments", "il faut l'un de"),
)


def run_command(
    arguments: Sequence[str],
    program_on: Callable[[Path | None], Program],
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Run one command; its exit code is 0 done, 1 refused, 2 wrong usage, 3 done in part."""
    as_json = "--json" in arguments
    try:
        parsed = parser().parse_args(arguments)
    except UsageError as error:
        return _refuse(error, as_json, stdout, stderr)
    except SystemExit:
        return 0  # --help has been printed
    try:
        program = program_on(parsed.data)
        with program.keep_log():
            outcome = _run_logged(program, parsed)
    except AppError as error:
        return _refuse(error, as_json, stdout, stderr)
    for note in outcome.notes:
        print(note, file=stderr)
    if as_json:
        print(json.dumps(outcome.json, ensure_ascii=False), file=stdout)
    elif outcome.text:
        print(outcome.text, file=stdout)
    return outcome.code


def parser() -> argparse.ArgumentParser:
    """The parser of all commands, help in French."""
    top = _Parser(prog="cloture", description="La clôture de fin de journée.", add_help=False)
    _add_help(top)
    top.add_argument("--data", type=Path, metavar="DOSSIER", help="le dossier de données")
    top.add_argument("--json", action="store_true", help="répondre en JSON")
    top.add_argument("--version", action="store_true", help="dire la version")
    commands = top.add_subparsers(dest="command", metavar="COMMANDE", parser_class=_Parser)
    for module in COMMANDS:
        command = commands.add_parser(module.NAME, help=module.HELP, add_help=False)
        _add_help(command)
        # Also after the command; SUPPRESS keeps what was said before it.
        command.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def _add_help(command: argparse.ArgumentParser) -> None:
    command.add_argument("-h", "--help", action="help", help="montrer cette aide")


def _run_logged(program: Program, parsed: argparse.Namespace) -> Outcome:
    if parsed.version:
        return Outcome(f"Clôture {program.version}", {"version": program.version})
    if parsed.command is None:
        raise UsageError("Dites ce qu'il faut faire : « --help » montre les commandes.")
    try:
        outcome: Outcome = parsed.run(program, parsed)
    except AppError as error:
        _LOG.warning("%s : %s", parsed.command, error, exc_info=error.__cause__ is not None)
        raise
    except Exception as error:
        _LOG.exception("erreur imprévue dans %s", parsed.command)
        day = program.clock().date().isoformat()
        raise AppError(
            f"Une erreur imprévue est survenue : vos données n'ont pas été touchées à moitié. "
            f"Le détail est dans {program.folder / 'Log' / (day + '.log')} ; appelez le support."
        ) from error
    _LOG.info("%s : %s", parsed.command, outcome.text.splitlines()[0] if outcome.text else "fait")
    return outcome


def _refuse(error: AppError, as_json: bool, stdout: TextIO, stderr: TextIO) -> int:
    print(str(error), file=stderr)
    if as_json:
        told = {"error": {"code": error.code, "message": str(error)}}
        print(json.dumps(told, ensure_ascii=False), file=stdout)
    return _WRONG_USAGE if isinstance(error, UsageError) else _REFUSED
