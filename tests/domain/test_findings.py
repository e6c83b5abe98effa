"""What looks odd: in one ticket, in a till's numbers, in its clock."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.findings import (
    LABELS,
    Finding,
    NumberWatch,
    Series,
    finding_from_json,
    finding_json,
    gather,
    number_of,
    ticket_findings,
)
from app.domain.ticket import Line, Ticket
from tests.factories import line, ticket

SATURDAY, SUNDAY = date(2021, 1, 2), date(2021, 1, 3)
FAR = date(2021, 12, 31)


def sold(number: str, at: str = "09:00", day: date = SATURDAY, till: str = "1") -> Ticket:
    return ticket(number=number, at=f"{day.isoformat()}T{at}", till=till)


def watched(*tickets: Ticket, known: dict[str, Series] | None = None) -> NumberWatch:
    watch = NumberWatch(known or {})
    for each in tickets:
        watch.take(each)
    return watch


def gaps(watch: NumberWatch, last_day: date = FAR) -> list[tuple[str, int, str]]:
    found, _ = watch.checked(lambda till: True, last_day)
    assert all(finding.kind == "gap" for finding in found)
    return [(finding.day.isoformat(), finding.count, finding.example) for finding in found]


def ordinary(**more: object) -> Line:
    return line(180, qty="2", **{"unit": 90, **more})


@pytest.mark.parametrize(
    ("made", "kinds"),
    [
        (ticket(ordinary()), []),
        (ticket(ordinary(), payments=[("cb", 179)]), ["sums_off"]),
        (ticket(ordinary(), payments=[]), ["sums_off"]),
        (ticket(line(181, qty="2", unit=90)), []),  # one cent of grace
        (ticket(line(182, qty="2", unit=90)), ["sums_off"]),
        (ticket(line(170, qty="2", unit=90, discount=10)), []),
        (ticket(line(180, qty="2", unit=90, discount=10)), ["sums_off"]),
        (ticket(line(931, qty="1.330", unit=700)), []),
        (ticket(line(-90, qty="-1", unit=90), kind="refund"), []),
        (ticket(line(90, qty="1", unit=90), kind="refund"), ["refund_positive"]),
        (ticket(line(-90), line(20), line(10), kind="refund"), ["refund_positive"]),
        (ticket(line(0)), ["zero_price"]),
        (ticket(line(0), line(0)), ["zero_price", "zero_price"]),
        (ticket(line(0, unit=90, discount=90)), []),
        (ticket(line(0, qty="0")), []),
        (ticket(line(90, vat="0")), []),
        (ticket(Line("SAC", "goods", ordinary().qty, 180)), ["no_rate"]),
        # a tax that can't be: 10,00 at 5,5 % holds 0,52; a cent, and half of one for each article
        (ticket(line("10,00", tva=5000)), ["tva_off"]),
        (ticket(line("10,00", tva=52)), []),
        (ticket(line("10,00", tva=53)), []),
        (ticket(line("10,00", tva=54)), ["tva_off"]),
        (ticket(line("10,00", tva=-52)), ["tva_off"]),
        (ticket(line("-10,00", tva=-52), kind="refund"), []),
        # ten at 1,00: 0,05 each makes 0,50
        (ticket(line("10,00", qty="10", tva=50)), []),
        (ticket(line("10,00", qty="10", tva=40)), ["tva_off"]),
        (ticket(line("10,00", qty="5000", tva=200)), ["tva_off"]),
        (ticket(Line("SAC", "goods", ordinary().qty, 180, tva=181)), ["no_rate", "tva_off"]),
        (ticket(Line("SAC", "goods", ordinary().qty, 180, tva=30)), ["no_rate"]),
        (ticket(line(90, tva=0, vat="0")), []),
        (ticket(line(50, nature="tip", tva=50)), []),
        (ticket(line("10,00", tva=5000), kind="void"), []),
        (ticket(line(50, nature="tip")), []),
        (ticket(findings=("unknown_article",)), ["unknown_article"]),
        (ticket(line(90), findings=("currency $",)), ["currency"]),
        # a void's own lines and payments do not count
        (ticket(line(0), kind="void", payments=[("cb", 5)]), []),
        (ticket(kind="void", findings=("unknown_ref",)), ["unknown_ref"]),
    ],
)
def test_what_is_odd_in_one_ticket(made, kinds):
    found = ticket_findings(made)
    assert [finding.kind for finding in found] == kinds
    assert set(kinds) <= set(LABELS)


def test_a_finding_names_the_ticket_or_its_time_in_paris():
    assert ticket_findings(ticket(line(0), number="A7"))[0].example == "A7"
    assert ticket_findings(ticket(line(0), number="", at="2021-01-02T08:00:00Z"))[0].example == (
        "09:00"
    )


def test_findings_are_gathered_by_day_and_kind():
    found = gather(
        [
            Finding("gap", SUNDAY, 2, "4 → 7"),
            Finding("gap", SATURDAY, 1, "1 → 3"),
            Finding("gap", SUNDAY, 3, "10 → 14"),
            Finding("conflict", SUNDAY, 1, "12"),
            Finding("currency", SUNDAY, 1, "12", "$"),
            Finding("currency", SUNDAY, 1, "13", "kr."),
            Finding("currency", SUNDAY, 1, "14", "$"),
        ]
    )
    assert found == (
        Finding("gap", SATURDAY, 1, "1 → 3"),
        Finding("conflict", SUNDAY, 1, "12"),
        Finding("currency", SUNDAY, 2, "12", "$"),
        Finding("currency", SUNDAY, 1, "13", "kr."),
        Finding("gap", SUNDAY, 5, "4 → 7"),
    )
    assert [finding_from_json(finding_json(finding)) for finding in found] == list(found)


@pytest.mark.parametrize(
    ("number", "series"),
    [
        ("150040", ("1|", 150040)),
        ("A-7", ("1|A-", 7)),
        ("2021/000123", ("1|2021/", 123)),
        ("", None),
        ("sans", None),
        ("12A", None),
    ],
)
def test_a_number_belongs_to_a_series(number, series):
    assert number_of("1", number) == series


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["1", "2", "3"], []),
        (["3", "1", "2"], []),  # in any order
        (["1", "3"], [("2021-01-02", 1, "1 → 3")]),
        (["1", "5", "9"], [("2021-01-02", 6, "1 → 5")]),  # 3 + 3
        (["A1", "B5", "A2", "B6"], []),
        (["007", "8"], []),
        (["12", "", "13"], []),
    ],
)
def test_gaps_in_the_numbers_of_a_day(numbers, found):
    assert gaps(watched(*(sold(number) for number in numbers))) == found


def test_each_till_has_its_own_numbers():
    assert gaps(watched(sold("1"), sold("2"), sold("2", till="2"), sold("3", till="2"))) == []


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("151", []),
        ("1", []),  # numbering starts again
        ("150", []),
        ("160", [("2021-01-03", 9, "150 → 160")]),
    ],
)
def test_the_first_number_of_the_next_day(number, found):
    known = {"1|": Series(checked=(150, SATURDAY.isoformat()))}
    assert gaps(watched(sold(number, day=SUNDAY), known=known)) == found


def test_days_follow_each_other():
    watch = watched(
        sold("10"), sold("12"), sold("1", day=SUNDAY), sold("2", day=SUNDAY), sold("4", day=SUNDAY)
    )
    assert gaps(watch) == [("2021-01-02", 1, "10 → 12"), ("2021-01-03", 1, "2 → 4")]
    assert watch.checked(lambda till: True, FAR)[1] == {"1|": [4, "2021-01-03"]}


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["6"], []),  # fills the gap that was told
        (["6", "8"], []),
        (["6", "9"], [("2021-01-02", 1, "7 → 9")]),
        (["2", "4"], []),
    ],
)
def test_numbers_of_the_same_day_that_come_after_it_was_checked(numbers, found):
    known = {"1|": Series(checked=(7, SATURDAY.isoformat()))}
    watch = watched(*(sold(number) for number in numbers), known=known)
    assert gaps(watch) == found
    newest = max(7, *(int(number) for number in numbers))
    assert watch.checked(lambda till: True, FAR)[1] == {"1|": [newest, "2021-01-02"]}


def test_numbers_of_an_earlier_day_are_late_and_no_gap():
    known = {"1|": Series(checked=(50, SUNDAY.isoformat()))}
    watch = watched(sold("3"), sold("9"), sold("51", day=SUNDAY), known=known)
    assert gaps(watch) == []
    assert watch.checked(lambda till: True, FAR)[1] == {"1|": [51, "2021-01-03"]}


def test_a_day_of_a_clock_gone_wrong_neither_counts_nor_marks():
    watch = watched(sold("1"), sold("2"), sold("9", day=date(2099, 6, 1)))
    assert gaps(watch, SUNDAY) == []
    assert watch.checked(lambda till: True, SUNDAY)[1] == {"1|": [2, "2021-01-02"]}


def test_numbers_that_closures_of_one_drawer_took_wait_for_the_whole_till():
    one = watched(sold("1"), sold("3"), sold("4"), sold("9"))
    left = one.unchecked()
    assert left == {"1|": [None, None, {"2021-01-02": [[1, 1], [3, 4], [9, 9]]}]}
    known = {"1|": Series(waiting=left["1|"][2]), "2|": Series(waiting={"2021-01-02": [[1, 9]]})}
    both = watched(sold("2"), sold("7"), known=known)
    # 1 to 4, 7, 9: 5, 6 and 8 are missing; till 2 is none of ours
    found, last = both.checked(lambda till: till == "1", FAR)
    assert [(f.count, f.example) for f in found] == [(3, "4 → 7")]
    assert last == {"1|": [9, "2021-01-02"]}
    # a second drawer may wait too
    assert watched(sold("2"), sold("7"), known=known).unchecked()["1|"] == [
        None,
        None,
        {"2021-01-02": [[1, 4], [7, 7], [9, 9]]},
    ]


def test_what_waits_is_checked_though_nothing_new_was_sold():
    known = {"1|": Series(checked=(4, "2021-01-01"), waiting={"2021-01-02": [[5, 5], [7, 7]]})}
    assert gaps(watched(known=known)) == [("2021-01-02", 1, "5 → 7")]


@pytest.mark.parametrize(("recorded", "count"), [((5, "2021-01-02"), 0), ((3, "2021-01-02"), 2)])
def test_while_tickets_come_in_the_journal_s_newest_number_counts(recorded, count):
    known = {"1|": Series(recorded=recorded, checked=(1, "2021-01-01"))}
    found = watched(sold("6"), sold("7"), known=known).findings
    assert sum(finding.count for finding in found) == count


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (["09:00", "09:01", "09:02"], []),
        (["09:00", "08:59", "09:01"], ["2"]),
        (["09:00", "08:00", "07:00"], ["2"]),  # twice, the first one is shown
        (["09:00", "09:00", "09:00"], []),
    ],
)
def test_a_clock_that_goes_back(times, found):
    watch = watched(*(sold(str(rank), at) for rank, at in enumerate(times, 1)))
    assert [finding.example for finding in watch.clocks] == found


def test_the_autumn_night_is_no_clock_that_goes_back():
    autumn = [
        ticket(number=number, at=f"2021-10-31T{at}")
        for number, at in (("1", "02:50:00+02:00"), ("2", "02:10:00+01:00"))
    ]
    assert watched(*autumn).clocks == ()
    assert [f.example for f in watched(autumn[0], sold("2", "01:00", date(2021, 10, 31))).clocks]


@given(st.sets(st.integers(1, 60), min_size=1), st.permutations(range(4)), st.integers(1, 60))
def test_every_missing_number_is_told_once_however_the_day_is_cut(numbers, order, cut):
    missing = set(range(min(numbers), max(numbers) + 1)) - numbers
    parts: list[list[int]] = [[], [], [], []]
    for number in numbers:
        parts[order[number % 4 if number < cut else 3]].append(number)
    known: dict[str, Series] = {}
    for part in parts:
        left = watched(*(sold(str(number)) for number in part), known=known).unchecked()
        for series, (_, _, waiting) in left.items():
            known[series] = Series(waiting=waiting)
    found = gaps(watched(known=known))
    assert sum(count for _, count, _ in found) == len(missing)
