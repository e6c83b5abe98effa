"""Reading from standard input what must not be an argument: secrets, and values long or typed."""

from __future__ import annotations

import getpass

from app.cli.program import Program
from app.errors import UsageError

_MOST = 100_000


def read_secret(program: Program, question: str) -> str:
    """One line that is not shown while it is typed. Raises UsageError when there is none."""
    if _is_typed(program):
        return getpass.getpass(f"{question} : ")
    return _read(program, whole=False)


def read_value(program: Program) -> str:
    """All of standard input, without its last line end. Raises UsageError when there is none."""
    return _read(program, whole=not _is_typed(program))


def _is_typed(program: Program) -> bool:
    return program.stdin is not None and program.stdin.isatty()


def _read(program: Program, *, whole: bool) -> str:
    try:
        text = program.stdin.read(_MOST) if whole else program.stdin.readline(_MOST)
    except (AttributeError, OSError, UnicodeDecodeError):
        text = ""
    if not text:
        raise UsageError("Rien sur l'entrée standard : donnez-y la valeur.")
    return text.removesuffix("\n").removesuffix("\r")
