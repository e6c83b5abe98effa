"""Every widget of the kiosk in its states, for the pictures and the tests of the widgets alone."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import date
from typing import Any

from app.ui.screen import Screen
from app.ui.shell import Shell
from app.ui.widgets.badge import Badge
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.choice_tile import Choice, ChoiceTiles
from app.ui.widgets.date_picker import DateField, DateSheet
from app.ui.widgets.denominations import Denominations
from app.ui.widgets.entry_sheets import ask_amount, ask_code, ask_text
from app.ui.widgets.field import AmountField, NumberField, TextField
from app.ui.widgets.keypad import Keypad
from app.ui.widgets.money_label import MoneyLabel
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.progress_panel import ProgressPanel
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.steps import Steps
from app.ui.widgets.switch import Switch
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text
from app.ui.widgets.typed_number import TypedNumber

LONG_NAME = "Établissements Bourguignon-Lefebvre & Fils, pâtisserie fine SA"
DAY = date(2026, 11, 21)
Build = Callable[["Sample"], None]


class Sample(Screen):
    """A screen whose body is built by a function."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, title: str, build: Build) -> None:
        super().__init__(parent, shell, title=title)
        build(self)


def buttons(screen: Sample) -> None:
    """Every role of button."""
    theme = screen.theme
    area = PagedArea(screen.body)
    area.pack(fill="both", expand=True)
    for role, word in (("hero", "CLÔTURER"), ("hero_words", "Clôturer vendredi d'abord")):
        button = BigButton(area.inner, word, role=role, icon="lock-fill", wraps=True)
        button.pack(fill="x", pady=(0, theme.space(2)))
    card = Card(area.inner, padding=3)
    roles = (
        ("primary", "Continuer", "arrow-right"),
        ("secondary", "Imprimer", "printer"),
        ("danger", "Supprimer", "trash"),
        ("danger_fill", "Remplacer", "exclamation-triangle"),
        ("ghost", "Retour", "chevron-left"),
    )
    for row, (role, word, icon) in enumerate(roles):
        Text(card, role, "muted").grid(row=row, column=0, sticky="w", padx=theme.space(1))
        for column, disabled in enumerate((False, True)):
            button = BigButton(card, word, role=role, icon=icon)
            button.enable(not disabled)
            pad = theme.space(1)
            button.grid(row=row, column=column + 1, sticky="we", padx=pad, pady=pad / 2)
    card.pack(fill="x")
    screen.side_action("Abandon", lambda: None)
    screen.main_action("Continuer", lambda: None, icon="arrow-right").focus_set()


def type_scale(screen: Sample) -> None:
    """Every role of text, on a page and on a card."""
    roles = ("title", "lead", "strong", "body", "muted", "small")
    colours = ("accent", "ok", "warn", "bad")
    for column, parent in enumerate((Box(screen.body, padding=2), Card(screen.body, padding=2))):
        parent.grid(row=0, column=column, sticky="nswe", padx=screen.theme.space(1))
        screen.body.columnconfigure(column, weight=1, uniform="half")
        for role in roles:
            Text(parent, f"{role} : Ticket Z n° 123", role).pack(anchor="w")
        line = Box(parent)
        line.pack(fill="x")
        for role in colours:
            Text(line, role, role).pack(side="left", padx=(0, screen.theme.space(2)))
        MoneyLabel(parent, -123456789).pack(anchor="e")
        MoneyLabel(parent, 98785, "display").pack(anchor="e")
        MoneyLabel(parent, 50, signed=True).pack(anchor="e")


