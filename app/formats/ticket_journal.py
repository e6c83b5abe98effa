"""The ticket journal, our open format: JSON Lines in UTF-8, one ticket a line.

Described in `docs/profiles.md`; its JSON Schema is `assets/ticket.schema.json`. From a file, what
only our own record may say of a ticket (its rank, findings, void or reversed ticket) is not
believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from app.domain.moments import moment_from_text
from app.domain.quoted import shown
from app.domain.ticket import FOUND_OUT, Ticket, read_ticket
from app.errors import UnreadableTicket
from app.formats.profile import Defaults, Profile
from app.formats.records import Record
from app.formats.rejected import Rejected, rejected
from app.formats.text_file import TextFile, TextLine, opened_text

CODE = "ticket_journal"
HAS_ROWS = False

_LOOKED_AT = 20  # lines, to tell whether a file is a journal at all


def opened(path: Path, profile: Profile) -> AbstractContextManager[TextFile]:
    """The file as text. Raises UnreadableFile."""
    return opened_text(path, profile.encodings)


def misfit(text: TextFile, profile: Profile) -> str:
    """Why the beginning of a file is no ticket journal, in a French clause; "" when it is one."""
    head = text.head(profile.encodings)
    lines = [line for line in head.splitlines() if line.strip()][:_LOOKED_AT]
    if not lines or any(line.lstrip().startswith("{") for line in lines):
        return ""
    return "aucune ligne ne commence par { comme un ticket du journal"


def reader(text: TextFile, profile: Profile) -> JournalReader:
    """A reader of a journal file."""
    return JournalReader(text, profile.defaults)


class JournalReader:
    """Reads the tickets of one file (see `TicketReader`); `defaults` gives a missing till."""

    def __init__(self, text: TextFile, defaults: Defaults) -> None:
        self.start, self.line = text.start, 1
        self._text = text
        self._defaults = defaults

    def records(self, start: int, end: int, line: int) -> Iterator[Record]:
        """The tickets in the bytes `start` to `end`, one a line, but for blank lines."""
        for item in self._text.lines(start, end, line):
            if item.text.strip() or item.problem:
                yield Record(item, None)

    def days(self, records: Iterable[Record]) -> Iterator[tuple[Record, int | None]]:
        """Each record with its ticket's day; a glance at each line, whatever else is in it."""
        for record in records:
            yield record, _day(record.line)

    def tickets(self, records: Iterable[Record]) -> Iterator[Ticket | Rejected]:
        """The tickets of one day, and what could not be read as one."""
        for record in records:
            yield self._ticket(record.line)

    def _ticket(self, line: TextLine) -> Ticket | Rejected:
        try:
            if line.problem:
                raise UnreadableTicket(line.problem)
            source = _strict_json(line)
            if not isinstance(source, dict):
                raise UnreadableTicket("ce n'est pas un ticket (un objet JSON était attendu)")
            source = {key: value for key, value in source.items() if key not in FOUND_OUT}
            if self._defaults.till is not None and not source.get("till"):
                source["till"] = self._defaults.till
            return read_ticket(source, self._defaults.drawer_of(str(source.get("till", ""))))
        except UnreadableTicket as error:
            return rejected(line.number, str(error), line.text)


def _day(line: TextLine) -> int | None:
    """The day of a line's ticket, without judging the line; None when it tells none."""
    try:
        return None if line.problem else _day_of(json.loads(line.text)["at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


@lru_cache(maxsize=4096)
def _day_of(moment: str) -> int | None:
    try:
        return moment_from_text(moment).toordinal()
    except OverflowError:
        return None


def _strict_json(line: TextLine) -> Any:
    """Parse one line: whole numbers only, and no key twice. Raises UnreadableTicket."""
    try:
        return _decode(line.text)
    except json.JSONDecodeError as error:
        reason = f"ce n'est pas du JSON (colonne {error.colno})"
        if not line.ended and _is_cut(line.text, error):
            reason = f"la ligne est coupée ({reason})"
        raise UnreadableTicket(reason) from None
    except RecursionError:
        raise UnreadableTicket("objets emboîtés trop profondément") from None
    except ValueError:
        raise UnreadableTicket("nombre démesuré") from None


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether JSON only lacks its end: it goes wrong where the text ends, or in a text left open.

    Half a word (`tru`) or half an escape at the very end is one too.
    """
    rest = text[error.pos :].strip()
    return (
        not rest
        or error.msg.startswith(("Unterminated string", "Invalid \\u", "Invalid \\escape"))
        or any(word.startswith(rest) for word in ("true", "false", "null", "-"))
    )


def _no_float(text: str) -> NoReturn:
    raise UnreadableTicket(f"nombre à virgule interdit (centimes entiers attendus) : {shown(text)}")


def _no_constant(text: str) -> NoReturn:
    raise UnreadableTicket(f"ce n'est pas un nombre : {shown(text)}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1)
        raise UnreadableTicket(f"clé donnée deux fois : {shown(twice)}")
    return found


_decode = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_no_float, parse_constant=_no_constant
).decode
