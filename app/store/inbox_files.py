"""The inbox on disk: where tills drop their files, and where taken and refused ones are moved.

`inbox/` and its sub-folders named like a profile hold what waits; `inbox/pris/AAAA-MM/` what was
taken; `inbox/refuses/` what could not be read, with its reasons. Nothing is ever deleted.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.store import disk
from app.store.refused_files import RefusedFile, refused_files

TAKEN, REFUSED = "pris", "refuses"
LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at a file never seen before: one being copied has grown by then."""

_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".filepart")
_FLUSH_AT = 1 << 16


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was seen: its size in bytes, its moment of change in seconds (its own clock)."""

    size: int
    modified: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that waits: `name` inside the inbox (`/` between parts), `profile` its sub-folder."""

    name: str
    path: Path
    profile: str
    look: Look


class InboxFiles:
    """The inbox of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folders, so that the tills find them. Raises DataFolderError or DiskFull."""
        for folder in (self.folder, self.folder / TAKEN, self.folder / REFUSED):
            disk.make_folder(folder)

    def dropped(self, passed_over: Collection[Path] = ()) -> list[Dropped]:
        """The files that wait, in name order; those of `passed_over` (resolved paths) left out."""
        found = [
            Dropped(_name(path, self.folder), path, _profile(path, self.folder), look)
            for path in self._paths()
            if path.resolve() not in passed_over and (look := look_at(path)) is not None
        ]
        return sorted(found, key=lambda file: file.name)

    def look(self, file: Dropped) -> Look | None:
        """How a file is now; None when it went away."""
        return look_at(file.path)

    def pause(self) -> None:
        """Wait long enough for a file that is being copied to grow."""
        time.sleep(LOOK_AGAIN_AFTER)

    def is_free(self, file: Dropped) -> bool:
        """Whether the file opens: another program may keep it to itself."""
        try:
            with open(file.path, "rb") as source:
                source.read(1)
        except OSError:
            return False
        return True

    def take(self, file: Dropped, month: str) -> str:
        """Move a taken file to `pris/AAAA-MM/`; gives its new name inside the inbox.

        Raises DataFolderError when it can't be moved: it stays, and only gives duplicates later.
        """
        return self._move(file, self.folder / TAKEN / month)

    def refuse(self, file: Dropped, reason: str) -> str:
        """Move an unreadable file to `refuses/` with its reason beside; gives its new name."""
        target = _free(self.folder / REFUSED / file.path.name)
        told = target.with_name(f"{target.name}.raison.txt")
        disk.write_atomic(told, f"{reason}\n".encode("utf-8", "replace"))
        return self._move(file, target.parent)

    def refused(self) -> list[RefusedFile]:
        """What lies in `refuses/`, newest first."""
        return refused_files(self.folder / REFUSED)

    @contextlib.contextmanager
    def rejections(
        self, name: str, *, again: bool = False
    ) -> Iterator[Callable[[int, str, str], None]]:
        """A place for a file's unreadable lines: call it with (line, reason, text) for each.

        They go to `refuses/NAME-lignes.txt` once the `with` ends well; without a line there is no
        file. The same lines told again stay one file; with `again` they replace those told before.
        """
        folder = self.folder / REFUSED
        flat = name.replace("/", "-").replace("\\", "-").replace(":", "-")
        beside = folder / f".{flat}-lignes.tmp"
        writer = _Lines(beside, f"Lignes de {name} qui n'ont pas pu être lues :\n")
        writer.give_up()  # what a power cut left of an earlier try
        try:
            yield writer.keep
            if writer.finish():
                disk.replace(beside, _place(folder / f"{flat}-lignes.txt", beside, again))
        finally:
            writer.give_up()

    def _paths(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        with disk.told(self.folder):
            entries = list(self.folder.iterdir())
            for folder in entries[:]:
                if folder.is_dir() and not _is_ours(folder):
                    entries += folder.iterdir()
            return [path for path in entries if _counts(path)]

    def _move(self, file: Dropped, folder: Path) -> str:
        disk.make_folder(folder)
        target = _free(folder / file.path.name)
        with disk.told(file.path):
            disk.replace(file.path, target)
        return _name(target, self.folder)


def look_at(path: Path) -> Look | None:
    """How a file is now; None when it isn't there or can't be seen."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Look(found.st_size, found.st_mtime)


class _Lines:
    """Writes lines to a file that is made at the first one, a block at a time."""

    def __init__(self, path: Path, heading: str) -> None:
        self._path = path
        self._buffer = heading
        self._began = False

    def keep(self, line: int, reason: str, text: str) -> None:
        self._began = True
        self._buffer += f"ligne {line} : {reason}\n    {text}\n"
        if len(self._buffer) >= _FLUSH_AT:
            self._write()

    def finish(self) -> bool:
        """Put what is left on disk; whether there is a file at all."""
        if self._began:
            self._write()
            disk.flush_file(self._path)
        return self._began

    def give_up(self) -> None:
        """Leave no draft behind."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        disk.make_folder(self._path.parent)
        with disk.told(self._path):
            disk.append_unflushed(self._path, self._buffer.encode("utf-8", "replace"))
        self._buffer = ""


def _counts(path: Path) -> bool:
    """Whether a path is a file to take: not a link, not hidden, not another program's draft."""
    if path.name.startswith((".", "~")) or path.name.lower().endswith(_UNFINISHED):
        return False
    return path.is_file() and not path.is_symlink()


def _is_ours(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in (TAKEN, REFUSED)


def _name(path: Path, folder: Path) -> str:
    name = path.relative_to(folder).as_posix()
    return name.encode("utf-8", "replace").decode("utf-8")  # Linux allows bytes that are no text


def _profile(path: Path, folder: Path) -> str:
    return "" if path.parent == folder else path.parent.name


def _free(target: Path) -> Path:
    rank, free = 1, target
    while free.exists():
        rank += 1
        free = target.with_name(f"{target.stem}-{rank}{target.suffix}")
    return free


def _place(target: Path, made: Path, again: bool) -> Path:
    """Where a file of lines goes: over the one that says the same, else under a free name."""
    rank, place = 1, target
    while not again and place.exists() and place.read_bytes() != made.read_bytes():
        rank += 1
        place = target.with_name(f"{target.stem}-{rank}{target.suffix}")
    return place
