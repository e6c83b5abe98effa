"""A journal that is gone, or lacks a file in the middle: nothing is begun or written over it."""

from __future__ import annotations

import shutil

import pytest

from app.errors import Damaged
from tests.shops import run_a_shop, sales, segment_path, shop_in, take


def test_a_journal_that_is_gone_is_told_and_never_begun_again(tmp_path):
    folder = tmp_path / "data"
    run_a_shop(folder)
    shutil.rmtree(folder / "journal")
    (folder / "state.json").unlink()
    with pytest.raises(Damaged, match="a disparu"), shop_in(folder):
        pass
    assert not segment_path(folder, 1).exists()


def test_nothing_is_written_while_a_file_of_the_middle_is_missing(tmp_path):
    folder = tmp_path / "data"
    run_a_shop(folder)
    segment_path(folder, 2).unlink()
    with shop_in(folder) as shop, pytest.raises(Damaged, match=r"J000002\.jsonl manque"):
        take(shop, sales(1, at="2021-02-05T08:00", first=90))
