"""Drives and folders as a person sees them, for a picker of our own: listed, never changed."""

from __future__ import annotations

import os
import shutil
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import UnreadableFile
from app.store.places import kind_of

MOST_ENTRIES = 5_000
_HOME_FOLDERS = (("Bureau", "Desktop"), ("Téléchargements", "Downloads"), ("Documents",))
_MOUNTS = ("/media", "/run/media", "/mnt")


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """Where a search can begin; `kind` is drive, removable, network or folder."""

    path: str
    name: str
    kind: str
    free: int | None


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A file or a folder; `size` in bytes, `modified` in seconds since 1970."""

    path: str
    name: str
    is_folder: bool
    size: int
    modified: float


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """The content of a folder; `parent` is empty at the top of a drive."""

    path: str
    name: str
    parent: str
    entries: tuple[ListedEntry, ...]


def list_places(inbox: Path) -> list[ListedPlace]:
    """The shop's inbox, the usual folders of the person, then the drives that answer."""
    found = (
        [ListedPlace(str(inbox), "Boîte de réception", "folder", None)] if _is_dir(inbox) else []
    )
    for names in _HOME_FOLDERS:
        folder = next((f for n in names if _is_dir(f := Path.home() / n)), None)
        if folder is not None:
            found.append(ListedPlace(str(folder), names[0], "folder", None))
    return [*found, *(_drive(path) for path in _drives())]


def list_folder(path: str) -> ListedFolder:
    """What a folder holds, hidden files left out. Raises UnreadableFile with a sentence."""
    folder = Path(path)
    try:
        with os.scandir(folder) as found:
            entries = [_entry(e) for e, _ in zip(_shown(found), range(MOST_ENTRIES), strict=False)]
    except OSError:
        raise UnreadableFile(
            f"Le dossier {folder.name or folder} ne s'ouvre pas : vérifiez que la clé USB ou le "
            "réseau est toujours branché, ou choisissez un autre dossier."
        ) from None
    parent = "" if folder.parent == folder else str(folder.parent)
    return ListedFolder(str(folder), folder.name or str(folder), parent, tuple(entries))


def _shown(found: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    return (e for e in found if not e.name.startswith((".", "$", "~")) and not _is_hidden(e))


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if sys.platform != "win32":
        return False
    try:
        return bool(entry.stat().st_file_attributes & 0x6)  # hidden or system
    except OSError:
        return True


def _entry(entry: os.DirEntry[str]) -> ListedEntry:
    try:
        seen = entry.stat()
        size, modified = seen.st_size, seen.st_mtime
        is_folder = entry.is_dir()
    except OSError:  # a link to nothing, a file that went away meanwhile
        size, modified, is_folder = 0, 0.0, False
    name = entry.name.encode("utf-8", "replace").decode("utf-8")
    return ListedEntry(entry.path, name, is_folder, size, modified)


def _drives() -> list[Path]:
    if sys.platform == "win32":
        return [d for c in string.ascii_uppercase if _is_dir(d := Path(f"{c}:\\"))]
    mounted = [
        path
        for base in _MOUNTS
        if _is_dir(Path(base))
        for path in (*Path(base).glob("*"), *Path(base).glob("*/*"))
        if os.path.ismount(path)
    ]
    return [*sorted(mounted), Path("/")]


def _drive(path: Path) -> ListedPlace:
    kind = kind_of(path)
    words = {"removable": "Clé USB ou disque externe", "network": "Disque réseau"}
    label = str(path).rstrip("\\") if sys.platform == "win32" else path.name
    name = f"{words.get(kind, 'Disque')} {label}".strip() if label else "Ce poste"
    try:
        free: int | None = shutil.disk_usage(path).free
    except OSError:
        free = None
    return ListedPlace(str(path), name, kind, free)


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
