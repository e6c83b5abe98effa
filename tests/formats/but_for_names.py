"""Whether two profiles read the same files alike: the same but for what they are called.

A profile may know a column by several names, of which a file has one: the others are left aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.formats.folded_text import fold
from app.formats.profile import Profile, Rows
from app.formats.proposing.tables import Table


def nameless(profile: Profile, table: Table, second: Table | None = None) -> Profile:
    """The profile as it is for files with these headers, without its own names."""
    rows = profile.rows
    return replace(
        profile,
        name="",
        label="",
        rows=None if rows is None else _for_header(rows, table.header),
        second=None
        if profile.second is None or second is None
        else replace(
            profile.second, label="", rows=_for_header(profile.second.rows, second.header)
        ),
    )


def _for_header(rows: Rows, header: Sequence[str]) -> Rows:
    present = {fold(column) for column in header}
    columns = {
        field: tuple(name for name in names if fold(name) in present)
        for field, names in rows.columns.items()
    }
    return replace(rows, columns=columns)
