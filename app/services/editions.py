"""Papers handed out of a closure, counted: the first is the original, the others duplicates.

A number is in the record before the paper exists, so that a power cut makes no second original. It
is given back only when it is certain that nothing came out. There is one count a closure, whatever
the medium: a Z has one original, on paper or as a file, and who checks it wants to know how often
it was handed out, not on what.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.services.z_report import Edition

if TYPE_CHECKING:
    from app.store.journal import NewRecord
    from app.store.shop import Shop

PAPER, PDF = "paper", "pdf"
EDITION, VOID = "edition", "edition_void"


def next_edition(
    shop: Shop, body: Mapping[str, Any], medium: str, now: datetime, by: str = ""
) -> Edition:
    """Take the next number of a closure's papers; on disk when this returns."""
    with shop.writing():
        edition = free_edition(shop, body, now)
        shop.append([edition_record(shop, body, medium, edition, by)])
    return edition


def free_edition(shop: Shop, body: Mapping[str, Any], now: datetime) -> Edition:
    """The next number, not taken yet; the caller holds `writing` and records it."""
    taken = [row["number"] for row in editions_of(shop, body)]
    return Edition(max(taken, default=0) + 1, now)


def edition_record(
    shop: Shop, body: Mapping[str, Any], medium: str, edition: Edition, by: str = ""
) -> NewRecord:
    """The record that takes a number, to be written with others."""
    return shop.event(EDITION, edition.at, by, _detail(body, medium, edition.number))


def give_back(
    shop: Shop, body: Mapping[str, Any], medium: str, edition: Edition, now: datetime
) -> None:
    """Say that nothing came out under a number: the next paper takes it."""
    with shop.writing():
        shop.append([shop.event(VOID, now, "", _detail(body, medium, edition.number))])


def editions_of(shop: Shop, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The papers handed out of a closure: `medium`, `number`, `at`, `by`."""
    rows = shop.documents.rows(f"editions/{_period(body)}")
    return [row for row in rows if row["closure"] == body["id"]]


def _detail(body: Mapping[str, Any], medium: str, number: int) -> dict[str, Any]:
    return {
        "closure": body["id"],
        "period": _period(body),
        "medium": medium,
        "number": number,
    }


def _period(body: Mapping[str, Any]) -> str:
    return str(body["business_day"])[:7]
