"""argparse in French: its help, its own words, and one sentence for each wrong usage."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from app.errors import UsageError

EVERYWHERE = "Options de toutes les commandes : --data DOSSIER, --json, --new-folder."


class HelpAsked(Exception):
    """`--help` was asked; the exception's text is the help to show."""


class FrenchParser(argparse.ArgumentParser):
    """argparse, speaking French, that refuses with our own error and never prints or exits."""

    def __init__(self, **options: Any) -> None:
        options |= {"add_help": False, "allow_abbrev": False, "formatter_class": _FrenchHelp}
        options.setdefault("epilog", EVERYWHERE)
        super().__init__(**options)
        # argparse adds a colon, before which French has a space.
        self._positionals.title = "à donner "
        self._optionals.title = "options "
        self.register("action", "parsers", _Commands)
        self.add_argument("-h", "--help", action=_Help, nargs=0, help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        """Refuse with one French sentence. Raises UsageError."""
        raise UsageError(french_usage_error(message))


class _Commands(argparse._SubParsersAction):
    """Commands whose own help begins with what the list says of them."""

    def add_parser(self, name: str, **options: Any) -> Any:
        about = options.get("help")
        if about:
            options.setdefault("description", f"{about[0].upper()}{about[1:]}.")
        return super().add_parser(name, **options)


class _FrenchHelp(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class _Help(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        raise HelpAsked(parser.format_help())


def french_usage_error(message: str) -> str:
    """One French sentence for what argparse found wrong (its English `message`)."""
    text = _french(message)
    return f"{text[0].upper()}{text[1:]}. « --help » montre ce qui est attendu."


def _french(message: str) -> str:
    for pattern, french in _FRENCH:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            parts = [part.replace("'", "") for part in match.groups()]
            if pattern == _NAMED:
                parts = [match[1], _french(match[2])]
            return french.format(*parts)
    return "cette demande n'est pas comprise"


_NAMED = r"argument (.*?): (.*)"
_FRENCH = (
    (_NAMED, "{0} : {1}"),
    (r"the following arguments are required: (.*)", "il manque : {0}"),
    (r"unrecognized arguments: (.*)", "mots en trop : {0}"),
    (r"one of the arguments (.*) is required", "il faut l'un de : {0}"),
    (r"expected one argument", "il manque une valeur"),
    (r"expected at least one argument", "il faut au moins une valeur"),
    (r"expected at most one argument", "une seule valeur est attendue"),
    (r"expected (\d+) arguments?", "il faut {0} valeurs"),
    (r"not allowed with argument (.*)", "ne va pas avec {0}"),
    (r"ignored explicit argument (.*)", "ne prend pas de valeur (« {0} »)"),
    (r"ambiguous option: (.*) could match (.*)", "« {0} » peut vouloir dire {1}"),
    (r"invalid choice: (.*?) \(choose from (.*)\)", "« {0} » n'existe pas (au choix : {1})"),
    (r"unknown parser (.*?) \(choices: (.*)\)", "« {0} » n'existe pas (au choix : {1})"),
    (r"invalid \w+ value: (.*)", "« {0} » ne convient pas"),
)
