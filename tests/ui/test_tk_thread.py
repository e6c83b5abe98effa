"""The kiosk never freezes: nothing holds its one thread for more than 100 ms, on any journey."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from app.bootstrap import program
from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.domain.settings import vat_table_of
from app.domain.tenders import CASH
from app.domain.ticket import content_json
from app.services.cash_moves import move_cash
from app.services.close import close
from app.services.closure_plan import ClosurePlan
from app.services.count_draft import save_draft
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_settings, load_settings
from app.ui.job_runner import JobRunner
from app.ui.kiosk import assemble
from app.ui.screens.first_start import FirstStartScreen
from app.ui.screens.home import HomeScreen
from app.ui.screens.import_preview import ImportPreviewScreen
from app.ui.screens.till_files import TillFilesScreen
from tests.factories import line, ticket
from tests.ui.closing_kiosk import EVENING
from tests.ui.finger import clear
from tests.ui.thread_watch import Times, Watch

LIMIT_MS = 100
DRAWERS = [f"{till}/{drawer}" for till in (1, 2, 3, 4) for drawer in (1, 2, 3)]
TENDERS = ("especes", "cb", "cheque", "titre_restaurant")
WHY = "Écart non expliqué"


# --- what the cashier does ----------------------------------------------------------------------


def close_the_day(watch: Watch) -> None:
    """The day of twelve drawers, all counted and all off: two are still to be explained."""
    watch.press("CLÔTURER")
    watch.press("GÉNÉRALE")
    watch.press("Reprendre le comptage")
    watch.press("Autres règlements")
    watch.press("Billets et pièces")
    watch.press("20 €")
    watch.press("3")
    watch.press("Somme en espèces")
    watch.press_keypad("39,5")
    for _ in DRAWERS:
        watch.press("Suivant")
    for drawer in DRAWERS[:2]:
        watch.reach(f"Choisir le motif du tiroir {drawer}")
        watch.press(f"Choisir le motif du tiroir {drawer}")
        watch.press(WHY)
    watch.press("Suivant")
    watch.press("Fond laissé")
    watch.press_keypad("10")
    watch.press("OK")
    watch.press("Suivant")
    for _ in DRAWERS[1:]:
        watch.press("Tout laisser")
        watch.press("Suivant")
    watch.press("CLÔTURER")
    watch.shell.nav.current._listen(watch.shell.nav.current._armed)  # a second later
    watch.press("Oui, clôturer")
    assert watch.sees("Clôture terminée")
    watch.press("Voir le ticket Z")
    watch.press("Tiroirs")
    watch.press("Accueil")


def look_at_figures(watch: Watch) -> None:
    """The X and the Z of twelve drawers, the lists and the month."""
    watch.press("Lecture X")
    for section in ("Ventes", "Tiroirs", "Constats", "Essentiel"):
        watch.press(section)
    watch.press("Retour")
    watch.press("Liste des Z")
    watch.press("G000001")
    for section in ("Ventes", "Tiroirs", "Totaux"):
        watch.press(section)
    watch.reach("Accueil")
    watch.press("Accueil")
    for door in ("Prochaine clôture", "Récapitulatif du mois", "Journal du jour", "Tickets"):
        watch.press(door)
        watch.press("Retour")


def go_through_settings(watch: Watch) -> None:
    """Every page of the settings, and the two entries of cash."""
    for door in ("Fond de caisse", "Mouvement de caisse"):
        watch.press(door)
        watch.press("Retour")
    watch.press("Paramètres")
    for page in (
        "Édition clôture",
        "Affichage",
        "Interfaces",
        "Imprimante de tickets",
        "Mail",
        "Taux de TVA",
        "Postes et tiroirs",
        "Règlements",
        "Ajouter une caisse",
        "Utilisateurs",
        "Copier les réglages",
        "Support",
        "Boutique",
    ):
        watch.reach(page)
        watch.press(page)
        watch.press("Retour")
    watch.reach("Boutique")
    watch.press("Boutique")
    watch.press("Nom de la boutique")
    watch.type("s")
    watch.press("OK")


def add_a_till(watch: Watch) -> None:
    """A year of a till that nobody knows: its totals, its columns, a choice, its name."""
    watch.press("Tickets")
    watch.press("Ajouter une caisse")
    watch.shell.nav.go(TillFilesScreen, files=(str(a_year_of_sales(watch)),))
    watch.press("Continuer")
    for section in ("Tickets", "Colonnes", "À vérifier", "Totaux"):
        watch.press(section, nth=0)
    watch.press("Page suivante")
    watch.press("Colonnes")
    watch.press("Article Article")
    watch.press("Article, par exemple")
    watch.press("Choix")
    watch.press("Taux de TVA des lignes sans taux")
    watch.press("5,5 %")
    watch.press("Continuer")
    watch.press("Nom de cette caisse")
    watch.type("bar")
    watch.press("OK")
    watch.press("Enregistrer")
    watch.press("Voir les tickets")


def take_tickets_in(watch: Watch) -> None:
    """A large file with refusals, a count corrected, the file for support."""
    watch.press("Tickets")
    watch.shell.nav.go(ImportPreviewScreen, path=str(a_large_file(watch)))
    for section in ("Premiers tickets", "Journées", "Refusées (40)"):
        watch.press(section)
    watch.press("Page suivante")
    watch.press("Prendre ce qui se lit")
    watch.press("Lignes refusées (40)")
    watch.press("Terminé")
    watch.reach("Voir les motifs")
    watch.press("Voir les motifs")
    for _ in range(2):
        watch.press("Retour")
    watch.press("Liste des Z")
    watch.press("G000001")
    watch.press("Tiroirs")
    while not watch._is_touchable("Corriger le comptage"):  # that of the first drawer
        watch.press("Page suivante")
    watch.press("Corriger le comptage", nth=0)
    watch.press("Compté en espèces")
    watch.press_keypad("10")
    watch.press("OK")
    watch.reach("Motif de la correction")
    watch.press("Motif de la correction")
    watch.press("Comptage mal tapé")
    watch.press("Accueil")
    watch.press("Quitter cet écran")
    watch.press("Journal du jour")
    watch.press("Support")
    watch.press("Préparer un dossier pour le support")
    watch.press("Copier sur une clé")
    watch.press("Accueil")


def a_large_file(watch: Watch) -> Path:
    """2,000 tickets of this evening, and 40 lines that are none."""
    path = watch.shell.program.folder / "export" / "soir.jsonl"
    path.parent.mkdir(exist_ok=True)
    sold = [ticket(150, number=str(n), at=EVENING.isoformat()) for n in range(20_000, 22_000)]
    lines = [json.dumps(content_json(one)) for one in sold]
    path.write_text("\n".join([*lines, *["{oops"] * 40, ""]), encoding="utf-8")
    return path


def begin_a_shop(watch: Watch) -> None:
    """The first start, to a manager whose code is then typed wrong three times."""
    watch.press("Commencer")
    watch.press("Nom de la boutique")
    watch.type("anne")
    watch.press("OK")
    watch.press("Continuer")
    watch.press("Continuer")
    watch.press("Postes qui vendent : plus")
    watch.press("Continuer")
    watch.press("Continuer")
    watch.press("Votre nom")
    watch.type("anne")
    watch.press("OK")
    watch.press("Choisir un code")
    for word in ("Continuer", "Enregistrer"):
        watch.press_keypad("4862")
        watch.press(word)
    watch.press("C'est noté")
    watch.press("Oui, c'est recopié")
    watch.press("Aller à l'accueil")
    watch.press("Paramètres")
    watch.reach("Boutique")
    watch.press("Boutique")
    for _ in range(3):
        watch.press_keypad("9753")
        watch.press("Valider")
    assert watch.sees("Attendez 30 s")
    watch.press("Abandon")
    watch.press("Retour")
    watch.press("Lecture X")
    watch.press("Retour")


def a_year_of_sales(watch: Watch) -> Path:
    """The export of 350 days, ten tickets each."""
    path = watch.shell.program.folder / "export" / "ventes.csv"
    path.parent.mkdir(exist_ok=True)
    opening = datetime(2025, 1, 1, 9)
    rows = [
        f"{opening + timedelta(days=n // 10, minutes=n % 10):%d/%m/%Y %H:%M};{n};N° {n % 40};1,50"
        for n in range(3_500)
    ]
    path.write_text("Date;Ticket;Article;Montant\n" + "\n".join(rows), encoding="utf-8")
    return path


# --- the shop -----------------------------------------------------------------------------------


def sell_day(shop, day: datetime, first: int) -> None:
    """Tickets of every hour, tender and family, in twelve drawers; and money taken out."""
    sold = []
    for index in range(10 * len(DRAWERS)):
        hour, place = divmod(index, len(DRAWERS))
        till, drawer = DRAWERS[place].split("/")
        article = line(
            1000 + index, family=f"FAMILLE {index % 14}", vat=("5.50", "10.00")[index % 2]
        )
        sold.append(
            ticket(
                article,
                number=str(first + index),
                at=day.replace(hour=8 + hour, minute=index % 60).isoformat(),
                till=till,
                drawer=drawer,
                payments=TENDERS[hour % len(TENDERS)],
                cashier=f"Vendeuse {index % 9}",
            )
        )
    import_tickets(shop, sold, Source("f", "journal"), vat_table_of(load_settings(shop)), day)
    for drawer in DRAWERS:
        move_cash(shop, "out", 500, drawer, "Achat de lait", day, "Anne")


def fill(shop) -> None:
    """Yesterday closed, all drawers off; today open, the counts of ten drawers begun."""
    yesterday = EVENING - timedelta(days=1)
    change_settings(shop, {"shop.name": "Boulangerie", "tills.drawers": DRAWERS}, yesterday)
    sell_day(shop, yesterday, 1000)
    counted = Count({CASH: 2000, "cb": 1000}, left=1000, reason=WHY)
    terms = Terms(yesterday, by="Anne", counts=dict.fromkeys(DRAWERS, counted))
    close(shop, Scope(GENERAL), terms)
    sell_day(shop, EVENING, 5000)
    plan = ClosurePlan(Scope(GENERAL))
    for index, drawer in enumerate(DRAWERS):
        plan = plan.with_count(drawer, Count({CASH: 2000}, reason=WHY if index > 1 else ""))
    save_draft(shop, plan, EVENING)


def measured(journey, window, folder) -> Times:
    """The longest stretch of each step of a journey in a shop of its own."""
    handed = program(folder, lambda: EVENING, io.StringIO())
    if journey is not begin_a_shop:
        with handed.open_shop(create=True) as shop:
            fill(shop)
    clear(window)
    window.set_text_size("A")  # icons and styles are drawn anew, as after the kiosk's start
    shell = assemble(window, handed, JobRunner(window))
    watch = Watch(window, shell)
    try:
        shell.nav.start(FirstStartScreen if journey is begin_a_shop else HomeScreen)
        watch.settle()
        journey(watch)
    finally:
        shell.runner.stop(10)
        clear(window)
        window.show_shop("")
    return watch.longest


@pytest.mark.parametrize(
    "journey",
    [
        close_the_day,
        look_at_figures,
        go_through_settings,
        add_a_till,
        take_tickets_in,
        begin_a_shop,
    ],
)
def test_nothing_holds_the_thread(journey, window, faults, tmp_path):
    runs = [measured(journey, window, tmp_path / "1")]
    if max(runs[0].values()) > LIMIT_MS:
        # A noisy neighbour slows a thread's CPU too: what is really slow is so most of the time.
        runs += [measured(journey, window, tmp_path / turn) for turn in "23"]
    longest = {step: median(run[step] for run in runs) for step in runs[0]}
    for step, ms in sorted(longest.items(), key=lambda item: -item[1])[:8]:
        print(f"{ms:6.1f} ms  {step}")
    assert max(longest.values()) <= LIMIT_MS, max(longest.items(), key=lambda item: item[1])
