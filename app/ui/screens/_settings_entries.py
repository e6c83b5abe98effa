"""What « Paramètres » opens, in the words and the order of the till software: one row a module.

A setting whose place (`tree` in `app/domain/settings.py`) has no row here gets a tile of its own
at the end: a module with nothing but settings needs no row at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.outgoing_settings import MAIL_PAGE, PRINTER_PAGE
from app.services.settings_pages import VAT_PAGE, held_trees, parent_of, title_of
from app.ui.screens._lazy import screen_named

if TYPE_CHECKING:
    from app.ui.shell import Shell

_PAGE = "settings_page.SettingsPageScreen"


@dataclass(frozen=True, slots=True)
class Entry:
    """A tile: `tree` is its place, `text` a few words on it.

    `screen` (`module.Class`) takes the manager who came in as `by`; the page of settings also takes
    `tree`. A `free` one asks for no code and is told of no manager.
    """

    tree: str
    text: str
    icon: str
    screen: str = _PAGE
    free: bool = False

    @property
    def title(self) -> str:
        """The last word of its place."""
        return title_of(self.tree)

    def enter(self, shell: Shell, by: str = "") -> None:
        """Show its screen."""
        args = {} if self.free else {"by": by}
        if self.screen == _PAGE:
            args["tree"] = self.tree
        shell.nav.go(screen_named(self.screen), **args)


_ENTRIES = (
    Entry("Paramètres › Édition clôture", "Journée, exercice, écart de caisse", "calendar-check"),
    Entry("Paramètres › Affichage", "Taille des textes, verrouillage", "type"),
    Entry("Périphériques › Interfaces", "D'où viennent les tickets", "plug"),
    Entry(PRINTER_PAGE, "Le ticket Z sur papier", "printer"),
    Entry(MAIL_PAGE, "Le ticket Z par mail", "envelope"),
    Entry(VAT_PAGE, "TVA 1 à TVA 10", "percent", "settings_vat.VatTableScreen"),
    Entry("Postes et tiroirs", "Les tiroirs-caisses de la boutique", "display"),
    Entry(
        "Ajouter une caisse",
        "Les fichiers d'une autre caisse",
        "plus-lg",
        "till_files.TillFilesScreen",
    ),
    Entry(
        "Règlements",
        "Les modes de règlement connus",
        "credit-card",
        "settings_tenders.TendersScreen",
    ),
    Entry("Utilisateurs", "Personnes, rôles et codes", "people", "users.UsersScreen"),
    Entry(
        "Copier les réglages",
        "Pour une autre boutique",
        "files",
        "settings_copy.SettingsCopyScreen",
    ),
    Entry("Boutique", "Nom, adresse, rôle de ce poste", "shop"),
    Entry("Support", "Qui appeler", "life-preserver", "support.SupportScreen", free=True),
)


def entries() -> tuple[Entry, ...]:
    """Every tile: those of the table, then the places of settings that it doesn't name."""
    known = {entry.tree for entry in _ENTRIES}
    others = (tree for tree in held_trees() if tree not in known)
    return (*_ENTRIES, *(Entry(tree, parent_of(tree), "gear") for tree in others))
