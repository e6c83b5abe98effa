"""Every scenario of the table, played through the real services on a shop in a folder."""

from __future__ import annotations

import json

import pytest

from app.domain.ledger_snapshot import ledger_from_json, ledger_json
from app.services.verify import verify
from tests.closing.plays import PlayedShop, Scenario
from tests.closing.scenarios import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_shop_closes_as_worked_out_by_hand(scenario: Scenario, tmp_path):
    played = PlayedShop(tmp_path / "boutique")
    for step in scenario.steps:
        step.play(played)
    ledger = played.shop.ledger
    assert ledger_from_json(json.loads(json.dumps(ledger_json(ledger)))) == ledger
    played.leave()
    played.open()
    assert played.shop.ledger == ledger
    assert verify(played.shop, deep=True).ok
    played.shop.rebuild()
    assert played.shop.ledger == ledger
    played.leave()


def test_every_scenario_has_a_name_of_its_own():
    names = [scenario.name for scenario in SCENARIOS]
    assert len(set(names)) == len(names)
