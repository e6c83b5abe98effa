"""A count typed wrong: the correction is added, the first count stays as it was."""

from __future__ import annotations

from app.domain.cash import Count
from tests.closing.plays import Cash, Closes, Corrects, Moves, Reads, Restarts, Sells, Z, scenario
from tests.closing.plays import cash as counted

CORRECTIONS = (
    scenario(
        "the last count corrected: the next float follows it",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                50_00,
                50_00,
                cash={"1/1": Cash(0, 50_00, 0, 50_00, 45_00, -5_00, None, 20_00)},
            ),
            count={"1/1": counted(45_00, banked=20_00)},
        ),
        Corrects("G000001", "1/1", "2021-01-02 20:10", counted(49_00)),
        # 20 were banked, that was not taken back: 49 - 20 = 29
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(29_00, 0, 0, 29_00)}),
        Restarts(),
        Sells("1/1", 10_00, "2021-01-03 09:00"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                10_00,
                60_00,
                corrections=1,
                cash={"1/1": Cash(29_00, 10_00, 0, 39_00)},
            ),
        ),
    ),
    scenario(
        "the last count corrected with all it says: that is what holds",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": counted(45_00, left=25_00, banked=20_00)},
        ),
        Corrects("G000001", "1/1", "2021-01-02 20:10", counted(49_00, left=19_00, banked=30_00)),
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(19_00, 0, 0, 19_00)}),
    ),
    scenario(
        "the last count corrected after a closure that did not count",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "caisse:1/1",
            "2021-01-02 20:00",
            Z("C1.1-000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": counted(45_00)},
        ),
        Sells("1/1", 10_00, "2021-01-02 20:01"),
        Moves("out", "1/1", 2_00, "2021-01-02 20:02"),
        Closes(
            "general",
            "2021-01-02 20:05",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                60_00,
                figures=60_00,
                covers=["C1.1-000001"],
                cash={"1/1": Cash(45_00, 10_00, -2_00, 53_00)},
            ),
        ),
        Corrects("C1.1-000001", "1/1", "2021-01-02 20:10", counted(50_00)),
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(50_00, 10_00, -2_00, 58_00)}),
    ),
    scenario(
        "the same count corrected twice: each says what it changes, what is not said again stands",
        Sells("1/1", 130_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 130_00, 130_00),
            count={"1/1": counted(130_00, left=50_00)},
        ),
        Corrects("G000001", "1/1", "2021-01-02 20:10", counted(129_00, left=49_00), -1_00),
        Corrects("G000001", "1/1", "2021-01-02 20:20", counted(128_00), -1_00),
        Reads("caisse:1/1", "2021-01-03 08:00", 0, {"1/1": Cash(49_00, 0, 0, 49_00)}),
        Restarts(),
        Corrects("G000001", "1/1", "2021-01-03 08:10", counted(130_00, left=50_00), 2_00),
        Reads("caisse:1/1", "2021-01-03 08:20", 0, {"1/1": Cash(50_00, 0, 0, 50_00)}),
    ),
    scenario(
        "an older count corrected: what was counted since stands",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": counted(45_00)},
        ),
        Sells("1/1", 10_00, "2021-01-03 09:00"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                10_00,
                60_00,
                cash={"1/1": Cash(45_00, 10_00, 0, 55_00, 60_00, 5_00)},
            ),
            count={"1/1": counted(60_00)},
        ),
        Corrects("G000001", "1/1", "2021-01-03 20:10", counted(50_00)),
        Reads("caisse:1/1", "2021-01-04 08:00", 0, {"1/1": Cash(60_00, 0, 0, 60_00)}),
    ),
    scenario(
        "a float declared since stands, whatever becomes of the count before it",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": counted(45_00)},
        ),
        Moves("float", "1/1", 48_00, "2021-01-03 08:00"),
        Corrects("G000001", "1/1", "2021-01-03 08:10", counted(50_00)),
        Reads("caisse:1/1", "2021-01-03 08:20", 0, {"1/1": Cash(48_00, 0, 0, 48_00)}),
        # but a closure up to before that float starts from the corrected count
        Sells("1/1", 1_00, "2021-01-02 22:00"),
        Closes(
            "general",
            "2021-01-03 08:30",
            Z(
                "G000002",
                "2021-01-02",
                1_00,
                51_00,
                corrections=1,
                cash={"1/1": Cash(50_00, 1_00, 0, 51_00)},
            ),
            until="2021-01-02",
        ),
        Reads("caisse:1/1", "2021-01-03 08:40", 0, {"1/1": Cash(48_00, 0, 0, 48_00)}),
    ),
    scenario(
        "a correction is carried by one closure, the next one that holds its drawer",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00),
            count={"1/1": Count(tenders={"especes": 45_00}, reason="pièces mal comptées")},
        ),
        Corrects("G000001", "1/1", "2021-01-02 20:10", counted(50_00)),
        Sells("2/1", 1_00, "2021-01-03 09:00"),
        Closes(
            "poste:2",
            "2021-01-03 19:00",
            Z("P2-000001", "2021-01-03", 1_00, 1_00),
        ),
        Sells("1/1", 2_00, "2021-01-03 10:00"),
        Closes(
            "caisse:1/1",
            "2021-01-03 19:01",
            Z("C1.1-000001", "2021-01-03", 2_00, 2_00, corrections=1),
        ),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                0,
                53_00,
                figures=3_00,
                covers=["P2-000001", "C1.1-000001"],
            ),
        ),
    ),
    scenario(
        "a drawer that the closure did not count, or did not hold, has nothing to correct",
        Sells("1/1", 50_00, "2021-01-02 09:00"),
        Sells("1/2", 20_00, "2021-01-02 09:30"),
        Sells("2/1", 10_00, "2021-01-02 10:00"),
        Closes(
            "poste:1",
            "2021-01-02 19:00",
            Z("P1-000001", "2021-01-02", 70_00, 70_00),
            count={"1/1": counted(49_00)},
        ),
        Corrects("P1-000001", "1/2", "2021-01-02 19:05", counted(21_00), refused="pas été compté"),
        Corrects("P1-000001", "2/1", "2021-01-02 19:05", counted(9_00), refused="ne contient pas"),
        Corrects("P1-000001", "1/1", "2021-01-02 19:06", counted(50_00), changes=1_00),
        # what was not counted is found by the next count: 1,00 too much, once
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                80_00,
                figures=80_00,
                covers=["P1-000001"],
                corrections=1,
                cash={
                    "1/2": Cash(0, 20_00, 0, 20_00, 21_00, 1_00),
                    "1/1": Cash(50_00, 0, 0, 50_00),
                },
            ),
            count={"1/2": counted(21_00)},
        ),
    ),
)
