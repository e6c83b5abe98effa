"""« Ajouter une caisse », last step: a name, and whether the inbox is of this till."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.add_till import Kept, exists, keep_and_use, name_from
from app.ui.screen import Screen
from app.ui.widgets.field import TextField
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.switch import Switch
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.shell import Shell

_LONGEST = 40


class TillSaveScreen(Screen):
    """`files`, `changes` and `totals` are those of the step before; `by` the manager."""

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        *,
        files: tuple[str, ...],
        changes: Mapping[str, str],
        totals: Mapping[str, int],
        by: str = "",
    ) -> None:
        super().__init__(
            parent, shell, title="Ajouter une caisse", subtitle="Étape 3 sur 3 : enregistrer"
        )
        self._files = files
        self._changes = dict(changes)
        self._by = by
        gap = (0, self.theme.space(2))
        area = PagedArea(self.body)
        area.pack(fill="both", expand=True)
        self._name = TextField(
            area.inner,
            "Nom de cette caisse",
            "",
            lambda text: self._named(),
            maximum=_LONGEST,
            help="Par exemple : Caisse du bar.",
        )
        self._name.pack(fill="x", pady=gap)
        self._code = Text(area.inner, "", "muted", wrap=True)
        self._code.pack(fill="x", pady=gap)
        self._usual = Switch(
            area.inner,
            "Les fichiers déposés dans la boîte sont de cette caisse",
            help="Ils seront lus avec ce profil sans rien demander.",
        )
        self._usual.pack(fill="x", pady=gap)
        if not totals:
            StateCard(
                area.inner,
                "warn",
                "Aucun total n'a été comparé avec la caisse",
                "Revenez à l'étape « Vérifier » pour taper celui d'une journée.",
            ).pack(fill="x")
        self._save = self.main_action("Enregistrer", self._ask_save, icon="check-lg")
        self._named()

    def _named(self) -> None:
        name = name_from(self._name.value)
        self._code.set(f"Nom du profil : {name}" if name else "Donnez un nom pour enregistrer.")
        self._save.enable(bool(name))

    def _ask_save(self) -> None:
        making, name = self.shell.program.till_making, name_from(self._name.value)
        self.run_job(lambda progress: exists(making, name), "Un instant", self._ask_replace)

    def _ask_replace(self, owner: str) -> None:
        if owner != "shop":
            self._keep(replace=False)
            return
        self.shell.messages.ask(
            f"Remplacer la caisse « {self._name.value} » ?",
            "Une caisse de ce nom existe déjà. Les tickets déjà pris ne changent pas.",
            on_yes=lambda: self._keep(replace=True),
            yes="Remplacer",
            no="Abandon",
            danger=True,
        )

    def _keep(self, *, replace: bool) -> None:
        program, label, by = self.shell.program, self._name.value, self._by
        files, changes, usual = self._files, self._changes, self._usual.value

        def work(progress: Any) -> Kept:
            with program.open_shop(create=True) as shop:
                return keep_and_use(
                    program.till_making,
                    shop,
                    [Path(file) for file in files],
                    changes,
                    label,
                    program.clock(),
                    by=by,
                    replace=replace,
                    usual=usual,
                )

        self.run_job(work, "Enregistrement de la caisse", self._kept)

    def _kept(self, kept: Kept) -> None:
        self.shell.messages.ask(
            f"La caisse « {kept.label} » est ajoutée",
            "Voulez-vous prendre maintenant les tickets de ce fichier ?",
            on_yes=lambda: self._look(kept),
            on_no=self.shell.nav.home,
            yes="Voir les tickets",
            no="Plus tard",
        )

    def _look(self, kept: Kept) -> None:
        from app.ui.screens.import_preview import ImportPreviewScreen
        from app.ui.screens.tickets import TicketsScreen

        nav = self.shell.nav
        nav.home()
        nav.go(TicketsScreen)
        nav.go(ImportPreviewScreen, path=kept.sales, profile=kept.name, second=kept.second)


SCREEN = TillSaveScreen
GALLERY: list[tuple[str, Any]] = []
