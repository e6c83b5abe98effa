"""Bad input at the command line: each told in one sentence, nothing changed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cloture, journal_text
from tests.factories import ticket


@pytest.fixture
def sold(cloture: Cloture, journal_file: Any) -> Cloture:
    """A shop with one sale of today."""
    cloture.done("import", journal_file(ticket("9,00", at="2026-01-05T08:00")))
    return cloture


def record(cloture: Cloture) -> dict[str, bytes]:
    """The shop's record as it lies on disk."""
    return {p.name: p.read_bytes() for p in sorted((cloture.folder / "journal").glob("*.jsonl"))}


MOMENTS = [
    "demain",
    "",
    "2026-13-01",
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59:59",
    "2026-01-05T25:00",
    "05/01/2026",
    "2026-01-05\x00",
    "NaN",
    "1e400",
]


@pytest.mark.parametrize("text", MOMENTS)
def test_an_until_that_is_no_moment(sold: Cloture, text: str):
    before = record(sold)
    for line in (["close", "general"], ["x"]):
        assert "n'est pas une date" in sold.refused(*line, f"--until={text}", code=2)
    assert record(sold) == before


@pytest.mark.parametrize("text", ["hier", "2026-02-30", "0000-01-01", "99999-01-01"])
def test_a_span_that_is_no_date(sold: Cloture, text: str):
    for line in (["closures", "--from"], ["closures", "--to"], ["events", "--from"]):
        assert "n'est pas une date" in sold.refused(*line, text, code=2)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_span_far_away_is_only_empty_or_full(sold: Cloture, text: str):
    sold.done("close", "general")
    before, after = (sold.done("closures", o, text)["closures"] for o in ("--from", "--to"))
    assert len(before) + len(after) == 1
    assert sold("events", "--from", text).code == 0


SCOPES = ["magasin", "poste", "poste:", "poste:1/1", "caisse:1", "general:1", "poste:a/b", ":", ""]


@pytest.mark.parametrize("scope", SCOPES)
def test_an_unknown_scope(sold: Cloture, scope: str):
    sold.refused("x", f"--scope={scope}", code=2)


@pytest.mark.parametrize("line", [["magasin"], ["poste"], ["caisse", "1"], ["general", "1"], [""]])
def test_an_unknown_kind_of_closure(sold: Cloture, line: list[str]):
    sold.refused("close", *line, code=2)


@pytest.mark.parametrize("name", ["G000009", "G1", "Z", "P1-000001", "../journal", "", "é"])
def test_an_id_that_does_not_exist(sold: Cloture, tmp_path: Path, name: str):
    sold.done("close", "general")
    assert "closures" in sold.refused("z", "--", name)
    assert "jobs" in sold.refused("jobs", "retry", "--", name)
    assert "users list" in sold.refused("users", "remove", "--", name)
    count = tmp_path / "c.json"
    count.write_text('{"1/1": {"tenders": {"especes": 1}}}', encoding="utf-8")
    sold.refused("cash", "correct", "--count", count, "--", name)


