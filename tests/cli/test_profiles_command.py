"""`profiles propose`: what is proposed is read aloud, compared, and kept only when asked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Cloture
from tests.formats.till_samples import write_samples


@pytest.fixture
def logics(tmp_path: Path) -> Path:
    """A made-up export of one day."""
    return write_samples(tmp_path / "caisse", "logics")[0]


def flat(text: str) -> str:
    """A text without the spaces that line its columns up."""
    return re.sub(" +", " ", text)


def test_a_proposal_is_told_and_nothing_is_kept(cloture: Cloture, logics: Path):
    answer = cloture("profiles", "propose", logics)
    assert answer.code == 0
    for words in (
        "texte (utf-8 ou cp1252), un point-virgule entre les colonnes.",
        "N° de ticket Num_Ticket ex. 801",
        "Les centimes suivent : le point (12.50)",
        "Le jour et le mois peuvent s'échanger",
        "05/03/2026 : 3 tickets, 8,00\u00a0€",
        "801, 05/03/2026 à 10 h 01, 6,00\u00a0€ : PUZZLE, BALLE",
        "Rien n'est gardé.",
    ):
        assert words in flat(answer.out)
    assert not cloture.folder.exists()


def test_the_same_for_a_script(cloture: Cloture, logics: Path):
    said = cloture.done("profiles", "propose", logics, "--name", "bar", "--label", "Le bar")
    assert (said["name"], said["profile"]["label"], said["saved"]) == ("bar", "Le bar", None)
    assert said["days"] == [{"day": "2026-03-05", "tickets": 3, "total": 800}]
    assert (said["tickets"], said["total"], said["rejected"]) == (3, 800, 0)
    assert said["first"][0]["number"] == "801"
    columns = {row["key"]: row["column"] for row in said["columns"]}
    assert columns["columns.total"] == "Total TTC"
    assert columns["columns.method"] is None
    assert "columns.customer_name" not in columns
    keys = [question["key"] for question in said["questions"]]
    assert keys == ["moments", "decimal", "amounts", "vat"]
    assert len(said["doubts"]) == 2


def test_a_kept_profile_reads_the_file_it_was_made_from(cloture: Cloture, logics: Path):
    said = cloture.done(
        *("profiles", "propose", logics, "--name", "bar", "--label", "Le bar", "--save"),
        *("--by", "Anne"),
    )
    assert Path(said["saved"]) == cloture.folder / "profiles" / "bar.json"
    assert json.loads(Path(said["saved"]).read_text("utf-8")) == said["profile"]
    listed = {row["name"]: row["label"] for row in cloture.done("profiles")["profiles"]}
    assert listed["bar"] == "Le bar"
    assert cloture.done("import", logics, "--profile", "bar")["accepted"] == 3
    event = cloture.done("events")["events"][1]
    assert (event["text"], event["by"]) == ("Caisse « Le bar » ajoutée (profil bar)", "Anne")


def test_what_was_proposed_is_changed(cloture: Cloture, logics: Path):
    said = cloture.done(
        *("profiles", "propose", logics, "--set", "columns.total=", "--set", "vat=5.50"),
        *("--set", "columns.vat=", "--set", "columns.tva=", "--set", "columns.ht="),
    )
    assert "total" not in said["profile"]["columns"]
    assert (said["total"], said["profile"]["defaults"]) == (800, {"vat": "5.50"})
    assert said["first"][0]["lines"][0]["vat"] == "5.50"


def test_names_that_are_taken_or_can_be_none(cloture: Cloture, logics: Path):
    words = ("profiles", "propose", logics)
    assert "--name caisse-bar" in cloture.refused(*words, "--save", code=2)
    for name in ("Bar", "bar/1", "../bar", "é", "-bar", "x" * 41, ""):
        assert cloture.refused(*words, f"--name={name}", "--save", code=2)
    assert "connaît déjà" in cloture.refused(*words, "--name", "zettle", "--save")
    cloture.done(*words, "--name", "bar", "--save")
    assert "existe déjà" in cloture.refused(*words, "--name", "bar", "--save")
    cloture.done(*words, "--name", "bar", "--save", "--replace", "--label", "Autre")
    listed = {row["name"]: row["label"] for row in cloture.done("profiles")["profiles"]}
    assert listed["bar"] == "Autre"


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ("decimal", 2, "n'est pas de la forme CLÉ=VALEUR"),
        ("columns.prix=x", 2, "« prix » n'est pas un champ"),
        ("columns.total=Absente", 2, "n'a pas de colonne « Absente »"),
        ("decimal=;", 1, "clé « decimal »"),
        ("columns.date=Article", 1, "ne donne pas de date"),
        ("vat=beaucoup", 1, "clé « defaults.vat »"),
    ],
)
def test_changes_that_make_no_sense(cloture: Cloture, logics: Path, change, code, sentence):
    assert sentence in cloture.refused("profiles", "propose", logics, "--set", change, code=code)


def test_files_that_suggest_nothing(cloture: Cloture, tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("Bonjour\n", encoding="utf-8")
    assert "n'a pas d'en-tête" in cloture.refused("profiles", "propose", path)
    assert "n'existe pas" in cloture.refused("profiles", "propose", tmp_path / "absent.csv")


def test_a_second_file_is_told_with_its_columns(cloture: Cloture, tmp_path: Path):
    files = write_samples(tmp_path, "loyverse")
    answer = cloture("profiles", "propose", *files)
    assert "Colonnes du fichier des règlements, receipts.csv :" in answer.out
    assert "Mode de règlement Payment type ex. Card" in flat(answer.out)
    assert "13/03/2026 : 3 tickets, 15,50\u00a0€" in answer.out
    assert "1 ticket connu par son seul règlement" in answer.out


def test_lines_that_do_not_read_are_shown(cloture: Cloture, tmp_path: Path):
    path = tmp_path / "bar.csv"
    rows = "".join(f"25/03/2026;{n};Thé;1,00\n" for n in range(9))
    path.write_text(f"Date;Ticket;Article;Total\n{rows}26/03/2026;9;Thé;x\n", encoding="utf-8")
    answer = cloture("profiles", "propose", path)
    assert "1 ligne ne se lit pas :" in answer.out
    assert "ligne 11 : total illisible : « x »" in answer.out
    assert cloture.done("profiles", "propose", path)["rejected"] == 1
