"""Every sentence of argparse has its French one."""

from __future__ import annotations

import pytest

from app.cli.french_parser import FrenchParser, french_usage_error
from app.errors import UsageError

SENTENCES = {
    "the following arguments are required: FICHIER": "Il manque : FICHIER",
    "unrecognized arguments: --foo bar": "Mots en trop : --foo bar",
    "argument --scope: expected one argument": "--scope : il manque une valeur",
    "argument files: expected at least one argument": "Files : il faut au moins une valeur",
    "argument --size: expected 2 arguments": "--size : il faut 2 valeurs",
    "argument --role: invalid choice: 'x' (choose from 'a', 'b')": (
        "--role : « x » n'existe pas (au choix : a, b)"
    ),
    "argument --role: invalid choice: 'x' (choose from a, b)": (
        "--role : « x » n'existe pas (au choix : a, b)"
    ),
    "argument --days: invalid int value: 'trois'": "--days : « trois » ne convient pas",
    "argument -a: not allowed with argument -b": "-a : ne va pas avec -b",
    "argument --flag: ignored explicit argument 'oui'": (
        "--flag : ne prend pas de valeur (« oui »)"
    ),
    "one of the arguments -a -b is required": "Il faut l'un de : -a -b",
    "something new": "Cette demande n'est pas comprise",
}


@pytest.mark.parametrize(("english", "french"), SENTENCES.items())
def test_a_sentence(english: str, french: str):
    assert french_usage_error(english) == f"{french}. « --help » montre ce qui est attendu."


def test_argparse_itself_says_nothing_else():
    """The sentences above are those that this Python's argparse really says."""
    parser = FrenchParser(prog="essai")
    parser.add_argument("--days", type=int)
    parser.add_argument("--role", choices=["a", "b"])
    parser.add_argument("--flag", action="store_true")
    parser.add_argument("file")
    for line in (
        [],
        ["f", "g"],
        ["f", "--days"],
        ["f", "--days", "x"],
        ["f", "--role", "c"],
        ["f", "--flag=oui"],
    ):
        with pytest.raises(UsageError) as refused:
            parser.parse_args(line)
        assert "comprise" not in str(refused.value)
