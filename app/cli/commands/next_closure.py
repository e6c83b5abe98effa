"""`next`: what the next closure would hold."""

from __future__ import annotations

import argparse
from datetime import date

from app.cli.program import Outcome, Program
from app.domain.moments import french_date, french_moment, moment_from_text
from app.domain.words import count_of
from app.services.closures import what_comes_next
from app.services.settings import load_settings

NAME = "next"
HELP = "dire ce que contiendra la prochaine clôture"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No argument."""


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Open days, forgotten ones first, and each till's newest ticket."""
    with program.open_shop() as shop:
        content = what_comes_next(shop, load_settings(shop), program.clock())
    lines = [f"{count_of(content['tickets'], 'ticket')} à clôturer."]
    for row in content["days"]:
        day = french_date(date.fromisoformat(row["day"]))
        forgotten = " — journée non clôturée" if row["forgotten"] else ""
        lines.append(f"  {day} : {count_of(row['tickets'], 'ticket')}{forgotten}")
    for row in content["tills"]:
        at = french_moment(moment_from_text(row["at"]))
        lines.append(f"Poste {row['till']} : dernier ticket n° {row['last_ticket']} le {at}.")
    return Outcome("\n".join(lines), content)
