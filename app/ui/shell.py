"""What every screen is handed: the program, the way around, the runner, the messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.ui.job_runner import Job, Progress, Runner

if TYPE_CHECKING:
    from app.cli.program import Program
    from app.ui.messages import Messages
    from app.ui.navigator import Navigator
    from app.ui.panels import PanelHost
    from app.ui.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of the kiosk. Screens use these and make none of their own.

    `runner` does what a person waits for; `aside` what goes on by itself (printing, sending), which
    may wait for a network and must hold nothing up.
    """

    program: Program
    window: KioskWindow
    nav: Navigator
    panels: PanelHost
    messages: Messages
    runner: Runner
    aside: Runner

    def in_shop(self, work: Callable[[Any, Progress], Any]) -> Job:
        """A job that opens the shop, calls `work(shop, progress)` and gives what it gives.

        The shop lives and dies on the runner's thread: give plain values back, never the shop.
        """

        def job(progress: Progress) -> Any:
            with self.program.open_shop() as shop:
                return work(shop, progress)

        return job
