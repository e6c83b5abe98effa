"""What a person says in a few words on the command line: who, why, a name."""

from __future__ import annotations

import unicodedata

from app.errors import UsageError

MOST = 200


def said(text: str) -> str:
    """A text as it can be kept and shown, spaces around it left out. Raises UsageError."""
    problem = problem_of(text)
    if problem:
        raise UsageError(f"Un nom ou un motif tient en une ligne de texte : {problem}.")
    return text.strip()


def problem_of(text: str) -> str:
    """Why a text can't be kept and shown, in one French clause; empty when it can."""
    if len(text) > MOST:
        return f"{MOST} caractères au plus, il y en a {len(text)}"
    # Control signs move a terminal's cursor; half a sign fits in no file.
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        return "un signe ne s'y écrit pas"
    return ""
