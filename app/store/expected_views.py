"""Which derived files the journal's records have filled: one that is not there was lost.

Kept in `state.json`, so it says what there was when the views were last written. Files by year or
month are kept as runs (`["2021-01", "2026-03"]`): what is read at each start hardly grows with the
years.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_YEAR, _MONTH = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class ExpectedViews:
    """A set of names of views (`settings`, `closures/2026`, `editions/2026-01`)."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = set(names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def update(self, names: Iterable[str]) -> None:
        """Add names."""
        self._names.update(names)

    def of(self, folder: str) -> list[str]:
        """The names in a folder, in order."""
        return [name for name in self if name.startswith(f"{folder}/")]

    def to_json(self) -> dict[str, Any]:
        """The set in a few bytes: folder → runs of periods; under "" the files that are alone."""
        folders: dict[str, list[str]] = {}
        for name in self:
            folder, _, period = name.rpartition("/")
            folders.setdefault(folder, []).append(period)
        return {
            folder: _runs(periods) if folder else periods for folder, periods in folders.items()
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> ExpectedViews:
        """Read it back. Raises ValueError, TypeError or AttributeError when it is none."""
        names: list[str] = []
        for folder, kept in saved.items():
            if folder:
                names += (f"{folder}/{period}" for run in kept for period in _periods(run))
            else:
                names += kept
        return cls(names)


def _runs(periods: Sequence[str]) -> list[list[str]]:
    """Sorted periods as [first, last] of each unbroken run."""
    runs: list[list[str]] = []
    for period in periods:
        if runs and _following(runs[-1][1]) == period:
            runs[-1][1] = period
        else:
            runs.append([period, period])
    return runs


def _periods(run: Sequence[str]) -> Iterator[str]:
    first, last = run
    for period in itertools.chain([first], _after(first)):
        yield period
        if period >= last:
            return


def _after(period: str) -> Iterator[str]:
    following = _following(period)
    while following:
        yield following
        following = _following(following)


def _following(period: str) -> str:
    """The year after a year, the month after a month; "" of anything else."""
    if _YEAR.fullmatch(period):
        return f"{int(period) + 1:04d}" if period < "9999" else ""
    if not _MONTH.fullmatch(period):
        return ""
    year, month = int(period[:4]), int(period[5:])
    if month < 12:
        return f"{year:04d}-{month + 1:02d}"
    return f"{year + 1:04d}-01" if year < 9999 else ""
