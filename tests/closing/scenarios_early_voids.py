"""Voids that come before their ticket: in one file or another, its period closed or not."""

from __future__ import annotations

from tests.closing.plays import Cash, Closes, Rebuilds, Restarts, Sells, Takes, Z, scenario
from tests.closing.scenarios_voids import SOLD, void
from tests.factories import line

BASKET = (line(100_00), line(-30_00, label="CONSIGNE"), line(20_00, nature="gift_card"))
BOTH = {"void_first": 1}

EARLY_VOIDS = (
    scenario(
        "a void before its ticket in one file: the same sums as the other way round",
        Takes(void("2021-01-02 09:05", "1", "2"), SOLD),
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
                findings={"unknown_ref": 1, **BOTH},
                cash={"1/1": Cash(0, 0, 0, 0)},
            ),
        ),
    ),
    scenario(
        "a void whose ticket comes in a later file, the state made anew between them",
        void("2021-01-02 09:05", "1", "2"),
        Rebuilds(),
        Sells("1/1", 70_00, "2021-01-02 09:00", number="1", lines=BASKET[:2], pays="cb"),
        # 100 sold; 30 given back and 70 by the void
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
                tenders={"cb": 0},
                findings={"unknown_ref": 1, **BOTH},
            ),
        ),
    ),
    scenario(
        "a void whose period is closed when its ticket comes: both count where the ticket does",
        Sells("1/1", 10_00, "2021-01-02 09:00", number="7"),
        void("2021-01-02 09:05", "1", "8"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 10_00, 10_00, tickets=2, findings={"unknown_ref": 1}),
        ),
        Restarts(),
        Sells(
            "1/1",
            90_00,
            "2021-01-02 08:30",
            number="1",
            lines=BASKET,
            pays=[("cb", 50_00), ("especes", 39_00)],
        ),
        # late: 100 sold, 30 given back, then 70 of turnover and 20 of gift card taken back;
        # the payments lacked 1,00, which is unknown, and taken back too
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-02",
                0,
                10_00,
                absolute=210_00,
                refunds=-100_00,
                late=1,
                tickets=1,
                tenders={"cb": 0, "especes": 0, "inconnu": 0},
                outside={"gift_card": 0},
                findings={"sums_off": 1, **BOTH},
            ),
            confirm_clock=True,
        ),
    ),
    scenario(
        "a void of a refund before the refund: sold again",
        void("2021-01-02 09:05", "1", "2"),
        Sells("1/1", -20_00, "2021-01-02 09:00", kind="refund", number="1"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                0,
                absolute=40_00,
                refunds=-20_00,
                findings={"unknown_ref": 1, **BOTH},
            ),
        ),
    ),
    scenario(
        "a second void after a void that came first: it counts nothing",
        void("2021-01-02 09:05", "1", "2"),
        SOLD,
        void("2021-01-02 09:06", "1", "3"),
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
                findings={"unknown_ref": 1, "void_again": 1, **BOTH},
            ),
        ),
    ),
    scenario(
        "two voids of one day, both before their ticket: one counts",
        void("2021-01-02 09:05", "1", "2"),
        void("2021-01-02 09:06", "1", "3"),
        SOLD,
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
                findings={"unknown_ref": 1, "void_again": 1, **BOTH},
            ),
        ),
    ),
    scenario(
        "a void taken back whose ticket came after it: sold again",
        void("2021-01-02 09:05", "1", "2"),
        SOLD,
        void("2021-01-02 09:06", "2", "3"),
        Closes(
            "general",
            "2021-01-02 12:00",
            Z(
                "G000001",
                "2021-01-02",
                100_00,
                100_00,
                absolute=300_00,
                refunds=-100_00,
                tenders={"especes": 100_00},
                findings={"unknown_ref": 1, **BOTH},
            ),
        ),
        void("2021-01-02 13:00", "1", "4"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000002", "2021-01-02", -100_00, 0, absolute=400_00, refunds=-100_00),
        ),
    ),
    scenario(
        "a void taken back before its ticket comes: the ticket stands, until it is voided again",
        void("2021-01-02 09:05", "1", "2"),
        void("2021-01-02 09:06", "2", "3"),
        SOLD,
        Closes(
            "general",
            "2021-01-02 12:00",
            Z("G000001", "2021-01-02", 100_00, 100_00, refunds=0, findings={"unknown_ref": 2}),
        ),
        # the void of the void is taken back in its turn: the first one holds again
        void("2021-01-02 13:00", "3", "4"),
        void("2021-01-02 13:01", "1", "5"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000002",
                "2021-01-02",
                -100_00,
                0,
                absolute=200_00,
                refunds=-100_00,
                findings={"void_again": 1},
            ),
        ),
    ),
    scenario(
        "a void of a void, all in the wrong order: the ticket stands",
        void("2021-01-02 09:06", "2", "3"),
        void("2021-01-02 09:05", "1", "2"),
        SOLD,
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                100_00,
                100_00,
                refunds=0,
                findings={"unknown_ref": 2, **BOTH},
            ),
        ),
    ),
    scenario(
        "a void reaches thirty days back, and into the year before, whichever comes first",
        void("2021-01-30 10:00", "1", "A1"),
        void("2021-01-30 10:01", "2", "A2"),
        Sells("1/1", 40_00, "2020-12-31 10:00", number="1"),
        Sells("1/1", 20_00, "2020-12-30 10:00", number="2"),  # 31 days: another one's number
        Closes(
            "general",
            "2021-01-30 20:00",
            Z(
                "G000001",
                "2021-01-30",
                20_00,
                20_00,
                absolute=100_00,
                refunds=-40_00,
                findings={"unknown_ref": 2, **BOTH},
            ),
        ),
    ),
)
