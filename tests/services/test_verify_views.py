"""`verify` and what is drawn from the journal: what a bare chain cannot see, views that lie."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.domain.ticket import VoidedBy, ticket_json
from app.errors import Damaged
from app.services.verify import rebuild, report_json, verify
from tests.factories import ticket
from tests.shops import (
    all_records,
    checked,
    close_scope,
    journal_lines,
    moment,
    run_a_shop,
    sales,
    segment_path,
    shop_in,
    take,
)
from tests.tampering import Tampering, edited, rearranged, swapped


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


# --- what a bare chain cannot see -------------------------------------------------------------


def cut_the_end(folder: Path) -> None:
    """The last file of tickets taken off, whole: the chains that are left hold."""
    segment_path(folder, 4).write_bytes(b"")


def test_a_cut_end_is_seen_by_the_state_and_kept_for_ever(folder):
    cut_the_end(folder)
    report = checked(folder, now="2021-02-03T09:00")
    assert [problem["kind"] for problem in report["problems"]] == ["missing"]
    assert report["losses"] == ["2021-02-03T09:00:00+01:00"]
    assert [name.partition(".illisible")[0] for name in report["set_aside"]] == [
        "closures/2021.json",
        "state.json",
    ]
    event = all_records(folder)[-1]["body"]
    assert event["event"] == "records_missing"
    assert event["detail"]["seen"]["ticket/1"] == 20


def test_tickets_lost_with_the_end_can_be_taken_in_again(folder):
    cut_the_end(folder)
    with shop_in(folder) as shop:
        report = take(shop, sales(3, at="2021-02-02T08:00", first=30))
    assert (report.accepted, report.duplicates) == (3, 0)
    assert [problem["kind"] for problem in checked(folder)["problems"]] == ["missing"]


def test_numbers_and_totals_go_on_after_closures_were_lost(folder):
    # G000002 and what followed are gone: the next GÉNÉRALE is the third, over the known total.
    with shop_in(folder) as shop:
        before = shop.ledger.last["general"]
    for segment in range(before.number, 10):
        segment_path(folder, segment).unlink(missing_ok=True)
    with shop_in(folder) as shop:
        take(shop, sales(2, at="2021-02-05T08:00", first=90))
        assert [sentence[:30] for sentence in shop.told] == ["La fin du journal a disparu : "]
    with shop_in(folder) as shop:
        assert "general" in shop.ledger.last
        assert shop.ledger.last["general"].number == before.number
        assert shop.ledger.last["general"].perpetual == before.perpetual


def commits(folder: Path) -> list[tuple[int, int]]:
    """Where the journal may end: after each group, as (segment, lines of it)."""
    return [
        (segment, number)
        for segment in range(1, 5)
        for number, line in enumerate(journal_lines(folder, segment), 1)
        if "more" not in json.loads(line)
    ]


def test_a_loss_is_told_once_whatever_is_closed_after_it(sound, tmp_path):
    """However much is gone: the closures that follow are no second finding."""
    for segment, lines in commits(sound)[1:-1]:
        folder = Path(shutil.copytree(sound, tmp_path / f"{segment}-{lines}"))
        rearranged(segment, lambda kept, lines=lines: kept[:lines])(folder)
        for later in range(segment + 1, 5):
            segment_path(folder, later).unlink()
        with shop_in(folder, "2021-02-03T09:00") as shop:
            take(shop, sales(2, at="2021-02-03T08:00", first=90))
            close_scope(shop, "caisse:1/1", now="2021-02-03T09:00")
            close_scope(shop, now="2021-02-03T09:01")
            take(shop, sales(2, at="2021-02-03T10:00", first=92))
            close_scope(shop, now="2021-02-03T11:00")
        report = checked(folder, now="2021-02-03T12:00")
        assert [p["kind"] for p in report["problems"]] == ["missing"], (segment, lines, report)


def test_a_cut_end_is_seen_by_the_index_when_the_state_is_gone_too(folder):
    cut_the_end(folder)
    (folder / "state.json").unlink()
    report = checked(folder)
    assert report["problems"][0]["what"] == "l'index des tickets du 2021-02-02"
    assert report["problems"][0]["kind"] == "lost"


def test_a_cut_closure_is_seen_by_the_list_of_closures(folder):
    cut_the_end(folder)
    (folder / "state.json").unlink()
    shutil.rmtree(folder / "index")
    rearranged(3, lambda lines: lines[:-2])(folder)
    segment_path(folder, 4).unlink()
    report = checked(folder)
    assert {p["what"] for p in report["problems"]} == {
        "la clôture M2021-01",
        "la clôture G000003",
    }
    assert {p["kind"] for p in report["problems"]} == {"lost"}


def test_a_cut_end_is_not_seen_by_the_chains_alone(folder):
    """An honest limit: whoever also removes every view leaves a shorter record that holds."""
    cut_the_end(folder)
    for view in ("state.json", "catalogue.json", "corrections.json"):
        (folder / view).unlink()
    for views in ("index", "closures", "summaries"):
        shutil.rmtree(folder / views)
    report = checked(folder)
    assert (report["first_bad"], report["tickets"]) == (None, 20)
    # That views were gone is told once; of tickets that were lost nothing is known.
    assert {problem["wrong"] for problem in report["problems"]} == {
        "il manquait et vient d'être refait du journal"
    }
    assert checked(folder)["ok"] is True


def test_tickets_cut_off_before_a_closure_are_seen_by_its_heads(folder):
    """The end of a ticket chain, and the file's import event: closures know what there was."""
    rearranged(3, lambda lines: lines[5:])(folder)
    wrongs = [p["wrong"] for p in checked(folder)["problems"]]
    assert any("l'état des chaînes de tickets" in wrong for wrong in wrongs)


