"""« Ajouter une caisse » in its states, on made-up exports, for the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.ui.screens.import_preview import ImportPreviewScreen
from app.ui.screens.till_check import CHOICES, COLUMNS, DOUBTS, TICKETS, TOTALS, TillCheckScreen
from app.ui.screens.till_files import TillFilesScreen
from app.ui.screens.till_save import TillSaveScreen
from tests.formats.till_samples import write_samples


def _files(shell: Any, till: str) -> tuple[str, ...]:
    folder = Path(shell.program.folder) / "export" / till
    return tuple(str(path) for path in write_samples(folder, till))


def _chosen(shell: Any) -> None:
    shell.nav.go(TillFilesScreen, files=_files(shell, "loyverse"))


def _check(till: str, section: str = "", **more: Any) -> Any:
    def make(shell: Any) -> None:
        shell.nav.go(TillCheckScreen, files=_files(shell, till), section=section, **more)

    return make


def _many_doubts(shell: Any) -> None:
    path = Path(shell.program.folder) / "export" / "bar.csv"
    path.parent.mkdir(exist_ok=True)
    rows = [f"0{n}/03/2026;{n};Café;1,{n}0;V" for n in range(1, 8)]
    rows += ["04/03/2026;9;Café;1,20;W", "05/03/2026;10;Café;illisible;V"]
    path.write_text("Date;Ticket;Article;Total;Type\n" + "\n".join(rows), encoding="utf-8")
    shell.nav.go(
        TillCheckScreen, files=(str(path),), changes={"columns.kind": "Type", "kinds.V": "sale"}
    )


def _refused(shell: Any) -> None:
    files = _files(shell, "logics")
    shell.nav.go(TillCheckScreen, files=files, changes={"columns.date": "Article"})


def _column(shell: Any) -> None:
    _check("logics", COLUMNS)(shell)
    screen = shell.nav.current
    screen._ask_column(next(row for row in _rows(screen) if row.key == "columns.total"))


def _rows(screen: Any) -> Any:
    from app.services.till_questions import column_rows

    return column_rows(screen._trial.proposal)


def _save(shell: Any, totals: dict[str, int], name: str = "") -> None:
    files = _files(shell, "logics")
    shell.nav.go(TillSaveScreen, files=files, changes={}, totals=totals)
    if name:
        shell.nav.current._name.set(name)


def _saved(shell: Any) -> None:
    _save(shell, {"2026-03-05": 800}, "Caisse du bar")
    shell.nav.current._keep(replace=True)


def _without_payments(shell: Any) -> None:
    items, _ = _files(shell, "loyverse")
    shell.nav.go(ImportPreviewScreen, path=items, profile="loyverse")


def _with_payments(shell: Any) -> None:
    items, receipts = _files(shell, "loyverse")
    shell.nav.go(ImportPreviewScreen, path=items, profile="loyverse", second=receipts)


GALLERY = [
    ("till-files", _chosen),
    ("till-totals", _check("sumup-fr", TOTALS, totals={"2026-03-03": 3720, "2026-03-04": 200})),
    ("till-tickets", _check("square", TICKETS)),
    ("till-columns", _check("loyverse", COLUMNS)),
    ("till-choices", _check("logics", CHOICES)),
    ("till-doubts", _check("loyverse", DOUBTS)),
    ("till-many-doubts", _many_doubts),
    ("till-refused", _refused),
    ("till-column", _column),
    ("till-save", lambda shell: _save(shell, {}, "Caisse du bar")),
    ("till-save-unnamed", lambda shell: _save(shell, {"2026-03-05": 800})),
    ("till-saved", _saved),
    ("import-sans-reglements", _without_payments),
    ("import-avec-reglements", _with_payments),
]
