"""`support-file`: everything support needs, nothing it must not have, also when all is broken."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.cli.commands import support_file as support_command
from app.errors import NeedsPerson
from tests.conftest import Cloture
from tests.factories import line, ticket


@pytest.fixture
def shop_with_secrets(cloture: Cloture, journal_file: Any) -> Cloture:
    """A shop with a customer, a PIN and an identity."""
    cloture.done("settings", "set", "shop.name", "Boulangerie Dupont")
    cloture.done("settings", "set", "shop.siret", "12345678900011")
    cloture.done("users", "add", "Anne", "--role", "responsable")
    cloture.done("users", "pin", "Anne", stdin="2580\n")
    sold = ticket(line(label="GATEAU"), at="2026-01-05T19:00", customer=("C1", "Mme Secrète"))
    cloture.done("import", journal_file(sold))
    cloture.done("close", "general")
    return cloture


def contents(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_it_holds_what_support_needs(shop_with_secrets: Cloture):
    cloture = shop_with_secrets
    path = Path(cloture.done("support-file")["file"])
    assert path == cloture.folder / "export" / "cloture-support-20260105-2000.zip"
    parts = contents(path)
    assert json.loads(parts["programme.json"])["problem"] is None
    assert json.loads(parts["reglages.json"])["shop.name"] == "Boulangerie Dupont"
    assert json.loads(parts["clotures.json"])[0]["id"] == "G000001"
    assert json.loads(parts["verification.json"])["ok"] is True
    assert "journal/J000001.jsonl" in parts["fichiers.txt"]
    assert "close :" in parts["Log/2026-01-05.log"]


def test_it_holds_no_secret_no_customer_no_ticket(shop_with_secrets: Cloture):
    cloture = shop_with_secrets
    everything = "".join(contents(Path(cloture.done("support-file")["file"])).values())
    pins = json.loads((cloture.folder / "pins.json").read_text(encoding="utf-8"))
    [pin] = pins["tables"]["rows"].values()
    for secret in ("Secrète", "GATEAU", "12345678900011", "2580\n", pin["hash"], pin["salt"]):
        assert secret not in everything


def test_mails_that_wait_are_told_without_whose_they_are(
    shop_with_secrets: Cloture, journal_file: Any, monkeypatch: pytest.MonkeyPatch
):
    def refused(*_: Any) -> str:
        raise NeedsPerson("L'adresse anne.dupont@exemple.fr est refusée.")

    monkeypatch.setattr(bootstrap, "FOLLOW_UPS", {"mail": refused})
    cloture = shop_with_secrets
    cloture.done("settings", "set", "mail.owner", "anne.dupont@exemple.fr")
    cloture.done("settings", "set", "mail.after_closure", "all")
    sold = ticket(number="2", at="2026-01-05T19:30")
    cloture.done("import", journal_file(sold, name="deux.jsonl"))
    cloture.done("close", "general")
    assert "anne.dupont@" in cloture("run-due").err
    parts = contents(Path(cloture.done("support-file")["file"]))
    assert "L'adresse ***@exemple.fr est refusée" in parts["travaux.json"]
    assert "L'adresse ***@exemple.fr est refusée" in parts["Log/2026-01-05.log"]
    for name, text in parts.items():
        assert "anne.dupont" not in text, name


def test_it_goes_where_it_was_asked(shop_with_secrets: Cloture, tmp_path: Path):
    file = tmp_path / "ici.zip"
    assert shop_with_secrets.done("support-file", "--out", file)["file"] == str(file)
    contents(file)
    made = shop_with_secrets.done("support-file", "--out", tmp_path)["file"]
    assert Path(made) == tmp_path / "cloture-support-20260105-2000.zip"


def test_only_the_last_fortnight_of_logs_goes_in(shop_with_secrets: Cloture):
    log = shop_with_secrets.folder / "Log"
    for day in ("2025-12-22", "2025-12-23", "2026-01-04"):
        (log / f"{day}.log").write_text("x\n", encoding="utf-8")
    (log / "notes-du-1.log").write_text("x", encoding="utf-8")
    names = contents(Path(shop_with_secrets.done("support-file")["file"]))
    assert sorted(n for n in names if n.startswith("Log/")) == [
        "Log/2025-12-23.log",
        "Log/2026-01-04.log",
        "Log/2026-01-05.log",
    ]


def test_a_shop_that_does_not_open_gives_one_all_the_same(shop_with_secrets: Cloture):
    cloture = shop_with_secrets
    identity = cloture.folder / "dossier.json"
    identity.write_text(
        json.dumps({**json.loads(identity.read_text(encoding="utf-8")), "schema": 99}),
        encoding="utf-8",
    )
    answer = cloture("support-file", "--json")
    assert answer.code == 0
    assert "version plus récente" in answer.err
    parts = contents(Path(answer.json["file"]))
    assert "version plus récente" in json.loads(parts["programme.json"])["problem"]
    assert "Log/2026-01-05.log" in parts


def test_a_part_that_fails_says_why_in_its_place(
    shop_with_secrets: Cloture, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("cassé")

    monkeypatch.setattr("app.services.support_file.verify", fail)
    parts = contents(Path(shop_with_secrets.done("support-file")["file"]))
    assert "cassé" in parts["verification.json"]
    assert "reglages.json" in parts


def test_there_is_nothing_to_pack_without_a_folder(cloture: Cloture):
    assert "--data" in cloture.refused("support-file")
    assert not (cloture.folder / "export").exists()


def test_a_place_that_cannot_be_written_is_told(shop_with_secrets: Cloture, tmp_path: Path):
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    shop_with_secrets.refused("support-file", "--out", tmp_path / "fichier" / "x.zip")


def test_a_fault_nobody_foresaw_is_told_in_french_and_kept_for_support(
    cloture: Cloture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cloture.done("settings", "set", "shop.name", "Dupont")
    whole = support_command.support_file

    def broken(folder, shop, problem, version, now):
        if shop is not None:
            raise RuntimeError("list index out of range")
        return whole(folder, shop, problem, version, now)

    monkeypatch.setattr(support_command, "support_file", broken)
    answer = cloture("support-file", "--out", tmp_path / "support.zip")
    assert answer.code == 0
    assert "une erreur imprévue" in answer.err
    assert "index" not in answer.err
    with zipfile.ZipFile(tmp_path / "support.zip") as made:
        assert "index out of range" in made.read("programme.json").decode()
