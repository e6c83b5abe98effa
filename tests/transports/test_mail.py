"""By mail: the message itself, the certificate, STARTTLS, and what each refusal means."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from app.domain.mail_address import is_address
from app.domain.mail_providers import PROVIDERS, provider_of
from app.domain.outgoing_settings import MAIL_PROVIDERS
from app.domain.parcels import Attachment
from app.errors import (
    AddressLater,
    AddressRefused,
    AppError,
    SendingLater,
    SendingRefused,
)
from app.transports import mail
from tests.transports.certificates import Certificates
from tests.transports.mail_server import (
    PASSWORD,
    UNSEEN_TLS,
    USER,
    Cable,
    Mailbox,
    mail_server,
)
from tests.transports.rigs import PARCEL, MailRig

pytestmark = [pytest.mark.usefixtures("short_waits"), pytest.mark.filterwarnings(UNSEEN_TLS)]


@pytest.fixture
def rig(trusted: Certificates) -> MailRig:
    return MailRig(trusted)


def send(settings: Any, parcel: Any = PARCEL) -> str:
    return mail.send(parcel, settings, lambda key: PASSWORD, lambda: None)


def told(settings: Any, kind: type[AppError], parcel: Any = PARCEL) -> str:
    with pytest.raises(AppError) as found:
        send(settings, parcel)
    assert type(found.value) is kind, found.value
    return str(found.value)


def test_the_message(rig: MailRig):
    parcel = replace(
        PARCEL,
        subject="Ticket Z n° 1 — Boulangerie\r\nBcc: voleur@example.org",
        text="Total : 987,85 €\n.\n..deux points\nFin\n",
        files=(Attachment("Z « été ».pdf", "application/pdf", b"%PDF-1.4 \r\n.\r\nfin"),),
    )
    with rig.up() as settings:
        assert "queued as 4F1B" in send(settings, parcel)
        assert rig._mailbox is not None
        [message] = rig._mailbox.messages
    assert rig._mailbox.recipients == ["anne@example.org"]
    assert message["Subject"] == "Ticket Z n° 1 — Boulangerie Bcc: voleur@example.org"
    assert message["Bcc"] is None
    assert message["From"] == f"Boulangerie d'essai <{USER}>"
    assert message["To"] == "anne@example.org"
    assert message["Message-ID"] == "<1@cloture.invalid>"
    assert message["Date"] == "Mon, 05 Jan 2026 20:00:00 +0100"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Total : 987,85 €", ".", "..deux points", "Fin"]
    [file] = message.iter_attachments()
    assert file.get_filename() == "Z « été ».pdf"
    assert file.get_content() == b"%PDF-1.4 \r\n.\r\nfin"


def test_with_starttls(trusted: Certificates, rig: MailRig):
    with mail_server(trusted.good, starttls=True) as (mailbox, port):
        settings = {**rig.settings(port), "mail.security": "starttls"}
        send(settings)
        assert len(mailbox.arrived) == 1
    with mail_server(None, login=False) as (mailbox, port):
        settings = {**rig.settings(port), "mail.security": "starttls"}
        sentence = told(settings, SendingRefused)
        assert "rien n'est envoyé en clair" in sentence
        assert mailbox.arrived == []


def test_ssl_and_starttls_taken_for_each_other(trusted: Certificates, rig: MailRig):
    with mail_server(trusted.good, starttls=True) as (_, port):
        assert "SSL va avec 465" in told(rig.settings(port), SendingRefused)
    with mail_server(trusted.good) as (mailbox, port):
        settings = {**rig.settings(port), "mail.security": "starttls"}
        told(settings, SendingLater)  # it waits for us to begin, as a server that hangs would
        assert mailbox.arrived == []


@pytest.mark.parametrize("security", ["ssl", "starttls"])
@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ("unknown_authority", "ne prouve pas son identité"),
        ("other_name", "Le serveur qui répond n'est pas localhost"),
        ("expired", "vérifiez la date et l'heure de ce PC"),
    ],
)
def test_a_wrong_certificate(
    trusted: Certificates, rig: MailRig, certificate: str, words: str, security: str
):
    context = getattr(trusted, certificate)
    with mail_server(context, starttls=security == "starttls") as (mailbox, port):
        settings = {**rig.settings(port), "mail.security": security}
        sentence = told(settings, SendingRefused)
        assert words in sentence
        assert mailbox.arrived == []


LOGINS = [
    ("535 5.7.8 Error: authentication failed", SendingRefused, "mot de passe refusé"),
    ("534 5.7.9 Application-specific password required", SendingRefused, "mot de passe d'appl"),
    ("535 5.7.139 Authentication unsuccessful", SendingRefused, "Microsoft refuse"),
    ("454 4.7.0 Temporary authentication failure", SendingLater, "pour l'instant"),
]


@pytest.mark.parametrize(("reply", "kind", "words"), LOGINS)
def test_a_login_refused(rig: MailRig, reply: str, kind: type[AppError], words: str):
    with rig.up() as settings:
        mailbox_of(rig).on_login = reply
        sentence = told(settings, kind)
    assert words in sentence
    assert reply[:3] in sentence  # what support asks for
    assert PASSWORD not in sentence


SENDERS = [
    ("550 5.7.1 Sender not allowed", SendingRefused, "ne vous laisse pas écrire sous l'adresse"),
    ("530 5.7.57 Client not authenticated to send mail", SendingRefused, "demande un identifiant"),
    ("552 5.3.4 Message size exceeds fixed limit", SendingRefused, "trop gros"),
    ("550 5.4.5 Daily user sending limit exceeded", SendingLater, "trop de mails aujourd'hui"),
    ("451 4.3.0 Try again later", SendingLater, "pour l'instant"),
]


@pytest.mark.parametrize(("reply", "kind", "words"), SENDERS)
def test_a_sender_refused(rig: MailRig, reply: str, kind: type[AppError], words: str):
    with rig.up() as settings:
        mailbox_of(rig).on_mail = reply
        assert words in told(settings, kind)
        assert mailbox_of(rig).arrived == []


RECIPIENTS = [
    ("550 5.1.1 User unknown", AddressRefused, "anne@example.org est refusée"),
    ("553 5.1.3 Bad address syntax", AddressRefused, "est refusée"),
    ("450 4.2.0 Greylisted, see later", AddressLater, "fait attendre"),
    ("452 4.2.2 Mailbox full", AddressLater, "est pleine"),
    ("552 5.2.2 Quota exceeded", AddressLater, "est pleine"),
    ("552 Storage allocation exceeded", AddressLater, "est pleine"),
    ("452 4.5.3 Too many recipients", AddressLater, "fait attendre"),
    ("550 5.4.5 Daily sending quota exceeded", SendingLater, "trop de mails"),
]


@pytest.mark.parametrize(("reply", "kind", "words"), RECIPIENTS)
def test_a_recipient_refused(rig: MailRig, reply: str, kind: type[AppError], words: str):
    with rig.up() as settings:
        mailbox_of(rig).on_rcpt[PARCEL.to] = reply
        assert words in told(settings, kind)
        assert mailbox_of(rig).arrived == []


CONTENTS = [
    ("552 5.3.4 Message too big", SendingRefused, "trop gros"),
    ("554 5.7.1 Rejected as spam", SendingRefused, "indésirable"),
    ("451 4.7.1 Service unavailable", SendingLater, "rien n'est parti"),
    ("550 5.4.5 Daily quota reached", SendingLater, "trop de mails"),
]


@pytest.mark.parametrize(("reply", "kind", "words"), CONTENTS)
def test_a_message_refused_at_its_end_was_not_delivered(
    rig: MailRig, reply: str, kind: type[AppError], words: str
):
    with rig.up() as settings:
        mailbox_of(rig).on_data = reply
        assert words in told(settings, kind)


def test_a_server_that_tells_no_limit_is_asked_all_the_same(trusted: Certificates, rig: MailRig):
    with mail_server(trusted.good, most=5_000) as (mailbox, port):
        mailbox.tell_size = False
        assert "trop gros" in told(rig.settings(port), SendingRefused)
        assert mailbox.arrived == []


def test_a_limit_is_told_with_both_sizes(trusted: Certificates, rig: MailRig):
    with mail_server(trusted.good, most=5_000) as (_, port):
        sentence = told(rig.settings(port), SendingRefused).replace("\u00a0", " ")
    assert 14_500 < mail.size(PARCEL, rig.settings(port)) < 15_500
    assert "Le mail ferait 15 Ko, et votre fournisseur en accepte 5,0 Ko" in sentence


def test_a_server_that_drips_is_given_up(
    trusted: Certificates, rig: MailRig, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mail, "LONGEST_SECONDS", 0.7)
    monkeypatch.setattr(mail, "STEP_SECONDS", 60)

    with mail_server(trusted.good) as (mailbox, port):
        cable = Cable(port)
        settings = rig.settings(cable.port)

        async def drip(*_: Any) -> str:
            import asyncio

            await asyncio.sleep(30)
            return "250 OK"

        mailbox.handle_MAIL = drip  # type: ignore[method-assign]
        begun = time.monotonic()
        told(settings, SendingLater)
        assert time.monotonic() - begun < 10
        cable.close()


def test_a_name_that_nobody_has(rig: MailRig):
    settings = {**rig.settings(465), "mail.host": "smtp.invalid"}
    sentence = told(settings, SendingLater)
    assert "smtp.invalid est introuvable" in sentence
    assert "internet" in sentence
    settings["mail.host"] = "é" * 70 + ".fr"
    assert told(settings, SendingRefused)


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("anne@example.org", True),
        ("a.b+c@x-y.example.fr", True),
        ("anne", False),
        ("anne@example", False),
        ("anne@example.org\nbcc: x@y.fr", False),
        ("Anne <anne@example.org>", False),
        ("a@b.fr, c@d.fr", False),
        ("zoé@example.org", False),
        ("", False),
    ],
)
def test_an_address(address: str, right: bool):
    assert is_address(address) is right


def test_an_address_that_is_none_is_told_without_a_word_to_anyone(rig: MailRig):
    with rig.up() as settings:
        parcel = replace(PARCEL, to="anne@example")
        assert "« anne@example » n'est pas une adresse" in told(settings, AddressRefused, parcel)


def test_the_providers():
    keys = [provider.key for provider in PROVIDERS]
    assert list(MAIL_PROVIDERS[:-1]) == [(p.key, p.label) for p in PROVIDERS]
    assert MAIL_PROVIDERS[-1][0] == "other"
    assert len(set(keys)) == len(keys)
    for provider in PROVIDERS:
        settings = {"mail.provider": provider.key, "mail.user": USER}
        assert provider_of(settings) == provider
        assert mail.problems(settings) == ()
        assert (provider.security, provider.port) in (("ssl", 465), ("starttls", 587))
        assert provider.note.endswith((".", ")"))


def mailbox_of(rig: MailRig) -> Mailbox:
    assert rig._mailbox is not None
    return rig._mailbox
