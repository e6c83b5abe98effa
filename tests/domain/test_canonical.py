"""The canonical bytes and fingerprints that `docs/record-format.md` promises to outsiders."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import canonical_bytes, fingerprint, opened_line, sealed_line

PAGE = Path(__file__).resolve().parents[2] / "docs" / "record-format.md"
VECTOR = re.compile(
    r"^### (Vector \d): .*?\n\nCanonical bytes \((\d+)\):\n\n```\n(.*?)\n```\n\n"
    r"Fingerprint:\n\n```\n(.*?)\n```\n\nLine:\n\n```\n(.*?)\n```$",
    re.M,
)

# The same five, literally: changing page and code together does not go unseen.
FINGERPRINTS = {
    "Vector 1": "sha256:b0c700d7bd7a3524b4d2f37743eb680f7cb3a812e2b2a1a725cda85125cfe134",
    "Vector 2": "sha256:7fd98417844283cf3494597ca5a97064f4b3dea7d730496cb821473c651afb8f",
    "Vector 3": "sha256:e8d2a1e9bbf0e6f95922dd6fdc037ee31451385ba8290cf1e0ece0750f11eba5",
    "Vector 4": "sha256:737b2dc6d2a86e413b0905eb4c39e1145059fb8c4db8ed83c23337dc09c92d92",
    "Vector 5": "sha256:28a7cd89f2564685916f6992ce18319d4750ca7a82df0bb8535b901d65d57165",
}


def vectors() -> list[tuple[str, ...]]:
    return VECTOR.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_holds_all_vectors():
    assert [(name, mark) for name, _, _, mark, _ in vectors()] == list(FINGERPRINTS.items())


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector[0])
def test_a_vector_of_the_page(vector):
    _, length, text, mark, line = vector
    data = text.encode("utf-8")
    assert len(data) == int(length)
    assert mark == "sha256:" + hashlib.sha256(data).hexdigest()
    record = json.loads(text)
    shuffled = dict(reversed(record.items()))
    assert canonical_bytes(shuffled) == data
    assert fingerprint(data) == mark
    assert sealed_line(shuffled) == (line.encode("utf-8"), mark)
    assert opened_line(line.encode("utf-8")) == (data, mark)


def test_the_vectors_form_a_group_and_chains():
    opening, ticket, event, move = (json.loads(line) for *_, line in vectors()[:4])
    assert event["prev"] == opening["fingerprint"]
    assert (event["seq"], event["group"]) == (2, 3)
    assert opening["more"] is True
    assert ticket["more"] is True
    assert ticket["prev"] == move["prev"] == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\x00\x1f", rb'"\u0000\u001f"'),
        ("\b\f\n\r\t", rb'"\b\f\n\r\t"'),
        ('"\\/', rb'"\"\\/"'),
        ("\x7f", b'"\x7f"'),
        ("\u2028\u0085", '"\u2028\u0085"'.encode()),
        ("e\u0301", '"e\u0301"'.encode()),  # not normalised
        (0, b"0"),
        (-12, b"-12"),
        (10**30, b"1" + b"0" * 30),
        ([1, [], {}], b"[1,[],{}]"),
        ({"b": {"d": 1, "c": 2}, "a": None}, b'{"a":null,"b":{"c":2,"d":1}}'),
    ],
)
def test_what_is_escaped_and_how_it_is_spaced(value, expected):
    assert canonical_bytes({"v": value}) == b'{"v":' + expected + b"}"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_has_no_canonical_bytes(value):
    with pytest.raises(ValueError):  # noqa: PT011 - one family of errors, each with its own text
        canonical_bytes({"v": value})


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"a":1}',
        b'{"a":1,"fingerprint":"sha256:' + b"0" * 63 + b'"}',
        b'{"a":1,"fingerprint":"sha512:' + b"0" * 64 + b'"}',
        b'{"a":1,"fingerprint":"sha256:' + b"0" * 64 + b'"} ',
        b'{"fingerprint":"sha256:' + b"0" * 64 + b'","z":1}',
    ],
)
def test_a_line_without_its_fingerprint_at_the_end_is_refused(line):
    with pytest.raises(ValueError, match="no fingerprint"):
        opened_line(line)


texts = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(texts, values, min_size=1))
def test_a_sealed_line_opens_to_what_went_in(record):
    record.pop("fingerprint", None)
    record["body"] = {}
    line, mark = sealed_line(record)
    data, carried = opened_line(line)
    assert b"\n" not in line
    assert carried == mark == fingerprint(data)
    assert json.loads(data) == record
    assert json.loads(line) == {**record, "fingerprint": mark}
