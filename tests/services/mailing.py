"""A shop that mails its Z: its settings changed, its jobs run, days gone by."""

from __future__ import annotations

from typing import Any

from app import bootstrap
from app.services.jobs import Job, retry, run_due
from app.services.settings import change_settings
from tests.conftest import Cloture

OWNER, ACCOUNTANT = "anne@example.org", "compta@example.org"


def set_to(cloture: Cloture, **values: Any) -> None:
    with cloture.open() as shop:
        named = {f"mail.{key}": value for key, value in values.items()}
        change_settings(shop, named, cloture.now)


def run(cloture: Cloture) -> list[Job]:
    with cloture.open() as shop:
        return run_due(shop, bootstrap.FOLLOW_UPS, lambda: cloture.now)


def ask_again(cloture: Cloture) -> list[Job]:
    with cloture.open() as shop:
        retry(shop, "G000001/mail", cloture.now)
    return run(cloture)


def nothing_by_itself(cloture: Cloture) -> None:
    """Days go by, and the job is not tried."""
    for _ in range(3):
        cloture.later(days=1)
        assert run(cloture) == []
