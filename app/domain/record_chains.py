"""What holds the journal's lines together: their form, their chains and their groups.

Each check gives complaints, one clause each, in the words a person reads after the name of a record
(« le ticket n° 150040 du 02/01/2021 : son contenu ne correspond plus à son empreinte »).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.canonical import canonical_bytes, fingerprint, opened_line
from app.domain.scope import CAISSE, MONTH, POSTE, YEAR

_MEMBERS = {"body", "chain", "fingerprint", "prev", "seq", "type"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line lies: segment, number of the line in it (from 1), offset and length in bytes."""

    segment: int
    line: int
    offset: int
    length: int

    @property
    def position(self) -> tuple[int, int]:
        """Segment and offset, the order of the whole journal."""
        return self.segment, self.offset


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, and of which kind; `before` when it is the chain's previous record's."""

    kind: str
    wrong: str
    before: bool = False


def read_record(line: bytes) -> dict[str, Any] | None:
    """A line as a record with its `fingerprint`; None when it can't be read as one."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and _is_record(record) else None


def _is_record(record: Mapping[str, Any]) -> bool:
    return (
        record.keys() >= _MEMBERS
        and isinstance(record["body"], dict)
        and type(record["seq"]) is int
        and all(isinstance(record[key], str) for key in ("chain", "fingerprint", "prev", "type"))
        and record.get("more", True) is True
        and type(record.get("group", 2)) is int
    )


def check_form(line: bytes, record: Mapping[str, Any], *, deep: bool) -> list[Complaint]:
    """Whether a line matches its fingerprint and its chain; `deep`: is also written canonically."""
    complaints = []
    try:
        data, mark = opened_line(line)
    except ValueError:
        return [Complaint("fingerprint", "il ne porte plus son empreinte à sa place")]
    if fingerprint(data) != mark:
        complaints.append(
            Complaint("fingerprint", "son contenu ne correspond plus à son empreinte")
        )
    elif deep:
        unsealed = {key: value for key, value in record.items() if key != "fingerprint"}
        if canonical_bytes(unsealed) != data:
            complaints.append(Complaint("canonical", "il n'est pas écrit sous sa forme canonique"))
    expected = expected_chain(record)
    if expected is not None and record["chain"] != expected:
        wrong = f"il est dans la chaîne « {record['chain']} », sa place est dans « {expected} »"
        complaints.append(Complaint("chain", wrong))
    if record.keys() - _MEMBERS - {"more", "group"}:
        complaints.append(Complaint("canonical", "il porte des champs inconnus"))
    return complaints


def expected_chain(record: Mapping[str, Any]) -> str | None:
    """The chain that a record's own content says it belongs to; None when it says nothing."""
    body = record["body"]
    kind = record["type"]
    if kind == "ticket":
        return f"ticket/{body.get('till')}"
    if kind == "conflict":
        ticket = body.get("ticket")
        return f"conflict/{ticket.get('till')}" if isinstance(ticket, dict) else None
    if kind in ("move", "correction"):
        return f"cash/{body.get('drawer')}"
    if kind == "closure":
        series = body.get("kind")
        coded = series not in (MONTH, YEAR) and body.get("code")
        return f"closure/{series}/{body['code']}" if coded else f"closure/{series}"
    return "event" if kind in ("opening", "event", "setting", "user", "job") else None


def chain_of(body: Mapping[str, Any]) -> str:
    """The series a closure is numbered and chained in: `general`, `poste/1`, `month`, …"""
    if body["kind"] in (POSTE, CAISSE):
        return f"{body['kind']}/{body['code']}"
    return str(body["kind"])


@dataclass(frozen=True, slots=True)
class _Head:
    seq: int
    mark: str
    place: Place | None


class Chains:
    """Follows each chain: numbers without a gap, each record naming the one before it."""

    def __init__(self) -> None:
        self._heads: dict[str, _Head] = {}

    def last_place(self, chain: str) -> Place | None:
        """Where the newest record of a chain lies, before the one being followed."""
        head = self._heads.get(chain)
        return head.place if head else None

    def follow(self, record: Mapping[str, Any], place: Place) -> list[Complaint]:
        """Whether a record is the next one of its chain.

        The chain goes on from what the record says, so that one loss is told once.
        """
        head = self._heads.get(record["chain"], _Head(0, "", None))
        seq = record["seq"]
        if seq <= head.seq:
            wrong = f"il est en double ou n'est pas à sa place (n° {seq} après le n° {head.seq})"
            return [Complaint("sequence", wrong)]
        self._heads[record["chain"]] = _Head(seq, record["fingerprint"], place)
        if seq > head.seq + 1:
            return [Complaint("sequence", _missing(head.seq + 1, seq - 1))]
        if record["prev"] == head.mark:
            return []
        if head.place is None:
            return [Complaint("link", "il se dit la suite d'un enregistrement qui n'y est pas")]
        wrong = "il a été remplacé : celui qui le suit dans sa chaîne porte une autre empreinte"
        return [Complaint("link", wrong, before=True)]


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"l'enregistrement qui le précède dans sa chaîne (n° {first}) manque"
    return f"les enregistrements qui le précèdent dans sa chaîne (n° {first} à {last}) manquent"


class Groups:
    """Counts the records written together: all but the last say `more`, the last how many."""

    def __init__(self) -> None:
        self._open = 0
        self._unsure = False

    def take(self, record: Mapping[str, Any]) -> list[Complaint]:
        """Whether a record is a fitting next one of its group."""
        if "more" in record:
            self._open += 1
            return []
        count, said = self._open + 1, record.get("group", 1)
        sound = said == count or self._unsure
        self._open, self._unsure = 0, False
        if sound:
            return []
        return [
            Complaint("group", f"il clôt un groupe de {said} enregistrements, il y en a {count}")
        ]

    def take_unreadable(self) -> None:
        """Note a line that can't be read: the group around it can't be counted any more."""
        self._unsure = True

    @property
    def is_open(self) -> bool:
        """Whether the last group seen lacks its end."""
        return self._open > 0
