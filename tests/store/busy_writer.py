"""One of two processes that write to the same shop: `python -m tests.store.busy_writer …`.

Arguments: data folder, `imports` or `closes`, seconds. Each thing that was acknowledged is printed
as one JSON line: what the test then looks for.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from app.errors import NothingToClose
from app.services.cash_moves import move_cash
from app.services.settings import change_setting
from tests.shops import close_scope, moment, sales, shop_in, take

NOW = "2021-01-02T20:00"
BATCH = 20


def imports(folder: Path) -> Iterator[Any]:
    """Takes files in, one after the other, in a shop that stays open as a kiosk's does."""
    with shop_in(folder, NOW) as shop:
        for number in count():
            batch = [
                *sales(BATCH // 2, first=1 + number * BATCH, at="2021-01-02T08:00"),
                *sales(BATCH // 2, first=1 + number * BATCH, at="2021-01-02T09:00", till="2"),
            ]
            report = take(shop, batch, file=f"{number}.jsonl", now=NOW)
            yield ["tickets", report.accepted]


def closes(folder: Path) -> Iterator[Any]:
    """Closes, moves cash and changes settings, opening the shop anew each time as commands do."""
    for number in count():
        with shop_in(folder, NOW) as shop:
            what = ("caisse:1/1", "poste:1", "general", "move", "setting")[number % 5]
            if what == "move":
                yield ["move", move_cash(shop, "in", number, "1/1", "x", moment(NOW))["amount"]]
            elif what == "setting":
                yield ["setting", change_setting(shop, "shop.name", str(number), moment(NOW))]
            else:
                try:
                    yield ["closure", close_scope(shop, what, now=NOW)]
                except NothingToClose:
                    continue


def main(folder: str, role: str, seconds: str) -> None:
    end = time.monotonic() + float(seconds)
    for done in {"imports": imports, "closes": closes}[role](Path(folder)):
        print(json.dumps(done), flush=True)
        if time.monotonic() > end:
            break


if __name__ == "__main__":
    main(*sys.argv[1:])
