"""TinyDB over a storage of ours: each write goes beside, is flushed, and replaces the file.

TinyDB's own storage rewrites in place and loses the file in a power cut. A file that can't be read
is set aside under another name and told, never overwritten.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB
from tinydb.storages import Storage

from app.errors import DataFolderError
from app.store import disk

SCHEMA = 1
_PRIVATE = frozenset({"secrets"})
"""Files for the eyes of their owner only, on systems where files have such rights."""
_LOG = logging.getLogger(__name__)


class AtomicStorage(Storage):
    """One JSON file for TinyDB: `{"schema": 1, "tables": {…}}`, never half written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mode = 0o600 if path.stem in _PRIVATE else 0o666

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, or None when there is no file. Raises ValueError when it can't be read."""
        if not self._path.exists():
            return None
        with disk.told(self._path):
            data = self._path.read_bytes()
        content = json.loads(data)
        if not isinstance(content, dict) or not isinstance(content.get("tables"), dict):
            raise ValueError("not a file of documents")
        if content["schema"] > SCHEMA:
            raise DataFolderError(
                f"{self._path} vient d'une version plus récente du programme : "
                "installez-la sur ce poste."
            )
        tables: dict[str, dict[str, Any]] = content["tables"]
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file."""
        content = {"schema": SCHEMA, "tables": data}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        disk.write_atomic(self._path, text.encode("utf-8"), mode=self._mode)


class Remaker(Protocol):
    """Knows which files there should be, and writes again what can be."""

    def expects(self, name: str) -> bool:
        """Whether a file of that name was there."""

    def expects_in(self, folder: str) -> list[str]:
        """The names of the files that a sub-folder should have."""

    def remake(self, name: str, *, was_there: bool) -> None:
        """Write a file again that is gone, or `was_there` and was set aside."""


class Documents:
    """The TinyDB files of a data folder. `stamp` gives a text for the name of a file set aside.

    `remaker` is asked for a file that can't be read, or is gone.
    """

    def __init__(self, folder: Path, stamp: Callable[[], str], remaker: Remaker) -> None:
        self._folder = folder
        self._stamp = stamp
        self._remaker = remaker
        self._looking = False
        self.set_aside: list[Path] = []

    @contextlib.contextmanager
    def as_they_are(self) -> Iterator[None]:
        """Only look: what is gone stays so within this."""
        self._looking = True
        try:
            yield
        finally:
            self._looking = False

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[TinyDB]:
        """The TinyDB of one file (`settings`, `closures/2026`), made again if it can't be read."""
        path = self.path(name)
        self._check(name)
        database = TinyDB(path, storage=AtomicStorage)
        try:
            yield database
        finally:
            database.close()

    def rows(self, name: str, table: str = "rows") -> list[dict[str, Any]]:
        """All documents of a table, without opening a file that isn't there."""
        self._look_for(name)
        if not self.path(name).exists():
            return []
        with self.open(name) as database:
            return [dict(row) for row in database.table(table).all()]

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self._folder / f"{name}.json"

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return self.path(name).exists()

    def names(self, folder: str) -> list[str]:
        """The names of the files in a sub-folder, in order."""
        for name in self._remaker.expects_in(folder):
            self._look_for(name)
        return sorted(f"{folder}/{p.stem}" for p in (self._folder / folder).glob("*.json"))

    def _look_for(self, name: str) -> None:
        if not self._looking and not self.path(name).exists() and self._remaker.expects(name):
            self._remaker.remake(name, was_there=False)

    def _check(self, name: str) -> None:
        self._look_for(name)
        path = self.path(name)
        try:
            AtomicStorage(path).read()
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            aside = disk.set_aside(path, self._stamp())
            self.set_aside.append(aside)
            _LOG.warning("%s illisible (%s) : mis de côté sous %s", path, error, aside.name)
            self._remaker.remake(name, was_there=True)
