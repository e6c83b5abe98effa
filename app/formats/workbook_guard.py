"""A workbook (.xlsx) checked before it is read: how large it becomes once it is unpacked.

A .xlsx is a zip of XML. A few kilobytes can unpack to gigabytes; one cell in the last corner of a
sheet makes a table of 17 thousand million cells; one long text can be named by a million cells.
What is read is therefore a copy, made while its bytes, cells and texts are counted.

Format: ECMA-376 part 1 (SpreadsheetML), parts 18.3.1.4 (`c`), 18.3.1.73 (`row`), 18.4.8 (`si`).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO

from app.errors import UnreadableFile

MAX_BYTES = 192 * 2**20  # of XML, altogether
MAX_CELLS = 4_000_000  # of all sheets, the empty ones between them too
MAX_COLUMNS = 1_000
MAX_TEXT = 256 * 2**20  # bytes of the texts that cells share, as often as they are named
_MAX_MEMBERS = 2_000
_CHUNK = 2**20

_TEXTS = re.compile(r"(^|/)sharedstrings\.xml$", re.IGNORECASE)
_SHEETS = re.compile(r"(^|/)\w*sheets/[^/]+\.xml$", re.IGNORECASE)
_WANTED = re.compile(r"\.(xml|rels)$", re.IGNORECASE)

_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_PLACE = re.compile(rb"""<(?:[\w.-]+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""<(?:[\w.-]+:)?c\s[^>]*?\bt\s*=\s*["']s["']""")
_NAMED = re.compile(
    rb"""<(?:[\w.-]+:)?c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>\s*([0-9]{1,9})\s*<"""
)
_TEXT_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>|<(?:[\w.-]+:)?si\s*/>")

_SPOILED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a way of packing that is no workbook's
    RuntimeError,  # a password
    ValueError,
    OverflowError,
)


def copy_checked(name: str, raw: IO[bytes], copy: IO[bytes]) -> None:
    """Copy what is needed of a workbook, unpacked, once it is known to be of a sane size.

    `name` is the file's. Raises UnreadableFile when it is no workbook, is spoiled or too large.
    """
    try:
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(copy, "w") as target:
            _copy_members(name, source, target)
    except _SPOILED:
        raise UnreadableFile(
            f"Le fichier {name} n'est pas un classeur Excel (.xlsx) lisible : il est abîmé ou "
            "protégé par un mot de passe ; refaites l'export depuis la caisse."
        ) from None


def _copy_members(name: str, source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    members = {item.filename: item for item in source.infolist() if _WANTED.search(item.filename)}
    if len(source.infolist()) > _MAX_MEMBERS or not members:
        raise zipfile.BadZipFile
    if sum(item.file_size for item in members.values()) > MAX_BYTES:
        raise _too_large(name)
    left, cells = MAX_BYTES, 0
    lengths: list[int] = []
    # Texts first: how long they are decides how much the sheets hold.
    for member in sorted(members, key=lambda item: _TEXTS.search(item) is None):
        content = _unpacked(name, source, members[member], left)
        left -= len(content)
        if b"\0" in content:
            raise zipfile.BadZipFile  # UTF-16: no workbook's, and it would hide its cells
        if _TEXTS.search(member):
            lengths = _text_lengths(content)
        elif _SHEETS.search(member):
            cells += _cells_in(name, content, lengths)
            if cells > MAX_CELLS:
                raise _too_large(name)
        target.writestr(member, content)


def _unpacked(name: str, source: zipfile.ZipFile, item: zipfile.ZipInfo, left: int) -> bytes:
    """A member, never more than `left` bytes whatever it says of its own size."""
    parts = []
    with source.open(item) as member:
        while part := member.read(min(_CHUNK, left + 1)):
            left -= len(part)
            if left < 0:
                raise _too_large(name)
            parts.append(part)
    return b"".join(parts)


def _text_lengths(content: bytes) -> list[int]:
    """How long each shared text may be, in bytes."""
    ends = [match.end() for match in _TEXT_END.finditer(content)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _cells_in(name: str, content: bytes, lengths: list[int]) -> int:
    """How many cells the table of a sheet has, once its texts are known to be of a sane size."""
    rows, columns = _extent(content)
    named = [int(match[1]) for match in _NAMED.finditer(content)]
    texts = sum(lengths[index] for index in named if index < len(lengths))
    unseen = sum(1 for _ in _SHARED.finditer(content)) - len(named)
    if columns > MAX_COLUMNS or texts + unseen * max(lengths, default=0) > MAX_TEXT:
        raise _too_large(name)
    return rows * columns


def _extent(content: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet may have, its cells placed or not."""
    rows = columns = 0
    for match in _PLACE.finditer(content):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column_number(match[1]))
    starts = [match.start() for match in _ROW.finditer(content)]
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        # Cells without a place follow one another: so many columns at most.
        columns = max(columns, sum(1 for _ in _CELL.finditer(content, start, end)))
    return max(rows, len(starts)), columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Le classeur {name} est trop grand pour être lu ({MAX_CELLS // 1_000_000} millions de "
        "cellules au plus) ; découpez-le par mois, ou exportez les tickets en CSV."
    )
