"""What a file of settings would change, before it is taken."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.settings import import_settings
from app.services.settings_copy import Change, changes_of, read_copy
from app.services.users import MANAGER
from app.ui.french import count_of
from app.ui.pin import ask_pin
from app.ui.screen import Screen
from app.ui.setting_words import written
from app.ui.shop_look import take_look
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.state_card import StateCard

if TYPE_CHECKING:
    from app.ui.shell import Shell

_COLUMNS = [Column("Réglage", 3.2), Column("Aujourd'hui", 1.6), Column("Deviendrait", 1.9)]
_NOTHING = "—"


class SettingsPreviewScreen(Screen):
    """`path` is the file that was chosen."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, path: str) -> None:
        super().__init__(parent, shell, title="Reprendre des réglages", subtitle=Path(path).name)
        self._path = Path(path)
        file, program = self._path, shell.program

        def read(shop: Any, progress: Any) -> Sequence[Change]:
            known = [(p.name, p.label) for p in program.list_profiles() if p.profile is not None]
            return changes_of(shop, read_copy(file), profiles=known)

        self.load(shell.in_shop(read), self._show, self._refused)

    def _show(self, changes: Sequence[Change]) -> None:
        if not changes:
            StateCard(self.body, "ok", "Ces réglages sont déjà les vôtres").pack(fill="x")
            self.main_action("Terminé", self.shell.nav.back, icon="check-lg")
            return
        self.set_title("Reprendre des réglages", f"{count_of(len(changes), 'changement')}")
        rows = [
            Row(change.setting.key, (_label(change), _words(change, old=True), _words(change)))
            for change in changes
        ]
        PagedList(self.body, _COLUMNS, rows).pack(fill="both", expand=True)
        self.main_action("Reprendre ces réglages", self._ask, icon="check-lg")

    def _refused(self, error: BaseException) -> None:
        StateCard(self.body, "warn", "Ce fichier ne convient pas", str(error)).pack(fill="x")
        self.main_action("Choisir un autre fichier", self._pick, icon="folder")

    def _pick(self) -> None:
        from app.ui.screens.settings_copy import pick_settings

        pick_settings(self.shell, instead=True)

    def _ask(self) -> None:
        ask_pin(self.shell, MANAGER, "Reprendre ces réglages", self._take)

    def _take(self, by: str) -> None:
        path, clock = self._path, self.shell.program.clock
        job = self.shell.in_shop(
            lambda shop, progress: import_settings(
                shop, read_copy(path), clock(), by, template=True
            )
        )
        self.run_job(job, "Reprise des réglages", lambda keys: self._taken())

    def _taken(self) -> None:
        self.shell.messages.tell("Les réglages sont repris", kind="ok", then=self._leave)

    def _leave(self) -> None:
        self.shell.nav.back()
        take_look(self.shell)


def _label(change: Change) -> str:
    return change.setting.label


def _words(change: Change, *, old: bool = False) -> str:
    value = change.old if old else change.new
    return written(change.setting.kind, value, change.setting.choices) or _NOTHING


def _sample(shell: Shell) -> None:
    from dataclasses import replace

    from app.domain.settings import setting_of

    class Sample(SettingsPreviewScreen):
        """A file that can be read, for the picture."""

        def _refused(self, error: BaseException) -> None:
            pass

    shell.nav.go(Sample, path="/media/usb/cloture-modele-2026-11-21.json")
    screen = shell.nav.current
    assert isinstance(screen, Sample)
    profiles = (("journal", "Journal de Clôture"), ("boulangerie", "Boulangerie (CSV)"))
    profile = replace(setting_of("tickets.profile"), kind="choice", choices=profiles)
    screen._show(
        [
            Change(setting_of("closing.day_change"), "05:00", "03:30"),
            Change(setting_of("closing.difference_limit"), 1000, 123_456_789),
            Change(setting_of("tills.drawers"), ["1/1"], ["1/1", "1/2", "2/1"]),
            Change(profile, "journal", "boulangerie"),
            Change(setting_of("display.text_size"), "A", "A++"),
            Change(setting_of("support.phone"), "", "01 23 45 67 89"),
            *(Change(setting_of(f"vat.{n}.rate"), "0.00", "8.50") for n in (8, 9, 10)),
        ]
    )


SCREEN = SettingsPreviewScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-preview", _sample),
    (
        "settings-preview-wrong-file",
        lambda shell: shell.nav.go(SettingsPreviewScreen, path="/media/usb/autre.json"),
    ),
]
