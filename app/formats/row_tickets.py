"""Rows into tickets: the rows of one number and day make one ticket, whatever stands between them.

A ticket of which one row can't be read is refused whole: taken in part, its total would be wrong
for ever, and its correction a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from app.domain.quoted import shown
from app.domain.ticket import Line, Payment, Ticket
from app.formats.amounts import MAX_CENTS
from app.formats.folded_text import fold
from app.formats.moment_forms import moment_reader
from app.formats.profile import TILL_CODE, Defaults, Profile, Rows
from app.formats.records import Record
from app.formats.rejected import Rejected, rejected
from app.formats.row_lines import (
    LINE_FIELDS,
    SIGNED,
    UNSIGNED,
    RowRead,
    line_reader,
    own_column,
)
from app.formats.text_file import TextLine

_HEAD_FIELDS = ("till", "drawer", "kind", "ref", "cashier", "customer_code", "customer_name")
_MAX_TEXT = 1000
_PER_LINE = "unknown_article"
_OTHER_ROW = "une autre ligne du même ticket est illisible"
_ZERO_DECIMALS = re.compile(r"[.,]0*$")

# Rows of one ticket that each carry their own time may lie on both sides of midnight.
_ACROSS_MIDNIGHT = timedelta(hours=1)
# Undated rows that wait for the next dated one, to go with it when they are of its ticket.
_MAX_WAITING = 1_000


class _Head(NamedTuple):
    """What a row says of its whole ticket; `kind` is "" when the source has no such column."""

    till: str
    drawer: str
    kind: str
    ref: str
    cashier: str
    customer: tuple[str, str] | None


class Detailed(NamedTuple):
    """A ticket, and its last lines that are extra amounts of its rows, such as a tip.

    `line` is that of its first row in the file.
    """

    ticket: Ticket
    extras: tuple[Line, ...]
    line: int


class _Draft:
    """A ticket while its rows come in; `problems` are the reasons by line why it can't be kept.

    `refunds` are the rows that the source calls refunds: their places in `reads`, and their cells.
    """

    __slots__ = ("at", "heads", "number", "problems", "reads", "refunds", "rows")

    def __init__(self, number: str) -> None:
        self.number = number
        self.rows: list[TextLine] = []
        self.heads: list[_Head] = []
        self.reads: list[RowRead] = []
        self.refunds: list[tuple[int, tuple[str, ...]]] = []
        self.at: datetime | None = None
        self.problems: dict[int, str] = {}


class RowTickets:
    """Makes tickets of a profile's rows; `positions` says where each field stands in a row.

    It also says where the columns of `rows.paid`, `rows.extra` and `taxes` stand (`own_column`);
    `taxes` are the columns that hold the tax at one rate each; `findings` are said of every
    ticket. A row ends with one cell more, always "": place -1 is that of whatever the source lacks.
    """

    def __init__(
        self,
        profile: Profile,
        rows: Rows,
        positions: Mapping[str, int],
        taxes: Sequence[tuple[str, int]] = (),
        findings: Sequence[str] = (),
    ) -> None:
        self._rows = rows
        self._findings = tuple(findings)
        # Only the cells there are, and the label in any case: a cell more is a slower cache.
        own = [own_column(n) for n in (*rows.paid, *(x.column for x in rows.extra))]
        own += [own_column(column) for column, _ in taxes]
        line_fields = ["label", *(name for name in (*LINE_FIELDS, *own) if name in positions)]
        self._ticket_cells = _getter(("till", "number"), positions)
        self._moment_cells = _getter(("date", "time"), positions)
        self._head_cells = _getter(_HEAD_FIELDS, positions)
        self._line_cells = _getter(line_fields, positions)
        self._key_end = max(positions.get(name, -1) for name in ("till", "number"))
        # Tickets of which a row can't be dated, nor placed beside another of theirs: its line.
        self._strays: dict[tuple[object, ...], int] = {}
        self._has_kinds = "kind" in positions
        self._moment = _moment_reader(rows)
        self._head = _head_reader(rows, profile.defaults, self._has_kinds)
        self._line = line_reader(rows, profile.defaults, line_fields, taxes)
        # Whatever sign a refund's amounts bear, they are first read as they are written.
        self._refund = UNSIGNED if rows.refund_amounts == "unsigned" else SIGNED

    def days(self, records: Iterable[Record]) -> Iterator[tuple[Record, int | None]]:
        """Each record with the day it must be read with (see `TicketReader.days`)."""
        last: Record | None = None
        last_moment, last_day = datetime.min, 0
        waiting: list[Record] = []
        for record in records:
            moment = (
                None if record.line.problem else self._moment(self._moment_cells(record.content))
            )
            if moment is None:
                waiting.append(record)
                if len(waiting) == _MAX_WAITING:
                    yield from self._placed(waiting, None, None)
                    waiting = []
                continue
            day = moment.toordinal()
            if day != last_day and last is not None and self._same_ticket(last, record):
                near = abs(moment - last_moment) <= _ACROSS_MIDNIGHT
                day = last_day if near else day
            if waiting:
                yield from self._placed(waiting, record, day)
                waiting = []
            yield record, day
            last, last_moment, last_day = record, moment, day
        yield from self._placed(waiting, None, None)

    def _placed(
        self, waiting: Iterable[Record], following: Record | None, day: int | None
    ) -> Iterator[tuple[Record, int | None]]:
        """Undated rows: of the day of the row that follows if it is of their ticket, else astray.

        Nobody can tell of which day a stray row is: no ticket of its number may be taken without
        it, it would be wrong for ever.
        """
        for record in waiting:
            if following is not None and self._same_ticket(record, following):
                yield record, day
                continue
            key = self._numbered_key(record)
            if key is not None:
                self._strays.setdefault(key, record.line.number)
            yield record, None

    def tickets(self, records: Iterable[Record]) -> Iterator[Ticket | Rejected]:
        """The tickets of one day's rows, and what must be refused."""
        for item in self.detailed(records):
            yield item if isinstance(item, Rejected) else item.ticket

    def detailed(self, records: Iterable[Record]) -> Iterator[Detailed | Rejected]:
        """The same, each ticket with its extra lines told apart."""
        drafts: dict[tuple[object, ...], _Draft] = {}
        last: _Draft | None = None
        stray: TextLine | None = None
        for record in records:
            key = self._key(record)
            if key is None:
                yield rejected(record.line.number, record.line.problem, record.line.text)
                stray = stray or record.line
                continue
            draft = drafts.get(key)
            if draft is None:
                draft = drafts[key] = _Draft(str(key[1]))
            if stray is not None and draft is last:
                draft.problems[stray.number] = stray.problem  # it stood between two of its rows
            self._add(draft, record)
            last, stray = draft, None
        if stray is not None and last is not None and not stray.ended:
            last.problems[stray.number] = stray.problem  # the file is cut: so may the ticket be
        for key, draft in drafts.items():
            stray_line = self._strays.get(key)
            if stray_line is not None:
                draft.problems.setdefault(stray_line, _OTHER_ROW)
            yield from self._finished(draft)

    def _same_ticket(self, one: Record, other: Record) -> bool:
        key = self._numbered_key(one)
        return key is not None and key == self._numbered_key(other)

    def _key(self, record: Record) -> tuple[object, ...] | None:
        """What the rows of one ticket have in common; None when nobody can tell whose row it is."""
        key = self._numbered_key(record)
        if key is not None or record.line.problem:
            return key
        if self._rows.unnumbered == "moment":
            till = self._ticket_cells(record.content)[0]
            return till, "", *self._moment_cells(record.content)
        return "", "", record.line.number

    def _numbered_key(self, record: Record) -> tuple[str, str] | None:
        """Till and number of a row; None when it has none, or may have lost part of it."""
        # In a row cut short, the last cell may be half of what it was.
        if record.line.problem and len(record.content) <= self._key_end + 2:
            return None
        till, number = self._ticket_cells(record.content)
        if self._rows.number_decimals == "drop":
            number = _ZERO_DECIMALS.sub("", number.strip())
        number = number.strip()
        return (till, number) if number else None

    def _add(self, draft: _Draft, record: Record) -> None:
        draft.rows.append(record.line)
        problem = record.line.problem or self._read(draft, record.content)
        if problem:
            draft.problems[record.line.number] = problem

    def _read(self, draft: _Draft, cells: Sequence[str]) -> str:
        """Add one row's cells to a draft; gives the reason why not, or ""."""
        moment = self._moment(self._moment_cells(cells))
        if moment is None:
            text = " ".join(self._moment_cells(cells)).strip()
            return f"date ou heure illisible : {shown(text)}"
        if self._has_kinds or not draft.heads:
            head = self._head(self._head_cells(cells))
            if isinstance(head, str):
                return head
            draft.heads.append(head)
        line_cells = self._line_cells(cells)
        is_refund = draft.heads[-1].kind in ("refund", "void")
        read = self._line(self._refund if is_refund else "", line_cells)
        if isinstance(read, str):
            return read
        if is_refund:
            draft.refunds.append((len(draft.reads), line_cells))
        draft.reads.append(read)
        if draft.at is None or moment < draft.at:
            draft.at = moment
        return ""

    def _finished(self, draft: _Draft) -> Iterator[Detailed | Rejected]:
        if self._rows.refund_amounts == "either":
            self._turn_refunds(draft)
        payments = _payments(draft.reads)
        if len(draft.number) > _MAX_TEXT or any(abs(p.amount) > MAX_CENTS for p in payments):
            draft.problems.setdefault(draft.rows[0].number, "numéro ou total du ticket démesuré")
        if draft.problems or draft.at is None:
            other = f"{_OTHER_ROW} (ligne {min(draft.problems)})"
            for row in draft.rows:
                yield rejected(row.number, draft.problems.get(row.number, other), row.text)
            return
        head = draft.heads[0]
        extras = tuple([line for read in draft.reads for line in read.extras])
        ticket = Ticket(
            till=head.till,
            drawer=head.drawer,
            number=draft.number,
            at=draft.at,
            kind=_kind(draft),
            lines=(*[line for read in draft.reads for line in read.lines], *extras),
            payments=payments,
            cashier=head.cashier,
            ref=head.ref,
            customer=head.customer,
            findings=_findings(draft.reads, self._findings),
        )
        yield Detailed(ticket, extras, draft.rows[0].number)

    def _turn_refunds(self, draft: _Draft) -> None:
        """Turn a refund that is written without signs: its amounts add up to more than nothing."""
        if sum(line.total for place, _ in draft.refunds for line in draft.reads[place].lines) <= 0:
            return
        for place, cells in draft.refunds:
            read = self._line(UNSIGNED, cells)
            if isinstance(read, RowRead):  # it was read before
                draft.reads[place] = read


