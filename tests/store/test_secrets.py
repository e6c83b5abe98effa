"""Secrets: kept apart, for this PC only; what can't be read is told and stops nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.errors import DiskFull, SecretUnreadable
from app.services.secrets import ABSENT, SET, UNREADABLE, keep_secret, secret_of, secret_state
from app.services.settings import change_settings
from app.store import disk
from app.store.secrets import NAME, Protection, Secrets
from app.store.shop import Shop
from tests.conftest import EVENING, Cloture
from tests.store.test_full_disk import small_disk


def other_pc(data: bytes, purpose: bytes) -> bytes:
    raise OSError("made on another PC")


def spoil(shop: Shop, **values: str) -> None:
    with shop.documents.open(NAME) as database:
        database.table("rows").update(values)


def test_a_secret_comes_back_as_it_was_given(shop: Shop):
    for value in ("abc", "é€ “”", "x" * 5_000):
        keep_secret(shop, "exact.token", value)
        assert secret_of(shop, "exact.token") == value
    assert secret_of(shop, "exact.other") == ""


def test_a_secret_survives_the_program(cloture: Cloture):
    with cloture.open() as shop:
        keep_secret(shop, "exact.token", "abc")
    # Nothing else is there yet: the folder is still one that can be begun.
    with cloture.open() as shop:
        assert secret_of(shop, "exact.token") == "abc"
        keep_secret(shop, "exact.token", "")
        assert secret_state(shop, "exact.token") == ABSENT


@pytest.mark.parametrize(
    "spoiled",
    [
        {"value": "&&"},
        {"value": "/w=="},
        {"protection": "dpapi"},
        {"protection": "of a newer program"},
    ],
    ids=str,
)
def test_a_secret_that_cannot_be_read_is_told_and_typed_again(shop: Shop, spoiled):
    if sys.platform == "win32" and spoiled == {"value": "/w=="}:
        spoiled = {"value": "AQAAAA=="}
    keep_secret(shop, "exact.token", "abc")
    spoil(shop, **spoiled)
    assert secret_state(shop, "exact.token") == UNREADABLE
    with pytest.raises(SecretUnreadable, match=r"exact\.token : .* Saisissez-le de nouveau"):
        secret_of(shop, "exact.token")
    keep_secret(shop, "exact.token", "def")
    assert secret_of(shop, "exact.token") == "def"


def test_one_that_cannot_be_read_does_not_hide_the_others(shop: Shop):
    keep_secret(shop, "a", "one")
    keep_secret(shop, "b", "two")
    with shop.documents.open(NAME) as database:
        database.table("rows").update({"value": "&&"}, lambda row: row["name"] == "a")
    assert (secret_state(shop, "a"), secret_of(shop, "b")) == (UNREADABLE, "two")


def test_a_folder_brought_from_another_pc_opens_and_closes(cloture: Cloture):
    foreign = Protection("foreign", lambda data, purpose: data[::-1], other_pc)
    cloture.done("settings", "set", "shop.name", "Dupont")
    with cloture.open() as shop:
        Secrets(shop.documents, [], foreign).keep("exact.token", "abc")
    assert cloture.done("close", "general", "--allow-empty")["id"] == "G000001"
    with cloture.open() as shop:
        assert secret_state(shop, "exact.token") == UNREADABLE


def test_a_file_of_secrets_that_cannot_be_read_is_set_aside_and_told(cloture: Cloture):
    with cloture.open() as shop:
        keep_secret(shop, "exact.token", "abc")
        shop.append([shop.event("first_start", EVENING, "", {})])
    (cloture.folder / "secrets.json").write_bytes(b"\0\0\0")
    with cloture.open() as shop:
        assert secret_state(shop, "exact.token") == ABSENT
        assert [path.name for path in shop.documents.set_aside] == [
            "secrets.json.illisible-20260105-200000"
        ]


def test_who_may_not_read_the_file_is_not_stopped(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    keep_secret(shop, "exact.token", "abc")

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert secret_state(shop, "exact.token") == UNREADABLE


def test_what_cannot_be_recorded_leaves_the_secret_as_it_was(shop: Shop, secret_setting):
    change_settings(shop, {secret_setting.key: "abc"}, EVENING)
    # Room for the file of secrets, none for the record that follows it.
    room = (shop.folder / "secrets.json").stat().st_size + 40
    with pytest.raises(DiskFull), small_disk(room) as small:
        change_settings(shop, {secret_setting.key: "def"}, EVENING)
    assert small.room == 0
    assert (secret_state(shop, secret_setting.key), shop.ledger.damaged) == (SET, 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has DPAPI instead of rights of files")
def test_a_copy_of_the_file_is_for_its_owner_only_too(shop: Shop, tmp_path: Path):
    keep_secret(shop, "exact.token", "abc")
    copy = tmp_path / "copy" / "secrets.json"
    disk.copy_file(shop.folder / "secrets.json", copy)
    assert copy.stat().st_mode & 0o777 == 0o600
