"""What every way of sending must do, whichever it is: deliver once, or say why it did not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.errors import (
    AddressRefused,
    AppError,
    NeedsPerson,
    SendingLater,
    SendingRefused,
    SendingUnsure,
)
from app.transports import TRANSPORTS
from tests.transports.certificates import Certificates
from tests.transports.mail_server import UNSEEN_TLS
from tests.transports.rigs import RIGS

pytestmark = [pytest.mark.usefixtures("short_waits"), pytest.mark.filterwarnings(UNSEEN_TLS)]


class Endings:
    """Counts the calls of `ending`, and what had arrived by then."""

    def __init__(self, rig: Any) -> None:
        self._rig = rig
        self.calls = 0
        self.arrived_before = 0

    def __call__(self) -> None:
        self.calls += 1
        self.arrived_before = len(self._rig.delivered)


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, trusted: Certificates) -> Any:
    return RIGS[request.param](trusted)


@pytest.fixture
def ending(rig: Any) -> Endings:
    return Endings(rig)


def send(rig: Any, settings: Any, ending: Endings, **more: Any) -> str:
    parcel = more.get("parcel", rig.parcel)
    secrets = more.get("secrets", rig.secrets)
    return str(rig.transport.send(parcel, settings, lambda key: secrets.get(key, ""), ending))


def fails(rig: Any, settings: Any, ending: Endings, kind: type[AppError], **more: Any) -> str:
    """The sentence of a sending that fails as it should, in a time that has an end."""
    begun = time.monotonic()
    with pytest.raises(kind) as told:
        send(rig, settings, ending, **more)
    assert time.monotonic() - begun < 10
    sentence = str(told.value)
    assert sentence.endswith((".", ")"))
    assert "\n" not in sentence
    assert not any(secret in sentence for secret in rig.secrets.values())
    return sentence


def test_each_transport_has_a_rig_and_its_words():
    assert sorted(module.NAME for module in TRANSPORTS) == sorted(RIGS)
    assert all(module.LABEL and module.REPEATABLE in (True, False) for module in TRANSPORTS)


def test_delivered_once(rig: Any, ending: Endings):
    with rig.up() as settings:
        assert send(rig, settings, ending)
        assert rig.delivered == [{file.name: file.data for file in rig.parcel.files}]
    assert (ending.calls, ending.arrived_before) == (1, 0)


def test_signing_in_sends_nothing(rig: Any):
    with rig.up() as settings:
        rig.transport.sign_in(settings, lambda key: rig.secrets.get(key, ""))
        assert rig.delivered == []
        with pytest.raises(SendingRefused):
            rig.transport.sign_in(settings, lambda key: rig.wrong_secrets.get(key, ""))


def test_settings_that_lack_something_are_told(rig: Any, ending: Endings):
    assert rig.transport.problems(rig.incomplete)
    fails(rig, rig.incomplete, ending, SendingRefused)
    with rig.up() as settings:
        assert rig.transport.problems(settings) == ()


def test_a_wrong_password_needs_a_person(rig: Any, ending: Endings):
    with rig.up() as settings:
        fails(rig, settings, ending, SendingRefused, secrets=rig.wrong_secrets)
        fails(rig, settings, ending, SendingRefused, secrets={})
        assert rig.delivered == []
    assert ending.calls == 0


def test_an_address_that_is_refused_needs_a_person(rig: Any, ending: Endings):
    with rig.refusing_place() as settings:
        assert rig.parcel.to in fails(rig, settings, ending, AddressRefused)
        assert rig.delivered == []
    assert ending.calls == 0


def test_too_big_is_told_before_anything_is_sent(rig: Any, ending: Endings):
    parcel, settings = rig.over_limit()
    assert rig.transport.size(parcel, settings) > rig.transport.most(settings)
    assert "Mo" in fails(rig, settings, ending, SendingRefused, parcel=parcel)
    with rig.small() as settings:
        fails(rig, settings, ending, SendingRefused)
        assert rig.delivered == []
    assert ending.calls == 0


def test_the_size_counts_what_goes_along(rig: Any):
    with rig.up() as settings:
        total = sum(len(file.data) for file in rig.parcel.files)
        assert rig.transport.size(rig.parcel, settings) >= total


@pytest.mark.parametrize("trouble", ["away", "silent", "cut_before_end"])
def test_what_passes_is_tried_later(rig: Any, ending: Endings, trouble: str):
    parcel = rig.long_parcel if trouble == "cut_before_end" else rig.parcel
    with getattr(rig, trouble)() as settings:
        fails(rig, settings, ending, SendingLater, parcel=parcel)
        assert rig.delivered == []
    assert ending.calls == 0


def test_cut_at_the_very_end(rig: Any, ending: Endings):
    with rig.cut_at_end() as settings:
        fails(rig, settings, ending, SendingLater if rig.transport.REPEATABLE else SendingUnsure)
        assert len(rig.delivered) == 1
    assert ending.calls == 1


def test_errors_are_of_two_kinds():
    assert issubclass(SendingRefused, NeedsPerson)
    assert issubclass(SendingUnsure, NeedsPerson)
    assert not issubclass(SendingLater, NeedsPerson)
