"""Look for a file: the drives there are, what a folder holds, which files can be read.

What lists drives and folders is handed in, so that this knows no disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from app.domain.moments import in_paris

TICKET_FILES = (".jsonl", ".json", ".csv", ".txt", ".tsv", ".xlsx")
"""How the names of ticket files end; the file itself says whether it can be read."""


class Place(Protocol):
    """Where a search begins: `kind` is drive, removable, network or folder; `free` in bytes."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def free(self) -> int | None: ...


class Entry(Protocol):
    """A file or folder; `size` in bytes, `modified` in seconds since 1970."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_folder(self) -> bool: ...
    @property
    def size(self) -> int: ...
    @property
    def modified(self) -> float: ...


class Listing(Protocol):
    """The content of a folder; `parent` is empty for a drive."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def entries(self) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True)
class Browse:
    """`list_places()` and `list_folder(path)`, which raises UnreadableFile with a sentence."""

    list_places: Callable[[], Sequence[Place]]
    list_folder: Callable[[str], Listing]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place to begin: `free` bytes when known."""

    path: str
    name: str
    kind: str
    free: int | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A folder or a file that may be chosen."""

    path: str
    name: str
    is_folder: bool
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class FolderPage:
    """A folder: its sub-folders by name, then its files, the newest first.

    `hidden` counts the files left out because of how their names end.
    """

    path: str
    name: str
    parent: str
    rows: tuple[FileRow, ...]
    hidden: int


def places(browse: Browse) -> tuple[PlaceRow, ...]:
    """Where a search can begin."""
    return tuple(PlaceRow(p.path, p.name, p.kind, p.free) for p in browse.list_places())


def folder_page(
    browse: Browse, path: str, endings: Sequence[str] = TICKET_FILES, *, everything: bool = False
) -> FolderPage:
    """What a folder holds. Raises UnreadableFile with a sentence when it can't be opened."""
    listing = browse.list_folder(path)
    folders = sorted((e for e in listing.entries if e.is_folder), key=lambda e: e.name.casefold())
    files = [e for e in listing.entries if not e.is_folder]
    wanted = [e for e in files if everything or e.name.casefold().endswith(tuple(endings))]
    newest_first = sorted(wanted, key=lambda e: (-e.modified, e.name.casefold()))
    return FolderPage(
        listing.path,
        listing.name,
        listing.parent,
        tuple(_row(entry) for entry in (*folders, *newest_first)),
        len(files) - len(wanted),
    )


def _row(entry: Entry) -> FileRow:
    # A clock of another device may say anything at all.
    seconds = min(max(entry.modified, 0.0), 4_000_000_000.0)
    moment = in_paris(datetime.fromtimestamp(seconds, UTC))
    return FileRow(entry.path, entry.name, entry.is_folder, entry.size, moment)
