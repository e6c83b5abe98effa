"""Voids taken in from files: far apart in one, refused with it, told, found after a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.ticket import Ticket, ticket_json
from app.formats.rejected import rejected
from app.services.import_tickets import Source, import_tickets
from app.services.verify import verify
from tests.factories import line, ticket
from tests.shops import all_records, close_scope, moment, sales, shop_in, take


def void(number: str, ref: str, at: str = "2021-01-02T19:00", **more: Any) -> Ticket:
    """A void that says nothing but which ticket it takes back."""
    made = ticket(number=number, ref=ref, at=at, kind="void", payments=[], **more)
    return replace(made, lines=())


def kinds(report: Any) -> dict[str, int]:
    return {found.kind: found.count for found in report.findings}


def test_a_void_finds_its_ticket_however_many_came_between_in_the_file(tmp_path):
    # As many as a busy month has; the first lie in a file of their own by then.
    begun = moment("2021-01-02T08:00")
    sold = [
        ticket(100 + n, number=str(n), at=f"{begun:%Y-%m-%d}T{8 + n // 500:02d}:{n % 60:02d}")
        for n in range(1, 5_500)
    ]
    with shop_in(tmp_path / "boutique") as shop:
        report = take(shop, [*sold, void("9000", "1"), void("9001", "5499")])
        assert "unknown_ref" not in kinds(report)
        body, _ = shop.closure(close_scope(shop))
        total = sum(100 + n for n in range(1, 5_500)) - 101 - 5_599
        assert (body["own"]["total"], body["own"]["refunds"]) == (total, -101 - 5_599)


def test_what_a_file_says_of_voids_is_told_with_it(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        first = take(shop, [*sales(2), void("3", "1"), void("4", "1"), void("5", "77")])
        assert (kinds(first)["void_again"], kinds(first)["unknown_ref"]) == (1, 1)
        later = take(shop, [ticket(500, number="77", at="2021-01-01T09:00")])
        assert kinds(later)["void_first"] == 1
        again = take(shop, [void("5", "77"), ticket(500, number="77", at="2021-01-01T09:00")])
        assert (again.accepted, again.duplicates, again.conflicts) == (0, 2, 0)


def test_the_ticket_s_record_says_which_void_took_it_back(tmp_path):
    folder = tmp_path / "boutique"
    with shop_in(folder) as shop:
        take(shop, [void("5", "77")])
        take(shop, [ticket(500, number="77", at="2021-01-01T09:00")])
        before = (folder / "journal/J000001.jsonl").read_bytes()
        take(shop, [void("6", "77")])
    assert (folder / "journal/J000001.jsonl").read_bytes().startswith(before)
    tickets = [r["body"] for r in all_records(folder) if r["type"] == "ticket"]
    assert tickets[0]["findings"] == ["unknown_ref"]
    assert "reverses" not in tickets[0]
    assert tickets[1]["voided_by"] == {
        "identity": "1|2021-01-02|5",
        "number": "5",
        "at": "2021-01-02T19:00:00+01:00",
    }
    assert tickets[1]["findings"] == ["void_first"]
    assert tickets[2]["findings"] == ["void_again"]


def test_a_void_without_a_number_waits_and_is_found(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [void("", "77")])
        report = take(shop, [ticket(500, number="77")])
        assert kinds(report) == {"void_first": 1}
        assert verify(shop).ok


def test_voids_of_a_file_that_is_refused_leave_no_trace(tmp_path):
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, sales(1))
        bad = [void("2", "1"), void("3", "77"), rejected(3, "illisible", "?")]
        report = import_tickets(
            shop, bad, Source("f", "journal"), frozenset(), moment("2021-01-02T20:00")
        )
        assert not report.taken
        assert kinds(take(shop, [void("2", "1")])) == {}
        assert kinds(take(shop, [ticket(500, number="77", at="2021-01-01T09:00")])) == {}


def test_a_void_as_an_older_program_recorded_it_waits_too(tmp_path):
    with shop_in(tmp_path / "boutique") as shop, shop.writing():
        body = ticket_json(void("5", "77", findings=("unknown_ref",)))
        shop.append([shop.new_record("ticket", "ticket/1", body)])
        assert kinds(take(shop, [ticket(500, number="77")]))["void_first"] == 1
        assert verify(shop).ok


def test_a_void_that_takes_back_other_lines_than_its_ticket_s_is_told(tmp_path):
    sold = ticket("12,00", "3,00", number="7", at="2021-01-02T09:00")
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [sold, replace(void("8", "7"), lines=(line("-5,00"),))])
        body, _ = shop.closure(close_scope(shop))
        # The ticket's own lines count, whatever the void says: 15,00 - 15,00.
        assert (body["own"]["total"], body["own"]["refunds"]) == (0, -1500)
        assert {f["kind"]: f["count"] for f in body["findings"]} == {"void_differs": 1}


def test_a_void_may_write_its_ticket_s_lines_with_either_sign(tmp_path):
    sold = [ticket("12,00", "3,00", number=n, at="2021-01-02T09:00") for n in ("1", "2")]
    back = replace(void("3", "1"), lines=(line("-12,00"), line("-3,00")))
    again = replace(void("4", "2"), lines=(line("15,00"),))
    with shop_in(tmp_path / "boutique") as shop:
        assert kinds(take(shop, [*sold, back, again])) == {}


def test_a_void_of_other_lines_that_came_before_its_ticket_is_told_too(tmp_path):
    early = replace(void("8", "7"), lines=(line("5,00"),))
    with shop_in(tmp_path / "boutique") as shop:
        take(shop, [early])
        found = kinds(take(shop, [ticket("15,00", number="7", at="2021-01-02T09:00")]))
    assert found == {"void_first": 1, "void_differs": 1}
