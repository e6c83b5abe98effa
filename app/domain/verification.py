"""Walking the whole journal, line after line, and naming what is wrong in it.

Pure: lines come in, problems come out. In memory are the heads of the chains, the places of the
open tickets and a row a closure, never the tickets themselves.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.closure_check import ClosureCheck, Reread
from app.domain.ledger import Ledger
from app.domain.record_chains import (
    Chains,
    Complaint,
    Groups,
    Place,
    check_form,
    read_record,
)
from app.domain.record_words import record_name
from app.domain.scope import GENERAL
from app.domain.voids import marks_of

MAX_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `what` it is about in the shop's words, and what is `wrong` with it.

    `place` has line 0 for a whole file of the journal, and is None for what lies outside of it;
    `kind` "view" is what the journal can make again.
    """

    kind: str
    what: str
    wrong: str
    place: Place | None = None
    chain: str = ""
    seq: int | None = None

    @property
    def told(self) -> str:
        """For a person, within a sentence: what, where, what is wrong."""
        line = self.place.line if self.place else 0
        where = f" (J{self.place.segment:06d}, ligne {line})" if self.place and line else ""
        return f"{self.what}{where} : {self.wrong}"


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as `verify --json` gives it."""
    place = problem.place
    return {
        "kind": problem.kind,
        "segment": f"J{place.segment:06d}.jsonl" if place else None,
        "line": place.line or None if place else None,
        "chain": problem.chain or None,
        "seq": problem.seq,
        "what": problem.what,
        "wrong": problem.wrong,
        "message": f"{problem.told[0].upper()}{problem.told[1:]}.",
    }


class Verification:
    """Given the lines of each segment in order, keeps the problems found and what was counted.

    `counts` and `trusted` count records by type; a trusted one has nothing wrong with it. `found`
    counts all problems; `is_sound`: none of them is the journal's own. `losses` are the moments
    when the shop found that the journal's end had been lost, and went on.
    """

    def __init__(self, reread: Reread, *, deep: bool = False) -> None:
        self._reread = reread
        self._deep = deep
        self._chains = Chains()
        self._groups = Groups()
        self._check = ClosureCheck(reread)
        self._ended = True
        self.counts: Counter[str] = Counter()
        self.trusted: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.found = 0
        self.is_sound = True
        self._first_bad: Problem | None = None
        self.closures: list[dict[str, Any]] = []
        self.days: dict[str, DayDigest] = {}
        self.sold: dict[str, set[str]] = {}
        self.losses: list[str] = []

    @property
    def ledger(self) -> Ledger:
        """The state that the lines fold to."""
        return self._check.ledger

    @property
    def settings(self) -> dict[str, Any]:
        """The values set, by key."""
        return self._check.settings

    def line(self, place: Place, line: bytes) -> None:
        """Take the next line (without its end)."""
        record = read_record(line)
        if record is None:
            self.counts["unreadable"] += 1
            self._groups.take_unreadable()
            self._ended = False
            self._add(Problem("unreadable", "une ligne", "elle ne se lit plus", place))
            return
        complaints = check_form(line, record, deep=self._deep)
        if not any(complaint.kind == "chain" for complaint in complaints):
            complaints += self._chains_of(record, place)
        complaints += self._groups.take(record)
        if self._ended and place.offset:
            complaints.append(Complaint("segment", "il suit la clôture GÉNÉRALE de son fichier"))
        complaints += self._check.take(record, place.position, place.length)
        self._note(record, place)
        self._count(record, sound=not complaints)
        for complaint in complaints:
            self._add(_problem(complaint, record, place))

    def _chains_of(self, record: Mapping[str, Any], place: Place) -> list[Complaint]:
        previous = self._chains.last_place(record["chain"])
        kept = []
        for complaint in self._chains.follow(record, place):
            if complaint.before and previous is not None:
                self._add(self._about_previous(complaint, previous))
            else:
                kept.append(complaint)
        return kept

    def _about_previous(self, complaint: Complaint, place: Place) -> Problem:
        [(_, line)] = self._reread([(place.position, place.length)])
        return _problem(complaint, read_record(line), place)

    def _note(self, record: Mapping[str, Any], place: Place) -> None:
        """Keep what the views are compared with."""
        body = record["body"]
        kind = record["type"]
        self._ended = kind == "closure" and body.get("kind") == GENERAL
        try:
            if kind == "ticket":
                drawer = f"{body['till']}/{body['drawer']}"
                self._digest(body["at"][:10]).add(place, drawer, body["at"])
                for mark in marks_of(body):
                    self._digest(mark.shelf).add(place, mark.whole, body["at"])
            elif kind == "conflict":
                at = body["ticket"]["at"]
                self._digest(at[:10]).add(place, "", at)
            elif kind == "closure":
                self.closures.append(_closure_row(body, place))
                if body.get("articles"):
                    self.sold.setdefault(body["business_day"], set()).add(body["id"])
            elif kind == "event" and body["event"] == "records_missing":
                self.losses.append(body["at"])
                wrong = "des enregistrements qui étaient là ont disparu avant cet évènement"
                self._add(Problem("missing", "la fin du journal", wrong, place))
        except (KeyError, TypeError, ValueError):
            return  # told already: its content can't be read

    def _digest(self, day: str) -> DayDigest:
        return self.days.setdefault(day, DayDigest())

    def _count(self, record: Mapping[str, Any], *, sound: bool) -> None:
        self.counts[record["type"]] += 1
        if sound:
            self.trusted[record["type"]] += 1

    def segment_ends(self, end: Place, *, torn: bool, last: bool) -> None:
        """Say that a segment has no more whole lines; `torn`: but something without a line end.

        The last segment is open: what follows its last commit there is not to be given at all.
        """
        name = f"le fichier J{end.segment:06d}.jsonl"
        if torn:
            self._add(Problem("unreadable", name, "sa dernière ligne est coupée", end))
        elif self._groups.is_open:
            wrong = "son dernier groupe d'enregistrements est incomplet"
            self._add(Problem("group", name, wrong, end))
        if not last and (not self._ended or end.offset == 0):
            wrong = "il ne finit pas par une clôture GÉNÉRALE : sa fin manque"
            self._add(Problem("segment", name, wrong, end))
        self._groups = Groups()
        self._ended = True

    def missing_segment(self, segment: int) -> None:
        """Say that a file of the journal is not there."""
        place = Place(segment, 0, 0, 0)
        self._add(Problem("segment", f"le fichier J{segment:06d}.jsonl", "il manque", place))

    def add(self, problems: Iterable[Problem]) -> None:
        """Add what was found outside the journal's lines."""
        for problem in problems:
            self._add(problem)

    def _add(self, problem: Problem) -> None:
        self.found += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        if problem.kind != "view":
            self.is_sound = False
            if self._first_bad is None or _order(problem) < _order(self._first_bad):
                self._first_bad = problem

    @property
    def first_bad(self) -> Problem | None:
        """The journal's first problem in its own order, or None."""
        return self._first_bad


