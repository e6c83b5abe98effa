"""A journal that is gone, or lacks a file in the middle: nothing is begun or written over it."""

from __future__ import annotations

import shutil

import pytest

from app.errors import Damaged
from app.store.loss import loss_told
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


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"ticket/1": 3}, "il y manque 3 tickets."),
        ({"ticket/1": 1, "closure/general": 1}, "il y manque 1 ticket et 1 clôture."),
        ({"event": 2}, "il y manque 2 autres enregistrements."),
        (
            {"ticket/1": 2, "closure/general": 1, "event": 1},
            "il y manque 2 tickets, 1 clôture et 1 autre enregistrement.",
        ),
        ({}, "La fin du journal a disparu."),
    ],
)
def test_only_what_is_lacking_is_named(seen, said):
    told = loss_told(seen, {})
    assert said in told
    assert " 0 " not in told
