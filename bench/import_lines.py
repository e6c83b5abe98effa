"""100,000 lines of a till's CSV taken in: seconds (bound 15), and memory that does not grow."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from statistics import median

from bench._measure import finish, scratch, timed, verdict

ROUNDS = 5
LINES = 100_000
SECONDS = 15.0
GROWTH = 1.15
_ARTICLES = (("BAGUETTE", "0,90"), ("CROISSANT", "1,10"), ("ECLAIR", "2,00"), ("COUPE", "0,15"))


def write_sales(path: Path, lines: int) -> None:
    """A file of the `boulangerie` profile: days of 390 lines, one to three lines a ticket."""
    choice = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.write("date,time,ticket_number,article,Quantity,unit_price\n")
        number, left = 150_000, 0
        for _ in range(lines):
            if left == 0:
                number, left = number + 1, choice.randint(1, 3)
            left -= 1
            # A ticket's moment follows its number, so that all its lines share it.
            day, rank = divmod(number - 150_001, 195)
            date = f"{2015 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}"
            article, price = _ARTICLES[choice.randrange(4)]
            clock = f"{7 + rank // 18:02d}:{rank % 18 * 3:02d}"
            out.write(f'{date},{clock},{number}.0,{article},1.0,"{price} €"\n')


def take_in(data: Path, sales: Path) -> int:
    """Run the import as a person would; gives the peak memory of its process in kB."""
    code = (
        "import resource, sys; from app.bootstrap import run;"
        "code = run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr);"
        "sys.exit(code)"
    )
    words = ["--data", str(data), "import", str(sales), "--profile", "boulangerie"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], check=True, capture_output=True, text=True
    )
    return int(done.stderr.split()[-1])


def main() -> None:
    """Measure."""
    with scratch() as folder:
        small, large = folder / "small.csv", folder / "large.csv"
        write_sales(small, LINES // 5)
        write_sales(large, LINES)
        seconds, memory = [], []
        for turn in range(ROUNDS):
            little = take_in(folder / f"s{turn}", small)
            peak: list[int] = []

            def work(data: Path = folder / f"l{turn}", peak: list[int] = peak) -> None:
                peak.append(take_in(data, large))

            seconds.append(timed(work))
            memory.append(peak[0] / little)
        print(f"     each time: {', '.join(f'{s:.1f}' for s in seconds)} s")
        finish(
            verdict(f"{LINES} lines taken in", median(seconds), SECONDS, "s"),
            verdict("peak memory against a file a fifth as long", median(memory), GROWTH, "x"),
        )


if __name__ == "__main__":
    main()
