"""What a front is given: the program on one data folder, put together by the bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from app.services.jobs import Handler


@dataclass(frozen=True, slots=True)
class Program:
    """The parts a command may use. `open_shop` opens the data folder for one piece of work."""

    version: str
    folder: Path
    clock: Callable[[], datetime]
    stdin: TextIO
    open_shop: Callable[..., AbstractContextManager[Any]]
    find_profile: Callable[[str], Any]
    list_profiles: Callable[[], Sequence[Any]]
    read_tickets: Callable[..., Any]
    follow_ups: Mapping[str, Handler]
    keep_log: Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says: a French text, a JSON object, an exit code (0 done, 3 done in part).

    `notes` go to standard error: what was set aside, what is simulated, what waits.
    """

    text: str
    json: Mapping[str, Any]
    code: int = 0
    notes: tuple[str, ...] = ()
