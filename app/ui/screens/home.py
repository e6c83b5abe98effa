"""« Accueil »: what happened last, what waits, what is wrong, and one big CLÔTURER."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
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
_FEW_POINTS = 1
_DOOR_BESIDE_RAIL = 116

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
        self._foot = self.header.foot
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
                label.set(self._till_words(till, len(found.tills)))
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
        for room in (self._content, self._foot):
            for child in room.winfo_children() if room else ():
                child.destroy()
        self._tills = []
        self.main_button = None

    def _build(self, found: Home) -> None:
        self._clear()
        self._build_doors(doors.doors_for(closes=found.may_close))
        if not found.may_close:
            room = self._paged()
            StateCard(room, "info", NOT_MASTER, NOT_MASTER_TEXT).pack(fill="x")
            self._build_points(room, found)
        elif self._foot is not None:
            self._build_actions(self._foot)
            self._build_points(self._paged(), found)
        elif len(self._points) <= _FEW_POINTS:
            self._build_all(found)
        else:
            top = Box(self._content)
            top.pack(side="top", fill="x")
            self._build_actions(top, beside=True)
            self._build_points(self._paged(), found)

    def _paged(self) -> Box:
        """The room between the top and the doors, with pages to turn when it is too small."""
        area = PagedArea(self._content)
        above = 0 if self.has_rail else self.theme.space(1)
        area.pack(side="top", fill="both", expand=True, pady=(above, 0))
        return area.inner

    def _build_all(self, found: Home) -> None:
        """With few points all stands on one page, and CLÔTURER takes the room that is left."""
        theme = self.theme
        top = Box(self._content)
        top.pack(side="top", fill="both", expand=True)
        top.columnconfigure(0, weight=2, uniform="top")
        top.columnconfigure(1, weight=3, uniform="top")
        top.rowconfigure(0, weight=1)
        actions = Box(top)
        actions.grid(row=0, column=0, sticky="nswe")
        self._build_actions(actions)
        right = Box(top)
        right.grid(row=0, column=1, sticky="nswe", padx=(theme.space(1.5), 0))
        card = Card(right)
        self._build_tills(card, found)
        self._build_states(right).pack(side="bottom", fill="x", pady=(theme.space(1.5), 0))
        card.pack(side="top", fill="both", expand=True)

    def _build_actions(self, actions: Box, *, beside: bool = False) -> None:
        """CLÔTURER; while a day was forgotten its own closure comes first, above or `beside` it."""
        forgotten = next((point for point in self._points if point.first), None)
        role = "secondary" if forgotten else "hero"
        side = "top" if self.has_rail and not forgotten else "left"
        words = "Tout clôturer" if forgotten else "CLÔTURER"
        close = BigButton(actions, words, self._close, role=role, icon="lock-fill", side=side)
        self.main_button = close
        if forgotten is None:
            close.pack(fill="both", expand=True)
            return
        first = BigButton(
            actions,
            forgotten.first,
            partial(self._cure, forgotten),
            role="hero_words",
            icon="lock-fill",
            wraps=True,
        )
        self.main_button = first
        gap = self.theme.space(1)
        if beside:
            close.pack(side="right", fill="y", padx=(gap, 0))
            first.pack(side="left", fill="both", expand=True)
        else:
            close.pack(side="bottom", fill="x")
            first.pack(side="top", fill="both", expand=True, pady=(0, gap))

    def _build_tills(self, card: Box | Card, found: Home) -> None:
        gap = (0, self.theme.space(0.75))
        Text(card, "Tickets reçus", "small_strong").pack(fill="x", pady=gap)
        if not found.tills:
            Text(card, "Aucun ticket reçu pour l'instant.", "muted", wrap=True).pack(fill="x")
            return
        most = _TILLS_SHOWN - (self.theme.text_size == "A++")
        more = len(found.tills) - most
        shown = found.tills if more <= 0 else found.tills[: most - 1]
        for till in shown:
            label = Text(card, self._till_words(till, len(found.tills)), "body", wrap=True)
            label.pack(fill="x", pady=gap)
            self._tills.append(label)
        if more > 0:
            words = count_of(more + 1, "autre poste", "autres postes")
            Text(card, f"et {words} dans « Prochaine clôture »", "small", wrap=True).pack(fill="x")

    def _till_words(self, till: TillFreshness, tills: int) -> str:
        """In full for a few tills, and where the largest letters leave the room."""
        in_full = tills <= _TILLS_IN_FULL and self.theme.text_size != "A++"
        return freshness(till) if in_full else short_freshness(till)

    def _build_doors(self, shown: tuple[doors.Door, ...]) -> None:
        """One button a module, in rows of three, always at the same place: the bottom."""
        theme = self.theme
        grid = Box(self._content)
        grid.pack(side="bottom", fill="x", pady=(theme.space(1), 0))
        gap = theme.space(1.5 if self.has_rail else 0.75)
        high = theme.px(_DOOR_BESIDE_RAIL if self.has_rail else ACTION_HEIGHT)
        here, others = doors.with_room(shown)
        for index, door in enumerate(here):
            args = {"keys": others} if door is doors.MORE else {}
            button = BigButton(
                grid,
                door.title,
                partial(door.enter, self.shell, **args),
                icon=door.icon,
                side="top" if self.has_rail else "left",
            )
            # Its height is the row's: so that the longest words have the whole width.
            button.configure(padding=(theme.space(0.5), 0))
            row, column = divmod(index, _COLUMNS)
            # Each column gives an equal part of the gaps: all buttons have one width.
            before = gap * column // _COLUMNS
            after = gap - gap * (column + 1) // _COLUMNS
            above = gap if row else 0
            button.grid(
                row=row, column=column, sticky="nswe", padx=(before, after), pady=(above, 0)
            )
            grid.rowconfigure(row, minsize=high + (gap if row else 0))
        for column in range(_COLUMNS):
            grid.columnconfigure(column, weight=1, uniform="door")

    def _build_points(self, room: Box, found: Home) -> None:
        """The points, then the tills; in a room that has what comes before them already."""
        gap = self.theme.space(1)
        above = (gap if room.winfo_children() else 0, 0)
        if self._points or found.may_close:
            self._build_states(room).pack(fill="x", pady=above)
            above = (gap, 0)
        card = Card(room)
        card.pack(fill="x", pady=above)
        self._build_tills(card, found)

    def _build_states(self, parent: Box) -> Box:
        states = Box(parent)
        gap = self.theme.space(1)
        for index, point in enumerate(self._points):
            action: tuple[str, Callable[[], object]] | None = None
            if point.cure and not point.first:  # that one is the main button
                action = (point.word, partial(self._cure, point))
            StateCard(states, point.state, point.title, point.text, action=action).pack(
                fill="x", pady=(gap if index else 0, 0)
            )
        if not self._points:
            StateCard(states, "ok", "Rien à signaler").pack(fill="x")
        return states

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


def _shop_of(found: Home) -> tuple[str, bool]:
    return found.shop_name, found.simulation


def _still(found: Home) -> Home:
    """What makes another drawing when it changes: all but the tills' minutes, and the count."""
    tills = tuple(replace(till, number="", minutes=0, at=found.tills[0].at) for till in found.tills)
    return replace(found, tills=tills, today_tickets=0, last=None)


SCREEN = HomeScreen
GALLERY: list[tuple[str, Callable[[Shell], object]]] = [("accueil", lambda shell: None)]
