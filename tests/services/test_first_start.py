"""The assistant of the first start, and who may be asked for a PIN."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import UsageError
from app.services import users
from app.services.access import give_first_pin, keepers_of, seconds_to_wait, try_pin
from app.services.first_start import (
    DONE,
    MANAGER_PIN,
    ROLE,
    SHOP,
    STEPS,
    TILLS,
    answer,
    answers_of,
    finish,
    make_manager,
    step_of,
)
from app.services.home import home
from app.services.settings import load_settings
from tests.conftest import EVENING

PIN, OTHER = "4826", "7391"


def test_nothing_is_written_before_the_first_answer(shop):
    assert step_of(shop) == ""
    assert answers_of(shop).counts == (1,)
    assert not shop.ledger.shop


def test_each_answer_is_kept_with_the_step_that_follows(shop):
    assert answer(shop, {"shop.name": "Chez Anne"}, SHOP, EVENING) == ROLE
    assert step_of(shop) == ROLE
    assert answer(shop, {"shop.role": "master"}, ROLE, EVENING) == TILLS
    assert answers_of(shop).name == "Chez Anne"


def test_default_answers_alone_make_a_shop(shop):
    answer(shop, {"shop.role": "master"}, ROLE, EVENING)
    assert shop.ledger.shop


def test_home_waits_until_the_assistant_is_over(shop):
    answer(shop, {"shop.name": "Chez Anne"}, SHOP, EVENING)
    assert home(shop, load_settings(shop), EVENING) is None
    finish(shop)
    assert home(shop, load_settings(shop), EVENING) is not None


def test_a_secondary_till_skips_to_the_end(shop):
    assert answer(shop, {"shop.role": "secondary"}, ROLE, EVENING) == DONE


def test_a_refused_answer_keeps_the_step(shop):
    answer(shop, {"shop.name": "Chez Anne"}, SHOP, EVENING)
    with pytest.raises(UsageError):
        answer(shop, {"shop.role": "roi"}, ROLE, EVENING)
    assert step_of(shop) == ROLE


def test_the_first_manager_gets_a_pin_and_a_recovery_sheet(shop):
    code = make_manager(shop, "Anne", PIN, EVENING)
    assert answers_of(shop).managers == ("Anne",)
    assert step_of(shop) == DONE
    assert users.use_recovery_code(shop, code, "Anne", OTHER, EVENING) == "Anne"


def test_a_manager_given_twice_is_the_same(shop):
    make_manager(shop, "Anne", PIN, EVENING)
    make_manager(shop, " anne ", OTHER, EVENING)
    assert [user["name"] for user in users.list_users(shop)] == ["Anne"]


def test_a_step_of_another_version_is_none(shop):
    answer(shop, {"shop.name": "Chez Anne"}, SHOP, EVENING)
    with shop.writing(), shop.documents.open("drafts") as database:
        database.table("first_start").update({"step": "moon"})
    assert step_of(shop) == ""
    assert MANAGER_PIN in STEPS


# --- who may be asked -------------------------------------------------------------------------


@pytest.fixture
def people(shop):
    for name, role, pin in (
        ("Zoé", "caissier", PIN),
        ("Anne", "responsable", PIN),
        ("Bruno", "support", PIN),
        ("Chloé", "responsable", ""),
    ):
        users.add_user(shop, name, role, EVENING)
        if pin:
            users.set_pin(shop, name, pin, EVENING)
    return shop


def test_those_who_hold_the_role_or_a_higher_one_and_have_a_pin(people):
    assert keepers_of(people, "caissier").names == ("Anne", "Bruno", "Zoé")
    assert keepers_of(people, "responsable").names == ("Anne", "Bruno")
    assert keepers_of(people, "support").names == ("Bruno",)


def test_a_wrong_pin_is_an_answer_with_its_wait(people):
    answers = [try_pin(people, "Anne", OTHER, EVENING) for _ in range(3)]
    assert [a.wait for a in answers] == [0, 0, 30]
    assert not any(a.right for a in answers)
    assert seconds_to_wait(people, "Anne", EVENING + timedelta(seconds=10.5)) == 20
    assert try_pin(people, "Anne", PIN, EVENING + timedelta(seconds=10)).wait == 20
    assert seconds_to_wait(people, "Bruno", EVENING) == 0
    assert try_pin(people, "Anne", PIN, EVENING + timedelta(seconds=31)).right


def test_a_clock_gone_back_shows_the_whole_wait(people):
    for _ in range(3):
        try_pin(people, "Anne", OTHER, EVENING)
    assert seconds_to_wait(people, "Anne", EVENING - timedelta(days=2)) == 30


def test_a_sheet_is_made_with_the_first_managers_pin_only(shop):
    users.add_user(shop, "Zoé", "caissier", EVENING)
    users.add_user(shop, "Anne", "responsable", EVENING)
    assert give_first_pin(shop, "Zoé", PIN, EVENING) == ""
    assert give_first_pin(shop, "Anne", PIN, EVENING) != ""
    assert give_first_pin(shop, "Anne", OTHER, EVENING) == ""
