"""A day that has everything a Z can show, for the tests of paper and mail.

Saturday 2 January 2021 at « Boulangerie d'essai »: two tills, three drawers; one counted with a
difference and corrected the next day, the shop counted with a meal voucher too many; goods and
services at three rates, a refund, a discount, a gift card; a gap in the numbers; the till's own Z.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.domain.cash import Count
from app.domain.closing import TillZ
from app.services.cash_moves import correct_count, declare_float, move_cash
from app.services.settings import change_settings
from app.store.shop import Shop
from tests.factories import line, ticket
from tests.shops import close_scope, moment, shop_in, take

EVENING = "2021-01-02T19:52"
IDENTITY = {
    "shop.name": "Boulangerie d'essai",
    "shop.address": "12 rue du Marché, 75011 Paris",
    "shop.siret": "123 456 789 00012",
    "shop.vat_number": "FR12123456789",
}


def run_the_day(folder: Path, **more: Any) -> None:
    """Closes CAISSE 1/1, then GÉNÉRALE; the count of 1/1 is corrected on Sunday."""
    with shop_in(folder, EVENING, **more) as shop:
        change_settings(shop, IDENTITY, moment("2021-01-02T07:00"))
        declare_float(shop, 15_000, "1/1", moment("2021-01-02T07:30"), "Anne")
        take(shop, _sales(), now=EVENING)
        move_cash(shop, "out", 1_250, "1/1", "Achat de lait", moment("2021-01-02T11:05"), "Anne")
        move_cash(shop, "in", 2_000, "1/2", "Monnaie", moment("2021-01-02T12:00"), "Zoé")
        counted = Count({"especes": 15_340, "titre_restaurant": 900}, {}, 15_000, 340, "Rendu faux")
        close_scope(shop, "caisse:1/1", now="2021-01-02T19:40", counts={"1/1": counted}, by="Anne")
        rest = {"1/2": Count({"especes": 3_150}, left=2_000), "2/1": Count({"cb": 4_200})}
        close_scope(shop, now=EVENING, counts=rest, by="Anne", till_z=(TillZ("1", "0456", 2_810),))
    with shop_in(folder, "2021-01-03T08:00", **more) as shop:
        _correct(shop)


def _correct(shop: Shop) -> None:
    after = Count({"especes": 15_390}, {}, 15_000, 390, "Pièces recomptées")
    correct_count(shop, "C1.1-000001", "1/1", after, moment("2021-01-03T08:00"), "Zoé")


def _sales() -> list[Any]:
    bread = {"label": "BAGUETTE", "family": "PAIN"}
    cake = {"label": "TARTE", "family": "PÂTISSERIE", "vat": "10"}
    return [
        ticket(
            line("4,50", qty="5", **bread), number="150040", at="2021-01-02T08:38", cashier="Anne"
        ),
        ticket(
            line("12,90", qty="0.43", discount=100, **cake),
            number="150041",
            at="2021-01-02T09:12",
            cashier="Anne",
            payments=[("especes", "3,90"), ("titre_restaurant", "9,00")],
        ),
        ticket(
            line("-0,90", **bread),
            number="150043",
            at="2021-01-02T10:01",
            kind="refund",
            cashier="Zoé",
        ),
        ticket(
            line("30,00", label="CARTE CADEAU", nature="gift_card"),
            line("11,50", label="CHAMPAGNE", family="CAVE", vat="20"),
            number="150044",
            at="2021-01-02T11:40",
            drawer="2",
            cashier="Zoé",
            payments=[("cb", "30,00"), ("especes", "11,50")],
        ),
        ticket(
            line("42,00", label="PLATEAU", family="TRAITEUR", vat="10", nature="services"),
            number="9001",
            at="2021-01-02T12:30",
            till="2",
            payments="cb",
        ),
    ]