def states(screen: Sample) -> None:
    """Cards and badges of every state."""
    gap = screen.theme.space(1)
    line = Box(screen.body)
    line.pack(fill="x", pady=(0, gap * 2))
    words = {
        "ok": "À jour",
        "warn": "À vérifier",
        "bad": "En panne",
        "info": "Nouveau",
        "wait": "En attente",
        "off": "Inactif",
    }
    for state, word in words.items():
        Badge(line, state, word).pack(side="left", padx=(0, gap))
    StateCard(
        screen.body,
        "bad",
        "La sauvegarde n'a pas pu être copiée",
        "Le disque A n'est pas branché. Vos ventes sont bien clôturées.",
        action=("Réessayer", lambda: None),
    ).pack(fill="x", pady=gap / 2)
    StateCard(
        screen.body,
        "warn",
        "Vous n'avez pas clôturé vendredi 20 novembre",
        action=("Clôturer vendredi", lambda: None),
    ).pack(fill="x", pady=gap / 2)
    StateCard(screen.body, "ok", "Clôture terminée. Ticket Z n° 123").pack(fill="x", pady=gap / 2)
    StateCard(screen.body, "info", LONG_NAME, "Dernier ticket n° 150225 à 19 h 52").pack(
        fill="x", pady=gap / 2
    )


def tiles(screen: Sample) -> None:
    """Choice tiles, one chosen, one that can't be."""
    steps = Steps(screen.body, ["Type", "Contenu", "Comptage", "Écart", "Fond", "Résumé"], 2)
    steps.pack(fill="x", pady=(0, screen.theme.space(2)))
    choices = [
        Choice("general", "GÉNÉRALE", "Toute la boutique : ferme la journée", "shop"),
        Choice("poste", "POSTE", "Un poste et ses caisses", "display"),
        Choice("caisse", "CAISSE", "Un seul tiroir", "inbox"),
        Choice("month", "MOIS", "Le mois n'est pas fini", "calendar3", enabled=False),
    ]
    ChoiceTiles(screen.body, choices, print, columns=2, keep=True, value="general").pack(fill="x")


def listing(screen: Sample) -> None:
    """A list of several pages with long names and large amounts."""
    head = Box(screen.body)
    head.pack(fill="x", pady=(0, screen.theme.space(1.5)))
    Tabs(head, [("all", "Tous"), ("general", "GÉNÉRALE"), ("month", "Mois")], print).pack(
        side="right", padx=(screen.theme.space(2), 0)
    )
    SearchField(head, print).pack(side="left", fill="x", expand=True)
    columns = [
        Column("Ticket", 1.1),
        Column("Client", 3),
        Column("Tickets", 0.9, "e"),
        Column("Total TTC", 1.7, "e"),
    ]
    rows = [
        Row(f"G{n:06d}", (f"Z n° {n}", LONG_NAME, str(n * 37), "−1\u202f234\u202f567,89\u00a0€"))
        for n in range(1, 40)
    ]
    rows[1] = Row(rows[1].key, rows[1].cells, state="warn")
    rows[2] = Row(rows[2].key, rows[2].cells, state="ok")
    found = PagedList(screen.body, columns, rows, on_open=print)
    found.pack(fill="both", expand=True)
    screen.main_action("Ouvrir", lambda: None)
    screen.update_idletasks()
    found.select("G000003")


def empty_list(screen: Sample) -> None:
    """A list with nothing in it."""
    columns = [Column("Fichier", 3), Column("Tickets", 1, "e")]
    PagedList(
        screen.body, columns, empty="Aucun fichier n'attend dans la boîte de réception."
    ).pack(fill="both", expand=True)


