"""One file of tickets that a person chose: look into it, then take it in.

A till that tells in a second file how its tickets were paid has that one chosen too: both are then
taken together, or neither.

`tell(done, total)` hears of the bytes read; what it raises stops the work, with nothing taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.settings import first_drawers_of, text_of, vat_table_of
from app.domain.ticket import Ticket
from app.services.import_preview import Preview, preview
from app.services.import_summary import base_name
from app.services.import_tickets import ImportReport, Source, import_tickets
from app.services.ticket_sources import Intake, TicketSources

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.formats.rejected import Rejected
    from app.store.shop import Shop

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """A profile a person can choose: its code name, and how it is called.

    `second` is what its second file is called, the one that tells how tickets were paid.
    """

    name: str
    label: str
    second: str = ""


def profile_choices(entries: Iterable[Any]) -> tuple[ProfileChoice, ...]:
    """The profiles that can be used, of those `Program.list_profiles` gives."""
    return tuple(
        ProfileChoice(e.name, e.label, e.profile.second.label if e.profile.second else "")
        for e in entries
        if e.profile is not None
    )


def usual_profile(settings: Mapping[str, Any]) -> str:
    """The profile this shop's files are in."""
    return text_of(settings, "tickets.profile")


def look_into(
    sources: TicketSources,
    settings: Mapping[str, Any],
    path: str,
    profile: str,
    tell: Tell,
    known: Sequence[Profile] = (),
    second: str = "",
) -> Preview:
    """What a file holds by a profile, nothing taken. Raises UnreadableFile, UnknownProfile.

    `known` are the profiles that a refusal may name as the right one; `second` is the file that
    tells how its tickets were paid, if there is one.
    """
    return preview(_items(sources, settings, path, profile, tell, known, second))


def take_file(
    shop: Shop,
    sources: TicketSources,
    settings: Mapping[str, Any],
    path: str,
    profile: str,
    now: datetime,
    tell: Tell,
    *,
    by: str = "",
    accept_partial: bool = False,
    second: str = "",
) -> ImportReport:
    """Take a file in, whole or (`accept_partial`) what can be read of it.

    The lines that can't be read then go to `refuses/`, as they do from the inbox. Raises
    UnreadableFile, UnknownProfile, Busy, DiskFull: then nothing has changed.
    """
    items = _items(sources, settings, path, profile, tell, (), second)
    name = base_name(path)
    if accept_partial:
        intake = Intake(shop, sources, settings, now, by)
        return intake.take(items, name, intake.profile(profile), again=True)
    return import_tickets(shop, items, Source(name, profile), vat_table_of(settings), now, by=by)


def _items(
    sources: TicketSources,
    settings: Mapping[str, Any],
    path: str,
    name: str,
    tell: Tell,
    known: Sequence[Profile],
    second: str,
) -> Iterable[Ticket | Rejected]:
    profile, drawers = sources.find_profile(name), first_drawers_of(settings)
    payments = None
    if second:
        payments = sources.read_payments(
            [Path(second)], profile, till=None, drawer=None, first_drawers=drawers
        )
        yield from payments.unread()
    yield from sources.read_tickets(
        Path(path),
        profile,
        till=None,
        drawer=None,
        first_drawers=drawers,
        progress=tell,
        known=known,
        payments=payments,
    )
    if payments is not None:
        yield from payments.rest()