@pytest.mark.parametrize("segment", [2, 3])
@pytest.mark.parametrize("gone", ["missing", "empty"])
def test_a_segment_that_is_gone_is_named_though_reading_stops_there(segment, gone, folder):
    (folder / "state.json").unlink()
    if gone == "missing":
        segment_path(folder, segment).unlink()
    else:
        segment_path(folder, segment).write_bytes(b"")
    report = checked(folder)
    bad = report["first_bad"]
    wrong = "il manque" if gone == "missing" else "il ne finit pas par une clôture GÉNÉRALE"
    assert bad["what"] == f"le fichier J{segment:06d}.jsonl"
    assert bad["wrong"].startswith(wrong)
    assert report["records"] == 42 - 10


def test_a_record_without_its_beginning_is_not_opened(folder):
    (folder / "state.json").unlink()
    segment_path(folder, 1).unlink()
    with pytest.raises(Damaged, match="Le journal de la boutique a disparu"):
        checked(folder)


# --- the views --------------------------------------------------------------------------------


def drop_an_index_line(folder: Path) -> None:
    path = folder / "index/2021/2021-02-02.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))


def drop_the_mark_of_a_void(folder: Path) -> None:
    path = folder / "index/2021/2021-01-31.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b'"|v|' not in line))


def change_what_a_void_waits_for(folder: Path) -> None:
    waits = ticket(number="40", at="2021-02-02T10:00", kind="void", ref="4711", payments=[])
    with shop_in(folder) as shop:
        take(shop, [waits])
    edit_view("index/2021/2021-voids.jsonl", '|4711"', '|4712"')(folder)


def edit_view(name: str, old: str, new: str) -> Tampering:
    def tamper(folder: Path) -> None:
        path = folder / name
        path.write_bytes(swapped(path.read_bytes(), old, new))

    return tamper