COUNTS = {
    "a list": "[]",
    "a list of drawers": '["1/1"]',
    "a number": "12",
    "null": "null",
    "nothing": "",
    "not JSON": "{1/1: 900}",
    "a drawer that is a list": '{"1/1": []}',
    "a drawer that is a number": '{"1/1": 900}',
    "a float": '{"1/1": {"tenders": {"especes": 9.00}}}',
    "a text": '{"1/1": {"tenders": {"especes": "900"}}}',
    "NaN": '{"1/1": {"tenders": {"especes": NaN}}}',
    "Infinity": '{"1/1": {"tenders": {"especes": Infinity}}}',
    "1e400": '{"1/1": {"tenders": {"especes": 1e400}}}',
    "true": '{"1/1": {"tenders": {"especes": true}}}',
    "null cents": '{"1/1": {"tenders": {"especes": null}}}',
    "negative": '{"1/1": {"tenders": {"especes": -1}}}',
    "far too much": '{"1/1": {"tenders": {"especes": 99999999999999999999}}}',
    "a tender list": '{"1/1": {"tenders": ["especes"]}}',
    "a wrong key": '{"1/1": {"tender": {"especes": 900}}}',
    "a coin that is none": '{"1/1": {"coins": {"dix": 2}}}',
    "a coin that does not exist": '{"1/1": {"coins": {"7": 2}}}',
    "half a coin": '{"1/1": {"coins": {"500": 0.5}}}',
    "a drawer elsewhere": '{"1/1": {"tenders": {"especes": 9}}, "2/1": {"tenders": {}}}',
    "too deep": "[" * 100_000,
    "not UTF-8": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("content", COUNTS.values(), ids=COUNTS)
def test_a_count_that_is_none(sold: Cloture, tmp_path: Path, content: str | bytes):
    file = tmp_path / "comptage.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = record(sold)
    sold.refused("close", "caisse", "1/1", "--count", file)
    assert record(sold) == before


def test_a_count_that_is_not_there_or_a_folder(sold: Cloture, tmp_path: Path):
    for path in (tmp_path / "absent.json", tmp_path):
        assert "ne s'ouvre pas" in sold.refused("close", "general", "--count", path)


MOVES = [
    ["in", "0", "--drawer", "1/1", "--reason", "x"],
    ["in", "--drawer", "1/1", "--reason", "x", "--", "-5"],
    ["out", "1e3", "--drawer", "1/1", "--reason", "x"],
    ["out", "9" * 30, "--drawer", "1/1", "--reason", "x"],
    ["out", "9" * 5000, "--drawer", "1/1", "--reason", "x"],
    ["out", "100", "--drawer", "1/1", "--reason", "  "],
    ["out", "100", "--drawer", "caisse", "--reason", "x"],
    ["out", "100", "--drawer", "1/", "--reason", "x"],
    ["float", "--drawer", "1/1", "--", "-1"],
]


@pytest.mark.parametrize("line", MOVES, ids=" ".join)
def test_a_cash_move_that_is_none(sold: Cloture, line: list[str]):
    before = record(sold)
    sold.refused("cash", *line, code=2)
    assert record(sold) == before


@pytest.mark.parametrize("text", ["1", "1:2", "1:2:3:4", "1:2:x", "1:2:1.5"])
def test_a_till_z_that_is_none(sold: Cloture, text: str):
    sold.refused("close", "general", "--till-z", text, code=2)


def test_a_data_folder_that_is_a_file(tmp_path: Path, journal_file: Any):
    path = tmp_path / "fichier"
    path.write_text("bonjour", encoding="utf-8")
    cloture = Cloture(path)
    for line in (["x"], ["demo"], ["import", journal_file(ticket())], ["settings", "get"]):
        assert "est un fichier" in cloture.refused(*line)
    assert path.read_text(encoding="utf-8") == "bonjour"


def test_a_data_folder_that_is_not_there(cloture: Cloture):
    for line in (["x"], ["next"], ["close", "general"], ["closures"], ["z", "G000001"], ["verify"]):
        assert str(cloture.folder) in cloture.refused(*line)
    assert not (cloture.folder / "dossier.json").exists()


def test_a_data_folder_that_holds_something_else(cloture: Cloture, journal_file: Any):
    cloture.folder.mkdir()
    (cloture.folder / "photos").mkdir()
    assert "autre chose" in cloture.refused("import", journal_file(ticket()))


def test_a_data_folder_of_a_newer_program(sold: Cloture):
    identity = sold.folder / "dossier.json"
    content = json.loads(identity.read_text(encoding="utf-8"))
    identity.write_text(json.dumps({**content, "schema": 99}), encoding="utf-8")
    before = record(sold)
    for line in (["x"], ["close", "general"], ["settings", "set", "shop.name", "D"]):
        assert "version plus récente" in sold.refused(*line)
    assert record(sold) == before


UNSAYABLE = ["\udce9", "a\x1b[2Jb", "a\nb", "a\x00b", "x" * 201]


@pytest.mark.parametrize("text", UNSAYABLE, ids=["half a sign", "escape", "line", "null", "long"])
def test_words_that_cannot_be_kept_or_shown(sold: Cloture, tmp_path: Path, text: str):
    count = tmp_path / "comptage.json"
    count.write_text(json.dumps({"1/1": {"tenders": {"especes": 1}, "reason": text}}), "utf-8")
    before = record(sold)
    for line in (
        ["close", "general", "--by", text],
        ["close", "general", "--till-z", f"1:{text}:900"],
        ["cash", "in", "100", "--drawer", "1/1", "--reason", text],
        ["cash", "float", "100", "--drawer", "1/1", "--by", text],
        ["users", "add", "--role", "responsable", "--", text],
        ["settings", "set", "shop.name", "D", "--by", text],
        ["inbox", "--by", text],
    ):
        sentence = sold.refused(*line, code=2)
        assert "une ligne de texte" in sentence, line
    assert "caisse 1/1, reason" in sold.refused("close", "general", "--count", count)
    assert record(sold) == before


def test_one_till_has_one_z(sold: Cloture):
    said = sold.refused("close", "general", "--till-z", "1:5:900", "--till-z", "1:6:0", code=2)
    assert "Le Z du poste 1 est donné deux fois" in said


def test_a_drawer_of_another_till(sold: Cloture, journal_file: Any):
    path = journal_file(ticket(number="2", at="2026-01-05T09:00"))
    said = sold.refused("import", path, "--till", "2", "--drawer", "1/1", code=2)
    assert "La caisse 1/1 n'est pas du poste 2" in said
    assert sold.done("import", path, "--till", "1", "--drawer", "1/1")["accepted"] == 1


@pytest.mark.skipif(os.name == "nt", reason="names are texts there")
def test_a_file_whose_name_is_no_text_is_taken(sold: Cloture, tmp_path: Path):
    path = tmp_path / os.fsdecode(b"\xe9.jsonl")
    path.write_text(journal_text(ticket(number="2", at="2026-01-05T09:00")), encoding="utf-8")
    assert sold("import", path).code == 0
    events = sold.done("events")["events"]
    files = [event["detail"]["detail"]["file"] for event in events if event["event"] == "import"]
    assert files[-1].endswith("?.jsonl")


NAMES = ["a\x00b", "x" * 5000, "\udce9t\udce9"]


@pytest.mark.parametrize("name", NAMES, ids=["null byte", "very long", "not text"])
def test_a_name_that_no_file_or_text_can_have(sold: Cloture, name: str):
    before = record(sold)
    for line in (
        ["import", name],
        ["close", "general", "--count", name],
        ["settings", "import", name],
        ["import", "x", "--profile", name],
        ["z", name],
        ["settings", "set", name, "1"],
    ):
        answer = sold(*line)
        assert answer.code in (1, 2), (line, answer)
        assert "imprévue" not in answer.err, line
        assert "Traceback" not in answer.err
    assert record(sold) == before
