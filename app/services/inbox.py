"""The inbox: what tills dropped is taken in, file after file, and moved out of their way.

A file still growing waits: it is looked at twice, and its last look is kept on disk between runs,
since its clock may be wrong. One whose payments come in a second file waits for it a while. What
can't be read goes to `refuses/` with its reasons, the rest is
taken (contract, chapter 4). A power cut between taking and moving only gives duplicates next time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.settings import list_of
from app.domain.words import count_of
from app.errors import AppError, DataFolderError, UnknownProfile, UnreadableFile
from app.services.followed_files import StillGrowing, forget_others, take_followed
from app.services.import_tickets import ImportReport, report_json
from app.services.inbox_batches import LONELY, Batch, batches
from app.services.roles import check_takes_tickets
from app.services.ticket_sources import GROWING, Intake

if TYPE_CHECKING:
    from app.formats.profile import Profile
    from app.formats.second_file import Payments
    from app.store.inbox_files import Dropped
    from app.store.shop import Shop


@dataclass(frozen=True, slots=True)
class InboxReport:
    """What became of the inbox; each pair begins with a file's name.

    `refused` and `waiting` say why (French), `moved` where to, inside the inbox; `problems` are
    sentences about what stopped the work.
    """

    reports: tuple[ImportReport, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything that was ready was taken; a file that waits is no failure."""
        return not (self.refused or self.problems or any(r.rejected for r in self.reports))


def inbox_json(report: InboxReport) -> dict[str, Any]:
    """The contract's shape of an import, with what waits, what was moved where, and problems."""
    content = report_json(report.reports)
    content["files"] += [
        {"file": name, "taken": False, "reason": reason} for name, reason in report.refused
    ]
    content["waiting"] = [{"file": name, "reason": reason} for name, reason in report.waiting]
    content["moved"] = [{"file": name, "to": to} for name, to in report.moved]
    content["problems"] = list(report.problems)
    return content


def take_inbox(intake: Intake) -> InboxReport:
    """Take in what waits in the inbox, then what the followed files got.

    Another process that is already at it is left to it. Raises TicketsRefused, Busy, DiskFull or
    DataFolderError when nothing was done; afterwards such a failure is among the problems.
    """
    followed = [Path(name) for name in list_of(intake.settings, "tickets.follow")]
    if followed or intake.sources.inbox.dropped():
        check_takes_tickets(intake.settings)
    if not intake.shop.ledger.shop:
        if not intake.sources.inbox.dropped():
            return InboxReport()
        _open_record(intake)
    intake.sources.inbox.prepare()
    with intake.shop.alone("inbox") as alone:
        if not alone:
            return InboxReport(waiting=(("inbox", "un autre programme le relève en ce moment"),))
        work = _Work(intake)
        try:
            _take_dropped(work, {path.resolve() for path in followed})
            _take_followed(work, followed)
        except AppError as error:
            if not (work.reports or work.moved):
                raise
            work.problems.append(str(error))
        return work.report()


def _open_record(intake: Intake) -> None:
    """Make the folder a shop's before anything of ours is written beside the inbox."""
    shop = intake.shop
    with shop.writing():
        shop.append([shop.event("inbox_opened", intake.now, intake.by, {})])


@dataclass
class _Work:
    """What a run has done so far."""

    intake: Intake
    reports: list[ImportReport] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def report(self) -> InboxReport:
        return InboxReport(
            tuple(self.reports),
            tuple(self.refused),
            tuple(self.waiting),
            tuple(self.moved),
            tuple(self.problems),
        )


def _take_dropped(work: _Work, followed: set[Path]) -> None:
    inbox = work.intake.sources.inbox
    files = inbox.dropped(followed)
    ready = _settled(work.intake, files)
    free = []
    for file in files:
        if file not in ready:
            work.waiting.append((file.name, GROWING))
        elif not inbox.is_free(file):
            work.waiting.append((file.name, "un autre programme le tient ouvert"))
        else:
            free.append(file)
    for batch in batches(work.intake, free):
        if batch.waits_for:
            work.waiting.append((batch.files[0].name, batch.waits_for))
        elif batch.refused:
            _refuse(work, batch.files[0], batch.refused)
        else:
            _take_batch(work, batch)


def _settled(intake: Intake, files: list[Dropped]) -> list[Dropped]:
    """The files that don't grow any more, as this run and the one before saw them."""
    inbox = intake.sources.inbox
    known = _known_looks(intake.shop)
    old = [file for file in files if not intake.is_recent(file.look.modified)]
    ready = [file for file in old if known.get(file.name) == _row(file)]
    unseen = [file for file in old if file.name not in known]
    if unseen:
        inbox.pause()
        ready += [file for file in unseen if inbox.look(file) == file.look]
    _keep_looks(intake.shop, {f.name: _row(f) for f in files if f not in ready}, known)
    return ready


