"""Send parcels, each exactly once: what is on disk before each step decides what a new try may do.

A parcel is `ready` once its identity is recorded, `ending` just before the step that delivers it,
then `sent`. A try that finds `ending` was cut short there, by the network or by a power cut: the
parcel may have arrived, and it is not sent again before a person asks for it (`unsure`), unless its
transport does no harm by sending twice. An address that was refused waits for a person too, or for
another address. Everything else that fails has delivered nothing, and is tried again as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.parcels import ENDING, READY, REFUSED, SENT, UNSURE, Parcel, Transport
from app.errors import AddressRefused, AppError, SendingRefused, SendingUnsure
from app.services.secrets import secret_of
from app.services.settings import load_settings

if TYPE_CHECKING:
    from app.store.journal import NewRecord
    from app.store.shop import Shop

PARCEL = "parcel"
NOTHING_GOES_OUT = "Boutique de démonstration : rien n'est envoyé."
_UNKNOWN_END = (
    "L'envoi s'est arrêté à son tout dernier instant : il est peut-être arrivé. Demandez au "
    "destinataire ; « Réessayer » l'enverra de nouveau."
)


def parcel_row(shop: Shop, period: str, parcel_id: str) -> dict[str, Any] | None:
    """What the record says of a parcel: `to`, `state`, `message_id`, `created`, `said`, `at`."""
    rows = shop.documents.rows(f"parcels/{period}")
    return next((row for row in rows if row["id"] == parcel_id), None)


def new_row(
    transport: Transport,
    period: str,
    parcel_id: str,
    to: str,
    now: datetime,
    *,
    domain: str = "",
    **more: Any,
) -> dict[str, Any]:
    """The row of a parcel that is not in the record yet: its identity outside is decided here.

    `period` (`2026-01`) is the month under which it is kept, `domain` whose names its identity is
    one of; `more` is kept along.
    """
    return {
        "id": parcel_id,
        "period": period,
        "transport": transport.NAME,
        "to": to,
        "message_id": new_identity(domain),
        "created": now.isoformat(),
        "state": READY,
        "said": "",
        **more,
    }


def new_identity(domain: str) -> str:
    """An identity that no other sending has, in the form of a mail's Message-ID (RFC 5322)."""
    return f"<{uuid.uuid4()}@{domain or 'cloture.invalid'}>"


def sent_to(row: Mapping[str, Any], to: str) -> dict[str, Any]:
    """The row with the address as it stands now: what went out, or may have, keeps its own."""
    if row["to"] == to or row["state"] not in (READY, REFUSED):
        return dict(row)
    return {**row, "to": to, "state": READY, "said": ""}


def parcel_record(shop: Shop, row: Mapping[str, Any], now: datetime) -> NewRecord:
    """The record that says where a parcel stands."""
    detail = {key: value for key, value in row.items() if key not in ("at", "by")}
    return shop.event(PARCEL, now, "", detail)


def deliver(
    shop: Shop,
    transport: Transport,
    row: Mapping[str, Any],
    make: Callable[[Mapping[str, Any]], Parcel],
    now: datetime,
    *,
    asked: bool,
) -> str:
    """Send a prepared parcel unless it was; gives what was said of it.

    `make(row)` gives the parcel; `asked`: a person has asked for this try. Raises SendingLater,
    SendingRefused or SendingUnsure.
    """
    if row["state"] == SENT:
        return str(row["said"])
    if row["state"] in (ENDING, UNSURE) and not asked and not transport.REPEATABLE:
        if row["state"] == ENDING:
            _note(shop, {**row, "state": UNSURE}, now)
        raise SendingUnsure(_UNKNOWN_END)
    if row["state"] == REFUSED and not asked:
        raise AddressRefused(str(row["said"]))
    settings = load_settings(shop)
    _check(shop, transport, settings)
    parcel = make(row)
    try:
        said = transport.send(
            parcel,
            settings,
            lambda key: secret_of(shop, key),
            lambda: _note(shop, {**row, "state": ENDING}, now),
        )
    except SendingUnsure:
        _note(shop, {**row, "state": UNSURE}, now)
        raise
    except AddressRefused as error:
        _note(shop, {**row, "state": REFUSED, "said": str(error)}, now)
        raise
    except AppError:
        current = parcel_row(shop, str(row["period"]), str(row["id"])) or row
        if current["state"] == ENDING:  # the far end said no to it: nothing was delivered
            _note(shop, {**row, "state": READY}, now)
        raise
    _note(shop, {**row, "state": SENT, "said": said}, now)
    return said


def try_out(shop: Shop, transport: Transport, parcel: Parcel | None) -> str:
    """Sign in, and send a parcel if one is given; gives what the far end said.

    A trial leaves nothing in the record. Raises SendingLater, SendingRefused or SendingUnsure.
    """
    settings = load_settings(shop)
    _check(shop, transport, settings)

    def secret(key: str) -> str:
        return secret_of(shop, key)

    if parcel is None:
        transport.sign_in(settings, secret)
        return ""
    return transport.send(parcel, settings, secret, lambda: None)


def _check(shop: Shop, transport: Transport, settings: Mapping[str, Any]) -> None:
    if shop.ledger.simulation:
        raise SendingRefused(NOTHING_GOES_OUT)
    problems = transport.problems(settings)
    if problems:
        raise SendingRefused(problems[0])


def _note(shop: Shop, row: Mapping[str, Any], now: datetime) -> None:
    """On disk when this returns."""
    with shop.writing():
        shop.append([parcel_record(shop, row, now)])
