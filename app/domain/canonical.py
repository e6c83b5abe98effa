"""Canonical bytes and chained fingerprints of records (specified in `docs/record-format.md`).

A record is a JSON object of text, whole numbers, booleans, null, lists and objects. Its canonical
bytes are its JSON in UTF-8 with keys sorted by code point, no white space, and only the escapes
that JSON demands. A journal line is those bytes with the fingerprint added as the last member.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

ALGORITHM = "sha256"
_SUFFIX_HEAD = b',"fingerprint":"sha256:'
_SUFFIX_LENGTH = len(_SUFFIX_HEAD) + 64 + len(b'"}')

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical_bytes(record: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a record. Floats must not occur in it (the domain has none)."""
    return _encode(record).encode("utf-8")


def fingerprint(data: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 of canonical bytes."""
    return f"{ALGORITHM}:{hashlib.sha256(data).hexdigest()}"


def sealed_line(record: Mapping[str, Any]) -> tuple[bytes, str]:
    """The journal line of a record (no line end) and its fingerprint."""
    data = canonical_bytes(record)
    mark = fingerprint(data)
    return data[:-1] + b',"fingerprint":"' + mark.encode("ascii") + b'"}', mark


def opened_line(line: bytes) -> tuple[bytes, str]:
    """Split a journal line into the canonical bytes and the fingerprint it carries.

    Raises ValueError when the line does not end in a fingerprint.
    """
    body, suffix = line[:-_SUFFIX_LENGTH], line[-_SUFFIX_LENGTH:]
    if not suffix.startswith(_SUFFIX_HEAD) or not suffix.endswith(b'"}'):
        raise ValueError("no fingerprint at the end of the line")
    return body + b"}", suffix[len(b',"fingerprint":"') : -2].decode("ascii")
