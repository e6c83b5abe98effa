"""Clocks gone wrong: the PC's, a till's, a dead battery. None of them may spoil what follows."""

from __future__ import annotations

from app.errors import ClockDoubt, ClosureRefused, NothingToClose
from tests.closing.plays import Closes, Restarts, Sells, Z, scenario

CLOCKS = (
    scenario(
        "the PC's clock went back: refused until a manager confirms",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-01-02 19:30"),
        Closes(
            "general",
            "2021-01-02 19:59",
            ClockDoubt,
            "la dernière clôture est du 02/01/2021 à 20 h 00",
        ),
        Closes(
            "general",
            "2021-01-02 19:59",
            Z("G000002", "2021-01-02", 20_00, 30_00),
            confirm_clock=True,
        ),
        # what counts is the last closure, not the latest clock: this one is in order
        Sells("1/1", 40_00, "2021-01-02 19:59:20"),
        Closes("general", "2021-01-02 19:59:30", Z("G000003", "2021-01-02", 40_00, 70_00)),
    ),
    scenario(
        "a clock ten years ahead, confirmed once, is asked about once when it is right again",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes("general", "2031-01-02 20:00", ClockDoubt, "le dernier ticket est du 02/01/2021"),
        Closes(
            "general",
            "2031-01-02 20:00",
            Z("G000001", "2021-01-02", 10_00, 10_00),
            confirm_clock=True,
        ),
        Sells("1/1", 20_00, "2021-01-03 19:00"),
        Closes("general", "2021-01-03 20:00", ClockDoubt, "02/01/2031"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", 20_00, 30_00),
            confirm_clock=True,
        ),
        Sells("1/1", 40_00, "2021-01-04 19:00"),
        Closes("general", "2021-01-04 20:00", Z("G000003", "2021-01-04", 40_00, 70_00)),
    ),
    scenario(
        "a day and no more between the clock and the newest ticket",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes("caisse:1/1", "2021-01-03 19:00:01", ClockDoubt, "03/01/2021 à 19 h 00"),
        Closes("caisse:1/1", "2021-01-03 19:00", Z("C1.1-000001", "2021-01-02", 10_00, 10_00)),
    ),
    scenario(
        "the newest ticket is the one sold last, not the one that came last",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Sells("2/1", 20_00, "2021-01-02 08:00"),
        Closes("general", "2021-01-03 18:00", Z("G000001", "2021-01-02", 30_00, 30_00)),
    ),
    scenario(
        "an end that is given needs no clock: the PC's battery is dead",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        # in 1970 no ticket of 2021 is credible: the day is that of the end asked for
        Closes(
            "general",
            "1970-01-01 02:00",
            Z("G000001", "2021-01-02", 10_00, 10_00),
            until="2021-01-02",
        ),
        Sells("1/1", 20_00, "2021-01-03 19:00"),
        Closes("general", "2021-01-03 20:00", Z("G000002", "2021-01-03", 20_00, 30_00)),
    ),
    scenario(
        "an empty closure on a clock far from the last ticket is asked about",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 10_00, 10_00)),
        Closes("general", "2099-01-02 20:00", ClockDoubt, allow_empty=True),
        Closes(
            "general",
            "2021-01-03 18:00",
            Z("G000002", "2021-01-03", 0, 10_00, figures=0),
            allow_empty=True,
        ),
    ),
    scenario(
        "an end far ahead is refused: all that follows would be late, and its day that far",
        Sells("1/1", 10_00, "2021-01-02 19:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            ClosureRefused,
            "La fin demandée, le 03/02/2021 à 4 h 59",
            until="2021-02-02",
        ),
        Closes(
            "general",
            "2021-01-02 20:00",
            ClosureRefused,
            until="2021-01-03 20:00:01",
            allow_empty=True,
        ),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                10_00,
                more={"end": "2021-01-03T20:00:00+01:00"},
            ),
            until="2021-01-03 20:00",
        ),
        # a period that opens ahead of the clock opens when it is closed
        Sells("1/1", 20_00, "2021-01-02 20:10"),
        Closes(
            "general",
            "2021-01-02 21:00",
            Z(
                "G000002",
                "2021-01-02",
                20_00,
                30_00,
                late=1,
                more={"opened_at": "2021-01-02T21:00:00+01:00"},
            ),
        ),
    ),
    scenario(
        "a ticket of 2099 spoils neither the day, nor the end, nor the numbers",
        Sells("1/1", 10_00, "2021-01-02 18:00", number="1"),
        Sells("1/1", 20_00, "2099-06-01 12:00", number="2"),
        Sells("1/1", 40_00, "2021-01-02 19:00", number="3"),
        Closes("general", "2021-01-02 20:00", ClockDoubt, "01/06/2099"),
        # 2 was sold in 2099: on its own day it is missing
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                70_00,
                70_00,
                findings={"gap": 1},
                more={"end": "2021-01-02T19:00:00+01:00"},
            ),
            confirm_clock=True,
        ),
        Restarts(),
        Sells("1/1", 1_00, "2021-01-02 19:30", number="4"),
        Sells("1/1", 2_00, "2021-01-03 10:00", number="5"),
        Sells("1/1", 4_00, "2021-01-03 11:00", number="7"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", 7_00, 77_00, tickets=3, findings={"gap": 1}),
        ),
    ),
    scenario(
        "a closure of a ticket of 2099 alone takes the clock's day and ends nowhere",
        Sells("1/1", 20_00, "2099-06-01 12:00"),
        Closes("general", "2021-01-02 20:00", ClockDoubt),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 20_00, 20_00, more={"end": None}),
            confirm_clock=True,
        ),
        Sells("1/1", 10_00, "2021-01-02 19:00", number="2"),
        Closes("general", "2021-01-02 20:05", Z("G000002", "2021-01-02", 10_00, 30_00)),
        Closes("general", "2021-01-02 20:06", NothingToClose),
    ),
    scenario(
        "a ticket of 2099 in a CAISSE does not date the GÉNÉRALE that covers it",
        Sells("1/1", 20_00, "2099-06-01 12:00"),
        Closes(
            "caisse:1/1",
            "2021-01-02 19:00",
            Z("C1.1-000001", "2021-01-02", 20_00, 20_00),
            confirm_clock=True,
        ),
        Sells("2/1", 10_00, "2021-01-02 19:30"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                30_00,
                figures=30_00,
                covers=["C1.1-000001"],
                more={"end": "2021-01-02T19:30:00+01:00"},
            ),
        ),
    ),
    scenario(
        "a ticket of 1970, from a till whose battery is dead",
        Sells("1/1", 10_00, "2021-01-02 18:00", number="1"),
        Sells("1/1", 5_00, "1970-01-01 00:12", number="2"),
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 15_00, 15_00)),
        Sells("1/1", 2_00, "1970-01-01 00:03", number="3"),
        Closes("general", "2021-01-02 20:01", ClockDoubt, "01/01/1970"),
        # alone it is late, and its day is not before the last GÉNÉRALE's
        Closes(
            "general",
            "2021-01-02 20:01",
            Z("G000002", "2021-01-02", 2_00, 17_00, late=1),
            confirm_clock=True,
        ),
    ),
    scenario(
        "tills whose clocks disagree: each ticket once, the day is the newest credible one",
        Sells("1/1", 10_00, "2021-01-02 18:00"),
        Sells("2/1", 20_00, "2020-12-31 18:00"),
        Sells("3/1", 40_00, "2021-01-04 18:00"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                70_00,
                70_00,
                more={"end": "2021-01-02T18:00:00+01:00"},
            ),
            confirm_clock=True,
        ),
        # the 4th comes: till 3's earlier sale was taken, the next one is not late
        Sells("3/1", 1_00, "2021-01-04 09:00"),
        Closes(
            "general",
            "2021-01-04 20:00",
            Z("G000002", "2021-01-04", 1_00, 71_00),
        ),
    ),
)
