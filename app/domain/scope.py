"""What a closure takes: the shop (GÉNÉRALE), one till (POSTE) or one drawer (CAISSE)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import UsageError

GENERAL, POSTE, CAISSE, MONTH, YEAR = "general", "poste", "caisse", "month", "year"

_TILL = re.compile(r"[^\s/:|\x00-\x1f][^/:|\x00-\x1f]{0,29}")


@dataclass(frozen=True, slots=True)
class Scope:
    """`kind` is general, poste or caisse; `code` is empty, a till `1` or a drawer `1/1`."""

    kind: str
    code: str = ""

    def holds(self, drawer: str) -> bool:
        """Whether a drawer (`till/drawer`) belongs to it."""
        if self.kind == GENERAL:
            return True
        if self.kind == POSTE:
            return till_of(drawer) == self.code
        return drawer == self.code

    def nests(self, other: Scope) -> bool:
        """Whether another scope lies inside this one (or is it)."""
        if self == other or self.kind == GENERAL:
            return True
        return self.kind == POSTE and other.kind == CAISSE and self.holds(other.code)

    @property
    def till(self) -> str:
        """The one till it lies in; empty for the whole shop."""
        return till_of(self.code)

    @property
    def key(self) -> str:
        """The name of its series of numbers and of its chain: `general`, `poste/1`, …"""
        return f"{self.kind}/{self.code}" if self.code else self.kind

    @property
    def title(self) -> str:
        """As it is said on screen."""
        if self.kind == GENERAL:
            return "GÉNÉRALE"
        return f"POSTE {self.code}" if self.kind == POSTE else f"CAISSE {self.code}"


def till_of(drawer: str) -> str:
    """The till of a drawer: `1` for `1/2`."""
    return drawer.partition("/")[0]


def scope_of(kind: str, code: str = "") -> Scope:
    """Check and build a scope. Raises UsageError with what was expected."""
    parts = code.split("/")
    expected = {GENERAL: 0, POSTE: 1, CAISSE: 2}.get(kind)
    if expected is None or (expected == 0) != (code == "") or (code and len(parts) != expected):
        asked = f"{kind} {code}".strip()
        raise UsageError(f"Clôture inconnue : « {asked} ». Écrivez general, poste 1 ou caisse 1/1.")
    if code and not all(_TILL.fullmatch(part) for part in parts):
        raise UsageError(f"« {code} » n'est pas un poste ni une caisse : écrivez 1 ou 1/1.")
    return Scope(kind, code)


def drawer_name(text: str) -> str:
    """A drawer as it was written. Raises UsageError when it is none, or lacks its till."""
    parts = text.split("/")
    if len(parts) != 2 or not all(_TILL.fullmatch(part) for part in parts):
        raise UsageError(f"« {text} » n'est pas une caisse : écrivez 1/1.")
    return text


def scope_from_text(text: str) -> Scope:
    """Read `general`, `poste:1` or `caisse:1/1`. Raises UsageError."""
    kind, _, code = text.partition(":")
    return scope_of(kind, code)


def closure_id(kind: str, code: str, number: int) -> str:
    """The id of a closure: `G000123`, `P1-000001`, `C1.1-000001`, `M2021-01`, `A2021`.

    `code` is the month or the year for the period closures. Two closures never share an id: a dot
    in the name of a till or drawer is written `~.` there, and `~` is `~~`.
    """
    if kind == GENERAL:
        return f"G{number:06d}"
    if kind == MONTH:
        return f"M{code}"
    if kind == YEAR:
        return f"A{code}"
    if kind == POSTE:
        return f"P{code}-{number:06d}"
    till, drawer = (part.replace("~", "~~").replace(".", "~.") for part in code.split("/"))
    return f"C{till}.{drawer}-{number:06d}"