def _row(file: Dropped) -> list[float]:
    return [file.look.size, file.look.modified]


def _known_looks(shop: Shop) -> dict[str, list[float]]:
    return {row["name"]: row["look"] for row in shop.documents.rows("inbox", "looks")}


def _keep_looks(
    shop: Shop, looks: Mapping[str, list[float]], known: Mapping[str, list[float]]
) -> None:
    if looks == known:
        return
    with shop.writing(), shop.documents.open("inbox") as database:
        table = database.table("looks")
        table.truncate()
        table.insert_multiple({"name": n, "look": look} for n, look in looks.items())


def _take_batch(work: _Work, batch: Batch) -> None:
    """Take files in: one alone, or those of sales with those of their payments."""
    if batch.profile is None or not batch.seconds:
        for file in batch.files:
            _take_file(work, file, None)
        return
    seconds = [file for file in batch.seconds if _is_readable(work, file, batch.profile)]
    if not seconds:
        reason = "le fichier des règlements qui va avec lui ne se lit pas"
        work.waiting += [(file.name, reason) for file in batch.files]
        return
    payments = work.intake.payments([file.path for file in seconds], batch.profile)
    taken = [_take_file(work, file, payments) for file in batch.files]
    if not all(taken):  # what it would leave over may be that of the missing file
        work.waiting += [(file.name, LONELY) for file in seconds]
        return
    rest = work.intake.take(payments.rest(), seconds[0].name, batch.profile)
    work.reports.append(replace(rest, tells_payments=True))
    for file in seconds:
        _move_taken(work, file)


def _is_readable(work: _Work, file: Dropped, profile: Profile) -> bool:
    """Whether a second file can be read; one that can't is refused."""
    try:
        work.intake.payments([file.path], profile)
    except UnreadableFile as error:
        if _has_changed(work, file):
            work.waiting.append((file.name, GROWING))
        else:
            _refuse(work, file, str(error))
        return False
    return True


def _take_file(work: _Work, file: Dropped, payments: Payments | None) -> bool:
    """Take a file in and move it out of the way; False when that was not possible."""
    intake = work.intake
    try:
        profile = intake.profile(file.profile)
        items = intake.tickets(file.path, profile, payments)
        unread = payments.unread() if payments else ()
        report = intake.take(chain(unread, items), file.name, profile)
    except UnknownProfile as error:
        work.waiting.append((file.name, str(error)))
        work.problems.append(f"{file.name} : {error}")
    except UnreadableFile as error:
        if _has_changed(work, file):
            work.waiting.append((file.name, GROWING))
        else:
            _refuse(work, file, str(error))
    else:
        return _put_away(work, file, report)
    return False


def _put_away(work: _Work, file: Dropped, report: ImportReport) -> bool:
    if not (report.accepted or report.duplicates or report.conflicts):
        first = report.rejections[0]
        _refuse(
            work,
            file,
            f"Aucun ticket lisible dans {file.name} ("
            f"{count_of(report.rejected, 'ligne refusée', 'lignes refusées')}) : ligne "
            f"{first.line}, {first.reason}.",
        )
        return False
    work.reports.append(report)
    if _has_changed(work, file):
        work.waiting.append((file.name, GROWING))
    else:
        _move_taken(work, file)
    return True


def _move_taken(work: _Work, file: Dropped) -> None:
    inbox, month = work.intake.sources.inbox, f"{work.intake.now:%Y-%m}"
    _move(work, file, lambda: inbox.take(file, month))


def _has_changed(work: _Work, file: Dropped) -> bool:
    """Whether the file grew, or went away, while it was read."""
    return work.intake.sources.inbox.look(file) != file.look


def _refuse(work: _Work, file: Dropped, reason: str) -> None:
    work.refused.append((file.name, reason))
    inbox = work.intake.sources.inbox
    _move(work, file, lambda: inbox.refuse(file, reason))


def _move(work: _Work, file: Dropped, move: Callable[[], str]) -> None:
    try:
        work.moved.append((file.name, move()))
    except DataFolderError as error:  # kept open by another program: the others go on
        work.waiting.append((file.name, str(error)))
        work.problems.append(str(error))


def _take_followed(work: _Work, paths: list[Path]) -> None:
    forget_others(work.intake.shop, paths)
    for path in paths:
        try:
            report = take_followed(work.intake, path)
        except StillGrowing:
            work.waiting.append((str(path), GROWING))
        except (UnreadableFile, UnknownProfile) as error:
            work.refused.append((str(path), str(error)))
        else:
            if report is not None:
                work.reports.append(report)
