"""How old a till's newest ticket is, in words."""

from __future__ import annotations

from app.services.home import TillFreshness
from app.ui.french import clock_time, short_date

_HOUR, _DAY = 60, 24 * 60
_NBSP = "\u00a0"
"""What is read as one never breaks between two lines."""


def freshness(till: TillFreshness) -> str:
    """`Poste 1 : dernier ticket n° 150225 à 19 h 52, il y a 8 min`."""
    return f"Poste {till.till} : {ago(till)[0].lower()}{ago(till)[1:]}"


def short_freshness(till: TillFreshness) -> str:
    """`Poste 1 : n° 150225 à 19 h 52, il y a 8 min`: where several tills share little room."""
    number = f"n°{_NBSP}{till.number} " if till.number else ""
    when = ", ".join(part.replace(" ", _NBSP) for part in _when(till))
    return f"Poste {till.till} : {number}{when}"


def ago(till: TillFreshness) -> str:
    """`Dernier ticket n° 150225 à 19 h 52, il y a 8 min`."""
    number = f" n°{_NBSP}{till.number}" if till.number else ""
    when = ", ".join(part.replace(" ", _NBSP) for part in _when(till))
    return f"Dernier ticket{number} {when}"


def _when(till: TillFreshness) -> tuple[str, ...]:
    at = clock_time(till.at)
    minutes = till.minutes
    if minutes < 0:
        return (f"le {short_date(till.at.date())} à {at}",)
    if minutes == 0:
        return f"à {at}", "à l'instant"
    if minutes < _HOUR:
        return f"à {at}", f"il y a {minutes} min"
    if minutes < _DAY:
        return f"à {at}", f"il y a {minutes // _HOUR} h {minutes % _HOUR:02d}"
    return f"le {short_date(till.at.date())} à {at}", f"il y a {minutes // _DAY} j"
