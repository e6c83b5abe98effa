"""The witness file: which data folders this PC has made real closures in, kept outside of them.

A folder that vanished (a disk not plugged in, a path typed wrong) looks like a new one. The witness
tells them apart, so that no shop goes on by accident in an empty folder.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path

from app.errors import AppError
from app.store import disk

_SCHEMA = 1
_LOG = logging.getLogger(__name__)


class Witness:
    """The list of known data folders, in a file of this PC.

    `stamp` gives a text for the name of a file set aside.
    """

    def __init__(self, path: Path, stamp: Callable[[], str]) -> None:
        self._path = path
        self._stamp = stamp

    def knows(self, folder: Path) -> bool:
        """Whether real closures were made in a folder of this path."""
        return _key(folder) in self._known()

    def note(self, folder: Path) -> None:
        """Remember a folder. Failing to is logged only: a closure never fails for it."""
        known = self._known()
        if _key(folder) in known:
            return
        content = {"schema": _SCHEMA, "folders": sorted([*known, _key(folder)])}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        try:
            disk.write_atomic(self._path, text.encode("utf-8", "replace"))
        except AppError as error:
            _LOG.warning("fichier témoin non écrit : %s", error)

    def _known(self) -> list[str]:
        try:
            content = json.loads(self._path.read_bytes())
            return [str(folder) for folder in content["folders"]]
        except OSError:
            return []  # none yet, or out of reach: a guard that fails stops nobody
        except (ValueError, KeyError, TypeError):
            try:
                aside = disk.set_aside(self._path, self._stamp())
                _LOG.warning("fichier témoin illisible, mis de côté : %s", aside)
            except AppError as error:
                _LOG.warning("fichier témoin illisible : %s", error)
            return []


def witness_path() -> Path:
    """Where the witness file of this PC lies: shared by its users on Windows, else the user's."""
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Cloture-dossiers.json"
    state = os.environ.get("XDG_STATE_HOME")
    return Path(state or Path.home() / ".local/state") / "cloture" / "dossiers.json"


def _key(folder: Path) -> str:
    return os.path.normcase(os.path.realpath(folder))
