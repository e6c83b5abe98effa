"""Voids: twice of one ticket, of one another; always once, in the end."""

from __future__ import annotations

from tests.closing.plays import Cash, Closes, Rebuilds, Restarts, Sells, Takes, Z, scenario


def void(at: str, ref: str, number: str, drawer: str = "1/1") -> Sells:
    """A void of the ticket numbered `ref`."""
    return Sells(drawer, 0, at, kind="void", ref=ref, number=number)


SOLD = Sells("1/1", 100_00, "2021-01-02 09:00", number="1")

VOIDS = (
    scenario(
        "two voids of one ticket in one file: the second counts nothing",
        Takes(SOLD, void("2021-01-02 09:05", "1", "2"), void("2021-01-02 09:06", "1", "3")),
        # 100 sold, 100 taken back once
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
                tickets=3,
                tenders={"especes": 0},
                findings={"void_again": 1},
                cash={"1/1": Cash(0, 0, 0, 0)},
            ),
        ),
    ),
    scenario(
        "two voids of one ticket in two files, the state made anew between them",
        SOLD,
        void("2021-01-02 09:05", "1", "2"),
        Rebuilds(),
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
                findings={"void_again": 1},
            ),
        ),
    ),
    scenario(
        "two voids of one ticket, a closure before each and a restart between them",
        SOLD,
        Closes("general", "2021-01-02 20:00", Z("G000001", "2021-01-02", 100_00, 100_00)),
        void("2021-01-03 09:00", "1", "2"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z("G000002", "2021-01-03", -100_00, 0, absolute=200_00, refunds=-100_00),
        ),
        Restarts(),
        void("2021-01-04 09:00", "1", "3"),
        Closes(
            "general",
            "2021-01-04 20:00",
            Z(
                "G000003",
                "2021-01-04",
                0,
                0,
                absolute=200_00,
                refunds=0,
                tickets=1,
                findings={"void_again": 1},
            ),
        ),
    ),
    scenario(
        "a void taken back, and the ticket voided again: each counts",
        SOLD,
        void("2021-01-02 09:05", "1", "2"),
        void("2021-01-02 09:06", "2", "3"),
        Rebuilds(),
        Closes(
            "general",
            "2021-01-02 12:00",
            # 100 sold, 100 refunded, 100 sold again
            Z("G000001", "2021-01-02", 100_00, 100_00, absolute=300_00, refunds=-100_00),
        ),
        void("2021-01-02 13:00", "1", "4"),
        void("2021-01-02 13:01", "1", "5"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000002",
                "2021-01-02",
                -100_00,
                0,
                absolute=400_00,
                refunds=-100_00,
                findings={"void_again": 1},
            ),
        ),
    ),
    scenario(
        "a ticket voided twice over a void taken back: never more than once at a time",
        SOLD,
        void("2021-01-02 09:05", "1", "2"),
        void("2021-01-02 09:06", "2", "3"),
        void("2021-01-02 09:07", "1", "4"),
        # the first void holds again: that changes nothing, the ticket is taken back already
        void("2021-01-02 09:08", "3", "5"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                0,
                0,
                absolute=400_00,
                refunds=-200_00,
                findings={"void_again": 1},
            ),
        ),
    ),
    scenario(
        "voids that name themselves and each other: nothing counts, nothing hangs",
        void("2021-01-02 09:05", "2", "2"),
        void("2021-01-02 09:06", "4", "3"),
        void("2021-01-02 09:07", "3", "4"),
        void("2021-01-02 09:08", "2", "5"),
        void("2021-01-02 09:09", "3", "6"),
        void("2021-01-02 09:10", "4", "7"),
        Sells("1/1", 10_00, "2021-01-02 10:00", number="8"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                10_00,
                10_00,
                refunds=0,
                tickets=7,
                findings={"unknown_ref": 6, "void_first": 1},
            ),
        ),
    ),
    scenario(
        "numbers that start again each day: a void takes the newest that is known",
        Takes(
            Sells("1/1", 10_00, "2021-01-02 10:00", number="1"),
            Sells("1/1", 20_00, "2021-01-03 10:00", number="1"),
            void("2021-01-03 11:00", "1", "2"),
        ),
        void("2021-01-04 11:00", "3", "9"),
        void("2021-01-05 11:00", "3", "9"),
        Takes(
            Sells("1/1", 50_00, "2021-01-05 10:00", number="3"),
            Sells("1/1", 40_00, "2021-01-04 10:00", number="3"),
            Sells("1/1", 30_00, "2021-01-03 12:00", number="3"),
        ),
        # 10 and 30 stand; 20, 50 and 40 were each taken back. 4 to 8 lack on the 4th and the 5th
        Closes(
            "general",
            "2021-01-05 20:00",
            Z(
                "G000001",
                "2021-01-05",
                40_00,
                40_00,
                absolute=260_00,
                refunds=-110_00,
                findings={"unknown_ref": 2, "void_first": 2, "gap": 10},
            ),
        ),
    ),
    scenario(
        "another till's ticket of that number is not the one",
        void("2021-01-02 09:05", "1", "2"),
        Sells("2/1", 50_00, "2021-01-02 09:00", number="1"),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 50_00, 50_00, findings={"unknown_ref": 1}),
        ),
    ),
)
