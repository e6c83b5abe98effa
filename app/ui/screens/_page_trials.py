"""The button of a page of settings that tries them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.outgoing_settings import MAIL_PAGE, PRINTER_PAGE
from app.services.mail_z import mail_trial
from app.services.printing import print_test


@dataclass(frozen=True, slots=True)
class Trial:
    """Its words, what is said while it runs and once it is done, and `run(shop, program)`, which
    gives what to look at. It has no sense while the setting `off` has that value."""

    words: str
    icon: str
    running: str
    done: str
    run: Callable[[Any, Any], str]
    off: tuple[str, str] = ("", "")


def _print(shop: Any, program: Any) -> str:
    return print_test(shop, program.paper(), program.clock())


def _mail(shop: Any, program: Any) -> str:
    return mail_trial(shop, program.post(), program.clock())


TRIALS = {
    PRINTER_PAGE: Trial(
        "Imprimer un essai",
        "printer",
        "Impression de l'essai",
        "Essai imprimé",
        _print,
        off=("print.printer", "none"),
    ),
    MAIL_PAGE: Trial(
        "Envoyer un mail d'essai", "envelope", "Envoi de l'essai", "Essai envoyé", _mail
    ),
}
"""By the page's place in the tree."""
