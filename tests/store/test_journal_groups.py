"""The journal by itself: groups whole or not at all, torn ends, damage, segments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.journal import Journal, Kept, NewRecord, is_intact

FIRST = (1, 0)


@pytest.fixture
def journal(tmp_path) -> Journal:
    return Journal(tmp_path / "journal")


def records(*names: str, chain: str = "event") -> list[NewRecord]:
    return [NewRecord("event", chain, {"event": name}) for name in names]


def write(journal: Journal, *names: str) -> tuple[int, int]:
    """Append a group after what is committed; gives the end."""
    end, heads = FIRST, {}
    for kept in journal.committed(FIRST):
        assert kept.record is not None
        end = (kept.position[0], kept.position[1] + kept.length)
        heads[kept.record["chain"]] = (kept.record["seq"], kept.fingerprint)
    after, count = journal.write_group(end, heads, records(*names))
    assert count == len(names)
    return after


def names(kept: Iterator[Kept]) -> list[str | None]:
    return [k.record["body"]["event"] if k.record else None for k in kept]


def said(journal: Journal) -> list[str | None]:
    return names(journal.committed(FIRST))


def test_a_group_is_chained_and_counted(journal):
    write(journal, "a", "b", "c")
    write(journal, "d")
    lines = [json.loads(line) for _, line in journal.lines(1)]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4]
    assert [line["prev"] for line in lines[1:]] == [line["fingerprint"] for line in lines[:-1]]
    assert [(line.get("more"), line.get("group")) for line in lines] == [
        *((True, None), (True, None), (None, 3)),
        (None, None),
    ]
    assert all(is_intact(line) for _, line in journal.lines(1))


def test_chains_are_apart(journal):
    group = [*records("a", chain="x"), *records("b", chain="y"), *records("c", chain="x")]
    journal.write_group(FIRST, {"y": (7, "sha256:seven")}, group)
    x1, y8, x2 = (json.loads(line) for _, line in journal.lines(1))
    assert (x1["seq"], x1["prev"]) == (1, "")
    assert (y8["seq"], y8["prev"]) == (8, "sha256:seven")
    assert (x2["seq"], x2["prev"]) == (2, x1["fingerprint"])


def spoil(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_a_group_torn_anywhere_counts_for_nothing_and_is_kept_aside(journal):
    segment, start = write(journal, "before")
    write(journal, "a", "b", "c")
    path = journal.path(1)
    whole = path.read_bytes()
    for end in range(start, len(whole)):
        spoil(path, whole[:end])
        assert said(journal) == ["before"], end
    for end in (start + 1, start + 200, len(whole) - 1):
        spoil(path, whole[:end])
        aside = journal.set_tail_aside((segment, start), lambda end=end: f"stamp{end}")
        assert aside is not None
        assert aside.read_bytes() == whole[start:end]
        assert path.read_bytes() == whole[:start]


def test_the_second_half_of_a_group_without_the_first_counts_for_nothing(journal):
    """Pages reach the disk in any order: zeros where the earlier one should be."""
    _, start = write(journal, "before")
    write(journal, "a", "b", "c")
    path = journal.path(1)
    whole = path.read_bytes()
    for hole in range(start + 1, len(whole) + 1, 7):
        for begin in (start, (start + hole) // 2):
            spoil(path, whole[:begin] + b"\0" * (hole - begin) + whole[hole:])
            assert said(journal) == ["before"], (begin, hole)


def test_one_record_alone_torn_or_zeroed_counts_for_nothing(journal):
    _, start = write(journal, "before")
    write(journal, "alone")
    path = journal.path(1)
    whole = path.read_bytes()
    for end in range(start, len(whole)):
        spoil(path, whole[:end] + b"\0" * (len(whole) - end))
        assert said(journal) == ["before"], end


def test_nothing_to_set_aside(journal):
    end = write(journal, "a")
    assert journal.set_tail_aside(end, lambda: "stamp") is None
    assert journal.set_tail_aside((2, 0), lambda: "stamp") is None


def test_a_long_group_is_given_whole_and_a_torn_one_not(journal):
    """Longer than what is held in memory: its end is looked for before anything is given."""
    many = [str(n) for n in range(4_500)]
    write(journal, *many)
    assert said(journal) == many
    path = journal.path(1)
    whole = path.read_bytes()
    spoil(path, whole[: len(whole) // 2])
    assert said(journal) == []
    spoil(path, whole[:-1])
    assert said(journal) == []
    third = len(whole) // 3
    spoil(path, whole[:third] + b"\0" * 50 + whole[third + 50 :])
    assert said(journal) == []


def test_a_damaged_line_with_commits_after_it_is_given_as_damaged(journal):
    write(journal, "a", "b")
    write(journal, "c")
    path = journal.path(1)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], lines[1][:30], *lines[2:]]))
    assert said(journal) == ["a", None, "c"]
    path.write_bytes(b"\n".join([lines[0], lines[1].replace(b'"b"', b'"x"'), *lines[2:]]))
    assert said(journal) == ["a", "x", "c"]


def test_damage_in_what_was_known_to_be_committed_is_no_torn_end(journal):
    write(journal, "a")
    end = write(journal, "b")
    path = journal.path(1)
    path.write_bytes(path.read_bytes().replace(b'"b"', b'"x"'))
    assert said(journal) == ["a"]
    assert names(journal.committed(FIRST, sure=end)) == ["a", "x"]


def test_damage_at_the_end_of_a_segment_that_another_follows_is_no_torn_end(journal):
    end = write(journal, "a", "b")
    journal.write_group((2, 0), {}, records("c"))
    path = journal.path(1)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"b"', b'"x"'))
    assert said(journal) == ["a", "x", "c"]
    path.write_bytes(content[: end[1] - 5])
    assert said(journal) == ["a", "c"]


def test_reading_goes_on_from_any_place(journal):
    middle = write(journal, "a", "b")
    end = write(journal, "c")
    journal.write_group((2, 0), {}, records("d"))
    assert names(journal.committed(middle)) == ["c", "d"]
    assert names(journal.committed(end)) == ["d"]
    assert names(journal.committed((3, 0))) == []


def test_segments_are_listed_in_order_and_other_files_passed_over(journal):
    for segment in (2, 10, 1):
        journal.write_group((segment, 0), {}, records("x"))
    (journal.folder / "J000003.jsonl.copie").touch()
    (journal.folder / "Jxx.jsonl").touch()
    assert journal.segments() == [1, 2, 10]


def test_nothing_stays_of_a_group_whose_making_fails(journal):
    end = write(journal, "a")
    before = journal.path(1).read_bytes()

    def failing() -> Iterator[NewRecord]:
        for _ in range(3):
            yield NewRecord("event", "event", {"event": "x" * 900_000})
        raise RuntimeError("the source vanished")

    with pytest.raises(RuntimeError):
        journal.write_group(end, {}, failing())
    assert journal.path(1).read_bytes() == before


def test_lines_are_read_at_their_places_across_segments(journal):
    write(journal, "a", "b")
    journal.write_group((2, 0), {}, records("c"))
    places = [(k.position, k.length) for k in journal.committed(FIRST)]
    chosen = [places[0], places[2]]
    found = [json.loads(line)["body"]["event"] for _, line in journal.read(chosen)]
    assert found == ["a", "c"]


def test_signs_that_end_lines_elsewhere_do_not_end_ours(journal):
    write(journal, "a\u2028b\u0085c\x0bd\re\nf")
    assert said(journal) == ["a\u2028b\u0085c\x0bd\re\nf"]
    assert len(list(journal.lines(1))) == 1
