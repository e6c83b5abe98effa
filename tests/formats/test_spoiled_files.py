"""Whatever bytes a file holds, reading it ends in tickets, refusals or one French sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ticket import Ticket, read_ticket, ticket_json
from app.errors import AppError
from app.formats.rejected import Rejected
from tests.factories import ticket
from tests.formats.samples import BAKERY, Read, text_of

SOUND = {
    "journal": text_of(*(ticket("0,90", "1,20", number=str(n)) for n in range(3))),
    "boulangerie": BAKERY
    + "".join(f'2022-03-05,08:4{n},70{n}.0,"TARTE, ÉTÉ",{n}.0,"2,35 €"\n' for n in range(4)),
}
pieces = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"\n", b"\r", b'"', b",", b"\0", b"{", b"[", b"]}", b"\xe9", b"\xff\xfe", b"-", b"1e400"]
    ),
)
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), pieces, st.integers(1, 3)), max_size=5
)


def spoiled(text: str, changes: list[tuple[float, int, bytes, int]]) -> bytes:
    """The text with some bytes replaced by others, here and there."""
    data = text.encode()
    for place, length, piece, times in changes:
        start = int(place * len(data))
        data = data[:start] + piece * times + data[start + length :]
    return data


def read_or_refusal(
    read: Read, data: bytes, profile: str
) -> tuple[list[Ticket | Rejected], str | None]:
    try:
        return read(data, profile), None
    except AppError as error:
        return [], str(error)


@pytest.mark.parametrize("profile", SOUND)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(changes=edits)
def test_a_spoiled_file_never_breaks_the_reader(read, profile, changes):
    data = spoiled(SOUND[profile], changes)
    items, refusal = read_or_refusal(read, data, profile)
    assert refusal is None or refusal.endswith(".")
    for item in items:
        if isinstance(item, Rejected):
            assert 1 <= item.line <= len(data) + 1
            assert item.reason
        else:
            assert read_ticket(ticket_json(item)) == item
    lines = [item.line for item in items if isinstance(item, Rejected)]
    assert len(lines) == len(set(lines))
    numbers = [(item.till, item.day, item.number) for item in items if isinstance(item, Ticket)]
    if profile == "boulangerie":
        assert len(numbers) == len(set(numbers))
