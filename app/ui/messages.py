"""The only place that tells an error or asks a question; always inside the window.

What is refused (`AppError`) is told with its own sentence. What nobody expected is told calmly,
with a reference that is also in the log of the day beside the trace.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from app.errors import AppError
from app.ui.panels import Panel, PanelHost
from app.ui.theme import STATE_ICONS, TONES
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box
from app.ui.widgets.text import Text

_LOG = logging.getLogger(__name__)
_ICON_PX = 44
_TEXT_PX = 600

UNEXPECTED = "Une erreur imprévue"
UNEXPECTED_TEXT = (
    "Le programme a rencontré une erreur. Vos données enregistrées sont intactes.\n"
    "Référence à donner au support : {reference}"
)


class MessagePanel(Panel):
    """A state with its icon, a title, a few words, and one or two buttons."""

    def __init__(
        self,
        host: PanelHost,
        title: str,
        text: str,
        *,
        kind: str,
        buttons: list[tuple[str, str, Callable[[], None]]],
    ) -> None:
        super().__init__(host)
        self._escape = buttons[0][2]
        theme = self.theme
        head = Box(self.card)
        head.pack(fill="x")
        icon = theme.icon(STATE_ICONS[kind], theme.px(_ICON_PX), TONES.get(kind, "#0F5299"))
        sign = Text(head)
        sign.configure(image=icon)
        sign.pack(side="left", anchor="n", padx=(0, theme.space(2)))
        words = Box(head)
        words.pack(side="left", fill="x", expand=True)
        width = theme.px(_TEXT_PX)
        words.columnconfigure(0, minsize=width)
        Text(words, title, "lead", width_px=width).grid(sticky="w")
        if text:
            Text(words, text, "body", width_px=width).grid(sticky="w", pady=(theme.space(1), 0))
        foot = Box(self.card)
        foot.pack(fill="x", pady=(theme.space(3), 0))
        self.buttons = self._add_buttons(foot, buttons)

    def opened(self) -> None:
        """The safe button (the left one, or the only one) has the focus."""
        self.buttons[0].focus_set()

    def on_escape(self) -> None:
        """The same as the safe button."""
        self._escape()

    def _add_buttons(
        self, foot: Box, buttons: list[tuple[str, str, Callable[[], None]]]
    ) -> list[BigButton]:
        made = []
        for index, (label, role, command) in enumerate(buttons):
            button = BigButton(foot, label, command, role=role, least_chars=10)
            alone = len(buttons) == 1
            button.pack(side="left" if index == 0 and not alone else "right")
            made.append(button)
        return made


class Messages:
    """Tells and asks. `go_home` takes the person home after an unexpected error."""

    def __init__(self, panels: PanelHost) -> None:
        self._panels = panels
        self.go_home: Callable[[], None] = _nothing

    def tell(
        self,
        title: str,
        text: str = "",
        *,
        kind: str = "info",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Tell something (`kind`: info, ok, warn, bad); `then` follows the « OK »."""
        self._show(title, text, kind, [("OK", "primary", then or _nothing)])

    def ask(
        self,
        question: str,
        text: str = "",
        *,
        on_yes: Callable[[], None],
        on_no: Callable[[], None] | None = None,
        yes: str = "Oui",
        no: str = "Non",
        danger: bool = False,
    ) -> None:
        """Ask a question; the focus, and Escape, are on the « Non ». Say the act in `yes`."""
        role = "danger_fill" if danger else "primary"
        buttons = [(no, "secondary", on_no or _nothing), (yes, role, on_yes)]
        self._show(question, text, "warn" if danger else "info", buttons)

    def failed(self, error: BaseException, then: Callable[[], None] | None = None) -> None:
        """Tell whatever went wrong: a refusal by its sentence, the rest by a reference."""
        if isinstance(error, AppError):
            self.refused(error, then)
        else:
            self.unexpected(error)

    def refused(self, error: AppError, then: Callable[[], None] | None = None) -> None:
        """Tell a refusal: its own sentence."""
        self._show(
            "Ce n'est pas possible", str(error), "warn", [("OK", "primary", then or _nothing)]
        )

    def unexpected(self, error: BaseException) -> str:
        """Tell an error nobody foresaw and give its reference; then « Accueil »."""
        reference = secrets.token_hex(3).upper()
        _LOG.error("erreur imprévue, référence %s", reference, exc_info=error)
        self._panels.close_all()
        text = UNEXPECTED_TEXT.format(reference=reference)
        self._show(UNEXPECTED, text, "bad", [("Accueil", "primary", self.go_home)])
        return reference

    def _show(
        self,
        title: str,
        text: str,
        kind: str,
        buttons: list[tuple[str, str, Callable[[], None]]],
    ) -> None:
        def closing(command: Callable[[], None]) -> Callable[[], None]:
            def run() -> None:
                panel.close()
                command()

            return run

        wrapped = [(label, role, closing(command)) for label, role, command in buttons]
        panel = MessagePanel(self._panels, title, text, kind=kind, buttons=wrapped)
        self._panels.show(panel)


def _nothing() -> None:
    pass
