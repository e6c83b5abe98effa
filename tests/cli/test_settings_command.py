"""`settings`: look, change, copy to another shop."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app.domain.settings import SETTINGS, Setting
from tests.conftest import Cloture


@pytest.fixture
def secret(secret_setting: Setting) -> str:
    """The key of a secret."""
    return secret_setting.key


def test_a_setting_is_changed_and_shown(cloture: Cloture):
    assert cloture("settings", "set", "shop.name", "Boulangerie Dupont").out == (
        "Réglage enregistré.\nNom de la boutique : Boulangerie Dupont\n"
    )
    assert cloture("settings", "get", "shop.name").out == "Boulangerie Dupont\n"
    row = cloture.done("settings", "get", "shop.name")
    assert (row["key"], row["value"], row["set"]) == ("shop.name", "Boulangerie Dupont", True)


def test_all_settings_are_listed_with_their_place_and_label(cloture: Cloture):
    cloture.done("settings", "set", "tills.drawers", "1/1,1/2,2/1")
    rows = cloture.done("settings", "get")["settings"]
    assert [row["key"] for row in rows] == [setting.key for setting in SETTINGS]
    assert {"value", "default", "place", "label", "choices", "help"} <= set(rows[0])
    line = "tills.drawers = 1/1,1/2,2/1    (Postes et tiroirs › Tiroirs-caisses de la boutique)"
    assert line in cloture("settings", "get").out.splitlines()


def test_a_value_may_come_from_standard_input(cloture: Cloture):
    row = cloture.done(
        "settings", "set", "shop.address", stdin="1, rue du Four\n67000 Strasbourg\n"
    )
    assert row["value"] == "1, rue du Four\n67000 Strasbourg"
    assert "entrée standard" in cloture.refused("settings", "set", "shop.name", code=2)


WRONG = [
    ("shop.role", "patron"),
    ("closing.day_change", "25:00"),
    ("closing.difference_limit", "-1"),
    ("closing.difference_limit", "beaucoup"),
    ("vat.1.rate", "deux"),
    ("shop.siret", "1" * 15),
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_wrong_value_changes_nothing(cloture: Cloture, key: str, value: str):
    cloture.done("settings", "set", "shop.name", "Dupont")
    before = cloture.done("settings", "get")
    assert "ne convient pas" in cloture.refused("settings", "set", key, "--", value, code=2)
    assert cloture.done("settings", "get") == before


def test_an_unknown_setting_is_told(cloture: Cloture):
    assert "shop.nom" in cloture.refused("settings", "get", "shop.nom", code=2)


def test_there_is_nothing_to_show_without_data(cloture: Cloture):
    cloture.refused("settings", "get")
    cloture.refused("settings", "export")
    assert not (cloture.folder / "dossier.json").exists()


def test_settings_go_to_another_shop_as_a_template(cloture: Cloture, tmp_path: Path):
    cloture.done("settings", "set", "shop.name", "Dupont")
    cloture.done("settings", "set", "closing.day_change", "04:00")
    file = tmp_path / "modele.json"
    assert cloture.done("settings", "export", file, "--template")["file"] == str(file)
    exported = json.loads(file.read_text(encoding="utf-8"))
    assert exported["format"] == "cloture-reglages"
    assert "shop.name" not in exported["settings"]

    other = Cloture(tmp_path / "autre")
    keys = other.done("settings", "import", file)["settings"]
    assert "closing.day_change" in keys
    assert other("settings", "get", "closing.day_change").out == "04:00\n"
    assert other.done("settings", "get", "shop.name")["value"] == ""


def test_settings_are_exported_to_the_screen_too(cloture: Cloture):
    cloture.done("settings", "set", "shop.name", "Dupont")
    shown = json.loads(cloture("settings", "export").out)
    assert shown == cloture.done("settings", "export")
    assert shown["settings"]["shop.name"] == "Dupont"


FILES = {
    "absent": None,
    "empty": b"",
    "binary": b"\x00\xff\xfe\x81",
    "a list": b"[]",
    "another JSON": b'{"settings": {}}',
    "newer": b'{"format": "cloture-reglages", "schema": 99, "settings": {}}',
    "unknown key": b'{"format": "cloture-reglages", "schema": 1, "settings": {"a.b": 1}}',
    "wrong value": b'{"format": "cloture-reglages", "schema": 1, "settings": {"vat.1.rate": NaN}}',
    "schema that is no number": b'{"format": "cloture-reglages", "schema": "x", "settings": {}}',
    "too deep": b"[" * 100_000,
    "too long": b" " * (1 << 21),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_holds_no_settings_is_refused(
    cloture: Cloture, tmp_path: Path, content: bytes | None
):
    cloture.done("settings", "set", "shop.name", "Dupont")
    file = tmp_path / "reglages.json"
    if content is not None:
        file.write_bytes(content)
    before = cloture.done("settings", "get")
    cloture.refused("settings", "import", file, code=1)
    assert cloture.done("settings", "get") == before


def test_a_secret_is_never_an_argument(cloture: Cloture, secret: str):
    assert "secret" in cloture.refused("settings", "set", secret, "abc123", code=2)


def test_a_secret_is_never_shown_exported_or_logged(cloture: Cloture, secret: str):
    answer = cloture("settings", "set", secret, stdin="abc123\n")
    assert answer.code == 0
    said = [answer.out, answer.err]
    for line in (["get"], ["get", secret], ["get", "--json"], ["export"], ["export", "--template"]):
        said.append(cloture("settings", *line).out)
    said.append(cloture("events", "--json").out)
    kept = [path for path in cloture.folder.rglob("*") if path.name != "secrets.json"]
    said += [path.read_text(encoding="utf-8") for path in kept if path.is_file()]
    assert len(kept) > 5
    assert "abc123" not in "".join(said)
    row = cloture.done("settings", "get", secret)
    assert (row["value"], row["set"], row["secret"]) == (None, True, True)
    assert row["state"] == "set"


def test_a_secret_is_shown_as_kept_or_not(cloture: Cloture, secret: str):
    cloture.done("settings", "set", "shop.name", "Dupont")
    assert cloture("settings", "get", secret).out == "non renseigné\n"
    cloture.done("settings", "set", secret, stdin="abc123\n")
    assert cloture("settings", "get", secret).out == "enregistré\n"
    cloture.done("settings", "set", secret, stdin="\n")
    assert cloture("settings", "get", secret).out == "non renseigné\n"


def test_the_events_say_that_a_secret_was_set_and_cleared(cloture: Cloture, secret: str):
    for typed in ("abc123", "def456", "", ""):
        cloture.done("settings", "set", secret, stdin=f"{typed}\n")
    told = [e for e in cloture.done("events")["events"] if e["type"] == "setting"]
    label = "Réglage « Secret »"
    assert [e["text"] for e in told] == [f"{label} enregistré"] * 2 + [f"{label} effacé"]
    assert [sorted(e["detail"]) for e in told] == [["at", "by", "key"]] * 3


def test_a_secret_in_a_file_of_settings_is_refused(cloture: Cloture, secret: str, tmp_path: Path):
    file = tmp_path / "reglages.json"
    content = {"format": "cloture-reglages", "schema": 1, "settings": {secret: "abc123"}}
    file.write_text(json.dumps(content), "utf-8")
    assert "en clair" in cloture.refused("settings", "import", file, code=1)
    cloture.done("settings", "set", "shop.name", "Dupont")
    assert cloture.done("settings", "get", secret)["state"] == "absent"


def test_a_secret_that_does_not_fit_is_not_said_again(cloture: Cloture, secret: str):
    for typed in ("abc\x00def", "abc123" * 100):
        assert "abc" not in cloture.refused("settings", "set", secret, stdin=typed, code=2)


def test_a_secret_is_kept_for_its_owner_only_and_that_is_told_once(cloture: Cloture, secret: str):
    first = cloture("settings", "set", secret, stdin="abc123\n")
    assert first.err.startswith("Attention : ce système ne protège pas les mots de passe")
    assert first.err.count("\n") == 1
    assert cloture("settings", "set", secret, stdin="def456\n").err == ""
    assert (cloture.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_file_for_support_says_that_a_secret_is_there(cloture: Cloture, secret: str):
    cloture.done("settings", "set", secret, stdin="abc123\n")
    with zipfile.ZipFile(cloture.done("support-file")["file"]) as archive:
        assert json.loads(archive.read("reglages.json"))[secret] == "set"
        for name in archive.namelist():
            assert b"abc123" not in archive.read(name)
