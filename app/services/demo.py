"""The demonstration shop: a bakery made up, its days sold and closed but the last.

The same seed and the same moment give the same tickets and closures. The shop is marked SIMULATION
for ever (contract, chapter 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.moments import PARIS, business_day, end_of_business_day
from app.domain.scope import GENERAL, Scope
from app.domain.settings import day_change_of, vat_table_of
from app.domain.ticket import Line, Payment, Ticket
from app.errors import DataFolderError, UsageError
from app.services.cash_moves import declare_float, move_cash
from app.services.close import close, read_x
from app.services.demo_articles import ARTICLES, CASHIERS, DRAWERS, Article
from app.services.import_tickets import Source, import_tickets
from app.services.settings import change_settings, load_settings
from app.services.users import add_user

if TYPE_CHECKING:
    from app.store.shop import Shop

SHOP_NAME = "Boulangerie de démonstration"
MOST_DAYS = 400
_OPENING, _EVENING = time(7), time(20, 10)
_FLOAT = 15_000
_FIRST_NUMBERS = {"1": 21_001, "2": 8_001}
_CASHIER_OF = {"1/1": ("Anne", "Karim"), "1/2": ("Lucie",), "2/1": ("Théo", "Karim")}
_BUSY = dict(zip(range(7, 20), (10, 16, 12, 12, 16, 22, 14, 6, 7, 14, 19, 18, 9), strict=True))
"""How many customers come in each hour, from 7 to 19, beside the others."""

_TENDERS = (("especes", 38), ("cb", 48), ("titre_restaurant", 9), ("cheque", 5))
_COINS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class DemoDay:
    """A day that was made: its tickets, and its closure's id ("" for the last, left open)."""

    day: date
    tickets: int
    closure: str


