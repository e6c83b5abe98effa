"""A ticket: one sale or refund recorded by the till software, as the ticket journal writes it.

Format: one JSON object a ticket (contract, chapter 4; schema in `assets/ticket.schema.json`).
What a source says is kept as it is; what follows from it (a gap put on the tender `inconnu`, the
reverse of a voided ticket) is computed, never written over it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.canonical import canonical_bytes
from app.domain.moments import moment_from_text
from app.domain.money import cents_from_text, rate_from_text, rate_text
from app.domain.tenders import tender_code
from app.errors import UnreadableTicket

TURNOVER_NATURES = ("goods", "services")
OUTSIDE_NATURES = ("gift_card", "deposit", "tip", "rounding", "account_payment")
NATURES = TURNOVER_NATURES + OUTSIDE_NATURES
KINDS = ("sale", "refund", "void")

FOUND_OUT = frozenset({"rank", "findings", "reverses", "voided_by"})
"""The keys of a recorded ticket that no source may say."""

_MAX_CENTS = 10**12
_MAX_TEXT = 1000
_QUANTITY = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?")
_CODE = re.compile(r"[^\s/:|\x00-\x1f][^/:|\x00-\x1f]{0,29}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: amounts in cents, `vat` in hundredths of a percent (None outside turnover).

    `tva` is the tax the source gave for the line, in cents; `tva_text` its original text.
    """

    label: str
    nature: str
    qty: Decimal
    total: int
    vat: int | None = None
    code: str = ""
    family: str = ""
    unit: int | None = None
    discount: int = 0
    tva: int | None = None
    tva_text: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, net of change: tender code and amount in cents."""

    method: str
    amount: int


@dataclass(frozen=True, slots=True)
class VoidedBy:
    """The void that came before the ticket it takes back: its identity, number and moment."""

    identity: str
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. `at` is on the Paris clock, as `moment_from_text` gives it. `number` is empty
    when the source has none; `rank` then tells equals apart.

    `findings` holds what was noticed while it was read (kinds, one entry each time); `reverses`
    the ticket that a `void` names, once it was found; `voided_by` the void that was there first.
    """

    till: str
    drawer: str
    number: str
    at: datetime
    kind: str
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    cashier: str = ""
    ref: str = ""
    customer: tuple[str, str] | None = None
    rank: int = 1
    findings: tuple[str, ...] = ()
    reverses: Ticket | None = None
    voided_by: VoidedBy | None = None

    @property
    def drawer_id(self) -> str:
        """`till/drawer`, the way a drawer is written everywhere."""
        return f"{self.till}/{self.drawer}"

    @property
    def day(self) -> date:
        """The Paris calendar day, part of the ticket's identity."""
        return self.at.date()


def read_ticket(source: Mapping[str, Any], first_drawer: str = "1") -> Ticket:
    """Read one ticket of the journal; `first_drawer` stands in for a missing drawer.

    Raises UnreadableTicket, with the reason in French, when it is not a ticket at all.
    """
    if not isinstance(source, Mapping):
        raise UnreadableTicket("ce n'est pas un ticket (un objet JSON était attendu)")
    kind = source.get("kind", "sale")
    if kind not in KINDS:
        raise UnreadableTicket(f"genre de ticket inconnu : {_shown(kind)}")
    lines = source.get("lines", () if kind == "void" else None)
    if not _is_list(lines):
        raise UnreadableTicket("les lignes manquent")
    payments = source.get("payments", ())
    if not _is_list(payments):
        raise UnreadableTicket("les règlements ne sont pas une liste")
    drawer = source.get("drawer")
    reverses = source.get("reverses")
    return Ticket(
        till=_code(source.get("till"), "poste"),
        drawer=_code(first_drawer if drawer in (None, "") else drawer, "caisse"),
        number=_number(source.get("number", "")),
        at=_moment(source.get("at")),
        kind=kind,
        lines=tuple(_line(line) for line in lines),
        payments=tuple(_payment(payment) for payment in payments),
        cashier=_text(source.get("cashier", ""), "vendeur"),
        ref=_number(source.get("ref", "")),
        customer=_customer(source.get("customer")),
        rank=_cents(source.get("rank", 1), "rang"),
        findings=tuple(_text(f, "constat") for f in source.get("findings", ())),
        reverses=read_ticket(reverses, first_drawer) if reverses is not None else None,
        voided_by=_voided_by(source.get("voided_by")),
    )


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """The ticket as its journal record holds it: every key that says something, and no other."""
    return recorded_json(ticket, content_json(ticket))


