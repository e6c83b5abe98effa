"""One round: a spoiled file read and taken in; what must hold whatever its bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from app.domain.settings import vat_table_of
from app.domain.ticket import Ticket, read_ticket, ticket_json
from app.errors import AppError, UnreadableFile
from app.formats.profile_reading import load_profile
from app.formats.proposing.propose import propose
from app.formats.proposing.tables import read_table
from app.formats.read_tickets import read_payments, read_tickets
from app.formats.rejected import Rejected
from app.services.import_tickets import Source, import_tickets
from app.store.shop import Shop
from tests.fuzz.targets import Target
from tests.shops import moment

WHO = {"till": None, "drawer": None}
RATES = vat_table_of({})
NOW = moment("2026-03-06T20:00")

Item = Ticket | Rejected


def read(target: Target, folder: Path, content: bytes) -> list[Item]:
    """Everything that these files give, as an import reads it. Raises UnreadableFile."""
    for name, other in target.others:
        (folder / name).write_bytes(other)
    path = folder / target.name
    path.write_bytes(content)
    others = [folder / name for name, _ in target.others]
    sales, seconds = (others, [path]) if target.part == "payments" else ([path], others)
    profile = target.profile
    payments = read_payments(seconds, profile, **WHO) if profile.second and seconds else None
    items: list[Item] = list(payments.unread()) if payments else []
    for file in sales:
        items += read_tickets(file, profile, payments=payments, **WHO)
    return [*items, *payments.rest()] if payments else items


def try_round(target: Target, folder: Path, content: bytes, shop: Shop, seen: Counter[str]) -> None:
    """Read a spoiled file and take it in; notes in `seen` what became of it.

    Never a fault: tickets that can be recorded, rows refused with their reasons, or one sentence.
    Never a part: the shop takes all of it, or its journal is as it was.
    """
    try:
        items = read(target, folder, content)
    except UnreadableFile as error:
        assert_sentence(error)
        seen[f"{target.label}: refused whole"] += 1
        return
    for item in items:
        if isinstance(item, Rejected):
            assert item.line >= 1
            assert item.reason
            assert "\n" not in item.reason
        else:
            assert read_ticket(ticket_json(item)) == item
    refused = sum(isinstance(item, Rejected) for item in items)
    check_taken_whole(items, refused, shop)
    seen[f"{target.label}: {'rows refused' if refused else 'read whole'}"] += 1


def check_taken_whole(items: Iterable[Item], refused: int, shop: Shop) -> None:
    """The shop takes every ticket, or, when a row was refused, nothing at all."""
    before = dict(shop.ledger.open), shop.ledger.conflicts[:]
    report = import_tickets(shop, items, Source("f", "p"), RATES, NOW)
    assert report.rejected == refused
    if refused:
        assert not report.taken
        assert (dict(shop.ledger.open), shop.ledger.conflicts) == before
    else:
        known = report.accepted + report.duplicates + report.conflicts
        assert (report.taken, known) == (True, len([*items]))


def try_proposal(target: Target, folder: Path, content: bytes, seen: Counter[str]) -> None:
    """Propose a profile for a spoiled file: a profile that can be used, or one sentence."""
    path = folder / f"inconnu{Path(target.name).suffix}"
    path.write_bytes(content)
    try:
        found = propose([read_table(path)], "essai")
        profile = load_profile(found.data, "essai")
        for item in read_tickets(path, profile, **WHO):
            assert isinstance(item, Ticket | Rejected)
    except AppError as error:
        assert_sentence(error)
        seen[f"{target.label}: nothing proposed"] += 1
    else:
        assert all(doubt and "\n" not in doubt for doubt in found.doubts)
        seen[f"{target.label}: proposed"] += 1


def assert_sentence(error: AppError) -> None:
    """A refusal is one French sentence."""
    sentence = str(error)
    assert sentence.endswith((".", "?")), sentence
    assert "\n" not in sentence
