"""The Z by mail after a closure: once to each, whatever the network and the power do."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from app import bootstrap
from app.services.jobs import Job, retry, run_due, waiting_jobs
from app.services.secrets import keep_secret
from app.services.settings import change_settings
from app.transports import mail
from tests.conftest import Cloture
from tests.factories import ticket
from tests.transports.certificates import Certificates, make_certificates
from tests.transports.mail_server import (
    PASSWORD,
    UNSEEN_TLS,
    USER,
    Cable,
    free_port,
    mail_server,
)

pytestmark = pytest.mark.filterwarnings(UNSEEN_TLS)
OWNER, ACCOUNTANT = "anne@example.org", "compta@example.org"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificats"))


@pytest.fixture(autouse=True)
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    monkeypatch.setenv("SSL_CERT_DIR", str(certificates.authority.parent / "none"))
    monkeypatch.setattr(mail, "CONNECT_SECONDS", 1.0)
    monkeypatch.setattr(mail, "STEP_SECONDS", 1.0)


@pytest.fixture
def closed(cloture: Cloture, journal_file: Any) -> Cloture:
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


def waiting(cloture: Cloture) -> Job:
    with cloture.open() as shop:
        [job] = waiting_jobs(shop)
        return job


def nothing_by_itself(cloture: Cloture) -> None:
    """Days go by, and the job is not tried."""
    for _ in range(3):
        cloture.later(days=1)
        assert run(cloture) == []


def test_each_gets_the_z_once(closed: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port)
        [job] = run(closed)
        assert (job.state, job.detail) == (
            "done",
            f"Envoyé : propriétaire ({OWNER}), comptable ({ACCOUNTANT}).",
        )
        assert mailbox.recipients == [OWNER, ACCOUNTANT]
        closed.later(days=1)
        assert run(closed) == []
        assert len(mailbox.arrived) == 2
    first, second = mailbox.messages
    assert first["Subject"] == "Ticket Z n° 1 GÉNÉRALE du 05/01/2026 — Boulangerie d'essai"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"].endswith("@example.org>")
    body = first.get_body(("plain",))
    assert body is not None
    assert "Total TTC : 9,00 €" in body.get_content()
    files = [next(iter(message.iter_attachments())) for message in (first, second)]
    assert [file.get_filename() for file in files] == ["Z-G000001-2026-01-05.pdf"] * 2
    pdf = files[0].get_content()
    assert pdf == files[1].get_content()  # one edition, whoever it goes to
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Ticket Z n° 1 (G000001)" in text
    assert "DUPLICATA" not in text


def test_the_record_says_what_went_out(closed: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (_, port):
        set_to(closed, port=port)
        run(closed)
    texts = [event["text"] for event in closed.done("events")["events"]]
    sent = [text for text in texts if text.startswith("Envoi")]
    assert sent == [
        f"Envoi G000001/mail/owner à {OWNER} : préparé",
        f"Envoi G000001/mail/accountant à {ACCOUNTANT} : préparé",
        f"Envoi G000001/mail/owner à {OWNER} : en cours",
        f"Envoi G000001/mail/owner à {OWNER} : parti",
        f"Envoi G000001/mail/accountant à {ACCOUNTANT} : en cours",
        f"Envoi G000001/mail/accountant à {ACCOUNTANT} : parti",
    ]
    assert PASSWORD not in "".join(texts)


def test_no_server_is_tried_again_until_there_is_one(closed: Cloture, certificates: Certificates):
    for minutes in (1, 5, 15, 60):
        [job] = run(closed)
        assert job.state == "failed"
        assert job.next_try == closed.now + timedelta(minutes=minutes)
        closed.later(minutes=minutes)
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port)
        assert [job.state for job in run(closed)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_wrong_password_is_not_tried_again_by_itself(closed: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port, password="autre-chose")
        [job] = run(closed)
        assert (job.state, job.next_try) == ("failed", None)
        assert "mot de passe refusé" in job.detail
        nothing_by_itself(closed)
        assert closed.done("jobs")["jobs"][0]["next_try"] is None
        assert "attend quelqu'un" in closed("jobs").out
        set_to(closed, password=PASSWORD)
        assert [job.state for job in ask_again(closed)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_refused_address_keeps_nothing_from_the_other(
    closed: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt[OWNER] = "550 5.1.1 User unknown"
        set_to(closed, port=port)
        [job] = run(closed)
        assert job.next_try is None
        assert f"{OWNER} est refusée" in job.detail
        assert f"Envoyé : comptable ({ACCOUNTANT})." in job.detail
        assert mailbox.recipients == [ACCOUNTANT]
        nothing_by_itself(closed)
        set_to(closed, owner="anne.martin@example.org")
        [job] = ask_again(closed)
        assert job.state == "done"
        assert mailbox.recipients == [ACCOUNTANT, "anne.martin@example.org"]


def test_a_refused_address_is_left_alone_while_the_other_is_tried_again(
    closed: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt = {OWNER: "550 5.1.1 User unknown", ACCOUNTANT: "450 4.2.0 Greylisted"}
        set_to(closed, port=port)
        [job] = run(closed)
        assert job.next_try == closed.now + timedelta(minutes=1)
        mailbox.on_rcpt = {}
        closed.later(minutes=1)
        [job] = run(closed)
        assert mailbox.recipients == [ACCOUNTANT]  # the refused one was not even asked for
        assert (job.state, job.next_try) == ("failed", None)
        assert [job.state for job in ask_again(closed)] == ["done"]
        assert mailbox.recipients == [ACCOUNTANT, OWNER]


def test_a_server_that_refuses_the_size(closed: Cloture, certificates: Certificates):
    with mail_server(certificates.good, most=5_000) as (mailbox, port):
        set_to(closed, port=port)
        [job] = run(closed)
        assert job.next_try is None
        assert "votre fournisseur en accepte" in job.detail
        nothing_by_itself(closed)
        assert mailbox.arrived == []


def test_taken_and_then_cut_is_not_sent_again_by_itself(
    closed: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.drop_after_data = True
        set_to(closed, port=port, accountant="")
        [job] = run(closed)
        assert (job.state, job.next_try) == ("failed", None)
        assert "peut-être arrivé" in job.detail
        nothing_by_itself(closed)
        assert mailbox.recipients == [OWNER]
        mailbox.drop_after_data = False
        assert [job.state for job in ask_again(closed)] == ["done"]  # a person wanted it
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
    closed: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port)
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_give_text", killed_at("_give_text"))
            with pytest.raises(Killed):
                run(closed)
        assert [job.state for job in run(closed)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_power_cut_after_the_dot_is_held(
    closed: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port)
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_end", killed_at("_end"))
            with pytest.raises(Killed):
                run(closed)
        [job] = run(closed)
        assert (job.state, job.next_try) == ("failed", None)
        assert mailbox.recipients == [OWNER, ACCOUNTANT]  # hers once; the other's went
        nothing_by_itself(closed)
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_what_was_asked_once_is_not_asked_again_by_a_power_cut(
    closed: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.drop_after_data = True
        set_to(closed, port=port, accountant="")
        run(closed)
        mailbox.drop_after_data = False
        with monkeypatch.context() as patch:
            patch.setattr(mail, "_end", killed_at("_end"))
            with pytest.raises(Killed):
                ask_again(closed)
        assert len(mailbox.arrived) == 2
        [job] = run(closed)
        assert (job.state, job.next_try) == ("failed", None)
        nothing_by_itself(closed)
        assert len(mailbox.arrived) == 2


def test_the_record_alone_knows_what_was_sent(
    closed: Cloture, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt[ACCOUNTANT] = "450 4.2.0 Greylisted"
        set_to(closed, port=port)
        run(closed)
        (closed.folder / "parcels" / "2026-01.json").write_text("{", encoding="utf-8")
        mailbox.on_rcpt = {}
        closed.later(minutes=1)
        assert [job.state for job in run(closed)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


@pytest.mark.timeout(180)
def test_cut_anywhere_it_arrives_once_or_waits_for_a_person(
    closed: Cloture, certificates: Certificates
):
    """The cable is cut after each so many bytes; then there is no trouble any more."""
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, accountant="")
        cable = Cable(port, cut_after=0)
        set_to(closed, port=cable.port)
        outcomes = {"again": 0, "person": 0}
        for cut_after in (*range(0, 3_000, 250), *range(3_000, 48_000, 3_000)):
            cable.cut_after = cut_after
            before = len(mailbox.arrived)
            [job] = run(closed)
            if job.state == "done":
                break
            arrived = len(mailbox.arrived) - before
            if job.next_try is None:
                outcomes["person"] += 1
                assert arrived in (0, 1)
                with closed.open() as shop:
                    retry(shop, job.id, closed.now)
                mailbox.arrived.clear()
            else:
                outcomes["again"] += 1
                assert arrived == 0
                closed.later(hours=1)
        else:
            cable.cut_after = None
            [job] = run(closed)
            assert job.state == "done"
        assert len(mailbox.arrived) == 1
        assert outcomes["again"] > 10
        cable.close()


def test_a_demonstration_shop_sends_nothing(cloture: Cloture, certificates: Certificates):
    cloture.done("demo", "--days", "1")
    with mail_server(certificates.good) as (mailbox, port):
        with cloture.open() as shop:
            settings = {
                "mail.provider": "other",
                "mail.host": "localhost",
                "mail.port": port,
                "mail.user": USER,
                "mail.owner": OWNER,
                "mail.after_closure": "all",
            }
            change_settings(shop, settings, cloture.now)
            keep_secret(shop, "mail.password", PASSWORD)
        cloture.done("close", "general", "--confirm-clock")
        cloture.later(days=1)
        [job] = run(cloture)
        assert (job.state, job.detail) == (
            "done",
            "Boutique de démonstration : rien n'est envoyé.",
        )
        assert "rien n'est envoyé" in cloture.refused("mail", "test")
        assert mailbox.arrived == []


def test_a_trial_goes_to_the_owner(closed: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(closed, port=port)
        assert f"est parti à {OWNER}" in closed("mail", "test").out
        assert mailbox.recipients == [OWNER]
        set_to(closed, password="autre-chose")
        assert "mot de passe refusé" in closed.refused("mail", "test")
        set_to(closed, owner="", accountant="")
        assert "renseignez d'abord" in closed.refused("mail", "test")
    assert closed.done("mail")["host"] == "localhost"


def test_no_address_at_all_needs_a_person(closed: Cloture):
    set_to(closed, owner="", accountant="")
    [job] = run(closed)
    assert job.next_try is None
    assert "Personne à qui envoyer le Z" in job.detail


def test_a_closure_of_a_drawer_is_mailed_only_if_all_are(closed: Cloture, journal_file: Any):
    sold = ticket("5,00", number="2", at="2026-01-05T19:30")
    closed.done("import", journal_file(sold, name="b.jsonl"))
    assert closed.done("close", "caisse", "1/1")["follow_ups"] == []
    set_to(closed, after_closure="all")
    sold = ticket("6,00", number="3", at="2026-01-05T19:40")
    closed.done("import", journal_file(sold, name="c.jsonl"))
    made = closed.done("close", "caisse", "1/1")
    assert [row["job"] for row in made["follow_ups"]] == ["mail"]
