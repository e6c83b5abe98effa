"""Looking for a file: places, folders, what is shown and what is not."""

from __future__ import annotations

import os

import pytest

from app.errors import UnreadableFile
from app.services.browse import Browse, folder_page, places
from app.store import browsing
from app.store.browsing import list_folder, list_places


@pytest.fixture
def browse(tmp_path):
    return Browse(lambda: list_places(tmp_path / "inbox"), list_folder)


def fill(folder, names):
    for age, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" * (age + 1), encoding="utf-8")
        os.utime(path, (1_600_000_000 - age, 1_600_000_000 - age))


def test_folders_by_name_then_the_newest_files(browse, tmp_path):
    fill(tmp_path, ["new.csv", "old.JSONL", "Zoo/a", "archive/b", "older.txt"])
    page = folder_page(browse, str(tmp_path))
    assert [row.name for row in page.rows] == [
        "archive",
        "Zoo",
        "new.csv",
        "old.JSONL",
        "older.txt",
    ]
    assert [row.is_folder for row in page.rows] == [True, True, False, False, False]
    assert page.rows[2].size == 1
    assert (page.parent, page.hidden) == (str(tmp_path.parent), 0)


def test_other_files_are_counted_and_shown_when_asked_for(browse, tmp_path):
    fill(tmp_path, ["a.csv", "photo.png", "sans_suffixe", ".hidden.csv", "~draft.csv"])
    page = folder_page(browse, str(tmp_path))
    assert ([row.name for row in page.rows], page.hidden) == (["a.csv"], 2)
    page = folder_page(browse, str(tmp_path), everything=True)
    assert ({row.name for row in page.rows}, page.hidden) == (
        {"a.csv", "photo.png", "sans_suffixe"},
        0,
    )


def test_an_empty_folder(browse, tmp_path):
    assert folder_page(browse, str(tmp_path)).rows == ()


def test_a_folder_that_went_away_is_told(browse, tmp_path):
    with pytest.raises(UnreadableFile, match="USB ne s'ouvre pas : vérifiez"):
        folder_page(browse, str(tmp_path / "USB"))


def test_the_top_of_a_drive_has_nothing_above(browse, tmp_path):
    assert folder_page(browse, tmp_path.anchor).parent == ""


def test_a_link_to_nothing_is_an_empty_file(browse, tmp_path):
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (row,) = folder_page(browse, str(tmp_path)).rows
    assert (row.size, row.is_folder) == (0, False)


def test_a_clock_of_another_world_is_a_date_all_the_same(browse, tmp_path):
    fill(tmp_path, ["a.csv"])
    os.utime(tmp_path / "a.csv", (-5_000_000, -5_000_000))
    assert folder_page(browse, str(tmp_path)).rows[0].modified.year == 1970


def test_very_many_files_are_cut(browse, tmp_path, monkeypatch):
    monkeypatch.setattr(browsing, "MOST_ENTRIES", 3)
    fill(tmp_path, [f"{n}.csv" for n in range(5)])
    assert len(folder_page(browse, str(tmp_path)).rows) == 3


def test_the_inbox_comes_first_and_drives_say_their_room(browse, tmp_path):
    (tmp_path / "inbox").mkdir()
    found = places(browse)
    assert (found[0].name, found[0].path) == ("Boîte de réception", str(tmp_path / "inbox"))
    assert any(place.free for place in found)


def test_without_an_inbox_there_are_still_drives(browse):
    assert all(place.name != "Boîte de réception" for place in places(browse))
    assert places(browse)
