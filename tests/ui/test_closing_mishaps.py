"""What goes wrong at 8 p.m.: a full disk, a power cut on any screen, two taps, another role."""

from __future__ import annotations

import errno
import os

import pytest

from app.domain.cash import Count
from app.domain.scope import GENERAL, Scope
from app.services.count_draft import drafts, load_draft
from app.services.settings import change_setting
from app.services.verify import verify
from app.store import disk
from app.ui.screens import home as home_screen
from app.ui.screens.closure_summary import ClosureSummaryScreen
from app.ui.screens.first_start import FirstStartScreen
from tests.cli.till_files import OLD
from tests.factories import ticket
from tests.formats.till_samples import LOYVERSE_ITEMS
from tests.ui.closing_kiosk import Clock, ClosingKiosk, every_screen

SATURDAY = "2026-11-21"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kiosk(window, program, finger, faults):
    kiosk = ClosingKiosk(window, program, finger)
    kiosk.take(
        ticket(1000, number="1", at=f"{SATURDAY}T09:00"),
        ticket(3000, number="2", at=f"{SATURDAY}T19:56"),
    )
    kiosk.start()
    return kiosk


class FillingDisk:
    """A disk that takes so many writes more (None: any number), then is full."""

    def __init__(self, monkeypatch) -> None:
        self.left: int | None = None
        self._write = os.write
        monkeypatch.setattr(disk.os, "write", self._take)

    def fill(self, after: int = 0) -> None:
        self.left = after

    def empty(self) -> None:
        self.left = None

    def _take(self, handle, data):
        if self.left is not None:
            if not self.left:
                raise OSError(errno.ENOSPC, "No space left on device")
            self.left -= 1
        return self._write(handle, data)


@pytest.fixture
def full_disk(monkeypatch):
    return FillingDisk(monkeypatch)


def walk(kiosk, upto):
    """Go through the screens of a closure up to one of them."""
    kiosk.finger.press("CLÔTURER")
    for words, go_on in every_screen(kiosk):
        assert kiosk.finger.sees(words)
        if words == upto:
            return
        go_on()


def test_sales_that_wait_for_their_payments_are_named_with_what_they_lack(kiosk, finger, program):
    with program.open_shop() as shop:
        change_setting(shop, "tickets.profile", "loyverse", program.clock())
    path = program.folder / "inbox" / "items.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(LOYVERSE_ITEMS, encoding="utf-8")
    os.utime(path, (OLD, OLD))
    walk(kiosk, "étape 1 sur 5")
    assert finger.sees("Des tickets ne sont pas encore pris")
    assert finger.sees("items.csv : il manque le fichier des règlements (« Reçus (Receipts) »)")


def test_a_disk_filled_before_the_closure_changes_nothing(kiosk, finger, full_disk):
    walk(kiosk, "étape 5 sur 5")
    finger.press("CLÔTURER")
    kiosk.wait_a_second()
    full_disk.fill()
    finger.press("Oui, clôturer")
    assert finger.sees("Le disque est plein")
    finger.press("OK")
    assert kiosk.closures() == []
    assert finger.sees("étape 5 sur 5")
    full_disk.empty()
    kiosk.confirm()
    assert finger.sees("Clôture terminée. Ticket Z n° 1")
    (drawer,) = kiosk.closure("G000001")["cash"]
    assert (drawer["counted"], drawer["reason"]) == (3900, "Écart non expliqué")


@pytest.mark.parametrize("writes", range(1, 8))
def test_a_disk_filled_in_the_middle_of_a_closure_leaves_it_whole_or_not_there(
    kiosk, finger, full_disk, program, writes
):
    walk(kiosk, "étape 5 sur 5")
    finger.press("CLÔTURER")
    kiosk.wait_a_second()
    full_disk.fill(after=writes)
    finger.press("Oui, clôturer")
    made = kiosk.closures()
    assert made in ([], ["G000001"])
    if made:
        # Its record was flushed before the disk was full: the person is told that it is done.
        assert finger.sees("Clôture terminée. Ticket Z n° 1")
    else:
        assert finger.sees("Le disque est plein")
        finger.press("OK")
        full_disk.empty()
        kiosk.confirm()
    full_disk.empty()
    kiosk.start()
    assert kiosk.closures() == ["G000001"]
    assert kiosk.closure("G000001")["figures"]["total"] == 4000
    assert not finger.sees("Comptage commencé")
    with program.open_shop() as shop:
        assert verify(shop, deep=True).ok


