"""What all tests share: a home of their own, and the program run as a person would run it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.domain import settings as settings_table
from app.domain.moments import moment_from_text
from app.domain.ticket import Ticket, ticket_json
from app.services import users
from app.store import inbox_files
from app.store.shop import Shop

EVENING = moment_from_text("2026-01-05T20:00")
"""A Monday at closing time: the moment of most tests."""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the home, the settings or the state of who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "PROGRAMDATA", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("CLOTURE_DATA", raising=False)
    # No sleeping in tests, nor hashing for its slowness' sake.
    monkeypatch.setattr(inbox_files, "LOOK_AGAIN_AFTER", 0.0)
    monkeypatch.setattr(users, "_COST", {"n": 2, "r": 8, "p": 1})


@dataclass(frozen=True)
class Answer:
    """What the program said: exit code, standard output and error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as the one JSON object it must be."""
        content = json.loads(self.out)
        assert isinstance(content, dict)
        return content


@dataclass
class Cloture:
    """The program on one data folder, run in this process. `now` is the PC's clock."""

    folder: Path
    now: datetime = EVENING

    def __call__(self, *words: Any, stdin: str = "", data: bool = True) -> Answer:
        """Run one command line; `--data` comes first unless `data` is False."""
        line = [*(["--data", str(self.folder)] if data else []), *(str(word) for word in words)]
        out, err = io.StringIO(), io.StringIO()
        code = bootstrap.run(
            line, clock=lambda: self.now, stdin=io.StringIO(stdin), stdout=out, stderr=err
        )
        return Answer(code, out.getvalue(), err.getvalue())

    def done(self, *words: Any, stdin: str = "") -> dict[str, Any]:
        """Run a command with `--json` that must succeed; its JSON."""
        answer = self("--json", *words, stdin=stdin)
        assert answer.code == 0, answer
        return answer.json

    def refused(self, *words: Any, stdin: str = "", code: int = 1) -> str:
        """Run a command that must be refused: one sentence, told in both shapes. Gives it."""
        answer = self("--json", *words, stdin=stdin)
        assert answer.code == code, answer
        sentence = answer.json["error"]["message"]
        assert answer.err == f"{sentence}\n"
        assert sentence.count("\n") == 0
        assert "Traceback" not in answer.err
        return str(sentence)

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    def open(self) -> Any:
        """The shop itself, for a look inside."""
        return bootstrap.program(self.folder, lambda: self.now, io.StringIO()).open_shop(
            create=True
        )


@pytest.fixture
def cloture(tmp_path: Path) -> Cloture:
    """The program on a data folder that does not exist yet."""
    return Cloture(tmp_path / "boutique")


@pytest.fixture
def shop(cloture: Cloture) -> Iterator[Shop]:
    """An opened new shop, for services."""
    with cloture.open() as opened:
        yield opened


@pytest.fixture
def secret_setting(monkeypatch: pytest.MonkeyPatch) -> settings_table.Setting:
    """A secret, « Secret » on the page « Exact Online », added to the table of settings."""
    setting = settings_table.Setting("t.secret", "text", "", "Exact Online", "Secret", secret=True)
    table = (*settings_table.SETTINGS, setting)
    for name, module in list(sys.modules.items()):
        if name.startswith("app.") and hasattr(module, "SETTINGS"):
            monkeypatch.setattr(module, "SETTINGS", table)
    monkeypatch.setitem(settings_table._BY_KEY, setting.key, setting)
    return setting


@pytest.fixture
def journal_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes tickets to a file of our open journal format."""

    def write(*tickets: Ticket, name: str = "tickets.jsonl", folder: Path | None = None) -> Path:
        path = (folder or tmp_path) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(journal_text(*tickets), encoding="utf-8")
        return path

    return write


def journal_text(*tickets: Ticket) -> str:
    """Tickets as lines of the journal format."""
    return "".join(json.dumps(ticket_json(t), ensure_ascii=False) + "\n" for t in tickets)
