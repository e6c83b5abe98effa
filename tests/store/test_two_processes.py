"""Two processes write to one data folder at once: neither loses the other's writes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.shops import all_records, checked, sales, shop_in, take

ROOT = Path(__file__).resolve().parents[2]


def started(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *(str(word) for word in words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def work_together(folder: Path, seconds: float) -> Counter[str]:
    """Let both work for a while, then look for everything that was acknowledged."""
    with shop_in(folder) as shop:
        take(shop, sales(1))
    roles = ("imports", "closes")
    writers = [started("-m", "tests.store.busy_writer", folder, role, seconds) for role in roles]
    told: list[Any] = []
    for writer in writers:
        out, err = writer.communicate(timeout=seconds + 60)
        assert writer.returncode == 0, err
        told += [json.loads(text) for text in out.splitlines()]
    check_all_is_there(folder, told)
    return Counter(kind for kind, _ in told)


def check_all_is_there(folder: Path, told: list[Any]) -> None:
    records = all_records(folder)
    tickets = [r["body"] for r in records if r["type"] == "ticket"]
    assert len(tickets) == 1 + sum(number for kind, number in told if kind == "tickets")
    assert len({(t["till"], t["number"]) for t in tickets}) == len(tickets)
    closures = [r["body"] for r in records if r["type"] == "closure"]
    assert [c["id"] for c in closures] == [what for kind, what in told if kind == "closure"]
    moves = [r["body"]["amount"] for r in records if r["type"] == "move"]
    assert moves == [amount for kind, amount in told if kind == "move"]
    settings = [r["body"]["new"] for r in records if r["type"] == "setting"]
    assert settings == [value for kind, value in told if kind == "setting"]
    report = checked(folder)
    assert report["ok"], report["problems"]
    assert report["set_aside"] == []
    with shop_in(folder) as shop:
        waiting = sum(sum(drawers.values()) for drawers in shop.ledger.open.values())
        assert [row["id"] for row in shop.closures()] == [c["id"] for c in closures]
    assert waiting + sum(c["own"]["tickets"] for c in closures) == len(tickets)


def test_for_a_moment(tmp_path):
    done = work_together(tmp_path / "data", 5)
    assert done["tickets"]
    assert done["closure"]


@pytest.mark.ci
@pytest.mark.timeout(240)
def test_for_a_minute(tmp_path):
    done = work_together(tmp_path / "data", 60)
    assert min(done[kind] for kind in ("tickets", "closure", "move", "setting")) > 5


def test_of_two_closures_at_once_one_waits_and_finds_nothing_to_close(tmp_path):
    folder = tmp_path / "data"
    with shop_in(folder) as shop:
        take(shop, sales(5))
        with shop.writing():  # both must wait for this one
            command = ("main.py", "--data", folder, "--json", "close", "general", "--confirm-clock")
            both = [started(*command) for _ in range(2)]
            time.sleep(1.5)
    answers = [(*process.communicate(timeout=60), process.returncode) for process in both]
    done, refused = sorted(answers, key=lambda answer: answer[2])
    assert (done[2], refused[2]) == (0, 1), answers
    assert json.loads(done[0])["figures"]["tickets"] == 5
    told = json.loads(refused[0])["error"]
    assert told["code"] == "nothing_to_close"
    assert refused[1] == told["message"] + "\n"
    assert [r["body"]["id"] for r in all_records(folder) if r["type"] == "closure"] == ["G000001"]
    assert checked(folder)["ok"] is True
