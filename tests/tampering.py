"""Ways of tampering with a data folder: each gives a function that does it to a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.canonical import fingerprint
from tests.shops import journal_lines, resealed, write_lines

Tampering = Callable[[Path], None]


def replaced(segment: int, line: int, change: Callable[[bytes], bytes]) -> Tampering:
    def tamper(folder: Path) -> None:
        lines = journal_lines(folder, segment)
        lines[line - 1] = change(lines[line - 1])
        write_lines(folder, lines, segment)

    return tamper


def edited(segment: int, line: int, old: str, new: str) -> Tampering:
    """A text of a line changed, its fingerprint left as it was."""
    return replaced(segment, line, lambda text: swapped(text, old, new))


def forged(segment: int, line: int, change: Callable[[dict[str, Any]], None]) -> Tampering:
    """A record changed and sealed again."""

    def forge(text: bytes) -> bytes:
        record = json.loads(text)
        change(record)
        return resealed(record)

    return replaced(segment, line, forge)


def rearranged(segment: int, arrange: Callable[[list[bytes]], list[bytes]]) -> Tampering:
    def tamper(folder: Path) -> None:
        write_lines(folder, arrange(journal_lines(folder, segment)), segment)

    return tamper


def without(line: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: lines[: line - 1] + lines[line:]


def swapped(text: bytes, old: str, new: str) -> bytes:
    assert old.encode() in text
    return text.replace(old.encode(), new.encode(), 1)


def change_body(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record["body"].update(values)


def change_record(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.update(values)


def rechained(segment: int, line: int, change: Callable[[dict[str, Any]], None]) -> Tampering:
    """A record changed, and the rest of its chain sealed again so that every link holds."""

    def tamper(folder: Path) -> None:
        record = json.loads(journal_lines(folder, segment)[line - 1])
        chain, previous, marks = record["chain"], None, 0
        for number in range(1, 5):
            lines = journal_lines(folder, number)
            for index, text in enumerate(lines):
                record = json.loads(text)
                if record["chain"] != chain:
                    continue
                if (number, index + 1) == (segment, line):
                    change(record)
                    previous = record["prev"]
                if previous is not None:
                    record["prev"] = previous
                    lines[index] = resealed(record)
                    previous = json.loads(lines[index])["fingerprint"]
                    marks += 1
            write_lines(folder, lines, number)
        assert marks > 1

    return tamper


def out_of_order(text: bytes) -> bytes:
    """The same record with its first two members the other way round, and a fitting fingerprint."""
    record = json.loads(text)
    del record["fingerprint"]
    members = list(record.items())
    order = dict([members[1], members[0], *members[2:]])
    data = json.dumps(order, ensure_ascii=False, separators=(",", ":")).encode()
    return data[:-1] + f',"fingerprint":"{fingerprint(data)}"}}'.encode()
