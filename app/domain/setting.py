"""A row of the table of settings, and what a value may be."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: `kind` is text, mail (an address), choice, number, amount (cents), flag, hour,
    month_day, rate, list or drawers (a list of `till/drawer`).

    `tree` is the place on screen, in the words of the source documents. With `shown_if` a screen
    shows it only where that other setting has one of these values.
    """

    key: str
    kind: str
    default: Value
    tree: str
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    maximum: int = 200
    identity: bool = False
    secret: bool = False
    shown_if: tuple[str, tuple[str, ...]] | None = None
