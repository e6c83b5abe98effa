"""The saved state of the record: everything in it comes back as it was."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from app.domain.cash import Drawer, Takings
from app.domain.figures import Figures
from app.domain.findings import Series
from app.domain.ledger import (
    LastClosure,
    LastTicket,
    Ledger,
    PeriodSum,
    Watermark,
    WindowClosure,
)
from app.domain.ledger_snapshot import ledger_from_json, ledger_json
from app.domain.moments import moment_from_text
from app.domain.scope import Scope

AT = moment_from_text("2021-10-31T02:10:00+01:00")
FULL = Ledger(
    shop="boutique",
    simulation=True,
    heads={"ticket/1": (7, "sha256:00")},
    last={"poste/1": LastClosure("P1-000003", 3, 100, 120, 60, 2021, date(2021, 1, 2))},
    window=[WindowClosure("P1-000003", Scope("poste", "1"), Figures(tickets=2, sales=30))],
    ends={"": AT, "1": AT, "1/1": AT},
    marks={"1/1": Watermark((1, 20), (2, 40), AT), "2/1": Watermark((2, 60))},
    open={"2021-01-02": {"1/1": 2}},
    drawers={"1/1": Drawer(10, -5, (("cb", Takings(1, 30)),), "G000001")},
    before_float={"1/1": Drawer(9, 1)},
    moves=[{"kind": "in", "amount": 5}],
    corrections=[{"closure": "G000001"}],
    conflicts=[{"day": "2021-01-02"}],
    tills={"1": LastTicket("42", AT)},
    numbers={
        "1|": Series((9, "2021-01-03"), (4, "2021-01-02"), {"2021-01-03": [[6, 7]]}),
        "2|": Series(),
    },
    months={"2021-01": PeriodSum(("G000001",), Figures(sales=30))},
    years={"2021": PeriodSum(("G000001", "G000002"), Figures(sales=50))},
    sealed_until=date(2020, 12, 31),
    closed_at=AT,
    damaged=2,
    unread=[(3, 120)],
)


def test_every_part_of_the_state_is_tried_here():
    empty = Ledger()
    same = [f.name for f in fields(Ledger) if getattr(FULL, f.name) == getattr(empty, f.name)]
    assert same == []


@pytest.mark.parametrize("ledger", [FULL, Ledger()], ids=["full", "empty"])
def test_the_state_comes_back_as_it_was(ledger):
    assert ledger_from_json(json.loads(json.dumps(ledger_json(ledger)))) == ledger


@pytest.mark.parametrize("key", sorted(ledger_json(FULL)))
def test_a_state_that_lacks_something_is_none(key):
    saved = json.loads(json.dumps(ledger_json(FULL)))
    del saved[key]
    with pytest.raises(KeyError):
        ledger_from_json(saved)
