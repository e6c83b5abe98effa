"""What the readers are fed: a sound file for every profile, and ways to spoil it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from app.formats.profile import Profile
from app.formats.profile_files import known_profiles
from app.formats.read_tickets import is_second_file
from tests.factories import ticket
from tests.formats.samples import BAKERY, PROFILES, text_of
from tests.formats.till_samples import TILLS, write_samples

Edit = tuple[float, int, bytes, int]

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
edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.binary(max_size=8), st.sampled_from(_PIECES)),
        st.integers(1, 3),
    ),
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
