"""Taking tickets in with a finger: files picked, refused, taken in part; conflicts; the inbox."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.settings import vat_table_of
from app.domain.ticket import content_json
from app.services.browse import Browse
from app.services.import_tickets import Source, import_tickets
from app.store.browsing import ListedPlace, list_folder
from app.store.inbox_files import InboxFiles
from app.ui.screens.home import HomeScreen
from tests.factories import line, ticket
from tests.ui.conftest import NOW

RATES = vat_table_of({})
DAY = "2026-11-21"
LONG = "export-de-la-caisse-principale-du-samedi-21-novembre-2026.jsonl"


@pytest.fixture
def usb(tmp_path):
    """A USB stick."""
    folder = tmp_path / "USB"
    folder.mkdir()
    return folder


@pytest.fixture
def program(program, usb):
    places = [ListedPlace(str(usb), "Clé USB CAISSE", "removable", 3_400_000_000)]
    return replace(program, browse=Browse(lambda: places, list_folder))


@pytest.fixture
def tickets(shell, program, finger):
    """The screen « Tickets » of a shop that has one ticket already."""
    with program.open_shop(create=True) as shop:
        import_tickets(shop, [sold("1,00", "40")], Source("lundi.jsonl", "journal"), RATES, NOW)
    shell.nav.start(HomeScreen)
    finger.press("Tickets")
    return shell


def sold(total, number, **more):
    return ticket(total, number=number, at=f"{DAY}T09:{number}", **more)


def write(path, *tickets, broken=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(content_json(t)) for t in tickets]
    path.write_text("\n".join([*lines, *["{oops"] * broken, ""]), encoding="utf-8")
    old = (NOW - timedelta(hours=1)).timestamp()
    os.utime(path, (old, old))
    return path


def pick(finger, name):
    finger.press("Importer un fichier")
    finger.press("Clé USB CAISSE")
    finger.press(name)


def test_a_file_is_picked_looked_at_and_taken(tickets, finger, usb):
    write(usb / "caisse" / "samedi.jsonl", sold("3,00", "41"), sold("2,50", "42"))
    finger.press("Importer un fichier")
    assert finger.sees("3,4 Go libres")
    finger.press("Clé USB CAISSE")
    finger.press("caisse/")
    finger.press("samedi.jsonl")
    assert finger.sees("2 tickets pour 5,50 €, le samedi 21 novembre 2026")
    assert finger.sees("Rien") is False
    finger.press("Premiers tickets")
    assert finger.sees("BAGUETTE")
    finger.press("Prendre ces tickets")
    assert finger.sees("2 tickets pris.")
    finger.press("Terminé")
    assert finger.sees("Derniers imports")
    assert finger.sees("samedi.jsonl")


def test_folders_up_and_down(tickets, finger, usb):
    write(usb / "a" / "b" / "x.jsonl", sold("1,00", "41"))
    (usb / "photo.png").write_bytes(b"x")
    finger.press("Importer un fichier")
    finger.press("Clé USB CAISSE")
    assert not finger.sees("photo.png")
    finger.press("Montrer 1 autre fichier")
    assert finger.sees("photo.png")
    finger.press("a/")
    finger.press("b/")
    assert finger.sees("x.jsonl")
    finger.press("Dossier au-dessus")
    assert finger.sees("b/")
    finger.press("Disques")
    assert finger.sees("Où se trouve le fichier ?")
    assert not finger.can_press("Disques")


def test_a_stick_that_was_pulled_out(tickets, finger, usb):
    finger.press("Importer un fichier")
    usb.rmdir()
    finger.press("Clé USB CAISSE")
    assert finger.sees("vérifiez que la clé USB ou le réseau est toujours branché")
    finger.press("OK")
    assert finger.sees("Où se trouve le fichier ?")


def test_a_file_with_refusals_is_taken_in_part(tickets, finger, usb):
    write(usb / "samedi.jsonl", sold("3,00", "41"), broken=2)
    pick(finger, "samedi.jsonl")
    assert finger.sees("2 lignes ne se lisent pas")
    finger.press("2 ce n'est pas du JSON")
    assert finger.sees("{oops")
    finger.press("Prendre ce qui se lit")
    assert finger.sees("Tickets pris en partie")
    assert finger.sees("1 ticket pris, 2 lignes refusées.")
    finger.press("Lignes refusées (2)")
    assert finger.sees("ce n'est pas du JSON")
    finger.press("Terminé")
    finger.press("Voir les motifs")
    assert finger.sees("ligne 2 : ce n'est pas du JSON")


def test_a_file_that_changed_meanwhile_is_refused_whole(tickets, finger, usb):
    path = write(usb / "samedi.jsonl", sold("3,00", "41"))
    pick(finger, "samedi.jsonl")
    write(path, sold("3,00", "41"), broken=1)
    finger.press("Prendre ces tickets")
    assert finger.sees("Rien n'a été pris")
    assert finger.sees("0 ticket pris, 1 ligne refusée.")


def test_a_file_without_a_ticket_cannot_be_taken(tickets, finger, usb):
    write(usb / "samedi.jsonl", sold("1,00", "41"), broken=0)
    (usb / "samedi.jsonl").write_text('{"till":"1"}\n{"till":"1"}\n', encoding="utf-8")
    pick(finger, "samedi.jsonl")
    assert finger.sees("Aucun ticket ne se lit dans ce fichier")
    assert not finger.can_press("Prendre")


def test_an_empty_file_and_another_one_chosen(tickets, finger, usb):
    write(usb / "vide.jsonl")
    pick(finger, "vide.jsonl")
    assert finger.sees("vide.jsonl est vide")
    assert not finger.can_press("Prendre")
    finger.press("Autre fichier")
    assert finger.sees("Où se trouve le fichier ?")


def test_a_wrong_profile_is_told_and_another_chosen(tickets, finger, usb):
    write(usb / LONG, sold("3,00", "41"))
    pick(finger, LONG)
    finger.press("Profil du fichier")
    finger.press("Boulangerie")
    assert finger.sees("il correspond au profil journal : choisissez-le")
    assert not finger.can_press("Prendre")
    finger.press("Changer de profil")
    finger.press("Journal")
    finger.press("Prendre ces tickets")
    assert finger.sees("1 ticket pris.")


def test_a_file_that_vanished(tickets, finger, usb):
    path = write(usb / "samedi.jsonl", sold("3,00", "41"))
    finger.press("Importer un fichier")
    finger.press("Clé USB CAISSE")
    path.unlink()
    finger.press("samedi.jsonl")
    assert finger.sees("Ce fichier ne peut pas être pris")
    finger.press("Autre fichier")


def test_a_file_that_vanishes_before_it_is_taken(tickets, finger, usb, program):
    path = write(usb / "samedi.jsonl", sold("3,00", "41"))
    pick(finger, "samedi.jsonl")
    path.unlink()
    finger.press("Prendre ces tickets")
    assert finger.sees("Ce n'est pas possible")
    finger.press("OK")
    with program.open_shop() as shop:
        assert shop.ledger.open == {DAY: {"1/1": 1}}


def test_the_same_file_again_gives_only_known_tickets(tickets, finger, usb):
    write(usb / "samedi.jsonl", sold("1,00", "40"))
    pick(finger, "samedi.jsonl")
    finger.press("Prendre ces tickets")
    assert finger.sees("0 ticket pris, 1 déjà connu.")


def test_both_contents_of_a_conflict_are_shown(tickets, finger, usb):
    other = ticket(line("9,00", label="GÂTEAU"), number="40", at=f"{DAY}T09:40")
    write(usb / "samedi.jsonl", other, sold("2,00", "41"))
    pick(finger, "samedi.jsonl")
    finger.press("Prendre ces tickets")
    assert finger.sees("1 ticket pris, 1 en conflit.")
    finger.press("Comparer les conflits")
    assert finger.sees("Ticket n° 40 reçu deux fois")
    for words in ("BAGUETTE", "GÂTEAU", "1,00 €", "9,00 €", "21/11/2026 à 9 h 40", "Non compté"):
        assert finger.sees(words), words
    finger.press("Retour")
    finger.press("Terminé")
    assert finger.sees("1 ticket reçu avec deux contenus")
    finger.press("Comparer")
    assert finger.sees("GÂTEAU")


def test_several_conflicts_are_leafed_through(tickets, finger, program):
    with program.open_shop() as shop:
        import_tickets(shop, [sold("5,00", "40")], Source("f", "j"), RATES, NOW)
        import_tickets(shop, [sold("6,00", "40")], Source("f", "j"), RATES, NOW)
    finger.press("Retour")
    finger.press("Tickets")
    finger.press("Comparer")
    assert finger.sees("1 sur 2.")
    assert not finger.can_press("Précédent")
    finger.press("Suivant")
    assert finger.sees("6,00 €")
    assert not finger.can_press("Suivant")


# --- the inbox --------------------------------------------------------------------------------


@pytest.fixture
def inbox(program, monkeypatch):
    monkeypatch.setattr(InboxFiles, "pause", lambda self: None)
    return program.folder / "inbox"


def test_the_inbox_is_taken_in(tickets, finger, inbox):
    write(inbox / "poste-2.jsonl", sold("4,00", "51", till="2"), broken=1)
    (inbox / "vide.jsonl").write_text("", encoding="utf-8")
    os.utime(inbox / "vide.jsonl", (1_600_000_000, 1_600_000_000))
    tickets.nav.reload()
    assert finger.sees("2 fichiers attendent dans la boîte")
    assert finger.sees("poste-2.jsonl, vide.jsonl")
    finger.press("Relever la boîte")
    assert finger.sees("Tickets pris en partie")
    assert finger.sees("1 ticket pris, 1 ligne refusée.")
    assert finger.sees("vide.jsonl n'a pas été pris")
    finger.press("Terminé")
    assert finger.sees("La boîte de réception est vide")
    assert finger.sees("2 fichiers refusés, en tout ou en partie")


def test_an_empty_inbox(tickets, finger, inbox):
    finger.press("Relever la boîte")
    assert finger.sees("Rien à prendre pour l'instant")
    finger.press("Terminé")
    assert finger.sees("Derniers imports")


def test_a_file_that_still_grows_waits(tickets, finger, inbox):
    path = write(inbox / "poste-2.jsonl", sold("4,00", "51", till="2"))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    finger.press("Relever la boîte")
    assert finger.sees("Rien à prendre pour l'instant")
    assert finger.sees("il est encore en cours d'écriture")
