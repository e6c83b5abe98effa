"""What a front is given: the program on one data folder, put together by the bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from app.services.add_till import TillMaking
from app.services.browse import Browse
from app.services.day_log import DayLogs
from app.services.jobs import Handler
from app.services.paper import Paper
from app.services.post import Post
from app.services.ticket_sources import TicketSources

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.formats.profile_files import ProfileEntry
    from app.store.shop import Shop


TERMINAL_COLUMNS = 42
"""The width of a Z in the terminal: that of the paper it usually is on."""


@dataclass(frozen=True, slots=True)
class Program:
    """The parts a command may use.

    `open_shop` opens the data folder for one piece of work; `write_file` writes a file that a
    person named, whole or not at all; `paper` gives what lays out and prints,
    `post` what sends.
    """

    version: str
    folder: Path
    clock: Callable[[], datetime]
    stdin: TextIO
    open_shop: Callable[..., AbstractContextManager[Shop]]
    find_profile: Callable[[str], Profile]
    list_profiles: Callable[[], Sequence[ProfileEntry]]
    read_tickets: Callable[..., Any]
    ticket_sources: TicketSources
    till_making: TillMaking
    browse: Browse
    day_logs: DayLogs
    follow_ups: Mapping[str, Handler]
    open_kiosk: Callable[[Program, bool], None]
    keep_log: Callable[[], AbstractContextManager[None]]
    write_file: Callable[[Path, bytes], None]
    paper: Callable[[], Paper]
    post: Callable[[], Post]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says: a French text, a JSON object, an exit code (0 done, 3 done in part).

    `notes` go to standard error: what was set aside, what is simulated, what waits.
    """

    text: str
    json: Mapping[str, Any]
    code: int = 0
    notes: tuple[str, ...] = ()
