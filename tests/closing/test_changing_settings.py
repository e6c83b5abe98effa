"""Settings may change at any moment, in whichever process: `verify` never complains of it."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.closing import Terms
from app.domain.moments import in_paris
from app.domain.scope import scope_from_text
from app.errors import AppError, ClosureRefused
from app.services.close import close, close_period
from app.services.settings import change_setting
from app.services.verify import verify
from tests.closing.plays import PlayedShop, Sells
from tests.shops import all_records, checked, close_scope, moment, sales, shop_in, take
from tests.tampering import forged

HOURS = ("00:00", "03:00", "05:00", "06:30", "12:00")
ENDS = ("12-31", "06-30", "01-31", "02-29", "02-14")
days = st.tuples(st.just("day"), st.sampled_from((1, 3, 20, 20, 45)))
steps = st.one_of(
    days,
    days,
    days,
    st.tuples(st.just("sell"), st.sampled_from(("1/1", "1/2", "2/1"))),
    st.tuples(st.just("close"), st.sampled_from(("general", "poste:1", "caisse:1/1"))),
    st.tuples(st.just("day_change"), st.sampled_from(HOURS)),
    st.tuples(st.just("year_end"), st.sampled_from(ENDS)),
    st.tuples(st.just("wait"), st.sampled_from((2, 5, 30))),
    st.tuples(st.just("period"), st.sampled_from(("month", "year"))),
)


class Life:
    """A shop whose settings change; each closure made is noted in the books."""

    def __init__(self, folder: Path) -> None:
        self.played = PlayedShop(folder)
        self.now = datetime(2020, 12, 28, 20)

    def step(self, kind: str, what: str | int) -> None:
        self.now += timedelta(minutes=1)
        self.played.now = in_paris(self.now)
        if kind == "wait":
            self.now += timedelta(hours=int(what))
        elif kind == "sell":
            Sells(str(what), 10_00, self.now.isoformat()).play(self.played)
        elif kind == "day":
            Sells("1/1", 10_00, self.now.isoformat()).play(self.played)
            self._close("close", "general")
            self.now += timedelta(days=int(what))
        elif kind in ("day_change", "year_end"):
            change_setting(self.played.shop, f"closing.{kind}", what, self.played.now)
        else:
            self._close(kind, str(what))

    def _close(self, kind: str, what: str) -> None:
        terms = Terms(self.played.now, confirm_clock=True)
        try:
            if kind == "period":
                close_period(self.played.shop, what, terms)
            else:
                close(self.played.shop, scope_from_text(what), terms)
        except AppError:
            return
        self.played.made()


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(st.lists(steps, min_size=15, max_size=40))
def test_whatever_changes_when_every_law_holds_and_verify_agrees(chosen):
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(os, "fsync"):
        life = Life(Path(folder) / "boutique")
        try:
            for step in chosen:
                life.step(*step)
            ids = [body["id"] for body in life.played.books.bodies]
            assert len(ids) == len(set(ids))
            report = verify(life.played.shop)
            assert report.ok, report.walk.problems
        finally:
            life.played.leave()


def test_a_setting_of_another_process_is_obeyed_at_once(tmp_path):
    folder = tmp_path / "boutique"
    with shop_in(folder) as kiosk:
        take(kiosk, sales(2))
        with shop_in(folder) as other:
            change_setting(other, "closing.day_change", "09:00", moment("2021-01-02T19:00"))
        body, _ = kiosk.closure(close_scope(kiosk))
        # sold at 8 o'clock: before nine, it is the day before's
        assert (body["business_day"], body["rules"]["day_change"]) == ("2021-01-01", "09:00")


def test_a_setting_whose_process_died_before_it_showed_it_is_obeyed(tmp_path):
    folder = tmp_path / "boutique"
    with shop_in(folder) as kiosk:
        take(kiosk, sales(2))
        with shop_in(folder) as other, mock.patch.object(other, "save"):
            change_setting(other, "shop.role", "secondary", moment("2021-01-02T19:00"))
        with pytest.raises(ClosureRefused, match="caisse maître"):
            close_scope(kiosk)


def test_a_closure_keeps_the_rules_it_was_made_by(tmp_path):
    """Were they others than the settings' of then, as a program may have read them too early."""
    folder = tmp_path / "boutique"
    with shop_in(folder) as shop:
        take(shop, sales(2))
        change_setting(shop, "closing.day_change", "09:00", moment("2021-01-02T19:00"))
        with mock.patch("app.services.close.load_settings", return_value={}):
            body, _ = shop.closure(close_scope(shop))
        assert (body["business_day"], body["rules"]["day_change"]) == ("2021-01-02", "05:00")
    assert checked(folder)["ok"]


def test_a_closure_of_an_older_program_is_checked_by_the_settings_of_then(tmp_path):
    folder = tmp_path / "boutique"
    with shop_in(folder) as shop:
        change_setting(shop, "closing.day_change", "09:00", moment("2021-01-02T07:00"))
        take(shop, sales(2))
        close_scope(shop)
    line = len(all_records(folder))
    forged(1, line, lambda record: record["body"].pop("rules"))(folder)
    with shop_in(folder) as shop:
        change_setting(shop, "closing.day_change", "03:00", moment("2021-01-03T07:00"))
    for name in ("state.json", "closures/2021.json"):
        (folder / name).unlink()
    with shop_in(folder) as shop:
        shop.rebuild()
    assert checked(folder)["ok"]
    assert "rules" not in all_records(folder)[line - 1]["body"]
