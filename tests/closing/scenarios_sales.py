"""Sales, refunds, voids, money outside turnover, payments that don't add up, numbers."""

from __future__ import annotations

from app.domain.ticket import Line
from tests.closing.plays import Cash, Closes, Restarts, Sells, Z, scenario
from tests.factories import line

BASKET: tuple[Line, ...] = (line(100_00), line(-30_00, label="CONSIGNE"))

SALES = (
    scenario(
        "a negative line in a sale is a refund",
        Sells("1/1", 70_00, "2021-01-02 09:00", lines=BASKET),
        # 100 sold, 30 given back: 70; absolute 100 + 30
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 70_00, 70_00, absolute=130_00, refunds=-30_00),
        ),
    ),
    scenario(
        "a void takes its ticket back, in refunds, the same day",
        Sells("1/1", 100_00, "2021-01-02 09:00", number="1"),
        Sells("1/1", 0, "2021-01-02 09:05", kind="void", ref="1", number="2"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                0,
                absolute=200_00,
                refunds=-100_00,
                tickets=2,
                tenders={"especes": 0},
                vat={("5.50", "goods"): (0, 0)},
                cash={"1/1": Cash(0, 0, 0, 0)},
            ),
        ),
    ),
    scenario(
        "a void of a day that is closed: its ticket stays there, the reverse is today's",
        Sells("1/1", 70_00, "2021-01-02 09:00", number="1", lines=BASKET, pays="cb"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 70_00, 70_00, absolute=130_00),
        ),
        Restarts(),
        # what the void says of itself does not count: it is the exact reverse
        Sells("1/1", -5_00, "2021-01-03 09:00", kind="void", ref="1", number="2"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                -70_00,
                0,
                absolute=200_00,
                refunds=-70_00,
                tickets=1,
                tenders={"cb": -70_00},
                findings={"void_differs": 1},
            ),
        ),
    ),
    scenario(
        "a void of a ticket nobody knows: a finding, and nothing else",
        Sells("1/1", 10_00, "2021-01-02 09:00"),
        Sells("1/1", -50_00, "2021-01-02 09:05", kind="void", ref="4711"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                10_00,
                tickets=2,
                refunds=0,
                tenders={"especes": 10_00},
                findings={"unknown_ref": 1},
            ),
        ),
    ),
    scenario(
        "a void of a refund sells again: refunds are never above zero",
        Sells("1/1", -20_00, "2021-01-02 09:00", kind="refund", number="1"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", -20_00, -20_00, absolute=20_00, refunds=-20_00),
        ),
        Sells("1/1", 0, "2021-01-03 09:00", kind="void", ref="1", number="2"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", 20_00, 0, absolute=40_00, refunds=0),
        ),
    ),
    scenario(
        "money outside turnover is in the tenders, not in the total",
        Sells(
            "1/1",
            86_50,
            "2021-01-02 09:00",
            pays=[("cb", 60_00), ("especes", 26_50)],
            lines=[
                line(50_00, nature="gift_card", label="CARTE CADEAU"),
                line(20_00, nature="deposit", label="ACOMPTE"),
                line(2_00, nature="tip", label="POURBOIRE"),
                line(-3, nature="rounding", label="ARRONDI"),
                line(4_53, nature="account_payment", label="RÈGLEMENT"),
                line(10_00),
            ],
        ),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                10_00,
                tenders={"cb": 60_00, "especes": 26_50},
                outside={
                    "gift_card": 50_00,
                    "deposit": 20_00,
                    "tip": 2_00,
                    "rounding": -3,
                    "account_payment": 4_53,
                },
                cash={"1/1": Cash(0, 26_50, 0, 26_50)},
            ),
        ),
    ),
    scenario(
        "a gift card given back is outside turnover too, and no refund",
        Sells(
            "1/1",
            -50_00,
            "2021-01-02 09:00",
            kind="refund",
            lines=[line(-50_00, nature="gift_card", label="CARTE CADEAU")],
        ),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                0,
                refunds=0,
                outside={"gift_card": -50_00},
                tenders={"especes": -50_00},
                cash={"1/1": Cash(0, -50_00, 0, -50_00)},
            ),
        ),
    ),
    scenario(
        "payments that lack or exceed: the gap is unknown, the sale is kept",
        Sells("1/1", 10_00, "2021-01-02 09:00", pays=[("cb", 8_00)]),
        Sells("1/1", 10_00, "2021-01-02 09:01", pays=[("especes", 10_50)]),
        Sells("1/1", 10_00, "2021-01-02 09:02", pays=[]),
        # 2,00 lack, 0,50 too much, 10,00 lack: 11,50
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                30_00,
                30_00,
                tenders={"cb": 8_00, "especes": 10_50, "inconnu": 11_50},
                findings={"sums_off": 3},
            ),
        ),
    ),
    scenario(
        "discounts: a returned article gives its discount back",
        Sells(
            "1/1",
            9_00,
            "2021-01-02 09:00",
            lines=[line(9_00, unit=10_00, discount=1_00)],
        ),
        Sells(
            "1/1",
            -4_50,
            "2021-01-02 10:00",
            kind="refund",
            lines=[line(-4_50, qty="-0.5", unit=10_00, discount=-50)],
        ),
        # sales are net of discounts: 9,00; 1,00 - 0,50 = 0,50 were given away
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                4_50,
                4_50,
                absolute=13_50,
                refunds=-4_50,
                discounts=50,
            ),
        ),
    ),
    scenario(
        "numbers that start again each morning leave no gap, those that jump do",
        Sells("1/1", 1_00, "2021-01-02 09:00", number="41"),
        Sells("1/1", 1_00, "2021-01-02 09:01", number="42"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 2_00, 2_00)),
        Sells("1/1", 1_00, "2021-01-03 09:00", number="1"),
        Sells("1/1", 1_00, "2021-01-03 09:01", number="2"),
        Closes("general", "2021-01-03 12:00", Z("G000002", "2021-01-03", 2_00, 4_00)),
        Sells("1/1", 1_00, "2021-01-03 13:00", number="5"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000003", "2021-01-03", 1_00, 5_00, findings={"gap": 2}),  # 3 and 4
        ),
        Sells("1/1", 1_00, "2021-01-03 13:01", number="4"),
        Sells("1/1", 1_00, "2021-01-03 20:01", number="6"),
        Closes("general", "2021-01-03 20:05", Z("G000004", "2021-01-03", 2_00, 7_00)),
        Sells("1/1", 1_00, "2021-01-04 09:00", number="8"),
        Closes(
            "general",
            "2021-01-04 20:00",
            Z("G000005", "2021-01-04", 1_00, 8_00, findings={"gap": 1}),  # 7
        ),
    ),
    scenario(
        "a till's clock that goes back between two tickets",
        Sells("1/1", 1_00, "2021-01-02 09:00"),
        Sells("1/1", 1_00, "2021-01-02 08:00"),
        Sells("1/1", 1_00, "2021-01-02 09:30"),
        Sells("2/1", 1_00, "2021-01-02 07:00"),  # another till's
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 4_00, 4_00, findings={"clock_back": 1}),
        ),
    ),
    scenario(
        "the same ticket with other content: the first stands, the other is told once",
        Sells("1/1", 10_00, "2021-01-02 09:00", number="1"),
        Sells("1/1", 99_00, "2021-01-02 09:00", number="1"),
        Sells("1/1", 10_00, "2021-01-02 09:00", number="1"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 10_00, 10_00, tickets=1, findings={"conflict": 1}),
        ),
        Sells("1/1", 20_00, "2021-01-03 09:00", number="2"),
        Closes("general", "2021-01-03 20:00", Z("G000002", "2021-01-03", 20_00, 30_00)),
    ),
)
