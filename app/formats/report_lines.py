"""A report laid out in lines of so many columns, for whatever writes one character after another.

The width is a promise: no line is longer. What does not fit beside its label goes below it, and
words that are too long for a line are cut, so that no amount is ever lost.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.money import euros
from app.domain.report import Amount, Cell, Report, Row, Section

_INSET = "  "
_LOOSE = re.compile(r" (?=[:;!?»%€])|(?<=[«°]) ")
_GAPS = (3, 2, 1)  # between columns, the widest that the line has room for


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `strong` and `tall` are for whoever can show it."""

    text: str
    strong: bool = False
    tall: bool = False


def lines_of(report: Report, width: int, euro: str = "€") -> tuple[Line, ...]:
    """The lines of a report, none longer than `width` (at least 24); `euro` ends an amount."""
    return tuple(_lines(report, width, euro))


def cell_text(cell: Cell, euro: str) -> str:
    """A cell as it is written: an amount with its sign, and its currency unless that is empty."""
    if isinstance(cell, str):
        return cell
    text = (euros(cell.cents).removesuffix("€") + euro).rstrip()
    return f"+{text}" if cell.signed and cell.cents > 0 else text


def has_many_amounts(section: Section) -> bool:
    """Whether amounts stand side by side, so that each does better without its currency."""
    return any(sum(isinstance(c, Amount) for c in row.cells) > 1 for row in section.rows)


def _lines(report: Report, width: int, euro: str) -> Iterator[Line]:
    yield from _wrapped(report.title, width, Line("", strong=True, tall=True))
    for text in report.shop:
        yield from _centred(text, width)
    for mark in report.marks:
        yield from _centred(f"*** {mark} ***", width, Line("", strong=True, tall=True))
    for text in report.about:
        yield from _wrapped(text, width)
    for section in report.sections:
        yield Line("-" * width)
        yield from _wrapped(section.title.upper(), width, Line("", strong=True))
        yield from _section(section, width, euro)
    yield Line("=" * width)
    for mark in report.marks:
        yield from _centred(f"*** {mark} ***", width, Line("", strong=True))
    for text in report.foot:
        yield from _wrapped(text, width)


def _section(section: Section, width: int, euro: str) -> Iterator[Line]:
    euro = "" if has_many_amounts(section) else euro
    table = [(row, tuple(cell_text(cell, euro) for cell in row.cells)) for row in section.rows]
    if not section.columns:
        for row, cells in table:
            yield from _pair(row, " ".join(cells), width)
        return
    heads = section.columns[1:]
    widths = [
        max(len(text) for text in (head, *(cells[at] for _, cells in table if cells)))
        for at, head in enumerate(heads)
    ]
    longest = max(len(text) for text in (section.columns[0], *(_label(row) for row, _ in table)))
    gap = next((g for g in _GAPS if longest + sum(widths) + g * len(widths) <= width), 0)
    if not gap:
        yield from _stacked(table, section.columns, widths, width)
        return
    widths = [size + gap for size in widths]
    yield Line(_in_columns(section.columns[0], heads, widths, width))
    for row, cells in table:
        yield Line(_in_columns(_label(row), cells, widths, width), strong=row.strong)


def _stacked(
    table: Sequence[tuple[Row, tuple[str, ...]]],
    columns: Sequence[str],
    widths: Sequence[int],
    width: int,
) -> Iterator[Line]:
    """Labels too long for a table: each on lines of its own, what it says below it."""
    heads = columns[1:]
    widths = [size + 1 for size in widths]
    fits = sum(widths) <= width
    yield from _wrapped(columns[0], width)
    if fits:
        yield Line(_in_columns("", heads, widths, width))
    for row, cells in table:
        yield from _wrapped(_label(row), width, Line("", strong=row.strong))
        if fits and cells:
            yield Line(_in_columns("", cells, widths, width), strong=row.strong)
            continue
        for head, cell in zip(heads, cells, strict=False):
            if cell:
                named = Row(head, (cell,), strong=row.strong, inset=True)
                yield from _pair(named, cell, width)


def _in_columns(label: str, cells: Sequence[str], widths: Sequence[int], width: int) -> str:
    """The cells at the right end, each in so many signs, the space before it included."""
    right = "".join(f"{cell:>{size}}" for cell, size in zip(cells, widths, strict=False))
    return f"{label:<{width - len(right)}}{right}".rstrip()


def _pair(row: Row, said: str, width: int) -> Iterator[Line]:
    """A label and what stands at the right end of its line, or below it."""
    style = Line("", strong=row.strong, tall=row.strong)
    parts = [line.text for line in _wrapped(_label(row), width, style)]
    *above, last = parts or [""]
    yield from (Line(part, style.strong, style.tall) for part in above)
    if len(last) + 1 + len(said) <= width:
        last = f"{last:<{width - len(said)}}{said}" if said else last
        yield Line(last, style.strong, style.tall)
        return
    yield Line(last, style.strong, style.tall)
    yield from (Line(f"{part:>{width}}", style.strong, style.tall) for part in _cut(said, width))


def _label(row: Row) -> str:
    return f"{_INSET}{row.label}" if row.inset else row.label


def _wrapped(text: str, width: int, style: Line | None = None) -> Iterator[Line]:
    style = style or Line("")
    inset = text[: len(text) - len(text.lstrip())]
    for part in textwrap.wrap(_tied(text), width, subsequent_indent=inset):
        yield Line(part, style.strong, style.tall)


def _centred(text: str, width: int, style: Line | None = None) -> Iterator[Line]:
    style = style or Line("")
    for part in textwrap.wrap(_tied(text), width):
        yield Line(part.center(width).rstrip(), style.strong, style.tall)


def _tied(text: str) -> str:
    """The text whose signs can't be parted from their word: « : » begins no line."""
    return _LOOSE.sub("\u00a0", text)


def _cut(text: str, width: int) -> Iterator[str]:
    yield from (text[at : at + width] for at in range(0, len(text), width))
