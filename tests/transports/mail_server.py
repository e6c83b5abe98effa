"""A real mail server on loopback (aiosmtpd, TLS, login), and a cable that can be cut."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

UNSEEN_TLS = "ignore:Requiring AUTH while not requiring TLS:UserWarning"
"""What aiosmtpd says where TLS was there from the start; for `pytest.mark.filterwarnings`."""

USER, PASSWORD = "boutique@example.org", "motdepasse-1"


@dataclass
class Mailbox:
    """What arrived, and what the server says instead when told to.

    `drop_after_data`: the message is kept, then the connection is cut before the answer.
    """

    arrived: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    on_mail: str = ""
    on_rcpt: dict[str, str] = field(default_factory=dict)
    on_data: str = ""
    on_login: str = ""
    drop_after_data: bool = False
    tell_size: bool = True

    @property
    def messages(self) -> list[EmailMessage]:
        made = [message_from_bytes(data, policy=default) for data in self.arrived]
        return [message for message in made if isinstance(message, EmailMessage)]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail:
            return self.on_mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.on_rcpt:
            return self.on_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.on_data:
            return self.on_data
        assert isinstance(envelope.content, bytes)
        self.arrived.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        if self.drop_after_data:
            assert server.transport is not None
            server.transport.abort()
        return "250 2.0.0 Ok: queued as 4F1B"

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, name: str, told: list[str]
    ) -> list[str]:
        session.host_name = name
        return told if self.tell_size else [line for line in told if "SIZE" not in line]

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if self.on_login:
            return AuthResult(success=False, handled=False, message=self.on_login)
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        told = "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"
        return AuthResult(success=right, handled=False, message=None if right else told)


@contextlib.contextmanager
def mail_server(
    context: ssl.SSLContext | None,
    *,
    starttls: bool = False,
    most: int = 33_554_432,
    login: bool = True,
) -> Iterator[tuple[Mailbox, int]]:
    """A server with SSL from the start, with STARTTLS, or (no context) in clear; and its port."""
    mailbox = Mailbox()
    options: dict[str, Any] = {"data_size_limit": most}
    if starttls:
        options |= {"tls_context": context, "require_starttls": True}
    elif context is not None:
        options |= {"ssl_context": context}
    if login:
        options |= {
            "auth_required": True,
            "authenticator": mailbox.authenticate,
            "auth_require_tls": starttls,  # SSL from the start: it does not see that there is TLS
        }
    controller = _Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield mailbox, controller.port
    finally:
        controller.stop(no_assert=True)


class _Controller(Controller):
    """Trying the port by a connection of its own would be refused by a server with TLS."""

    def _trigger_server(self) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            super()._trigger_server()


class Cable:
    """A port that leads to another one, and is cut after so many bytes to the server."""

    def __init__(self, port: int, cut_after: int | None = None) -> None:
        self._target = port
        self.cut_after = cut_after
        self.passed = 0
        self.connections = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.getsockname()[1])

    def close(self) -> None:
        self._stop.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                near, _ = self._server.accept()
                self.connections += 1
                with near, socket.create_connection(("127.0.0.1", self._target)) as far:
                    self._lead(near, far)

    def _lead(self, near: socket.socket, far: socket.socket) -> None:
        for end in (near, far):
            end.settimeout(0.005)
        passed = 0
        while not self._stop.is_set():
            for source, target, outward in ((near, far, True), (far, near, False)):
                try:
                    data = source.recv(65_536)
                except TimeoutError:
                    continue
                except OSError:
                    return
                if not data:
                    return
                if outward and self.cut_after is not None:
                    left = self.cut_after - passed
                    if len(data) >= left:
                        far.sendall(data[: max(0, left)])
                        self._cut(near)
                        return
                passed += len(data) if outward else 0
                self.passed = max(self.passed, passed)
                target.sendall(data)

    def _cut(self, near: socket.socket) -> None:
        near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
