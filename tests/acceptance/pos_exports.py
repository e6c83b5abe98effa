"""Real exports of five tills, taken in through the command line, and proposed anew.

    python tests/acceptance/pos_exports.py [DIR]

DIR (by default `../shared/data/pos-exports` beside the project) holds a folder for each bundled
profile. The data is not ours to give: where it is not there, this says so and ends with code 2.
For each till it checks every total below, that importing again takes nothing, that the record
verifies, and that « Ajouter une caisse » proposes the bundled profile for these very files, but for
names.

How the totals were worked out, beside the program: the two large files (SumUp's excerpt, LogicS) by
awk on whole cents, once cut into columns (`tr -d '\\r'` for LogicS; SumUp's quoted cells joined by
semicolons, their commas taken out), counting lines and different ticket numbers, and adding
« TTC » and each « TVA » rounded to the cent, by tender and by rate; the small ones by hand, as told
beside each.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.bootstrap import run  # noqa: E402 - the project's folder comes first
from app.formats.profile_files import find_profile  # noqa: E402
from app.formats.profile_reading import load_profile  # noqa: E402
from app.formats.proposing.propose import propose  # noqa: E402
from app.formats.proposing.tables import read_table  # noqa: E402
from tests.formats.but_for_names import nameless  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "pos-exports"
PROFILES = ROOT / "assets" / "profiles"

Row = dict[str, Any]

EXPECTED: dict[str, Row] = {
    # Excerpt: 99 lines, 71 references, 2 010,08 with 334,96 of tax at 20 %; cash 800,18, cards
    # 661,80 + 287,15 + 80,55 + 77,60 = 1 107,10, shared 102,80. The other file by hand: 1,00 +
    # 1,00 + 0,50 + 1,00 without tax, 2,50 sold and given back at 5,5 % (tax 0,13), all by card.
    "sumup-fr": {
        "tickets": 77,
        "sales": 201008 + 350 + 250,
        "refunds": -250,
        "vat": {("20.00", "goods"): (201008, 33496), ("5.50", "goods"): (0, 0)}
        | {("0.00", "goods"): (350, 0)},
        "tenders": {"cb": 110710 + 350, "especes": 80018, "inconnu": 10280},
        "outside": {},
        "findings": {"split_payment": 1},
    },
    # By hand: 45,00 + 40,00 + (12,00 + 1,06) - 45,00, without payment; then, known by its payment
    # alone, 60,00 and a tip of 10,00 by card. Dollars, each told.
    "square": {
        "tickets": 5,
        "sales": 4500 + 4000 + 1306 + 6000,
        "refunds": -4500,
        "vat": {("0.00", "services"): (4000, 0), ("0.00", "goods"): (6000 + 1306, 106)},
        "tenders": {"cb": 7000, "inconnu": 4500 + 4000 + 1306 - 4500},
        "outside": {"tip": 1000},
        "findings": {"no_detail": 1, "no_payment": 4, "no_rate": 1, "currency $": 5},
    },
    # By hand: 15,00 + 119,88 = 134,88 where 148,88 was paid (14,00 of articles are not in the
    # file); 68,00 known by its payment alone. Cash: 148,88 + 68,00.
    "loyverse": {
        "tickets": 2,
        "sales": 13488 + 6800,
        "refunds": 0,
        "vat": {("0.00", "goods"): (20288, 0)},
        "tenders": {"especes": 21688, "inconnu": -1400},
        "outside": {},
        "findings": {"no_detail": 1, "sums_off": 1},
    },
    # 219 lines, 33 tickets, 513,05: 497,35 at 20 % with 82,77 of tax, 15,70 without.
    "logics": {
        "tickets": 33,
        "sales": 51305,
        "refunds": 0,
        "vat": {("20.00", "goods"): (49735, 8277), ("0.00", "goods"): (1570, 0)},
        "tenders": {"inconnu": 51305},
        "outside": {},
        "findings": {},
    },
    # By hand: 10 + 10 + 1 665 + 100 by card, 500 by MobilePay, 150 in cash = 2 435,00; a fifth of
    # each is tax: 2 + 2 + 333 + 20 + 100 + 30 = 487,00. Crowns, each told.
    "zettle": {
        "tickets": 6,
        "sales": 243500,
        "refunds": 0,
        "vat": {("25.00", "goods"): (243500, 48700)},
        "tenders": {"cb": 178500, "especes": 15000, "mobilepay": 50000},
        "outside": {},
        "findings": {"currency kr.": 6},
    },
}


def command(data: Path, *words: str) -> dict[str, Any]:
    """Run one command with --json; stops everything when it does not end with 0."""
    out, err = io.StringIO(), io.StringIO()
    code = run(["--data", str(data), "--json", *words], stdout=out, stderr=err)
    if code != 0:
        sys.exit(f"{' '.join(words)} : code {code}\n{out.getvalue()}{err.getvalue()}")
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def taken(data: Path, till: str, files: Sequence[str]) -> Row:
    """What a new shop's X says of these files."""
    said = command(data, "import", *files, "--profile", till)
    figures = command(data, "x")["figures"]
    findings: dict[str, int] = {}
    for finding in said["findings"]:
        if finding["kind"] != "unknown_rate":  # of the shop's VAT table, not of the file
            kind = f"{finding['kind']} {finding.get('of', '')}".strip()
            findings[kind] = findings.get(kind, 0) + finding["count"]
    return {
        "tickets": figures["tickets"],
        "sales": figures["sales"],
        "refunds": figures["refunds"],
        "vat": {(r["rate"], r["nature"]): (r["ttc"], r["tva"]) for r in figures["vat"]},
        "tenders": {row["method"]: row["expected"] for row in figures["tenders"]},
        "outside": {row["nature"]: row["amount"] for row in figures["outside"]},
        "findings": findings,
    }


def proposed_alike(till: str, files: Sequence[str]) -> bool:
    """Whether the bundled profile is proposed for these files, but for names."""
    found = propose([read_table(Path(file)) for file in files], till)
    bundled = find_profile(till, [PROFILES])
    profile = load_profile(found.data, till)
    return nameless(profile, found.table, found.second) == nameless(
        bundled, found.table, found.second
    )


def check(till: str, folder: Path) -> bool:
    """Check one till, told on a few lines."""
    files = sorted(str(path) for path in folder.iterdir())
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / till
        found = taken(data, till, files)
        again = command(data, "import", *files, "--profile", till)
        verified = command(data, "verify", "--deep")
    alike = proposed_alike(till, files)
    right = found == EXPECTED[till]
    total = found["sales"] + found["refunds"]
    print(f"{till}: {found['tickets']} tickets, {total} cents, {'right' if right else 'WRONG'}")
    for key, value in found.items():
        if value != EXPECTED[till][key]:
            print(f"  {key}: {value} instead of {EXPECTED[till][key]}")
    print(
        f"  again: {again['accepted']} taken, {again['duplicates']} known; verify {verified['ok']}"
    )
    print(f"  proposed as bundled, but for names: {alike}")
    whole = again["accepted"] == 0 and again["conflicts"] == 0
    return right and whole and verified["ok"] and alike


def main() -> int:
    """Do it all; 0 when every till is right."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    absent = [till for till in EXPECTED if not (source / till).is_dir()]
    if absent:
        print(f"No {', '.join(absent)} in {source}: nothing was checked.")
        return 2
    right = [check(till, source / till) for till in EXPECTED]  # every one, whatever the others
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
