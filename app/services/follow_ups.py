"""Which jobs hang on a closure: those that the shop asks for.

A job that has a setting is hung when the setting says so for that kind of closure; one without a
setting hangs on every closure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.scope import GENERAL
from app.domain.settings import text_of

_ASKED_BY = {"print": "print.after_closure", "mail": "mail.after_closure"}


def wanted(names: Sequence[str], kind: str, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The jobs of `names` that a closure of that kind gets."""
    return tuple(name for name in names if _is_wanted(name, kind, settings))


def _is_wanted(name: str, kind: str, settings: Mapping[str, Any]) -> bool:
    if name not in _ASKED_BY:
        return True
    if name == "print" and text_of(settings, "print.printer") == "none":
        return False  # the printer was taken away: what it was asked to do went with it
    when = text_of(settings, _ASKED_BY[name])
    return when == "all" or (when == "general" and kind == GENERAL)
