"""VAT: TTC rules, HT + TVA = TTC, per ticket and (rate, nature), or as the source gave it."""

from __future__ import annotations

from tests.closing.plays import Closes, Restarts, Sells, Z, scenario
from tests.factories import line

VAT = (
    scenario(
        "rounded per ticket: two of 0,90 are not one of 1,80",
        Sells("1/1", 90, "2021-01-02 09:00"),
        Sells("1/1", 90, "2021-01-02 09:01"),
        # 0,90 / 1,055 = 0,853 → 0,85 and 0,05, twice; 1,80 / 1,055 = 1,706 → 1,71 and 0,09
        Closes(
            "caisse:1/1",
            "2021-01-02 12:00",
            Z("C1.1-000001", "2021-01-02", 1_80, 1_80, vat={("5.50", "goods"): (1_70, 10)}),
        ),
        Sells("1/1", 1_80, "2021-01-02 13:00", lines=[line(90), line(90)]),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                1_80,
                3_60,
                figures=3_60,
                covers=["C1.1-000001"],
                vat={("5.50", "goods"): (3_41, 19)},
            ),
        ),
    ),
    scenario(
        "several rates and natures in one ticket",
        Sells(
            "1/1",
            61_22,
            "2021-01-02 09:00",
            lines=[
                line(10_55),
                line(11_00, vat="10"),
                line(5_50, vat="10", nature="services"),
                line(12_00, vat="20"),
                line(6_00, vat="20", nature="services"),
                line(10_21, vat="2.10"),
                line(5_96, vat="20", label="SAC"),
            ],
        ),
        # 20 %: 12,00 + 5,96 = 17,96 → / 1,2 = 14,966… → 14,97 and 2,99
        # 2,10 %: 10,21 / 1,021 = 10,00
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                61_22,
                61_22,
                vat={
                    ("20.00", "goods"): (14_97, 2_99),
                    ("20.00", "services"): (5_00, 1_00),
                    ("10.00", "goods"): (10_00, 1_00),
                    ("10.00", "services"): (5_00, 50),
                    ("5.50", "goods"): (10_00, 55),
                    ("2.10", "goods"): (10_00, 21),
                },
            ),
        ),
    ),
    scenario(
        "where the source gives the tax, it is kept, rounded to the cent per line",
        Sells(
            "1/1",
            3_00,
            "2021-01-02 09:00",
            lines=[
                # 1,00 / 1,2 = 0,833: ours would be 0,17 each; theirs is 0,166 and 0,1649
                line(1_00, vat="20", tva=17, tva_text="0.166"),
                line(1_00, vat="20", tva=16, tva_text="0.1649"),
                line(1_00, vat="20"),
            ],
        ),
        # 17 + 16 + 17 = 50; 300 - 50 = 250
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 3_00, 3_00, vat={("20.00", "goods"): (2_50, 50)}),
        ),
    ),
    scenario(
        "a void takes back the very tax of its ticket, given or worked out",
        Sells(
            "1/1",
            2_90,
            "2021-01-02 09:00",
            number="1",
            lines=[line(1_00, vat="20", tva=16, tva_text="0.1649"), line(1_90, vat="20")],
        ),
        # 16 given; 1,90 / 1,2 = 1,5833 → 1,58 and 0,32
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 2_90, 2_90, vat={("20.00", "goods"): (2_42, 48)}),
        ),
        Restarts(),
        Sells("1/1", 0, "2021-01-03 09:00", kind="void", ref="1", number="2"),
        Closes(
            "general",
            "2021-01-03 20:00",
            Z(
                "G000002",
                "2021-01-03",
                -2_90,
                0,
                absolute=5_80,
                vat={("20.00", "goods"): (-2_42, -48)},
            ),
        ),
    ),
    scenario(
        "half a cent goes away from zero, in a sale and in its refund",
        # 0,03 at 20 %: 0,025 → 0,03 and 0,00; the refund the same, negative
        Sells("1/1", 3, "2021-01-02 09:00", lines=[line(3, vat="20")]),
        Closes(
            "caisse:1/1",
            "2021-01-02 12:00",
            Z("C1.1-000001", "2021-01-02", 3, 3, vat={("20.00", "goods"): (3, 0)}),
        ),
        Sells("1/1", -3, "2021-01-02 13:00", kind="refund", lines=[line(-3, vat="20")]),
        Closes(
            "caisse:1/1",
            "2021-01-02 14:00",
            Z("C1.1-000002", "2021-01-02", -3, 0, absolute=6, vat={("20.00", "goods"): (-3, 0)}),
        ),
    ),
    scenario(
        "a rate the table does not have, or none at all: counted and told",
        Sells("1/1", 11_96, "2021-01-02 09:00", lines=[line(11_96, vat="19.60")]),
        Sells("1/1", 5_00, "2021-01-02 09:01", lines=[line(5_00, vat="0")]),
        # 11,96 / 1,196 = 10,00
        Closes(
            "general",
            "2021-01-02 20:00",
            Z(
                "G000001",
                "2021-01-02",
                16_96,
                16_96,
                vat={("19.60", "goods"): (10_00, 1_96), ("0.00", "goods"): (5_00, 0)},
                findings={"unknown_rate": 2},
            ),
        ),
    ),
    scenario(
        "an article free of charge is told, a discount to nothing is not",
        Sells("1/1", 0, "2021-01-02 09:00", lines=[line(0)], pays=[]),
        Sells("1/1", 0, "2021-01-02 09:01", lines=[line(0, unit=90, discount=90)], pays=[]),
        Closes(
            "general",
            "2021-01-02 20:00",
            Z("G000001", "2021-01-02", 0, 0, tickets=2, findings={"zero_price": 1}),
        ),
    ),
)
