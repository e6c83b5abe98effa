"""3,000 tickets of 5 lines closed, each checked against its fingerprint: seconds (bound 1.5)."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median

from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.services.close import close
from app.store.shop import opened
from bench._measure import day_of_tickets, finish, paris, scratch, take, timed, verdict

ROUNDS = 7
SECONDS = 1.5
NOW = paris(2026, 1, 5, 20)


def close_copy(prepared: Path, folder: Path) -> float:
    """Copy the open day, close it with the program's own opening and saving; gives seconds."""
    shutil.copytree(prepared, folder)

    def work() -> None:
        with opened(folder, lambda: NOW) as shop:
            close(shop, Scope(GENERAL), Terms(now=NOW))

    return timed(work)


def main() -> None:
    """Measure."""
    with scratch() as folder:
        prepared = folder / "prepared"
        with opened(prepared, lambda: NOW, create=True) as shop:
            take(shop, day_of_tickets(NOW, 3_000, 1), NOW)
        seconds = [close_copy(prepared, folder / str(turn)) for turn in range(ROUNDS)]
        print(f"     each time: {', '.join(f'{s:.2f}' for s in seconds)} s")
        finish(verdict("3,000 tickets x 5 lines closed", median(seconds), SECONDS, "s"))


if __name__ == "__main__":
    main()
