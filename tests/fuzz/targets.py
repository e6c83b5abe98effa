"""What the readers are fed: a sound file for every profile, and ways to spoil it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.formats.profile import Profile
from app.formats.profile_files import known_profiles
from app.formats.read_tickets import is_second_file
from tests.factories import ticket
from tests.formats.samples import BAKERY, PROFILES, text_of
from tests.formats.till_samples import TILLS, ZETTLE_HEADER, ZETTLE_ROWS, write_samples

Edit = tuple[float, int, bytes, int]
Cell = tuple[float, float, Any]

_PIECES = [
    *(b"\n", b"\r", b'"', b",", b";", b"\0", b"{", b"[", b"]}", b"\xe9", b"\xff\xfe", b"-"),
    *(b"1e400", b"99999999999999999", b"Refund", b"Remboursement", b"<c r='XFD9'>", b"&#0;"),
    *(
        b"</row>",
        b"\xef\xbb\xbf",
        b"0x",
        b"NaN",
        b"%",
        b"\xe2\x80\xa8",
        b"31/02/2026",
        b"PK\x03\x04",
    ),
]
_CELLS = [
    *("", " ", "x", "0", "-0", "-1", "1e400", "9" * 40, "0,005", "1.234,56", "1,234.56", "(5)"),
    *("31/02/2026", "2026-13-01", "3/1/26 9:00 PM", "44421,5", "1970-01-01", "9999-12-31"),
    *("Refund", "Vente", "Annulé", "Espèces, Visa", "20 %", "0,2", "200", "€", '"', "a\nb", "=1+1"),
    *("\u2028", "\u202f1 000", "é" * 2000, "\ufeff", "TMADCQX, TMADDRY", "801", "PAYA", "1-0101"),
]
_place = st.floats(0, 1)
edits = st.lists(
    st.tuples(
        _place,
        st.integers(0, 12),
        st.one_of(st.binary(max_size=8), st.sampled_from(_PIECES)),
        st.integers(1, 3),
    ),
    max_size=4,
)
cells = st.lists(
    st.tuples(_place, _place, st.one_of(st.sampled_from(_CELLS), st.text(max_size=6), st.floats())),
    max_size=6,
)


@dataclass(frozen=True)
class Target:
    """A profile and a sound file of its own; `others` are the files that go with it.

    `part` is « sales », or « payments » when the file to spoil is the second one.
    """

    profile: Profile
    name: str
    content: bytes
    part: str = "sales"
    others: tuple[tuple[str, bytes], ...] = ()

    @property
    def label(self) -> str:
        """What is spoiled, for a report: `loyverse receipts.csv`."""
        return f"{self.profile.name} {self.name}"


def targets(folder: Path) -> list[Target]:
    """A target for every file of every bundled profile."""
    profiles = {profile.name: profile for profile in known_profiles([PROFILES])}
    journal = text_of(*(ticket("0,90", "1,20", number=str(n)) for n in range(3)))
    bakery = BAKERY + "".join(
        f'2022-03-05,08:4{n},70{n}.0,"TARTE, ÉTÉ",{n}.0,"2,35 €"\n' for n in range(4)
    )
    found = [
        Target(profiles["journal"], "tickets.jsonl", journal.encode()),
        Target(profiles["boulangerie"], "ventes.csv", bakery.encode()),
    ]
    for till in TILLS:
        profile = profiles[till]
        paths = write_samples(folder / till, till)
        seconds = [path for path in paths if is_second_file(path, profile)]
        for path in paths:
            others = [p for p in paths if p != path and (p in seconds) != (path in seconds)]
            found.append(
                Target(
                    profile,
                    path.name,
                    path.read_bytes(),
                    "payments" if path in seconds else "sales",
                    tuple((other.name, other.read_bytes()) for other in others),
                )
            )
    assert {target.profile.name for target in found} == set(profiles)
    return found


def spoiled(data: bytes, changes: Sequence[Edit]) -> bytes:
    """Bytes with some replaced by others, here and there."""
    for place, length, piece, times in changes:
        start = int(place * len(data))
        data = data[:start] + piece * times + data[start + length :]
    return data


def spoiled_inside(data: bytes, changes: Sequence[Edit]) -> bytes:
    """A workbook whose sheet is spoiled and packed soundly again."""
    return _repacked(
        data, lambda name, content: spoiled(content, changes) if _is_read(name) else content
    )


def _is_read(name: str) -> bool:
    return "sheet" in name or name.endswith(("sharedStrings.xml", "workbook.xml", "styles.xml"))


def _repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            target.writestr(item.filename, change(item.filename, source.read(item)))
    return out.getvalue()


def with_cells(target: Target, changes: Sequence[Cell]) -> bytes:
    """The target's file with other cells here and there, soundly written."""
    if target.name.endswith(".xlsx"):
        return _book_with(changes)
    rows = target.profile.rows
    if rows is None:
        return target.content
    text = target.content.decode()
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=rows.separator))
    _change(table, changes)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=rows.separator, lineterminator="\n").writerows(table)
    return out.getvalue().encode("utf-8", "replace")


def _change(table: list[list[Any]], changes: Sequence[Cell]) -> None:
    for row, column, cell in changes:
        cells = table[int(row * (len(table) - 1))]
        if cells:
            cells[int(column * (len(cells) - 1))] = cell


def _book_with(changes: Sequence[Cell]) -> bytes:
    import xlsxwriter

    table: list[list[Any]] = [list(ZETTLE_HEADER)]
    for at, number, tax, total, method, kind, label in ZETTLE_ROWS:
        cells = [at, at, number, tax, total, 0, total, method, kind, "", "", "Ida", label, "POS"]
        table.append(cells)
    _change(table, changes)
    out = io.BytesIO()
    options = {"nan_inf_to_errors": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(table):
            sheet.write_row(place, 0, cells)
    return out.getvalue()
