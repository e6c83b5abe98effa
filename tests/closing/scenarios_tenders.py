"""Counting tenders: cash among others, takings that don't say how they were paid."""

from __future__ import annotations

from app.domain.cash import Count
from tests.closing.plays import Cash, Closes, Moves, Reads, Sells, Z, cash, scenario

TENDERS = (
    scenario(
        "every tender can be counted; what is not stays unknown and is not asked for again",
        Sells("1/1", 40_00, "2021-01-02 09:00", pays="cb"),
        Sells("1/1", 9_00, "2021-01-02 10:00", pays="titre_restaurant"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                49_00,
                49_00,
                tenders={"cb": (40_00, 38_00, -2_00), "titre_restaurant": (9_00, None, None)},
                cash={"1/1": Cash(0, 0, 0, 0)},
            ),
            count={"1/1": Count(tenders={"cb": 38_00})},
        ),
        Sells("1/1", 5_00, "2021-01-03 10:00", pays="titre_restaurant"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                5_00,
                54_00,
                tenders={"titre_restaurant": (5_00, 5_00, 0)},
            ),
            count={"1/1": Count(tenders={"titre_restaurant": 5_00})},
        ),
    ),
    scenario(
        "two drawers, one counted: what was counted is no more than that",
        Sells("1/1", 100_00, "2021-01-02 09:00"),
        Sells("1/2", 50_00, "2021-01-02 09:30"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                150_00,
                150_00,
                tenders={"especes": (150_00, 98_00, -2_00)},
                cash={
                    "1/1": Cash(0, 100_00, 0, 100_00, 98_00, -2_00),
                    "1/2": Cash(0, 50_00, 0, 50_00),
                },
            ),
            count={"1/1": cash(98_00)},
        ),
    ),
    scenario(
        "tickets that don't say how they were paid: the count tells the cash",
        Moves("float", "1/1", 100_00, "2021-01-02 08:00"),
        Moves("out", "1/1", 10_00, "2021-01-02 08:30"),
        Sells("1/1", 70_00, "2021-01-02 09:00", pays="inconnu"),
        Sells("1/1", 30_00, "2021-01-02 10:00", pays="inconnu"),
        # 150 counted - 100 float + 10 gone out = 60 were cash, of 100; 40 stay unknown
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                100_00,
                100_00,
                tenders={"especes": (60_00, 60_00, 0), "inconnu": (40_00, None, None)},
                cash={"1/1": Cash(100_00, 60_00, -10_00, 150_00, 150_00, 0, 100_00, 50_00)},
            ),
            count={"1/1": cash(150_00, left=100_00, banked=50_00)},
        ),
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(100_00, 0, 0, 100_00)}),
    ),
    scenario(
        "… and the card slips tell the cards",
        Sells("1/1", 100_00, "2021-01-02 09:00", pays="inconnu"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                100_00,
                100_00,
                tenders={
                    "especes": (60_00, 60_00, 0),
                    "cb": (35_00, 35_00, 0),
                    "inconnu": (5_00, None, None),
                },
            ),
            count={"1/1": cash(60_00, cb=35_00)},
        ),
    ),
    scenario(
        "… and more than was sold is a difference",
        Sells("1/1", 100_00, "2021-01-02 09:00", pays="inconnu"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                100_00,
                100_00,
                # 80 of the 100 were cards, so 20 cash: 25 were there
                tenders={
                    "especes": (20_00, 25_00, 5_00),
                    "cb": (80_00, 80_00, 0),
                    "inconnu": 0,
                },
                cash={"1/1": Cash(0, 20_00, 0, 20_00, 25_00, 5_00)},
            ),
            count={"1/1": cash(25_00, cb=80_00)},
        ),
    ),
    scenario(
        "one known tender is enough: then nothing is split",
        Sells("1/1", 100_00, "2021-01-02 09:00", pays="inconnu"),
        Sells("1/1", 20_00, "2021-01-02 10:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                120_00,
                120_00,
                tenders={"especes": (20_00, 50_00, 30_00), "inconnu": (100_00, None, None)},
            ),
            count={"1/1": cash(50_00)},
        ),
    ),
    scenario(
        "unknown takings nobody counted are split by the next count",
        Sells("1/1", 100_00, "2021-01-02 09:00", pays="inconnu"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 100_00, 100_00)),
        Sells("1/1", 50_00, "2021-01-03 09:00", pays="inconnu"),
        # of 150 in two days 90 were cash: today's 50 unknown - 90 = -40
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                50_00,
                150_00,
                tenders={"especes": (90_00, 90_00, 0), "inconnu": (-40_00, None, None)},
                cash={"1/1": Cash(0, 90_00, 0, 90_00, 90_00, 0)},
            ),
            count={"1/1": cash(90_00)},
        ),
    ),
)
