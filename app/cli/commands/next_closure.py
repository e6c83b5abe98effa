"""`next`: what the next closure would hold."""

from __future__ import annotations

import argparse
from datetime import date

from app.cli.program import Outcome, Program
from app.domain.moments import french_date, french_moment, moment_from_text
from app.domain.words import count_of
from app.services.closures import what_comes_next
from app.services.settings import load_settings

_DAY = 24 * 60
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
        number = f" n° {row['last_ticket']}" if row["last_ticket"] else ""
        lines.append(f"Poste {row['till']} : dernier ticket{number} le {at}{_ago(row['minutes'])}.")
    return Outcome("\n".join(lines), content)


def _ago(minutes: int) -> str:
    """How long ago that was; nothing for a moment that a clock puts ahead of ours."""
    if minutes < 0:
        return ""
    if minutes < _DAY:
        hours, rest = divmod(minutes, 60)
        return f", il y a {hours} h {rest:02d}" if hours else f", il y a {rest} min"
    return f", il y a {count_of(minutes // _DAY, 'jour')}"
