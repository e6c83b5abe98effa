"""The base of every screen.

A screen asks a service and shows its answer. It never computes, opens a file or starts a thread:
what takes time is a job (`load` to read, `run_job` to do something). It is built when entered and
destroyed when left; what it was given is plain values, so that « Retour » can build it again.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ui.job_runner import Cancelled, Job
from app.ui.screen_header import RailHeader, TopHeader
from app.ui.theme import CONTENT_WIDTH, RAIL_WIDTH, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.panels import KeyTaker
    from app.ui.shell import Shell


class Screen(ttk.Frame):
    """A title with the way back, a body to fill, one main action at the bottom right.

    On a wide screen the title, and what goes with it, stand in a rail at the left: the body keeps
    the height. A subclass need not know.

    A subclass takes its own keyword arguments in `__init__`, calls `super().__init__(parent,
    shell, title=…)`, builds in `self.body`, and calls `load` last. Called by the shell:
    `entered`, `leaving`, `leave_question`, `key_typed`.
    """

    surface = "page"
    may_go_back = True
    """Whether « Retour » is offered; a screen that ends something leads on instead."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, title: str, subtitle: str = "") -> None:
        theme = theme_of(parent)
        super().__init__(parent, style=theme.frame_style("page"))
        self.shell = shell
        self.theme = theme
        self.main_button: BigButton | None = None
        self._takers: list[KeyTaker] = []
        self._afters: set[str] = set()
        self._loading = 0
        self.has_rail = theme.has_rail(parent.winfo_width())
        self._column = Box(self)
        self.header = self._make_header(title, subtitle)
        self._footer: Box | None = None
        self.body = Box(self._column)
        self.body.pack(side="top", fill="both", expand=True)
        self.bind("<Configure>", self._lay_out)
        self.bind("<Destroy>", self._destroyed)

    # --- what a subclass uses ---------------------------------------------------------------

    def main_action(
        self, text: str, command: Callable[[], object], *, icon: str = "", role: str = "primary"
    ) -> BigButton:
        """The one main action, at the bottom right; the Return key presses it."""
        button = BigButton(self._make_footer(), text, command, role=role, icon=icon)
        button.pack(side="right", padx=(self.theme.space(1.5), 0))
        self.main_button = button
        return button

    def side_action(
        self, text: str, command: Callable[[], object], *, icon: str = "", role: str = "secondary"
    ) -> BigButton:
        """Another action, at the bottom left, far from the main one."""
        button = BigButton(self._make_footer(), text, command, role=role, icon=icon)
        button.pack(side="left", padx=(0, self.theme.space(1.5)))
        return button

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the title, once what is shown is known."""
        self.header.say(title, subtitle)

    def show_tool(self, widget: tk.Widget) -> None:
        """Show, with the title, a widget made with `self.header.tools` as its parent."""
        self.header.show_tool(widget)

    def show_steps(self, words: Sequence[str], current: int) -> bool:
        """Show beside a wide screen which steps there are and which one this is (from 0).

        False where there is no room for them: the screen says it in its own way.
        """
        return self.header.show_steps(words, current)

    def load(
        self,
        job: Job,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Read something to show. Nothing is locked: leaving drops what would have come."""
        self._loading += 1
        self.later(400, self._show_loading)
        self.shell.runner.start(
            job,
            lambda result: self._loaded(lambda: on_done(result)),
            lambda error: self._loaded(lambda: (on_error or self._failed)(error)),
        )

    def follow(self, job: Job, on_done: Callable[[Any], None]) -> None:
        """Let something go on aside, which may wait for a network: nobody waits for it, and what
        comes of it is dropped if the screen is left before."""

        def over(deliver: Callable[[], None]) -> None:
            if self.winfo_exists():
                deliver()

        self.shell.aside.start(
            job,
            lambda result: over(lambda: on_done(result)),
            lambda error: over(lambda: self._failed(error)),
        )

    def run_job(
        self,
        job: Job,
        title: str,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None] | None = None,
        *,
        cancellable: bool = False,
    ) -> None:
        """Do something that takes time: a progress panel covers the screen, nobody leaves it."""
        from app.ui.widgets.progress_panel import ProgressPanel

        nav, panels = self.shell.nav, self.shell.panels
        nav.lock()
        panel = panels.show(ProgressPanel(panels, title, cancellable=cancellable))

        def over(deliver: Callable[[], None]) -> None:
            nav.unlock()
            panel.close()
            deliver()

        handle = self.shell.runner.start(
            job,
            lambda result: over(lambda: on_done(result)),
            lambda error: over(lambda: (on_error or self._failed)(error)),
            panel.show_progress,
        )
        panel.on_cancel = handle.cancel

    def later(self, milliseconds: int, command: Callable[[], object]) -> None:
        """Call something later, unless the screen is left before."""

        def run() -> None:
            self._afters.discard(name)
            command()

        name = self.after(milliseconds, run)
        self._afters.add(name)

    def every(self, milliseconds: int, command: Callable[[], object]) -> None:
        """Call something again and again while the screen is shown."""

        def run() -> None:
            self.every(milliseconds, command)
            command()

        self.later(milliseconds, run)

    def take_keys(self, handler: KeyTaker) -> None:
        """Give the keys that are typed to `handler`; it says whether it used one."""
        self._takers.append(handler)

    # --- what a subclass may replace --------------------------------------------------------

    def entered(self) -> None:
        """The screen is on view."""

    def leaving(self) -> None:
        """The screen is about to be destroyed."""

    def leave_question(self) -> str | None:
        """A question to ask before leaving, when something would be lost."""
        return None

    def on_escape(self) -> None:
        """The Escape key: one screen back."""
        self.shell.nav.back()

    def on_return(self) -> None:
        """The Return key, when no button has the focus: the main action."""
        if self.main_button is not None:
            self.main_button.invoke()

    def key_typed(self, event: tk.Event[tk.Misc]) -> bool:
        """Whether a key was used."""
        return any(taker(event) for taker in reversed(self._takers))

    # --- inside -----------------------------------------------------------------------------

    def _make_header(self, title: str, subtitle: str) -> TopHeader | RailHeader:
        nav = self.shell.nav
        back = nav.back if nav.depth > 1 and self.may_go_back else None
        home = nav.home if nav.depth > 2 else None
        if not self.has_rail:
            header = TopHeader(self._column, back, home)
            header.pack(side="top", fill="x", pady=(0, self.theme.space(1.5)))
            header.say(title, subtitle)
            return header
        rail = RailHeader(self, back, home)
        rail.place(x=0, y=0, relheight=1, width=self.theme.px(RAIL_WIDTH))
        rail.say(title, subtitle)
        return rail

    def _make_footer(self) -> Box:
        if self._footer is None:
            self._footer = Box(self._column)
            self._footer.pack(
                side="bottom", fill="x", pady=(self.theme.space(2), 0), before=self.body
            )
        return self._footer

    def _lay_out(self, event: tk.Event[tk.Misc]) -> None:
        theme = self.theme
        left = theme.px(RAIL_WIDTH) if self.has_rail else 0
        room = event.width - left - 2 * theme.space(3)
        above = theme.space(2.5 if self.has_rail else 2)
        self._column.place(
            x=left + (event.width - left) // 2,
            y=above,
            anchor="n",
            width=min(room, theme.px(CONTENT_WIDTH)),
            height=max(1, event.height - 2 * above),
        )

    def _show_loading(self) -> None:
        if self._loading:
            self.header.tell("Lecture en cours…")

    def _loaded(self, deliver: Callable[[], None]) -> None:
        if not self.winfo_exists():
            return
        self._loading -= 1
        if not self._loading:
            self.header.tell("")
        deliver()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.shell.messages.failed(error)

    def _destroyed(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is not self:
            return
        for name in self._afters:
            self.after_cancel(name)
        self._afters.clear()
        self.leaving()
