"""What goes out of the shop, and what every way of sending it must be able to do.

A parcel is sent to one place at a time, so that each has a fate of its own: delivered, refused, to
be tried again, or unknown. Its identity is fixed before its first try and never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

READY, ENDING, SENT, UNSURE, REFUSED = "ready", "ending", "sent", "unsure", "refused"
"""The states of a parcel on disk. ENDING is written just before the one step after whose loss
nobody could know whether it arrived: found there at a start, it may have arrived. REFUSED is an
address that was refused: it is not tried again as it stands."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: `kind` is its media type (`application/pdf`)."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sending. `id` is ours (`G000123/mail/owner`), `message_id` and `at` what it bears
    outside for ever, `to` an address or a place as its transport understands it."""

    id: str
    to: str
    subject: str
    text: str
    files: tuple[Attachment, ...]
    message_id: str
    at: datetime


class Transport(Protocol):
    """A way of sending: one module of `app.transports`.

    `NAME` is its key, `LABEL` its French words. `REPEATABLE` says that sending a parcel twice does
    no more than once (a file of the same name put in the same place): then an unknown outcome is
    simply tried again; otherwise it is held until a person decides.

    Errors, each with a sentence: SendingLater (passes: nothing went out), SendingRefused (a person
    must mend something: nothing went out), SendingUnsure (cut short after `ending` was called).
    AddressLater and AddressRefused say that only this parcel's address is the cause. Every wait has
    an end.
    """

    NAME: str
    LABEL: str
    REPEATABLE: bool

    def problems(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        """What is missing or wrong in the settings, one sentence each; empty when it can send."""
        ...

    def size(self, parcel: Parcel, settings: Mapping[str, Any]) -> int:
        """The bytes a parcel takes on its way."""
        ...

    def most(self, settings: Mapping[str, Any]) -> int:
        """The most bytes a parcel may take, as known without asking anyone; 0: no limit known."""
        ...

    def send(
        self,
        parcel: Parcel,
        settings: Mapping[str, Any],
        secret: Callable[[str], str],
        ending: Callable[[], None],
    ) -> str:
        """Send it; gives a few words on what the far end said.

        `secret(key)` gives a password of the settings. `ending()` is called once, before the step
        that delivers; what raises before that has delivered nothing.
        """
        ...

    def sign_in(self, settings: Mapping[str, Any], secret: Callable[[str], str]) -> None:
        """Go as far as one can without sending anything. Raises the same errors."""
        ...
