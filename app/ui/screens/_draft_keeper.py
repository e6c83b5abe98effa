"""Keeps a plan on disk as it changes, one write at a time, the newest one last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.closure_plan import ClosurePlan
from app.services.count_draft import save_draft

if TYPE_CHECKING:
    from app.ui.shell import Shell


class DraftKeeper:
    """`keep(plan)` after each key; `on_kept(error)` hears of each write (None: it is on disk).

    It outlives its screen, so that what was typed just before « Retour » is kept as well.
    """

    def __init__(self, shell: Shell, on_kept: Callable[[BaseException | None], None]) -> None:
        self._shell = shell
        self._on_kept = on_kept
        self._busy = False
        self._next: ClosurePlan | None = None

    def keep(self, plan: ClosurePlan) -> None:
        """Keep a plan; while one is being written, only the newest waits."""
        if self._busy:
            self._next = plan
            return
        self._busy = True
        now = self._shell.program.clock()
        self._shell.runner.start(
            self._shell.in_shop(lambda shop, progress: save_draft(shop, plan, now)),
            lambda _: self._over(None),
            self._over,
        )

    def forget_waiting(self) -> None:
        """Don't write what still waits: the caller writes something newer itself."""
        self._next = None

    def _over(self, error: BaseException | None) -> None:
        self._busy = False
        self._on_kept(error)
        waiting, self._next = self._next, None
        if waiting is not None:
            self.keep(waiting)
