"""Fiscal years: when they are sealed, what they cover, and the totals that start again."""

from __future__ import annotations

from app.errors import NothingToClose
from tests.closing.plays import Closes, Sells, Sets, Z, scenario

YEARS = (
    scenario(
        "a year's end: December, then the year, just before the first GÉNÉRALE of January",
        Sells("1/1", 10_00, "2021-11-30 19:00"),
        Closes("general", "2021-11-30 20:00", Z("G000001", "2021-11-30", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-12-31 19:00"),
        Closes(
            "general",
            "2021-12-31 20:00",
            Z(
                "G000002",
                "2021-12-31",
                20_00,
                30_00,
                sealed=[
                    Z(
                        "M2021-11",
                        "2021-11-30",
                        None,
                        10_00,
                        figures=10_00,
                        covers=["G000001"],
                        number=1,
                    )
                ],
            ),
        ),
        Sells("1/1", 40_00, "2022-01-02 19:00"),
        Closes(
            "general",
            "2022-01-02 20:00",
            # the perpetual counts on, the period's total starts again
            Z(
                "G000003",
                "2022-01-02",
                40_00,
                70_00,
                period=40_00,
                sealed=[
                    Z(
                        "M2021-12",
                        "2021-12-31",
                        None,
                        30_00,
                        figures=20_00,
                        covers=["G000002"],
                        number=2,
                    ),
                    Z(
                        "A2021",
                        "2021-12-31",
                        None,
                        30_00,
                        figures=30_00,
                        covers=["G000001", "G000002"],
                        number=1,
                    ),
                ],
            ),
        ),
        Sells("1/1", 5_00, "2022-01-03 19:00"),
        Closes(
            "general",
            "2022-01-03 20:00",
            Z("G000004", "2022-01-03", 5_00, 75_00, period=45_00),
        ),
    ),
    scenario(
        "a fiscal year that ends on 30 June is named after that June",
        Sets("closing.year_end", "06-30"),
        Sells("1/1", 10_00, "2021-06-30 19:00"),
        Closes(
            "general",
            "2021-06-30 20:00",
            Z("G000001", "2021-06-30", 10_00, 10_00, more={"fiscal_year": 2021}),
        ),
        Sells("1/1", 20_00, "2021-07-01 10:00"),
        Closes("caisse:1/1", "2021-07-01 12:00", Z("C1.1-000001", "2021-07-01", 20_00, 20_00)),
        Sells("1/1", 40_00, "2021-07-01 19:00"),
        Closes(
            "general",
            "2021-07-01 20:00",
            Z(
                "G000002",
                "2021-07-01",
                40_00,
                70_00,
                figures=60_00,
                covers=["C1.1-000001"],
                period=60_00,
                more={"fiscal_year": 2022},
                sealed=[
                    Z(
                        "M2021-06",
                        "2021-06-30",
                        None,
                        10_00,
                        figures=10_00,
                        covers=["G000001"],
                        number=1,
                    ),
                    Z(
                        "A2021",
                        "2021-06-30",
                        None,
                        10_00,
                        figures=10_00,
                        covers=["G000001"],
                        number=1,
                    ),
                ],
            ),
        ),
        # December ends no year here
        Sells("1/1", 1_00, "2022-01-03 19:00"),
        Closes(
            "general",
            "2022-01-03 20:00",
            Z(
                "G000003",
                "2022-01-03",
                1_00,
                71_00,
                period=61_00,
                sealed=[
                    Z(
                        "M2021-07",
                        "2021-07-31",
                        None,
                        70_00,
                        figures=60_00,
                        period=60_00,
                        covers=["G000002"],
                        number=2,
                    )
                ],
            ),
        ),
    ),
    scenario(
        "a fiscal year that ends with February, in a leap year and in the next",
        Sets("closing.year_end", "02-29"),
        Sells("1/1", 10_00, "2024-02-29 19:00"),
        Closes(
            "general",
            "2024-02-29 20:00",
            Z("G000001", "2024-02-29", 10_00, 10_00, more={"fiscal_year": 2024}),
        ),
        Sells("1/1", 20_00, "2025-02-28 19:00"),
        Closes(
            "general",
            "2025-02-28 20:00",
            Z(
                "G000002",
                "2025-02-28",
                20_00,
                30_00,
                period=20_00,
                more={"fiscal_year": 2025},
                sealed=[
                    Z("M2024-02", "2024-02-29", None, 10_00, 10_00, covers=["G000001"], number=1),
                    Z("A2024", "2024-02-29", None, 10_00, 10_00, covers=["G000001"], number=1),
                ],
            ),
        ),
        Sells("1/1", 40_00, "2025-03-01 19:00"),
        Closes(
            "general",
            "2025-03-01 20:00",
            Z(
                "G000003",
                "2025-03-01",
                40_00,
                70_00,
                period=40_00,
                more={"fiscal_year": 2026},
                sealed=[
                    Z(
                        "M2025-02",
                        "2025-02-28",
                        None,
                        30_00,
                        20_00,
                        period=20_00,
                        covers=["G000002"],
                        number=2,
                    ),
                    Z(
                        "A2025",
                        "2025-02-28",
                        None,
                        30_00,
                        20_00,
                        period=20_00,
                        covers=["G000002"],
                        number=2,
                    ),
                ],
            ),
        ),
    ),
    scenario(
        "a fiscal year that ends in the middle of a month: the month goes on",
        Sets("closing.year_end", "06-15"),
        Sells("1/1", 10_00, "2021-06-15 19:00"),
        Closes("general", "2021-06-15 20:00", Z("G000001", "2021-06-15", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-06-16 19:00"),
        Closes(
            "general",
            "2021-06-16 20:00",
            Z(
                "G000002",
                "2021-06-16",
                20_00,
                30_00,
                period=20_00,
                sealed=[Z("A2021", "2021-06-15", None, 10_00, 10_00, covers=["G000001"], number=1)],
            ),
        ),
        Closes(
            "month",
            "2021-07-01 05:00",
            Z(
                "M2021-06",
                "2021-06-30",
                None,
                30_00,
                30_00,
                covers=["G000001", "G000002"],
                number=1,
            ),
            confirm_clock=True,
        ),
    ),
    scenario(
        "`close year` makes the month that is due, then the year",
        Sells("1/1", 10_00, "2021-12-31 19:00"),
        Closes("general", "2021-12-31 20:00", Z("G000001", "2021-12-31", 10_00, 10_00)),
        Closes("year", "2021-12-31 21:00", NothingToClose, "après le 31/12/2021"),
        Closes(
            "year",
            "2022-01-01 09:00",
            Z(
                "A2021",
                "2021-12-31",
                None,
                10_00,
                10_00,
                covers=["G000001"],
                number=1,
                sealed=[
                    Z("M2021-12", "2021-12-31", None, 10_00, 10_00, covers=["G000001"], number=1)
                ],
            ),
        ),
        Closes("year", "2022-01-01 09:01", NothingToClose),
        Sells("1/1", 20_00, "2022-01-01 00:30"),  # before 05:00: 31 December, which is sealed
        Closes(
            "general",
            "2022-01-01 10:00",
            Z("G000002", "2022-01-01", 20_00, 30_00, period=20_00),
        ),
    ),
    scenario(
        "each series has its own totals, and each starts its year again",
        Sells("1/1", 10_00, "2021-12-30 19:00"),
        Closes("poste:1", "2021-12-30 20:00", Z("P1-000001", "2021-12-30", 10_00, 10_00)),
        Sells("2/1", 20_00, "2021-12-30 19:30"),
        Closes(
            "general",
            "2021-12-30 20:01",
            Z("G000001", "2021-12-30", 20_00, 30_00, figures=30_00, covers=["P1-000001"]),
        ),
        Sells("1/1", -4_00, "2022-01-03 09:00", kind="refund"),
        Sells("1/1", 40_00, "2022-01-03 10:00"),
        # 40 - 4 = 36; absolute: 10 + 40 + 4 = 54
        Closes(
            "poste:1",
            "2022-01-03 20:00",
            Z(
                "P1-000002",
                "2022-01-03",
                36_00,
                46_00,
                absolute=54_00,
                period=36_00,
                refunds=-4_00,
            ),
        ),
        Closes(
            "general",
            "2022-01-03 20:01",
            Z(
                "G000002",
                "2022-01-03",
                0,
                66_00,
                figures=36_00,
                covers=["P1-000002"],
                absolute=74_00,
                period=36_00,
                refunds=-4_00,
                sealed=[
                    Z("M2021-12", "2021-12-31", None, 30_00, 30_00, covers=["G000001"], number=1),
                    Z("A2021", "2021-12-31", None, 30_00, 30_00, covers=["G000001"], number=1),
                ],
            ),
        ),
    ),
)
