"""`users`: who may do what at the kiosk, and their PINs, read from standard input only."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from app.cli.asking import read_secret
from app.cli.program import Outcome, Program
from app.cli.said import said
from app.services.users import (
    ROLES,
    add_user,
    check_pin,
    list_users,
    new_recovery_code,
    remove_user,
    set_pin,
)

NAME = "users"
HELP = "gérer les utilisateurs, leurs rôles, leurs codes et la fiche de secours"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|add|remove|pin|check|recovery"
    )
    actions.add_parser("list", help="montrer les utilisateurs")
    add = actions.add_parser("add", help="ajouter un utilisateur, ou changer son rôle")
    add.add_argument("--role", required=True, choices=ROLES, metavar="|".join(ROLES))
    remove = actions.add_parser("remove", help="retirer un utilisateur")
    pin = actions.add_parser("pin", help="donner un code, lu sur l'entrée standard")
    check = actions.add_parser("check", help="vérifier un code, lu sur l'entrée standard")
    for action in (add, remove, pin, check):
        action.add_argument("name", type=said, metavar="NOM")
    recovery = actions.add_parser("recovery", help="faire une nouvelle fiche de secours")
    for action in (add, remove, pin, recovery):
        action.add_argument("--by", default="", type=said, metavar="NOM", help="qui le demande")


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Do what was asked."""
    return _ACTIONS[args.action](program, args)


def _list(program: Program, _: argparse.Namespace) -> Outcome:
    with program.open_shop() as shop:
        users = list_users(shop)
    lines = [f"{user['name']:24} {user['role']:12} {_pin_words(user)}" for user in users]
    return Outcome("\n".join(lines) or "Aucun utilisateur.", {"users": users})


def _pin_words(user: Mapping[str, Any]) -> str:
    if user["pin_lost"]:
        return "code perdu, à redéfinir"
    return "code enregistré" if user["pin"] else "sans code"


def _add(program: Program, args: argparse.Namespace) -> Outcome:
    with program.open_shop(create=True) as shop:
        user = add_user(shop, args.name, args.role, program.clock(), args.by)
    after = "" if user["pin"] else " Donnez-lui un code avec « users pin »."
    return Outcome(f"{user['name']} est {user['role']}.{after}", user)


def _remove(program: Program, args: argparse.Namespace) -> Outcome:
    with program.open_shop() as shop:
        name = remove_user(shop, args.name, program.clock(), args.by)
    return Outcome(f"{name} est retiré.", {"name": name, "removed": True})


def _pin(program: Program, args: argparse.Namespace) -> Outcome:
    pin = read_secret(program, "Nouveau code (4 à 8 chiffres)")
    with program.open_shop() as shop:
        name = set_pin(shop, args.name, pin, program.clock(), args.by)
    return Outcome(f"Le code de {name} est enregistré.", {"name": name, "pin": True})


def _check(program: Program, args: argparse.Namespace) -> Outcome:
    pin = read_secret(program, "Code")
    with program.open_shop() as shop:
        user = check_pin(shop, args.name, pin, program.clock())
    return Outcome(f"Code juste : {user['name']}, {user['role']}.", {**user, "right": True})


def _recovery(program: Program, args: argparse.Namespace) -> Outcome:
    with program.open_shop() as shop:
        code = new_recovery_code(shop, program.clock(), args.by)
    # The first line of a text goes to the log: the code is on another one.
    lines = (
        "Nouvelle fiche de secours ; l'ancienne ne vaut plus rien.",
        f"    {code}",
        "Écrivez ce code sur une feuille et rangez-la sous clé : il ne sera plus montré, et sert "
        "une seule fois à donner un nouveau code à un responsable.",
    )
    return Outcome("\n".join(lines), {"code": code})


_ACTIONS = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "pin": _pin,
    "check": _check,
    "recovery": _recovery,
}
