"""Tickets as they sometimes come: refused in part, in conflict, waiting, many at once."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.domain.findings import Finding
from app.domain.moments import PARIS
from app.services.import_summary import FileLine, RefusedLine, Summary
from app.services.tickets_page import (
    Conflict,
    PastImport,
    RefusedFile,
    TicketFace,
    TicketsPage,
    WaitingFile,
)
from app.ui.screens.conflicts import ConflictsScreen
from app.ui.screens.file_picker import FilePickerScreen
from app.ui.screens.import_preview import ImportPreviewScreen
from app.ui.screens.import_result import ImportResultScreen
from app.ui.screens.refusals import RefusalsScreen
from app.ui.screens.tickets import TicketsScreen

NOW = datetime(2026, 11, 21, 20, 4, tzinfo=PARIS)
LONG_NAME = "export-caisse-principale-etablissements-bourguignon-lefebvre-2026-11-21.jsonl"
_LINES = (("BAGUETTE TRADITION", 120), ("2 × CROISSANT AU BEURRE", 240))


def _face(lines: tuple[tuple[str, int], ...], paid: int) -> TicketFace:
    return TicketFace(
        "150040",
        datetime(2026, 11, 21, 8, 38, tzinfo=PARIS),
        "1",
        "1/1",
        "sale",
        "Anne",
        sum(amount for _, amount in lines),
        lines,
        (("especes", paid),),
    )


def _tickets(shell: Any) -> None:
    shell.nav.go(TicketsScreen)
    screen = shell.nav.current
    for child in screen._area.inner.winfo_children():
        child.destroy()
    screen._show(
        TicketsPage(
            waiting=(WaitingFile(LONG_NAME, 120_000, NOW), WaitingFile("poste-2.csv", 900, NOW)),
            followed=("C:/caisse/ventes.jsonl",),
            refused=(RefusedFile("poste-2.csv", NOW, "ligne 12 : la date manque", True),),
            imports=tuple(
                PastImport(NOW, "Anne", name, 184, 12, conflicts, 3)
                for conflicts, name in enumerate((LONG_NAME, "poste-2.csv"))
            ),
            conflicts=2,
        )
    )


def _conflict(shell: Any) -> None:
    shell.nav.go(ConflictsScreen)
    other = (*_LINES, ("ÉCLAIR AU CHOCOLAT", 320))
    found = Conflict(_face(_LINES, 360), _face(other, 680))
    shell.nav.current._show((found, found))


def _refusals(shell: Any) -> None:
    shell.nav.go(RefusalsScreen)
    lines = "\n".join(f"ligne {n} : la date manque\n    1;BAGUETTE;0,90" for n in range(12, 30))
    whole = "Le fichier photo.csv est une image : demandez l'export de la caisse."
    shell.nav.current._show(
        (
            RefusedFile(LONG_NAME, NOW, f"Lignes qui n'ont pas pu être lues :\n{lines}", True),
            RefusedFile("photo.csv", NOW, whole, False),
        )
    )


def _file(shell: Any, broken: int) -> Path:
    path = Path(shell.program.folder) / "export" / LONG_NAME
    path.parent.mkdir(exist_ok=True)
    lines = [
        json.dumps(
            {
                "till": "1",
                "number": str(n),
                "at": f"2026-11-21T{8 + n % 12:02d}:00:00",
                "lines": [
                    {"label": "BAGUETTE", "nature": "goods", "qty": "1", "total": 90, "vat": "5.50"}
                ],
                "payments": [{"method": "especes", "amount": 90}],
            }
        )
        for n in (*range(1, 30), *range(40, 60))
    ]
    path.write_text("\n".join([*lines, *(["{pas un ticket"] * broken)]) + "\n", encoding="utf-8")
    return path


def _preview(shell: Any, broken: int = 0, profile: str = "journal", section: str = "") -> None:
    path = str(_file(shell, broken))
    shell.nav.go(ImportPreviewScreen, path=path, profile=profile, section=section)


def _folder(shell: Any) -> None:
    shell.nav.go(FilePickerScreen, folder=str(_file(shell, 0).parent.parent))


def _result(shell: Any, *, taken: bool) -> None:
    refused = tuple(
        RefusedLine(LONG_NAME, n, "la date manque", "1;BAGUETTE;0,90") for n in range(3)
    )
    files = (
        FileLine(LONG_NAME, taken, 184 * taken, 12 * taken, taken, 3, 2 * taken, "trois lignes"),
        FileLine("poste-2.csv", False, reason="il est encore en cours d'écriture", waits=True),
    )
    findings = (Finding("gap", date(2026, 11, 21), 3, "150041 → 150044"),) if taken else ()
    summary = Summary(184 * taken, 12 * taken, int(taken), 3, 2 * taken, files, findings, refused)
    shell.nav.go(ImportResultScreen, summary=summary)


GALLERY = [
    ("tickets-soucis", _tickets),
    ("conflit", _conflict),
    ("refus", _refusals),
    ("choisir-dossier", _folder),
    ("import-apercu", _preview),
    ("import-apercu-tickets", lambda shell: _preview(shell, section="tickets")),
    ("import-apercu-refus", lambda shell: _preview(shell, broken=3)),
    ("import-mauvais-profil", lambda shell: _preview(shell, profile="boulangerie")),
    ("import-resultat", lambda shell: _result(shell, taken=True)),
    ("import-rien", lambda shell: _result(shell, taken=False)),
]