def make_demo(shop: Shop, days: int, seed: int, now: datetime) -> list[DemoDay]:
    """Fill an empty folder with `days` days that end on the business day of `now`.

    The shop must have been opened as a simulation. Raises DataFolderError when it holds anything,
    UsageError for a number of days that makes no sense.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"Le nombre de jours va de 1 à {MOST_DAYS}.")
    if shop.ledger.shop:
        raise DataFolderError(
            f"Il y a déjà une boutique dans {shop.folder} : indiquez un dossier vide avec --data."
        )
    bakery = _Bakery(Random(seed))
    last = _last_day(now)
    first = last - timedelta(days=days - 1)
    _set_up(shop, datetime.combine(first, time(6, 30), tzinfo=PARIS))
    made = []
    for index in range(days):
        day = first + timedelta(days=index)
        tickets = [ticket for ticket in bakery.day(day) if ticket.at <= now]
        made.append(_keep_day(shop, bakery, day, tickets, is_last=day == last, now=now))
    return made


def _last_day(now: datetime) -> date:
    """The business day of `now`, or the one before while the shop has hardly opened."""
    day = business_day(now, time(5))
    hardly_open = datetime.combine(day, time(8), tzinfo=PARIS)
    return day - timedelta(days=1) if now < hardly_open else day


def _set_up(shop: Shop, at: datetime) -> None:
    change_settings(shop, {"shop.name": SHOP_NAME, "tills.drawers": list(DRAWERS)}, at)
    for name, role in CASHIERS:
        add_user(shop, name, role, at)
    for drawer in DRAWERS:
        declare_float(shop, _FLOAT, drawer, at, CASHIERS[0][0])


def _keep_day(
    shop: Shop, bakery: _Bakery, day: date, tickets: list[Ticket], *, is_last: bool, now: datetime
) -> DemoDay:
    settings = load_settings(shop)
    evening = min(datetime.combine(day, _EVENING, tzinfo=PARIS), now)
    source = Source("démonstration", "demo")
    import_tickets(shop, tickets, source, vat_table_of(settings), evening)
    if is_last:
        return DemoDay(day, len(tickets), "")
    noon = datetime.combine(day, time(14, 40), tzinfo=PARIS)
    move_cash(shop, "out", bakery.errand(), "1/1", "Achat de lait", noon, "Anne")
    until = end_of_business_day(day, day_change_of(settings))
    terms = Terms(now=evening, until=until, by="Anne")
    rows = read_x(shop, Scope(GENERAL), terms, settings)["cash"]
    counts = {row["drawer"]: bakery.count(row["expected"]) for row in rows}
    closure = close(shop, Scope(GENERAL), replace(terms, counts=counts))
    return DemoDay(day, len(tickets), closure)


class _Bakery:
    """Invents what is sold and counted, always the same from the same random numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers = dict(_FIRST_NUMBERS)

    def day(self, day: date) -> list[Ticket]:
        """The tickets of a whole day, in the order they were sold."""
        customers = self._random.randint(155, 235)
        hours = [hour for hour, share in _BUSY.items() for _ in range(share)]
        moments = sorted(self._moment(day, self._random.choice(hours)) for _ in range(customers))
        return list(self._sell(moments))

    def errand(self) -> int:
        """Cents taken out of a drawer for a small purchase."""
        return self._random.randint(4, 24) * 50

    def count(self, expected: int) -> Count:
        """A drawer counted in the evening: mostly right, sometimes a few cents off."""
        off = self._random.choice((0, 0, 0, 5, -10, 20, -50, 100, -120))
        counted = max(0, expected + off)
        coins, rest = {}, counted
        for coin in _COINS:
            coins[coin], rest = divmod(rest, coin)
        left = min(_FLOAT, counted)
        return Count(
            tenders={"especes": counted},
            coins={coin: number for coin, number in coins.items() if number},
            left=left,
            banked=counted - left,
            reason="Erreur de rendu de monnaie" if off else "",
        )

    def _moment(self, day: date, hour: int) -> datetime:
        minutes, seconds = self._random.randrange(60), self._random.randrange(60)
        return datetime.combine(day, time(hour, minutes, seconds), tzinfo=PARIS)

    def _sell(self, moments: list[datetime]) -> Iterator[Ticket]:
        """A sale at each moment; some of the rarer things happen now and then."""
        rare = dict(zip(self._rare_places(len(moments)), _RARE, strict=False))
        before: Ticket | None = None
        for place, at in enumerate(moments):
            kind = rare.get(place, "sale")
            drawer = self._random.choices(DRAWERS, (5, 3, 4))[0]
            if kind == "void" and before is not None:
                yield self._void(before, at)
                continue
            lines = self._lines(kind, at.hour)
            if kind == "sale":
                before = self._ticket(drawer, "sale", at, lines)
                yield before
            else:
                yield self._ticket(drawer, "refund" if kind == "refund" else "sale", at, lines)

    def _rare_places(self, customers: int) -> list[int]:
        return self._random.sample(range(5, customers), len(_RARE))

    def _lines(self, kind: str, hour: int) -> tuple[Line, ...]:
        if kind == "gift_card":
            return (Line("CARTE CADEAU", "gift_card", Decimal(1), 3000, unit=3000),)
        if kind == "refund":
            article = self._article(hour)
            return (_line(article, -1),)
        articles = {self._article(hour).code: None for _ in range(self._random.randint(1, 3))}
        lines = tuple(
            _line(article, self._random.randint(1, article.most))
            for article in ARTICLES
            if article.code in articles
        )
        if kind == "discount":
            first = lines[0]
            off = first.total // 10
            return (replace(first, discount=off, total=first.total - off), *lines[1:])
        return lines

    def _article(self, hour: int) -> Article:
        sold = [a for a in ARTICLES if a.when[0] <= hour < a.when[1]]
        return self._random.choices(sold, [a.weight for a in sold])[0]

    def _ticket(self, drawer: str, kind: str, at: datetime, lines: tuple[Line, ...]) -> Ticket:
        till, code = drawer.split("/")
        total = sum(line.total for line in lines)
        cashier = self._random.choice(_CASHIER_OF[drawer])
        payments = self._payments(total, lines)
        return Ticket(till, code, self._number(till), at, kind, lines, payments, cashier)

    def _void(self, ticket: Ticket, at: datetime) -> Ticket:
        number = self._number(ticket.till)
        return Ticket(
            ticket.till, ticket.drawer, number, at, "void", (), (), "Anne", ref=ticket.number
        )

    def _payments(self, total: int, lines: tuple[Line, ...]) -> tuple[Payment, ...]:
        method = self._random.choices([t for t, _ in _TENDERS], [w for _, w in _TENDERS])[0]
        is_meal = any(line.family == "SNACKING" for line in lines)
        if total < 0 or (method == "titre_restaurant" and not is_meal):
            method = "especes"
        if method == "cheque" and total < 1000:
            method = "cb"
        voucher = 900
        if method == "titre_restaurant" and total > voucher:
            return Payment(method, voucher), Payment("especes", total - voucher)
        return (Payment(method, total),)

    def _number(self, till: str) -> str:
        number = self._numbers[till]
        self._numbers[till] = number + 1
        return str(number)


_RARE = ("refund", "refund", "discount", "discount", "discount", "discount", "void", "gift_card")


def _line(article: Article, quantity: int) -> Line:
    return Line(
        label=article.label,
        nature=article.nature,
        qty=Decimal(quantity),
        total=article.unit * quantity,
        vat=article.vat,
        code=article.code,
        family=article.family,
        unit=article.unit,
    )
