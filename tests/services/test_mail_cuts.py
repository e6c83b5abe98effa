"""The Z by mail when the cable or the power is cut: never twice by itself, never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.services.jobs import retry
from app.transports import mail
from tests.conftest import Cloture
from tests.services.mailing import ACCOUNTANT, OWNER, ask_again, nothing_by_itself, run, set_to
from tests.transports.certificates import Certificates
from tests.transports.mail_server import UNSEEN_TLS, Cable, mail_server

pytestmark = pytest.mark.filterwarnings(UNSEEN_TLS)


def test_taken_and_then_cut_is_not_sent_again_by_itself(
    mailing: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.drop_after_data = True
        set_to(mailing, port=port, accountant="")
        [job] = run(mailing)
        assert (job.state, job.next_try) == ("failed", None)
        assert "peut-être arrivé" in job.detail
        nothing_by_itself(mailing)
        assert mailbox.recipients == [OWNER]
        mailbox.drop_after_data = False
        assert [job.state for job in ask_again(mailing)] == ["done"]  # a person wanted it
        first, second = mailbox.messages
        assert first["Message-ID"] == second["Message-ID"]
        assert mailbox.arrived[0] == mailbox.arrived[1]


class Killed(BaseException):
    """The power goes: nothing that follows runs."""


def killed_at(step: str) -> Callable[..., Any]:
    real = getattr(mail, step)

    def die(*arguments: Any) -> Any:
        if step == "_end":
            real(*arguments)  # the dot is out, and the answer is lost with the power
        raise Killed

    return die


def test_a_power_cut_before_the_dot_is_tried_again(
    mailing: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port)
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_give_text", killed_at("_give_text"))
            with pytest.raises(Killed):
                run(mailing)
        assert [job.state for job in run(mailing)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_power_cut_after_the_dot_is_held(
    mailing: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port)
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_end", killed_at("_end"))
            with pytest.raises(Killed):
                run(mailing)
        [job] = run(mailing)
        assert (job.state, job.next_try) == ("failed", None)
        assert mailbox.recipients == [OWNER, ACCOUNTANT]  # hers once; the other's went
        nothing_by_itself(mailing)
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_what_was_asked_once_is_not_asked_again_by_a_power_cut(
    mailing: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.drop_after_data = True
        set_to(mailing, port=port, accountant="")
        run(mailing)
        mailbox.drop_after_data = False
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_end", killed_at("_end"))
            with pytest.raises(Killed):
                ask_again(mailing)
        assert len(mailbox.arrived) == 2
        [job] = run(mailing)
        assert (job.state, job.next_try) == ("failed", None)
        nothing_by_itself(mailing)
        assert len(mailbox.arrived) == 2


def test_the_record_alone_knows_what_was_sent(
    mailing: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt[ACCOUNTANT] = "450 4.2.0 Greylisted"
        set_to(mailing, port=port)
        run(mailing)
        (mailing.folder / "parcels" / "2026-01.json").write_text("{", encoding="utf-8")
        mailbox.on_rcpt = {}
        mailing.later(minutes=1)
        assert [job.state for job in run(mailing)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


@pytest.mark.timeout(180)
def test_cut_anywhere_it_arrives_once_or_waits_for_a_person(
    mailing: Cloture, certificates: Certificates
):
    """The cable is cut after each so many bytes; then there is no trouble any more."""
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, accountant="")
        cable = Cable(port, cut_after=0)
        set_to(mailing, port=cable.port)
        outcomes = {"again": 0, "person": 0}
        for cut_after in (*range(0, 3_000, 250), *range(3_000, 48_000, 3_000)):
            cable.cut_after = cut_after
            before = len(mailbox.arrived)
            [job] = run(mailing)
            if job.state == "done":
                break
            arrived = len(mailbox.arrived) - before
            if job.next_try is None:
                outcomes["person"] += 1
                assert arrived in (0, 1)
                with mailing.open() as shop:
                    retry(shop, job.id, mailing.now)
                mailbox.arrived.clear()
            else:
                outcomes["again"] += 1
                assert arrived == 0
                mailing.later(hours=1)
        else:
            cable.cut_after = None
            [job] = run(mailing)
            assert job.state == "done"
        assert len(mailbox.arrived) == 1
        assert outcomes["again"] > 10
        cable.close()
