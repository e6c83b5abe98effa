"""« Taux de TVA »: the table TVA 1 … TVA 10."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.services.settings_pages import VAT_PAGE, VatRow, vat_table
from app.ui.screen import Screen
from app.ui.setting_words import rate_words
from app.ui.widgets.paged_list import Column, PagedList, Row

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [
    Column("TVA", 1.4),
    Column("Nature", 1.6),
    Column("Taux", 1, "e"),
    Column("Coefficient", 1, "e"),
]
_UNUSED = "—"


class VatTableScreen(Screen):
    """A tap on a row opens its settings; `by` is the manager who came in."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, by: str = "") -> None:
        super().__init__(
            parent, shell, title="Taux de TVA", subtitle="Touchez une ligne pour la changer"
        )
        self._by = by
        self.list = PagedList(self.body, _COLUMNS, on_select=self._open, leads=True)
        self.list.pack(fill="both", expand=True)
        self.load(shell.in_shop(lambda shop, progress: vat_table(shop)), self._show)

    def _show(self, rows: Sequence[VatRow]) -> None:
        self.list.set_rows([Row(str(row.number), _cells(row), strong=row.used) for row in rows])

    def _open(self, key: str) -> None:
        from app.ui.screens.settings_page import SettingsPageScreen

        self.shell.nav.go(SettingsPageScreen, tree=VAT_PAGE, by=self._by, vat_row=int(key))


def _cells(row: VatRow) -> tuple[str, ...]:
    name = f"TVA {row.number}"
    if not row.used:
        return (name, _UNUSED, rate_words(row.rate), _UNUSED)
    return (name, row.nature, rate_words(row.rate), row.coefficient.replace(".", ","))


def _row(shell: Shell) -> None:
    shell.nav.go(VatTableScreen)
    screen = shell.nav.current
    assert isinstance(screen, VatTableScreen)
    screen._open("1")


SCREEN = VatTableScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-vat", lambda shell: shell.nav.go(VatTableScreen)),
    ("settings-vat-row", _row),
]
