"""The Z as a PDF by mail, to the owner and the accountant, after each closure or as a trial.

Each of them gets a mail of his own, so that an address refused keeps nothing from the other. The
PDF of a closure that goes by mail is one of its editions, whoever it goes to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.french_dates import long_date
from app.domain.mail_providers import sender_of
from app.domain.moments import french_date, french_moment, moment_from_text
from app.domain.money import euros
from app.domain.parcels import Attachment, Parcel, Transport
from app.domain.settings import text_of
from app.domain.words import COMPUTED, kind_of
from app.errors import (
    AddressLater,
    AddressRefused,
    AppError,
    NeedsPerson,
    SendingLater,
    SendingRefused,
    SendingUnsure,
)
from app.services.closures import show_closure
from app.services.editions import PDF, edition_record, free_edition
from app.services.jobs import Handler, Job
from app.services.paper import Paper
from app.services.post import Post
from app.services.sending import (
    NOTHING_GOES_OUT,
    deliver,
    new_identity,
    new_row,
    parcel_record,
    parcel_row,
    sent_to,
    try_out,
)
from app.services.settings import load_settings
from app.services.z_report import Edition, z_report

if TYPE_CHECKING:
    from app.store.shop import Shop

RECIPIENTS = (
    ("owner", "mail.owner", "propriétaire"),
    ("accountant", "mail.accountant", "comptable"),
)
_MAIL = "mail"


def mail_follow_up(paper: Callable[[], Paper], post: Callable[[], Post]) -> Handler:
    """The job that mails a closure's Z."""

    def run(shop: Shop, job: Job) -> str:
        if shop.ledger.simulation:
            return NOTHING_GOES_OUT
        return mail_closure(shop, paper(), post(), job.closure, shop.now(), asked=job.asked)

    return run


def mail_closure(
    shop: Shop, paper: Paper, post: Post, closure_id: str, now: datetime, *, asked: bool
) -> str:
    """Mail a closure's Z to everyone it goes to, once each; gives who has it.

    Raises SendingLater when someone must wait and nothing needs a person, else NeedsPerson; what
    went out stays out.
    """
    settings = load_settings(shop)
    body = show_closure(shop, closure_id)
    transport = post.transports[_MAIL]
    places = _places(settings)
    if not places:
        raise SendingRefused(
            "Personne à qui envoyer le Z : renseignez le mail du propriétaire ou du comptable dans "
            "Paramètres, Mail."
        )
    rows, edition = _prepared(shop, transport, body, places, settings, now)
    pdf = paper.pdf(z_report(body, settings, edition))

    def make(row: Mapping[str, Any]) -> Parcel:
        return _parcel(row, body, settings, pdf)

    sent: list[str] = []
    failures: list[AppError] = []
    for row, (_, _, word) in zip(rows, places, strict=True):
        try:
            deliver(shop, transport, row, make, now, asked=asked)
            sent.append(f"{word} ({row['to']})")
        except AppError as error:
            failures.append(error)
            if not isinstance(error, AddressLater | AddressRefused | SendingUnsure):
                break  # it would be the same for the other
    told = f"Envoyé : {', '.join(sent)}." if sent else ""
    if failures:
        sentences = [*dict.fromkeys(str(error) for error in failures), told]
        raise _failure(failures)(" ".join(sentence for sentence in sentences if sentence))
    return told


