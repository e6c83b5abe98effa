"""A second file that tells how the tickets of a first one were paid.

Both files name their tickets; a number and a day are one ticket. The second file also knows sales
that the first does not detail, and amounts that are no article, such as a tip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.findings import is_currency_kind
from app.domain.moments import french_date
from app.domain.ticket import Payment, Ticket, with_finding
from app.errors import UnreadableFile
from app.formats.rejected import Rejected, rejected
from app.formats.row_tickets import Detailed

_MAX_TICKETS = 100_000  # held in memory at once: more than a year of a busy till

_Key = tuple[str, str, date]


@dataclass
class Payments:
    """What second files say; the tickets of the first are completed one by one (`complete`).

    `with_tills` says that both files name their tills. `rejections` are the rows of second files
    that could not be read.
    """

    with_tills: bool = False
    rejections: list[Rejected] = field(default_factory=list)
    _known: dict[_Key, tuple[str, Detailed]] = field(default_factory=dict)
    _days: set[date] = field(default_factory=set)

    def read(self, name: str, items: Iterable[Detailed | Rejected]) -> None:
        """Take in what a second file says (`name` is the file's). Raises UnreadableFile."""
        for item in items:
            if isinstance(item, Rejected):
                self._refuse(name, item)
            elif not item.ticket.number:
                reason = "le règlement n'a pas de numéro de ticket"
                self._refuse(name, rejected(item.line, reason, ""))
            else:
                self._known[self._key(item.ticket)] = (name, item)
                if len(self._known) > _MAX_TICKETS:
                    raise UnreadableFile(
                        f"Le fichier {name} compte plus de {_MAX_TICKETS} tickets ; découpez les "
                        "deux fichiers par mois."
                    )

    def unread(self) -> Iterator[Rejected]:
        """The rows that could not be read, each told once: with the first of the files of sales."""
        while self.rejections:
            yield self.rejections.pop(0)

    def complete(self, ticket: Ticket) -> Ticket:
        """A ticket of the first file with its payments and extra amounts, each used once."""
        self._days.add(ticket.day)
        found = self._known.pop(self._key(ticket), None) if ticket.number else None
        if found is None:
            return with_finding(ticket, "no_payment")
        return _joined(ticket, found[1])

    def rest(self) -> Iterator[Ticket | Rejected]:
        """What no ticket of the first file asked for; ask once all of them were completed.

        On the days that the first file holds it is a sale known by its payment alone: a ticket. On
        others the two files are not of the same days: that is told.
        """
        left, self._known = self._known, {}
        for name, found in left.values():
            ticket = found.ticket
            if ticket.day in self._days:
                base = ticket.lines[: len(ticket.lines) - len(found.extras)]
                yield with_finding(_joined(replace(ticket, lines=base), found), "no_detail")
            else:
                reason = (
                    f"{name} : le ticket {ticket.number} du {french_date(ticket.day)} n'est pas "
                    "dans le fichier des ventes ; exportez les deux fichiers pour les mêmes jours"
                )
                yield rejected(found.line, reason, ticket.number)

    def _refuse(self, name: str, item: Rejected) -> None:
        self.rejections.append(replace(item, reason=f"{name} : {item.reason}"))

    def _key(self, ticket: Ticket) -> _Key:
        return (ticket.till if self.with_tills else "", ticket.number, ticket.day)


def _joined(ticket: Ticket, found: Detailed) -> Ticket:
    payments = _signed_like(ticket, found.ticket)
    paid = sum(payment.amount for payment in payments)
    lines = list(ticket.lines)
    worth = sum(line.total for line in lines)
    for extra in found.extras:
        # The lines may hold it already: it is added where it brings them nearer to what was paid.
        if abs(paid - worth - extra.total) < abs(paid - worth):
            lines.append(extra)
            worth += extra.total
    for kind in found.ticket.findings:
        if kind not in ticket.findings and (kind == "split_payment" or is_currency_kind(kind)):
            ticket = with_finding(ticket, kind)
    return replace(ticket, lines=tuple(lines), payments=payments)


def _signed_like(ticket: Ticket, other: Ticket) -> tuple[Payment, ...]:
    """The payments, turned when only the first file says that the ticket is a refund."""
    worth = sum(line.total for line in ticket.lines)
    paid = sum(payment.amount for payment in other.payments)
    if ticket.kind != "refund" or other.kind == "refund" or worth * paid >= 0:
        return other.payments
    return tuple(Payment(payment.method, -payment.amount) for payment in other.payments)
