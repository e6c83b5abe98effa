"""A page of « Paramètres »: each setting with its value; a tap opens its editor."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.domain.outgoing_settings import MAIL_PAGE, PRINTER_PAGE
from app.errors import UsageError
from app.services.secrets import ABSENT, SET, UNREADABLE
from app.services.settings import change_setting
from app.services.settings_pages import Line, page_lines, page_note, parent_of, title_of
from app.ui.screen import Screen
from app.ui.screens._page_trials import TRIALS, Trial
from app.ui.screens.settings_follow import KEY as FOLLOWED
from app.ui.screens.settings_follow import FollowedFilesScreen
from app.ui.setting_editors import edit
from app.ui.setting_words import written
from app.ui.shop_look import take_look
from app.ui.theme import theme_of
from app.ui.widgets.box import Box
from app.ui.widgets.field import Field
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_ICONS = {
    "mail": "envelope",
    "choice": "list-ul",
    "number": "123",
    "amount": "currency-euro",
    "hour": "clock",
    "month_day": "calendar3",
    "rate": "percent",
    "flag": "toggle-on",
    "list": "list-ul",
    "drawers": "inbox",
}
_SECRET = {
    SET: "••••••••  (enregistré)",
    UNREADABLE: "À saisir de nouveau : illisible sur ce PC",
    ABSENT: "",
}
_LOOKS = ("display.", "shop.")


SERIOUS = {
    "shop.role": (
        "Changer le rôle de ce poste ?",
        "Seule la caisse maître clôture et sauvegarde. Avec un autre rôle, ce poste ne clôture "
        "plus.",
        "Changer le rôle",
    )
}
"""What one tap too many would do harm to: a question, why, and what « oui » does."""


class SettingField(Field):
    """A setting in a field; what is said of a change stands under it.

    `refused` is a text that did not fit: the editor starts from it.
    """

    def __init__(self, parent: tk.Misc, line: Line, on_open: Callable[[SettingField], object]):
        self.line = line
        self.icon = _ICONS.get(line.kind, "pencil")
        self._on_open = on_open
        self.refused: str | None = None
        super().__init__(parent, line.label, help=line.help, empty="Non renseigné")
        self._line = Box(self)
        self._sign = Text(self._line)
        self._sign.pack(side="left", anchor="n", padx=(0, theme_of(self).space(1)))
        self._said = Text(self._line, "", "ok", wrap=True)
        self._said.pack(side="left", fill="x", expand=True)

    def show(self, line: Line) -> None:
        """Show the value as it is kept now."""
        self.line = line
        self.refresh()

    def say(self, sentence: str, role: str) -> None:
        """Say under the field what came of a change; nothing takes the words away."""
        self._said.set(sentence, role)
        self._sign.set("", role)
        self._sign.set_icon({"ok": "check-lg", "warn": "exclamation-triangle-fill"}[role])
        if sentence:
            self._line.pack(fill="x", pady=(theme_of(self).space(0.5), 0))
        else:
            self._line.pack_forget()

    def _open(self) -> None:
        self._on_open(self)

    def _shown(self) -> str:
        if self.line.secret:
            return _SECRET[self.line.state]
        return written(self.line.kind, self.line.value, self.line.choices)


class SettingsPageScreen(Screen):
    """The settings of one place of the tree; `by` is the manager who came in.

    With `vat_row`, those of one row of the VAT table.
    """

    def __init__(
        self, parent: tk.Misc, shell: Shell, *, tree: str, by: str = "", vat_row: int = 0
    ) -> None:
        title = f"TVA {vat_row}" if vat_row else title_of(tree)
        under = tree if vat_row else parent_of(tree) or "Paramètres"
        super().__init__(parent, shell, title=title, subtitle=under)
        self._tree = tree
        self._by = by
        self._vat_row = vat_row
        self._fields: dict[str, SettingField] = {}
        self._note = ""
        self._area: PagedArea | None = None
        trial = TRIALS.get(tree)
        if trial is not None:
            self.main_action(trial.words, lambda: self._try_out(trial), icon=trial.icon)
        self.load(self._read(), self._build)

    def _read(self) -> Any:
        program, tree, vat_row = self.shell.program, self._tree, self._vat_row

        def read(shop: Any, progress: Any) -> Any:
            known = [(p.name, p.label) for p in program.list_profiles() if p.profile is not None]
            queues = program.paper().queues() if tree == PRINTER_PAGE else ()
            lines = page_lines(shop, tree, vat_row=vat_row, profiles=known, queues=queues)
            return lines, page_note(shop, tree)

        return self.shell.in_shop(read)

    def _build(self, page: tuple[Sequence[Line], str]) -> None:
        lines, self._note = page
        trial = TRIALS.get(self._tree)
        if trial is not None and self.main_button is not None:
            key, value = trial.off
            off = any(line.key == key and line.value == value for line in lines)
            self.main_button.enable(not off)
        if self._area is not None:
            self._area.destroy()
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._fields = {}
        inner, gap = self._area.inner, self.theme.space(1.5)
        for column in range(2):
            inner.columnconfigure(column, weight=1, uniform="half")
        if self._note:
            note = StateCard(inner, "info", self._note)
            note.grid(row=0, column=0, columnspan=2, sticky="we", pady=(0, gap))
        for index, line in enumerate(lines):
            field = SettingField(inner, line, self._open)
            padx = (0, gap) if index % 2 == 0 else (gap, 0)
            field.grid(row=1 + index // 2, column=index % 2, sticky="nwe", padx=padx, pady=gap)
            self._fields[line.key] = field

    def _try_out(self, trial: Trial) -> None:
        program = self.shell.program
        job = self.shell.in_shop(lambda shop, progress: trial.run(shop, program))
        self.run_job(
            job,
            trial.running,
            lambda told: self.shell.messages.tell(trial.done, told, kind="ok"),
        )

    def _open(self, field: SettingField) -> None:
        for other in self._fields.values():
            other.say("", "ok")
        if field.line.key == FOLLOWED:
            self.shell.nav.go(FollowedFilesScreen, by=self._by)
        elif field.line.kind == "flag":
            self._change(field, not field.line.value)
        else:
            line = field.line
            if field.refused is not None:
                line = replace(line, value=field.refused)
            edit(self, line, lambda value: self._entered(field, value))

    def _entered(self, field: SettingField, value: Any) -> None:
        """An « OK » on nothing must not lose a password by a slip of the finger."""
        if not field.line.secret or value.strip():
            self._change(field, value)
        elif field.line.state != ABSENT:
            self.shell.messages.ask(
                "Effacer ce qui est enregistré ?",
                f"{field.line.label} : rien n'a été tapé.",
                on_yes=lambda: self._change(field, ""),
                yes="Effacer",
                no="Garder",
                danger=True,
            )

    def _change(self, field: SettingField, value: Any) -> None:
        words = SERIOUS.get(field.line.key)
        if words is None or value == field.line.value:
            self._keep(field, value)
            return
        question, text, yes = words
        self.shell.messages.ask(
            question, text, on_yes=lambda: self._keep(field, value), yes=yes, no="Abandon"
        )

    def _keep(self, field: SettingField, value: Any) -> None:
        key, by, clock = field.line.key, self._by, self.shell.program.clock
        job = self.shell.in_shop(
            lambda shop, progress: change_setting(shop, key, value, clock(), by)
        )

        def refused(error: BaseException) -> None:
            if isinstance(error, UsageError):
                if field.line.kind in ("text", "mail") and not field.line.secret:
                    field.refused = str(value)
                field.say(str(error), "warn")
            else:
                self.shell.messages.failed(error)

        self.load(job, lambda kept: self._changed(field), refused)

    def _changed(self, field: SettingField) -> None:
        key = field.line.key

        def show(page: tuple[Sequence[Line], str]) -> None:
            lines, note = page
            if [line.key for line in lines] != list(self._fields) or note != self._note:
                self._build(page)  # the change has brought other settings, or other words
            for line in lines:
                self._fields[line.key].show(line)
            field.refused = None
            self._fields[key].say("Enregistré", "ok")
            if key.startswith(_LOOKS):
                take_look(self.shell)

        self.load(self._read(), show)


def _page(tree: str) -> Callable[[Shell], object]:
    return lambda shell: shell.nav.go(SettingsPageScreen, tree=tree)


def _refused(shell: Shell) -> None:
    shell.nav.go(SettingsPageScreen, tree="Boutique")
    page = shell.nav.current
    assert isinstance(page, SettingsPageScreen)
    page._change(page._fields["shop.siret"], "123 456 789 000 123")
    page._fields["shop.name"].say("Enregistré", "ok")


def _editor(tree: str, key: str) -> Callable[[Shell], object]:
    def make(shell: Shell) -> None:
        shell.nav.go(SettingsPageScreen, tree=tree)
        page = shell.nav.current
        assert isinstance(page, SettingsPageScreen)
        page._fields[key].button.invoke()

    return make


def _set(tree: str, **values: Any) -> Callable[[Shell], object]:
    """A page with some settings set, as they stand afterwards."""

    def make(shell: Shell) -> None:
        shell.nav.go(SettingsPageScreen, tree=tree)
        page = shell.nav.current
        assert isinstance(page, SettingsPageScreen)
        for name, value in values.items():
            key = name.replace("_", ".", 1)
            page._change(page._fields[key], value)

    return make


_CLOSING = "Paramètres › Édition clôture"
_OWN_SERVER = {"mail_provider": "other", "mail_host": "smtp.exemple.fr"}
SCREEN = SettingsPageScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [
    ("settings-shop", _refused),
    ("settings-closing", _page(_CLOSING)),
    ("settings-display", _page("Paramètres › Affichage")),
    ("settings-tickets", _page("Périphériques › Interfaces")),
    ("settings-edit-hour", _editor(_CLOSING, "closing.day_change")),
    ("settings-edit-day", _editor(_CLOSING, "closing.year_end")),
    ("settings-edit-choice", _editor("Boutique", "shop.role")),
    ("settings-edit-profile", _editor("Périphériques › Interfaces", "tickets.profile")),
    ("settings-printer-none", _set(PRINTER_PAGE, print_printer="none")),
    ("settings-printer", _set(PRINTER_PAGE, print_printer="network", print_address="192.168.1.50")),
    ("settings-mail", _set(MAIL_PAGE, mail_provider="gmail", mail_owner="anne@exemple.fr")),
    ("settings-mail-other", _set(MAIL_PAGE, **_OWN_SERVER)),
    ("settings-edit-mail-provider", _editor(MAIL_PAGE, "mail.provider")),
    ("settings-edit-drawers", _editor("Postes et tiroirs", "tills.drawers")),
]
