"""The currency that the cells of a workbook are shown in: their values alone don't say it.

Format: ECMA-376 part 1 (SpreadsheetML), 18.8.30 (`numFmt`): a currency is `[$kr.-406]` in a
format's code, or a text in quotes; 18.8.10 (`cellXfs`): the formats that cells use.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from html import unescape
from typing import IO

from app.formats.amounts import currency_of, is_currency

_STYLES = re.compile(r"(^|/)styles\.xml$", re.IGNORECASE)
_FORMAT = re.compile(r"<(?:[\w.-]+:)?numFmt\s[^>]*>")
_USED = re.compile(r"<(?:[\w.-]+:)?cellXfs\b.*?</(?:[\w.-]+:)?cellXfs>", re.DOTALL)
_ID = re.compile(r"\bnumFmtId\s*=\s*[\"']([0-9]{1,9})[\"']")
_CODE = re.compile(r"\bformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SIGN = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]|\"([^\"]*)\"")


def other_currency(signs: Sequence[str], expected: str) -> str:
    """The first of `signs` when none may mean the currency `expected` (`EUR`); else ""."""
    if any(is_currency(sign, expected) for sign in signs):
        return ""
    return signs[0] if signs else ""


def signs_in(copy: IO[bytes]) -> list[str]:
    """The currencies of the formats that cells of a checked workbook use, each once."""
    with zipfile.ZipFile(copy) as book:
        texts = [
            book.read(member).decode("utf-8", "replace")
            for member in book.namelist()
            if _STYLES.search(member)
        ]
    found: dict[str, None] = {}
    for text in texts:
        used = set(_ID.findall(" ".join(_USED.findall(text))))
        for item in _FORMAT.findall(text):
            number, code = _ID.search(item), _CODE.search(item)
            if number and code and number[1] in used:
                found |= dict.fromkeys(_signs_of(unescape(code[1] or code[2] or "")))
    return list(found)


def _signs_of(code: str) -> list[str]:
    signs = [bracketed or quoted for bracketed, quoted in _SIGN.findall(code)]
    return [sign.strip() for sign in signs if currency_of(sign) == sign.strip() != ""]
