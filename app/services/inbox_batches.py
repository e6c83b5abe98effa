"""Which files of the inbox are taken together: sales, and the second file of their payments.

Each of the two waits for the other, a day at most: what the record says of a ticket is never
completed afterwards, so that a tender that comes too late stays unknown for ever. After a day a
file of sales is taken without its payments, since a recorded sale must count; one of payments alone
is of no use and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.errors import UnknownProfile, UnreadableFile
from app.services.ticket_sources import Intake

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.store.inbox_files import Dropped

PATIENCE = timedelta(days=1)
LONELY = "il attend le fichier des ventes qui va avec lui"


@dataclass(frozen=True, slots=True)
class Batch:
    """Files to take together: `seconds` tell how the tickets of `files` were paid.

    Or else one file that waits, or is refused, with the reason (French).
    """

    files: tuple[Dropped, ...]
    profile: Profile | None = None
    seconds: tuple[Dropped, ...] = ()
    waits_for: str = ""
    refused: str = ""


def batches(intake: Intake, files: Sequence[Dropped]) -> list[Batch]:
    """The files as they are to be taken: those that go alone, then those that go together."""
    alone: list[Batch] = []
    pairs: dict[str, tuple[Profile, list[Dropped], list[Dropped]]] = {}
    for file in files:
        profile = _two_file_profile(intake, file)
        if profile is None:
            alone.append(Batch((file,)))
            continue
        _, sales, seconds = pairs.setdefault(profile.name, (profile, [], []))
        (seconds if _is_second(intake, file, profile) else sales).append(file)
    waiting: dict[str, datetime] = {}
    known = _known(intake)
    for profile, sales, seconds in pairs.values():
        if sales and seconds:
            alone.append(Batch(tuple(sales), profile, tuple(seconds)))
            continue
        for file in (*sales, *seconds):
            since = known.get(file.name, intake.now)
            batch = _one_alone(intake, file, profile, since, is_second=bool(seconds))
            if batch.waits_for:
                waiting[file.name] = since
            alone.append(batch)
    _keep(intake, waiting, known)
    return alone


def _one_alone(
    intake: Intake, file: Dropped, profile: Profile, since: datetime, *, is_second: bool
) -> Batch:
    label = profile.second.label if profile.second else ""
    # A moment ahead of ours is that of a clock put right since: the wait is over.
    waited = abs(intake.now - since)
    if is_second:
        if waited < PATIENCE:
            return Batch((file,), waits_for=LONELY)
        reason = (
            f"Le fichier {file.name} donne des règlements (« {label} »), mais aucun fichier de "
            "ventes n'est venu avec lui ; exportez les deux ensemble."
        )
        return Batch((file,), refused=reason)
    if waited < PATIENCE:
        return Batch((file,), waits_for=missing_payments(label))
    return Batch((file,), profile)


def missing_payments(label: str) -> str:
    """Why a file of sales waits: that of its payments, called `label`, is not there."""
    return (
        f"il manque le fichier des règlements (« {label} ») : déposez-le aussi ; sans lui, ces "
        "ventes seront prises demain avec un règlement « Inconnu »"
    )


def _two_file_profile(intake: Intake, file: Dropped) -> Profile | None:
    try:
        profile = intake.profile(file.profile)
    except UnknownProfile:
        return None  # taking it will say so
    return profile if profile.second else None


def _is_second(intake: Intake, file: Dropped, profile: Profile) -> bool:
    try:
        return intake.sources.is_second(file.path, profile)
    except UnreadableFile:
        return False


def _known(intake: Intake) -> dict[str, datetime]:
    """Since when files wait for the one that goes with them."""
    rows = intake.shop.documents.rows("inbox", "alone")
    return {row["name"]: datetime.fromisoformat(row["since"]) for row in rows}


def _keep(intake: Intake, waiting: Mapping[str, datetime], known: Mapping[str, datetime]) -> None:
    if waiting == known:
        return
    with intake.shop.writing(), intake.shop.documents.open("inbox") as database:
        table = database.table("alone")
        table.truncate()
        table.insert_multiple(
            {"name": name, "since": since.isoformat()} for name, since in waiting.items()
        )
