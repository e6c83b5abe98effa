"""A report: what a paper says, apart from how it is printed.

A Z, an X and a month's recap are each one `Report`; the terminal, the receipt printer and the PDF
only lay it out. Amounts stay cents until then, so that each rendering writes them its own way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in cents; `signed` is written with its plus sign, as a difference is."""

    cents: int
    signed: bool = False


Cell = str | Amount


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands to its right. A row without cells is a sentence.

    `inset` rows belong to the one above them.
    """

    label: str
    cells: tuple[Cell, ...] = ()
    strong: bool = False
    inset: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title. `columns` are the heads of the label and of each cell, if they need any.

    Where there are several amounts in a row they are written without their currency.
    """

    title: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole paper.

    `title` names it in one line; `marks` say what it must not be taken for (SIMULATION, DUPLICATA);
    `shop` is whose it is, its name first; `about` when and by whom; `foot` what it is worth.
    `name` is fit for a file.
    """

    name: str
    title: str
    shop: tuple[str, ...]
    marks: tuple[str, ...]
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def with_texts(report: Report, change: Callable[[str], str]) -> Report:
    """The same report, every text of it changed; amounts are left alone."""

    def texts(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(change(line) for line in lines)

    def row(found: Row) -> Row:
        cells = tuple(c if isinstance(c, Amount) else change(c) for c in found.cells)
        return replace(found, label=change(found.label), cells=cells)

    return Report(
        name=report.name,
        title=change(report.title),
        shop=texts(report.shop),
        marks=texts(report.marks),
        about=texts(report.about),
        sections=tuple(
            Section(change(s.title), tuple(row(r) for r in s.rows), texts(s.columns))
            for s in report.sections
        ),
        foot=texts(report.foot),
    )
