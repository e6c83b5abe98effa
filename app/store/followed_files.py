"""Files that a till completes all day: read where they lie, never touched.

What is read is a copy of the whole lines there are at one moment, so that a line being written is
left for the next time. Marks of the part already read tell a file that grew from another one put in
its place.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import UnreadableFile
from app.store import disk
from app.store.inbox_files import look_at

_BLOCK = 1 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A followed file at one moment. Sizes in bytes; `modified` in seconds, by its own clock.

    `whole` is where its last whole line ends; `plain` is False when its bytes are not lines that
    can be cut (UTF-16, old line ends): then only the whole file can be read.
    """

    size: int
    modified: float
    whole: int
    plain: bool


class FollowedFiles:
    """Reads the followed files; `scratch` is a folder of ours for what is being read."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch

    def see(self, path: Path) -> Seen | None:
        """The file as it is now; None when it isn't there. Raises UnreadableFile."""
        found = look_at(path)
        if found is None or not path.is_file():
            return None
        with _told(path), open(path, "rb") as source:
            head = source.read(_BLOCK)
            plain = b"\0" not in head and (b"\n" in head or b"\r" not in head)
            whole = _last_line_end(source, found.size) if plain else found.size
        return Seen(found.size, found.modified, whole, plain)

    def mark(self, path: Path, length: int) -> str:
        """A mark of the first `length` bytes: SHA-256 of their first and last 64 KiB."""
        digest = hashlib.sha256(str(length).encode())
        with _told(path), open(path, "rb") as source:
            digest.update(source.read(min(_BLOCK, length)))
            source.seek(max(0, length - _BLOCK))
            digest.update(source.read(min(_BLOCK, length)))
        return f"sha256:{digest.hexdigest()}"

    def line_ends(self, path: Path, start: int, end: int) -> int:
        """How many lines end between two places of the file."""
        return sum(part.count(b"\n") for part in _parts(path, start, end))

    @contextlib.contextmanager
    def copied(self, path: Path, *spans: tuple[int, int]) -> Iterator[Path]:
        """A copy, under the file's own name, of some (start, end) spans of it.

        Raises UnreadableFile when the file can't be read, DiskFull or DataFolderError.
        """
        disk.remove_folder(self._scratch)
        copy = self._scratch / path.name
        try:
            disk.make_folder(self._scratch)
            copy.touch()
            for start, end in spans:
                for part in _parts(path, start, end):
                    disk.append_unflushed(copy, part)
            yield copy
        finally:
            disk.remove_folder(self._scratch)


def _parts(path: Path, start: int, end: int) -> Iterator[bytes]:
    with _told(path), open(path, "rb") as source:
        source.seek(start)
        while start < end:
            part = source.read(min(_CHUNK, end - start))
            if not part:
                raise UnreadableFile(
                    f"Le fichier suivi {path} a été raccourci pendant sa lecture : il sera relu au "
                    "prochain passage."
                )
            start += len(part)
            yield part


def _last_line_end(source: BinaryIO, size: int) -> int:
    end = size
    while end > 0:
        start = max(0, end - _BLOCK)
        source.seek(start)
        found = source.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFile(
            f"Le fichier suivi {path} ne peut pas être lu ({disk.french_reason(error)}) : vérifiez "
            "le disque ou le réseau ; il sera relu au prochain passage."
        ) from error
