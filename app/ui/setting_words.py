"""How the value of a setting reads on screen."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.money import rate_from_text
from app.domain.settings import Value
from app.ui.french import MONTHS, amount

YES, NO = "Oui", "Non"


def written(kind: str, value: Value, choices: tuple[tuple[str, str], ...] = ()) -> str:
    """`5 h 00`, `31 décembre`, `20,00 %`, `10,00 €`, `1/1, 2/1`; "" when there is nothing."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return YES if value else NO
    text = str(value)
    if kind == "choice":
        return dict(choices).get(text, text)
    return _WRITERS[kind](text) if kind in _WRITERS else text


def rate_words(rate: str) -> str:
    """`20,00 %`."""
    cents = rate_from_text(rate)
    return f"{cents // 100},{cents % 100:02d}\u00a0%"


def day_word(day: int) -> str:
    """`1er`, `2`, …"""
    return "1er" if day == 1 else str(day)


def _hour(text: str) -> str:
    hour, _, minute = text.partition(":")
    return f"{int(hour)} h {minute}"


def _month_day(text: str) -> str:
    month, _, day = text.partition("-")
    return f"{day_word(int(day))} {MONTHS[int(month) - 1]}"


_WRITERS: dict[str, Callable[[str], str]] = {
    "amount": lambda text: amount(int(text)),
    "hour": _hour,
    "month_day": _month_day,
    "rate": rate_words,
}