def _order(problem: Problem) -> tuple[float, float]:
    return problem.place.position if problem.place else (math.inf, math.inf)


@dataclass
class DayDigest:
    """What the index of a day must say, in a few bytes: how many tickets, and a mark of them all.

    The mark doesn't depend on the order: the sum of one fingerprint a ticket.
    """

    count: int = 0
    mark: int = 0

    def add(self, place: Place, says: str, at: str) -> None:
        """Count one ticket in: its place, what is said of it (its drawer) and its moment."""
        self.add_entry(place.segment, place.offset, place.length, says, at)

    def add_entry(self, segment: int, offset: int, length: int, says: str, at: str) -> None:
        """Count one line of the index in."""
        said = f"{segment}|{offset}|{length}|{says}|{at}".encode()
        self.count += 1
        self.mark += int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")


def _problem(complaint: Complaint, record: Mapping[str, Any] | None, place: Place) -> Problem:
    chain = record["chain"] if record else ""
    seq = record["seq"] if record else None
    return Problem(complaint.kind, record_name(record), complaint.wrong, place, chain, seq)


def _closure_row(body: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """What lists of closures must show of it."""
    keys = ("id", "kind", "code", "number", "business_day", "closed_at", "by")
    figures = body["figures"]
    return {
        **{key: body[key] for key in keys},
        "tickets": figures["tickets"],
        "total": figures["total"],
        "position": list(place.position),
        "length": place.length,
    }
