"""By mail: SMTP with SSL or STARTTLS and a password, one message to one address.

Sources: RFC 5321 (SMTP), RFC 8314 (SSL from the start), RFC 3207 (STARTTLS), RFC 1870 (SIZE), RFC
5322 (the message; its Message-ID stays the same at each try). A message is delivered when the
server has answered the dot that ends it; a connection lost after that dot and before the answer
leaves both possible. So the text is sent first, then `ending` is called, then the dot:

    DATA · 354 · headers and text · ending() · . · 250 2.0.0 Ok: queued as 4F1B
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from app.domain.mail_address import is_address
from app.domain.mail_providers import SSL, Provider, provider_of, sender_of
from app.domain.parcels import Parcel
from app.domain.settings import text_of
from app.domain.words import size_words
from app.errors import AddressRefused, SendingLater, SendingRefused, SendingUnsure
from app.transports import _smtp_answers as answers

NAME = "mail"
LABEL = "Mail"
REPEATABLE = False

PASSWORD = "mail.password"
CONNECT_SECONDS = 15.0
STEP_SECONDS = 30.0
LONGEST_SECONDS = 600.0
_GOODBYE_SECONDS = 2.0
_LISTEN_SECONDS = 0.05
_CHUNK = 1 << 16
_MB = 1_000_000

Settings = Mapping[str, Any]
Secret = Callable[[str], str]


def problems(settings: Settings) -> tuple[str, ...]:
    """What is missing or wrong in the settings."""
    server = provider_of(settings)
    found = []
    if not server.host or server.host != "".join(server.host.split()):
        found.append("Le serveur d'envoi n'est pas renseigné dans Paramètres, Mail.")
    if not 0 < server.port < 65_536:
        found.append(
            "Le port du serveur de mail n'est pas juste : 465 avec SSL, 587 avec STARTTLS."
        )
    if not is_address(sender_of(settings)):
        found.append("L'adresse d'expédition n'est pas une adresse mail : voyez Paramètres, Mail.")
    return tuple(found)


def size(parcel: Parcel, settings: Settings) -> int:
    """The bytes of the whole message, its files encoded."""
    return len(_bytes_of(parcel, settings))


def most(settings: Settings) -> int:
    """What the provider takes."""
    return provider_of(settings).most_mb * _MB


def send(parcel: Parcel, settings: Settings, secret: Secret, ending: Callable[[], None]) -> str:
    """Send the message. Raises SendingLater, SendingRefused or SendingUnsure."""
    _check_settings(settings)
    if not is_address(parcel.to):
        raise AddressRefused(
            f"« {parcel.to} » n'est pas une adresse mail : corrigez-la dans Paramètres, Mail."
        )
    data = _bytes_of(parcel, settings)
    _check_size(len(data), most(settings))
    with _signed_in(settings, secret) as server:
        _check_size(len(data), _told_limit(server))
        _give_envelope(server, sender_of(settings), parcel.to, len(data))
        _give_text(server, data)
        ending()
        return _end(server)


def sign_in(settings: Settings, secret: Secret) -> None:
    """Connect and sign in, then go. Raises SendingLater or SendingRefused."""
    with _signed_in(settings, secret):
        pass


def _check_settings(settings: Settings) -> None:
    found = problems(settings)
    if found:
        raise SendingRefused(found[0])


def _bytes_of(parcel: Parcel, settings: Settings) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(parcel.subject)
    message["From"] = Address(
        display_name=_one_line(text_of(settings, "shop.name")), addr_spec=sender_of(settings)
    )
    message["To"] = parcel.to
    message["Date"] = format_datetime(parcel.at)
    message["Message-ID"] = parcel.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that no answering machine answers
    message.set_content(parcel.text, cte="quoted-printable")
    for file in parcel.files:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    if message.is_multipart():  # nothing of chance in it: the same parcel is the same bytes
        message.set_boundary(f"=_{hashlib.sha256(parcel.message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check_size(size: int, most: int) -> None:
    if most and size > most:
        raise answers.too_big(size_words(size), size_words(most))


def _told_limit(server: smtplib.SMTP) -> int:
    """The SIZE that the server tells; 0 when it tells none."""
    told = server.esmtp_features.get("size", "")
    return int(told) if told.isdecimal() else 0


# --- the connection ---------------------------------------------------------------------------


@contextlib.contextmanager
def _signed_in(settings: Settings, secret: Secret) -> Iterator[smtplib.SMTP]:
    """A connection that has signed in; closed whatever happens."""
    _check_settings(settings)
    provider = provider_of(settings)
    password = secret(PASSWORD)
    server: smtplib.SMTP | None = None
    watch: threading.Timer | None = None
    try:
        with _told(provider):
            server = _connected(provider)
            # Each step has its own limit; this one is for a server that drips.
            watch = threading.Timer(LONGEST_SECONDS, _hang_up, (server,))
            watch.daemon = True
            watch.start()
            _log_in(server, text_of(settings, "mail.user"), password)
        yield server
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if server.sock is not None:
                server.sock.settimeout(_GOODBYE_SECONDS)
            server.quit()  # a server that hangs up first has taken the message all the same
    finally:
        if watch is not None:
            watch.cancel()
        if server is not None:
            server.close()


def _hang_up(server: smtplib.SMTP) -> None:
    connection = server.sock
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _connected(provider: Provider) -> smtplib.SMTP:
    context = ssl.create_default_context()
    name = "[127.0.0.1]"  # the PC's own name is nobody's business, and may have an accent
    if provider.security == SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            provider.host,
            provider.port,
            timeout=CONNECT_SECONDS,
            context=context,
            local_hostname=name,
        )
    else:
        server = smtplib.SMTP(
            provider.host, provider.port, timeout=CONNECT_SECONDS, local_hostname=name
        )
    try:
        if server.sock is not None:
            server.sock.settimeout(STEP_SECONDS)
        server.ehlo_or_helo_if_needed()
        if provider.security != SSL:
            server.starttls(context=context)
            server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    if not user and not password:
        return  # a server of the house that trusts whom it knows
    if not password:
        raise SendingRefused(
            "Le mot de passe du mail n'est pas renseigné : voyez Paramètres, Mail."
        )
    try:
        server.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        reply = answers.reply_of(error.smtp_code, error.smtp_error)
        raise answers.login_refused(reply) from None  # its trace holds what was typed
    except smtplib.SMTPNotSupportedError as error:
        raise SendingRefused(
            "Ce serveur de mail ne demande pas de mot de passe à ce port : vérifiez le serveur, le "
            "port et le chiffrement dans Paramètres, Mail."
        ) from error
    except UnicodeError:
        raise SendingRefused(
            "L'identifiant ou le mot de passe du mail a des lettres accentuées que le serveur "
            "n'accepte pas : corrigez-les dans Paramètres, Mail."
        ) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except smtplib.SMTPException as error:
        raise SendingRefused(
            "Ce serveur de mail n'accepte pas d'identification par mot de passe : choisissez un "
            "autre fournisseur dans Paramètres, Mail."
        ) from error


@contextlib.contextmanager
def _told(provider: Provider) -> Iterator[None]:
    """Turn what goes wrong before the message is ended into a sentence: nothing has gone out."""
    host = provider.host
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise SendingRefused(_certificate_told(host, error)) from error
    except ssl.SSLError as error:
        raise SendingRefused(
            f"Le serveur {host} ne parle pas ce chiffrement au port {provider.port} : SSL va avec "
            "465, STARTTLS avec 587 (Paramètres, Mail)."
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise SendingRefused(
            f"Le serveur {host} n'offre pas d'envoi chiffré au port {provider.port} : rien n'est "
            "envoyé en clair. Essayez SSL et le port 465 dans Paramètres, Mail."
        ) from error
    except socket.gaierror as error:
        raise SendingLater(
            f"Le serveur de mail {host} est introuvable : vérifiez la connexion à internet et, si "
            "elle marche, le nom du serveur dans Paramètres, Mail."
        ) from error
    except UnicodeError as error:
        raise SendingRefused(
            f"« {host} » n'est pas un nom de serveur : corrigez-le dans Paramètres, Mail."
        ) from error
    except smtplib.SMTPResponseException as error:
        reply = answers.reply_of(error.smtp_code, error.smtp_error)
        raise SendingLater(
            f"Le serveur de mail {host} n'est pas disponible (Réponse : {reply.code} {reply.words})"
        ) from error
    except TimeoutError as error:
        raise SendingLater(
            f"Le serveur de mail {host} ne répond pas : vérifiez la connexion à internet ; un "
            "pare-feu peut aussi bloquer l'envoi."
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise SendingLater(
            f"La connexion au serveur de mail {host} a échoué : vérifiez internet. Rien n'est "
            "parti."
        ) from error


def _certificate_told(host: str, error: ssl.SSLCertVerificationError) -> str:
    why = (error.verify_message or "").casefold()
    if "expired" in why or "not yet valid" in why:
        return (
            f"Le certificat du serveur {host} n'est pas valable à cette date : vérifiez la date et "
            "l'heure de ce PC. Rien n'a été envoyé."
        )
    if "mismatch" in why or "not valid for" in why:
        return (
            f"Le serveur qui répond n'est pas {host} : vérifiez le nom du serveur dans Paramètres, "
            "Mail. Le mot de passe n'a pas été envoyé."
        )
    return (
        f"Le serveur {host} ne prouve pas son identité. Un antivirus qui lit les mails peut en "
        "être la cause, sinon appelez le support. Le mot de passe n'a pas été envoyé."
    )


# --- the message ------------------------------------------------------------------------------


def _give_envelope(server: smtplib.SMTP, sender: str, to: str, size: int) -> None:
    with _cut_short():
        options = [f"SIZE={size}"] if "size" in server.esmtp_features else []
        code, words = server.mail(sender, options)
        if code != 250:
            raise answers.sender_refused(answers.reply_of(code, words), sender)
        code, words = server.rcpt(to)
        if code not in (250, 251):
            raise answers.recipient_refused(answers.reply_of(code, words), to)


def _give_text(server: smtplib.SMTP, data: bytes) -> None:
    """Everything but the dot that ends the message: without it nothing is delivered."""
    with _cut_short():
        server.putcmd("data")
        code, words = server.getreply()
        if code != 354:
            raise answers.content_refused(answers.reply_of(code, words))
        text = re.sub(rb"(?m)^\.", b"..", data)
        if not text.endswith(b"\r\n"):
            text += b"\r\n"
        for at in range(0, len(text), _CHUNK):
            server.send(text[at : at + _CHUNK])
        _check_there(server)


def _check_there(server: smtplib.SMTP) -> None:
    """Whether the server hung up while it was sent to: better known before the dot than after."""
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("closed")
    server.sock.settimeout(_LISTEN_SECONDS)
    try:
        server.sock.recv(1)
    except (TimeoutError, ssl.SSLWantReadError):
        server.sock.settimeout(STEP_SECONDS)
    else:  # it has nothing to say yet: this is its end, or a goodbye
        raise smtplib.SMTPServerDisconnected("closed while it was sent to")


def _end(server: smtplib.SMTP) -> str:
    with _cut_short():
        server.send(b".\r\n")  # what raises here has not sent it
    try:
        code, words = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise SendingUnsure(
            "La connexion s'est coupée juste à la fin de l'envoi : le mail est peut-être arrivé. "
            "Demandez au destinataire ; « Réessayer » l'enverra de nouveau."
        ) from error
    reply = answers.reply_of(code, words)
    if code != 250:
        raise answers.content_refused(reply)
    return reply.words


@contextlib.contextmanager
def _cut_short() -> Iterator[None]:
    """Before the final dot a lost connection has delivered nothing."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        raise SendingLater(
            "La connexion au serveur de mail s'est coupée avant la fin : rien n'est parti."
        ) from error
