"""What lets one suite try every transport: for each a server on loopback that can be made to fail.

A new transport adds its rig to `RIGS`. A rig's contexts give the settings to send with.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.domain.moments import moment_from_text
from app.domain.parcels import Attachment, Parcel
from app.transports import mail
from tests.transports.certificates import Certificates
from tests.transports.mail_server import PASSWORD, USER, Cable, Mailbox, free_port, mail_server

PARCEL = Parcel(
    id="G000001/mail/owner",
    to="anne@example.org",
    subject="Ticket Z n° 1",
    text="Voici le Z.\n.\nFin\n",
    files=(Attachment("Z.pdf", "application/pdf", bytes(range(256)) * 40),),
    message_id="<1@cloture.invalid>",
    at=moment_from_text("2026-01-05T20:00"),
)


class MailRig:
    """A mail server with SSL."""

    transport = mail
    parcel = PARCEL
    long_parcel = replace(  # longer than what the system takes without its having gone
        PARCEL, files=(Attachment("long.bin", "application/octet-stream", bytes(12_000_000)),)
    )
    secrets = {mail.PASSWORD: PASSWORD}  # noqa: RUF012 - read only
    wrong_secrets = {mail.PASSWORD: "autre-chose"}  # noqa: RUF012 - read only
    incomplete = {"mail.provider": "other", "mail.host": ""}  # noqa: RUF012 - read only

    def __init__(self, certificates: Certificates) -> None:
        self._certificates = certificates
        self._mailbox: Mailbox | None = None

    @property
    def delivered(self) -> list[dict[str, bytes]]:
        """The files of each parcel that arrived, by name."""
        messages = self._mailbox.messages if self._mailbox else []
        return [
            {part.get_filename() or "": part.get_content() for part in message.iter_attachments()}
            for message in messages
        ]

    @contextlib.contextmanager
    def up(self) -> Iterator[dict[str, Any]]:
        """A server that takes everything."""
        with mail_server(self._certificates.good) as (self._mailbox, port):
            yield self.settings(port)

    @contextlib.contextmanager
    def away(self) -> Iterator[dict[str, Any]]:
        """Nobody there."""
        yield self.settings(free_port())

    @contextlib.contextmanager
    def silent(self) -> Iterator[dict[str, Any]]:
        """Somebody who says nothing."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield self.settings(server.getsockname()[1])

    @contextlib.contextmanager
    def refusing_place(self) -> Iterator[dict[str, Any]]:
        """A server that does not know the address."""
        with self.up() as settings:
            assert self._mailbox is not None
            self._mailbox.on_rcpt[PARCEL.to] = "550 5.1.1 User unknown"
            yield settings

    @contextlib.contextmanager
    def small(self) -> Iterator[dict[str, Any]]:
        """A server that takes little."""
        with mail_server(self._certificates.good, most=5_000) as (self._mailbox, port):
            yield self.settings(port)

    @contextlib.contextmanager
    def cut_before_end(self) -> Iterator[dict[str, Any]]:
        """The cable is cut while the parcel goes through."""
        with self.up() as settings:
            cable = Cable(settings["mail.port"], cut_after=1_000_000)
            try:
                yield {**self.settings(cable.port), "mail.most_mb": 50}
            finally:
                cable.close()

    @contextlib.contextmanager
    def cut_at_end(self) -> Iterator[dict[str, Any]]:
        """The parcel is taken, and nobody learns of it."""
        with self.up() as settings:
            assert self._mailbox is not None
            self._mailbox.drop_after_data = True
            yield settings

    def over_limit(self) -> tuple[Parcel, dict[str, Any]]:
        """A parcel over what the settings allow."""
        big = Attachment("gros.zip", "application/zip", bytes(1_000_000))
        return replace(PARCEL, files=(big,)), {**self.settings(free_port()), "mail.most_mb": 1}

    def settings(self, port: int) -> dict[str, Any]:
        return {
            "shop.name": "Boulangerie\nd'essai",
            "mail.provider": "other",
            "mail.host": "localhost",
            "mail.port": port,
            "mail.security": "ssl",
            "mail.user": USER,
        }


RIGS = {"mail": MailRig}
