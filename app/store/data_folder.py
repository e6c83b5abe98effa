"""The data folder itself: whose it is, which layout it has, and what may not be done with it.

`dossier.json` holds the schema number of the layout, the shop's identity and when it was created.
An older layout is copied, then migrated; a newer one is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import DataFolderError
from app.store import disk

SCHEMA = 1
IDENTITY = "dossier.json"
BEFORE_MIGRATION = "avant-migration"
_NOT_COPIED = {BEFORE_MIGRATION, "backups", "archives", "Log", ".verrou"}

Step = Callable[[Path], None]
STEPS: tuple[tuple[int, Step], ...] = ()
"""(schema it leads to, step). A step may be run again after a power cut: it must not mind."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose folder it is: the shop's id (a random UUID), SIMULATION for ever or not."""

    schema: int
    shop: str
    created: str
    simulation: bool


def read_identity(folder: Path) -> Identity | None:
    """The identity of a data folder, None when there is none yet.

    Raises DataFolderError when it can't be read or belongs to a newer program.
    """
    path = folder / IDENTITY
    with disk.told(path):
        if not path.exists():
            return None
        data = path.read_bytes()
    try:
        content: dict[str, Any] = json.loads(data)
        schema = content["schema"]
        identity = Identity(
            schema, content["shop"], content["created"], bool(content["simulation"])
        )
    except (ValueError, KeyError, TypeError):
        return None  # the journal's first record says the same: it is written again from there
    return identity


def identity_of(opening: bytes) -> Identity | None:
    """The identity that the journal's first line says; None when it is no opening record."""
    try:
        record = json.loads(opening)
        body = record["body"]
        if record["type"] != "opening":
            return None
        return Identity(body["schema"], body["shop"], body["created"], bool(body["simulation"]))
    except (ValueError, KeyError, TypeError):
        return None


def check_schema(folder: Path, schema: int) -> None:
    """Refuse a folder of a newer program. Raises DataFolderError."""
    if schema > SCHEMA:
        raise DataFolderError(
            f"Le dossier {folder} vient d'une version plus récente du programme : "
            "installez cette version sur ce poste avant d'ouvrir ce dossier."
        )


def write_identity(folder: Path, identity: Identity) -> None:
    """Write the identity, whole or not at all."""
    content = {
        "schema": identity.schema,
        "shop": identity.shop,
        "created": identity.created,
        "simulation": identity.simulation,
    }
    disk.write_atomic(folder / IDENTITY, json.dumps(content, indent=1).encode("utf-8"))


def check_usable(folder: Path, *, create: bool) -> None:
    """Refuse what can't be a data folder. Raises DataFolderError with what to do."""
    if folder.exists() and not folder.is_dir():
        raise DataFolderError(f"{folder} est un fichier : indiquez un dossier de données.")
    if is_data_folder(folder):
        return
    if not create:
        raise DataFolderError(
            f"Aucune donnée de caisse dans {folder} : vérifiez le dossier indiqué, ou importez "
            "d'abord des tickets."
        )
    if folder.is_dir() and not is_empty(folder):
        raise DataFolderError(
            f"{folder} contient déjà autre chose que des données de caisse : "
            "indiquez un dossier vide."
        )


def is_data_folder(folder: Path) -> bool:
    """Whether a shop's record lies in it."""
    return (folder / IDENTITY).exists() or _has_records(folder)


def is_empty(folder: Path) -> bool:
    """Whether nothing of a shop lies in it.

    Our own lock, log and inbox don't count, nor what a first import or setting cut short has left.
    """
    if not folder.is_dir() or _has_records(folder):
        return not folder.is_dir()
    return all(_is_ours(entry.name) for entry in folder.iterdir())


def _has_records(folder: Path) -> bool:
    return any(path.stat().st_size for path in (folder / "journal").glob("J*.jsonl"))


def _is_ours(name: str) -> bool:
    ours = ("Log", "inbox", "profiles", "journal", ".import", ".suivi", f".{IDENTITY}.tmp")
    return name in ours or name.startswith((".verrou", "secrets.json", ".secrets.json"))


def migrate(
    folder: Path,
    identity: Identity,
    steps: Sequence[tuple[int, Step]] | None = None,
) -> Identity:
    """Bring an older layout up to `SCHEMA`: copy what may change, run the steps, then say so.

    A power cut at any point leaves a folder that the next start migrates again.
    `steps` stands in for `STEPS`. Raises DataFolderError for a newer layout.
    """
    check_schema(folder, identity.schema)
    if identity.schema == SCHEMA:
        return identity
    _copy_before(folder, identity.schema)
    for schema, step in sorted(STEPS if steps is None else steps, key=lambda item: item[0]):
        if schema > identity.schema:
            step(folder)
    migrated = Identity(SCHEMA, identity.shop, identity.created, identity.simulation)
    write_identity(folder, migrated)
    return migrated


def _copy_before(folder: Path, schema: int) -> None:
    final = folder / BEFORE_MIGRATION / f"schema-{schema}"
    if final.exists():
        # An earlier try, cut short after the copy was whole; its name may not be flushed yet.
        disk.flush_folder(final.parent)
        disk.flush_folder(folder)
        return
    beside = final.with_name(f".{final.name}.tmp")
    disk.remove_folder(beside)
    disk.make_folder(beside)
    for source in sorted(folder.rglob("*")):
        relative = source.relative_to(folder)
        if source.is_file() and relative.parts[0] not in _NOT_COPIED:
            disk.copy_file(source, beside / relative)
    with disk.told(final):
        disk.replace(beside, final)
