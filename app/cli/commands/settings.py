"""`settings`: look at settings, change one, copy them to another shop."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.asking import read_secret, read_value
from app.cli.program import Outcome, Program
from app.cli.said import said
from app.domain.settings import SETTINGS, Setting, setting_of, value_of
from app.domain.words import count_of
from app.errors import UnreadableFile, UsageError
from app.services.named_places import named_place
from app.services.secrets import ABSENT, STATE_WORDS, secret_state
from app.services.settings import change_setting, export_settings, import_settings, load_settings

if TYPE_CHECKING:
    from app.store.shop import Shop

NAME = "settings"
HELP = "voir et changer les réglages, les copier vers une autre boutique"

_MOST_BYTES = 1 << 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="get|set|export|import")
    get = actions.add_parser("get", help="montrer un réglage, ou tous")
    get.add_argument("key", nargs="?", metavar="CLÉ")
    change = actions.add_parser("set", help="changer un réglage")
    change.add_argument("key", metavar="CLÉ")
    change.add_argument(
        "value", nargs="?", metavar="VALEUR", help="sans elle, l'entrée standard est lue"
    )
    change.add_argument("--by", default="", type=said, metavar="NOM", help="qui le demande")
    out = actions.add_parser("export", help="écrire les réglages dans un fichier")
    out.add_argument("file", nargs="?", type=Path, metavar="FICHIER")
    back = actions.add_parser("import", help="prendre les réglages d'un fichier")
    back.add_argument("file", type=Path, metavar="FICHIER")
    back.add_argument("--by", default="", type=said, metavar="NOM", help="qui le demande")
    for action in (out, back):
        action.add_argument(
            "--template", action="store_true", help="sans l'identité de la boutique ni les secrets"
        )


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Do what was asked."""
    return _ACTIONS[args.action](program, args)


def _get(program: Program, args: argparse.Namespace) -> Outcome:
    asked = SETTINGS if args.key is None else (setting_of(args.key),)
    with program.open_shop() as shop:
        rows = _rows(shop, asked)
    if args.key is not None:
        return Outcome(_shown(rows[0]), rows[0])
    lines = [f"{row['key']} = {_shown(row)}    ({row['place']} › {row['label']})" for row in rows]
    return Outcome("\n".join(lines), {"settings": rows})


def _rows(shop: Shop, asked: Sequence[Setting]) -> list[dict[str, Any]]:
    values = load_settings(shop)
    return [_row(s, values, secret_state(shop, s.key) if s.secret else "") for s in asked]


def _row(setting: Setting, values: Mapping[str, Any], state: str) -> dict[str, Any]:
    """What is shown of a setting; of a secret only its state."""
    value = None if setting.secret else value_of(values, setting.key)
    return {
        "key": setting.key,
        "value": value,
        "set": state != ABSENT if setting.secret else setting.key in values,
        **({"state": state} if setting.secret else {}),
        "default": setting.default,
        "kind": setting.kind,
        "choices": [code for code, _ in setting.choices],
        "place": setting.tree,
        "label": setting.label,
        "help": setting.help,
        "secret": setting.secret,
    }


def _shown(row: Mapping[str, Any]) -> str:
    value = row["value"]
    if row["secret"]:
        return STATE_WORDS[row["state"]]
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ",".join(value) if isinstance(value, list) else str(value)


def _set(program: Program, args: argparse.Namespace) -> Outcome:
    setting = setting_of(args.key)
    value = args.value
    if setting.secret:
        if value is not None:
            raise UsageError(
                f"{args.key} est un secret : donnez-le sur l'entrée standard, jamais sur la ligne "
                "de commande."
            )
        value = read_secret(program, setting.label)
    elif value is None:
        value = read_value(program)
    with program.open_shop(create=True) as shop:
        change_setting(shop, args.key, value, program.clock(), args.by)
        (row,) = _rows(shop, (setting,))
    # The first line of a text goes to the log, where the shop's identity has no place.
    return Outcome(f"Réglage enregistré.\n{setting.label} : {_shown(row)}", row)


def _export(program: Program, args: argparse.Namespace) -> Outcome:
    with program.open_shop() as shop:
        text = export_settings(shop, template=args.template)
    content = json.loads(text)
    if args.file is None:
        return Outcome(text.rstrip("\n"), content)
    program.write_file(named_place(args.file), text.encode("utf-8"))
    count = len(content["settings"])
    return Outcome(
        f"{count_of(count, 'réglage écrit', 'réglages écrits')} dans {args.file}.",
        {"file": str(args.file), "settings": count},
    )


def _import(program: Program, args: argparse.Namespace) -> Outcome:
    text = _read(args.file)
    with program.open_shop(create=True) as shop:
        try:
            keys = import_settings(shop, text, program.clock(), args.by, template=args.template)
        except UsageError as error:  # the call was right, what the file says is not
            raise UnreadableFile(str(error)) from None
    taken = count_of(len(keys), "réglage pris", "réglages pris")
    return Outcome(f"{taken} de {args.file}.", {"settings": keys})


def _read(path: Path) -> str:
    try:
        with open(path, "rb") as source:
            data = source.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ValueError("too long")
        return data.decode("utf-8-sig")
    except OSError:
        raise UnreadableFile(
            f"Le fichier de réglages {path} ne s'ouvre pas : vérifiez son nom et son dossier."
        ) from None
    except ValueError:
        raise UnreadableFile(
            f"{path} n'est pas un fichier de réglages : faites-le avec « settings export »."
        ) from None


_ACTIONS = {"get": _get, "set": _set, "export": _export, "import": _import}
