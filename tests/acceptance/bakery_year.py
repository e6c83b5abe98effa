"""The year of a real French bakery, closed day by day through the command line.

    python tests/acceptance/bakery_year.py [DIR]

DIR (by default `../shared/data/bakery` beside the project) holds `bakery_sales_2021.csv` and
`daily_totals_2021.csv`. The data is not ours to give: where it is not there, this says so and ends
with code 2. Checks every day's tickets, totals, refunds and numbers to the cent, that importing
again takes nothing, that the year's sums agree, and that `verify` finds nothing.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.bootstrap import run  # noqa: E402 - the project's folder comes first
from app.domain.money import cents_from_text  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "bakery"


def command(data: Path, *words: str) -> dict[str, Any]:
    """Run one command with --json; stops everything when it does not end with 0."""
    out, err = io.StringIO(), io.StringIO()
    code = run(["--data", str(data), "--json", *words], stdout=out, stderr=err)
    if code != 0:
        sys.exit(f"{' '.join(words)} : code {code}\n{out.getvalue()}{err.getvalue()}")
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def expected(row: dict[str, str]) -> dict[str, Any]:
    """What the day's Z must say."""
    return {
        "tickets": int(row["tickets"]),
        "first_ticket": row["first_ticket"],
        "last_ticket": row["last_ticket"],
        "sales": cents_from_text(row["gross_positive"]),
        "refunds": cents_from_text(row["refunds"]),
        "total": cents_from_text(row["net_total"]),
    }


def close_year(data: Path, days: list[dict[str, str]]) -> int:
    """Close each day; gives how many days differ, each told on one line."""
    wrong, perpetual = 0, 0
    for number, row in enumerate(days, 1):
        z = command(data, "close", "general", "--until", row["date"])
        wanted = expected(row)
        perpetual += wanted["total"]
        found = {key: z["figures"][key] for key in wanted}
        zero_priced = sum(f["count"] for f in z["findings"] if f["kind"] == "zero_price")
        exact = (
            found == wanted
            and z["business_day"] == row["date"]
            and z["number"] == number
            and z["perpetual_total"] == perpetual
            and all(v["ht"] + v["tva"] == v["ttc"] for v in z["figures"]["vat"])
            and sum(v["ttc"] for v in z["figures"]["vat"]) == wanted["total"]
            and zero_priced == int(row["zero_price_lines"])
        )
        if not exact:
            wrong += 1
            print(f"{row['date']}: {found} instead of {wanted}")
    return wrong


def main() -> int:
    """Do it all; 0 when every day is right."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    sales = source / "bakery_sales_2021.csv"
    if not sales.exists():
        print(f"No {sales.name} in {source}: nothing was checked.")
        return 2
    with (source / "daily_totals_2021.csv").open(encoding="utf-8", newline="") as file:
        days = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "bakery"
        start = time.perf_counter()
        first = command(data, "import", str(sales), "--profile", "boulangerie")
        imported = time.perf_counter()
        wrong = close_year(data, days)
        closed = time.perf_counter()
        again = command(data, "import", str(sales), "--profile", "boulangerie")
        checked = command(data, "verify", "--deep")
        year = command(data, "close", "year", "--confirm-clock")
        verified = time.perf_counter()
    total = sum(cents_from_text(row["net_total"]) for row in days)
    print(f"{first['accepted']} tickets taken in {imported - start:.1f} s")
    print(f"{len(days)} days closed in {closed - imported:.1f} s, {wrong} of them wrong")
    print(f"a second import takes {again['accepted']} (duplicates {again['duplicates']})")
    print(f"verify --deep: ok={checked['ok']}, {checked['records']} records")
    print(f"{year['id']}: {year['figures']['total']} cents for {total} expected")
    print(f"checking again took {verified - closed:.1f} s")
    right = (
        wrong == 0
        and again["accepted"] == 0
        and again["duplicates"] == first["accepted"]
        and checked["ok"]
        and year["figures"]["total"] == total
    )
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
