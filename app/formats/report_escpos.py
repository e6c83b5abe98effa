"""A report for a receipt printer: the commands that nearly all of them share (ESC/POS).

Source: Epson, « ESC/POS Command Reference ». Used: `ESC @` initialise · `ESC R 0` no national signs
in the place of ASCII ones · `ESC t n` code page · `GS a 0` no status unasked for · `ESC E n`
emphasised · `GS ! n` character size (1: twice as tall) · `ESC d n` feed · `GS V 66 0` feed and cut.
A line:

    1B 45 01 · "TOTAL TTC                          9,10 " D5 · 0A · 1B 45 00
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from app.domain.report import Report, with_texts
from app.formats.report_lines import Line, lines_of
from app.formats.report_text import plain

_INITIALISE = b"\x1b@\x1bR\x00\x1da\x00"
_FEED_AND_CUT = b"\x1bd\x04\x1dVB\x00"
_REPLACED = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "œ": "oe",
    "Œ": "OE",
    "→": ">",
    "«": '"',
    "»": '"',
    "°": "o",
    "·": "-",
    "€": "EUR",
}


@dataclass(frozen=True, slots=True)
class CodePage:
    """A table of signs: Python's name of it, and its number for `ESC t` (None: ASCII alone)."""

    codec: str
    number: int | None


CODE_PAGES = {
    "cp858": CodePage("cp858", 19),
    "cp1252": CodePage("cp1252", 16),
    "ascii": CodePage("ascii", None),
}
"""By the setting's value; Epson's numbers, which most other makes took over."""


def report_escpos(report: Report, width: int, code_page: str) -> bytes:
    """The bytes that print a report on paper of `width` columns, and cut it."""
    page = CODE_PAGES[code_page]
    clean = with_texts(report, lambda text: printable(plain(text), page))
    euro = printable("€", page)
    select = b"" if page.number is None else b"\x1bt" + bytes([page.number])
    body = b"".join(_line(line, page) for line in lines_of(clean, width, euro))
    return _INITIALISE + select + body + _FEED_AND_CUT


def printable(text: str, page: CodePage) -> str:
    """The text in signs that the page has: others lose their accent, or become like ones."""
    return "".join(_sign(sign, page) for sign in text)


def _sign(sign: str, page: CodePage) -> str:
    if _fits(sign, page):
        return sign
    if sign in _REPLACED:
        return _REPLACED[sign]
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)
    )
    return bare if bare and _fits(bare, page) else "?"


def _fits(text: str, page: CodePage) -> bool:
    try:
        text.encode(page.codec)
    except UnicodeEncodeError:
        return False
    return True


def _line(line: Line, page: CodePage) -> bytes:
    text = plain(line.text).encode(page.codec, "replace") + b"\n"
    if line.strong:
        text = b"\x1bE\x01" + text + b"\x1bE\x00"
    if line.tall:
        text = b"\x1d!\x01" + text + b"\x1d!\x00"
    return text
