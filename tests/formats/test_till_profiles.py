"""The profiles of five tills on made-up exports of theirs, with figures worked out by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.domain.findings import NumberWatch, gather, ticket_findings
from app.domain.ticket import Ticket
from app.formats.profile_files import find_profile
from app.formats.read_tickets import is_second_file, read_payments, read_tickets
from tests.formats.samples import PROFILES, same
from tests.formats.till_samples import TILLS, write_samples

WHO = {"till": None, "drawer": None}


def tickets_of(folder: Path, till: str) -> list[Ticket]:
    """Every ticket of a till's made-up files, which must all be read."""
    profile = find_profile(till, [PROFILES])
    paths = write_samples(folder, till)
    seconds = [path for path in paths if is_second_file(path, profile)]
    payments = read_payments(seconds, profile, **WHO) if seconds else None
    items = []
    for path in paths:
        if path not in seconds:
            items += read_tickets(path, profile, payments=payments, **WHO)
    items += payments.rest() if payments else ()
    assert all(isinstance(item, Ticket) for item in items), items
    return items


def sums(tickets: list[Ticket]) -> tuple[int, int, dict[str, int], dict[str, int]]:
    """Turnover and its tax, what is outside by nature, and what each tender paid, in cents."""
    lines = [line for ticket in tickets for line in ticket.lines]
    outside: Counter[str] = Counter()
    for line in lines:
        if line.nature not in ("goods", "services"):
            outside[line.nature] += line.total
    turnover = [line for line in lines if line.nature in ("goods", "services")]
    tenders: Counter[str] = Counter()
    for ticket in tickets:
        for payment in ticket.payments:
            tenders[payment.method] += payment.amount
    return (
        sum(line.total for line in turnover),
        sum(line.tva or 0 for line in turnover),
        dict(outside),
        {method: amount for method, amount in tenders.items() if amount},
    )


def oddities(tickets: list[Ticket]) -> dict[str, int]:
    watch = NumberWatch({})
    found = []
    for ticket in tickets:
        watch.take(ticket)
        found += ticket_findings(ticket)
    return {f.kind: f.count for f in gather([*found, *watch.findings])}


@pytest.mark.parametrize(
    ("till", "turnover", "tax", "outside", "tenders", "odd"),
    [
        (
            *("sumup-fr", 3870, 414, {}),
            {"especes": 500, "cb": 2260 + 150, "inconnu": 960},
            {"split_payment": 1},
        ),
        (
            *("square", 4800, 800, {"tip": 400, "gift_card": 2500}),
            {"cb": 2840, "especes": 4860},
            {"currency": 4, "no_detail": 1},
        ),
        ("loyverse", 1550, 161, {}, {"especes": 2050, "cb": -500}, {"gap": 1, "no_detail": 1}),
        ("logics", 800, 105, {}, {"inconnu": 800}, {}),
        ("zettle", 5010, 1002, {}, {"especes": 5000, "mobilepay": 10}, {}),
    ],
)
def test_the_totals_of_a_till(tmp_path, till, turnover, tax, outside, tenders, odd):
    tickets = tickets_of(tmp_path, till)
    assert sums(tickets) == (turnover, tax, outside, tenders)
    assert oddities(tickets) == odd


def test_every_bundled_till_has_a_made_up_sample():
    bundled = {path.stem for path in PROFILES.glob("*.json")}
    assert bundled == {"journal", "boulangerie", *TILLS}


def test_weights_discounts_and_a_shared_payment(tmp_path):
    _, second, shared, *_ = tickets_of(tmp_path, "sumup-fr")
    honey = {
        **{"code": "M1", "label": "Pot de miel", "family": "Épicerie", "qty": "2"},
        **{"discount": 100, "total": 1300, "vat": "5.5", "tva": "0,68"},
    }
    basket = {"label": "Panier", "family": "Divers", "total": 960, "vat": "20", "tva": "1,60"}
    same(
        second,
        {
            **{"till": "1", "number": "TMADBPW", "at": "2026-03-03T09:12", "cashier": "Zoé"},
            "lines": [honey, basket],
            "payments": [{"method": "cb", "amount": 2260}],
        },
    )
    same(
        shared,
        {
            **{
                "till": "1",
                "number": "TMADCQX, TMADDRY",
                "at": "2026-03-03T09:40",
                "cashier": "Zoé",
            },
            "lines": [basket],
            "payments": [{"method": "inconnu", "amount": 960}],
            "findings": ["split_payment"],
        },
    )


