"""Days: forgotten ones, late tickets, day change, shops of the night, the nights of DST."""

from __future__ import annotations

from app.errors import ClockDoubt
from tests.closing.plays import Closes, Restarts, Sells, Sets, Z, scenario

DAYS = (
    scenario(
        "forgotten days are closed one by one, each up to its end",
        Sells("1/1", 10_00, "2021-01-02 09:00"),
        Sells("1/1", 20_00, "2021-01-03 09:00"),
        Sells("1/1", 5_00, "2021-01-04 02:00"),  # before 05:00: still the 3rd
        Sells("1/1", 40_00, "2021-01-04 09:00"),
        Closes(
            "general",
            "2021-01-05 08:00",
            Z("G000001", "2021-01-02", 10_00, 10_00),
            until="2021-01-02",
        ),
        Closes(
            "general",
            "2021-01-05 08:01",
            Z("G000002", "2021-01-03", 25_00, 35_00),
            until="2021-01-03",
        ),
        Closes(
            "general",
            "2021-01-05 08:02",
            Z("G000003", "2021-01-04", 40_00, 75_00),
            until="2021-01-04",
        ),
    ),
    scenario(
        "several days closed in one go are the last one's",
        Sells("1/1", 10_00, "2021-01-02 09:00"),
        Sells("1/1", 20_00, "2021-01-03 19:00"),
        Closes("general", "2021-01-04 08:00", Z("G000001", "2021-01-03", 30_00, 30_00)),
    ),
    scenario(
        "late is what was sold up to the end of a closed period, its last moment included",
        Sells("1/1", 10_00, "2021-01-02 19:00", number="1"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 10_00, 10_00)),
        # the period ends with its newest ticket at 19:00, not when it was closed at 20:00
        Sells("1/1", 1_00, "2021-01-02 18:00", number="2"),
        Sells("1/1", 2_00, "2021-01-02 19:00", number="3"),
        Sells("1/1", 4_00, "2021-01-02 19:00:01", number="4"),
        Restarts(),
        Closes(
            "general",
            "2021-01-02 20:05",
            Z(
                "G000002",
                "2021-01-02",
                7_00,
                17_00,
                late=2,
                tickets=3,
            ),
        ),
    ),
    scenario(
        "after a closure up to a date, late is what was sold up to the end of that day",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 10_00, 10_00),
            until="2021-01-02",
        ),
        Sells("1/1", 20_00, "2021-01-03 04:59:59"),
        Sells("1/1", 40_00, "2021-01-03 05:00"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", 60_00, 70_00, late=1),
        ),
    ),
    scenario(
        "late for one drawer is not late for another",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes("caisse:1/1", "2021-01-02 19:30", Z("C1.1-000001", "2021-01-02", 10_00, 10_00)),
        Sells("1/2", 20_00, "2021-01-02 18:00", number="0"),
        Sells("1/1", 40_00, "2021-01-02 18:00", number="00"),
        Closes(
            "poste:1",
            "2021-01-02 20:00",
            Z(
                "P1-000001",
                "2021-01-02",
                60_00,
                70_00,
                figures=70_00,
                covers=["C1.1-000001"],
                late=1,
            ),
        ),
    ),
    scenario(
        "31 January closed at 00:30 on 1 February is January's",
        Sells("1/1", 10_00, "2021-01-30 19:00"),
        Closes("general", "2021-01-30 20:00", Z("G000001", "2021-01-30", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-01-31 23:50"),
        Sells("1/1", 5_00, "2021-02-01 00:20"),
        Closes("general", "2021-02-01 00:30", Z("G000002", "2021-01-31", 25_00, 35_00)),
        Sells("1/1", 40_00, "2021-02-01 10:00"),
        Closes(
            "general",
            "2021-02-01 20:00",
            Z(
                "G000003",
                "2021-02-01",
                40_00,
                75_00,
                sealed=[
                    Z(
                        "M2021-01",
                        "2021-01-31",
                        None,
                        35_00,
                        figures=35_00,
                        covers=["G000001", "G000002"],
                        number=1,
                    )
                ],
            ),
        ),
    ),
    scenario(
        "a shop whose day changes at midnight: the same closure is February's",
        Sets("closing.day_change", "00:00"),
        Sells("1/1", 10_00, "2021-01-30 19:00"),
        Closes("general", "2021-01-30 20:00", Z("G000001", "2021-01-30", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-01-31 23:50"),
        Sells("1/1", 5_00, "2021-02-01 00:20"),
        Closes(
            "general",
            "2021-02-01 00:30",
            Z(
                "G000002",
                "2021-02-01",
                25_00,
                35_00,
                sealed=[
                    Z(
                        "M2021-01",
                        "2021-01-31",
                        None,
                        10_00,
                        figures=10_00,
                        covers=["G000001"],
                        number=1,
                    )
                ],
            ),
        ),
    ),
    scenario(
        "a bar of the night: from 18:00 to 04:59 is one day",
        Sells("1/1", 1_00, "2021-01-02 18:00"),
        Sells("1/1", 2_00, "2021-01-02 23:59"),
        Sells("1/1", 4_00, "2021-01-03 02:00"),
        Sells("1/1", 8_00, "2021-01-03 04:59:59"),
        Sells("1/1", 16_00, "2021-01-03 05:00"),
        Closes(
            "general",
            "2021-01-03 10:00",
            Z("G000001", "2021-01-02", 15_00, 15_00),
            until="2021-01-02",
        ),
        Closes("general", "2021-01-03 20:00", Z("G000002", "2021-01-03", 16_00, 31_00)),
    ),
    scenario(
        "the spring night: at 02:00 it is 03:00, the day still ends at 05:00",
        Sells("1/1", 1_00, "2021-03-27 23:00"),
        Sells("1/1", 2_00, "2021-03-28 01:59"),
        Sells("1/1", 4_00, "2021-03-28 02:30"),  # no such time: it is 03:30
        Sells("1/1", 8_00, "2021-03-28 04:59"),
        Sells("1/1", 16_00, "2021-03-28 05:00"),
        Closes(
            "general",
            "2021-03-28 09:00",
            Z("G000001", "2021-03-27", 7_00, 7_00),
            until="2021-03-28 03:30",
        ),
        Closes(
            "general",
            "2021-03-28 09:01",
            Z("G000002", "2021-03-27", 8_00, 15_00),
            until="2021-03-27",
        ),
        Closes("general", "2021-03-28 20:00", Z("G000003", "2021-03-28", 16_00, 31_00)),
    ),
    scenario(
        "the autumn night has 02:00 to 03:00 twice: what was sold second is not late",
        Sells("1/1", 1_00, "2021-10-31T02:20:00+02:00"),
        Sells("1/1", 2_00, "2021-10-31T02:10:00+01:00"),  # 50 minutes after it
        Closes(
            "general",
            "2021-10-31T02:40:00+01:00",
            Z("G000001", "2021-10-30", 1_00, 1_00),
            until="2021-10-31T02:30:00+02:00",
        ),
        Sells("1/1", 4_00, "2021-10-31T02:25:00+02:00", number="9"),  # this one is
        Closes(
            "general",
            "2021-10-31T02:45:00+01:00",
            Z(
                "G000002",
                "2021-10-30",
                6_00,
                7_00,
                late=1,
                findings={"gap": 6, "clock_back": 1},
                more={"end": "2021-10-31T02:10:00+01:00"},
            ),
        ),
    ),
    scenario(
        "the night that has 02:00 twice: ends, closures and clocks go by what came first",
        Sells("1/1", 1_00, "2021-10-31T02:50:00+02:00"),
        Sells("1/2", 2_00, "2021-10-31T02:10:00+01:00"),  # 20 minutes later
        Closes(
            "caisse:1/1",
            "2021-10-31T02:55:00+02:00",
            Z(
                "C1.1-000001",
                "2021-10-30",
                1_00,
                1_00,
                more={"end": "2021-10-31T02:50:00+02:00"},
            ),
        ),
        Closes(
            "poste:1",
            "2021-10-31T02:15:00+01:00",  # by the wall 40 minutes before the CAISSE
            Z(
                "P1-000001",
                "2021-10-30",
                2_00,
                3_00,
                figures=3_00,
                covers=["C1.1-000001"],
                more={
                    "end": "2021-10-31T02:10:00+01:00",
                    "opened_at": "2021-10-31T02:50:00+02:00",
                },
            ),
        ),
        Sells("1/1", 4_00, "2021-10-31T02:09:00+01:00"),  # late: before the POSTE's end
        Sells("1/1", 8_00, "2021-10-31T02:11:00+01:00"),
        Closes(
            "general",
            "2021-10-31T02:54:00+02:00",
            ClockDoubt,
            "la dernière clôture est du 31/10/2021 à 2 h 15",
        ),
        Closes(
            "general",
            "2021-10-31T02:16:00+01:00",
            Z(
                "G000001",
                "2021-10-30",
                12_00,
                15_00,
                figures=15_00,
                covers=["C1.1-000001", "P1-000001"],
                late=1,
                more={"end": "2021-10-31T02:11:00+01:00"},
            ),
        ),
    ),
    scenario(
        "a till whose clock is a little ahead: a ticket of tomorrow counts for tomorrow",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Sells("1/1", 20_00, "2021-01-03 19:59"),  # not quite a day after the closure
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-03", 30_00, 30_00)),
        Sells("1/1", 40_00, "2021-01-02 20:10", number="3"),
        Closes(
            "general",
            "2021-01-02 20:30",
            Z("G000002", "2021-01-03", 40_00, 70_00, late=1),  # never before the last GÉNÉRALE's
        ),
    ),
    scenario(
        "tickets of a day that come after the next day's are late in the period that is open",
        Sells("1/1", 10_00, "2021-01-02 19:00", number="10"),
        Sells("1/1", 20_00, "2021-01-03 19:00", number="20"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000001", "2021-01-03", 30_00, 30_00, findings={"gap": 9}),
        ),
        Sells("1/1", 1_00, "2021-01-02 10:00", number="3"),
        Sells("1/1", 2_00, "2021-01-02 11:00", number="5"),
        Closes("general", "2021-01-05 20:00", ClockDoubt, "02/01/2021 à 11 h 00"),
        Sells("1/1", 4_00, "2021-01-05 19:00", number="21"),
        Closes(
            "general",
            "2021-01-05 20:00",
            Z("G000002", "2021-01-05", 7_00, 37_00, late=2, tickets=3),  # and no gap from 3 to 5
        ),
    ),
)
