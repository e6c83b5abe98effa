"""The panel over a screen while a job runs: what is being done, how far, and « Arrêter »."""

from __future__ import annotations

from collections.abc import Callable
from tkinter import ttk

from app.ui.panels import Panel, PanelHost
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.text import Text

_WIDTH = 560


class ProgressPanel(Panel):
    """`on_cancel` is called by « Arrêter » (only with `cancellable`)."""

    def __init__(self, host: PanelHost, title: str, *, cancellable: bool = False) -> None:
        super().__init__(host)
        self.on_cancel: Callable[[], None] = lambda: None
        theme = self.theme
        width = theme.px(_WIDTH)
        Text(self.card, title, "lead", width_px=width).pack(anchor="w")
        self._bar = ttk.Progressbar(
            self.card, style=theme.bar_style("card"), length=width, mode="indeterminate"
        )
        self._bar.pack(fill="x", pady=(theme.space(3), theme.space(1.5)))
        self._bar.start(30)
        self._words = Text(self.card, "Un instant…", "muted", width_px=width)
        self._words.pack(anchor="w")
        self._stop: BigButton | None = None
        if cancellable:
            self._stop = BigButton(self.card, "Arrêter", self._cancel, icon="x-lg")
            self._stop.pack(anchor="e", pady=(theme.space(3), 0))

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far the job is; a `total` of 0 means that nobody knows."""
        if not self.winfo_exists():
            return
        if total:
            self._bar.stop()
            self._bar.configure(mode="determinate", maximum=total, value=done)
        if text and not (self._stop and not self._stop.enabled):
            self._words.set(text)

    def on_escape(self) -> None:
        """The same as « Arrêter »; a job that can't be stopped goes on."""
        if self._stop is not None:
            self._stop.invoke()

    def _cancel(self) -> None:
        if self._stop is not None:
            self._stop.enable(False)
        self._words.set("Arrêt après l'étape en cours…")
        self.on_cancel()
