"""Files of tickets, of which some tell how those of the others were paid.

A file of sales is taken with what the second one tells of it; then what only the second one knows,
as tickets of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.ticket import Ticket
from app.errors import AppError, UnreadableFile
from app.services.import_tickets import ImportReport
from app.services.ticket_sources import TicketSources

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.formats.rejected import Rejected
    from app.formats.second_file import Payments

Read = Callable[[Path, "Payments | None"], "Iterable[Ticket | Rejected]"]
Take = Callable[["Iterable[Ticket | Rejected]", str], ImportReport]


def parted(
    sources: TicketSources, paths: Sequence[Path], profile: Profile
) -> tuple[list[Path], list[Path]]:
    """The files of the sales, and those of their payments, in the order given.

    A file that can't be read is taken for one of sales: reading it will say why.
    """
    sales: list[Path] = []
    seconds: list[Path] = []
    for path in paths:
        (seconds if _is_second(sources, path, profile) else sales).append(path)
    return (sales, seconds) if sales else (seconds, [])


def _is_second(sources: TicketSources, path: Path, profile: Profile) -> bool:
    if profile.second is None:
        return False
    try:
        return sources.is_second(path, profile)
    except UnreadableFile:
        return False


def take_all(
    sales: Sequence[Path],
    seconds: Sequence[Path],
    payments: Payments | None,
    read: Read,
    take: Take,
) -> tuple[list[ImportReport], list[tuple[str, AppError]]]:
    """Take in files of sales, with what `seconds` told of their payments, if there are any.

    Rows of second files that can't be read count with the first file: without them its payments
    would be wrong for ever. Gives the reports, and (file, refusal) of those not taken.
    """
    reports: list[ImportReport] = []
    refusals: list[tuple[str, AppError]] = []
    for index, path in enumerate(sales):
        unread: Iterable[Ticket | Rejected] = payments.unread() if payments else ()
        try:
            reports.append(take(chain(unread, read(path, payments)), str(path)))
        except UnreadableFile as error:
            refusals.append((str(path), error))
        except AppError as error:  # none of the others would fare better
            refusals += [(str(left), error) for left in sales[index:]]
            break
    if payments and not refusals and all(report.taken for report in reports):
        rest = take(payments.rest(), ", ".join(str(path) for path in seconds))
        reports.append(replace(rest, tells_payments=True))
    return reports, refusals
