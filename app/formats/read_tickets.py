"""Tickets out of a file, whatever the till that wrote it: the one door of this layer.

The file is gone through twice: first to know where each day's lines lie and that every byte is in
its encoding, then day by day. So tickets come out grouped and sorted whatever the file's order,
with one day in memory at a time; and a file of the wrong kind is refused before its first ticket.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.moments import french_date
from app.domain.ticket import Ticket, content_fingerprint
from app.errors import UnreadableFile, UsageError
from app.formats.day_runs import DayRuns, Run
from app.formats.profile import TILL_CODE, Profile
from app.formats.records import Record, TicketReader
from app.formats.rejected import Rejected
from app.formats.row_sources import RowSource, source_of
from app.formats.text_file import TextFile

__all__ = ["Rejected", "read_tickets"]

Progress = Callable[[int, int], None]

_NO_DRAWERS: Mapping[str, str] = {}
_MAX_DAY = 500_000  # records of one day: more is no till's export, and would fill the memory


def read_tickets(
    path: Path,
    profile: Profile,
    *,
    till: str | None,
    drawer: str | None,
    progress: Progress | None = None,
    known: Sequence[Profile] = (),
    first_drawers: Mapping[str, str] = _NO_DRAWERS,
) -> Iterator[Ticket | Rejected]:
    """The tickets of a file, day by day, each day's in the order of (moment, number).

    `till` and `drawer` (its code within the till) stand in where the source names none; without
    `drawer` it is the till's first one by `first_drawers`, else the profile's. `progress`
    gets (bytes read, bytes in all). `known` are the profiles to name when this one does not fit.
    Days come as the file has them; the oldest first if it runs backwards.

    Raises UnreadableFile, at the first ticket asked for, when the file can't be taken at all;
    UnknownProfile when the profile's format does not exist; UsageError on a wrong till or drawer.
    """
    profile = _for_till(profile, till, drawer, first_drawers)
    source = source_of(profile)
    with source.opened(path, profile) as text, DayRuns() as runs:
        _check_fit(source, text, profile, known)
        reader = source.reader(text, profile)
        if progress is not None:
            text.tell(_Report(progress, text.size))
        _note_days(reader, text, runs)
        for _, day_runs in itertools.groupby(runs.in_order(), lambda run: run.day):
            yield from _in_order(reader.tickets(_records(reader, day_runs)))
        if progress is not None:
            progress(text.size, text.size)


def _for_till(
    profile: Profile, till: str | None, drawer: str | None, first_drawers: Mapping[str, str]
) -> Profile:
    for what, code in (("poste", till), ("caisse", drawer)):
        if code is not None and not TILL_CODE.fullmatch(code):
            raise UsageError(f"« {code} » n'est pas un code de {what} : un texte court sans / : |.")
    defaults = profile.defaults
    defaults = replace(
        defaults,
        till=till or defaults.till,
        drawer=drawer or defaults.drawer,
        first_drawers={} if drawer else first_drawers,
    )
    return replace(profile, defaults=defaults)


def _check_fit(
    source: RowSource, text: TextFile, profile: Profile, known: Sequence[Profile]
) -> None:
    head = text.head(profile.encoding)
    problem = source.misfit(head, profile)
    if not problem:
        return
    if not head.strip() and len(head) == text.size - text.start:
        raise _no_ticket(text.name)
    fitting = [
        other.name
        for other in known
        if not source_of(other).misfit(text.head(other.encoding), other)
    ]
    if fitting:
        advice = f"il correspond au profil {' ou '.join(fitting)} : choisissez-le"
    else:
        # A header that isn't in its encoding hides its columns: then this says so, and raises.
        for _ in itertools.islice(text.lines(text.start, text.size, 1), 50):
            pass
        advice = "choisissez le profil de la caisse qui l'a écrit"
    raise UnreadableFile(
        f"Le fichier {text.name} n'est pas du profil {profile.name} ({problem}) ; {advice}."
    )


def _note_days(reader: TicketReader, text: TextFile, runs: DayRuns) -> None:
    """The first pass: notes where each day lies, so that the second can read it whole."""
    found = False
    for record, day in reader.days(reader.records(reader.start, text.size, reader.line)):
        found = True
        line = record.line
        if runs.add(day, line.start, line.end, line.number) > _MAX_DAY:
            raise _too_many(text.name, day)
    if not found:
        raise _no_ticket(text.name)


def _no_ticket(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Le fichier {name} ne contient aucun ticket ; refaites l'export depuis la caisse."
    )


def _too_many(name: str, day: int | None) -> UnreadableFile:
    named = f" pour la journée du {french_date(date.fromordinal(day))}" if day else ""
    return UnreadableFile(
        f"Le fichier {name} compte plus de {_MAX_DAY} lignes{named} : ce n'est pas l'export d'une "
        "caisse ; vérifiez les dates ou découpez-le."
    )


def _records(reader: TicketReader, runs: Iterable[Run]) -> Iterator[Record]:
    for run in runs:
        yield from reader.records(run.start, run.end, run.line)


def _in_order(items: Iterable[Ticket | Rejected]) -> Iterator[Ticket | Rejected]:
    """What is refused as it comes, then one day's tickets in order, the unnumbered ones ranked."""
    tickets = []
    for item in items:
        if isinstance(item, Rejected):
            yield item
        else:
            tickets.append(item)
    tickets.sort(key=_place)
    equals: dict[str, int] = {}
    for ticket in tickets:
        if ticket.number:
            yield ticket
            continue
        content = content_fingerprint(ticket)
        rank = equals[content] = equals.get(content, 0) + 1
        yield replace(ticket, rank=rank) if rank > 1 else ticket


def _place(ticket: Ticket) -> tuple[float, list[tuple[str, int]]]:
    """The moment, then the number as people count: 9 before 10, A9 before A10."""
    if ticket.number.isascii() and ticket.number.isdigit():
        return ticket.at.timestamp(), [("", int(ticket.number))]
    pieces = re.split("([0-9]+)", ticket.number)
    natural = [("", int(piece)) if place % 2 else (piece, 0) for place, piece in enumerate(pieces)]
    return ticket.at.timestamp(), natural


class _Report:
    """Tells `progress` of a file that is read twice: a byte counts for half each time."""

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress = progress
        self._size = size
        self._read = 0

    def __call__(self, count: int) -> None:
        self._read += count
        self._progress(min(self._read // 2, self._size), self._size)
