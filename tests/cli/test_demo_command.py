"""`demo`: a believable bakery, the same for the same seed, its days closed but the last."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.moments import moment_from_text
from tests.conftest import EVENING, Cloture


def bodies(cloture: Cloture, kind: str) -> list[dict[str, Any]]:
    """What the journal holds of a type."""
    with cloture.open() as shop:
        return [kept.record["body"] for kept in shop.records(kind) if kept.record]


def test_three_days_of_which_the_last_is_open(cloture: Cloture):
    made = cloture.done("demo")
    assert made["simulation"] is True
    assert [(row["day"], row["closure"]) for row in made["days"]] == [
        ("2026-01-03", "G000001"),
        ("2026-01-04", "G000002"),
        ("2026-01-05", None),
    ]
    assert all(150 <= row["tickets"] <= 250 for row in made["days"])
    following = cloture.done("next")
    assert [row["day"] for row in following["days"]] == ["2026-01-05"]
    assert following["tickets"] == made["days"][-1]["tickets"]
    assert cloture("settings", "get", "shop.name").out == "Boulangerie de démonstration\n"


def test_it_looks_like_a_bakery(cloture: Cloture):
    cloture.done("demo")
    tickets = bodies(cloture, "ticket")
    lines = [line for ticket in tickets for line in ticket["lines"]]
    kinds = Counter(ticket["kind"] for ticket in tickets)
    assert {f"{t['till']}/{t['drawer']}" for t in tickets} == {"1/1", "1/2", "2/1"}
    assert len({t["cashier"] for t in tickets}) == 4
    assert {line.get("vat") for line in lines} == {"5.50", "10.00", "20.00", None}
    assert {line["nature"] for line in lines} == {"goods", "services", "gift_card"}
    assert {p["method"] for t in tickets for p in t["payments"]} == {
        "especes",
        "cb",
        "cheque",
        "titre_restaurant",
    }
    assert kinds["refund"] >= 3
    assert kinds["void"] >= 1
    assert sum(line.get("discount", 0) > 0 for line in lines) >= 6
    assert cloture.done("z", "G000001")["findings"] == []


def test_each_closed_day_was_counted_with_a_small_difference(cloture: Cloture):
    cloture.done("demo", "--days", "8")
    for number in range(1, 8):
        z = cloture.done("z", f"G{number:06d}")
        assert z["simulation"] is True
        assert z["until"][11:16] == "04:59"  # the end of its business day
        assert [row["drawer"] for row in z["cash"]] == ["1/1", "1/2", "2/1"]
        for row in z["cash"]:
            assert abs(row["difference"]) <= 120
            assert row["left"] == 15000
            assert row["left"] + row["banked"] == row["counted"]
    differences = [
        row["difference"] for n in range(1, 8) for row in cloture.done("z", f"G{n:06d}")["cash"]
    ]
    assert any(differences)


def test_the_same_seed_and_moment_give_the_same_shop(tmp_path: Path):
    shops = [Cloture(tmp_path / name) for name in ("a", "b", "c")]
    for shop, seed in zip(shops, (7, 7, 8), strict=True):
        shop.done("demo", "--days", "2", "--seed", seed)
    first, same, other = (bodies(shop, "ticket") + bodies(shop, "closure") for shop in shops)
    assert first == same
    assert first != other


NOWS = {
    "2026-01-05T20:00": "2026-01-05",
    "2026-01-05T10:15": "2026-01-05",
    "2026-01-05T07:30": "2026-01-04",  # hardly open
    "2026-01-05T00:30": "2026-01-04",  # still yesterday's business day
    "2026-03-29T02:30": "2026-03-28",  # an hour that does not exist
    "2026-10-25T20:00": "2026-10-25",
}


@pytest.mark.parametrize(("now", "last"), NOWS.items())
def test_the_last_day_is_the_business_day_of_now(cloture: Cloture, now: str, last: str):
    cloture.now = moment_from_text(now)
    assert cloture.done("demo", "--days", "2")["days"][-1]["day"] == last
    moments = [datetime.fromisoformat(ticket["at"]) for ticket in bodies(cloture, "ticket")]
    assert max(moments) <= cloture.now


def test_the_open_day_closes_without_more_ado(cloture: Cloture):
    cloture.done("demo")
    closed = cloture.done("close", "general")
    assert (closed["id"], closed["business_day"]) == ("G000003", "2026-01-05")
    cloture.refused("close", "general")


def test_it_never_touches_a_folder_that_holds_something(cloture: Cloture, tmp_path: Path):
    cloture.done("demo", "--days", "1")
    tickets = len(bodies(cloture, "ticket"))
    assert "dossier vide" in cloture.refused("demo")
    assert len(bodies(cloture, "ticket")) == tickets

    real = Cloture(tmp_path / "vraie")
    real.done("settings", "set", "shop.name", "Dupont")
    real.refused("demo")
    other = Cloture(tmp_path / "autre")
    other.folder.mkdir()
    (other.folder / "photo.jpg").write_bytes(b"x")
    other.refused("demo")
    assert [path.name for path in other.folder.iterdir() if path.name != "Log"] == ["photo.jpg"]


@pytest.mark.parametrize("days", ["0", "-1", "401", "1000000000"])
def test_a_number_of_days_that_makes_no_sense(cloture: Cloture, days: str):
    assert "de 1 à 400" in cloture.refused("demo", f"--days={days}", code=2)
    assert not (cloture.folder / "dossier.json").exists()


def test_a_day_takes_less_than_two_seconds(cloture: Cloture):
    start = time.perf_counter()
    cloture.done("demo", "--days", "10")
    assert time.perf_counter() - start < 20


def test_days_end_with_the_month(cloture: Cloture):
    cloture.now = EVENING - timedelta(days=3)  # the 2nd: the month closed on the way
    cloture.done("demo", "--days", "4")
    made = [row["id"] for row in cloture.done("closures")["closures"]]
    assert made == ["G000001", "G000002", "M2025-12", "A2025", "G000003"]
