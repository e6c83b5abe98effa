"""Certificates for the session, trusted as the system trusts its own, and short waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.transports import mail
from tests.transports.certificates import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificats"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The tests' authority is the only one that this PC trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    monkeypatch.setenv("SSL_CERT_DIR", str(Path(certificates.authority).parent / "none"))
    return certificates


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "CONNECT_SECONDS", 2.0)
    monkeypatch.setattr(mail, "STEP_SECONDS", 2.0)