def test_a_disk_filled_while_counting_keeps_the_earlier_draft(kiosk, finger, full_disk, program):
    walk(kiosk, "étape 2 sur 5")
    kiosk.count_sum("12")
    full_disk.fill()
    finger.press_keypad("5")
    assert finger.sees("Le disque est plein")
    finger.press("Suivant")
    finger.press("OK")
    assert finger.sees("étape 2 sur 5")
    full_disk.empty()
    with program.open_shop() as shop:
        assert load_draft(shop, Scope(GENERAL)).plan.counts == {"1/1": Count({"especes": 1200})}
    finger.press_keypad("0")
    assert not finger.sees("Le disque est plein")
    finger.press("Suivant")
    assert finger.sees("1 250,00 €") or finger.sees("+1")


SCREENS = [
    "Sélectionnez le type de clôture",
    *(f"étape {step} sur 5" for step in (1, 2, 3, 4, 5)),
]


@pytest.mark.parametrize("killed_on", SCREENS)
def test_killed_on_a_screen_the_day_is_open_and_the_count_is_offered(kiosk, finger, killed_on):
    walk(kiosk, killed_on)
    kiosk.start()
    assert kiosk.closures() == []
    assert finger.sees("2 tickets à clôturer aujourd'hui")
    counted = killed_on in SCREENS[3:]
    assert finger.sees("Comptage commencé à 20 h 04") == counted
    if counted:
        finger.press("Reprendre")
        finger.press("Reprendre le comptage")
        assert finger.sees("39,00 €")


def test_killed_once_confirmed_the_day_is_closed_and_nothing_is_offered(kiosk, finger, program):
    walk(kiosk, "étape 5 sur 5")
    with program.open_shop() as shop:
        assert drafts(shop)
    kiosk.confirm()
    with program.open_shop() as shop:
        assert shop.documents.rows("drafts") == []
    kiosk.start()
    assert kiosk.closures() == ["G000001"]
    assert finger.sees("Rien à signaler")
    assert finger.sees("Aucun ticket à clôturer aujourd'hui")


def test_killed_between_the_closure_and_its_draft_nothing_is_offered(kiosk, finger, monkeypatch):
    walk(kiosk, "étape 5 sur 5")
    monkeypatch.setattr("app.services.closure_making.drop_draft", lambda *args: None)
    kiosk.confirm()
    kiosk.start()
    assert not finger.sees("Comptage commencé")


def test_the_draft_can_be_given_up(kiosk, finger):
    walk(kiosk, "étape 4 sur 5")
    kiosk.start()
    finger.press("Reprendre")
    finger.press("Recommencer")
    assert finger.sees("Effacer ce qui a été compté ?")
    finger.press("Recommencer")
    finger.press("Compter les espèces")
    assert finger.sees("0,00 €")
    kiosk.start()
    assert not finger.sees("Comptage commencé")


def test_going_back_keeps_what_was_counted(kiosk, finger):
    walk(kiosk, "étape 4 sur 5")
    for step in (3, 2):
        finger.press("Retour")
        assert finger.sees(f"étape {step} sur 5")
    assert finger.sees("39,00 €")


def test_a_double_tap_neither_confirms_nor_closes_twice(kiosk, finger):
    walk(kiosk, "étape 5 sur 5")
    screen = kiosk.shell.nav.current
    button = screen.main_button
    button.invoke()
    button.invoke()
    assert not finger.can_press("Oui, clôturer")
    assert kiosk.closures() == []
    kiosk.wait_a_second()
    confirm = screen._confirm
    confirm.invoke()
    assert kiosk.closures() == ["G000001"]
    screen._close()
    assert kiosk.closures() == ["G000001"]
    assert finger.sees("Clôture terminée. Ticket Z n° 1")


