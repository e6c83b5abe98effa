"""`verify` finds every kind of tampering and names the first bad record; in clean data, nothing.

The shop is `run_a_shop`'s: 42 records in four segments. Lines are counted from 1.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.verification import MAX_PROBLEMS
from app.services.verify import verify
from tests.shops import (
    checked,
    journal_lines,
    run_a_shop,
    sales,
    segment_path,
    shop_in,
    take,
    write_lines,
)
from tests.tampering import (
    change_body,
    change_record,
    edited,
    forged,
    out_of_order,
    rearranged,
    rechained,
    replaced,
    without,
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


def cut_last_line_short(folder: Path) -> None:
    path = segment_path(folder, 2)
    path.write_bytes(path.read_bytes()[:-40])


TAMPERINGS = {
    "a ticket edited": (
        edited(1, 4, '"total":100', '"total":900'),
        (1, 4, "ticket/1", 2, "le ticket n° 2 du 30/01/2021", "son contenu ne correspond plus"),
    ),
    "a ticket edited and sealed again": (
        forged(1, 4, lambda r: r["body"]["lines"][0].update(total=900)),
        (1, 4, "ticket/1", 2, "le ticket n° 2 du 30/01/2021", "il a été remplacé"),
    ),
    "a ticket edited and the rest of its chain sealed again": (
        rechained(1, 4, lambda r: r["body"]["lines"][0].update(total=900)),
        (1, 16, "closure/caisse/1/1", 1, "la clôture CAISSE 1/1 n° 1", "(4 tickets et 4,20"),
    ),
    "a ticket edited without changing any sum, its chain sealed again": (
        rechained(1, 4, change_body(cashier="Eve")),
        (1, 16, "closure/caisse/1/1", 1, "(C1.1-000001) du 30/01/2021", "le détail de ses ventes"),
    ),
    "a ticket dropped": (
        rearranged(1, without(5)),
        (1, 5, "ticket/1", 4, "le ticket n° 4 du 30/01/2021", "(n° 3) manque"),
    ),
    "the last ticket of a file dropped": (
        rearranged(1, without(9)),
        (1, 9, "event", 3, "l'évènement « import »", "un groupe de 3 enregistrements, il y en a 2"),
    ),
    "two tickets swapped": (
        rearranged(1, lambda x: [*x[:3], x[4], x[3], *x[5:]]),
        (1, 4, "ticket/1", 3, "le ticket n° 3 du 30/01/2021", "(n° 2) manque"),
    ),
    "a ticket doubled": (
        rearranged(1, lambda x: [*x[:4], x[3], *x[4:]]),
        (1, 5, "ticket/1", 2, "le ticket n° 2 du 30/01/2021", "il est en double"),
    ),
    "a ticket unreadable": (
        replaced(1, 5, lambda text: text[:50]),
        (1, 5, None, None, "une ligne", "elle ne se lit plus"),
    ),
    "a line that is no record": (
        replaced(1, 5, lambda text: b'{"body":[]}'),
        (1, 5, None, None, "une ligne", "elle ne se lit plus"),
    ),
    "a ticket that is none any more, its chain sealed again": (
        rechained(1, 4, change_body(at="hier")),
        (1, 4, "ticket/1", 2, "un enregistrement abîmé", "son contenu ne se lit pas"),
    ),
    "a ticket moved to another chain": (
        forged(1, 12, change_record(chain="ticket/1", seq=7)),
        (1, 12, "ticket/1", 7, "le ticket n° 2 du 30/01/2021", "sa place est dans « ticket/2 »"),
    ),
    "a ticket moved to another till, in a chain that holds": (
        rechained(1, 11, change_body(till="1")),
        (1, 11, "ticket/2", 1, "le ticket n° 1 du 30/01/2021", "sa place est dans « ticket/1 »"),
    ),
    "a closure edited": (
        edited(1, 18, '"perpetual_total":', '"perpetual_total":1'),
        (1, 18, "closure/general", 1, "la clôture GÉNÉRALE n° 1 (G000001)", "son contenu ne corr"),
    ),
    "a closure edited and sealed again": (
        forged(2, 10, lambda r: r["body"]["own"].update(total=1, sales=91)),
        (2, 10, "closure/general", 2, "la clôture GÉNÉRALE n° 2", "ses ventes ne sont pas celles"),
    ),
    "the last closure edited and sealed again: the perpetual": (
        forged(3, 10, change_body(perpetual_total=1)),
        (3, 10, "closure/general", 3, "(G000003) du 01/02/2021", "son cumul perpétuel ne se"),
    ),
    "the last closure edited and sealed again: the absolute": (
        forged(3, 10, change_body(perpetual_absolute=1)),
        (3, 10, "closure/general", 3, "(G000003)", "son cumul perpétuel absolu ne se recalcule"),
    ),
    "the last closure edited and sealed again: the period": (
        forged(3, 10, change_body(period_total=1)),
        (3, 10, "closure/general", 3, "(G000003)", "son cumul de période ne se recalcule pas"),
    ),
    "the last closure edited and sealed again: its number": (
        forged(3, 10, change_body(number=4, id="G000004")),
        (3, 10, "closure/general", 3, "(G000004)", "son identifiant n'est pas celui"),
    ),
    "the last closure edited and sealed again: what it covers": (
        forged(3, 10, change_body(covers=["G000002"])),
        (3, 10, "closure/general", 3, "(G000003)", "les clôtures qu'elle reprend"),
    ),
    "the last closure edited and sealed again: its figures": (
        forged(3, 10, lambda r: r["body"]["figures"].update(sales=1)),
        (3, 10, "closure/general", 3, "(G000003)", "ses chiffres ne sont pas les siens propres"),
    ),
    "the last closure edited and sealed again: a drawer": (
        forged(3, 10, lambda r: r["body"]["cash"][0].update(expected=0)),
        (3, 10, "closure/general", 3, "(G000003)", "le contenu de ses caisses"),
    ),
    "the last closure edited and sealed again: the chains it retains": (
        forged(3, 10, lambda r: r["body"]["heads"].update({"ticket/1": [16, "sha256:0"]})),
        (3, 10, "closure/general", 3, "(G000003)", "l'état des chaînes de tickets"),
    ),
    "the last closure emptied": (
        forged(3, 10, lambda r: r["body"].pop("figures")),
        (3, 10, "closure/general", 3, "(G000003)", "son contenu ne se lit pas"),
    ),
    "a counted drawer edited, its chain sealed again": (
        forged(1, 16, lambda r: r["body"]["cash"][0].update(counted=9_800)),
        (1, 16, "closure/caisse/1/1", 1, "(C1.1-000001)", "le détail de ses ventes"),
    ),
    "a month edited and sealed again": (
        forged(3, 9, lambda r: r["body"]["figures"].update(sales=1)),
        (3, 9, "closure/month", 1, "la clôture du mois 2021-01", "la somme de ses clôtures GÉN"),
    ),
    "a month that names another GÉNÉRALE": (
        forged(3, 9, change_body(covers=["G000001"])),
        (3, 9, "closure/month", 1, "la clôture du mois 2021-01", "les clôtures qu'elle reprend"),
    ),
    "a cash move edited": (
        edited(1, 15, '"amount":500', '"amount":400'),
        (1, 15, "cash/1/1", 2, "la sortie de caisse 1/1 du 30/01/2021 à 11 h 00", "son contenu"),
    ),
    "a setting edited": (
        edited(2, 1, "Boulangerie", "Pâtisserie"),
        (2, 1, "event", 5, "le changement du réglage shop.name", "son contenu ne correspond plus"),
    ),
    "a correction dropped": (
        rearranged(3, lambda x: [*x[:7], *x[8:]]),
        (3, 9, "closure/general", 3, "(G000003)", "le détail de ses ventes"),
    ),
    "a group that says another number": (
        forged(3, 5, change_record(group=4)),
        (
            3,
            5,
            "event",
            7,
            "l'évènement « import » du 01/02/2021",
            "un groupe de 4 enregistrements",
        ),
    ),
    "a member that does not belong there": (
        forged(3, 10, change_record(note="x")),
        (3, 10, "closure/general", 3, "(G000003)", "il porte des champs inconnus"),
    ),
    "a record without its fingerprint at the end": (
        replaced(1, 5, lambda text: text[:-1] + b',"z":1}'),
        (1, 5, "ticket/1", 3, "le ticket n° 3 du 30/01/2021", "son empreinte à sa place"),
    ),
    "a record after the GÉNÉRALE of its segment": (
        rearranged(1, lambda x: [*x[:14], *x[15:], x[14]]),
        (1, 15, "closure/caisse/1/1", 1, "la clôture CAISSE 1/1 n° 1", "le détail de ses ventes"),
    ),
    "a segment missing": (
        lambda folder: segment_path(folder, 2).unlink(),
        (2, None, None, None, "le fichier J000002.jsonl", "il manque"),
    ),
    "the end of a segment cut off": (
        rearranged(2, lambda x: x[:-1]),
        (2, None, None, None, "le fichier J000002.jsonl", "il ne finit pas par une clôture GÉN"),
    ),
    "the end of a segment cut inside a group": (
        rearranged(2, lambda x: x[:4]),
        (2, None, None, None, "le fichier J000002.jsonl", "son dernier groupe d'enregistrements"),
    ),
    "the last line of a segment cut short": (
        cut_last_line_short,
        (2, None, None, None, "le fichier J000002.jsonl", "sa dernière ligne est coupée"),
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_named(name, folder):
    tamper, (segment, line, chain, seq, what, wrong) = TAMPERINGS[name]
    tamper(folder)
    report = checked(folder)
    bad = report["first_bad"]
    assert report["ok"] is False
    found = (bad["segment"], bad["line"], bad["chain"], bad["seq"])
    assert found == (f"J{segment:06d}.jsonl", line, chain, seq)
    assert what in bad["what"]
    assert wrong in bad["wrong"].replace("\u202f", " ").replace("\xa0", " ")
    assert report["trusted"]["records"] < 42


def test_clean_data_has_nothing_wrong(folder):
    for deep in (False, True):
        report = checked(folder, deep=deep)
        assert report == {
            "ok": True,
            "records": 42,
            "tickets": 23,
            "closures": 6,
            "trusted": {"records": 42, "tickets": 23, "closures": 6},
            "first_bad": None,
            "found": 0,
            "problems": [],
            "losses": [],
            "interrupted": 0,
            "set_aside": [],
        }


def test_one_loss_is_told_once_where_it_lies(folder):
    """A ticket that can't be read: itself, its chain, and the closures that it is missing from."""
    replaced(1, 5, lambda text: b"x" * len(text))(folder)
    report = checked(folder)
    places = [(p["segment"], p["line"]) for p in report["problems"]]
    assert places[:2] == [("J000001.jsonl", 5), ("J000001.jsonl", 6)]
    assert {place[0] for place in places} == {"J000001.jsonl"}
    assert report["trusted"]["tickets"] == 21


def test_what_is_not_canonical_is_seen_only_when_looking_deep(folder):
    replaced(3, 9, out_of_order)(folder)
    (folder / "state.json").unlink()  # it knows the fingerprint that was there
    assert checked(folder, deep=False)["ok"] is True
    bad = checked(folder, deep=True)["first_bad"]
    assert (bad["line"], bad["wrong"]) == (9, "il n'est pas écrit sous sa forme canonique")


def test_no_more_than_fifty_problems_are_listed_and_all_are_counted(tmp_path):
    folder = tmp_path / "data"
    with shop_in(folder) as shop:
        take(shop, sales(60))
    lines = journal_lines(folder)
    write_lines(folder, [text.replace(b'"qty":"1"', b'"qty":"2"') for text in lines])
    report = checked(folder)
    assert (len(report["problems"]), report["found"]) == (MAX_PROBLEMS, 60)
    assert report["trusted"]["records"] == 2


def test_progress_goes_from_nothing_to_everything(folder):
    told: list[tuple[int, int]] = []
    with shop_in(folder) as shop:
        verify(shop, progress=lambda done, total: told.append((done, total)))
    total = sum(segment_path(folder, n).stat().st_size for n in range(1, 5))
    assert told[-1] == (total, total)
