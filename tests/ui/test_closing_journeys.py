"""A cashier closes the day: each kind of closure, counts, differences, forgotten days."""

from __future__ import annotations

import json
import tkinter as tk
from contextlib import suppress
from datetime import timedelta

import pytest

from app.domain.ticket import ticket_json
from app.services import users
from tests.factories import line, ticket
from tests.ui.closing_kiosk import EVENING, Clock, ClosingKiosk

SATURDAY, FRIDAY, THURSDAY = "2026-11-21", "2026-11-20", "2026-11-19"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kiosk(window, program, finger, faults):
    kiosk = ClosingKiosk(window, program, finger)
    kiosk.take(
        ticket(1000, number="150223", at=f"{SATURDAY}T09:00"),
        ticket(2000, number="150224", at=f"{SATURDAY}T12:00", payments="cb"),
        ticket(3000, number="150225", at=f"{SATURDAY}T19:56"),
    )
    kiosk.start()
    return kiosk


def test_a_day_is_closed_general_with_a_right_count(kiosk, finger):
    assert finger.sees("3 tickets à clôturer aujourd'hui")
    assert finger.sees("Poste 1 : dernier ticket n° 150225 à 19 h 56, il y a 8 min")
    kiosk.choose("GÉNÉRALE")
    assert finger.sees("Clôture GÉNÉRALE du samedi 21 novembre 2026")
    assert finger.sees("60,00 €")
    finger.press("Compter les espèces")
    finger.press("20 €")
    finger.press_keypad("2")
    assert finger.sees("40,00 €")
    finger.press("Autres règlements")
    finger.press("Carte bancaire")
    finger.press_keypad("20")
    finger.press("OK")
    finger.press("Suivant")
    assert finger.sees("Le compte est bon : aucun écart.")
    finger.press("Suivant")
    assert finger.sees("Que laissez-vous dans le tiroir 1/1 ?")
    assert finger.sees("Choisissez ce qui reste dans le tiroir.")
    assert not finger.can_press("Suivant")
    finger.press("Fond laissé")
    finger.press_keypad("15")
    finger.press("OK")
    assert finger.sees("25,00 €")
    finger.press("Suivant")
    kiosk.confirm()
    assert finger.sees("Clôture terminée. Ticket Z n° 1")
    made = kiosk.closure("G000001")
    (drawer,) = made["cash"]
    assert (drawer["counted"], drawer["difference"]) == (4000, 0)
    assert (drawer["left"], drawer["banked"]) == (1500, 2500)
    assert drawer["coins"] == {"2000": 2}
    assert [t["difference"] for t in drawer["tenders"] if t["method"] == "cb"] == [0]
    finger.press("Accueil")
    assert finger.sees("Dernière clôture : Ticket Z n° 1, journée du samedi 21 novembre 2026")
    assert finger.sees("Aucun ticket à clôturer aujourd'hui")


