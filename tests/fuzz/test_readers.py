"""The readers fed spoiled files for a while: no crash, no partial take, whatever the bytes.

Half a minute in `ci`. By hand for ten minutes, which tells what was read:

    python dev.py long tests/fuzz -s
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.rounds import try_proposal, try_round
from tests.fuzz.targets import (
    Target,
    cells,
    edits,
    spoiled,
    spoiled_inside,
    targets,
    with_cells,
)
from tests.shops import shop_in

ROUNDS = 40  # of one target before the next one
FOREVER = 10**6


@pytest.fixture
def fed(tmp_path: Path) -> Callable[[float], Counter[str]]:
    """Feeds every target in turn for so many seconds; what became of the files."""

    def run(seconds: float) -> Counter[str]:
        seen: Counter[str] = Counter()
        here = targets(tmp_path / "sound")
        end = time.monotonic() + seconds
        for number in range(FOREVER):
            for target in here:
                if time.monotonic() > end:
                    return seen
                feed(target, tmp_path / f"{number}-{target.label}", number, seen)
        return seen

    return run


def feed(target: Target, folder: Path, number: int, seen: Counter[str]) -> None:
    """Some rounds of one target, always the same for one number: a failure can be had again."""
    folder.mkdir(parents=True)
    ways = [edits.map(lambda changes: spoiled(target.content, changes))]
    if target.profile.rows is not None:
        ways.append(cells.map(lambda changes: with_cells(target, changes)))
    if target.name.endswith(".xlsx"):
        ways.append(edits.map(lambda changes: spoiled_inside(target.content, changes)))
    with shop_in(folder / "shop", "2026-03-06T20:00") as shop:

        @seed(number)
        @settings(
            max_examples=ROUNDS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(ways))
        def rounds(content: bytes) -> None:
            try_round(target, folder, content, shop, seen)
            try_proposal(target, folder, content, seen)

        rounds()


@pytest.mark.ci
@pytest.mark.timeout(180)
def test_half_a_minute_of_spoiled_files(fed):
    seen = fed(30)
    labels = {key.partition(":")[0] for key in seen}
    assert len(labels) == 10  # every file of every bundled profile had its turn


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_ten_minutes_of_spoiled_files(fed):
    seen = fed(600)
    print(f"\n{sum(seen.values())} readings in ten minutes:")
    for key in sorted(seen):
        print(f"  {key}: {seen[key]}")