def form(screen: Sample) -> None:
    """Fields and switches in an area that may overflow."""
    area = PagedArea(screen.body)
    area.pack(fill="both", expand=True)
    gap = screen.theme.space(2)
    fields: list[Any] = [
        TextField(area.inner, "Nom de la boutique", LONG_NAME),
        TextField(area.inner, "Code secret", "1234", secret=True),
        AmountField(area.inner, "Fond de caisse", 15000, help="Ce qui reste pour demain matin."),
        NumberField(area.inner, "Nombre de tickets", None),
        DateField(area.inner, "Jour", DAY, today=DAY),
    ]
    for index, field in enumerate(fields):
        field.grid(row=index // 2, column=index % 2, sticky="nwe", padx=gap / 2, pady=gap / 2)
    for column in range(2):
        area.inner.columnconfigure(column, weight=1, uniform="half")
    Switch(
        area.inner,
        "Imprimer le ticket Z",
        True,
        help="Une imprimante doit être choisie dans Périphériques.",
    ).grid(row=3, column=0, columnspan=2, sticky="we", padx=gap / 2, pady=gap / 2)


def keypad(screen: Sample) -> None:
    """The keypad with its validating key."""
    shown = Text(screen.body, "", "display", anchor="e")
    shown.pack(fill="x")
    number = TypedNumber()
    pad = Keypad(screen.body, number, lambda: shown.set(number.shown), on_enter=print)
    pad.pack(fill="both", expand=True)
    for key in "12345,6":
        pad.press(key)


def counting(screen: Sample) -> None:
    """A drawer being counted."""
    quantities = {5000: 12, 2000: 31, 1000: 8, 200: 25, 100: 40, 50: 112, 1: 7}
    count = Denominations(screen.body, quantities, print)
    count.pack(fill="both", expand=True)
    count.choose(500)
    screen.side_action("Saisir la somme", lambda: None)
    screen.main_action("Continuer", lambda: None, icon="arrow-right")


def _sample(title: str, build: Build) -> Callable[[Shell], object]:
    return lambda shell: shell.nav.go(Sample, title=title, build=build)


def _deep(shell: Shell) -> None:
    for _ in range(2):
        shell.nav.go(Sample, title=LONG_NAME, build=states)


def _progress(shell: Shell) -> None:
    panel = shell.panels.show(ProgressPanel(shell.panels, "Import en cours", cancellable=True))
    panel.show_progress(37, 100, "Lecture de tickets-2026-11-21.csv")


def _date(shell: Shell) -> None:
    sheet = DateSheet(
        shell.panels, "Fin de la période", date(2026, 11, 14), print, today=DAY, last=DAY
    )
    shell.panels.show(sheet)


GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("catalogue-buttons", _sample("Boutons", buttons)),
    ("catalogue-type-scale", _sample("Textes", type_scale)),
    ("catalogue-states", _sample("États", states)),
    ("catalogue-deep", _deep),
    ("catalogue-tiles", _sample("Sélectionnez le type de clôture", tiles)),
    ("catalogue-list", _sample("Clôtures", listing)),
    ("catalogue-list-empty", _sample("Réception", empty_list)),
    ("catalogue-form", _sample("Boutique", form)),
    ("catalogue-keypad", _sample("Pavé", keypad)),
    ("catalogue-counting", _sample("Comptage du tiroir 1/1", counting)),
    (
        "catalogue-amount",
        lambda shell: ask_amount(shell.window, "Total du Z n° 57, poste 1", 123450, print),
    ),
    (
        "catalogue-code",
        lambda shell: ask_code(shell.window, "Code d'Anne", print, hint="4 à 8 chiffres"),
    ),
    (
        "catalogue-text",
        lambda shell: ask_text(shell.window, "Nom de la boutique", LONG_NAME, print),
    ),
    ("catalogue-date", _date),
    ("catalogue-progress", _progress),
    (
        "catalogue-question",
        lambda shell: shell.messages.ask(
            "Clôturer malgré l'écart ?",
            "L'écart de −12,50 € sera enregistré avec son motif. Il ne pourra plus être effacé.",
            on_yes=lambda: None,
            yes="Clôturer",
            danger=True,
        ),
    ),
    (
        "catalogue-refusal",
        lambda shell: shell.messages.tell(
            "Ce n'est pas possible",
            "Rien à clôturer : aucun ticket n'est arrivé depuis la dernière clôture.",
            kind="warn",
        ),
    ),
    ("catalogue-fault", lambda shell: shell.messages.unexpected(ValueError("made up"))),
]
