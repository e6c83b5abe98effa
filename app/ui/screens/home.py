"""« Accueil »: what happened last, what waits, what is wrong, and one big CLÔTURER."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.services.home import Home, TillFreshness, home
from app.services.settings import load_settings
from app.ui.french import count_of, long_date
from app.ui.screen import Screen
from app.ui.screens import _home_doors as doors
from app.ui.screens._freshness import freshness, short_freshness
from app.ui.screens._home_attention import Attention, points_of
from app.ui.screens._taking_in import take_in
from app.ui.theme import ACTION_HEIGHT
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_REFRESH_MS = 60_000
_COLUMNS = 3
_TILLS_SHOWN = 3
_TILLS_IN_FULL = 2

NOT_MASTER = "Ce poste n'est pas la caisse maître"
NOT_MASTER_TEXT = (
    "Il ne clôture pas et ne sauvegarde pas : il n'a pas les données. "
    "Faites la clôture sur la caisse maître."
)


class HomeScreen(Screen):
    """The first screen; it looks at the shop again every minute."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, title="Bonjour")
        self._drawn: Home | None = None
        self._points: tuple[Attention, ...] = ()
        self._tills: list[Text] = []
        self._content = Box(self.body)
        self._content.pack(fill="both", expand=True)
        self.every(_REFRESH_MS, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at the shop again; only what has changed is drawn anew."""

        def job(progress: Progress) -> tuple[Home, tuple[Attention, ...]] | None:
            with self.shell.program.open_shop(create=True) as shop:
                report = take_in(shop, self.shell)
                found = home(shop, load_settings(shop), self.shell.program.clock())
                return (found, points_of(found, report)) if found else None

        self.load(job, self._show, self._unreadable)

    def _show(self, seen: tuple[Home, tuple[Attention, ...]] | None) -> None:
        if seen is None:
            from app.ui.screens.first_start import FirstStartScreen

            # Not from inside this screen's own making, where a job may have ended already.
            self.later(1, lambda: self.shell.nav.start(FirstStartScreen))
            return
        found, points = seen
        before, points_before = self._drawn, self._points
        self._drawn, self._points = found, points
        if before is None or _shop_of(before) != _shop_of(found):
            self.shell.window.show_shop(found.shop_name, simulation=found.simulation)
        self.set_title(_title(found), _subtitle(found))
        if before is not None and _still(before) == _still(found) and points == points_before:
            for label, till in zip(self._tills, found.tills, strict=False):
                label.set(_till_words(till, len(found.tills)))
            return
        self._build(found)

    def _unreadable(self, error: BaseException) -> None:
        """The data can't be read now (a disk unplugged): say so, and try again on demand."""
        self._drawn = None
        self._clear()
        self.set_title("Les données ne sont pas accessibles")
        StateCard(
            self._content,
            "bad",
            "Rien n'est perdu",
            str(error),
            action=("Réessayer", self.refresh),
        ).pack(fill="x")
        self._build_doors(doors.WITHOUT_DATA)

    # --- drawing ----------------------------------------------------------------------------

    def _clear(self) -> None:
        for child in self._content.winfo_children():
            child.destroy()
        self._tills = []

    def _build(self, found: Home) -> None:
        self._clear()
        if found.may_close:
            self._build_top(found)
        self._build_doors(doors.DOORS)
        self._build_points(found)

    def _build_top(self, found: Home) -> None:
        theme = self.theme
        top = Box(self._content)
        top.pack(side="top", fill="x")
        top.columnconfigure(0, weight=2, uniform="top")
        top.columnconfigure(1, weight=3, uniform="top")
        actions = Box(top)
        actions.grid(row=0, column=0, sticky="nswe")
        self._build_actions(actions)
        card = Card(top)
        card.grid(row=0, column=1, sticky="nswe", padx=(theme.space(1.5), 0))
        self._build_tills(card, found)

    def _build_actions(self, actions: Box) -> None:
        """CLÔTURER; while a day was forgotten, its own closure comes before it."""
        forgotten = next((point for point in self._points if point.first), None)
        role = "secondary" if forgotten else "hero"
        close = BigButton(actions, "CLÔTURER", self._close, role=role, icon="lock-fill")
        close.pack(side="bottom", fill="both", expand=not forgotten)
        self.main_button = close
        if forgotten:
            first = BigButton(
                actions,
                forgotten.first,
                lambda: self._cure(forgotten),
                role="primary",
                icon="lock-fill",
                wrap=18,
            )
            first.pack(side="top", fill="both", expand=True, pady=(0, self.theme.space(1)))
            self.main_button = first

    def _build_tills(self, card: Card, found: Home) -> None:
        if not found.tills:
            Text(card, "Aucun ticket reçu pour l'instant.", "muted", wrap=True).pack(fill="x")
            return
        more = len(found.tills) - _TILLS_SHOWN
        shown = found.tills if more <= 0 else found.tills[: _TILLS_SHOWN - 1]
        for till in shown:
            label = Text(card, _till_words(till, len(found.tills)), "body", wrap=True)
            label.pack(fill="x", pady=(0, self.theme.space(0.5)))
            self._tills.append(label)
        if more > 0:
            words = count_of(more + 1, "autre poste", "autres postes")
            Text(card, f"et {words} dans « Prochaine clôture »", "small").pack(fill="x")

    def _build_doors(self, shown: tuple[doors.Door, ...]) -> None:
        theme = self.theme
        grid = Box(self._content)
        grid.pack(side="bottom", fill="x", pady=(theme.space(1.5), 0))
        gap = theme.space(0.75)
        for index, door in enumerate(shown):
            button = BigButton(
                grid,
                door.title,
                lambda door=door: door.enter(self.shell),  # type: ignore[misc]
                icon=door.icon,
            )
            # Its height is the row's: so that the longest words have the whole width.
            button.configure(padding=(gap, 0))
            row, column = divmod(index, _COLUMNS)
            button.grid(
                row=row,
                column=column,
                sticky="nswe",
                padx=(gap if column else 0, gap if column < _COLUMNS - 1 else 0),
                pady=(gap if row else 0, 0),
            )
        for column in range(_COLUMNS):
            grid.columnconfigure(column, weight=1, uniform="door")
        for row in range(-(-len(shown) // _COLUMNS)):
            grid.rowconfigure(row, minsize=theme.px(ACTION_HEIGHT) + (gap if row else 0))

    def _build_points(self, found: Home) -> None:
        theme = self.theme
        room = Box(self._content)
        room.pack(side="top", fill="both", expand=True, pady=(theme.space(1.5), 0))
        area = PagedArea(room)
        area.pack(fill="both", expand=True)
        if not found.may_close:
            # The whole width, and pages to turn: there is no CLÔTURER beside it.
            StateCard(area.inner, "info", NOT_MASTER, NOT_MASTER_TEXT).pack(fill="x")
            card = Card(area.inner)
            card.pack(fill="x", pady=theme.space(1))
            self._build_tills(card, found)
        for point in self._points:
            action: tuple[str, Callable[[], object]] | None = None
            if point.cure and not point.first:  # that one is the main button
                action = (point.word, lambda point=point: self._cure(point))
            StateCard(area.inner, point.state, point.title, point.text, action=action).pack(
                fill="x", pady=(0, theme.space(1))
            )
        if found.may_close and not self._points:
            StateCard(area.inner, "ok", "Rien à signaler").pack(fill="x")

    # --- what is pressed --------------------------------------------------------------------

    def _close(self) -> None:
        from app.ui.screens.closure_kind import ClosureKindScreen

        self.shell.nav.go(ClosureKindScreen)

    def _cure(self, point: Attention) -> None:
        if point.job:
            self._run_job_again(point.job)
        elif point.plan is not None:
            from app.ui.screens._closure_flow import begin

            begin(self.shell, point.plan)
        else:
            doors.door_of(point.cure).enter(self.shell)

    def _run_job_again(self, job_id: str) -> None:
        from app.services.jobs import retry, run_due

        program = self.shell.program

        def job(shop: Any, progress: Progress) -> None:
            if job_id != doors.ALL_JOBS:
                retry(shop, job_id, program.clock())
            run_due(shop, program.follow_ups, program.clock)

        self.run_job(self.shell.in_shop(job), "Un instant", lambda _: self.refresh())


def _title(found: Home) -> str:
    if not found.may_close:
        return "Accueil"
    if found.today_tickets:
        return f"{count_of(found.today_tickets, 'ticket')} à clôturer aujourd'hui"
    return "Aucun ticket à clôturer aujourd'hui"


def _subtitle(found: Home) -> str:
    if found.last is None:
        return "Aucune clôture pour l'instant"
    day = long_date(found.last.business_day)
    return f"Dernière clôture : Ticket Z n° {found.last.number}, journée du {day}"


def _till_words(till: TillFreshness, tills: int) -> str:
    return freshness(till) if tills <= _TILLS_IN_FULL else short_freshness(till)


def _shop_of(found: Home) -> tuple[str, bool]:
    return found.shop_name, found.simulation


def _still(found: Home) -> Home:
    """What makes another drawing when it changes: all but the tills' minutes, and the count."""
    tills = tuple(replace(till, number="", minutes=0, at=found.tills[0].at) for till in found.tills)
    return replace(found, tills=tills, today_tickets=0, last=None)


SCREEN = HomeScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [("accueil", lambda shell: None)]
