"""The Z on paper, as a PDF and by mail, with a finger: what is pressed, told, and comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from app import bootstrap
from app.printers import network
from app.services.settings import change_settings
from app.transports import mail
from app.ui.kiosk import follow_ups_begin
from app.ui.screens.monthly_recap import MonthlyRecapScreen
from app.ui.screens.settings_tree import SettingsScreen
from app.ui.screens.z_view import ZViewScreen
from tests.factories import ticket
from tests.printers.paper_printer import PaperPrinter
from tests.transports.certificates import make_certificates
from tests.transports.mail_server import PASSWORD, UNSEEN_TLS, USER, Mailbox, mail_server
from tests.ui.closing_kiosk import Clock, ClosingKiosk

OWNER = "anne@example.org"
pytestmark = pytest.mark.filterwarnings(UNSEEN_TLS)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def program(tmp_path, clock):
    return bootstrap.program(tmp_path / "shop", clock, io.StringIO())


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperPrinter]:
    for name in ("CONNECT_SECONDS", "ANSWER_SECONDS", "SEND_SECONDS", "PRINTED_SECONDS"):
        monkeypatch.setattr(network, name, 1.5)
    printer = PaperPrinter()
    yield printer
    printer.close()


@pytest.fixture
def kiosk(window, program, finger, faults) -> ClosingKiosk:
    """A shop with tickets of today."""
    kiosk = ClosingKiosk(window, program, finger)
    kiosk.take(ticket(1000, at="2026-11-21T19:00"))
    kiosk.start()
    return kiosk


@pytest.fixture
def mailbox(tmp_path, kiosk, monkeypatch) -> Iterator[Mailbox]:
    """A mail server, and the shop's settings for it."""
    folder = tmp_path / "certificats"
    folder.mkdir()
    certificates = make_certificates(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    monkeypatch.setattr(mail, "STEP_SECONDS", 2)
    with mail_server(certificates.good) as (mailbox, port):
        change(
            kiosk,
            **{
                "mail.provider": "other",
                "mail.host": "localhost",
                "mail.port": port,
                "mail.user": USER,
                "mail.owner": OWNER,
            },
        )
        yield mailbox


def change(kiosk: ClosingKiosk, **values: Any) -> None:
    with kiosk.program.open_shop() as shop:
        change_settings(shop, values, kiosk.program.clock())


def plug(kiosk: ClosingKiosk, printer: PaperPrinter, **more: Any) -> None:
    settings = {"print.printer": "network", "print.address": printer.place, **more}
    change(kiosk, **settings)


def close(kiosk: ClosingKiosk) -> None:
    kiosk.choose("GÉNÉRALE")
    kiosk.finger.press("Compter les espèces")
    kiosk.finger.press("Ne pas compter ce tiroir")
    kiosk.confirm()


def open_settings(kiosk: ClosingKiosk, page: str) -> None:
    kiosk.shell.nav.start(SettingsScreen)
    kiosk.finger.press(page)


def test_a_z_is_printed_from_its_screen(kiosk, finger, printer):
    plug(kiosk, printer)
    close(kiosk)
    finger.press("Voir le ticket Z")
    finger.press("Imprimer")
    assert finger.sees("Le Z est imprimé")
    assert finger.sees("1 exemplaire imprimé.")
    finger.press("OK")
    finger.press("Imprimer")
    assert finger.sees("1 exemplaire imprimé (DUPLICATA n° 1).")
    finger.press("OK")
    assert [paper.lines[0] for paper in printer.tickets] == [
        "Ticket Z n° 1 (G000001) - GÉNÉRALE"
    ] * 2


def test_without_a_printer_it_is_told_where_to_choose_one(kiosk, finger):
    close(kiosk)
    finger.press("Voir le ticket Z")
    finger.press("Imprimer")
    assert finger.sees("Aucune imprimante n'est réglée")
    finger.press("OK")


def test_no_paper_is_told_and_the_next_try_prints_the_original(kiosk, finger, printer):
    plug(kiosk, printer)
    close(kiosk)
    finger.press("Voir le ticket Z")
    printer.printer, printer.paper = 0x1A, 0x72
    finger.press("Imprimer")
    assert finger.sees("L'imprimante n'a plus de papier")
    finger.press("OK")
    printer.printer = printer.paper = 0x12
    finger.press("Imprimer")
    assert finger.sees("1 exemplaire imprimé.")


def test_after_a_closure_the_card_tells_and_cures(kiosk, finger, printer):
    plug(kiosk, printer, **{"print.after_closure": "general"})
    printer.printer, printer.offline_cause = 0x1A, 0x16
    close(kiosk)
    assert finger.sees("Clôture terminée. Ticket Z n° 1")
    assert finger.sees("Impression du Z : à refaire")
    assert finger.sees("Le capot de l'imprimante est ouvert")
    printer.printer = printer.offline_cause = 0x12
    finger.press("Réessayer")
    assert finger.sees("Impression du Z : fait")
    assert len(printer.tickets) == 1


def test_the_printer_s_page(kiosk, finger, printer):
    open_settings(kiosk, "Imprimante de tickets")
    assert not finger.sees("Adresse de l'imprimante")
    assert not finger.can_press("Imprimer un essai")
    finger.press("Comment elle est reliée")
    finger.press("Imprimante réseau, par son adresse")
    assert finger.sees("Enregistré")
    assert finger.sees("Adresse de l'imprimante")
    assert not finger.sees("Imprimante de Windows")
    finger.press("Imprimer un essai")
    assert finger.sees("L'adresse de l'imprimante n'est pas réglée")
    finger.press("OK")
    finger.press("Adresse de l'imprimante")
    finger.type("192.168.1.50")
    finger.press("OK")
    assert finger.sees("192.168.1.50")
    plug(kiosk, printer)
    finger.press("Imprimer un essai")
    assert finger.sees("Essai imprimé")
    assert finger.sees("chaque ligne de chiffres tient sur une seule ligne")
    finger.press("OK")
    [paper] = printer.tickets
    assert paper.lines[0] == "Essai d'impression"


def test_the_mail_s_page(kiosk, finger, mailbox):
    open_settings(kiosk, "Mail")
    assert finger.sees("Serveur d'envoi (SMTP)")
    finger.press("Envoyer un mail d'essai")
    assert finger.sees("Le mot de passe du mail n'est pas renseigné")
    finger.press("OK")
    change(kiosk, **{"mail.password": PASSWORD})
    finger.press("Envoyer un mail d'essai")
    assert finger.sees("Essai envoyé")
    assert finger.sees(f"Le mail d'essai est parti à {OWNER}")
    finger.press("OK")
    assert mailbox.recipients == [OWNER]
    finger.press("Fournisseur de votre adresse mail")
    finger.press("Gmail")
    assert finger.sees("Enregistré")
    assert finger.sees("mot de passe d'application")
    assert not finger.sees("Serveur d'envoi (SMTP)")


def test_after_a_closure_the_mail_s_card(kiosk, finger, mailbox):
    change(kiosk, **{"mail.after_closure": "general", "mail.password": "autre-chose"})
    close(kiosk)
    assert finger.sees("Envoi par mail : à refaire")
    assert finger.sees("Identifiant ou mot de passe refusé")
    change(kiosk, **{"mail.password": PASSWORD})
    finger.press("Réessayer")
    assert finger.sees("Envoi par mail : fait")
    assert finger.sees(f"Envoyé : propriétaire ({OWNER}).")
    assert mailbox.recipients == [OWNER]


def test_a_z_and_a_month_as_pdf(kiosk, finger, tmp_path):
    close(kiosk)
    folder = kiosk.program.folder / "export"
    kiosk.shell.nav.go(ZViewScreen, closure_id="G000001")
    for name in ("Z-G000001-2026-11-21.pdf", "Z-G000001-2026-11-21-duplicata-1.pdf"):
        finger.press("Enregistrer en PDF")
        finger.press("Dossier d'export de ce poste")
        assert finger.sees("Le PDF est enregistré")
        finger.press("OK")
        assert (folder / name).read_bytes().startswith(b"%PDF-")
    kiosk.shell.nav.go(MonthlyRecapScreen)
    finger.press("Enregistrer en PDF")
    finger.press("Dossier d'export de ce poste")
    finger.press("OK")
    assert (folder / "Recapitulatif-2026-11.pdf").exists()


def test_a_place_that_is_gone_is_told(kiosk, finger, monkeypatch):
    close(kiosk)
    (kiosk.program.folder / "export").write_text("")
    kiosk.shell.nav.go(ZViewScreen, closure_id="G000001")
    finger.press("Enregistrer en PDF")
    finger.press("Dossier d'export de ce poste")
    assert finger.sees("Ce n'est pas possible")
    finger.press("OK")
    (kiosk.program.folder / "export").unlink()
    finger.press("Dossier d'export de ce poste")
    assert finger.sees("Z-G000001-2026-11-21.pdf")  # still the original


def test_a_start_tries_again_by_itself(kiosk, finger, printer):
    plug(kiosk, printer, **{"print.after_closure": "general"})
    printer.printer, printer.paper = 0x1A, 0x72
    close(kiosk)
    assert finger.sees("Impression du Z : à refaire")
    printer.printer = printer.paper = 0x12
    kiosk.start()
    follow_ups_begin(kiosk.shell)
    assert len(printer.tickets) == 1
    kiosk.shell.nav.current.refresh()
    assert finger.sees("Rien à signaler")
