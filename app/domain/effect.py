"""What a ticket comes to: the lines and payments that count, whatever it says of itself.

A void is the exact reverse of its ticket; payments that don't add up are made to, by the tender
`inconnu` (contract, chapter 2).
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.tenders import UNKNOWN
from app.domain.ticket import Line, Payment, Ticket


def effective_lines(ticket: Ticket) -> tuple[Line, ...]:
    """The lines that count: its own, then its reverse when its void came before it."""
    lines = own_lines(ticket)
    return lines if ticket.voided_by is None else (*lines, *map(_reversed, lines))


def own_lines(ticket: Ticket) -> tuple[Line, ...]:
    """The lines of a ticket itself: a void is the exact reverse of its ticket, unknown: nothing."""
    if ticket.kind != "void":
        return ticket.lines
    if ticket.reverses is None:
        return ()
    return tuple(_reversed(line) for line in effective_lines(ticket.reverses))


def effective_payments(ticket: Ticket) -> tuple[Payment, ...]:
    """The payments that count, as `effective_lines`."""
    payments = own_payments(ticket)
    if ticket.voided_by is None:
        return payments
    return (*payments, *(Payment(p.method, -p.amount) for p in payments))


def own_payments(ticket: Ticket) -> tuple[Payment, ...]:
    """The payments of a ticket itself; a gap to the lines' total goes to the tender `inconnu`."""
    if ticket.kind == "void":
        payments = effective_payments(ticket.reverses) if ticket.reverses else ()
        return tuple(Payment(p.method, -p.amount) for p in payments)
    gap = payment_gap(ticket)
    return (*ticket.payments, Payment(UNKNOWN, gap)) if gap else ticket.payments


def payment_gap(ticket: Ticket) -> int:
    """What the payments lack (or exceed, negative) to pay for the lines, in cents."""
    paid = sum(payment.amount for payment in ticket.payments)
    return sum(line.total for line in ticket.lines) - paid


def _reversed(line: Line) -> Line:
    return replace(
        line,
        qty=-line.qty,
        total=-line.total,
        discount=-line.discount,
        tva=None if line.tva is None else -line.tva,
        tva_text=None,
    )
