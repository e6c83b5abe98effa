"""The only place that writes to the data folder: appends and atomic replaces, flushed to disk.

Power cuts: appended bytes are flushed before anyone is told they are kept; a replaced file is
written beside, flushed, then put in place, so that it is whole in its old or its new form.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import AppError, DataFolderError, DiskFull

REPLACE_PATIENCE = 10.0
_REPLACE_PAUSE = 0.05
_CHUNK = 1 << 20


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the system's refusals about `path` into a sentence for a person."""
    try:
        yield
    except OSError as error:
        raise _sentence(error, path) from error


_REASONS = {
    errno.ENOENT: "il n'existe pas",
    errno.ENOTDIR: "un dossier de son chemin est un fichier",
    errno.EISDIR: "c'est un dossier",
    errno.EEXIST: "il existe déjà",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EINVAL: "son nom ou son emplacement ne convient pas",
    errno.EIO: "le disque ne répond pas",
    errno.EBUSY: "un autre programme l'utilise",
    errno.ENXIO: "le disque n'est plus là",
    errno.ENODEV: "le disque n'est plus là",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "le disque ne s'écrit pas",
    errno.ETIMEDOUT: "le réseau ne répond pas",
    errno.EHOSTUNREACH: "le réseau ne répond pas",
    errno.EMFILE: "trop de fichiers sont ouverts",
}


def french_reason(error: OSError) -> str:
    """Why the system refused, in a few French words: its own are in its language, or in English."""
    known = _REASONS.get(error.errno or 0)
    return known or f"le système le refuse, erreur {error.errno or '?'}"


def _sentence(error: OSError, path: Path) -> AppError:
    if isinstance(error.filename, str | Path):
        path = Path(error.filename)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"Le disque est plein : rien n'a été changé dans {path}. "
            "Libérez de la place, puis recommencez."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DataFolderError(
            f"Écriture refusée dans {path} : vérifiez les droits de ce dossier, puis recommencez."
        )
    return DataFolderError(
        f"{path} n'est pas accessible ({french_reason(error)}). "
        "Vérifiez que le disque est là, puis recommencez."
    )


def make_folder(path: Path) -> None:
    """Create a folder and its parents, each flushed into its own parent."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        path = path.parent
    for folder in reversed(missing):
        with told(folder), contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        flush_folder(folder.parent)


def flush_folder(path: Path) -> None:
    """Flush a folder's entries (a created, renamed or removed file); Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, offset: int, chunks: Iterable[bytes]) -> int:
    """Append chunks to a file that is `offset` bytes long, flush, and give its new length.

    Whatever fails, also an exception raised by `chunks`, the file is cut back to `offset`.
    Raises DiskFull or DataFolderError.
    """
    with told(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            length = _append_all(handle, offset, chunks)
        finally:
            os.close(handle)
        if offset == 0:
            # Also when the file was there: who made it may have died before flushing its folder.
            flush_folder(path.parent)
            flush_folder(path.parent.parent)
    return length


def _append_all(handle: int, offset: int, chunks: Iterable[bytes]) -> int:
    position = offset
    try:
        os.lseek(handle, offset, os.SEEK_SET)
        for chunk in chunks:
            _write_all(handle, chunk)
            position += len(chunk)
        os.fsync(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, offset)
            os.fsync(handle)
        raise
    return position


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def truncate(path: Path, length: int) -> None:
    """Cut a file back to `length` bytes and flush."""
    with told(path):
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.ftruncate(handle, length)
            os.fsync(handle)
        finally:
            os.close(handle)


def flush_file(path: Path) -> None:
    """Flush a file that was appended to without flushing."""
    with told(path):
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append_unflushed(path: Path, data: bytes) -> None:
    """Append without flushing, what can be rebuilt; `flush_file` comes before it is relied on."""
    make_folder(path.parent)
    with told(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o666)
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)


def write_atomic(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Replace a file whole: written beside, flushed, put in place.

    `mode` are its rights where there are such (0o600: for its owner only). Raises DiskFull or
    DataFolderError.
    """
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with told(path):
        if mode != 0o666:  # one left by a power cut would keep the rights it had
            remove_file(beside)
        handle = os.open(beside, flags, mode)
        try:
            try:
                _write_all(handle, data)
                os.fsync(handle)
            finally:
                os.close(handle)
            replace(beside, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise


def replace(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows, wait up to 10 s while another program holds it open."""
    deadline = time.monotonic() + REPLACE_PATIENCE
    while True:
        try:
            os.replace(source, target)
            break
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(_REPLACE_PAUSE)
    flush_folder(target.parent)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file with its rights, flushed, whole under its final name or not there at all."""
    make_folder(target.parent)
    beside = target.with_name(f".{target.name}.tmp")
    with told(target), open(source, "rb") as origin:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        handle = os.open(beside, flags, stat.S_IMODE(os.fstat(origin.fileno()).st_mode) | 0o200)
        try:
            while chunk := origin.read(_CHUNK):
                _write_all(handle, chunk)
            os.fsync(handle)
        finally:
            os.close(handle)
        replace(beside, target)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename a file that can't be read, keeping it; gives its new name.

    `stamp` is a moment such as `20261122-011158`.
    """
    aside = path.with_name(f"{path.name}.illisible-{stamp}")
    rank = 1
    while aside.exists():
        rank += 1
        aside = path.with_name(f"{path.name}.illisible-{stamp}-{rank}")
    with told(path):
        replace(path, aside)
    return aside


def remove_file(path: Path) -> None:
    """Remove a file that can be made again, for good; one that isn't there is fine."""
    with told(path):
        if path.exists():
            os.unlink(path)
            flush_folder(path.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder of temporary files, whatever state it is in."""
    shutil.rmtree(path, ignore_errors=True)