def test_what_is_not_counted_stays_unknown(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    assert finger.sees("espèces non comptées")
    kiosk.confirm()
    (drawer,) = kiosk.closure("G000001")["cash"]
    assert drawer["counted"] is drawer["difference"] is drawer["left"] is None


def test_giving_up_a_count_begun_asks_first(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    kiosk.count_sum("12,5")
    finger.press("Ne pas compter ce tiroir")
    assert finger.sees("Vous avez compté 12,50 € en espèces.")
    finger.press("Garder")
    assert finger.sees("12,5 €")
    finger.press("Ne pas compter ce tiroir")
    finger.press("Effacer et continuer")
    assert finger.sees("espèces non comptées")


def test_caisse_then_poste_then_general_with_a_difference_and_its_reason(kiosk, finger):
    kiosk.take(ticket(500, number="9", at=f"{SATURDAY}T10:00", till="2"))
    kiosk.start()
    kiosk.choose("CAISSE", "Tiroir 1/1")
    finger.press("Compter les espèces")
    kiosk.count_sum("39,50")
    finger.press("Suivant")
    assert finger.sees("−0,50 €")
    assert finger.sees("Tiroir 1/1 en écart")
    assert finger.sees("Motif à choisir : 1/1.")
    assert not finger.can_press("Suivant")
    finger.press("Choisir le motif du tiroir 1/1")
    finger.press("Erreur de rendu de monnaie")
    assert finger.sees("Motif : Erreur de rendu de monnaie")
    assert finger.sees("Chaque écart a son motif.")
    finger.press("Suivant")
    finger.press("Tout en banque")
    finger.press("Suivant")
    assert finger.sees("Motif de l'écart, tiroir 1/1 : Erreur de rendu de monnaie.")
    kiosk.confirm()
    assert finger.sees("Clôture terminée. Ticket Z n° 1 — CAISSE 1/1")
    finger.press("Accueil")

    kiosk.choose("POSTE", "Poste 1")
    assert finger.sees("1 clôture")
    finger.press("Compter les espèces")
    assert finger.sees("déjà compté à la clôture C1.1-000001")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    finger.press("Accueil")

    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    assert finger.sees("Comptage du tiroir 2/1 (2 sur 2)")
    kiosk.count_sum("5")
    finger.press("Suivant")
    finger.press("Suivant")
    finger.press("Tout laisser")
    finger.press("Suivant")
    assert finger.sees("Elle réunit 2 clôtures déjà faites.")
    kiosk.confirm()
    assert kiosk.closures() == ["C1.1-000001", "P1-000001", "G000001"]
    (first,) = kiosk.closure("C1.1-000001")["cash"]
    assert (first["difference"], first["reason"]) == (-50, "Erreur de rendu de monnaie")
    assert (first["left"], first["banked"]) == (0, 3950)
    assert kiosk.closure("G000001")["figures"]["total"] == 6500


def test_another_reason_can_be_typed(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    kiosk.count_sum("41")
    finger.press("Suivant")
    finger.press("Choisir le motif du tiroir 1/1")
    finger.press("Autre motif")
    finger.type("pourboire")
    finger.press("OK")
    assert finger.sees("Motif : pourboire")


def test_a_difference_beyond_the_limit_asks_for_a_manager(kiosk, finger, program):
    kiosk.set("closing.difference_limit", 100)
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", users.MANAGER, EVENING)
        users.set_pin(shop, "Anne", "4826", EVENING)
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    kiosk.count_sum("38,99")
    finger.press("Suivant")
    assert finger.sees("un responsable doit l'accepter. « Suivant » demandera son code.")
    finger.press("Choisir le motif du tiroir 1/1")
    finger.press("Écart non expliqué")
    finger.press("Suivant")
    finger.press("Abandon")
    assert finger.sees("étape 3 sur 5")
    finger.press("Suivant")
    finger.press_keypad("4826")
    finger.press("Valider")
    finger.press("Tout laisser")
    finger.press("Suivant")
    kiosk.confirm()
    assert kiosk.closure("G000001")["by"] == "Anne"


def test_the_tills_own_z_is_kept_with_its_difference(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Saisir son Z")
    finger.press_keypad("57")
    finger.press("OK")
    finger.press_keypad("59,5")
    finger.press("OK")
    assert finger.sees("Z n° 57 : 59,50 €, écart de −0,50 €")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    assert kiosk.closure("G000001")["till_z"] == [
        {"till": "1", "number": "57", "total": 5950, "difference": -50}
    ]


def test_more_than_was_counted_cannot_be_banked(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    kiosk.count_sum("40")
    finger.press("Suivant")
    finger.press("Suivant")
    finger.press("Remise en banque")
    finger.press_keypad("41")
    finger.press("OK")
    assert finger.sees("plus grand que ce qui a été compté")
    finger.press("OK")
    finger.press("Remise en banque")
    finger.press_keypad("40")
    finger.press("OK")
    assert finger.sees("0,00 €")


def test_forgotten_days_are_closed_one_by_one_the_oldest_first(kiosk, finger):
    kiosk.take(
        ticket(100, number="150001", at=f"{THURSDAY}T10:00"),
        ticket(200, number="150002", at=f"{FRIDAY}T10:00"),
    )
    kiosk.start()
    assert finger.sees("Vous n'avez pas clôturé 2 journées")
    finger.press("Clôturer jeudi d'abord")
    assert finger.sees("Clôture GÉNÉRALE du jeudi 19 novembre 2026")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    finger.press("Accueil")
    assert finger.sees("Vous n'avez pas clôturé vendredi")
    finger.press("Tout clôturer")
    finger.press("GÉNÉRALE")
    assert finger.sees("Si vous continuez, cette journée sera dans la clôture de samedi.")
    finger.press("Clôturer vendredi d'abord")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    finger.press("Accueil")
    assert finger.sees("Rien à signaler")
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    days = [kiosk.closure(name)["business_day"] for name in kiosk.closures()]
    assert days == [THURSDAY, FRIDAY, SATURDAY]
    assert [kiosk.closure(name)["figures"]["total"] for name in kiosk.closures()] == [
        100,
        200,
        6000,
    ]


def test_tickets_that_come_after_their_days_closure_are_told_as_such(kiosk, finger, clock):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    kiosk.take(
        ticket(700, number="150226", at=f"{SATURDAY}T20:30"),
        ticket(800, number="150227", at=f"{SATURDAY}T20:31"),
    )
    clock.forward(hours=12)
    kiosk.start()
    assert finger.sees("2 tickets de samedi sont arrivés après la clôture")
    assert not finger.sees("Vous n'avez pas clôturé")
    finger.press("Clôturer samedi d'abord")
    assert finger.sees("Clôture GÉNÉRALE du samedi 21 novembre 2026")
    assert finger.sees("15,00 €")


def test_nothing_to_close_says_so_in_the_services_words(kiosk, finger):
    kiosk.set("tills.drawers", ["1/1", "2/1"])
    kiosk.choose("POSTE", "Poste 2")
    assert finger.sees("Rien à clôturer pour POSTE 2 : aucun ticket depuis la dernière clôture.")
    assert not finger.can_press("Compter les espèces")
    finger.press("Accueil")
    assert finger.sees("3 tickets à clôturer aujourd'hui")


def test_a_single_till_is_chosen_by_itself(kiosk, finger):
    kiosk.choose("POSTE")
    assert finger.sees("Clôture POSTE 1 du samedi 21 novembre 2026")


def test_a_clock_in_doubt_shows_both_dates_and_asks_a_manager(kiosk, finger, clock, program):
    with program.open_shop() as shop:
        users.add_user(shop, "Anne", users.MANAGER, EVENING)
        users.set_pin(shop, "Anne", "4826", EVENING)
    clock.forward(days=3)
    kiosk.choose("GÉNÉRALE")
    assert finger.sees("Ce PC : 24/11/2026 à 20 h 04.")
    assert finger.sees("Dernier ticket : 21/11/2026 à 19 h 56.")
    assert not finger.can_press("Compter les espèces")
    finger.press("Elles sont justes")
    finger.press_keypad("4826")
    finger.press("Valider")
    assert not finger.sees("La date et l'heure du PC sont-elles justes ?")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    assert kiosk.closure("G000001")["by"] == "Anne"


def test_findings_and_late_tickets_are_told_before_the_count(kiosk, finger):
    kiosk.choose("GÉNÉRALE")
    finger.press("Compter les espèces")
    finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()
    kiosk.take(
        ticket(line(0), number="150226", at=f"{SATURDAY}T20:00"),
        ticket(100, number="150222", at=f"{SATURDAY}T08:00"),
    )
    kiosk.start()
    kiosk.choose("GÉNÉRALE")
    assert finger.sees("1 ticket en retard")
    assert finger.sees("sam. 21/11/2026 — lignes à prix nul : 1")


def test_freshness_grows_old_while_home_is_on_view(kiosk, finger, clock):
    clock.now += timedelta(minutes=75)
    kiosk.shell.nav.current.refresh()
    assert finger.sees("il y a 1 h 23")


def test_what_the_tills_dropped_is_taken_in_before_the_closure(kiosk, finger, program):
    sold = ticket_json(ticket(700, number="150226", at=f"{SATURDAY}T20:01"))
    (program.folder / "inbox").mkdir(exist_ok=True)
    dropped = program.folder / "inbox" / "ventes.jsonl"
    dropped.write_text(json.dumps(sold) + "\n", encoding="utf-8")
    kiosk.choose("GÉNÉRALE")
    assert finger.sees("67,00 €")
    assert finger.sees("Dernier ticket n° 150226 à 20 h 01, il y a 3 min")
    assert not dropped.exists()


def test_a_day_is_closed_with_the_keyboard_alone(kiosk, finger, window):
    def tab_to(words):
        for _ in range(60):
            finger.key("Tab")
            focus = window.focus_get()
            said = " ".join([getattr(focus, "spoken", "") or "", *_own_texts(focus)])
            if words in said.replace("’", "'"):
                return
        raise AssertionError(f"Tab never came to {words!r}")

    finger.key("Return")
    tab_to("GÉNÉRALE")
    finger.key("Return")
    finger.key("Return")
    assert finger.sees("étape 2 sur 5")
    tab_to("Somme en espèces")
    finger.key("space")
    finger.type("40")
    assert finger.sees("40 €")
    tab_to("Suivant")
    finger.key("Return")
    assert finger.sees("Le compte est bon : aucun écart.")
    finger.key("Return")
    tab_to("Tout laisser")
    finger.key("space")
    tab_to("Suivant")
    finger.key("Return")
    assert finger.sees("étape 5 sur 5")
    finger.key("Return")
    kiosk.wait_a_second()
    tab_to("Oui, clôturer")
    finger.key("Return")
    assert finger.sees("Clôture terminée. Ticket Z n° 1")


def _own_texts(widget):
    """The words of a widget and of those in it."""
    found = []
    for part in [widget, *widget.winfo_children()]:
        with suppress(tk.TclError):  # a canvas has none
            found.append(str(part.cget("text")))
        if part is not widget:
            found += _own_texts(part)
    return found
