"""`verify` and `events` as a person and as a script see them."""

from __future__ import annotations

import pytest

from tests.factories import ticket
from tests.shops import run_a_shop
from tests.tampering import edited, rearranged

EDIT = edited(1, 4, '"total":100', '"total":900')


@pytest.fixture
def shop_run(cloture):
    run_a_shop(cloture.folder)
    return cloture


def test_a_sound_record(shop_run):
    answer = shop_run("verify", "--deep")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "42 enregistrements vérifiés, dont 23 tickets et 6 clôtures.\n"
        "Tout est là et tout concorde.\n"
    )
    content = shop_run.done("verify")
    assert content["ok"] is True
    assert content["first_bad"] is None
    assert content["problems"] == content["set_aside"] == []
    assert (content["records"], content["tickets"], content["closures"]) == (42, 23, 6)


def test_damage_is_one_sentence_for_a_person_and_the_whole_report_for_a_script(shop_run):
    EDIT(shop_run.folder)
    sentence = shop_run.refused("verify")
    assert sentence == (
        "Le journal est abîmé — le ticket n° 2 du 30/01/2021 (J000001, ligne 4) : son contenu ne "
        "correspond plus à son empreinte (et 3 autres constats)."
    )
    answer = shop_run("--json", "verify").json
    assert answer["error"] == {"code": "damaged", "message": sentence}
    assert answer["ok"] is False
    assert answer["first_bad"]["message"].startswith("Le ticket n° 2 du 30/01/2021 (J000001, li")
    assert answer["trusted"]["tickets"] == 22
    assert len(answer["problems"]) == answer["found"] == 4


def test_damage_told_without_json(shop_run):
    EDIT(shop_run.folder)
    answer = shop_run("verify")
    assert answer.code == 1
    assert answer.err.startswith("Le journal est abîmé — le ticket n° 2 du 30/01/2021")
    assert answer.err.count("\n") == 1
    assert "Sans défaut : 40 enregistrements, dont 22 tickets et 5 clôtures." in answer.out


def test_a_list_that_lies_is_made_again(shop_run):
    (shop_run.folder / "index/2021/2021-02-02.jsonl").unlink()
    sentence = shop_run.refused("verify")
    assert sentence == (
        "Le journal est intact, mais pas ce qui en est tiré — l'index des tickets du 2021-02-02 : "
        "il n'est pas celui du journal : lancez « verify --rebuild »."
    )
    assert shop_run.done("verify", "--rebuild")["rebuilt"] is True
    assert shop_run.done("verify")["ok"] is True


def test_nothing_is_made_again_over_damage(shop_run):
    EDIT(shop_run.folder)
    sentence = shop_run.refused("verify", "--rebuild")
    assert sentence.startswith("Le journal est abîmé — le ticket n° 2 du 30/01/2021")
    assert sentence.endswith(
        "rien n'a été refait, car ce qui en est tiré garde la trace de ce qui lui manque."
    )


def test_a_closure_that_cannot_be_read_any_more_is_told(shop_run):
    rearranged(3, lambda lines: [*lines[:9], lines[9][:100]])(shop_run.folder)
    assert shop_run.refused("z", "G000003").startswith("La clôture G000003 ne se lit plus")
    assert "une ligne (J000003, ligne 10)" in shop_run.refused("verify")


def test_verifying_nothing_is_refused(cloture):
    assert "Aucune donnée" in cloture.refused("verify")


def test_events_in_french(shop_run):
    answer = shop_run("events", "--from", "2021-01-31")
    assert answer.code == 0
    told = answer.out.replace("\u202f", " ").replace("\xa0", " ").splitlines()
    assert told == [
        "31/01/2021 à 20 h 00  Réglage « Nom de la boutique » : rien → Boulangerie d'essai",
        "31/01/2021 à 20 h 00  Import de dimanche.jsonl : 7 tickets pris",
        "01/02/2021 à 20 h 00  Import de lundi.jsonl : 4 tickets pris",
        "01/02/2021 à 20 h 00  Import de autre.jsonl : 0 ticket pris, 1 en conflit",
        "01/02/2021 à 20 h 00  Comptage de C1.1-000001, tiroir 1/1, corrigé : 99,00 € → 98,90 €"
        " — Anne",
        "02/02/2021 à 9 h 00  Import de ventes.jsonl : 3 tickets pris",
    ]


def test_events_for_a_script(shop_run):
    events = shop_run.done("events")["events"]
    assert [event["event"] for event in events] == [
        *("opening", "float", "import", "import", "import", "out", "setting", "import"),
        *("import", "import", "correction", "import"),
    ]
    move = events[5]
    assert (move["type"], move["at"], move["by"]) == ("move", "2021-01-30T11:00:00+01:00", "Anne")
    assert move["detail"]["amount"] == 500
    assert shop_run.done("events", "--from", "2022-01-01") == {"events": []}


def test_a_wrong_date_is_wrong_usage(shop_run):
    assert "n'est pas une date" in shop_run.refused("events", "--from", "hier", code=2)


def test_what_a_power_cut_left_is_told_and_kept(cloture, journal_file):
    cloture.done("import", journal_file(ticket(number="1")))
    path = cloture.folder / "journal/J000001.jsonl"
    with open(path, "ab") as journal:
        journal.write(b'{"body":{"cut')
    content = cloture.done("verify")
    assert (content["ok"], content["interrupted"]) == (True, 13)
    assert "(13 octets)" in cloture("verify").out
    cloture.done("import", journal_file(ticket(number="2"), name="autre.jsonl"))
    content = cloture.done("verify")
    assert (content["ok"], content["interrupted"], len(content["set_aside"])) == (True, 0, 1)
    told = cloture("events").out
    assert "Écriture interrompue mise de côté (J000001-" in told
