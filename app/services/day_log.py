"""The log of a day in readable lines: what the program wrote, and what the shop's record says.

The log files are handed in as two functions, so that this knows no disk; a shop that does not open
still has its log.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.moments import in_paris, moment_from_text
from app.domain.record_words import record_name
from app.services.events import TYPES, event_of

if TYPE_CHECKING:
    from app.store.shop import Shop

_LINE = re.compile(r"(\d\d:\d\d:\d\d) ([A-Z]+) [\w.]+: (.*)")
_STATES = {"WARNING": "warn", "ERROR": "bad", "CRITICAL": "bad"}
_MOST_SIGNS = 20_000


@dataclass(frozen=True, slots=True)
class DayLogs:
    """`list_days()` gives the days that have a log; `read(day)` its text, "" when there is none."""

    list_days: Callable[[], Sequence[date]]
    read: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line: `time` as `20:04:12`, `state` "", warn or bad; `detail` is a trace, for support."""

    time: str
    state: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DayPage:
    """A day's lines in order; `before` and `after` are the nearest days that have a log."""

    day: date
    lines: tuple[LogLine, ...]
    before: date | None
    after: date | None


def day_page(shop: Shop | None, logs: DayLogs, day: date, today: date) -> DayPage:
    """What happened on a calendar day. `shop` is None when it does not open."""
    days = sorted({*logs.list_days(), today})
    lines = [*parsed(logs.read(day)), *(_events(shop, day) if shop is not None else ())]
    return DayPage(
        day=day,
        lines=tuple(sorted(lines, key=lambda line: line.time)),
        before=max((known for known in days if known < day), default=None),
        after=min((known for known in days if known > day), default=None),
    )


def parsed(text: str) -> list[LogLine]:
    """The lines of a log; what is no line of its own (a trace) belongs to the one before."""
    lines: list[LogLine] = []
    for raw in text.splitlines():
        found = _LINE.fullmatch(raw)
        if found:
            moment, level, words = found.groups()
            lines.append(LogLine(moment, _STATES.get(level, ""), f"{words[:1].upper()}{words[1:]}"))
        elif lines and len(lines[-1].detail) < _MOST_SIGNS:
            last = lines[-1]
            lines[-1] = replace(last, detail=f"{last.detail}\n{raw}".strip("\n"))
    return lines


def _events(shop: Shop, day: date) -> Iterator[LogLine]:
    for record in _records_about(shop, day):
        with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
            line = _event_line(record, day)
            if line is not None:
                yield line


def _event_line(record: Mapping[str, Any], day: date) -> LogLine | None:
    body = record["body"]
    if record["type"] == "closure":
        at, by = moment_from_text(body["closed_at"]), body["by"]
        name = record_name(record)
        text = f"{name[0].upper()}{name[1:]} est faite"
    else:
        event = event_of(record["type"], body)
        at, by, text = moment_from_text(event["at"]), event["by"], event["text"]
    local = in_paris(at)
    if local.date() != day:
        return None
    return LogLine(f"{local:%H:%M:%S}", "", f"{text} ({by})" if by else text)


def _records_about(shop: Shop, day: date) -> Iterator[Mapping[str, Any]]:
    """The records that may be of that day, from the newest segment begun before it."""
    segments = shop.journal.segments()
    if not segments:
        return
    # A segment's first record is no later than the day it was made on, whatever it holds.
    begun = (number for number in reversed(segments) if _first_day(shop, number) < day)
    first = next(begun, segments[0])
    for kept in shop.journal.committed((first, 0)):
        record = kept.record
        if record is None or record["type"] not in (*TYPES, "closure"):
            continue
        if record["type"] == "closure" and _day_of(record["body"]) > day:
            return
        yield record


def _first_day(shop: Shop, segment: int) -> date:
    for _, line in shop.journal.lines(segment):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            record = json.loads(line)
            if record["type"] in (*TYPES, "closure"):
                return _day_of(record["body"])
    return date.max


def _day_of(body: Mapping[str, Any]) -> date:
    at = body.get("closed_at") or body.get("at") or body["created"]
    return in_paris(moment_from_text(at)).date()
