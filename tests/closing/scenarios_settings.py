"""Settings that change between closures: each closure keeps the rules it was made by."""

from __future__ import annotations

from tests.closing.plays import Closes, Restarts, Sells, Sets, Z, scenario

SETTINGS = (
    scenario(
        "the year's end set later, its year closed already: the next one is longer",
        Sets("closing.year_end", "06-30"),
        Sells("1/1", 10_00, "2021-06-30 19:00"),
        Closes("general", "2021-06-30 20:00", Z("G000001", "2021-06-30", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-07-01 19:00"),
        Closes(
            "general",
            "2021-07-01 20:00",
            Z(
                "G000002",
                "2021-07-01",
                20_00,
                30_00,
                period=20_00,
                more={
                    "fiscal_year": 2022,
                    "rules": {"day_change": "05:00", "year_end": "06-30"},
                },
                sealed=[
                    Z(
                        "M2021-06",
                        "2021-06-30",
                        None,
                        10_00,
                        covers=["G000001"],
                        figures=10_00,
                        number=1,
                    ),
                    Z(
                        "A2021",
                        "2021-06-30",
                        None,
                        10_00,
                        covers=["G000001"],
                        figures=10_00,
                        number=1,
                    ),
                ],
            ),
        ),
        Sets("closing.year_end", "12-31"),
        Restarts(),
        Sells("1/1", 40_00, "2021-07-02 19:00"),
        # by the new end the 2nd of July is of 2021, which is closed: it goes on as 2022
        Closes(
            "general",
            "2021-07-02 20:00",
            Z(
                "G000003",
                "2021-07-02",
                40_00,
                70_00,
                period=60_00,
                more={
                    "fiscal_year": 2022,
                    "rules": {"day_change": "05:00", "year_end": "12-31"},
                },
            ),
        ),
        Sells("1/1", 80_00, "2023-01-02 19:00"),
        Closes(
            "general",
            "2023-01-02 20:00",
            Z(
                "G000004",
                "2023-01-02",
                80_00,
                150_00,
                period=80_00,
                sealed=[
                    Z(
                        "M2021-07",
                        "2021-07-31",
                        None,
                        70_00,
                        covers=["G000002", "G000003"],
                        figures=60_00,
                        period=70_00,  # a month's year, by its last day: 2021 still
                        number=2,
                    ),
                    Z(
                        "A2022",
                        "2022-12-31",
                        None,
                        70_00,
                        covers=["G000002", "G000003"],
                        figures=60_00,
                        period=60_00,
                        number=2,
                    ),
                ],
            ),
        ),
    ),
    scenario(
        "the year's end set to a day that is past: the year ends with its last closure",
        Sells("1/1", 10_00, "2021-08-10 19:00"),
        Closes("general", "2021-08-10 20:00", Z("G000001", "2021-08-10", 10_00, 10_00)),
        Sets("closing.year_end", "06-30"),
        # no day lies in two years: this one is of 2021 still
        Sells("1/1", 5_00, "2021-08-10 20:30"),
        Closes(
            "general",
            "2021-08-10 21:00",
            Z("G000002", "2021-08-10", 5_00, 15_00, more={"fiscal_year": 2021}),
        ),
        Sells("1/1", 20_00, "2021-08-11 19:00"),
        Closes(
            "general",
            "2021-08-11 20:00",
            Z(
                "G000003",
                "2021-08-11",
                20_00,
                35_00,
                period=20_00,
                more={"fiscal_year": 2022},
                sealed=[
                    Z(
                        "A2021",
                        "2021-08-10",
                        None,
                        15_00,
                        covers=["G000001", "G000002"],
                        figures=15_00,
                        number=1,
                    )
                ],
            ),
        ),
    ),
    scenario(
        "the day's change set later while a drawer is closed and the shop is not",
        Sells("1/1", 10_00, "2021-01-02 23:00"),
        Sells("1/1", 20_00, "2021-01-03 05:30"),
        # with 05:00 half past five is the 3rd
        Closes("caisse:1/1", "2021-01-03 05:40", Z("C1.1-000001", "2021-01-03", 30_00, 30_00)),
        Sets("closing.day_change", "06:00"),
        Sells("1/1", 40_00, "2021-01-03 05:50"),
        Closes(
            "poste:1",
            "2021-01-03 05:55",
            # its own ticket is the 2nd's by 06:00; the one it takes over stays the 3rd's
            Z("P1-000001", "2021-01-03", 40_00, 70_00, figures=70_00, covers=["C1.1-000001"]),
        ),
        Sets("closing.day_change", "05:00"),
        Closes(
            "general",
            "2021-01-03 06:00",
            Z(
                "G000001",
                "2021-01-03",
                0,
                70_00,
                figures=70_00,
                covers=["C1.1-000001", "P1-000001"],
            ),
        ),
    ),
)
