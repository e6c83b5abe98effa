"""Tickets out of a file, whatever the till that wrote it: the one door of this layer.

The file is gone through twice: first to know where each day's lines lie and that every byte is in
its encoding, then day by day. So tickets come out grouped and sorted whatever the file's order,
with one day in memory at a time; and a file of the wrong kind is refused before its first ticket.

Some tills tell in a second file how their tickets were paid: `read_payments` reads that one first,
whole, and `read_tickets` completes each ticket from it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.moments import french_date
from app.domain.tenders import UNKNOWN
from app.domain.ticket import Ticket, content_fingerprint, with_finding
from app.errors import UnreadableFile, UsageError
from app.formats.day_runs import DayRuns, Run
from app.formats.profile import TILL_CODE, Profile
from app.formats.records import Record, TicketReader
from app.formats.rejected import Rejected
from app.formats.row_sources import RowSource, source_of
from app.formats.second_file import Payments
from app.formats.table_reader import TableReader
from app.formats.text_file import OtherKind, TextFile

__all__ = ["Payments", "Rejected", "is_second_file", "read_payments", "read_tickets"]

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
    payments: Payments | None = None,
) -> Iterator[Ticket | Rejected]:
    """The tickets of a file, day by day, each day's in the order of (moment, number).

    `till` and `drawer` (its code within the till) stand in where the source names none; without
    `drawer` it is the till's first one by `first_drawers`, else the profile's. `progress`
    gets (bytes read, bytes in all). `known` are the profiles to name when this one does not fit.
    Days come as the file has them; the oldest first if it runs backwards. `payments` is what second
    files told; what is left in it afterwards (`Payments.rest`) is the caller's to take.

    Raises UnreadableFile, at the first ticket asked for, when the file can't be taken at all;
    UnknownProfile when the profile's format does not exist; UsageError on a wrong till or drawer.
    """
    profile = _for_till(profile, till, drawer, first_drawers)
    source = source_of(profile)
    with _opened(source, path, profile, known) as text, DayRuns() as runs:
        _check_fit(source, text, profile, known)
        reader = source.reader(text, profile)
        if progress is not None:
            text.tell(_Report(progress, text.size))
        _note_days(reader, text, runs)
        for _, day_runs in itertools.groupby(runs.in_order(), lambda run: run.day):
            items = reader.tickets(_records(reader, day_runs))
            yield from _in_order(_completed(items, payments, profile))
        if progress is not None:
            progress(text.size, text.size)


def read_payments(
    paths: Sequence[Path],
    profile: Profile,
    *,
    till: str | None,
    drawer: str | None,
    first_drawers: Mapping[str, str] = _NO_DRAWERS,
) -> Payments:
    """What the second files of a profile that has one tell.

    Raises UnreadableFile when one can't be taken at all, UsageError on a wrong till or drawer.
    """
    whole = _for_till(profile, till, drawer, first_drawers)
    second = _of_second(whole)
    with_tills = all("till" in p.rows.columns for p in (whole, second) if p.rows is not None)
    payments = Payments(with_tills)
    source = source_of(second)
    for path in paths:
        with source.opened(path, second) as text, DayRuns() as runs:
            problem = source.misfit(text, second)
            if problem:
                raise UnreadableFile(
                    f"Le fichier {path.name} n'est pas « {_label(profile)} » ({problem}) ; "
                    "choisissez l'export qui donne les règlements."
                )
            reader = source.reader(text, second)
            if not isinstance(reader, TableReader):
                raise TypeError("a second file without rows")
            _note_days(reader, text, runs)
            for _, day_runs in itertools.groupby(runs.in_order(), lambda run: run.day):
                payments.read(path.name, reader.detailed(_records(reader, day_runs)))
    return payments


def is_second_file(path: Path, profile: Profile) -> bool:
    """Whether a file is the second one of this profile. Raises UnreadableFile."""
    if profile.second is None:
        return False
    second, source = _of_second(profile), source_of(profile)
    with source.opened(path, second) as text:
        return bool(source.misfit(text, profile)) and not source.misfit(text, second)


def _of_second(profile: Profile) -> Profile:
    """The profile of a second file by itself."""
    if profile.second is None:
        raise UsageError(f"Le profil {profile.name} ne lit qu'un seul fichier.")
    return replace(profile, rows=profile.second.rows, second=None)


def _label(profile: Profile) -> str:
    return profile.second.label if profile.second else profile.label


def _completed(
    items: Iterable[Ticket | Rejected], payments: Payments | None, profile: Profile
) -> Iterator[Ticket | Rejected]:
    if payments is None and profile.second is None:
        yield from items
        return
    for item in items:
        if isinstance(item, Rejected):
            yield item
        elif payments is not None:
            yield payments.complete(item)
        else:
            is_known = any(payment.method != UNKNOWN for payment in item.payments)
            yield item if is_known else with_finding(item, "no_payment")


@contextmanager
def _opened(
    source: RowSource, path: Path, profile: Profile, known: Sequence[Profile]
) -> Iterator[TextFile]:
    """The open file; one of another kind is told with the profiles that read it."""
    with ExitStack() as stack:
        try:
            text = stack.enter_context(source.opened(path, profile))
        except OtherKind as error:
            fitting = _fitting_others(source, path, known)
            if not fitting:
                raise UnreadableFile(str(error)) from None
            raise UnreadableFile(
                f"Le fichier {path.name} n'est pas du profil {profile.name} ; {_choose(fitting)}."
            ) from None
        yield text


def _choose(names: Sequence[str]) -> str:
    return f"il correspond au profil {' ou '.join(names)} : choisissez-le"


def _fitting_others(source: RowSource, path: Path, known: Sequence[Profile]) -> list[str]:
    """The names of the profiles of other kinds than `source` that a file is of."""
    found = []
    for other in known:
        its = source_of(other)
        if its.CODE != source.CODE:
            with suppress(UnreadableFile), its.opened(path, other) as text:
                if not its.misfit(text, other):
                    found.append(other.name)
    return found


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
    problem = source.misfit(text, profile)
    if not problem:
        return
    head = text.head(profile.encodings)
    if not head.strip() and len(head) == text.size - text.start:
        raise _no_ticket(text.name)
    fitting = [other.name for other in known if not source_of(other).misfit(text, other)]
    if profile.second is not None and not source.misfit(text, _of_second(profile)):
        raise UnreadableFile(
            f"Le fichier {text.name} est celui des règlements (« {profile.second.label} ») ; "
            "choisissez d'abord celui des ventes, puis ajoutez celui-ci."
        )
    if fitting:
        advice = _choose(fitting)
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
