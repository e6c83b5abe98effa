"""Reading through the public door: a file's content in, tickets and refusals out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.ticket import Ticket
from app.formats.profile import Profile
from app.formats.profile_files import find_profile
from app.formats.read_tickets import read_tickets
from app.formats.rejected import Rejected
from tests.formats.samples import PROFILES, Read


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read(content, profile)` reads a file of that content; a name is a bundled profile."""

    def run(
        content: str | bytes, profile: Profile | str = "journal", **more: Any
    ) -> list[Ticket | Rejected]:
        path = tmp_path / "tickets.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        found = find_profile(profile, [PROFILES]) if isinstance(profile, str) else profile
        return list(read_tickets(path, found, **{"till": None, "drawer": None, **more}))

    return run
