"""Who carries the shop's mail: the servers of the usual providers, and what each asks for.

Sources: the providers' own help pages for mail programs (outgoing server, SSL, port 465; Microsoft:
STARTTLS, port 587); Microsoft's message MC786329 on the end of SMTP by password; Gmail's help on
application passwords and its limit of 25 MB, encoding included. Where no limit of size is told by
the provider, 10 MB is what every one of them takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.settings import number_of, text_of

SSL, STARTTLS = "ssl", "starttls"
OTHER = "other"

_APP_PASSWORD = (
    "Il faut un « mot de passe d'application », créé dans votre compte {name} (sécurité, "
    "validation en deux étapes). Votre mot de passe habituel sera refusé."
)
_FULL_ADDRESS = "L'identifiant est l'adresse mail entière, le mot de passe celui de cette adresse."


@dataclass(frozen=True, slots=True)
class Provider:
    """An outgoing server: `security` is ssl or starttls, `most_mb` what a mail may weigh as sent,
    in millions of bytes; `note` says what the person must know, in French."""

    key: str
    label: str
    host: str
    port: int
    security: str
    most_mb: int
    note: str


PROVIDERS = (
    Provider("orange", "Orange", "smtp.orange.fr", 465, SSL, 10, _FULL_ADDRESS),
    Provider(
        "free",
        "Free",
        "smtp.free.fr",
        465,
        SSL,
        10,
        "Activez d'abord le « SMTP authentifié » dans votre espace abonné Free. "
        "L'identifiant est l'adresse mail entière.",
    ),
    Provider("sfr", "SFR", "smtp.sfr.fr", 465, SSL, 10, _FULL_ADDRESS),
    Provider("bouygues", "Bouygues Telecom", "smtp.bbox.fr", 465, SSL, 10, _FULL_ADDRESS),
    Provider("laposte", "La Poste (laposte.net)", "smtp.laposte.net", 465, SSL, 10, _FULL_ADDRESS),
    Provider("gmail", "Gmail", "smtp.gmail.com", 465, SSL, 25, _APP_PASSWORD.format(name="Google")),
    Provider(
        "microsoft",
        "Microsoft 365",
        "smtp.office365.com",
        587,
        STARTTLS,
        25,
        "Microsoft arrête peu à peu l'envoi par mot de passe : s'il est refusé, demandez à votre "
        "administrateur d'autoriser « SMTP authentifié », ou choisissez un autre fournisseur.",
    ),
    Provider(
        "yahoo", "Yahoo", "smtp.mail.yahoo.com", 465, SSL, 25, _APP_PASSWORD.format(name="Yahoo")
    ),
    Provider("ovh", "OVH", "ssl0.ovh.net", 465, SSL, 10, _FULL_ADDRESS),
    Provider("ionos", "IONOS", "smtp.ionos.fr", 465, SSL, 10, _FULL_ADDRESS),
    Provider("gandi", "Gandi", "mail.gandi.net", 465, SSL, 10, _FULL_ADDRESS),
)
_BY_KEY = {provider.key: provider for provider in PROVIDERS}


def provider_of(settings: Mapping[str, Any]) -> Provider:
    """The server that the settings name: a provider's, or the one typed in."""
    key = text_of(settings, "mail.provider")
    if key in _BY_KEY:
        return _BY_KEY[key]
    return Provider(
        OTHER,
        "Autre",
        text_of(settings, "mail.host"),
        number_of(settings, "mail.port"),
        text_of(settings, "mail.security"),
        number_of(settings, "mail.most_mb"),
        "",
    )


def sender_of(settings: Mapping[str, Any]) -> str:
    """The address that mails come from: its own setting, else the login."""
    return text_of(settings, "mail.sender") or text_of(settings, "mail.user")
