"""Taking in the readable part of a ticket file: what the inbox and the followed files share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.settings import first_drawers_of, text_of, vat_table_of
from app.domain.ticket import Ticket
from app.services.import_tickets import ImportReport, Source, import_tickets

if TYPE_CHECKING:
    from datetime import datetime

    from app.formats.profile import Profile
    from app.formats.rejected import Rejected
    from app.formats.second_file import Payments
    from app.store.followed_files import FollowedFiles
    from app.store.inbox_files import InboxFiles
    from app.store.shop import Shop

SETTLED_AFTER = 5.0
"""Seconds since its last change that make a file look finished."""

GROWING = "il est encore en cours d'écriture"


@dataclass(frozen=True, slots=True)
class TicketSources:
    """What reads ticket files: the inbox, the followed files, profiles and the readers of files.

    `records_start(path, profile)` is the byte at which a file's tickets begin, after its header.
    A till may tell in a second file how its tickets were paid: `is_second(path, profile)` says
    which one that is, `read_payments(paths, profile, …)` reads it for `read_tickets`.
    """

    inbox: InboxFiles
    followed: FollowedFiles
    find_profile: Callable[[str], Profile]
    read_tickets: Callable[..., Iterable[Ticket | Rejected]]
    records_start: Callable[[Path, Profile], int]
    is_second: Callable[[Path, Profile], bool]
    read_payments: Callable[..., Payments]


@dataclass(frozen=True, slots=True)
class Intake:
    """One run of taking files in: into which shop, by which settings, when and by whom."""

    shop: Shop
    sources: TicketSources
    settings: Mapping[str, Any]
    now: datetime
    by: str = ""

    def profile(self, name: str = "") -> Profile:
        """The profile of that name, else the shop's. Raises UnknownProfile."""
        return self.sources.find_profile(name or text_of(self.settings, "tickets.profile"))

    def is_recent(self, modified: float) -> bool:
        """Whether a file changed a moment ago (`modified`: seconds, by the file's own clock).

        A moment far ahead of ours is another clock's: it says nothing.
        """
        return abs(self.now.timestamp() - modified) < SETTLED_AFTER

    def tickets(
        self, path: Path, profile: Profile, payments: Payments | None = None
    ) -> Iterable[Ticket | Rejected]:
        """The tickets of a file; those that name no drawer are the first one's."""
        return self.sources.read_tickets(
            path,
            profile,
            till=None,
            drawer=None,
            first_drawers=first_drawers_of(self.settings),
            payments=payments,
        )

    def payments(self, paths: Sequence[Path], profile: Profile) -> Payments:
        """What second files tell of how tickets were paid. Raises UnreadableFile."""
        return self.sources.read_payments(
            paths, profile, till=None, drawer=None, first_drawers=first_drawers_of(self.settings)
        )

    def take(
        self,
        items: Iterable[Ticket | Rejected],
        name: str,
        profile: Profile,
        *,
        again: bool = False,
    ) -> ImportReport:
        """Take tickets in and keep the unreadable lines, with their reasons, in `refuses/`.

        `again`: the file is told whole each time. Raises UnreadableFile: then nothing has changed.
        """
        with self.sources.inbox.rejections(name, again=again) as keep:
            return import_tickets(
                self.shop,
                _told(items, keep),
                Source(name, profile.name),
                vat_table_of(self.settings),
                self.now,
                by=self.by,
                accept_partial=True,
            )


def shifted(items: Iterable[Ticket | Rejected], lines: int) -> Iterator[Ticket | Rejected]:
    """The same items, the unreadable lines numbered `lines` further down."""
    for item in items:
        yield item if isinstance(item, Ticket) else replace(item, line=item.line + lines)


def _told(
    items: Iterable[Ticket | Rejected], keep: Callable[[int, str, str], None]
) -> Iterator[Ticket | Rejected]:
    for item in items:
        if not isinstance(item, Ticket):
            keep(item.line, item.reason, item.text)
        yield item