VIEWS = {
    "a ticket missing from the index": (drop_an_index_line, "l'index des tickets du 2021-02-02"),
    "a day missing from the index": (
        lambda folder: (folder / "index/2021/2021-01-30.jsonl").unlink(),
        "l'index des tickets du 2021-01-30",
    ),
    "a ticket in the index of another drawer": (
        edit_view("index/2021/2021-01-30.jsonl", '"1/2"', '"1/1"'),
        "l'index des tickets du 2021-01-30",
    ),
    "the mark of a void missing": (
        drop_the_mark_of_a_void,
        "l'index des tickets du 2021-01-31",
    ),
    "the mark of a void on another ticket": (
        edit_view("index/2021/2021-01-31.jsonl", "|v|1|2021-01-31|11", "|v|1|2021-01-31|12"),
        "l'index des tickets du 2021-01-31",
    ),
    "a void that waits for another ticket": (
        change_what_a_void_waits_for,
        "l'index des annulations de 2021",
    ),
    "a closure edited in the list": (
        edit_view("closures/2021.json", '"tickets":9', '"tickets":8'),
        "la clôture G000001",
    ),
    "a year of closures missing": (
        lambda folder: (folder / "closures/2021.json").unlink(),
        "la clôture C1.1-000001",
    ),
    "the open tickets of the state edited": (
        edit_view("state.json", '{"1/1":3}', '{"1/1":2}'),
        "l'état enregistré (state.json)",
    ),
    "a setting edited": (
        edit_view("settings.json", "Boulangerie", "Pâtisserie"),
        "les réglages (settings.json)",
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_that_lies_is_found_and_made_again(name, folder):
    tamper, what = VIEWS[name]
    tamper(folder)
    report = checked(folder)
    assert (report["ok"], report["first_bad"]) == (False, None)
    assert what in {problem["what"] for problem in report["problems"]}
    assert {problem["kind"] for problem in report["problems"]} == {"view"}
    with shop_in(folder) as shop:
        rebuild(shop)
    assert checked(folder)["ok"] is True


def test_views_are_not_made_again_over_damage(folder):
    edited(1, 4, '"total":100', '"total":900')(folder)
    before = (folder / "closures/2021.json").read_bytes()
    with shop_in(folder) as shop, pytest.raises(Damaged, match="le ticket n° 2 du 30/01/2021"):
        rebuild(shop)
    assert (folder / "closures/2021.json").read_bytes() == before


def test_rebuilding_gives_the_very_same_views(folder):
    names = ("state.json", "closures/2021.json", "settings.json", "corrections.json")
    before = {name: json.loads((folder / name).read_bytes()) for name in names}
    with shop_in(folder) as shop:
        rebuild(shop)
    assert {name: json.loads((folder / name).read_bytes()) for name in names} == before


def test_a_ticket_recorded_twice_is_found_though_every_chain_holds(folder):
    with shop_in(folder) as shop, shop.writing():
        body = all_records(folder)[-4]["body"]
        shop.append([shop.new_record("ticket", "ticket/1", body)])
    problem = checked(folder)["first_bad"]
    assert problem["kind"] == "double"
    assert problem["wrong"] == "le ticket 30 est enregistré deux fois"


def void(number: str, **more: Any) -> dict[str, Any]:
    """The body of a void of ticket 31, as it would be recorded."""
    made = ticket(number=number, at="2021-02-02T10:00", kind="void", ref="31", payments=[], **more)
    return ticket_json(made)


def test_a_ticket_taken_back_twice_is_found_though_every_chain_holds(folder):
    sold = sales(3, at="2021-02-02T08:00", first=30)[1]
    with shop_in(folder) as shop, shop.writing():
        shop.append([shop.new_record("ticket", "ticket/1", void("40", reverses=sold))])
        assert report_json(verify(shop))["ok"]
        shop.append([shop.new_record("ticket", "ticket/1", void("41", reverses=sold))])
    report = checked(folder)
    assert report["first_bad"]["what"] == "le ticket n° 41 du 02/02/2021"
    assert report["first_bad"]["wrong"] == "il annule un ticket qui était déjà annulé"
    assert report["found"] == 1


@pytest.mark.parametrize(
    ("ref", "day", "at"),
    [
        ("78", "2021-02-02", "2021-02-02T10:00:00+01:00"),  # another number
        ("77", "2021-01-02", "2021-02-02T10:00:00+01:00"),  # out of reach
        ("77", "2021-02-03", "2021-02-02T10:00:00+01:00"),  # sold after it
        ("77", "2021-02-02", "2021-02-02T10:01:00+01:00"),  # not that moment
    ],
)
def test_a_ticket_that_names_a_void_which_does_not_name_it_is_found(folder, ref, day, at):
    waits = {**void("40", findings=("unknown_ref",)), "ref": ref}
    by = VoidedBy("1|2021-02-02|40", "40", moment(at))
    sold = ticket(number="77", at=f"{day}T09:00", voided_by=by)
    with shop_in(folder) as shop, shop.writing():
        for body in (waits, ticket_json(sold)):
            shop.append([shop.new_record("ticket", "ticket/1", body)])
    report = checked(folder)
    assert report["first_bad"]["seq"] == 22
    assert (
        report["first_bad"]["wrong"] == "il se dit annulé par une annulation qui ne l'attendait pas"
    )


def test_a_list_that_cannot_be_read_is_set_aside_and_made_again(folder):
    (folder / "closures/2021.json").write_bytes(b"\x00" * 100)
    with shop_in(folder) as shop:
        assert [row["id"] for row in shop.closures()] == [
            *("C1.1-000001", "P1-000001", "G000001"),
            *("G000002", "M2021-01", "G000003"),
        ]
    report = checked(folder)
    assert report["ok"] is True
    assert report["set_aside"] == ["closures/2021.json.illisible-20210102-200000"]