def test_return_pressed_again_and_again_does_not_close(kiosk, finger):
    walk(kiosk, "étape 5 sur 5")
    for _ in range(4):
        finger.key("Return")
    assert kiosk.closures() == []


def test_what_was_armed_is_disarmed_after_a_while(kiosk, finger):
    walk(kiosk, "étape 5 sur 5")
    finger.press("CLÔTURER")
    screen = kiosk.shell.nav.current
    assert isinstance(screen, ClosureSummaryScreen)
    screen._disarm(screen._armed)
    assert not finger.can_press("Oui, clôturer")
    kiosk.confirm()
    assert kiosk.closures() == ["G000001"]


def test_the_question_can_be_answered_no(kiosk, finger):
    walk(kiosk, "étape 5 sur 5")
    finger.press("CLÔTURER")
    assert finger.sees("Clôturer samedi 21 ?")
    assert finger.sees("Une clôture ne s'annule pas.")
    kiosk.wait_a_second()
    finger.press("Non, revenir")
    assert not finger.sees("Une clôture ne s'annule pas.")
    assert kiosk.closures() == []
    kiosk.confirm()
    assert kiosk.closures() == ["G000001"]


def test_a_ticket_that_comes_after_the_count_brings_the_difference_back(kiosk, finger):
    walk(kiosk, "étape 4 sur 5")
    kiosk.take(ticket(700, number="3", at=f"{SATURDAY}T20:01"))
    finger.press("Tout laisser")
    finger.press("Suivant")
    assert finger.sees("L'écart de caisse a changé")
    assert not finger.can_press("CLÔTURER")
    finger.press("Voir l'écart")
    assert finger.sees("−8,00 €")


def test_a_secondary_till_says_why_it_does_not_close(kiosk, finger):
    kiosk.set("shop.role", "secondary")
    kiosk.start()
    assert finger.sees("Ce poste n'est pas la caisse maître")
    assert finger.sees("Il ne clôture pas et ne sauvegarde pas")
    assert not finger.can_press("CLÔTURER")


def test_without_a_shop_the_first_start_comes(window, program, finger, faults):
    kiosk = ClosingKiosk(window, program, finger)
    kiosk.start()
    assert isinstance(kiosk.shell.nav.current, FirstStartScreen)


def test_a_folder_that_cannot_be_read_is_told_and_tried_again(kiosk, finger, program):
    away = program.folder.with_name("unplugged")
    program.folder.rename(away)
    program.folder.write_text("not a folder")
    kiosk.shell.nav.current.refresh()
    assert finger.sees("Les données ne sont pas accessibles")
    finger.key("Return")  # there is no main action to press now
    program.folder.unlink()
    away.rename(program.folder)
    finger.press("Réessayer")
    assert finger.can_press("CLÔTURER")


def test_every_door_of_home_opens(kiosk, finger):
    for door in home_screen.doors.DOORS:
        finger.press(door.title)
        assert kiosk.shell.nav.depth == 2
        kiosk.shell.nav.home()


def test_a_secondary_till_is_not_offered_what_it_cannot_do(kiosk, finger):
    kiosk.set("shop.role", "secondary")
    kiosk.start()
    for words in ("Lecture X", "Tickets", "Fond de caisse", "Mouvement de caisse"):
        assert not finger.can_press(words)
    for words in ("Liste des Z", "Paramètres", "Journal du jour", "Support"):
        finger.press(words)
        assert kiosk.shell.nav.depth == 2
        kiosk.shell.nav.home()


def test_more_modules_than_there_is_room_for_are_one_tap_further(kiosk, finger, monkeypatch):
    doors = home_screen.doors
    added = tuple(doors.Door(f"new{n}", f"Module {n}", "box", doors.SUPPORT.screen) for n in (1, 2))
    monkeypatch.setattr(doors, "DOORS", (*doors.DOORS, *added))
    kiosk.start()
    assert not finger.can_press("Journal du jour")
    finger.press("Autres fonctions")
    for words in ("Journal du jour", "Module 1", "Module 2"):
        assert finger.can_press(words)
    finger.press("Module 2")
    assert finger.sees("Aucun numéro enregistré")
    finger.press("Retour")
    assert finger.sees("Autres fonctions")