def _getter(
    names: Sequence[str], positions: Mapping[str, int]
) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """A function from a row to its cells of these two names or more."""
    return itemgetter(*(positions.get(name, -1) for name in names))


def _moment_reader(rows: Rows) -> Callable[[tuple[str, ...]], datetime | None]:
    read = moment_reader(rows.moments)

    @lru_cache(maxsize=4096)
    def moment(cells: tuple[str, ...]) -> datetime | None:
        try:
            return read(" ".join(cells))
        except (ValueError, OverflowError):
            return None

    return moment


def _head_reader(
    rows: Rows, defaults: Defaults, has_kinds: bool
) -> Callable[[tuple[str, ...]], _Head | str]:
    """A cached function from the cells of _HEAD_FIELDS to what they say, or the French reason."""

    @lru_cache(maxsize=4096)
    def head(cells: tuple[str, ...]) -> _Head | str:
        till, drawer, kind, ref, cashier, code, name = (cell.strip() for cell in cells)
        till = till or defaults.till or ""
        drawer = drawer or defaults.drawer_of(till)
        for what, text in (("poste", till), ("caisse", drawer)):
            if not TILL_CODE.fullmatch(text):
                return f"{what} illisible : {shown(text)}"
        if has_kinds and kind and fold(kind) not in rows.kinds:
            return f"genre de vente inconnu : {shown(kind)}"
        if max(map(len, cells)) > _MAX_TEXT:
            return "une cellule dépasse 1 000 caractères"
        kind = rows.kinds.get(fold(kind), "sale") if has_kinds else ""
        return _Head(till, drawer, kind, ref, cashier, (code, name) if code or name else None)

    return head


def _kind(draft: _Draft) -> str:
    """A ticket that sells anything is a sale, even when it takes something back too."""
    kinds = {head.kind for head in draft.heads}
    if kinds != {""}:
        return "sale" if "sale" in kinds else draft.heads[0].kind
    totals = [line.total for read in draft.reads for line in (*read.lines, *read.extras)]
    return "refund" if min(totals) < 0 and max(totals) <= 0 else "sale"


def _payments(reads: Sequence[RowRead]) -> tuple[Payment, ...]:
    """What each tender paid: every row by its own, in the order of their first rows."""
    paid: dict[str, int] = {}
    for read in reads:
        for method, amount in read.paid:
            paid[method] = paid.get(method, 0) + amount
    return tuple([Payment(method, amount) for method, amount in paid.items()])


def _findings(reads: Sequence[RowRead], of_all: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds: unknown articles once a line, what is said of a whole ticket once."""
    found = [*of_all, *(kind for read in reads for kind in read.findings)]
    if not found:
        return ()
    return tuple(kind for i, kind in enumerate(found) if kind == _PER_LINE or kind not in found[:i])
