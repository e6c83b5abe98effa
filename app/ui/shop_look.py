"""The kiosk takes its look from the shop's settings: name in the bar, text size, idle lock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.errors import AppError
from app.services.shop_look import Look, look_of
from app.ui.idle_lock import lock

if TYPE_CHECKING:
    from app.ui.shell import Shell

_LOG = logging.getLogger(__name__)


def take_look(shell: Shell, then: Callable[[], object] = lambda: None) -> None:
    """Read the settings and take them; the screen on view is shown anew if its size changed."""

    def take(look: Look) -> None:
        window = shell.window
        window.show_shop(look.name, simulation=look.simulation)
        window.lock_when_idle(look.idle_minutes * 60, lambda: lock(shell))
        if look.text_size != window.theme.text_size:
            window.set_text_size(look.text_size)
            if shell.nav.current is not None:
                shell.nav.reload()
        then()

    def look(progress: object) -> Look:
        with shell.program.open_shop(create=True) as shop:
            return look_of(shop)

    def failed(error: BaseException) -> None:
        if isinstance(error, AppError):
            _LOG.warning("réglages de l'affichage non lus : %s", error)  # « Accueil » says why
            then()
        else:
            shell.messages.failed(error)

    shell.runner.start(look, take, failed)
