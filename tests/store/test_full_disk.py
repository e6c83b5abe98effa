"""A disk that fills up, a folder that can only be read: told in a sentence, and nothing is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError, DataFolderError, DiskFull
from app.services.cash_moves import move_cash
from app.store import disk
from app.store.shop import Shop
from tests.powercut.recorder import hasty_disk
from tests.powercut.scenarios import essence
from tests.shops import checked, close_scope, moment, run_a_shop, sales, shop_in, take

NOON = "2021-02-02T12:00"


class SmallDisk:
    """Stands in for `os` in `app.store.disk`: after so many bytes the disk is full."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def fsync(self, handle: int) -> None:
        """The disk is a thought one."""

    def write(self, handle: int, data: memoryview | bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = os.write(handle, data[: self.room])
        self.room -= count
        return count


@contextlib.contextmanager
def small_disk(room: int) -> Iterator[SmallDisk]:
    with pytest.MonkeyPatch.context() as patch:
        small = SmallDisk(room)
        patch.setattr(disk, "os", small)
        yield small


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    return folder


def _import(shop: Shop) -> None:
    take(shop, sales(3, at="2021-02-02T09:00", first=40), file="plein.jsonl", now=NOON)


def _close(shop: Shop) -> None:
    close_scope(shop, now=NOON)


def _move(shop: Shop) -> None:
    move_cash(shop, "in", 100, "1/1", "monnaie", moment(NOON))


def _told(act: Callable[[Shop], None], shop: Shop) -> bool:
    """Whether it was told as done; the other answer is that the disk is full."""
    try:
        act(shop)
    except DiskFull:
        return False
    return True


@pytest.mark.parametrize("act", [_import, _close, _move], ids=["import", "close", "move"])
def test_whatever_room_is_left_the_answer_is_true(act: Callable[[Shop], None], sound, tmp_path):
    """Refused: nothing has changed. Done: it is there, though views could not be written."""
    folder = tmp_path / "data"
    with shop_in(sound) as shop:
        before = essence(shop)
    refused = done = 0
    room = 0
    while True:
        shutil.copytree(sound, folder)
        with small_disk(room) as small, shop_in(folder, NOON) as shop:
            told = _told(act, shop)
        with hasty_disk():
            with shop_in(folder, NOON) as shop:
                assert (essence(shop) != before) is told
            assert checked(folder)["ok"] is True
            if not told:
                with shop_in(folder, NOON) as shop:
                    act(shop)
                    assert essence(shop) != before
        shutil.rmtree(folder)
        refused, done = refused + (not told), done + told
        if small.room:
            break
        room += 211
    assert refused > 1
    assert done > 3


def test_a_first_import_on_a_full_disk_begins_no_shop(tmp_path):
    folder = tmp_path / "data"
    with small_disk(300), pytest.raises(DiskFull), shop_in(folder) as shop:
        take(shop, sales(3))
    with shop_in(folder) as shop:
        assert take(shop, sales(3)).accepted == 3


@contextlib.contextmanager
def tiny_disk(kilobytes: int) -> Iterator[Path | None]:
    """A real file system of that size; None where this user may not mount one."""
    with tempfile.TemporaryDirectory() as name:
        options = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", name]
        mount = shutil.which("mount")
        mounted = (
            mount is not None
            and not subprocess.run([mount, *options], check=False, capture_output=True).returncode
        )
        try:
            yield Path(name) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


def test_a_real_disk_that_fills_up(sound, tmp_path):
    with tiny_disk(1024) as mounted:
        folder = (mounted or tmp_path) / "data"
        shutil.copytree(sound, folder)
        full = _fill(mounted) if mounted else small_disk(900)
        with full, shop_in(folder, NOON) as shop:
            before = essence(shop)
            with pytest.raises(DiskFull):
                take(shop, sales(50, at="2021-02-02T10:00", first=100), now=NOON)
            assert essence(shop) == before
        with shop_in(folder, NOON) as shop:
            assert essence(shop) == before
            take(shop, sales(50, at="2021-02-02T10:00", first=100), now=NOON)
        assert checked(folder)["ok"] is True


@contextlib.contextmanager
def _fill(place: Path) -> Iterator[None]:
    """Leave a page or two free."""
    ballast = place / "ballast"
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while True:
            os.write(handle, b"x" * 4096)
    os.ftruncate(handle, os.fstat(handle).st_size - 8192)
    os.close(handle)
    yield
    ballast.unlink()


# --- a folder that can only be read -----------------------------------------------------------


class ReadOnlyDisk(SmallDisk):
    """Stands in for `os`: the folder can only be read."""

    def __init__(self) -> None:
        super().__init__(0)

    def open(self, path: Any, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self._refuse(path)
        return os.open(path, flags, mode)

    def _refuse(self, path: Any, *_: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    mkdir = unlink = replace = _refuse


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written there: by rights, as another user where rights don't bind this one."""
    if not hasattr(os, "geteuid"):  # Windows, where a folder's rights are another matter
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(disk, "os", ReadOnlyDisk())
            yield
        return
    places = [folder, *folder.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        for place in places:
            place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.fixture
def open_to_all(sound) -> Iterator[Path]:
    """A copy of the shop that any user of the machine can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(shutil.copytree(sound, Path(name) / "data"))


def test_a_folder_that_can_only_be_read_is_read(open_to_all):
    with read_only(open_to_all), shop_in(open_to_all, NOON) as shop:
        assert len(shop.closures()) == 6
        assert shop.ledger.heads["ticket/1"][0] == 20
        with pytest.raises(DataFolderError, match="Écriture refusée"):
            _move(shop)
    assert checked(open_to_all)["ok"] is True


def test_it_is_read_without_its_state_too(open_to_all):
    """The whole journal again: nothing is written on the way, nothing is missing."""
    (open_to_all / "state.json").write_bytes(b"{")
    before = _names(open_to_all)
    with read_only(open_to_all), shop_in(open_to_all, NOON) as shop:
        assert len(shop.closures()) == 6
        assert shop.ledger.heads["ticket/1"][0] == 20
        assert len(shop.entries("2021-01-30")) == 10
    assert _names(open_to_all) == before
    assert checked(open_to_all)["ok"] is True


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if not path.name.startswith(".verrou"))


def test_a_folder_whose_disk_vanishes_is_told(open_to_all):
    with shop_in(open_to_all, NOON) as shop:
        shutil.rmtree(open_to_all / "journal")
        (open_to_all / "journal").touch()
        with pytest.raises(AppError):
            _move(shop)
        (open_to_all / "journal").unlink()
