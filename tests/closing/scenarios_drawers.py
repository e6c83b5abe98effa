"""The drawers: float + received ± moves = expected, what was counted, left, banked, carried on."""

from __future__ import annotations

from app.domain.cash import Count
from tests.closing.plays import Cash, Closes, Moves, Reads, Restarts, Sells, Z, cash, scenario

DRAWERS = (
    scenario(
        "a float declared after a move: what was moved before is in it already",
        Moves("float", "1/1", 150_00, "2021-01-02 08:00"),
        Moves("out", "1/1", 50_00, "2021-01-02 08:05"),
        Moves("float", "1/1", 100_00, "2021-01-02 08:10"),
        Sells("1/1", 20_00, "2021-01-02 09:00"),
        Moves("in", "1/1", 5_00, "2021-01-02 10:00"),
        # 100 + 20 + 5, the 50 taken out before being no longer there to take
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                20_00,
                20_00,
                cash={"1/1": Cash(100_00, 20_00, 5_00, 125_00)},
            ),
        ),
    ),
    scenario(
        "a drawer's day: float, sales, change fetched, an outlay, counted 2,00 short",
        Moves("float", "1/1", 100_00, "2021-01-02 08:00"),
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Sells("1/1", 30_00, "2021-01-02 09:30", pays="cb"),
        Moves("in", "1/1", 5_00, "2021-01-02 10:00"),
        Moves("out", "1/1", 20_00, "2021-01-02 11:00"),
        Sells("1/1", -3_00, "2021-01-02 12:00", kind="refund"),
        # received 50 - 3 = 47; 100 + 47 + (5 - 20) = 132; 130 - 132 = -2
        Reads("general", "2021-01-02 19:00", 77_00, {"1/1": Cash(100_00, 47_00, -15_00, 132_00)}),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                77_00,
                77_00,
                absolute=83_00,  # 80 sold, 3 refunded
                tenders={"especes": (47_00, 45_00, -2_00), "cb": (30_00, None, None)},
                cash={"1/1": Cash(100_00, 47_00, -15_00, 132_00, 130_00, -2_00, 90_00, 40_00)},
            ),
            count={"1/1": cash(130_00, left=90_00, banked=40_00)},
        ),
        # moves are taken once; the float is what was left
        Sells("1/1", 10_00, "2021-01-03 09:00"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                10_00,
                87_00,
                absolute=93_00,
                cash={"1/1": Cash(90_00, 10_00, 0, 100_00)},
            ),
        ),
    ),
    scenario(
        "nothing said of what is left: counted less banked",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(0, 50_00, 0, 50_00, 51_00, 1_00, None, 30_00)},
            ),
            count={"1/1": cash(51_00, banked=30_00)},
        ),
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(21_00, 0, 0, 21_00)}),
    ),
    scenario(
        "counted and nothing else said: it all stays there",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": Count(coins={20_00: 2, 5_00: 1, 2_00: 2, 50: 1})},
        ),
        # 40 + 5 + 4 + 0,50 = 49,50
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(49_50, 0, 0, 49_50)}),
    ),
    scenario(
        "what nobody counts carries over, through a GÉNÉRALE and a restart",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Moves("out", "1/1", 5_00, "2021-01-02 10:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                50_00,
                50_00,
                tenders={"especes": (50_00, None, None)},
                cash={"1/1": Cash(0, 50_00, -5_00, 45_00)},
            ),
        ),
        Restarts(),
        Sells("1/1", 30_00, "2021-01-03 09:00"),
        # 50 + 30 = 80 received since the last count; 80 - 5 = 75. Of the 30 of today 79 were
        # counted: yesterday's are among them, and 1 is missing
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                30_00,
                80_00,
                tenders={"especes": (30_00, 79_00, -1_00)},
                cash={"1/1": Cash(0, 80_00, -5_00, 75_00, 74_00, -1_00)},
            ),
            count={"1/1": cash(74_00)},
        ),
        Reads("caisse:1/1", "2021-01-04 08:00", 0, {"1/1": Cash(74_00, 0, 0, 74_00)}),
    ),
    scenario(
        "a CAISSE counts, the GÉNÉRALE after it has nothing left to count",
        Moves("float", "1/1", 100_00, "2021-01-02 08:00"),
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "caisse:1/1",
            "2021-01-02 19:00",
            Z(
                "C1.1-000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(100_00, 50_00, 0, 150_00, 148_00, -2_00, 100_00, 48_00)},
            ),
            count={"1/1": cash(148_00, left=100_00, banked=48_00)},
        ),
        # the 2,00 were found once, by the CAISSE: they show in the figures, not in the drawer
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                50_00,
                figures=50_00,
                covers=["C1.1-000001"],
                tenders={"especes": (50_00, 48_00, -2_00)},
                cash={"1/1": Cash(100_00, 0, 0, 100_00)},
            ),
        ),
    ),
    scenario(
        "a CAISSE does not count, the GÉNÉRALE does: for both",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Sells("1/1", 8_00, "2021-01-02 09:30", pays="cheque"),
        Closes("caisse:1/1", "2021-01-02 19:00", Z("C1.1-000001", "2021-01-02", 58_00, 58_00)),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                58_00,
                figures=58_00,
                covers=["C1.1-000001"],
                tenders={"especes": (50_00, 50_00, 0), "cheque": (8_00, 7_00, -1_00)},
                cash={"1/1": Cash(0, 50_00, 0, 50_00, 50_00, 0)},
            ),
            count={"1/1": cash(50_00, cheque=7_00)},
        ),
    ),
    scenario(
        "banked without a count: the drawer holds that much less",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(0, 50_00, 0, 50_00, None, None, None, 40_00)},
            ),
            count={"1/1": Count(banked=40_00)},
        ),
        Sells("1/1", 20_00, "2021-01-03 09:00"),
        # 50 + 20 received, 40 banked: 30 are there
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                20_00,
                70_00,
                cash={"1/1": Cash(0, 70_00, -40_00, 30_00, 30_00, 0)},
            ),
            count={"1/1": cash(30_00)},
        ),
    ),
    scenario(
        "a closure up to a moment takes the moves up to it",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Moves("out", "1/1", 5_00, "2021-01-02 12:00"),
        Moves("out", "1/1", 8_00, "2021-01-02 12:01"),
        Closes(
            "caisse:1/1",
            "2021-01-02 20:00",
            Z(
                "C1.1-000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(0, 50_00, -5_00, 45_00)},
            ),
            until="2021-01-02 12:00",
        ),
        Closes(
            "general",
            "2021-01-02 20:01",
            Z(
                "G000001",
                "2021-01-02",
                0,
                50_00,
                figures=50_00,
                covers=["C1.1-000001"],
                cash={"1/1": Cash(0, 50_00, -13_00, 37_00)},
            ),
        ),
    ),
    scenario(
        "this morning's float is no part of the day that was forgotten",
        Moves("float", "1/1", 100_00, "2021-01-02 08:00"),
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Moves("float", "1/1", 120_00, "2021-01-03 08:00"),
        Sells("1/1", 20_00, "2021-01-03 09:00"),
        Closes(
            "general",
            "2021-01-03 09:30",
            Z(
                "G000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(100_00, 50_00, 0, 150_00)},
            ),
            until="2021-01-02",
        ),
        Restarts(),
        Reads("caisse:1/1", "2021-01-03 10:00", 20_00, {"1/1": Cash(120_00, 20_00, 0, 140_00)}),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                20_00,
                70_00,
                cash={"1/1": Cash(120_00, 20_00, 0, 140_00)},
            ),
        ),
    ),
    scenario(
        "a float that is declared stands in for what was carried over",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 50_00, 50_00)),
        Moves("float", "1/1", 40_00, "2021-01-03 08:00"),
        Moves("float", "1/1", 45_00, "2021-01-03 08:05"),  # the last one said counts
        Sells("1/1", 20_00, "2021-01-03 09:00"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", 20_00, 70_00, cash={"1/1": Cash(45_00, 20_00, 0, 65_00)}),
        ),
    ),
    scenario(
        "a drawer counted without a single ticket, of a till that sold none",
        Sells("1/1", 10_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                10_00,
                tickets=1,
                tenders={"especes": (10_00, 3_00, 3_00)},
                cash={"2/1": Cash(0, 0, 0, 0, 3_00, 3_00), "1/1": Cash(0, 10_00, 0, 10_00)},
            ),
            count={"2/1": cash(3_00)},
        ),
        Reads("poste:2", "2021-01-03 08:00", 0, {"2/1": Cash(3_00, 0, 0, 3_00)}),
    ),
    scenario(
        "a count whose details disagree is taken as it is, and told",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Sells("1/2", 30_00, "2021-01-02 09:30"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                80_00,
                80_00,
                findings={"count_off": 2},
                cash={
                    "1/1": Cash(0, 50_00, 0, 50_00, 50_00, 0, 10_00, 30_00),  # 10 + 30 of 50
                    "1/2": Cash(0, 30_00, 0, 30_00, 30_00, 0),  # the coins say 20
                },
            ),
            count={
                "1/1": cash(50_00, left=10_00, banked=30_00),
                "1/2": Count(tenders={"especes": 30_00}, coins={20_00: 1}),
            },
        ),
    ),
)
