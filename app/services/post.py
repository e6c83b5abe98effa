"""What sends parcels, as the bootstrap hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.parcels import Transport


@dataclass(frozen=True, slots=True)
class Post:
    """The ways of sending, by their key (`mail`, …)."""

    transports: Mapping[str, Transport]
