"""Check the shop's record: every line of the journal, then the views that are made from it.

No lock is taken: others may sell and close meanwhile; what they add is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.canonical import canonical_bytes
from app.domain.ledger_snapshot import ledger_json
from app.domain.record_chains import Place
from app.domain.verification import DayDigest, Problem, Verification, problem_json
from app.domain.voids import is_mark, whole_mark, year_of_voids
from app.domain.words import count_of
from app.errors import Damaged

if TYPE_CHECKING:
    from app.domain.ledger import Position
    from app.store.shop import Shop

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are checked."""

_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `interrupted` bytes follow the last whole writing: a power cut's rest."""

    walk: Verification
    interrupted: int
    set_aside: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.walk.found


def verify(shop: Shop, *, deep: bool = False, progress: Progress | None = None) -> Report:
    """Check everything. `deep` writes each record again to compare it byte for byte."""
    end = shop.end
    state = ledger_json(shop.ledger)
    walk = Verification(shop.journal.read, deep=deep)
    _walk_segments(shop, walk, end, progress or _silent)
    interrupted = max(0, shop.journal.length(end[0]) - end[1])
    if walk.is_sound:
        walk.add(_state_problems(state, walk))
    walk.add(_view_problems(shop, walk, end))
    return Report(walk, interrupted, tuple(shop.set_aside_files()))


def rebuild(shop: Shop) -> None:
    """Make the views again from the journal. Raises Damaged when that would hide a loss."""
    report = verify(shop)
    if not report.walk.is_sound:
        raise Damaged(
            f"{damage_told(report)[:-1]} ; rien n'a été refait, car ce qui en est tiré garde la "
            "trace de ce qui lui manque."
        )
    shop.rebuild()


def report_json(report: Report) -> dict[str, Any]:
    """The contract's shape of `verify --json`."""
    walk = report.walk
    return {
        "ok": report.ok,
        "records": walk.counts.total(),
        "tickets": walk.counts["ticket"],
        "closures": walk.counts["closure"],
        "trusted": {
            "records": walk.trusted.total(),
            "tickets": walk.trusted["ticket"],
            "closures": walk.trusted["closure"],
        },
        "first_bad": problem_json(walk.first_bad) if walk.first_bad else None,
        "found": walk.found,
        "problems": [problem_json(problem) for problem in walk.problems],
        "losses": walk.losses,
        "interrupted": report.interrupted,
        "set_aside": list(report.set_aside),
    }


def damage_told(report: Report) -> str:
    """What was found, in one sentence for a person."""
    walk = report.walk
    first = walk.first_bad or walk.problems[0]
    others = walk.found - 1
    more = f" (et {count_of(others, 'autre constat', 'autres constats')})"
    if walk.is_sound:
        return (
            f"Le journal est intact, mais pas ce qui en est tiré — {first.told}"
            f"{more if others else ''} : lancez « verify --rebuild »."
        )
    return f"Le journal est abîmé — {first.told}{more if others else ''}."


def _walk_segments(shop: Shop, walk: Verification, end: Position, progress: Progress) -> None:
    known = set(shop.journal.segments())
    last = end[0] if end[1] else end[0] - 1
    if end[0] not in known:
        # Reading stopped where a file is missing; what lies beyond it is looked at all the same.
        last = max([last, *known])
    total = sum(shop.journal.length(n) for n in known if n < end[0]) + end[1]
    done = 0
    for segment in range(1, last + 1):
        if segment not in known:
            walk.missing_segment(segment)
            continue
        limit = end[1] if segment == end[0] else shop.journal.length(segment)
        told = _Told(progress, done, total)
        _walk_lines(shop, walk, segment, limit, told, last=segment == end[0])
        done += limit
    progress(total, total)


def _walk_lines(
    shop: Shop, walk: Verification, segment: int, limit: int, told: _Told, *, last: bool
) -> None:
    place = Place(segment, 0, 0, 0)
    for number, ((_, offset), line) in enumerate(shop.journal.lines(segment), 1):
        if offset >= limit:
            break
        place = Place(segment, number, offset, len(line) + 1)
        walk.line(place, line)
        told.at(offset)
    after = place.offset + place.length
    walk.segment_ends(Place(segment, 0, after, 0), torn=after < limit, last=last)


@dataclass
class _Told:
    """Passes the progress on, once in a while."""

    progress: Progress
    before: int
    total: int
    newest: int = 0

    def at(self, offset: int) -> None:
        if offset - self.newest >= _STEP:
            self.newest = offset
            self.progress(self.before + offset, self.total)


def _state_problems(state: dict[str, Any], walk: Verification) -> Iterator[Problem]:
    if canonical_bytes(state) != canonical_bytes(ledger_json(walk.ledger)):
        yield Problem("view", "l'état enregistré (state.json)", "il n'est pas celui du journal")


