"""The screen never freezes: nothing holds the Tk thread for more than 100 ms, on any journey."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

import pytest

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.domain.settings import vat_table_of
from app.domain.tenders import CASH
from app.services.cash_moves import move_cash
from app.services.close import close
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_settings, load_settings
from app.ui.job_runner import JobRunner
from app.ui.kiosk import assemble
from app.ui.screens.home import HomeScreen
from tests.factories import line, ticket
from tests.ui.closing_kiosk import EVENING, Clock
from tests.ui.finger import clear
from tests.ui.thread_watch import Times, Watch

LIMIT_MS = 100
DRAWERS = [f"{till}/{drawer}" for till in (1, 2, 3, 4) for drawer in (1, 2, 3)]
TENDERS = ("especes", "cb", "cheque", "titre_restaurant")


@pytest.fixture
def clock():
    return Clock()


def sell_day(shop, day, first):
    """Tickets of every hour, tender and family, in twelve drawers; and money taken out."""
    sold = []
    for index in range(10 * len(DRAWERS)):
        till, drawer = DRAWERS[index % len(DRAWERS)].split("/")
        at = day.replace(hour=8 + index // len(DRAWERS), minute=index % 60)
        article = line(1000 + index, family=f"FAMILLE {index % 14}", vat=("5.50", "10.00")[index % 2])
        sold.append(
            ticket(
                article,
                number=str(first + index),
                at=at.isoformat(),
                till=till,
                drawer=drawer,
                payments=TENDERS[index // len(DRAWERS) % 4],
                cashier=f"Vendeuse {index % 9}",
            )
        )
    import_tickets(shop, sold, Source("f", "journal"), vat_table_of(load_settings(shop)), day)
    for drawer in DRAWERS:
        move_cash(shop, "out", 500, drawer, "Achat de lait", day, "Anne")


@pytest.fixture
def watch(window, program, faults, clock):
    """The kiosk of a shop with twelve drawers: yesterday closed, all drawers off; today open."""
    today = clock.now
    with program.open_shop(create=True) as shop:
        clock.now = today - timedelta(days=1)
        change_settings(
            shop, {"shop.name": "Boulangerie Martin", "tills.drawers": DRAWERS}, clock.now
        )
        sell_day(shop, clock.now - timedelta(minutes=30), 1000)
        counted = Count({CASH: 2000, "cb": 1000}, left=1000, reason="Écart non expliqué")
        terms = Terms(clock.now, by="Anne", counts=dict.fromkeys(DRAWERS, counted))
        close(shop, Scope(GENERAL), terms, load_settings(shop))
        clock.now = today
        sell_day(shop, today - timedelta(minutes=30), 5000)
    clear(window)
    watch = Watch(window)
    shell = assemble(window, program, JobRunner(window))
    watch.runner = shell.runner
    watch.shell = shell
    shell.nav.start(HomeScreen)
    watch.settle()
    yield watch
    shell.runner.stop(10)
    clear(window)


def go_closing(watch):
    watch.press("CLÔTURER")
    watch.press("GÉNÉRALE")
    watch.press("Compter la caisse")
    watch.press("Autres règlements")
    watch.press("Billets et pièces")
    watch.press("Somme en espèces")
    watch.press_keypad("39,5")
    for _ in DRAWERS:
        watch.press("Suivant")
        if not watch.can_press("Somme en espèces"):
            break
        watch.press("Somme en espèces")
        watch.press_keypad("20")
    for drawer in DRAWERS:
        watch.reach(f"Choisir le motif de la caisse {drawer}")
        watch.press(f"Choisir le motif de la caisse {drawer}")
        watch.press("Écart non expliqué")
    watch.press("Suivant")
    for _ in DRAWERS:
        watch.press("Suivant")
    watch.press("CLÔTURER")
    watch.shell.nav.current._listen(watch.shell.nav.current._armed)
    watch.press("Oui, clôturer")
    assert watch.sees("Clôture terminée")
    watch.press("Voir le ticket Z")
    for word in ("Ventes", "Caisses", "Totaux"):
        watch.press(word)


def go_figures(watch):
    watch.press("Lecture X")
    for word in ("Ventes", "Caisses", "Constats", "Essentiel"):
        if watch.can_press(word):
            watch.press(word)
    watch.press("Retour")
    watch.press("Liste des Z")
    watch.press("G000001")
    for word in ("Ventes", "Caisses", "Totaux"):
        watch.press(word)
    watch.press("Accueil")
    for word in ("Prochaine clôture", "Récapitulatif du mois"):
        watch.press(word)
        watch.press("Retour")


def go_settings(watch):
    for door in ("Tickets", "Fond de caisse", "Mouvement de caisse", "Journal du jour"):
        watch.press(door)
        watch.press("Retour")
    watch.press("Paramètres")
    for page in (
        "Édition clôture", "Affichage", "Interfaces", "Taux de TVA",
        "Postes et tiroirs", "Boutique", "Règlements", "Utilisateurs", "Copier les réglages", "Support",
    ):
        watch.press(page)
        watch.press("Retour")


@pytest.mark.parametrize("go", [go_closing, go_figures, go_settings])
def test_print(watch, go):
    try:
        go(watch)
    finally:
        for step, ms in sorted(watch.longest.items(), key=lambda i: -i[1])[:14]:
            print(f"{ms:7.1f}  {watch.total[step]:7.1f} {step}")
