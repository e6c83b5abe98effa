"""One writer at a time on a data folder, across processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import Busy
from app.store import disk

PATIENCE = 60.0


class FolderLock:
    """The locks of one data folder: `.verrou` for whoever writes, others for some long work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(str(folder / ".verrou"), timeout=PATIENCE)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the writers' lock, waiting for it. Raises Busy or DataFolderError."""
        if not os.path.isdir(self._folder):
            disk.make_folder(self._folder)
        with disk.told(self._folder):
            try:
                self._lock.acquire()
            except Timeout:
                raise Busy(
                    "Le programme est déjà occupé à écrire dans ce dossier depuis une minute : "
                    "attendez qu'il ait fini, puis recommencez."
                ) from None
        try:
            yield
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def alone(self, purpose: str) -> Iterator[bool]:
        """Whether this process is the only one at some long work; others are told False at once."""
        lock = FileLock(str(self._folder / f".verrou-{purpose}"), timeout=0)
        if not self._took(lock):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _took(self, lock: FileLock) -> bool:
        with disk.told(self._folder):
            try:
                lock.acquire()
            except Timeout:  # an OSError, which `told` would take for a failing disk
                return False
        return True
