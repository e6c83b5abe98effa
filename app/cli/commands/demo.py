"""`demo`: a demonstration shop in an empty folder."""

from __future__ import annotations

import argparse

from app.cli.program import Outcome, Program
from app.domain.moments import french_date
from app.domain.words import count_of
from app.services.demo import MOST_DAYS, SHOP_NAME, make_demo

NAME = "demo"
HELP = "remplir un dossier vide avec une boutique de démonstration, marquée SIMULATION"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--days",
        type=int,
        default=3,
        metavar="N",
        help=f"combien de journées de ventes, de 1 à {MOST_DAYS} (3)",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="les mêmes ventes pour le même nombre (1)"
    )


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Make the shop; its last day stays open."""
    with program.open_shop(create=True, simulation=True) as shop:
        days = make_demo(shop, args.days, args.seed, program.clock())
    rows = [
        {"day": made.day.isoformat(), "tickets": made.tickets, "closure": made.closure or None}
        for made in days
    ]
    total = sum(made.tickets for made in days)
    lines = [
        f"{SHOP_NAME} (SIMULATION) : {count_of(len(days), 'journée')}, "
        f"{count_of(total, 'ticket')}, dans {program.folder}.",
        *(
            f"  {french_date(made.day)} : {count_of(made.tickets, 'ticket')}, "
            f"{made.closure or 'à clôturer avec « close general »'}"
            for made in days
        ),
    ]
    content = {"shop": SHOP_NAME, "simulation": True, "seed": args.seed, "tickets": total}
    return Outcome("\n".join(lines), {**content, "days": rows})
