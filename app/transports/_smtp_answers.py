"""What a mail server's refusals mean, in plain French, and whether they pass by themselves.

Sources: RFC 5321 (reply codes), RFC 3463 (enhanced status codes `class.subject.detail`), RFC 4954
(authentication), Google's and Microsoft's lists of SMTP errors.

    535 5.7.8  Username and Password not accepted      → the password is wrong: a person
    452 4.2.2  The recipient's inbox is out of storage → passes: later
    552 5.3.4  Message size exceeds fixed limit        → too big: a person
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import AddressLater, AddressRefused, AppError, SendingLater, SendingRefused

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_MOST_SAID = 160


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its code (535), its enhanced code (`5.7.8`, "" without) and its words."""

    code: int
    enhanced: str
    words: str

    @property
    def passes(self) -> bool:
        """Whether the server itself says that it may work later (4xx)."""
        return self.code < 500


def reply_of(code: int, words: bytes | str) -> Reply:
    """A reply as the library gives it."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    text = " ".join(text.split())
    found = _ENHANCED.search(text)
    return Reply(code, found.group() if found else "", text)


def login_refused(reply: Reply) -> AppError:
    """What a refused login means."""
    if reply.passes:
        return SendingLater(
            f"Le serveur de mail ne peut pas vous identifier pour l'instant.{_said(reply)}"
        )
    if reply.enhanced == "5.7.139" or "basic authentication" in reply.words.casefold():
        return SendingRefused(
            "Microsoft refuse l'envoi par mot de passe pour cette adresse : demandez à votre "
            "administrateur d'autoriser « SMTP authentifié », ou choisissez un autre fournisseur "
            f"dans Paramètres, Mail.{_said(reply)}"
        )
    if reply.code == 534 or "application-specific" in reply.words.casefold():
        return SendingRefused(
            "Ce fournisseur veut un mot de passe d'application : créez-en un dans votre compte, "
            f"puis saisissez-le dans Paramètres, Mail.{_said(reply)}"
        )
    return SendingRefused(
        "Identifiant ou mot de passe refusé par le serveur de mail : corrigez-les dans Paramètres, "
        f"Mail. Chez Gmail et Yahoo il faut un mot de passe d'application.{_said(reply)}"
    )


def sender_refused(reply: Reply, sender: str) -> AppError:
    """What a refusal of the sender's address (MAIL FROM) means."""
    special = _size_or_quota(reply)
    if special is not None:
        return special
    if reply.passes:
        return SendingLater(f"Le serveur de mail n'accepte rien pour l'instant.{_said(reply)}")
    if reply.code == 530 or reply.enhanced in ("5.7.0", "5.7.57"):
        return SendingRefused(
            "Le serveur de mail demande un identifiant et un mot de passe : renseignez-les dans "
            f"Paramètres, Mail.{_said(reply)}"
        )
    return SendingRefused(
        f"Le serveur de mail ne vous laisse pas écrire sous l'adresse {sender} : mettez dans "
        f"Paramètres, Mail, l'adresse d'expédition de ce compte.{_said(reply)}"
    )


def recipient_refused(reply: Reply, to: str) -> AppError:
    """What a refusal of the recipient's address (RCPT TO) means."""
    full = reply.code in (452, 552) and not reply.enhanced
    if full or reply.enhanced in ("5.2.2", "4.2.2"):
        return AddressLater(f"La boîte de {to} est pleine : prévenez la personne.{_said(reply)}")
    special = _size_or_quota(reply)
    if special is not None:
        return special
    if reply.passes:
        return AddressLater(
            f"Le serveur de mail fait attendre les envois à {to} : rien n'est parti.{_said(reply)}"
        )
    return AddressRefused(
        f"L'adresse {to} est refusée : corrigez-la dans Paramètres, Mail.{_said(reply)}"
    )


def content_refused(reply: Reply) -> AppError:
    """What a refusal of the message itself (DATA) means: it was not delivered."""
    special = _size_or_quota(reply)
    if special is not None:
        return special
    if reply.passes:
        return SendingLater(
            f"Le serveur de mail n'a pas pris le message : rien n'est parti.{_said(reply)}"
        )
    return SendingRefused(
        "Le serveur de mail a refusé le message, peut-être comme indésirable : demandez à votre "
        f"fournisseur.{_said(reply)}"
    )


def too_big(size: str, most: str) -> SendingRefused:
    """A parcel over the limit, told before it is sent."""
    return SendingRefused(
        f"Le mail ferait {size}, et votre fournisseur en accepte {most} : il n'a pas été envoyé. "
        "Donnez le fichier autrement (clé USB, dossier partagé)."
    )


def _size_or_quota(reply: Reply) -> AppError | None:
    words = reply.words.casefold()
    if reply.enhanced == "5.3.4" or (reply.code == 552 and not reply.enhanced):
        return SendingRefused(
            f"Le mail est trop gros pour le serveur : il n'a pas été envoyé.{_said(reply)}"
        )
    if reply.enhanced in ("5.4.5", "4.4.5") or "quota" in words or "limit exceeded" in words:
        return SendingLater(
            "Votre fournisseur a compté trop de mails aujourd'hui : rien n'est parti."
            f"{_said(reply)}"
        )
    return None


def _said(reply: Reply) -> str:
    """The server's own words, for whoever is asked for help."""
    words = reply.words
    short = words if len(words) <= _MOST_SAID else f"{words[:_MOST_SAID]}…"
    return f" (Réponse : {reply.code} {short})"
