"""What the tests of sending share: a shop that mails its Z, and certificates to trust."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.settings import change_settings
from app.transports import mail
from tests.conftest import Cloture
from tests.factories import ticket
from tests.services.mailing import ACCOUNTANT, OWNER
from tests.transports.certificates import Certificates, make_certificates
from tests.transports.mail_server import PASSWORD, USER, free_port


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificats"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' authority is the only one that this PC trusts; no wait is long."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    monkeypatch.setenv("SSL_CERT_DIR", str(certificates.authority.parent / "none"))
    monkeypatch.setattr(mail, "CONNECT_SECONDS", 4.0)
    monkeypatch.setattr(mail, "STEP_SECONDS", 4.0)


@pytest.fixture
def mailing(cloture: Cloture, journal_file: Any, trusted: None) -> Cloture:
    """A shop that mails its Z to the owner and the accountant, with one closure."""
    cloture.done("import", journal_file(ticket("9,00", at="2026-01-05T19:00")))
    with cloture.open() as shop:
        settings = {
            "shop.name": "Boulangerie d'essai",
            "mail.provider": "other",
            "mail.host": "localhost",
            "mail.port": free_port(),
            "mail.user": USER,
            "mail.password": PASSWORD,
            "mail.owner": OWNER,
            "mail.accountant": ACCOUNTANT,
            "mail.after_closure": "general",
        }
        change_settings(shop, settings, cloture.now)
    made = cloture.done("close", "general")
    assert made["follow_ups"] == [{"job": "mail", "state": "pending", "detail": ""}]
    return cloture
