"""Count files, drawers and tills named at the command line: each fault told where it lies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cloture
from tests.factories import ticket


@pytest.fixture
def sold(cloture: Cloture, journal_file: Any) -> Cloture:
    """A shop with one sale of today in 1/1 and one in 2/1."""
    cloture.done(
        "import",
        journal_file(
            ticket("9,00", at="2026-01-05T08:00"),
            ticket("5,00", at="2026-01-05T08:10", till="2", payments="cb"),
        ),
    )
    return cloture


FAULTS = {
    '{"1/1": {"tenders": {"especes": 9.5}}}': ("caisse 1/1", "tenders especes", "« 9.5 »"),
    '{"2/1": {"left": -1}}': ("caisse 2/1", "left", "« -1 »"),
    '{"1/1": {"coins": {"dix": 2}}}': ("caisse 1/1", "coins", "« dix »"),
    '{"1/1": {"coins": {"1_0": 2}}}': ("caisse 1/1", "coins", "« 1_0 »"),
    '{"1/1": {"coins": {"7": 2}}}': ("caisse 1/1", "aucune pièce", "7 centimes"),
    '{"1/1": {"coins": {"0": 2}}}': ("caisse 1/1", "aucune pièce", "0 centimes"),
    '{"1/1": {"tender": {}}}': ("caisse 1/1", "« tender »"),
    '{"1/1": {"reason": 3}}': ("caisse 1/1", "reason", "« 3 »"),
    '{"1/1": 900}': ("caisse 1/1", "« 900 »"),
    '{"1/1": {}, "1/1": {}}': ("« 1/1 » y est deux fois",),
    '{"1/1": {"tenders": {"cb": 1, "CB": 2}}}': ("caisse 1/1", "« CB » y est deux fois"),
    '{"caisse": {}}': ("« caisse » n'est pas une caisse",),
    "[]": ("n'est pas un objet",),
    "{": ("pas du JSON",),
    " " * (1 << 20) + "{}": ("1 Mio",),
}


@pytest.mark.parametrize(("text", "words"), FAULTS.items(), ids=lambda v: str(v)[:40])
def test_a_fault_of_a_count_file_is_told_where_it_lies(
    sold: Cloture, tmp_path: Path, text: str, words: tuple[str, ...]
):
    file = tmp_path / "comptage.json"
    file.write_text(text, encoding="utf-8")
    said = sold.refused("close", "general", "--count", file)
    for word in (str(file), *words):
        assert word in said


def test_a_correction_with_an_empty_file_is_refused(sold: Cloture, tmp_path: Path):
    sold.done("close", "general")
    file = tmp_path / "comptage.json"
    file.write_text("{}", encoding="utf-8")
    assert "aucune caisse" in sold.refused("cash", "correct", "G000001", "--count", file)


def test_a_drawer_that_nobody_knows_is_refused(sold: Cloture, tmp_path: Path):
    file = tmp_path / "comptage.json"
    file.write_text('{"9/1": {"tenders": {"especes": 1}}}', encoding="utf-8")
    for line in (
        ["close", "general", "--count", file],
        ["close", "caisse", "9/1", "--allow-empty"],
        ["x", "--scope", "caisse:9/1"],
        ["cash", "in", "100", "--drawer", "9/1", "--reason", "x"],
        ["cash", "out", "100", "--drawer", "9/1", "--reason", "x"],
        ["cash", "float", "100", "--drawer", "9/1"],
    ):
        said = sold.refused(*line)
        assert "9/1 n'est pas connu" in said
        assert "1/1, 2/1" in said


def test_a_drawer_of_the_settings_is_known_before_its_first_ticket(sold: Cloture):
    sold.done("settings", "set", "tills.drawers", "1/1,2/1,3/1")
    sold.done("cash", "float", "100", "--drawer", "3/1")


def test_a_till_that_nobody_knows_is_refused(sold: Cloture):
    for line in (
        ["close", "general", "--till-z", "zz:1:1400"],
        ["close", "poste", "zz", "--allow-empty"],
        ["x", "--scope", "poste:zz"],
    ):
        said = sold.refused(*line)
        assert "Le poste zz n'est pas connu" in said
        assert "1, 2" in said


def test_a_reading_that_ends_in_a_closed_period_is_refused_as_a_closure_is(sold: Cloture):
    sold.done("close", "general")
    asked = ["--until", "2026-01-04"]
    assert sold.refused("x", *asked) == sold.refused("close", "general", *asked)


@pytest.mark.parametrize("text", ["٣", "1_0", "+5", " 5"])
def test_cents_are_plain_digits(sold: Cloture, text: str):
    sold.refused("cash", "in", text, "--drawer", "1/1", "--reason", "x", code=2)
    sold.refused("close", "general", "--till-z", f"1:2:{text}", code=2)


def test_an_unknown_kind_of_closure_is_told_with_the_choices(sold: Cloture):
    said = sold.refused("closures", "--kind", "foo", code=2)
    assert "general, poste, caisse, month, year" in said


def test_a_drawer_written_wrong(sold: Cloture):
    said = sold.refused("cash", "float", "1", "--drawer", "zz", code=2)
    assert said == "« zz » n'est pas une caisse : écrivez 1/1."


def test_the_text_of_a_z_shows_the_drawers_whole_and_the_till_s_own_z(
    sold: Cloture, tmp_path: Path
):
    sold.done("cash", "float", "10000", "--drawer", "1/1")
    sold.done("cash", "out", "200", "--drawer", "1/1", "--reason", "timbres")
    count = {
        "1/1": {"tenders": {"especes": 10690}},
        "2/1": {"tenders": {"especes": 0, "cb": 450}},
    }
    file = tmp_path / "comptage.json"
    file.write_text(json.dumps(count), encoding="utf-8")
    text = sold("close", "general", "--count", file, "--till-z", "2:55:600").out
    rows = [" ".join(line.split()) for line in text.splitlines()]
    start = rows.index("CAISSE 1/1")
    assert rows[start + 1 : start + 9] == [
        "Fond de caisse 100,00 €",
        "déclaré à 20 h 00 100,00 €",
        "Espèces reçues 9,00 €",
        "Entrées et sorties -2,00 €",
        "sortie à 20 h 00 : timbres -2,00 €",
        "Théorique 107,00 €",
        "Compté 106,90 €",
        "Écart -0,10 €",
    ]
    card = next(i for i, row in enumerate(rows) if row.endswith("théorique 5,00 €"))
    assert rows[card + 1 : card + 3] == ["compté 4,50 €", "écart -0,50 €"]
    z = rows.index("Poste 2, Z n° 55 6,00 €")
    assert rows[z + 1] == "écart +1,00 €"


def test_one_is_singular(sold: Cloture, journal_file: Any):
    path = journal_file(ticket("1,00", number="9", at="2026-01-05T09:00"), name="un.jsonl")
    assert "un.jsonl : 1 ticket pris" in sold("import", path).out
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    assert "(1 ligne illisible)" in sold("import", path).err
    assert "7 numéros de ticket manquants (ex. 1 → 9)" in " ".join(sold("x").out.split())
    sold.done("close", "general")
    assert "et 1 clôture." in sold("verify").out


def test_a_new_folder_has_its_inbox(cloture: Cloture):
    cloture.done("cash", "float", "100", "--drawer", "1/1")
    assert (cloture.folder / "inbox").is_dir()


def test_a_year_closed_already_is_told_so(sold: Cloture):
    sold.done("close", "general")
    sold.later(days=365)
    sold.done("close", "year", "--confirm-clock")
    said = sold.refused("close", "year")
    assert "l'exercice 2026 l'est déjà" in said


def test_what_follows_a_whole_day_opens_with_the_next_second(sold: Cloture, journal_file: Any):
    sold.done("close", "general", "--until", "2026-01-05")
    path = journal_file(ticket("1,00", number="2", at="2026-01-06T09:00"))
    sold.later(days=1)
    sold.done("import", path)
    assert sold.done("x")["opened_at"] == "2026-01-06T05:00:00+01:00"


def test_a_tender_that_the_shop_does_not_know_is_counted_and_told(sold: Cloture, tmp_path: Path):
    file = tmp_path / "comptage.json"
    tenders = {"epseces": 900, "titre_restaurant": 0, "cheque": 100, "paypal": 0}
    file.write_text(json.dumps({"1/1": {"tenders": tenders}}), encoding="utf-8")
    made = sold.done("close", "general", "--count", file)
    # A cheque too many is a difference; only the first of these is no word of the shop's.
    assert [f for f in made["findings"] if f["kind"].startswith("count")] == [
        {"kind": "count_unknown", "day": "2026-01-05", "count": 1, "example": "epseces, 1/1"}
    ]