def recorded_json(ticket: Ticket, content: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of a ticket whose content is there already."""
    record: dict[str, Any] = {
        **content,
        "rank": ticket.rank if ticket.rank > 1 else None,
        "findings": list(ticket.findings) or None,
        "reverses": ticket_json(ticket.reverses) if ticket.reverses else None,
        "voided_by": _voided_by_json(ticket.voided_by) if ticket.voided_by else None,
    }
    return {key: value for key, value in record.items() if value is not None}


def content_json(ticket: Ticket) -> dict[str, Any]:
    """What the source said, and nothing that we found out: the ticket's content."""
    content: dict[str, Any] = {
        "till": ticket.till,
        "drawer": ticket.drawer,
        "number": ticket.number,
        "at": ticket.at.isoformat(),
        "kind": ticket.kind,
        "cashier": ticket.cashier or None,
        "ref": ticket.ref or None,
        "lines": [_line_json(line) for line in ticket.lines],
        "payments": [{"method": p.method, "amount": p.amount} for p in ticket.payments],
    }
    if ticket.customer is not None:
        content["customer"] = {"code": ticket.customer[0], "name": ticket.customer[1]}
    return {key: value for key, value in content.items() if value is not None}


def content_fingerprint(ticket: Ticket) -> str:
    """Hexadecimal SHA-256 of the content: the same sale read twice has the same one."""
    return content_mark(canonical_bytes(content_json(ticket)))


def content_mark(content: bytes) -> str:
    """The fingerprint of a content, given its canonical bytes."""
    return hashlib.sha256(content).hexdigest()


def recorded_content(record: Mapping[str, Any]) -> str:
    """`content_fingerprint` of a ticket from its own record: what we found out left aside."""
    content = {key: value for key, value in record.items() if key not in FOUND_OUT}
    return content_mark(canonical_bytes(content))


def is_plain(record: Mapping[str, Any]) -> bool:
    """Whether a recorded ticket is its content and nothing more."""
    return FOUND_OUT.isdisjoint(record)


def recorded_identity(record: Mapping[str, Any], content: str) -> str:
    """`identity` of a ticket from its own record, whose moment is on the Paris clock."""
    if record["number"]:
        return f"{record['till']}|{record['at'][:10]}|{record['number']}"
    return f"{record['till']}|{record['at']}|#{content[:32]}|{record.get('rank', 1)}"


def number_in(name: str) -> str:
    """The number that an identity holds, "" when its ticket has none."""
    _, when, rest = name.split("|", 2)
    return rest if len(when) == len("2021-01-02") else ""


def identity(ticket: Ticket, content: str) -> str:
    """What makes a ticket itself: till + number + day, or (moment, content) and its rank.

    `content` is the ticket's content fingerprint.
    """
    if ticket.number:
        return f"{ticket.till}|{ticket.day.isoformat()}|{ticket.number}"
    return f"{ticket.till}|{ticket.at.isoformat()}|#{content[:32]}|{ticket.rank}"


def with_finding(ticket: Ticket, kind: str) -> Ticket:
    """The same ticket with one more finding."""
    return replace(ticket, findings=(*ticket.findings, kind))


def _line(source: Any) -> Line:
    if not isinstance(source, Mapping):
        raise UnreadableTicket("une ligne n'est pas un objet")
    nature = source.get("nature", "goods")
    if nature not in NATURES:
        raise UnreadableTicket(f"nature de ligne inconnue : {_shown(nature)}")
    if "total" not in source:
        raise UnreadableTicket("le total d'une ligne manque")
    tva, tva_text = _tva(source.get("tva"))
    unit = source.get("unit")
    return Line(
        label=_text(source.get("label", ""), "libellé"),
        nature=nature,
        qty=_quantity(source.get("qty", "1")),
        total=_cents(source["total"], "total"),
        vat=_rate(source.get("vat")),
        code=_text(source.get("code", ""), "code article"),
        family=_text(source.get("family", ""), "famille"),
        unit=None if unit is None else _cents(unit, "prix"),
        discount=_cents(source.get("discount", 0), "remise"),
        tva=tva,
        tva_text=tva_text,
    )


def _line_json(line: Line) -> dict[str, Any]:
    record: dict[str, Any] = {
        "label": line.label,
        "nature": line.nature,
        "qty": format(line.qty, "f"),
        "total": line.total,
    }
    if line.vat is not None:
        record["vat"] = rate_text(line.vat)
    if line.code:
        record["code"] = line.code
    if line.family:
        record["family"] = line.family
    if line.unit is not None:
        record["unit"] = line.unit
    if line.discount:
        record["discount"] = line.discount
    if line.tva is not None:
        record["tva"] = line.tva if line.tva_text is None else line.tva_text
    return record


def _voided_by(source: Any) -> VoidedBy | None:
    if source is None:
        return None
    if not isinstance(source, Mapping):
        raise UnreadableTicket("l'annulation du ticket n'est pas un objet")
    identity = _text(source.get("identity"), "identité d'une annulation")
    return VoidedBy(identity, _number(source.get("number", "")), _moment(source.get("at")))


def _voided_by_json(void: VoidedBy) -> dict[str, Any]:
    return {"identity": void.identity, "number": void.number, "at": void.at.isoformat()}


def _payment(source: Any) -> Payment:
    if not isinstance(source, Mapping) or "amount" not in source:
        raise UnreadableTicket("un règlement n'a pas de montant")
    method = tender_code(_text(source.get("method", ""), "mode de règlement"))
    return Payment(method, _cents(source["amount"], "montant d'un règlement"))


def _customer(source: Any) -> tuple[str, str] | None:
    if source is None:
        return None
    if not isinstance(source, Mapping):
        raise UnreadableTicket("le client n'est pas un objet")
    code, name = source.get("code", ""), source.get("name", "")
    return _text(code, "code client"), _text(name, "nom du client")


def _tva(source: Any) -> tuple[int | None, str | None]:
    if source is None:
        return None, None
    if isinstance(source, str):
        try:
            return cents_from_text(source), source
        except ValueError:
            raise UnreadableTicket(f"TVA illisible : {_shown(source)}") from None
    return _cents(source, "TVA"), None


def _rate(source: Any) -> int | None:
    if source is None:
        return None
    if isinstance(source, str):
        try:
            return rate_from_text(source)
        except ValueError:
            pass
    raise UnreadableTicket(f"taux de TVA illisible : {_shown(source)}")


def _quantity(source: Any) -> Decimal:
    text = str(source) if isinstance(source, int) and not isinstance(source, bool) else source
    if not isinstance(text, str) or not _QUANTITY.fullmatch(text):
        raise UnreadableTicket(f"quantité illisible : {_shown(source)}")
    quantity = Decimal(text)
    return quantity if quantity else abs(quantity)  # no negative zero


def _cents(source: Any, what: str) -> int:
    if isinstance(source, bool) or not isinstance(source, int):
        raise UnreadableTicket(f"{what} illisible (centimes entiers attendus) : {_shown(source)}")
    if abs(source) > _MAX_CENTS:
        raise UnreadableTicket(f"{what} démesuré (en centimes) : {_shown(source)}")
    return source


def _moment(source: Any) -> datetime:
    if isinstance(source, str):
        try:
            return moment_from_text(source)
        except (ValueError, OverflowError):
            pass
    raise UnreadableTicket(f"date et heure illisibles : {_shown(source)}")


def _code(source: Any, what: str) -> str:
    text = _number(source, what)
    if not _CODE.fullmatch(text):
        raise UnreadableTicket(f"{what} illisible : {_shown(source)}")
    return text


def _number(source: Any, what: str = "numéro") -> str:
    if isinstance(source, int) and not isinstance(source, bool):
        return str(source)
    return _text(source, what).strip()


def _text(source: Any, what: str) -> str:
    if source is None:
        return ""
    if not isinstance(source, str) or len(source) > _MAX_TEXT:
        raise UnreadableTicket(f"{what} illisible : {_shown(source)}")
    if not source.isascii():
        try:
            source.encode("utf-8")
        except UnicodeEncodeError:
            raise UnreadableTicket(f"{what} illisible : caractère impossible") from None
    return source


def _is_list(source: Any) -> bool:
    return isinstance(source, Sequence) and not isinstance(source, str | bytes)


def _shown(source: Any) -> str:
    # Whatever a terminal or a file couldn't show is escaped.
    text = repr(source)[1:-1] if isinstance(source, str) else json.dumps(source, default=str)
    return f"« {text if len(text) <= 40 else text[:40] + '…'} »"
