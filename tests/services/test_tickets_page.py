"""What the screen of tickets says: the inbox, past imports, refusals, conflicts, one file."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest

from app.bootstrap import program
from app.domain.closing import Terms
from app.domain.moments import PARIS
from app.domain.scope import GENERAL, Scope
from app.domain.ticket import content_json
from app.errors import UnreadableFile
from app.services.close import close
from app.services.import_summary import Summary, base_name, summary_of, summary_of_inbox
from app.services.import_tickets import Source, import_tickets
from app.services.inbox import InboxReport
from app.services.ticket_files import look_into, profile_choices, take_file, usual_profile
from app.services.tickets_page import conflicts, tickets_page
from tests.factories import line, ticket

NOW = datetime(2021, 1, 2, 20, 4, tzinfo=PARIS)


@pytest.fixture
def kiosk(tmp_path):
    return program(tmp_path / "shop", lambda: NOW, io.StringIO())


@pytest.fixture
def shop(kiosk):
    with kiosk.open_shop(create=True) as shop:
        yield shop


def write(path, *tickets, broken=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(content_json(t), ensure_ascii=False) for t in tickets]
    path.write_text("\n".join([*lines, *["{oops"] * broken, ""]), encoding="utf-8")
    return str(path)


def take(shop, kiosk, path, **more):
    sources = kiosk.ticket_sources
    return take_file(shop, sources, {}, path, "journal", NOW, lambda done, total: None, **more)


def test_a_file_is_looked_into_and_nothing_is_taken(shop, kiosk, tmp_path):
    told = []
    path = write(tmp_path / "a.jsonl", ticket("3,00"), ticket("2,00", number="2"), broken=1)
    sources = kiosk.ticket_sources
    seen = look_into(sources, {}, path, "journal", lambda *step: told.append(step))
    assert (seen.tickets, seen.total, seen.rejected) == (2, 500, 1)
    assert told[-1][0] == told[-1][1] > 0
    assert not shop.ledger.open


def test_a_wrong_profile_is_told_with_the_right_one(kiosk, tmp_path):
    path = write(tmp_path / "a.jsonl", ticket())
    known = [entry.profile for entry in kiosk.list_profiles()]
    with pytest.raises(UnreadableFile, match="correspond au profil journal"):
        look_into(kiosk.ticket_sources, {}, path, "boulangerie", lambda *_: None, known)


def test_profiles_to_choose_from(kiosk):
    choices = {choice.name: choice.label for choice in profile_choices(kiosk.list_profiles())}
    assert {"journal", "boulangerie"} <= set(choices)
    assert usual_profile({}) == "journal"


def test_a_file_is_taken_whole_or_not_at_all(shop, kiosk, tmp_path):
    path = write(tmp_path / "a.jsonl", ticket(), broken=2)
    summary = summary_of([take(shop, kiosk, path)])
    assert (summary.state, summary.accepted, summary.rejected) == ("bad", 0, 2)
    assert not shop.ledger.open


def test_in_part_the_refused_lines_are_kept_with_their_reasons(shop, kiosk, tmp_path):
    path = write(tmp_path / "a.jsonl", ticket(), broken=2)
    summary = summary_of([take(shop, kiosk, path, accept_partial=True)])
    assert (summary.state, summary.accepted, summary.rejected) == ("warn", 1, 2)
    assert [row.line for row in summary.refused] == [2, 3]
    (refused,) = tickets_page(shop, kiosk.ticket_sources, {}).refused
    assert (refused.name, refused.lines) == ("a.jsonl", True)
    assert "ligne 2 : ce n'est pas du JSON" in refused.reason


def test_a_job_that_is_stopped_takes_nothing(shop, kiosk, tmp_path):
    class Stopped(Exception):
        pass

    def stop(done, total):
        raise Stopped

    path = write(tmp_path / "a.jsonl", ticket())
    with pytest.raises(Stopped):
        take_file(shop, kiosk.ticket_sources, {}, path, "journal", NOW, stop)
    assert not shop.ledger.open


def test_past_imports_newest_first_over_closures(shop, kiosk, tmp_path):
    take(shop, kiosk, write(tmp_path / "a.jsonl", ticket()))
    close(shop, Scope(GENERAL), Terms(NOW))
    take(shop, kiosk, write(tmp_path / "b.jsonl", ticket(), ticket(number="2")))
    page = tickets_page(shop, kiosk.ticket_sources, {"tickets.follow": ["/z.jsonl"]})
    assert [(row.file, row.accepted, row.duplicates) for row in page.imports] == [
        ("b.jsonl", 1, 1),
        ("a.jsonl", 1, 0),
    ]
    assert page.followed == ("/z.jsonl",)


def test_what_waits_in_the_inbox(shop, kiosk):
    write(kiosk.folder / "inbox" / "poste-2.jsonl", ticket())
    page = tickets_page(shop, kiosk.ticket_sources, {})
    assert [file.name for file in page.waiting] == ["poste-2.jsonl"]


def test_both_contents_of_a_conflict(shop):
    first = ticket(line("3,00", label="BAGUETTE", qty="2"), cashier="Anne")
    other = ticket(line("5,00", label="ÉCLAIR"))
    for one in (first, other, ticket(number="7")):
        import_tickets(shop, [one], Source("f", "journal"), frozenset(), NOW)
    (conflict,) = conflicts(shop)
    assert (conflict.kept.total, conflict.other.total) == (300, 500)
    assert conflict.kept.lines == (("2 × BAGUETTE", 300),)
    assert conflict.kept.cashier == "Anne"
    assert conflict.other.payments == (("especes", 500),)
    close(shop, Scope(GENERAL), Terms(NOW))
    assert conflicts(shop) == ()


def test_a_conflict_of_a_closed_period_is_not_shown_again(shop):
    at = "2021-01-02T09:00"
    for total in ("1,00", "2,00"):
        import_tickets(shop, [ticket(total, at=at)], Source("f", "j"), frozenset(), NOW)
    close(shop, Scope(GENERAL), Terms(NOW))
    for total in ("1,00", "3,00"):
        sold = ticket(total, number="9", at="2021-01-02T21:00")
        import_tickets(shop, [sold], Source("f", "j"), frozenset(), NOW)
    assert [c.other.number for c in conflicts(shop)] == ["9"]


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (InboxReport(), "off"),
        (InboxReport(waiting=(("a", "il grandit"),)), "off"),
        (InboxReport(refused=(("a", "vide"),)), "bad"),
        (InboxReport(problems=("le disque est plein",)), "bad"),
    ],
)
def test_a_run_through_the_inbox_in_a_word(report, state):
    summary = summary_of_inbox(report)
    assert isinstance(summary, Summary)
    assert summary.state == state


@pytest.mark.parametrize("path", ["a.csv", "/x/y/a.csv", r"C:\caisse\a.csv", r"\\nas\z\a.csv"])
def test_the_name_of_a_file(path):
    assert base_name(path) == "a.csv"
