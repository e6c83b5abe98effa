"""Followed files: those a till completes all day are read where they lie, and never touched.

What was read is remembered by its length and a mark of it, so that the next run reads only what
was added; a file put in its place is read from its beginning. A file whose tickets have no number
is read whole each time: only so can equal tickets be ranked (contract, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.ticket import Ticket
from app.errors import UnreadableFile
from app.services.ticket_sources import Intake, shifted

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.formats.rejected import Rejected
    from app.services.import_tickets import ImportReport
    from app.store.followed_files import Seen
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read: `offset` bytes and `lines` lines of it, whose mark is `mark`.

    `header` bytes come before its first ticket; `numbered`: every ticket so far had a number.
    """

    path: str
    profile: str
    offset: int
    lines: int
    header: int
    numbered: bool
    mark: str


def take_followed(intake: Intake, path: Path) -> ImportReport | None:
    """Take in what a followed file got since the last time; None when that is nothing.

    Raises StillGrowing while the till writes to it, UnreadableFile when it is not there or can't
    be read: the next run tries again.
    """
    files = intake.sources.followed
    seen = files.see(path)
    if seen is None:
        raise UnreadableFile(
            f"Le fichier suivi {path} n'est pas là : vérifiez le disque ou le réseau, ou le "
            "réglage tickets.follow."
        )
    profile = intake.profile()
    place = _known_place(intake, path, profile, seen)
    if seen.size and not seen.whole:
        raise StillGrowing  # its first line is not whole yet
    if seen.whole == (place.offset if place else 0):
        return None
    # A ticket made of rows is whole only once its last row is there; a journal's is one line.
    if intake.is_recent(seen.modified) and (profile.rows is not None or not seen.plain):
        raise StillGrowing
    if place is not None and place.numbered and seen.plain:
        return _take_added(intake, path, profile, seen, place)
    return _take_whole(intake, path, profile, seen)


class StillGrowing(Exception):
    """The file was written to a moment ago: it is left for the next run."""


def forget_others(shop: Shop, paths: Iterable[Path]) -> None:
    """Forget how far files were read that are not followed any more."""
    kept = {str(path) for path in paths}
    if all(row["path"] in kept for row in shop.documents.rows("inbox", "followed")):
        return
    with shop.writing(), shop.documents.open("inbox") as database:
        database.table("followed").remove(lambda row: row["path"] not in kept)


def _known_place(intake: Intake, path: Path, profile: Profile, seen: Seen) -> Place | None:
    """Where reading goes on: None for a file never read, replaced or of another profile now."""
    rows = intake.shop.documents.rows("inbox", "followed")
    place = next((Place(**row) for row in rows if row["path"] == str(path)), None)
    if place is None or place.profile != profile.name or seen.size < place.offset:
        return None
    mark = intake.sources.followed.mark(path, place.offset)
    return place if mark == place.mark else None


def _take_whole(intake: Intake, path: Path, profile: Profile, seen: Seen) -> ImportReport | None:
    files = intake.sources.followed
    numbers = _Numbers()
    with files.copied(path, (0, seen.whole)) as copy:
        header = intake.sources.records_start(copy, profile)
        if header >= seen.whole:
            return None  # only its header so far
        items = numbers.watch(intake.tickets(copy, profile))
        report = intake.take(items, str(path), profile, again=True)
    lines = files.line_ends(path, 0, seen.whole)
    _remember(intake, path, profile, seen, header, lines, numbers.all)
    return report


def _take_added(
    intake: Intake, path: Path, profile: Profile, seen: Seen, place: Place
) -> ImportReport:
    files = intake.sources.followed
    numbers = _Numbers()
    before = place.lines - files.line_ends(path, 0, place.header)
    with files.copied(path, (0, place.header), (place.offset, seen.whole)) as copy:
        items = shifted(numbers.watch(intake.tickets(copy, profile)), before)
        report = intake.take(items, str(path), profile)
    lines = place.lines + files.line_ends(path, place.offset, seen.whole)
    _remember(intake, path, profile, seen, place.header, lines, numbers.all)
    return report


class _Numbers:
    """Notes whether every ticket that goes by has a number."""

    def __init__(self) -> None:
        self.all = True

    def watch(self, items: Iterable[Ticket | Rejected]) -> Iterator[Ticket | Rejected]:
        for item in items:
            if isinstance(item, Ticket) and not item.number:
                self.all = False
            yield item


def _remember(
    intake: Intake,
    path: Path,
    profile: Profile,
    seen: Seen,
    header: int,
    lines: int,
    numbered: bool,
) -> None:
    mark = intake.sources.followed.mark(path, seen.whole)
    place = Place(str(path), profile.name, seen.whole, lines, header, numbered, mark)
    with intake.shop.writing(), intake.shop.documents.open("inbox") as database:
        table = database.table("followed")
        table.upsert(asdict(place), lambda row: row["path"] == place.path)
