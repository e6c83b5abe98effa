"""Months: when they are sealed, what they cover, and what comes too late for them."""

from __future__ import annotations

from app.errors import ClockDoubt, NothingToClose
from tests.closing.plays import Closes, Restarts, Sells, Z, scenario

MONTHS = (
    scenario(
        "a month sealed by hand, then a late ticket of it: the day after takes it",
        Sells("1/1", 10_00, "2021-01-31 19:00"),
        Closes("general", "2021-01-31 20:00", Z("G000001", "2021-01-31", 10_00, 10_00)),
        Closes("month", "2021-02-01 04:59", NothingToClose, "après le 31/01/2021"),
        Closes(
            "month",
            "2021-02-01 05:00",
            Z("M2021-01", "2021-01-31", None, 10_00, 10_00, covers=["G000001"], number=1),
        ),
        Closes("month", "2021-02-01 05:01", NothingToClose, "le mois 2021-01 l'est déjà"),
        Restarts(),
        Sells("1/1", 5_00, "2021-01-31 18:00"),
        Closes(
            "general",
            "2021-02-01 08:00",
            Z("G000002", "2021-02-01", 5_00, 15_00, late=1),
        ),
        Sells("1/1", 20_00, "2021-02-01 19:00"),
        Closes("general", "2021-02-01 20:00", Z("G000003", "2021-02-01", 20_00, 35_00)),
        Closes(
            "month",
            "2021-03-01 08:00",
            ClockDoubt,
            "le dernier ticket est du 01/02/2021 à 19 h 00",
        ),
        Closes(
            "month",
            "2021-03-01 08:00",
            Z(
                "M2021-02",
                "2021-02-28",
                None,
                35_00,
                25_00,
                covers=["G000002", "G000003"],
                number=2,
            ),
            confirm_clock=True,
        ),
    ),
    scenario(
        "a month sealed by hand while a day of it is still open",
        Sells("1/1", 10_00, "2021-01-30 19:00"),
        Closes("general", "2021-01-30 20:00", Z("G000001", "2021-01-30", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-01-31 19:00"),
        Closes(
            "month",
            "2021-02-01 08:00",
            Z("M2021-01", "2021-01-31", None, 10_00, 10_00, covers=["G000001"], number=1),
        ),
        Closes(
            "caisse:1/1",
            "2021-02-01 08:01",
            Z("C1.1-000001", "2021-02-01", 20_00, 20_00),  # no more day in January
            until="2021-01-31",
        ),
        Closes(
            "general",
            "2021-02-01 08:02",
            Z("G000002", "2021-02-01", 0, 30_00, figures=20_00, covers=["C1.1-000001"]),
            until="2021-01-31",
        ),
    ),
    scenario(
        "only a GÉNÉRALE seals: CAISSE and POSTE of February leave January open",
        Sells("1/1", 10_00, "2021-01-31 19:00"),
        Closes("general", "2021-01-31 20:00", Z("G000001", "2021-01-31", 10_00, 10_00)),
        Sells("1/1", 20_00, "2021-02-01 10:00"),
        Closes("caisse:1/1", "2021-02-01 12:00", Z("C1.1-000001", "2021-02-01", 20_00, 20_00)),
        Closes(
            "poste:1",
            "2021-02-01 13:00",
            Z("P1-000001", "2021-02-01", 0, 20_00, figures=20_00, covers=["C1.1-000001"]),
        ),
        Closes(
            "general",
            "2021-02-01 20:00",
            Z(
                "G000002",
                "2021-02-01",
                0,
                30_00,
                figures=20_00,
                covers=["C1.1-000001", "P1-000001"],
                sealed=[
                    Z("M2021-01", "2021-01-31", None, 10_00, 10_00, covers=["G000001"], number=1)
                ],
            ),
        ),
    ),
    scenario(
        "`close month` alone leaves the year for later",
        Sells("1/1", 10_00, "2021-12-31 19:00"),
        Closes("general", "2021-12-31 20:00", Z("G000001", "2021-12-31", 10_00, 10_00)),
        Closes(
            "month",
            "2022-01-01 09:00",
            Z("M2021-12", "2021-12-31", None, 10_00, 10_00, covers=["G000001"], number=1),
        ),
        Sells("1/1", 20_00, "2022-01-03 09:00"),
        Closes(
            "general",
            "2022-01-03 20:00",
            Z(
                "G000002",
                "2022-01-03",
                20_00,
                30_00,
                period=20_00,
                sealed=[Z("A2021", "2021-12-31", None, 10_00, 10_00, covers=["G000001"], number=1)],
            ),
        ),
    ),
    scenario(
        "the first closure of a shop seals nothing",
        Closes("month", "2021-02-01 08:00", NothingToClose, "pas encore de clôture GÉNÉRALE"),
        Sells("1/1", 10_00, "2021-02-01 09:00"),
        Closes("general", "2021-02-01 20:00", Z("G000001", "2021-02-01", 10_00, 10_00)),
    ),
    scenario(
        "a month on a clock that went back before the last closure: asked about",
        Sells("1/1", 10_00, "2021-01-31 19:00"),
        Closes("general", "2021-02-01 10:00", Z("G000001", "2021-01-31", 10_00, 10_00)),
        Closes(
            "month",
            "2021-02-01 09:59",
            ClockDoubt,
            "la dernière clôture est du 01/02/2021 à 10 h 00",
        ),
        Closes(
            "month",
            "2021-02-01 09:59",
            Z("M2021-01", "2021-01-31", None, 10_00, 10_00, covers=["G000001"], number=1),
            confirm_clock=True,
        ),
    ),
)
