"""Cells of CSV rows, each row with its place in the file.

The standard reader alone would let one quote that is never closed swallow the rest of the file:
here such a line is told alone, and the lines after it are read again.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.formats.records import Record
from app.formats.text_file import TextLine

if TYPE_CHECKING:
    from _csv import Dialect  # what the csv module makes, and does not name itself

_MAX_LINES = 50  # of one row: a cell may hold line ends
_MAX_CHARACTERS = 64 * 2**10
_OPEN = "unexpected end of data"  # what the csv module says of a quote that is not closed


class CsvRows:
    """Reads rows with this separator and quote ("" for none)."""

    def __init__(self, separator: str, quote: str) -> None:
        # Dialects made once: making one costs more than reading a line.
        self._strict = _dialect(separator, quote, strict=True)
        self._lax = _dialect(separator, quote, strict=False)

    def cells(self, text: str) -> list[str]:
        """The cells of one line, as well as they can be told; none when they can't."""
        try:
            return next(csv.reader((text,), self._lax), [])
        except csv.Error:
            return []

    def rows(
        self, lines: Iterator[TextLine], fits: Callable[[list[str]], bool] = bool
    ) -> Iterator[Record]:
        """The rows of these lines; `content` holds the cells, none for an unusable line.

        Several lines are taken as one row only if its cells are such that `fits` says so.
        """
        again: deque[TextLine] = deque()
        while True:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                return
            if line.problem:
                yield Record(line, [])
                continue
            try:
                cells = next(csv.reader((line.text,), self._strict), [])
            except csv.Error as error:
                yield self._irregular(line, lines, again, fits, str(error))
            else:
                yield Record(line, cells)

    def _irregular(
        self,
        first: TextLine,
        lines: Iterator[TextLine],
        again: deque[TextLine],
        fits: Callable[[list[str]], bool],
        error: str,
    ) -> Record:
        """The row of a line that breaks the rules, or begins a row of several lines.

        Lines that are read but not needed go back to `again`.
        """
        if error != _OPEN:
            cells = self.cells(first.text)
            return Record(first, cells) if cells else unusable(first, [], "ligne CSV illisible")
        taken, text = [first], first.text
        while len(taken) < _MAX_LINES and len(text) < _MAX_CHARACTERS:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                break
            taken.append(line)
            if line.problem:
                break
            text = f"{text}\n{line.text}"
            closed = self._closed_cells(text)
            if closed is not None and fits(closed):
                return Record(
                    TextLine(first.number, first.start, line.end, text, "", line.ended), closed
                )
        again.extendleft(reversed(taken[1:]))
        return unusable(first, [], "guillemet ouvert et jamais fermé")

    def _closed_cells(self, text: str) -> list[str] | None:
        """The cells of a text in which every quote is closed, else None."""
        try:
            return next(csv.reader((text,), self._strict), [])
        except csv.Error:
            return None


def _dialect(separator: str, quote: str, *, strict: bool) -> Dialect:
    return csv.reader(
        (),
        delimiter=separator,
        quotechar=quote or '"',
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=strict,
    ).dialect


def unusable(line: TextLine, cells: list[str], problem: str) -> Record:
    """A row that gives no ticket line, whatever could be read of its cells."""
    return Record(line._replace(problem=problem), cells)
