"""A report as plain text: what a terminal shows and what a text file holds.

Ticket Z n° 1 (G000001) — GÉNÉRALE
            Boulangerie d'essai
Journée du samedi 2 janvier 2021
------------------------------------------
VENTES
Tickets                                  4
"""

from __future__ import annotations

from app.domain.report import Report, with_texts
from app.formats.report_lines import lines_of

_PLAIN = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2212": "-", "\t": " "})


def plain(text: str) -> str:
    """Spaces that are only spaces and a minus sign that every font has; nothing that moves."""
    changed = text.translate(_PLAIN)
    return "".join(sign if sign.isprintable() else " " for sign in changed)


def report_text(report: Report, width: int) -> str:
    """The report in lines of at most `width` characters, without a last line end."""
    lines = lines_of(with_texts(report, plain), width)
    return "\n".join(plain(line.text) for line in lines)
