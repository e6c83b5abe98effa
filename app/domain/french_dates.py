"""Days and months in French words."""

from __future__ import annotations

from datetime import date

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def long_date(day: date) -> str:
    """`samedi 2 janvier 2021`, with « 1er »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`sam. 02/01/2021`: for a column."""
    return f"{DAYS[day.weekday()][:3]}. {day:%d/%m/%Y}"


def month_name(day: date) -> str:
    """`janvier 2021`."""
    return f"{MONTHS[day.month - 1]} {day.year}"
