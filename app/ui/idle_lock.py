"""The idle lock: after a while without a touch, somebody of the shop types a PIN to go on.

Nothing is lost: the screen and what was typed on it are still there underneath. While nobody has a
PIN it never locks, and never in the middle of a job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pin import ask_pin

if TYPE_CHECKING:
    from app.ui.shell import Shell

TITLE = "Écran verrouillé"


def lock(shell: Shell) -> None:
    """Ask for a PIN before anything else can be touched."""
    top = shell.panels.top
    if shell.nav.locked or getattr(top, "locks", False):
        return
    ask_pin(
        shell,
        "caissier",
        TITLE,
        lambda name: None,
        reason="Choisissez votre nom et tapez votre code.",
        may_leave=False,
    )
