"""Real kills: the program is killed (SIGKILL) at any moment while it imports and closes in a loop.

The commands are those of a shop, through `main.py`. What a command said is done must be there after
the next start, nothing twice, no half closure; a command cut short is given again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.domain.ticket import ticket_json
from tests.shops import checked, sales, shop_in

ROOT = Path(__file__).resolve().parents[2]
BATCH = 300


@dataclass
class Loop:
    """The commands given so far, what they said, and how long one takes."""

    folder: Path
    random: Random
    files: set[str] = field(default_factory=set)
    closures: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    kills: int = 0

    def run_until_killed(self, commands: Iterator[list[str]], waiting: list[str]) -> list[str]:
        """Give commands until one is killed; gives that one, to be given again."""
        whole = self.random.randint(0, 2)  # so many are let through first
        for command in chain([waiting] if waiting else [], commands):
            began = time.monotonic()
            process = self._start(command)
            usual = self.seconds.get(command[0], 0.0)
            killed = whole == 0 and usual > 0
            if killed:
                time.sleep(usual * self.random.uniform(0.3, 1.0))
                process.kill()
            out = process.communicate(timeout=60)[0]
            if process.returncode < 0 or (killed and not out):
                self.kills += 1
                if out:  # it had said so just before it died
                    self._note(command, 0, out)
                return command
            if not usual:
                self.seconds[command[0]] = time.monotonic() - began
            self._note(command, process.returncode, out)
            whole = max(0, whole - 1)
        raise AssertionError("the commands never end")

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        line = [sys.executable, "main.py", "--data", str(self.folder), "--json", *command]
        return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def _note(self, command: list[str], code: int, out: bytes) -> None:
        """Keep what the command said is done."""
        said: dict[str, Any] = json.loads(out)
        if command[0] == "import":
            # Given again after a kill, all of it may be known already.
            assert (code, said["accepted"] + said["duplicates"]) == (0, BATCH)
            assert said["accepted"] in (0, BATCH)
            self.files.add(command[1])
        elif "error" not in said:
            self.closures.append(said["id"])
        else:  # given again after a kill: it had been made
            assert said["error"]["code"] == "nothing_to_close"

    def check(self, cut: list[str]) -> None:
        """What was told is there, once; of the command cut short, all or nothing."""
        report = checked(self.folder)
        assert report["ok"], report["problems"]
        records = committed(self.folder)
        tickets = [r["body"] for r in records if r["type"] == "ticket"]
        numbers = {t["number"] for t in tickets}
        assert len(numbers) == len(tickets)
        beyond = len(tickets) - len(self.files) * BATCH
        assert beyond in ((0, BATCH) if cut[0] == "import" else (0,))
        closures = [r["body"]["id"] for r in records if r["type"] == "closure"]
        assert closures[: len(self.closures)] == self.closures
        assert len(closures) - len(self.closures) <= (1 if cut[0] == "close" else 0)
        self.closures = closures


def committed(folder: Path) -> list[dict[str, Any]]:
    """The records of whole groups: what a cut one left behind them goes at the next writing."""
    with shop_in(folder) as shop:
        return [kept.record for kept in shop.journal.committed((1, 0)) if kept.record]


def a_shops_commands(place: Path) -> Iterator[list[str]]:
    """A file of tickets, a CAISSE; another file, a GÉNÉRALE; and so on."""
    for number in count():
        path = place / f"{number}.jsonl"
        hour = 8 + number % 12
        batch = [
            ticket
            for part in range(BATCH // 30)
            for ticket in sales(
                30, at=f"2021-01-02T{hour:02d}:00", first=1 + number * BATCH + part * 30
            )
        ]
        lines = [json.dumps(ticket_json(ticket)) + "\n" for ticket in batch]
        path.write_text("".join(lines), encoding="utf-8")
        yield ["import", str(path)]
        scope = (["caisse", "1/1"], ["general"])[number % 2]
        yield ["close", *scope, "--confirm-clock"]


def kill_again_and_again(place: Path, kills: int, seed: int) -> None:
    loop = Loop(place / "data", Random(seed))
    commands = a_shops_commands(place)
    cut: list[str] = []
    while loop.kills < kills:
        cut = loop.run_until_killed(commands, cut)
        if loop.folder.exists():
            loop.check(cut)
    assert loop.files
    assert loop.closures


@pytest.mark.ci
@pytest.mark.timeout(900)
def test_twenty_kills(tmp_path):
    kill_again_and_again(tmp_path, 20, seed=2)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_three_hundred_kills(tmp_path):
    for seed in range(15):
        place = tmp_path / str(seed)
        place.mkdir()
        kill_again_and_again(place, 20, seed=100 + seed)
