"""The Z by mail after a closure: once to each, and what was refused says why."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from app.services.secrets import keep_secret
from app.services.settings import change_settings
from tests.conftest import Cloture
from tests.factories import ticket
from tests.services.mailing import ACCOUNTANT, OWNER, ask_again, nothing_by_itself, run, set_to
from tests.transports.certificates import Certificates
from tests.transports.mail_server import PASSWORD, UNSEEN_TLS, USER, free_port, mail_server

pytestmark = pytest.mark.filterwarnings(UNSEEN_TLS)


def test_each_gets_the_z_once(mailing: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port)
        [job] = run(mailing)
        assert (job.state, job.detail) == (
            "done",
            f"Envoyé : propriétaire ({OWNER}), comptable ({ACCOUNTANT}).",
        )
        assert mailbox.recipients == [OWNER, ACCOUNTANT]
        mailing.later(days=1)
        assert run(mailing) == []
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


def test_the_record_says_what_went_out(mailing: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (_, port):
        set_to(mailing, port=port)
        run(mailing)
    texts = [event["text"] for event in mailing.done("events")["events"]]
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


def test_no_server_is_tried_again_until_there_is_one(mailing: Cloture, certificates: Certificates):
    for minutes in (1, 5, 15, 60):
        [job] = run(mailing)
        assert job.state == "failed"
        assert job.next_try == mailing.now + timedelta(minutes=minutes)
        mailing.later(minutes=minutes)
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port)
        assert [job.state for job in run(mailing)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_wrong_password_is_not_tried_again_by_itself(
    mailing: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port, password="autre-chose")
        [job] = run(mailing)
        assert (job.state, job.next_try) == ("failed", None)
        assert "mot de passe refusé" in job.detail
        nothing_by_itself(mailing)
        assert mailing.done("jobs")["jobs"][0]["next_try"] is None
        assert "attend quelqu'un" in mailing("jobs").out
        set_to(mailing, password=PASSWORD)
        assert [job.state for job in ask_again(mailing)] == ["done"]
        assert mailbox.recipients == [OWNER, ACCOUNTANT]


def test_a_refused_address_keeps_nothing_from_the_other(
    mailing: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt[OWNER] = "550 5.1.1 User unknown"
        set_to(mailing, port=port)
        [job] = run(mailing)
        assert job.next_try is None
        assert f"{OWNER} est refusée" in job.detail
        assert f"Envoyé : comptable ({ACCOUNTANT})." in job.detail
        assert mailbox.recipients == [ACCOUNTANT]
        nothing_by_itself(mailing)
        set_to(mailing, owner="anne.martin@example.org")
        [job] = ask_again(mailing)
        assert job.state == "done"
        assert mailbox.recipients == [ACCOUNTANT, "anne.martin@example.org"]


def test_a_refused_address_is_left_alone_while_the_other_is_tried_again(
    mailing: Cloture, certificates: Certificates
):
    with mail_server(certificates.good) as (mailbox, port):
        mailbox.on_rcpt = {OWNER: "550 5.1.1 User unknown", ACCOUNTANT: "450 4.2.0 Greylisted"}
        set_to(mailing, port=port)
        [job] = run(mailing)
        assert job.next_try == mailing.now + timedelta(minutes=1)
        mailbox.on_rcpt = {}
        mailing.later(minutes=1)
        [job] = run(mailing)
        assert mailbox.recipients == [ACCOUNTANT]  # the refused one was not even asked for
        assert (job.state, job.next_try) == ("failed", None)
        assert [job.state for job in ask_again(mailing)] == ["done"]
        assert mailbox.recipients == [ACCOUNTANT, OWNER]


def test_a_server_that_refuses_the_size(mailing: Cloture, certificates: Certificates):
    with mail_server(certificates.good, most=5_000) as (mailbox, port):
        set_to(mailing, port=port)
        [job] = run(mailing)
        assert job.next_try is None
        assert "votre fournisseur en accepte" in job.detail
        nothing_by_itself(mailing)
        assert mailbox.arrived == []


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


def test_a_trial_goes_to_the_owner(mailing: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port)
        assert f"est parti à {OWNER}" in mailing("mail", "test").out
        assert mailbox.recipients == [OWNER]
        set_to(mailing, password="autre-chose")
        assert "mot de passe refusé" in mailing.refused("mail", "test")
        set_to(mailing, owner="", accountant="")
        assert "renseignez d'abord" in mailing.refused("mail", "test")
    set_to(mailing, owner=OWNER, port=free_port())
    sentence = mailing.refused("mail", "test")
    assert "Rien n'est parti" in sentence
    assert "réessay" not in sentence  # a trial waits nowhere
    assert mailing.done("mail")["host"] == "localhost"


def test_who_is_owner_and_accountant_gets_one(mailing: Cloture, certificates: Certificates):
    with mail_server(certificates.good) as (mailbox, port):
        set_to(mailing, port=port, accountant=OWNER.upper())
        assert [job.detail for job in run(mailing)] == [f"Envoyé : propriétaire ({OWNER})."]
        assert mailbox.recipients == [OWNER]


def test_no_address_at_all_needs_a_person(mailing: Cloture):
    set_to(mailing, owner="", accountant="")
    [job] = run(mailing)
    assert job.next_try is None
    assert "Personne à qui envoyer le Z" in job.detail


def test_a_closure_of_a_drawer_is_mailed_only_if_all_are(mailing: Cloture, journal_file: Any):
    sold = ticket("5,00", number="2", at="2026-01-05T19:30")
    mailing.done("import", journal_file(sold, name="b.jsonl"))
    assert mailing.done("close", "caisse", "1/1")["follow_ups"] == []
    set_to(mailing, after_closure="all")
    sold = ticket("6,00", number="3", at="2026-01-05T19:40")
    mailing.done("import", journal_file(sold, name="c.jsonl"))
    made = mailing.done("close", "caisse", "1/1")
    assert [row["job"] for row in made["follow_ups"]] == ["mail"]