def test_a_refund_without_sign_and_a_line_without_rate(tmp_path):
    *_, bread, sale, refund = tickets_of(tmp_path, "sumup-fr")
    assert (bread.lines[0].vat, bread.lines[0].tva) == (0, 0)
    assert (sale.kind, refund.kind) == ("sale", "refund")
    assert (refund.lines[0].qty, refund.lines[0].total, refund.lines[0].tva) == (-1, -360, -60)
    assert refund.payments[0].amount == -360


def test_a_line_in_another_currency_refuses_its_ticket_and_no_other(tmp_path):
    (path, _) = write_samples(tmp_path, "sumup-fr")
    text = path.read_text("utf-8").replace("M1,EUR", "M1,CHF")
    path.write_text(text, encoding="utf-8")
    profile = find_profile("sumup-fr", [PROFILES])
    items = list(read_tickets(path, profile, till=None, drawer=None))
    refused = [item for item in items if not isinstance(item, Ticket)]
    # Its two lines, the one in francs and the other; both other tickets are there.
    assert [item.line for item in refused] == [3, 4]
    assert refused[0].reason == (
        "le montant n'est pas en euros mais dans une autre devise : « CHF »"
    )
    assert len(items) - len(refused) == 2


def test_amounts_without_tax_tips_and_a_sale_known_by_its_payment(tmp_path):
    cut, soap, back, alone = tickets_of(tmp_path, "square")
    service = {
        **{"label": "Coupe", "family": "Salon", "nature": "services", "total": 3600},
        **{"vat": "20", "tva": "6"},
    }
    tip = {"label": "Pourboire", "nature": "tip", "total": 400}
    same(
        cut,
        {
            **{"till": "1", "number": "PAYA", "at": "2026-03-03T09:10", "cashier": "Lou"},
            "lines": [service, tip],
            "payments": [{"method": "cb", "amount": 4000}],
            "findings": ["currency $"],
        },
    )
    assert [(p.method, p.amount) for p in soap.payments] == [("cb", 1000), ("especes", 1160)]
    assert (soap.lines[0].qty, soap.lines[0].discount, soap.lines[0].total) == (2, 240, 2160)
    assert (back.kind, back.lines[0].qty, back.lines[0].total) == ("refund", -2, -2160)
    assert alone.number == "PAYC"
    assert [(x.label, x.nature, x.total) for x in alone.lines] == [
        ("Peigne", "goods", 1200),
        ("Carte cadeau", "gift_card", 2500),
    ]
    assert cut.findings == ("currency $",)
    assert alone.findings == ("currency $", "no_detail")


def test_a_cancelled_receipt_and_a_refund_signed_in_one_column_only(tmp_path):
    sale, refund, alone = tickets_of(tmp_path, "loyverse")
    assert [ticket.number for ticket in (sale, refund, alone)] == ["1-0101", "1-0102", "1-0104"]
    assert {ticket.till for ticket in (sale, refund, alone)} == {"POS 1"}
    assert (refund.kind, refund.lines[0].qty, refund.lines[0].total) == ("refund", -1, -1200)
    assert [(line.vat, line.tva) for line in sale.lines] == [(550, 44), (2000, 200)]


def test_taxes_of_six_decimals_are_rounded_by_line_and_kept_as_written(tmp_path):
    first, book, back = tickets_of(tmp_path, "logics")
    assert first.at.isoformat() == "2026-03-05T10:01:10+01:00"
    assert [(line.tva, line.tva_text) for line in (*first.lines, *book.lines, *back.lines)] == [
        (75, "0.75"),
        (25, "0.25"),
        (13, "0.130332"),
        (-8, "-0.083333"),
    ]
    assert (book.lines[0].label, book.lines[0].vat) == ("BD 0,50", 550)
    assert (back.kind, back.lines[0].qty) == ("refund", -1)


def test_the_dates_and_the_note_of_a_workbook(tmp_path):
    first, cash, back, night = tickets_of(tmp_path, "zettle")
    assert first.at.isoformat() == "2026-03-06T10:02:03+01:00"
    assert night.at.isoformat() == "2026-03-07T00:20:00+01:00"
    assert (first.number, first.cashier, first.lines[0].vat) == ("701", "Ida", 2500)
    assert cash.payments[0].method == "especes"
    assert (back.kind, back.lines[0].total, back.lines[0].tva) == ("refund", -2500, -500)
    assert (night.lines[0].total, night.lines[0].tva) == (10, 2)


@pytest.mark.parametrize("till", TILLS)
def test_a_file_is_told_from_those_of_other_tills(tmp_path, till):
    profile = find_profile(till, [PROFILES])
    first = write_samples(tmp_path, till)[0]
    assert not is_second_file(first, profile)
    for other in TILLS:
        if other != till:
            reading = read_tickets(first, find_profile(other, [PROFILES]), known=[profile], **WHO)
            with pytest.raises(Exception, match=f"{till} : choisissez-le"):
                list(reading)
