"""Records what `app.store.disk` does to files, in order, and when a command had returned."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.store import disk


@dataclass(frozen=True, slots=True)
class Step:
    """One call: create, write, truncate, fsync, rename, mkdir, unlink, rmtree, or acknowledged."""

    call: str
    path: Path = Path()
    offset: int = 0
    data: bytes = b""
    target: Path = Path()


class _Os:
    """Stands in for `os` in `app.store.disk`: does the same, without waiting for the disk."""

    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps
        self._paths: dict[int, Path] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        there = path.exists()
        handle = os.open(path, flags, mode)
        self._paths[handle] = path
        if not there:
            self._steps.append(Step("create", path))
        elif flags & os.O_TRUNC:
            self._steps.append(Step("truncate", path, 0))
        return handle

    def write(self, handle: int, data: memoryview | bytes) -> int:
        count = os.write(handle, data)
        offset = os.lseek(handle, 0, os.SEEK_CUR) - count
        self._steps.append(Step("write", self._paths[handle], offset, bytes(data[:count])))
        return count

    def fsync(self, handle: int) -> None:
        self._steps.append(Step("fsync", self._paths[handle]))

    def ftruncate(self, handle: int, length: int) -> None:
        os.ftruncate(handle, length)
        self._steps.append(Step("truncate", self._paths[handle], length))

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)
        self._steps.append(Step("rename", source, target=target))

    def mkdir(self, path: Path) -> None:
        os.mkdir(path)
        self._steps.append(Step("mkdir", path))

    def unlink(self, path: Path) -> None:
        os.unlink(path)
        self._steps.append(Step("unlink", path))


class _Shutil:
    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps

    def rmtree(self, path: Path, **more: Any) -> None:
        if path.exists():
            shutil.rmtree(path, **more)
            self._steps.append(Step("rmtree", path))


class Recorder:
    """What was done so far; `acknowledge` notes that a command has returned."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def acknowledge(self) -> None:
        """Say that what was asked is done, as far as a person was told."""
        self.steps.append(Step("acknowledged"))


@contextlib.contextmanager
def recording() -> Iterator[Recorder]:
    """Record everything for a while."""
    recorder = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "os", _Os(recorder.steps))
        patch.setattr(disk, "shutil", _Shutil(recorder.steps))
        yield recorder


@contextlib.contextmanager
def hasty_disk() -> Iterator[None]:
    """Let flushes take no time: for what runs after a cut, where no second cut is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "os", _Os([]))
        yield
