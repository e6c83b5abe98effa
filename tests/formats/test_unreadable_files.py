"""Files that can't be taken at all: one French sentence with file, cause and what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from app.errors import UnknownProfile, UnreadableFile, UsageError
from app.formats.profile import Profile
from app.formats.profile_files import find_profile, known_profiles
from app.formats.read_tickets import read_tickets
from app.formats.text_file import MAX_FILE, MAX_LINE
from tests.formats.samples import BAKERY, MARKET, PROFILES, made_profile

JOURNAL = '{"till":"1","at":"2021-01-02T08:38","lines":[{"total":90}]}\n'
ROW = "05/03/2022 08:41;5;X;1,00\n"


def refusal(path: Path, profile: Profile | None = None) -> str:
    known = [*known_profiles([PROFILES]), made_profile()]
    with pytest.raises(UnreadableFile) as caught:
        list(read_tickets(path, profile or made_profile(), till=None, drawer=None, known=known))
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert re.search(
        r"[;:] (\w+ )*(vérifiez|choisissez|réessayez|refaites|exportez|enregistrez)|"
        r"; (vérifiez|choisissez|renommez|découpez|fermez)|choisissez",
        sentence,
    )
    return sentence


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["export.csv", "vide (0 octet)"]),
        (b"  \n \n", ["ne contient aucun ticket"]),
        (b"\xef\xbb\xbf", ["ne contient aucun ticket"]),
        (MARKET, ["ne contient aucun ticket"]),
        (b"MZ\x90\0\x03\0\0\0" * 50, ["n'est pas un texte", "octets nuls"]),
        (b"PK\x03\x04\x14\0\x06\0", ["classeur Excel (.xlsx)"]),
        (b"%PDF-1.7\n", ["un document PDF"]),
        (
            MARKET.encode() + "05/03/2022 08:41;5;Thé;1,00\n".encode("cp1252"),
            ["n'est pas en UTF-8", "ligne 2, octet 22 (0xE9)"],
        ),
        (
            ("\ufeff" + MARKET).encode("utf-16-le") + b"\x00\xd8\x41\x00",
            ["n'est pas en UTF-16-LE", "ligne 2, octet 1 "],
        ),
        ("Libellé;N°\n".encode("cp1252"), ["n'est pas en UTF-8", "ligne 1, octet 7"]),
        ("Date;Article\nx;y\n", ["colonnes absentes : « Ticket », « Total »"]),
        ("Date;Ticket;Article\n", ["colonne absente : « Total »"]),
        (BAKERY, ["profil boulangerie : choisissez-le"]),
        (JOURNAL, ["profil journal : choisissez-le"]),
        ("Date;Ticket;Article;Total;total\n" + ROW, ["deux fois la colonne « Total »"]),
    ],
    ids=repr,
)
def test_what_is_no_file_of_the_profile(tmp_path, content, parts):
    sentence = refusal(written(tmp_path, content))
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (MARKET + ROW, ["profil journal", "profil marche : choisissez-le"]),
        ("[" + JOURNAL.strip() + "]", ["aucune ligne ne commence par {"]),
        ("Bonjour\n", ["aucune ligne ne commence par {", "choisissez le profil"]),
        (b"\n\n", ["ne contient aucun ticket"]),
        (JOURNAL.encode() + b'{"till":"\xe9"}\n', ["n'est pas en UTF-8", "ligne 2, octet 10"]),
    ],
)
def test_what_is_no_journal(tmp_path, content, parts):
    sentence = refusal(written(tmp_path, content), find_profile("journal", [PROFILES]))
    for part in parts:
        assert part in sentence


def test_a_header_in_another_encoding_is_told_with_the_profile_that_fits(tmp_path):
    path = written(tmp_path, "Réf;Date;Total\n1;05/03/2022;1,00\n".encode("cp1252"))
    columns = {"columns": {"date": "Date", "number": "Réf", "total": "Total", "label": "Réf"}}
    wrong, right = made_profile(columns), made_profile({**columns, "encoding": "cp1252"})
    with pytest.raises(UnreadableFile, match="profil marche : choisissez-le"):
        list(read_tickets(path, wrong, till=None, drawer=None, known=[right]))
    with pytest.raises(UnreadableFile, match="n'est pas en UTF-8 : ligne 1, octet 2"):
        list(read_tickets(path, wrong, till=None, drawer=None))


def test_paths_that_lead_to_no_file(tmp_path):
    assert "n'existe pas ou n'est plus là" in refusal(tmp_path / "absent.csv")
    assert "n'existe pas ou n'est plus là" in refusal(written(tmp_path, ROW) / "under.csv")
    assert "n'existe pas ou n'est plus là" in refusal(tmp_path / "nul\0.csv")
    assert "est un dossier" in refusal(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert "n'est pas un fichier ordinaire" in refusal(tmp_path / "pipe.csv")


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = written(tmp_path, MARKET)
    with path.open("r+b") as file:
        file.truncate(MAX_FILE + 1)
    assert "dépasse 2 Gio" in refusal(path)


def test_a_file_shortened_while_it_is_read(tmp_path):
    path = written(tmp_path, MARKET + ROW * 3 + ROW.replace("05/", "06/") * 20_000)
    reading = read_tickets(path, made_profile(), till=None, drawer=None)
    next(reading)
    os.truncate(path, 200_000)
    with pytest.raises(UnreadableFile, match="raccourci pendant sa lecture"):
        list(reading)


def test_what_is_added_while_it_is_read_waits_for_the_next_time(tmp_path):
    path = written(tmp_path, MARKET + ROW + ROW.replace("05/", "06/")[:-1])
    reading = read_tickets(path, made_profile(), till=None, drawer=None)
    next(reading)
    with path.open("a") as file:
        file.write("0\n" + ROW)
    assert [line.total for line in next(reading).lines] == [100]
    assert list(reading) == []


def test_a_disk_that_fails_while_it_is_read(tmp_path, monkeypatch):
    path = written(tmp_path, MARKET + ROW)

    def fails(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("app.formats.text_file.TextFile.head", fails)
    assert "n'a pas pu être lu (erreur 5)" in refusal(path)


def test_more_lines_of_one_day_than_any_till_writes(tmp_path, monkeypatch):
    monkeypatch.setattr("app.formats.read_tickets._MAX_DAY", 10)
    sentence = refusal(written(tmp_path, MARKET + ROW * 11))
    assert "plus de 10 lignes pour la journée du 05/03/2022" in sentence


def test_a_line_without_end_does_not_fill_the_memory(tmp_path):
    path = written(tmp_path, MARKET + ROW + "x" * (3 * MAX_LINE) + "\n")
    ticket, refused = sorted(
        read_tickets(path, made_profile(), till=None, drawer=None), key=lambda i: hasattr(i, "text")
    )
    assert (refused.line, len(refused.text)) == (3, 2000)
    assert ticket.number == "5"


@pytest.mark.parametrize("wrong", [{"till": "1/2"}, {"drawer": "1/1"}, {"till": " "}])
def test_a_till_or_drawer_that_is_none_is_wrong_usage(tmp_path, wrong):
    arguments = {"till": None, "drawer": None, **wrong}
    with pytest.raises(UsageError):
        list(read_tickets(written(tmp_path, ROW), made_profile(), **arguments))


def test_a_format_that_does_not_exist(tmp_path):
    with pytest.raises(UnknownProfile, match="« format »"):
        list(
            read_tickets(
                written(tmp_path, ROW), made_profile({"format": "xml"}), till=None, drawer=None
            )
        )
