"""`verify`: check the record, and make again what is drawn from it."""

from __future__ import annotations

import argparse

from app.cli.program import Outcome, Program
from app.domain.moments import french_moment, moment_from_text
from app.domain.words import count_of, size_words
from app.errors import Damaged
from app.services.verify import Report, damage_told, rebuild, report_json, verify

NAME = "verify"
HELP = "vérifier les enregistrements : chaînes, numéros, sommes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--deep", action="store_true", help="réécrire chaque ligne pour la comparer"
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="refaire listes et index depuis le journal"
    )


def run(program: Program, args: argparse.Namespace) -> Outcome:
    """Say what was checked; 1 when something is wrong, with the whole report all the same."""
    with program.open_shop() as shop:
        if args.rebuild:
            rebuild(shop)
        report = verify(shop, deep=args.deep)
    content = {**report_json(report), "rebuilt": args.rebuild}
    if report.ok:
        return Outcome(_text(report), content)
    damage = Damaged(damage_told(report))
    content["error"] = {"code": damage.code, "message": str(damage)}
    return Outcome(_text(report), content, 1, (str(damage),))


def _text(report: Report) -> str:
    counts, trusted = report.walk.counts, report.walk.trusted
    lines = [
        f"{count_of(counts.total(), 'enregistrement vérifié', 'enregistrements vérifiés')}, dont "
        f"{count_of(counts['ticket'], 'ticket')} et "
        f"{count_of(counts['closure'], 'clôture')}."
    ]
    if report.ok:
        lines.append("Tout est là et tout concorde.")
    else:
        lines += [
            f"Sans défaut : {count_of(trusted.total(), 'enregistrement')}, dont "
            f"{count_of(trusted['ticket'], 'ticket')} et "
            f"{count_of(trusted['closure'], 'clôture')}.",
            *(f"  {problem.told}" for problem in report.walk.problems),
        ]
    if report.interrupted:
        lines.append(
            f"Une écriture interrompue ({size_words(report.interrupted)}) sera mise de côté à la "
            "prochaine : rien de ce qui a été annoncé comme fait n'y est."
        )
    lines += [
        f"Le {french_moment(moment_from_text(at))}, la fin du journal avait été perdue : voir "
        "« events »."
        for at in report.walk.losses
    ]
    lines += [f"Mis de côté : {name}" for name in report.set_aside]
    return "\n".join(lines)
