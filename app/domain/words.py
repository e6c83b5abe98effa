"""French words that depend on a number."""

from __future__ import annotations


def count_of(number: int, one: str, several: str = "") -> str:
    """`1 ticket`, `2 tickets`; zero is singular in French."""
    return f"{number} {one if number < 2 else several or one + 's'}"
