"""Runs a shop's commands under an audit hook: `python -m tests.powercut.audited FOLDER`.

Prints, one a line, whatever was changed in the data folder otherwise than by `app.store.disk`. The
lock files and the log are left out: they hold nothing that anyone relies on.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from app.bootstrap import run
from app.domain.ticket import ticket_json
from tests.shops import moment, sales

ROOT = Path(__file__).resolve().parents[2]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink")
COMMANDS = (
    "import {files}/1.jsonl",
    "cash float 10000 --drawer 1/1",
    "cash in 500 --drawer 1/1 --reason monnaie",
    "settings set shop.name Essai",
    "users add Anne --role responsable",
    "next",
    "x",
    "close caisse 1/1 --count {files}/count.json",
    "close poste 1",
    "import {files}/2.jsonl",
    "inbox",
    "close general --confirm-clock",
    "cash correct C1.1-000001 --count {files}/count.json",
    "z G000001",
    "settings set print.printer file",
    "settings set print.file {files}/roll.prn",
    "z G000001 --print --pdf {files}/z.pdf",
    "recap 2021-01 --pdf {files}/month.pdf",
    "closures",
    "verify --rebuild",
    "verify --deep",
    "events",
    "jobs",
    "run-due",
)


class Watch:
    """The hook: what it saw that it should not have seen is in `found`."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder) + os.sep
        self.found: list[str] = []
        self.seen = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if not (flags & WRITING) or (isinstance(mode, str) and mode.strip("bt") == "r"):
                return
        elif event in CHANGES:
            path = arguments[0]
        else:
            return
        if isinstance(path, bytes | str | os.PathLike):
            self._look(event, os.path.abspath(os.fsdecode(path)))

    def _look(self, event: str, path: str) -> None:
        if not path.startswith(self._folder):
            return
        name = path[len(self._folder) :]
        if name.startswith((".verrou", "Log")):
            return
        self.seen += 1
        place = _place(sys._getframe())
        if place != "app/store/disk.py":
            self.found.append(f"{place}: {event} {name}")


def _place(frame: FrameType | None) -> str:
    """The innermost module of the program that is at work."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if ROOT / "app" in path.parents:
            return path.relative_to(ROOT).as_posix()
        frame = frame.f_back
    return "the test"


def prepare(files: Path) -> None:
    """What the commands read, outside of the data folder."""
    files.mkdir()
    for number in (1, 2):
        batch = sales(3, at=f"2021-01-02T{9 + number:02d}:00", first=10 * number)
        text = "".join(json.dumps(ticket_json(ticket)) + "\n" for ticket in batch)
        (files / f"{number}.jsonl").write_text(text, encoding="utf-8")
    count = {"1/1": {"tenders": {"especes": 10_800}, "left": 10_000, "banked": 800}}
    (files / "count.json").write_text(json.dumps(count), encoding="utf-8")


def main(name: str) -> int:
    folder = Path(name)
    files = folder.with_name("files")
    prepare(files)
    watch = Watch(folder)
    sys.addaudithook(watch)
    for line in COMMANDS:
        out, err = io.StringIO(), io.StringIO()
        words = [word.format(files=files) for word in line.split()]
        code = run(
            ["--data", str(folder), *words],
            clock=lambda: moment("2021-01-02T20:00"),
            stdin=io.StringIO(),
            stdout=out,
            stderr=err,
        )
        if code:
            print(f"{line}: code {code}: {err.getvalue()}")
    for found in watch.found:
        print(found)
    return 0 if watch.seen else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
