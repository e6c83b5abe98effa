"""`state.json`: the state of the record as it stood at one place of the journal.

A view: it spares replaying the journal from the start, and without it nothing is lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.ledger import Ledger, Position
from app.domain.ledger_snapshot import ledger_from_json, ledger_json
from app.store import disk
from app.store.expected_views import ExpectedViews

SCHEMA = 2
_UNFINISHED = b'{"schema":0}'


def path(folder: Path) -> Path:
    """Where the state of a data folder is kept."""
    return folder / "state.json"


@dataclass(frozen=True, slots=True)
class SavedState:
    """The state at a place of the journal, and what `ViewKeeping.state` says of the views."""

    ledger: Ledger
    position: Position
    views: dict[str, Any]


def write(folder: Path, saved: SavedState) -> None:
    """Keep the state that the journal comes to at a position."""
    state = {
        "schema": SCHEMA,
        "position": list(saved.position),
        "ledger": ledger_json(saved.ledger),
        "views": saved.views,
    }
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    disk.write_atomic(path(folder), text.encode("utf-8"))


def begin_again(folder: Path) -> None:
    """Say that everything is being drawn from the journal again: a power cut finds it unfinished.

    While no state stands, nobody relies on what was drawn from the journal before.
    """
    disk.write_atomic(path(folder), _UNFINISHED)


def is_unfinished(folder: Path) -> bool:
    """Whether the last drawing from the journal was cut short; its files are not lost ones."""
    file = path(folder)
    with disk.told(file):
        return file.exists() and file.read_bytes() == _UNFINISHED


def read(folder: Path) -> SavedState | None:
    """The state kept; None when there is none of this schema.

    Raises ValueError when the file can't be read.
    """
    file = path(folder)
    if not file.exists():
        return None
    try:
        with disk.told(file):
            saved = json.loads(file.read_bytes())
        if saved["schema"] != SCHEMA:
            return None  # another version's: the journal tells it all again
        segment, offset = saved["position"]
        views = saved["views"]
        if not isinstance(views["beside"], list):
            raise TypeError("beside")
        ExpectedViews.from_json(views["expected"])
        return SavedState(ledger_from_json(saved["ledger"]), (segment, offset), views)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