def _view_problems(shop: Shop, walk: Verification, end: Position) -> list[Problem]:
    gone = [*_files_gone(shop)]
    with shop.documents.as_they_are():
        closures = shop.closures()
        sold = [*_summary_problems(shop, walk)]
    days = {day: _index_digest(shop, day, end) for day in shop.indexed_days()}
    # Read after the views: what is beyond even this was in the journal once, and is lost.
    shop.refresh()
    now = shop.end
    found = [*gone, *_closure_problems(closures, walk, end, now)]
    if walk.is_sound:
        found += _index_problems(days, walk, now)
        with shop.documents.as_they_are():
            found += _settings_problems(shop, walk, end, now)
        found += sold
    return found


def _files_gone(shop: Shop) -> Iterator[Problem]:
    for name in shop.keeping.remade:
        yield Problem("view", f"le fichier {name}", "il manquait et vient d'être refait du journal")
    for name in shop.keeping.absent():
        yield Problem("view", f"le fichier {name}", "il manque")


def _summary_problems(shop: Shop, walk: Verification) -> Iterator[Problem]:
    """Days whose summary of articles lacks a closure that sold some."""
    for day, closures in sorted(walk.sold.items()):
        name = f"summaries/{day}"
        shown = {row.get("closure") for row in shop.documents.rows(name)}
        if not closures <= shown:
            wrong = "il y manque des articles du journal" if shown else "il manque"
            yield Problem("view", f"le fichier {name}.json", wrong)


def _closure_problems(
    rows: list[dict[str, Any]], walk: Verification, end: Position, now: Position
) -> Iterator[Problem]:
    shown = {row["id"]: row for row in rows}
    recorded = {row["id"]: row for row in walk.closures}
    for name, row in shown.items():
        if name in recorded:
            if row != recorded[name]:
                wrong = "sa ligne dans la liste n'est pas celle du journal"
                yield Problem("view", f"la clôture {name}", wrong)
        elif tuple(row["position"]) >= now:
            wrong = "elle est dans la liste, mais le journal ne l'a plus : sa fin est perdue"
            yield Problem("lost", f"la clôture {name}", wrong)
        elif tuple(row["position"]) < end:
            yield Problem("lost", f"la clôture {name}", "elle n'est plus dans le journal")
    for name in [name for name in recorded if name not in shown]:
        yield Problem("view", f"la clôture {name}", "elle manque dans la liste")


@dataclass
class _IndexedDay:
    """What the index says of a day: its tickets up to a point, and the farthest place named."""

    digest: DayDigest
    farthest: Position
    doubles: list[str]


def _index_digest(shop: Shop, day: str, end: Position) -> _IndexedDay:
    found = _IndexedDay(DayDigest(), (0, 0), [])
    seen: dict[str, Position] = {}
    for entry in shop.indexed(day):
        name, says = entry.identity, entry.drawer
        if is_mark(name):  # a ticket may be taken back, restored, taken back: noted each time
            says = whole_mark(name, entry.content)
            name = f"{name}@{entry.position}"
        known = seen.get(name)
        if known is not None:
            # The same twice is a writing begun again; elsewhere, it is another record.
            if known != entry.position:
                found.doubles.append(entry.identity)
            continue
        seen[name] = entry.position
        found.farthest = max(found.farthest, entry.position)
        if entry.position < end:
            found.digest.add_entry(*entry.position, entry.length, says, entry.at.isoformat())
    return found


def _index_problems(
    days: dict[str, _IndexedDay], walk: Verification, now: Position
) -> Iterator[Problem]:
    empty = _IndexedDay(DayDigest(), (0, 0), [])
    for day in sorted(days.keys() | walk.days.keys()):
        found = days.get(day, empty)
        name = _index_name(day)
        for identity in found.doubles[:1]:
            number = identity.rpartition("|")[2]
            wrong = f"le ticket {number} est enregistré deux fois"
            yield Problem("double", f"la journée du {day}", wrong)
        if found.farthest >= now:
            wrong = "il connaît des tickets que le journal n'a plus : sa fin est perdue"
            yield Problem("lost", name, wrong)
        elif not found.doubles and found.digest != walk.days.get(day, DayDigest()):
            yield Problem("view", name, "il n'est pas celui du journal")


def _index_name(shelf: str) -> str:
    year = year_of_voids(shelf)
    return f"l'index des annulations de {year}" if year else f"l'index des tickets du {shelf}"


def _settings_problems(
    shop: Shop, walk: Verification, end: Position, now: Position
) -> Iterator[Problem]:
    if now != end:
        return  # changed meanwhile: what is shown may be newer than what was walked
    shown = {row["key"]: row["new"] for row in shop.documents.rows("settings")}
    if shown != walk.settings:
        yield Problem("view", "les réglages (settings.json)", "ils ne sont pas ceux du journal")


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody follows."""
