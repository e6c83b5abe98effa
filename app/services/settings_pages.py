"""Settings as the screens show them: the pages of the tree, their lines, the VAT table.

Everything comes from the one table of `app.domain.settings`: a row added there has its page and its
editor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.domain.mail_providers import provider_of
from app.domain.money import rate_from_text
from app.domain.outgoing_settings import MAIL_PAGE
from app.domain.settings import (
    SETTINGS,
    VAT_ROWS,
    Setting,
    Value,
    list_of,
    setting_of,
    text_of,
    value_of,
)
from app.services.secrets import secret_state
from app.services.settings import load_settings

if TYPE_CHECKING:
    from app.store.shop import Shop

VAT_PAGE = "Taux de TVA"
PROFILE_KEY = "tickets.profile"
QUEUE_KEY = "print.queue"


@dataclass(frozen=True, slots=True)
class Line:
    """A setting on a page. Of a secret only its `state` is known (`app.services.secrets`): its
    value is empty."""

    key: str
    kind: str
    label: str
    help: str
    value: Value
    choices: tuple[tuple[str, str], ...]
    maximum: int
    secret: bool
    state: str = ""


@dataclass(frozen=True, slots=True)
class VatRow:
    """A row of the VAT table: `rate` as `20.00`, `coefficient` 1 + rate as `1.2`."""

    number: int
    rate: str
    nature: str
    coefficient: str
    used: bool


def held_trees() -> tuple[str, ...]:
    """The places of the tree that hold a setting, in the order of the table."""
    return tuple(dict.fromkeys(setting.tree for setting in SETTINGS))


def title_of(tree: str) -> str:
    """The last word of a place: `Édition clôture`."""
    return tree.rpartition(" › ")[2]


def parent_of(tree: str) -> str:
    """What a place lies under: `Paramètres`; empty at the top."""
    return tree.rpartition(" › ")[0]


def page_lines(
    shop: Shop,
    tree: str,
    *,
    vat_row: int = 0,
    profiles: Sequence[tuple[str, str]] = (),
    queues: Sequence[str] = (),
) -> tuple[Line, ...]:
    """The lines of a page that have a sense as the others stand; of the VAT page those of one row.

    `profiles` are (name, label), `queues` the printers that Windows has.
    """
    values = load_settings(shop)
    chosen = [s for s in SETTINGS if s.tree == tree and _is_shown(s, values)]
    if vat_row:
        chosen = [setting for setting in chosen if setting.key.startswith(f"vat.{vat_row}.")]
    states = {s.key: secret_state(shop, s.key) for s in chosen if s.secret}
    offered = {PROFILE_KEY: tuple(profiles), QUEUE_KEY: tuple((name, name) for name in queues)}
    return tuple(_line(setting, values, states, offered) for setting in chosen)


def page_note(shop: Shop, tree: str) -> str:
    """What a person must know of a page as it stands now; "" when there is nothing to say."""
    return provider_of(load_settings(shop)).note if tree == MAIL_PAGE else ""


def _is_shown(setting: Setting, values: Mapping[str, Any]) -> bool:
    if setting.shown_if is None:
        return True
    key, wanted = setting.shown_if
    return text_of(values, key) in wanted


def vat_table(shop: Shop) -> tuple[VatRow, ...]:
    """The ten rows of the VAT table."""
    values = load_settings(shop)
    return tuple(_vat_row(values, number) for number in range(1, VAT_ROWS + 1))


def next_drawer(drawers: Sequence[str], till: str) -> str:
    """The first drawer of a till that is not there yet: `2/1`, then `2/2`."""
    number = 1
    while f"{till}/{number}" in drawers:
        number += 1
    return f"{till}/{number}"


def drawers_of(counts: Sequence[int]) -> list[str]:
    """So many drawers for till 1, till 2, …: `[2, 1]` is 1/1, 1/2 and 2/1."""
    return [
        f"{till}/{drawer}"
        for till, count in enumerate(counts, start=1)
        for drawer in range(1, count + 1)
    ]


def counts_of(values: Mapping[str, Any]) -> list[int] | None:
    """How many drawers tills 1, 2, … have; None when they are not numbered so."""
    drawers = list_of(values, "tills.drawers")
    tills = list(dict.fromkeys(drawer.partition("/")[0] for drawer in drawers))
    counts = [sum(drawer.startswith(f"{till}/") for drawer in drawers) for till in tills]
    return counts if sorted(drawers_of(counts)) == sorted(drawers) else None


def _line(
    setting: Setting,
    values: Mapping[str, Any],
    states: Mapping[str, str],
    offered: Mapping[str, tuple[tuple[str, str], ...]],
) -> Line:
    kind, choices = setting.kind, setting.choices
    if offered.get(setting.key):
        kind, choices = "choice", offered[setting.key]
    label = setting.label
    if setting.key.startswith("vat."):
        label = setting.label.rpartition(" : ")[2].capitalize()
    return Line(
        key=setting.key,
        kind=kind,
        label=label,
        help=setting.help,
        value="" if setting.secret else value_of(values, setting.key),
        state=states.get(setting.key, ""),
        choices=choices,
        maximum=setting.maximum,
        secret=setting.secret,
    )


def _vat_row(values: Mapping[str, Any], number: int) -> VatRow:
    rate = rate_from_text(text_of(values, f"vat.{number}.rate"))
    nature_key = f"vat.{number}.nature"
    natures = dict(setting_of(nature_key).choices)
    coefficient = 1 + Decimal(rate) / 10_000
    return VatRow(
        number=number,
        rate=text_of(values, f"vat.{number}.rate"),
        nature=natures[text_of(values, nature_key)],
        coefficient=f"{coefficient:.4f}",
        used=rate > 0,
    )
