"""What a disk may hold after the power went: all that was flushed, and any part of the rest.

Strict, as the system calls promise and no more: a file's bytes are sure once it is flushed, its
name once its folder is. Renames within a folder happen whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle, product
from pathlib import Path, PurePosixPath
from random import Random

from tests.powercut.recorder import Step

# Windows has no call that flushes a folder: it keeps names in a journal of its own.
NAMES = ("kept", "dropped", "half") if os.name != "nt" else ("kept",)
DATA = ("kept", "dropped", "torn", "one byte short", "zeroed", "zero tail", "holed")
Image = dict[str, bytes | None]
"""Path in the data folder → content; None for a folder."""


@dataclass
class _File:
    flushed: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes | None) -> None:
        """Note bytes written at an offset; None: cut back to that length."""
        self.pending.append((offset, data))

    def flush(self) -> None:
        self.flushed, self.pending = self.content("kept", 1.0), []

    def content(self, how: str, part: float) -> bytes:
        """What a cut leaves; `part` of the unflushed bytes reached the disk where that matters."""
        content = bytearray(self.flushed)
        if how == "dropped":
            return bytes(content)
        written = sum(len(data) for _, data in self.pending if data is not None)
        left = {"torn": int(written * part), "one byte short": written - 1}.get(how, written)
        for offset, data in self.pending:
            if data is None:
                del content[offset:]
                continue
            kept = _spoiled(data[: max(0, left)], how, part)
            left -= len(kept)
            content.extend(b"\0" * (offset - len(content)))
            content[offset : offset + len(kept)] = kept
        return bytes(content)


def _spoiled(data: bytes, how: str, part: float) -> bytes:
    middle = int(len(data) * part)
    zeroed = {"zeroed": (0, len(data)), "zero tail": (middle, len(data)), "holed": (0, middle)}
    begin, end = zeroed.get(how, (0, 0))
    return data[:begin] + b"\0" * (end - begin) + data[end:]


Entries = dict[str, "_File | _Folder"]


@dataclass
class _Folder:
    flushed: Entries = field(default_factory=dict)
    pending: list[tuple[str, str, _File | _Folder | None]] = field(default_factory=list)

    def entries(self, how: str = "kept") -> Entries:
        entries = dict(self.flushed)
        count = {"kept": len(self.pending), "dropped": 0, "half": len(self.pending) // 2}[how]
        for old, new, made in self.pending[:count]:
            moved = entries.pop(old) if old else None
            node = made or moved
            if new and node is not None:
                entries[new] = node
        return entries

    def flush(self) -> None:
        self.flushed, self.pending = self.entries(), []


class Disk:
    """The data folder as the steps leave it, flushed or not."""

    def __init__(self, folder: Path) -> None:
        self._base = folder
        self._root = _Folder()
        for path in sorted(folder.rglob("*")) if folder.exists() else ():
            node = _File(path.read_bytes()) if path.is_file() else _Folder()
            self._folder(path.parent).flushed[path.name] = node

    def apply(self, step: Step) -> None:
        """Do one step of a recording made in the same folder."""
        if step.call == "acknowledged" or not self._is_inside(step.path):
            return
        if step.call == "fsync":
            self._node(step.path).flush()
        elif step.call in ("write", "truncate"):
            node = self._node(step.path)
            assert isinstance(node, _File)
            node.write(step.offset, step.data if step.call == "write" else None)
        elif step.path != self._base:
            self._change_names(step)

    def _change_names(self, step: Step) -> None:
        parent, name = self._folder(step.path.parent), step.path.name
        if step.call == "rename":
            assert step.target.parent == step.path.parent
            parent.pending.append((name, step.target.name, None))
        elif step.call in ("unlink", "rmtree"):
            parent.pending.append((name, "", None))
        else:
            node = _Folder() if step.call == "mkdir" else _File()
            parent.pending.append(("", name, node))

    def images(self, random: Random, mixed: int) -> Iterator[tuple[str, Image]]:
        """What may be found after a cut at this point: how, and the files.

        All files alike in every way, then `mixed` images where each fares in its own way.
        """
        for names, data in product(NAMES, DATA):
            fates = cycle([(names, data, 0.5)])
            yield f"names {names}, data {data}", dict(_found(self._root, "", fates))
        for _ in range(mixed):
            fates = ((random.choice(NAMES), random.choice(DATA), random.random()) for _ in count())
            yield "mixed", dict(_found(self._root, "", fates))

    def _is_inside(self, path: Path) -> bool:
        return path == self._base or self._base in path.parents

    def _node(self, path: Path) -> _File | _Folder:
        node: _File | _Folder = self._root
        for name in path.relative_to(self._base).parts:
            assert isinstance(node, _Folder)
            node = node.entries()[name]
        return node

    def _folder(self, path: Path) -> _Folder:
        node = self._node(path)
        assert isinstance(node, _Folder)
        return node


def _found(
    folder: _Folder, path: str, fates: Iterator[tuple[str, str, float]]
) -> Iterator[tuple[str, bytes | None]]:
    for name, node in folder.entries(next(fates)[0]).items():
        inner = str(PurePosixPath(path) / name)
        if isinstance(node, _File):
            yield inner, node.content(*next(fates)[1:])
        else:
            yield inner, None
            yield from _found(node, inner, fates)


def write_image(image: Image, folder: Path) -> None:
    """Make a folder of an image."""
    folder.mkdir()
    for name, content in image.items():
        if content is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(content)
