"""The command line as a product: French everywhere, one sentence for each refusal, exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bootstrap
from app.cli.command_line import common_options
from app.cli.commands import COMMANDS
from app.errors import AppError, UsageError
from app.store import disk
from tests.conftest import Cloture
from tests.factories import ticket

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(
    r"\b(usage: |optional|positional|arguments:|show this|invalid|required|expected|choose|unknown"
    r"|following|error|the)\b",
    re.IGNORECASE,
)
Writer = Callable[..., Path]


@pytest.mark.parametrize("name", ["", *(module.NAME for module in COMMANDS)])
def test_help_is_in_french_and_changes_nothing(cloture: Cloture, name: str):
    answer = cloture(*filter(None, [name]), "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.startswith("usage : cloture")
    assert not ENGLISH.search(answer.out), ENGLISH.search(answer.out)
    assert not cloture.folder.exists()


def test_each_command_says_what_it_does(cloture: Cloture):
    listed = cloture("--help").out
    for module in COMMANDS:
        assert module.HELP.split(":")[0].strip() in " ".join(listed.split())
        about = " ".join(cloture(module.NAME, "-h").out.split())
        assert f"{module.HELP[0].upper()}{module.HELP[1:]}." in about


def test_help_in_json_is_one_object(cloture: Cloture):
    assert cloture.done("close", "--help")["help"].startswith("usage : cloture close")


def test_version(cloture: Cloture):
    assert cloture("--version").out.startswith("Clôture ")
    assert set(cloture.done("--version")) == {"version"}


def test_no_command_opens_the_kiosk_and_says_when_there_is_no_screen(cloture: Cloture, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    answer = cloture()
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Aucun écran où s'afficher")


WRONG = {
    "unknown command": ["clotrue"],
    "unknown option": ["x", "--scoppe", "general"],
    "shortened option": ["x", "--sco", "general"],
    "one word too many": ["profiles", "tous"],
    "missing argument": ["z"],
    "missing file": ["import"],
    "missing value": ["x", "--scope"],
    "missing action": ["settings"],
    "unknown action": ["settings", "show"],
    "unknown role": ["users", "add", "Anne", "--role", "patron"],
    "missing role": ["users", "add", "Anne"],
    "value for a flag": ["close", "general", "--allow-empty=oui"],
    "not a number": ["demo", "--days", "trois"],
    "unknown scope": ["x", "--scope", "magasin"],
    "a till for general": ["close", "general", "1"],
    "a drawer for poste": ["close", "poste", "1/1"],
    "cents that are none": ["cash", "in", "1,50", "--drawer", "1/1", "--reason", "monnaie"],
    "no folder": ["x", "--data"],
    "an option for folder": ["x", "--data", "--json"],
    "an empty folder": ["x", "--data="],
    "unknown setting": ["settings", "set", "shop.nom", "Dupont"],
    "till Z": ["close", "general", "--till-z", "12"],
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_a_wrong_usage_is_one_french_sentence(cloture: Cloture, line: list[str]):
    cloture.done("settings", "set", "shop.name", "Dupont")
    sentence = cloture.refused(*line, code=2)
    assert sentence[0].isupper() or sentence[0] in "«-"
    assert sentence.endswith((".", "».", "?"))
    assert not ENGLISH.search(sentence), sentence


def test_a_wrong_usage_names_what_is_possible(cloture: Cloture):
    sentence = cloture.refused("settings", "show", code=2)
    assert "« show » n'existe pas (au choix : get, set, export, import)" in sentence
    assert "il manque une valeur" in cloture.refused("x", "--scope", code=2)


def test_json_and_data_may_stand_anywhere(cloture: Cloture, journal_file: Writer):
    path, folder = journal_file(ticket()), cloture.folder
    cloture("import", path)
    for line in (
        ["--json", "--data", folder, "next"],
        ["next", "--json", "--data", folder],
        [f"--data={folder}", "next", "--json"],
        ["settings", "--data", folder, "get", "--json", "shop.name"],
        ["settings", "get", "shop.name", f"--data={folder}", "--json"],
    ):
        answer = cloture(*line, data=False)
        assert answer.code == 0, answer
        assert answer.json


def test_after_two_dashes_words_are_values(cloture: Cloture):
    cloture("settings", "set", "shop.name", "--", "--json")
    assert cloture("settings", "get", "shop.name").out == "--json\n"
    assert common_options(["a", "--", "--json"])[1] == ["a", "--", "--json"]


def test_data_comes_from_the_environment_too(
    cloture: Cloture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("CLOTURE_DATA", str(tmp_path / "ailleurs"))
    cloture("settings", "set", "shop.name", "Dupont", data=False)
    assert (tmp_path / "ailleurs" / "dossier.json").exists()
    monkeypatch.delenv("CLOTURE_DATA")
    cloture("settings", "set", "shop.name", "Dupont", data=False)
    assert (bootstrap.default_folder() / "dossier.json").exists()


def test_an_empty_data_option_is_told():
    with pytest.raises(UsageError):
        common_options(["--data"])


def test_an_interruption_is_one_sentence(cloture: Cloture, monkeypatch: pytest.MonkeyPatch):
    cloture.done("demo", "--days", "1")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.commands.read_x.read_x", interrupt)
    assert "Interrompu" in cloture.refused("x")


def test_an_unexpected_error_is_calm_and_names_the_log(
    cloture: Cloture, monkeypatch: pytest.MonkeyPatch
):
    cloture.done("demo", "--days", "1")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("app.cli.commands.read_x.read_x", fail)
    sentence = cloture.refused("x")
    log = cloture.folder / "Log" / "2026-01-05.log"
    assert str(log) in sentence
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" not in sentence


def test_a_program_that_cannot_start_says_so(cloture: Cloture, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise ImportError("a part is missing")

    monkeypatch.setattr(bootstrap, "program", fail)
    assert "support" in cloture.refused("next")


def test_a_refusal_is_in_the_log_of_the_day(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    cloture.refused("z", "G000099")
    log = (cloture.folder / "Log" / "2026-01-05.log").read_text(encoding="utf-8")
    assert "Aucune clôture G000099" in log
    assert "demo : Boulangerie de démonstration" in log


FAULTS = {errno.EROFS: "Écriture refusée", errno.EACCES: "Écriture refusée", errno.ENOSPC: "plein"}


@pytest.mark.parametrize("number", FAULTS, ids=errno.errorcode.get)
def test_a_disk_that_refuses_is_one_sentence(
    cloture: Cloture, journal_file: Writer, monkeypatch: pytest.MonkeyPatch, number: int
):
    cloture.done("demo", "--days", "1")
    path = journal_file(ticket(number="9", at="2026-01-05T19:58"))
    before = cloture.done("next")
    system_open = os.open

    def refusing(name: object, flags: int, *more: object, **also: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(cloture.folder) in str(name):
            raise OSError(number, os.strerror(number), name)
        return system_open(name, flags, *more, **also)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refusing)
        for line in (["import", path], ["close", "general"], ["settings", "set", "shop.name", "D"]):
            sentence = cloture.refused(*line)
            assert FAULTS[number] in sentence
            assert str(cloture.folder) in sentence
        assert cloture("next").code == 0  # looking still works
    assert cloture.done("next") == before


def test_a_disk_that_fails_while_reading_is_one_sentence(
    cloture: Cloture, monkeypatch: pytest.MonkeyPatch
):
    cloture.done("demo", "--days", "1")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("app.cli.commands.next_closure.what_comes_next", fail)
    assert "n'est pas accessible" in cloture.refused("next")


def test_a_file_set_aside_is_told_in_one_sentence(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    (cloture.folder / "settings.json").write_text('{"schema": 1, "tab', encoding="utf-8")
    answer = cloture("next", "--json")
    assert answer.code == 0
    assert answer.json["tickets"]
    [sentence] = answer.err.splitlines()
    assert sentence.startswith(f"Le fichier {cloture.folder / 'settings.json'} ne se lisait plus")
    assert "illisible-20260105-200000" in sentence
    assert cloture("next").err == ""


def test_codes_lost_with_their_file_are_told(cloture: Cloture):
    cloture.done("users", "add", "Anne", "--role", "responsable")
    cloture.done("users", "pin", "Anne", stdin="2580\n")
    (cloture.folder / "pins.json").write_text("?", encoding="utf-8")
    answer = cloture("users", "list")
    assert answer.code == 0
    assert "users pin" in answer.err


def run_program(*words: object, **options: object) -> subprocess.Popen[str]:
    """The program in a process of its own, as `python main.py` starts it."""
    line = [sys.executable, str(ROOT / "main.py"), *(str(word) for word in words)]
    return subprocess.Popen(line, encoding="utf-8", **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(os.name == "nt", reason="pipes of another kind")
def test_a_reader_that_leaves_is_no_error(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    process = run_program(
        "--data",
        cloture.folder,
        "settings",
        "get",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdout is not None
    process.stdout.close()  # before a word is said
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_answer_that_cannot_be_written_is_told(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    with open("/dev/full", "w", encoding="utf-8") as full:
        process = run_program(
            "--data", cloture.folder, "--json", "next", stdout=full, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        told = process.stderr.read()
        process.stderr.close()
    assert process.wait(60) == 3
    assert told == "C'est fait, mais la réponse n'a pas pu être écrite sur la sortie.\n"


def test_json_is_utf8_and_alone_on_standard_output(cloture: Cloture):
    cloture.done("demo", "--days", "1")
    process = run_program(
        "--data", cloture.folder, "settings", "get", "shop.name", "--json", stdout=subprocess.PIPE
    )
    out, _ = process.communicate(timeout=60)
    assert json.loads(out)["value"] == "Boulangerie de démonstration"


def test_sentences_are_whole_and_french(cloture: Cloture, tmp_path: Path, journal_file):
    cloture.done("import", journal_file(ticket("9,00", at="2026-01-05T08:00")))
    said = cloture.refused("import", "nulle-part.csv")
    assert said.endswith(f"vérifiez le dossier {Path.cwd()}.")
    said = cloture.refused("close", "foo", code=2)
    assert said == "Clôture inconnue : « foo ». Écrivez general, poste 1 ou caisse 1/1."
    assert "dont 1 ticket et 0 clôture." in cloture("verify").out
    assert cloture("printer").out == "Imprimante : aucune n'est réglée.\n"
    assert "aucun compte n'est réglé" in cloture("mail").out
    cloture.done("settings", "set", "mail.user", "zoe@orange.fr")
    assert "Orange" in cloture("mail").out


@pytest.mark.parametrize("make", ["absent", "folder", "binary"])
def test_a_file_of_settings_that_cannot_be_read_is_refused(cloture: Cloture, tmp_path: Path, make):
    place = tmp_path / "reglages.json"
    if make == "folder":
        place.mkdir()
    elif make == "binary":
        place.write_bytes(b"\xff\x00")
    cloture.done("settings", "set", "shop.name", "Essai")
    assert str(place) in cloture.refused("settings", "import", place, code=1)


def test_the_system_s_reasons_are_told_in_french(tmp_path: Path):
    for number in (errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENAMETOOLONG, 9999):
        with pytest.raises(AppError) as told, disk.told(tmp_path / "x"):
            raise OSError(number, os.strerror(number))
        assert os.strerror(number) not in str(told.value)
