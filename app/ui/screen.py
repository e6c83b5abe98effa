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
from app.ui.theme import CONTENT_WIDTH, theme_of
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.panels import KeyTaker
    from app.ui.shell import Shell


class Screen(ttk.Frame):
    """A title with the way back, a body to fill, one main action at the bottom right.

    A subclass takes its own keyword arguments in `__init__`, calls `super().__init__(parent,
    shell, title=…)`, builds in `self.body`, and calls `load` last. Called by the shell:
    `entered`, `leaving`, `leave_question`, `key_typed`.
    """

    surface = "page"

    def __init__(self, parent: tk.Misc, shell: Shell, *, title: str, subtitle: str = "") -> None:
        theme = theme_of(parent)
        super().__init__(parent, style=theme.frame_style("page"))
        self.shell = shell
        self.theme = theme
        self.main_button: BigButton | None = None
        self._takers: list[KeyTaker] = []
        self._afters: set[str] = set()
        self._loading = 0
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
        self._title.set(title)
        self._set_subtitle(subtitle)

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

    def _make_header(self, title: str, subtitle: str) -> Box:
        header = Box(self._column)
        header.pack(side="top", fill="x", pady=(0, self.theme.space(1.5)))
        depth = self.shell.nav.depth
        if depth > 1:
            back = BigButton(
                header, "Retour", self.shell.nav.back, role="back", icon="chevron-left"
            )
            back.pack(side="left", padx=(0, self.theme.space(1.5)))
        if depth > 2:
            home = BigButton(header, "Accueil", self.shell.nav.home, role="back", icon="house")
            home.pack(side="right", padx=(self.theme.space(1.5), 0))
        self._header_right = Box(header)
        self._header_right.pack(side="right")
        self._waiting = Text(self._header_right, "", "muted", icon="")
        self._waiting.pack(side="right")
        words = Box(header)
        words.pack(side="left", fill="x", expand=True)
        self._title = Text(words, title, "title")
        self._title.pack(anchor="w", fill="x")
        self._title.bind("<Configure>", self._fit_title)
        self._subtitle = Text(words, "", "muted")
        self._set_subtitle(subtitle)
        return header

    def _fit_title(self, event: tk.Event[tk.Misc]) -> None:
        """A long title (a name) takes smaller letters, on two lines if it must."""
        text = str(self._title.cget("text"))
        fits = self.theme.measure("title", text) <= event.width
        self._title.configure(wraplength=event.width)
        self._title.set(text, "title" if fits else "lead")

    def _set_subtitle(self, subtitle: str) -> None:
        self._subtitle.set(subtitle)
        if subtitle:
            self._subtitle.pack(anchor="w", fill="x")
        else:
            self._subtitle.pack_forget()

    def _make_footer(self) -> Box:
        if self._footer is None:
            self._footer = Box(self._column)
            self._footer.pack(
                side="bottom", fill="x", pady=(self.theme.space(2), 0), before=self.body
            )
        return self._footer

    def _lay_out(self, event: tk.Event[tk.Misc]) -> None:
        margin = self.theme.space(3)
        width = min(event.width - 2 * margin, self.theme.px(CONTENT_WIDTH))
        self._column.place(
            relx=0.5,
            y=self.theme.space(2),
            anchor="n",
            width=width,
            height=max(1, event.height - self.theme.space(2) - self.theme.space(2)),
        )

    def _show_loading(self) -> None:
        if self._loading:
            self._waiting.set("Lecture en cours…")

    def _loaded(self, deliver: Callable[[], None]) -> None:
        if not self.winfo_exists():
            return
        self._loading -= 1
        if not self._loading:
            self._waiting.set("")
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
