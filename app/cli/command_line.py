"""Reads the arguments, runs the command, prints what it says (contract, chapter 3).

Whatever goes wrong, a person reads one French sentence on standard error, and a script one JSON
object on standard output: never a traceback.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from app.cli.commands import COMMANDS
from app.cli.french_parser import FrenchParser, HelpAsked
from app.cli.program import Outcome, Program
from app.errors import AppError, UsageError

ProgramOn = Callable[[Path | None, Callable[[str], None], bool], Program]
"""Makes the program on a data folder (None: the default one), given where to tell sentences, and
whether an empty folder may be begun where a shop was known."""

_LOG = logging.getLogger("app.cli")
_REFUSED, _WRONG_USAGE, _IN_PART = 1, 2, 3
_END = """codes de sortie : 0 fait · 1 refusé, rien n'a changé · 2 mal demandé · 3 fait en partie.
« cloture COMMANDE --help » explique une commande. Les montants sont en centimes."""


class Interrupted(AppError):
    """The person pressed Ctrl-C."""

    code = "interrupted"


class Unexpected(AppError):
    """A fault of the program: its trace is in the log of the day."""

    code = "unexpected"


@dataclass(frozen=True, slots=True)
class Common:
    """What may be said anywhere on the line: the data folder, JSON, beginning anew."""

    data: Path | None
    json: bool
    new_folder: bool


def run_command(
    arguments: Sequence[str], program_on: ProgramOn, stdout: TextIO, stderr: TextIO
) -> int:
    """Run one command; its exit code is 0 done, 1 refused, 2 wrong usage, 3 done in part."""
    voice = _Voice(stdout, stderr, as_json="--json" in arguments)
    try:
        common, rest = common_options(arguments)
        parsed = parser().parse_args(rest)
        program = program_on(common.data, voice.note, common.new_folder)
        if parsed.command is None and not parsed.version:
            program.open_kiosk(program, parsed.window)
            return 0
        with program.keep_log():
            outcome = _run_logged(program, parsed)
    except HelpAsked as asked:
        return voice.say(Outcome(str(asked).rstrip(), {"help": str(asked)}))
    except AppError as error:
        return voice.refuse(error)
    except KeyboardInterrupt:
        return voice.refuse(_interrupted())
    except Exception as error:  # before there is a log to write its trace to
        return voice.refuse(
            Unexpected(f"Le programme n'a pas pu démarrer ({error!r}) : appelez le support.")
        )
    return voice.say(outcome)


def common_options(arguments: Sequence[str]) -> tuple[Common, list[str]]:
    """Take `--data`, `--json` and `--new-folder` out of a line, wherever they stand before `--`.

    Raises UsageError when `--data` names nothing.
    """
    data: Path | None = None
    rest: list[str] = []
    flags: set[str] = set()
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in ("--json", "--new-folder"):
            flags.add(word)
        elif word == "--data" or word.startswith("--data="):
            name = next(words, "") if word == "--data" else word.removeprefix("--data=")
            if not name or name.startswith("--"):
                raise UsageError("--data : dites quel est le dossier de données.")
            data = Path(name)
        else:
            rest.append(word)
    return Common(data, "--json" in flags, "--new-folder" in flags), rest


def parser() -> argparse.ArgumentParser:
    """The parser of all commands, in French."""
    top = FrenchParser(
        prog="cloture",
        description="La fin de journée de la boutique : tickets, lectures X, clôtures, caisse. "
        "Sans commande, l'écran tactile s'ouvre.",
        epilog=_END,
    )
    top.add_argument("--version", action="store_true", help="dire la version")
    top.add_argument(
        "--window", action="store_true", help="sans commande : la caisse dans une fenêtre"
    )
    # These three are taken out of the line before: here they are only explained.
    top.add_argument("--data", metavar="DOSSIER", help="le dossier de données de la boutique")
    top.add_argument("--json", action="store_true", help="répondre par un objet JSON")
    top.add_argument(
        "--new-folder",
        action="store_true",
        help="repartir de zéro dans un dossier où une boutique était connue",
    )
    commands = top.add_subparsers(
        dest="command", metavar="COMMANDE", title="commandes ", parser_class=FrenchParser
    )
    for module in COMMANDS:
        command = commands.add_parser(module.NAME, help=module.HELP)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def _run_logged(program: Program, parsed: argparse.Namespace) -> Outcome:
    if parsed.version:
        return Outcome(f"Clôture {program.version}", {"version": program.version})
    try:
        outcome: Outcome = parsed.run(program, parsed)
    except AppError as error:
        _LOG.warning("%s : %s", parsed.command, error, exc_info=error.__cause__ is not None)
        raise
    except KeyboardInterrupt:
        _LOG.warning("%s : interrompu", parsed.command)
        raise
    except Exception as error:
        _LOG.exception("erreur imprévue dans %s", parsed.command)
        raise _unexpected(program, error) from error
    _LOG.info("%s : %s", parsed.command, outcome.text.splitlines()[0] if outcome.text else "fait")
    return outcome


def _interrupted() -> Interrupted:
    return Interrupted("Interrompu : ce qui était enregistré le reste, rien n'est à moitié fait.")


def _unexpected(program: Program, error: Exception) -> Unexpected:
    log = program.folder / "Log" / f"{program.clock().date().isoformat()}.log"
    where = f"le détail est dans {log}" if log.is_file() else f"{error!r}"
    return Unexpected(
        f"Une erreur imprévue est survenue, vos données ne sont pas touchées à moitié : {where}. "
        "Appelez le support."
    )


class _Voice:
    """Says things where they belong: answers on standard output, the rest on standard error."""

    def __init__(self, stdout: TextIO, stderr: TextIO, *, as_json: bool) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._as_json = as_json

    def say(self, outcome: Outcome) -> int:
        """Print what a command says; its exit code."""
        for note in outcome.notes:
            self.note(note)
        answer = _json(outcome.json) if self._as_json else outcome.text
        if answer and not _printed(answer, self._stdout):
            self.note("C'est fait, mais la réponse n'a pas pu être écrite sur la sortie.")
            return outcome.code or _IN_PART
        return outcome.code

    def refuse(self, error: AppError) -> int:
        """Print a refusal; its exit code."""
        self.note(str(error))
        if self._as_json:
            told = {"error": {"code": error.code, "message": str(error)}}
            _printed(_json(told), self._stdout)
        return _WRONG_USAGE if isinstance(error, UsageError) else _REFUSED

    def note(self, sentence: str) -> None:
        """Print a sentence beside the answer."""
        _printed(sentence, self._stderr)


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _printed(text: str, stream: TextIO) -> bool:
    """Print a text and flush it; False when it can't be written, other than a reader gone."""
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        _close_quietly(stream)  # who reads has seen enough (« | head »): that is no failure
    except OSError:
        _close_quietly(stream)
        return False
    return True


def _close_quietly(stream: TextIO) -> None:
    """Send what is left in a stream nowhere, so that Python doesn't complain of it at exit."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
