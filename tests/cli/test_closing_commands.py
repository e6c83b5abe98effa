"""Tickets in, readings, closures, cash: what each command says, in text and in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import DiskFull
from app.store import disk
from tests.conftest import Cloture, journal_text
from tests.factories import line, ticket

FIGURES = {
    "tickets",
    "first_ticket",
    "last_ticket",
    "sales",
    "refunds",
    "discounts",
    "total",
    "vat",
    "outside",
    "tenders",
    "families",
    "cashiers",
    "hours",
}
CLOSURE = {
    "id",
    "kind",
    "code",
    "number",
    "business_day",
    "opened_at",
    "closed_at",
    "until",
    "by",
    "simulation",
    "own",
    "figures",
    "cash",
    "period_total",
    "perpetual_total",
    "perpetual_absolute",
    "covers",
    "till_z",
    "findings",
    "follow_ups",
    "fingerprint",
    "signature",
}
CASH = {
    "drawer",
    "float",
    "received",
    "moves",
    "expected",
    "counted",
    "difference",
    "reason",
    "left",
    "banked",
    "tenders",
}


@pytest.fixture
def sold(cloture: Cloture, journal_file: Any) -> Cloture:
    """A shop with four sales of today: 9,00 € in 1/1, 5,00 € in 1/2, 20,00 € in 2/1, a refund."""
    tickets = (
        ticket("9,00", number="1", at="2026-01-05T08:00"),
        ticket("5,00", number="2", at="2026-01-05T09:00", drawer="2", payments="cb"),
        ticket("20,00", number="1", at="2026-01-05T10:00", till="2"),
        ticket("-2,00", number="3", at="2026-01-05T11:00", kind="refund"),
    )
    cloture.done("import", journal_file(*tickets))
    return cloture


def test_import_says_what_was_taken(cloture: Cloture, journal_file: Any):
    path = journal_file(ticket(number="1"), ticket(number="3", at="2021-01-02T09:00"))
    first = cloture.done("import", path)
    assert set(first) >= {
        "accepted",
        "duplicates",
        "conflicts",
        "rejected",
        "late",
        "findings",
        "files",
    }
    assert (first["accepted"], first["duplicates"]) == (2, 0)
    assert first["findings"] == [
        {"kind": "gap", "day": "2021-01-02", "count": 1, "example": "1 → 3"}
    ]
    again = cloture("import", path)
    assert (again.code, again.err) == (0, "")
    assert "0 ticket pris, 2 déjà connus" in again.out


def test_a_file_that_cannot_be_read_whole_is_not_taken(cloture: Cloture, journal_file: Any):
    path = journal_file(ticket(number="1"))
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    answer = cloture("import", path, "--json")
    assert answer.code == 1
    assert answer.json["accepted"] == 0
    assert answer.json["error"]["code"] == "unreadable_ticket"
    assert "ligne 2" in answer.err
    part = cloture("import", path, "--accept-partial", "--json")
    assert (part.code, part.json["accepted"], part.json["rejected"]) == (3, 1, 1)


def test_some_of_several_files_is_done_in_part(cloture: Cloture, journal_file: Any, tmp_path: Path):
    answer = cloture("import", journal_file(ticket()), tmp_path / "absent.jsonl", "--json")
    assert answer.code == 3
    assert answer.json["accepted"] == 1
    assert "absent.jsonl" in answer.err
    cloture.refused("import", tmp_path / "absent.jsonl")


def test_a_disk_that_fills_up_between_files_is_done_in_part(
    cloture: Cloture, journal_file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first = journal_file(ticket(number="1"))
    paths = [tmp_path / f"{number}.jsonl" for number in (2, 3)]
    for number, path in enumerate(paths, 2):
        path.write_text(journal_text(ticket(number=str(number))), encoding="utf-8")
    append = disk.append

    def full(path: Path, offset: int, chunks: Any) -> int:
        if offset:
            raise DiskFull("Le disque est plein : rien n'a été changé.")
        return append(path, offset, chunks)

    monkeypatch.setattr(disk, "append", full)
    answer = cloture("import", first, *paths, "--json")
    assert (answer.code, answer.json["accepted"]) == (3, 1)
    taken = [(Path(row["file"]).name, row["taken"]) for row in answer.json["files"]]
    assert taken == [(first.name, True), ("2.jsonl", False), ("3.jsonl", False)]
    assert "Le disque est plein" in answer.err
    # with nothing taken at all it is a refusal
    assert "Le disque est plein" in cloture.refused("import", *paths)


def test_a_profile_that_is_not_there_is_told(cloture: Cloture, journal_file: Any):
    assert "journal" in cloture.refused("import", journal_file(ticket()), "--profile", "clyo")


def test_a_reading_closes_nothing(sold: Cloture):
    first, second = sold.done("x"), sold.done("x")
    assert set(first) >= CLOSURE
    assert (first["id"], first["number"], first["fingerprint"]) == (None, None, None)
    assert set(first["figures"]) >= FIGURES
    assert first["figures"] == second["figures"]
    assert (first["figures"]["tickets"], first["figures"]["total"]) == (4, 3200)
    assert set(first["own"]["tills"]) == {"1", "2"}
    assert "Lecture X — GÉNÉRALE" in sold("x").out


@pytest.mark.parametrize(
    ("scope", "total"), [("poste:1", 1200), ("caisse:1/2", 500), ("caisse:2/1", 2000)]
)
def test_a_reading_of_a_scope(sold: Cloture, scope: str, total: int):
    assert sold.done("x", "--scope", scope)["figures"]["total"] == total


def test_a_reading_up_to_a_moment(sold: Cloture):
    assert sold.done("x", "--until", "2026-01-05T09:00")["figures"]["total"] == 1400
    assert sold.done("x", "--until", "2026-01-04")["figures"]["tickets"] == 0


def test_what_comes_next(sold: Cloture):
    following = sold.done("next")
    assert (following["tickets"], following["today"]) == (4, "2026-01-05")
    assert [(row["till"], row["last_ticket"]) for row in following["tills"]] == [
        ("1", "3"),
        ("2", "1"),
    ]
    said = "Poste 1 : dernier ticket n° 3 le 05/01/2026 à 11 h 00, il y a 9 h 00."
    assert said in sold("next").out
    sold.later(days=2)
    assert "à 11 h 00, il y a 2 jours." in sold("next").out


def test_closures_of_each_kind(sold: Cloture, tmp_path: Path):
    count = tmp_path / "comptage.json"
    count.write_text(json.dumps({"1/1": {"tenders": {"especes": 690}, "left": 500}}), "utf-8")
    drawer = sold.done("close", "caisse", "1/1", "--count", count, "--by", "Anne")
    assert set(drawer) >= CLOSURE
    [row] = drawer["cash"]
    assert set(row) >= CASH
    assert (row["expected"], row["counted"], row["difference"]) == (700, 690, -10)
    assert (drawer["id"], drawer["by"]) == ("C1.1-000001", "Anne")
    till = sold.done("close", "poste", "1", "--till-z", "1:55:1200")
    assert (till["id"], till["covers"]) == ("P1-000001", ["C1.1-000001"])
    assert till["figures"]["total"] == 1200
    general = sold.done("close", "general")
    assert general["id"] == "G000001"
    assert general["covers"] == ["C1.1-000001", "P1-000001"]
    assert general["figures"]["total"] == 3200
    assert sold.done("z", "P1-000001") == till


def test_nothing_to_close_is_refused_unless_asked_for(sold: Cloture):
    sold.done("close", "general")
    assert "Rien à clôturer" in sold.refused("close", "general")
    assert sold.done("close", "general", "--allow-empty")["figures"]["tickets"] == 0


def test_a_month_that_is_not_over_is_refused(sold: Cloture):
    sold.done("close", "general")
    sold.refused("close", "month")
    sold.later(days=31)
    assert "le dernier ticket est du 05/01/2026" in sold.refused("close", "month")
    assert sold.done("close", "month", "--confirm-clock")["id"] == "M2026-01"


@pytest.mark.parametrize("kind", ["month", "year"])
@pytest.mark.parametrize(
    "more",
    [
        ["2026-01"],
        ["--until", "2026-01-31"],
        ["--count", "comptage.json"],
        ["--till-z", "1:2:3"],
        ["--allow-empty"],
    ],
    ids=" ".join,
)
def test_a_period_takes_nothing_but_who_and_the_clock(sold: Cloture, kind: str, more: list[str]):
    sold.done("close", "general")
    sold.later(days=400)
    assert f"ne prend pas {more[0]}" in sold.refused(
        "close", kind, *more, "--confirm-clock", code=2
    )
    assert sold.done("close", kind, "--confirm-clock", "--by", "Anne")["by"] == "Anne"


def test_a_clock_in_doubt_is_refused_until_confirmed(sold: Cloture):
    sold.later(days=3)
    assert "05/01/2026" in sold.refused("close", "general")
    assert sold.done("close", "general", "--confirm-clock")["id"] == "G000001"


def test_an_end_before_a_closed_period_is_refused(sold: Cloture):
    sold.done("close", "general")
    sold.refused("close", "general", "--until", "2026-01-04")


def test_only_the_master_closes(sold: Cloture):
    sold.done("settings", "set", "shop.role", "secondary")
    assert "caisse maître" in sold.refused("close", "general")


def test_the_list_of_closures(sold: Cloture):
    sold.done("close", "poste", "2")
    sold.done("close", "general")
    rows = sold.done("closures")["closures"]
    assert [row["id"] for row in rows] == ["P2-000001", "G000001"]
    assert {"id", "kind", "business_day", "closed_at", "tickets", "total"} <= set(rows[0])
    assert len(sold.done("closures", "--kind", "general")["closures"]) == 1
    assert sold.done("closures", "--from", "2026-01-06")["closures"] == []
    assert len(sold.done("closures", "--to", "2026-01-05")["closures"]) == 2
    assert "G000001" in sold("closures").out


def test_a_z_is_shown_again(sold: Cloture):
    closed = sold("close", "general").out
    assert closed.startswith("Clôture terminée. Ticket Z n° 1 (G000001) — GÉNÉRALE")
    assert sold("z", "G000001").out == closed.removeprefix("Clôture terminée. ")


def test_cash_moves_and_float(sold: Cloture):
    sold.done("cash", "float", "15000", "--drawer", "1/1")
    moved = sold.done("cash", "out", "2000", "--drawer", "1/1", "--reason", "timbres")
    assert (moved["kind"], moved["amount"], moved["reason"]) == ("out", 2000, "timbres")
    sold.done("cash", "in", "500", "--drawer", "1/1", "--reason", "monnaie")
    row = next(r for r in sold.done("x")["cash"] if r["drawer"] == "1/1")
    assert (row["float"], row["moves"]) == (15000, -1500)
    assert "timbres" not in sold("cash", "in", "100", "--drawer", "1/1", "--reason", "x").out


def test_a_count_is_corrected_by_an_added_record(sold: Cloture, tmp_path: Path):
    count = tmp_path / "comptage.json"
    count.write_text('{"1/1": {"tenders": {"especes": 690}}}', encoding="utf-8")
    before = sold.done("close", "general", "--count", count)
    count.write_text('{"1/1": {"tenders": {"especes": 700}}}', encoding="utf-8")
    made = sold.done("cash", "correct", "G000001", "--count", count, "--by", "Anne")
    assert [row["drawer"] for row in made["corrections"]] == ["1/1"]
    after = sold.done("z", "G000001")
    assert after["cash"] == before["cash"]  # nothing is overwritten
    assert after["corrections"][0]["after"]["counted"] == 700
    sold.refused("cash", "correct", "G000009", "--count", count)


def test_counts_are_corrected_all_or_none(sold: Cloture, tmp_path: Path):
    """One of two drawers was not counted: the other is not corrected either."""
    count = tmp_path / "comptage.json"
    count.write_text('{"1/1": {"tenders": {"especes": 690}}}', encoding="utf-8")
    sold.done("close", "general", "--count", count)
    both = '{"1/1": {"tenders": {"especes": 700}}, "2/1": {"tenders": {"especes": 2000}}}'
    count.write_text(both, encoding="utf-8")
    said = sold.refused("cash", "correct", "G000001", "--count", count)
    assert "Le tiroir 2/1 n'a pas été compté à la clôture G000001" in said
    assert sold.done("z", "G000001")["corrections"] == []


def test_a_correction_may_be_counted_by_coins(sold: Cloture, tmp_path: Path):
    count = tmp_path / "comptage.json"
    count.write_text('{"1/1": {"tenders": {"especes": 690}}}', encoding="utf-8")
    sold.done("close", "general", "--count", count)
    count.write_text('{"1/1": {"coins": {"500": 1, "100": 2}}}', encoding="utf-8")
    [made] = sold.done("cash", "correct", "G000001", "--count", count)["corrections"]
    assert (made["after"]["counted"], made["after"]["difference"]) == (700, 0)


def test_profiles_are_listed(cloture: Cloture):
    names = [row["name"] for row in cloture.done("profiles")["profiles"]]
    assert {"journal", "boulangerie"} <= set(names)
    assert "boulangerie" in cloture("profiles").out


def test_a_check_of_the_record(sold: Cloture):
    sold.done("close", "general")
    assert sold.done("verify")["ok"] is True
    assert sold.done("verify", "--deep")["ok"] is True
    journal = next((sold.folder / "journal").glob("J000001.jsonl"))
    journal.write_bytes(journal.read_bytes().replace(b'"total":900', b'"total":901'))
    answer = sold("verify", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert answer.err


def test_events_are_listed(sold: Cloture):
    sold.done("settings", "set", "shop.name", "Dupont")
    events = sold.done("events")["events"]
    assert any("tickets.jsonl" in event["text"] for event in events)
    assert sold.done("events", "--from", "2026-01-06")["events"] == []


def test_outside_turnover_is_shown_apart(cloture: Cloture, journal_file: Any):
    card = line("30,00", nature="gift_card", label="CARTE CADEAU")
    cloture.done("import", journal_file(ticket("9,00", card, at="2026-01-05T08:00")))
    figures = cloture.done("x")["figures"]
    assert (figures["total"], figures["outside"]) == (
        900,
        [{"nature": "gift_card", "amount": 3000}],
    )
    assert sum(row["expected"] for row in figures["tenders"]) == 3900
