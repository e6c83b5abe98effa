"""What lies in the inbox's `refuses/`: files that could not be read, and lines of those that could.

A whole file has its reason beside it (`NAME.raison.txt`); the unreadable lines of a file are in
`NAME-lignes.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REASON, LINES = ".raison.txt", "-lignes.txt"
_MOST_FILES = 200
_MOST_READ = 64 * 2**10


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A refused file or (`is_lines`) the refused lines of one; `modified` in seconds since 1970.

    `reason` is what stands in the file that says why, its beginning at least.
    """

    name: str
    modified: float
    reason: str
    is_lines: bool


def refused_files(folder: Path) -> list[RefusedFile]:
    """What was refused lately, newest first; a folder that is not there holds nothing."""
    try:
        told = [
            (path.stat().st_mtime, path)
            for path in folder.iterdir()
            if path.name.endswith((REASON, LINES)) and not path.name.startswith(".")
        ]
    except OSError:
        return []
    told.sort(key=lambda item: (-item[0], item[1].name))
    return [_refused(path, modified) for modified, path in told[:_MOST_FILES]]


def _refused(path: Path, modified: float) -> RefusedFile:
    is_lines = path.name.endswith(LINES)
    name = path.name.removesuffix(LINES if is_lines else REASON)
    shown = name.encode("utf-8", "replace").decode("utf-8")
    return RefusedFile(shown, modified, _beginning(path), is_lines)


def _beginning(path: Path) -> str:
    try:
        with open(path, "rb") as source:
            return source.read(_MOST_READ).decode("utf-8", "replace").strip()
    except OSError:
        return ""