def _places(settings: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Who gets the mail: role, address and the word for it; whoever is both gets one."""
    found: list[tuple[str, str, str]] = []
    for role, key, word in RECIPIENTS:
        to = text_of(settings, key)
        if to and to.casefold() not in [place[1].casefold() for place in found]:
            found.append((role, to, word))
    return found


def _failure(failures: Sequence[AppError]) -> type[AppError]:
    """Whether trying again by itself is of use: what is refused or unsure is not sent then."""
    if any(isinstance(error, SendingLater) for error in failures):
        return SendingLater
    return NeedsPerson if any(isinstance(e, NeedsPerson) for e in failures) else SendingLater


def mail_trial(shop: Shop, post: Post, now: datetime) -> str:
    """Send a small mail to the owner, else to the accountant; gives what to look at.

    Raises SendingLater, SendingRefused or SendingUnsure.
    """
    if shop.ledger.simulation:
        raise SendingRefused(NOTHING_GOES_OUT)
    settings = load_settings(shop)
    to = next((place[1] for place in _places(settings)), "")
    if not to:
        raise SendingRefused(
            "Personne à qui écrire : renseignez d'abord le mail du propriétaire ou du comptable."
        )
    name = text_of(settings, "shop.name")
    parcel = Parcel(
        id="essai",
        to=to,
        subject=f"Essai d'envoi{f' — {name}' if name else ''}",
        text=(
            "Ceci est un essai : les mails de la caisse arrivent bien à cette adresse.\n\n"
            f"Envoyé le {french_moment(now)}.\n"
        ),
        files=(),
        message_id=new_identity(_domain(settings)),
        at=now,
    )
    try_out(shop, post.transports[_MAIL], parcel)
    return f"Le mail d'essai est parti à {to} : regardez s'il arrive, aussi dans les indésirables."


def _prepared(
    shop: Shop,
    transport: Transport,
    body: Mapping[str, Any],
    places: Sequence[tuple[str, str, str]],
    settings: Mapping[str, Any],
    now: datetime,
) -> tuple[list[dict[str, Any]], Edition]:
    """A row for each place, and the edition that they all get: in the record when this returns.

    The edition is taken at the first try, in one group with the parcels, and kept by all others.
    """
    period = str(body["business_day"])[:7]
    ids = {role: f"{body['id']}/mail/{role}" for role, _, _ in RECIPIENTS}
    with shop.writing():
        known = {role: parcel_row(shop, period, parcel_id) for role, parcel_id in ids.items()}
        first = next((row for row in known.values() if row is not None), None)
        if first is None:
            edition = free_edition(shop, body, now)
            records = [edition_record(shop, body, PDF, edition)]
        else:
            edition = Edition(first["edition"], moment_from_text(first["created"]))
            records = []
        rows = []
        for role, to, _ in places:
            before = known[role]
            row = (
                new_row(
                    transport,
                    period,
                    ids[role],
                    to,
                    edition.at,
                    domain=_domain(settings),
                    edition=edition.number,
                )
                if before is None
                else sent_to(before, to)
            )
            if row != before:
                records.append(parcel_record(shop, row, now))
            rows.append(row)
        shop.append_unless_empty(records)
    return rows, edition


def _domain(settings: Mapping[str, Any]) -> str:
    return sender_of(settings).rpartition("@")[2]


def _parcel(
    row: Mapping[str, Any], body: Mapping[str, Any], settings: Mapping[str, Any], pdf: bytes
) -> Parcel:
    day = date.fromisoformat(body["business_day"])
    name = text_of(settings, "shop.name")
    total = euros(body["figures"]["total"]).replace("\u202f", " ").replace("\u00a0", " ")
    kind = kind_of(body["kind"], body["code"])
    return Parcel(
        id=row["id"],
        to=row["to"],
        subject=f"Ticket Z n° {body['number']} {kind} du {french_date(day)}"
        + (f" — {name}" if name else ""),
        text=(
            f"Bonjour,\n\nVoici le ticket Z n° {body['number']} ({body['id']}), clôture {kind}, "
            f"journée du {long_date(day)}.\n\n"
            f"Total TTC : {total}\nTickets : {body['figures']['tickets']}\n\n"
            f"Le détail est dans le PDF joint. {COMPUTED}.\n"
        ),
        files=(Attachment(f"Z-{body['id']}-{body['business_day']}.pdf", "application/pdf", pdf),),
        message_id=row["message_id"],
        at=moment_from_text(row["created"]),
    )
