"""The power goes anywhere in an operation: whatever the disk then holds, nothing told is lost.

Every call that writes is recorded; after each one the disk may hold any of the images of
`disk_model`. The real program starts from each: what was acknowledged is there, nothing is there
twice, a closure is there whole or not at all, `verify` finds nothing, and doing it again ends where
it would have ended without a cut.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.store import data_folder
from tests.powercut.disk_model import Disk, Image, write_image
from tests.powercut.recorder import hasty_disk, recording
from tests.powercut.scenarios import AFTERWARDS, SCENARIOS, STEPS, Scenario, essence
from tests.shops import checked, shop_in


@pytest.fixture(autouse=True)
def migrations(monkeypatch):
    monkeypatch.setattr(data_folder, "STEPS", STEPS)


class Cuts:
    """One scenario, recorded: what the record said before and after, and every possible image."""

    def __init__(self, scenario: Scenario, folder: Path, prepared: Path | None = None) -> None:
        self._scenario = scenario
        if prepared is not None:
            shutil.copytree(prepared, folder)
        with hasty_disk():
            if prepared is None:
                scenario.prepare(folder)
        self.before = said_by(folder)
        self._disk = Disk(folder)
        with recording() as recorder:
            scenario.act(folder, recorder.acknowledge)
        self._steps = recorder.steps
        self.after = said_by(folder)

    def images(self, mixed: int = 4) -> Iterator[tuple[str, Image, bool]]:
        """Each image once: where the cut was, the files, whether it was acknowledged by then."""
        seen = set()
        told = False
        random = Random(self._scenario.name)
        for number, step in enumerate(self._steps):
            told = told or step.call == "acknowledged"
            self._disk.apply(step)
            for how, image in self._disk.images(random, mixed):
                mark = (told, hashlib.sha256(repr(sorted(image.items())).encode()).digest())
                if mark not in seen:
                    seen.add(mark)
                    yield f"after {number} {step.call} {step.path.name}: {how}", image, told

    def kills(self, every: int) -> Iterator[tuple[str, Disk]]:
        """The disk as the program leaves it when it dies: all there to be seen, some unflushed."""
        for number, step in enumerate(self._steps):
            self._disk.apply(step)
            if number % every == 0:
                yield f"after {number} {step.call} {step.path.name}", deepcopy(self._disk)

    def start_again(self, disk: Disk, folder: Path) -> Disk:
        """Start on what a killed program left, and do again what it was doing."""
        shutil.rmtree(folder)
        write_image(next(disk.images(Random(), 0))[1], folder)
        with recording() as recorder:
            with shop_in(folder, AFTERWARDS) as shop:
                found = essence(shop)
            self._scenario.again(folder, found == self.after)
        for step in recorder.steps:
            disk.apply(step)
        return disk

    def check(self, folder: Path, told: bool) -> None:
        """Start from an image, look, and do it again."""
        with hasty_disk():
            with shop_in(folder, AFTERWARDS) as shop:
                found = essence(shop)
            assert found in (self.before, self.after)
            assert found == self.after or not told
            check_sound(folder)
            self._scenario.again(folder, found == self.after)
            with shop_in(folder, AFTERWARDS) as shop:
                assert essence(shop) == self.after
                closures = [body["id"] for kind, body in self.after if kind == "closure"]
                assert [row["id"] for row in shop.closures()] == closures
            check_sound(folder)


def said_by(folder: Path) -> list[Any]:
    """What a folder's record says; on a copy, for looking may write."""
    if not folder.exists():
        return []
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    with hasty_disk(), shop_in(copy, AFTERWARDS) as shop:
        said = essence(shop)
    shutil.rmtree(copy)
    return said


def check_sound(folder: Path) -> None:
    """`verify` finds nothing, and no record was ever missed."""
    report = checked(folder, now=AFTERWARDS, deep=False)
    assert report["ok"], report["problems"]
    assert report["losses"] == []


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_is_lost(scenario, tmp_path):
    cuts = Cuts(scenario, tmp_path / "recorded")
    count = 0
    for where, image, told in cuts.images():
        count += 1
        write_image(image, tmp_path / "image")
        try:
            cuts.check(tmp_path / "image", told)
        except BaseException as error:
            error.add_note(f"power cut {where}, told: {told}")
            raise
        shutil.rmtree(tmp_path / "image")
    assert count > 10


def killed_then_cut(scenario: Scenario, folder: Path, every: int) -> None:
    """The program is killed with things unflushed; it starts again; then the power goes."""
    cuts = Cuts(scenario, folder / "recorded")
    for where, disk in cuts.kills(every):
        again = cuts.start_again(disk, folder / "recorded")
        for how, image in again.images(Random(where), mixed=4):
            write_image(image, folder / "image")
            try:
                cuts.check(folder / "image", told=True)
            except BaseException as error:
                error.add_note(f"killed {where}, then the power cut: {how}")
                raise
            shutil.rmtree(folder / "image")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_is_lost_when_a_kill_comes_before_the_power_cut(scenario, tmp_path):
    killed_then_cut(scenario, tmp_path, every=9)


@pytest.mark.ci
@pytest.mark.timeout(900)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_is_lost_when_a_kill_comes_anywhere_before_the_power_cut(scenario, tmp_path):
    killed_then_cut(scenario, tmp_path, every=1)


@pytest.mark.ci
@pytest.mark.timeout(900)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_is_lost_when_the_power_goes_again_while_starting(scenario, tmp_path):
    """From a dozen images, the next start is cut in its turn, anywhere."""
    first = Cuts(scenario, tmp_path / "recorded")
    start = replace(scenario, act=lambda folder, acknowledge: _only_start(folder))
    images = list(first.images())
    for where, image, told in images[:: max(1, len(images) // 12)]:
        write_image(image, tmp_path / "first")
        second = Cuts(start, tmp_path / "second", prepared=tmp_path / "first")
        for again, later, _ in second.images(mixed=1):
            write_image(later, tmp_path / "image")
            try:
                first.check(tmp_path / "image", told)
            except BaseException as error:
                error.add_note(f"power cut {where}, told: {told}, then while starting {again}")
                raise
            shutil.rmtree(tmp_path / "image")
        shutil.rmtree(tmp_path / "first")
        shutil.rmtree(tmp_path / "second")


def _only_start(folder: Path) -> None:
    with shop_in(folder, AFTERWARDS) as shop, shop.writing():
        pass
