"""Opening a data folder in whatever state it is: older, newer, with files that can't be read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.errors import Damaged, DataFolderError
from app.services.settings import change_setting, load_settings
from app.store import data_folder
from tests.shops import (
    EVENING,
    all_records,
    checked,
    close_scope,
    journal_lines,
    moment,
    run_a_shop,
    sales,
    segment_path,
    shop_in,
    take,
    write_lines,
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".verrou")
    }


def state(folder: Path) -> dict[str, object]:
    content = json.loads((folder / "state.json").read_bytes())
    assert isinstance(content, dict)
    return content


# --- state.json -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"\0" * 500,
        b"\xff\xfe",
        b'{"schema":1',
        b"[]",
        b"1e400",
        b'{"schema":2,"position":[4,100],"ledger":{}}',
        b'{"schema":2,"position":"x","ledger":{}}',
        b"[" * 100_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_state_that_cannot_be_read_is_set_aside_and_made_again(spoiled, folder):
    before = state(folder)
    (folder / "state.json").write_bytes(spoiled)
    with shop_in(folder) as shop:
        assert [path.name for path in shop.documents.set_aside] == [
            "state.json.illisible-20210102-200000"
        ]
    assert state(folder) == before
    assert (folder / "state.json.illisible-20210102-200000").read_bytes() == spoiled
    assert checked(folder)["ok"] is True


def test_the_state_of_another_version_is_made_again(folder):
    before = state(folder)
    (folder / "state.json").write_text(json.dumps({**before, "schema": 99}))
    with shop_in(folder) as shop:
        assert shop.documents.set_aside == []
    assert state(folder) == before


def test_a_missing_state_is_made_again(folder):
    before = state(folder)
    (folder / "state.json").unlink()
    assert checked(folder)["ok"] is True
    assert state(folder) == before


def test_a_state_that_lags_behind_is_brought_up_to_date(folder):
    old = state(folder)
    with shop_in(folder) as shop:
        take(shop, sales(2, at="2021-02-02T15:00", first=40))
        close_scope(shop, now="2021-02-02T20:00")
    new = state(folder)
    (folder / "state.json").write_text(json.dumps(old))
    path = folder / "closures/2021.json"
    path.write_bytes(path.read_bytes().replace(b"G000004", b"G000000"))
    with shop_in(folder) as shop:
        assert [row["id"] for row in shop.closures()][-2:] == ["G000000", "G000004"]
    assert state(folder) == new
    assert checked(folder)["problems"][0]["what"] == "la clôture G000000"


def test_a_journal_that_ends_too_early_is_kept_in_mind(folder):
    """The last file of tickets lost: said for ever, and its numbers begin again."""
    lines = journal_lines(folder, 4)
    write_lines(folder, lines[:0], 4)
    with shop_in(folder) as shop:
        assert shop.ledger.heads["ticket/1"][0] == 17
    event = all_records(folder)[-1]["body"]
    assert event["event"] == "records_missing"
    assert event["detail"]["segment"] == 4
    assert event["detail"]["seen"]["ticket/1"] == 20
    assert event["detail"]["file"] == "state.json.illisible-20210102-200000"


# --- whose folder, which layout ---------------------------------------------------------------


def identity(folder: Path, **changes: object) -> None:
    path = folder / data_folder.IDENTITY
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **changes}))


def test_a_newer_folder_is_refused_and_untouched(folder):
    identity(folder, schema=data_folder.SCHEMA + 1)
    before = files(folder)
    with pytest.raises(DataFolderError, match="version plus récente"), shop_in(folder):
        pass
    assert files(folder) == before


def test_an_older_folder_is_copied_then_migrated(folder, monkeypatch):
    identity(folder, schema=-1)
    before = files(folder)
    done = []
    steps = ((1, lambda place: done.append((1, place))), (0, lambda place: done.append((0, place))))
    monkeypatch.setattr(data_folder, "STEPS", steps)
    with shop_in(folder) as shop:
        assert len(shop.closures()) == 6
    assert done == [(0, folder), (1, folder)]
    assert files(folder / "avant-migration/schema--1") == before
    assert json.loads((folder / data_folder.IDENTITY).read_bytes())["schema"] == 1
    with shop_in(folder):
        pass
    assert len(done) == 2


def test_a_migration_that_fails_leaves_the_folder_to_be_migrated_again(folder, monkeypatch):
    identity(folder, schema=0)

    def fail(place: Path) -> None:
        raise OSError("no")

    monkeypatch.setattr(data_folder, "STEPS", ((1, fail),))
    with pytest.raises(OSError, match="no"), shop_in(folder):
        pass
    assert json.loads((folder / data_folder.IDENTITY).read_bytes())["schema"] == 0
    monkeypatch.setattr(data_folder, "STEPS", ())
    assert checked(folder)["ok"] is True


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]", b'{"schema":1}', b"\xff"])
def test_an_identity_that_cannot_be_read_comes_again_from_the_journal(spoiled, folder):
    path = folder / data_folder.IDENTITY
    shop_id = json.loads(path.read_bytes())["shop"]
    path.write_bytes(spoiled)
    with shop_in(folder) as shop:
        take(shop, sales(1, at="2021-02-03T08:00", first=90))
    assert json.loads(path.read_bytes())["shop"] == shop_id
    assert (folder / "dossier.json.illisible-20210102-200000").read_bytes() == spoiled


def test_without_its_identity_a_newer_folder_is_still_refused(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setattr(data_folder, "SCHEMA", 2)
    with shop_in(folder) as shop:
        take(shop, sales(1))
    monkeypatch.setattr(data_folder, "SCHEMA", 1)
    (folder / data_folder.IDENTITY).unlink()
    with pytest.raises(DataFolderError, match="version plus récente"), shop_in(folder):
        pass


def test_a_simulation_stays_one_for_ever(tmp_path):
    folder = tmp_path / "data"
    with shop_in(folder, simulation=True) as shop:
        take(shop, sales(1))
    (folder / data_folder.IDENTITY).unlink()
    (folder / "state.json").unlink()
    with shop_in(folder) as shop:
        assert shop.ledger.simulation is True
        take(shop, sales(1, first=2))
    assert json.loads((folder / data_folder.IDENTITY).read_bytes())["simulation"] is True


# --- what is no data folder -------------------------------------------------------------------


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(DataFolderError, match="déjà autre chose"), shop_in(tmp_path):
        pass


def test_a_file_is_refused(tmp_path):
    path = tmp_path / "data"
    path.touch()
    with pytest.raises(DataFolderError, match="est un fichier"), shop_in(path):
        pass


def test_looking_into_an_empty_folder_says_that_nothing_is_there(tmp_path):
    with pytest.raises(DataFolderError, match="Aucune donnée"), shop_in(tmp_path, create=False):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_first_import_that_was_refused_leaves_a_folder_that_can_be_begun(tmp_path):
    folder = tmp_path / "data"

    def cut() -> object:
        yield from sales(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), shop_in(folder) as shop:
        take(shop, cut())  # type: ignore[arg-type]
    (folder / ".import").mkdir()  # what a kill leaves
    with pytest.raises(DataFolderError, match="Aucune donnée"), shop_in(folder, create=False):
        pass
    with shop_in(folder) as shop:
        assert take(shop, sales(2)).accepted == 2


def test_nothing_is_written_where_a_segment_is_missing(folder):
    segment_path(folder, 2).unlink()
    (folder / "state.json").unlink()
    before = {name: data for name, data in files(folder).items() if name.startswith("journal/")}
    with shop_in(folder) as shop, pytest.raises(Damaged, match="Le journal est incomplet"):
        take(shop, sales(1, at="2021-02-03T08:00"))
    after = {name: data for name, data in files(folder).items() if name.startswith("journal/")}
    assert after == before


# --- documents --------------------------------------------------------------------------------

SPOILED = {
    "nothing": b"",
    "zeros": b"\0" * 64,
    "half": b'{"schema":1,"tables":{"rows":{"1":',
    "another JSON": b'{"name":"x"}',
    "no schema": b'{"tables":{}}',
    "deep": b"[" * 100_000,
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=list(SPOILED))
def test_settings_that_cannot_be_read_are_set_aside_and_made_again(spoiled, folder):
    (folder / "settings.json").write_bytes(spoiled)
    with shop_in(folder) as shop:
        assert load_settings(shop)["shop.name"] == "Boulangerie d'essai"
        change_setting(shop, "shop.name", "Autre", moment(EVENING))
        assert load_settings(shop)["shop.name"] == "Autre"
        assert [path.name for path in shop.documents.set_aside] == [
            "settings.json.illisible-20210102-200000"
        ]
    assert (folder / "settings.json.illisible-20210102-200000").read_bytes() == spoiled
    assert checked(folder)["ok"] is True


def test_files_set_aside_never_take_each_others_place(folder):
    for spoiled in (b"1", b"2", b"3"):
        (folder / "settings.json").write_bytes(spoiled)
        with shop_in(folder) as shop:
            load_settings(shop)
    assert {path.read_bytes() for path in folder.glob("settings.json.illisible-*")} == {
        *(b"1", b"2", b"3")
    }


@pytest.mark.parametrize("name", ["catalogue", "corrections", "summaries/2021-01-30"])
def test_every_view_is_made_again_alike(name, folder):
    path = folder / f"{name}.json"
    before = json.loads(path.read_bytes())
    path.write_bytes(b"{")
    with shop_in(folder) as shop:
        shop.documents.rows(name)
    assert json.loads(path.read_bytes()) == before


def test_a_file_that_is_no_view_is_set_aside_and_begun_anew(folder):
    (folder / "pins.json").write_bytes(b"{")
    with shop_in(folder) as shop:
        assert shop.documents.rows("pins") == []
    assert (folder / "pins.json.illisible-20210102-200000").read_bytes() == b"{"


def test_documents_of_a_newer_program_are_refused_and_stay(folder):
    newer = b'{"schema":99,"tables":{}}'
    (folder / "settings.json").write_bytes(newer)
    with shop_in(folder) as shop, pytest.raises(DataFolderError, match="version plus récente"):
        load_settings(shop)
    assert (folder / "settings.json").read_bytes() == newer
