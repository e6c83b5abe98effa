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
_BODY = b'{"body":'
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
    return _sealed(canonical_bytes(record))


def sealed_around(body: bytes, rest: Mapping[str, Any]) -> tuple[bytes, str]:
    """The same, of a `body` whose canonical bytes are there already and the `rest` of the record.

    `body` is the first of a record's members in canonical order.
    """
    return _sealed(_BODY + body + b"," + canonical_bytes(rest)[1:])


def body_of(line: bytes) -> bytes:
    """The canonical bytes of the body in a journal line. Raises ValueError when there is none."""
    # Inside a text the quotes would be escaped, and no member after the body holds an object.
    end = line.rindex(b'},"chain":"')
    if not line.startswith(_BODY):
        raise ValueError("no body at the start of the line")
    return line[len(_BODY) : end + 1]


def _sealed(data: bytes) -> tuple[bytes, str]:
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
