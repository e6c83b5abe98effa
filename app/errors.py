"""Every refusal that reaches a person: one class per cause, one French sentence inside.

The sentence says what, where and what to do next. Anything that is not an `AppError` is an
unexpected fault: its trace goes to the log of the day and the person sees a calm reference.
"""

from __future__ import annotations


class AppError(Exception):
    """A refusal or failure told to a person: `str(error)` is the French sentence to show.

    `code` is a stable identifier for scripts (`{"error": {"code", "message"}}` with --json).
    """

    code = "refused"


class UsageError(AppError):
    """The call itself is wrong (unknown scope, unknown key, a date that cannot be read)."""

    code = "usage"


class UnreadableTicket(AppError):
    """A text that cannot be read as a ticket at all; the reason is for a person."""

    code = "unreadable_ticket"


class UnreadableFile(AppError):
    """A file that cannot be taken in: absent, empty, binary, of another profile, truncated."""

    code = "unreadable_file"


class UnknownProfile(AppError):
    """An import profile that is named but not there, or whose own file is wrong."""

    code = "unknown_profile"


class NothingToClose(AppError):
    """No ticket and no closure to cover in the scope."""

    code = "nothing_to_close"


class ClosureRefused(AppError):
    """A closure that must not be made as asked (an end before a closed period, a role)."""

    code = "closure_refused"


class TicketsRefused(AppError):
    """Tickets that must not be taken in here: this installation never closes."""

    code = "tickets_refused"


class ClockDoubt(AppError):
    """The PC's clock and the tickets disagree; a manager must confirm."""

    code = "clock_doubt"


class NotFound(AppError):
    """A closure, user, job or setting that is named but does not exist."""

    code = "not_found"


class DataFolderError(AppError):
    """The data folder cannot be used: newer program's, read-only, vanished, not empty."""

    code = "data_folder"


class Damaged(AppError):
    """A record that does not verify; the sentence names the first bad one."""

    code = "damaged"


class SecretUnreadable(AppError):
    """A password or key that is kept but cannot be read on this PC: it is to be typed again."""

    code = "secret_unreadable"


class DiskFull(AppError):
    """No space left; what was there before is untouched."""

    code = "disk_full"


class Busy(AppError):
    """Another process of this program kept the data folder for too long."""

    code = "busy"


class PrinterProblem(AppError):
    """The receipt printer can't print: off, no paper, open, unknown; the sentence says which."""

    code = "printer"


class NeedsPerson(AppError):
    """What failed will fail again until a person has done something: trying again by itself is
    useless or wrong."""

    code = "needs_person"


class SendingLater(AppError):
    """A sending that failed for a reason that passes: nothing has gone out, it is tried again."""

    code = "sending_later"


class SendingRefused(NeedsPerson):
    """A sending refused for good as it stands (password, address, size): nothing has gone out."""

    code = "sending_refused"


class SendingUnsure(NeedsPerson):
    """A sending cut short where nobody can know whether it arrived."""

    code = "sending_unsure"


class AddressLater(SendingLater):
    """One address must wait (a full box, a server that makes one wait); others need not."""


class AddressRefused(SendingRefused):
    """One address is refused; others need not be."""
