"""The editors of lists: items added and taken away, drawers by till."""

from __future__ import annotations

from typing import Any

from app.services.settings_pages import Line, next_drawer
from app.ui.panels import Panel, PanelHost
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.entry_sheets import ask_text
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.text import Text

_MOST_SIGNS = 29


class ListSheet(Panel):
    """The items, « Ajouter », « Retirer » for the one touched, « OK »."""

    column = "Éléments"

    def __init__(self, host: PanelHost, line: Line, on_value: Any) -> None:
        super().__init__(host, fill=True)
        self._line = line
        self._on_value = on_value
        self.items = list(line.value) if isinstance(line.value, list) else []
        theme = self.theme
        Text(self.card, line.label, "lead").pack(anchor="w")
        if line.help:
            Text(self.card, line.help, "muted", wrap=True).pack(fill="x")
        foot = Box(self.card)
        foot.pack(side="bottom", fill="x", pady=(theme.space(2), 0))
        BigButton(foot, "Abandon", self.close).pack(side="left")
        self._ok = BigButton(foot, "OK", self._accept, role="primary", icon="check-lg")
        self._ok.pack(side="right")
        middle = Box(self.card)
        middle.pack(fill="both", expand=True, pady=(theme.space(1.5), 0))
        self.tools = Box(middle)
        self.tools.pack(side="right", fill="y", padx=(theme.space(2), 0))
        self._list = PagedList(
            middle, [Column(self.column)], (), lambda key: self.refresh_tools(), empty="Aucun"
        )
        self._list.pack(side="left", fill="both", expand=True)
        self.build_tools()
        self.show()

    def build_tools(self) -> None:
        """The buttons beside the list."""
        self.tool("Ajouter", self._ask, "plus-lg")
        self._remove = self.tool("Retirer", self._take_away, "trash", role="danger")

    def tool(self, text: str, command: Any, icon: str, *, role: str = "secondary") -> BigButton:
        """One button beside the list."""
        button = BigButton(self.tools, text, command, icon=icon, role=role)
        button.pack(fill="x", pady=(0, self.theme.space(1.5)))
        return button

    @property
    def chosen(self) -> str | None:
        """The item that was touched."""
        return self._list.selected

    def show(self) -> None:
        """Draw the list anew."""
        self._list.set_rows([Row(item, (self.words(item),)) for item in self.items])
        self.refresh_tools()

    def words(self, item: str) -> str:
        """How an item reads."""
        return item

    def refresh_tools(self) -> None:
        """Enable what can be done with what is chosen."""
        self._remove.enable(self.chosen is not None)

    def add(self, item: str) -> None:
        """Add an item and choose it."""
        if item and item not in self.items:
            self.items = sorted([*self.items, item])
        self.show()
        if item in self.items:
            self._list.select(item)

    def on_return(self) -> None:
        """The same as « OK »."""
        self._ok.invoke()

    def _ask(self) -> None:
        ask_text(self, self._line.label, "", lambda text: self.add(text.strip()))

    def _take_away(self) -> None:
        self.items = [item for item in self.items if item != self.chosen]
        self.show()

    def _accept(self) -> None:
        self.close()
        self._on_value(self.items)


class DrawersSheet(ListSheet):
    """The shop's drawers: a till is added with its first drawer, a drawer to the till touched."""

    column = "Tiroirs"

    def build_tools(self) -> None:
        """The buttons beside the list."""
        self.tool("Ajouter un poste", self._ask_till, "display")
        self._more = self.tool("Ajouter un tiroir", self._add_drawer, "inbox")
        self._remove = self.tool("Retirer", self._take_away, "trash", role="danger")

    def words(self, item: str) -> str:
        """`1/2 : poste 1, tiroir 2`."""
        till, _, drawer = item.partition("/")
        return f"{item}    poste {till}, tiroir {drawer}"

    def refresh_tools(self) -> None:
        """A drawer is added to a till that was touched; the last drawer stays."""
        self._more.enable(self.chosen is not None)
        self._remove.enable(self.chosen is not None and len(self.items) > 1)

    def _ask_till(self) -> None:
        ask_text(self, "Nom du nouveau poste", "", self._add_till, maximum=_MOST_SIGNS)

    def _add_till(self, name: str) -> None:
        if name.strip():
            self.add(next_drawer(self.items, name.strip()))

    def _add_drawer(self) -> None:
        if self.chosen is not None:
            self.add(next_drawer(self.items, self.chosen.partition("/")[0]))
