"""Who may do what: roles, PINs, waits that survive anything, the recovery sheet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import NotFound, UsageError
from app.services import users
from app.services.users import (
    WrongPin,
    add_user,
    check_fit,
    check_pin,
    has_recovery_code,
    list_users,
    new_recovery_code,
    remove_user,
    set_pin,
    use_recovery_code,
)
from app.store.shop import Shop
from tests.conftest import EVENING, Cloture

PIN = "2580"
REAL_COST = dict(users._COST)  # other tests hash with next to none


def test_a_hash_costs_who_steals_the_file():
    assert REAL_COST["n"] * REAL_COST["r"] * 128 >= 16 << 20  # bytes of memory for each try


@pytest.fixture
def anne(shop: Shop) -> Shop:
    """A shop whose manager Anne has a PIN."""
    add_user(shop, "Anne", "responsable", EVENING)
    set_pin(shop, "Anne", PIN, EVENING)
    return shop


def events(shop: Shop) -> list[tuple[str, dict[str, object]]]:
    bodies = [kept.record["body"] for kept in shop.records("event") if kept.record]
    return [(body["event"], body["detail"]) for body in bodies]


def wrong(shop: Shop, times: int, after: float = 0) -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            check_pin(shop, "Anne", "9999", EVENING + timedelta(seconds=after))


def test_a_name_is_kept_once_whatever_its_letters(anne: Shop):
    with pytest.raises(UsageError, match="déjà responsable"):
        add_user(anne, "  ANNE ", "responsable", EVENING)
    add_user(anne, "Zoé", "responsable", EVENING)
    assert add_user(anne, "anne", "support", EVENING)["name"] == "Anne"
    assert len(list_users(anne)) == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x00b"])
def test_a_name_that_is_none_is_refused(shop: Shop, name: str):
    with pytest.raises(UsageError):
        add_user(shop, name, "caissier", EVENING)


def test_the_last_manager_stays_while_there_are_others(anne: Shop):
    add_user(anne, "Karim", "caissier", EVENING)
    with pytest.raises(UsageError, match="seul responsable"):
        remove_user(anne, "Anne", EVENING)
    with pytest.raises(UsageError, match="seul responsable"):
        add_user(anne, "Anne", "caissier", EVENING)
    add_user(anne, "Karim", "responsable", EVENING)
    assert remove_user(anne, "Anne", EVENING) == "Anne"
    assert remove_user(anne, "Karim", EVENING) == "Karim"
    assert list_users(anne) == []


def test_the_journal_says_who_was_added_and_removed(shop: Shop):
    add_user(shop, "Anne", "responsable", EVENING, "support")
    set_pin(shop, "Anne", PIN, EVENING)
    remove_user(shop, "Anne", EVENING)
    bodies = [kept.record["body"] for kept in shop.records("user") if kept.record]
    at = EVENING.isoformat()
    assert bodies == [
        {"name": "Anne", "role": "responsable", "at": at, "by": "support"},
        {"name": "Anne", "role": "responsable", "removed": True, "at": at, "by": ""},
    ]


def test_users_survive_a_rebuild_and_a_removed_one_has_no_pin_left(anne: Shop):
    anne.rebuild()
    assert list_users(anne) == [
        {"name": "Anne", "role": "responsable", "pin": True, "pin_lost": False}
    ]
    remove_user(anne, "Anne", EVENING)
    add_user(anne, "Anne", "responsable", EVENING)
    with pytest.raises(WrongPin, match="pas encore de code"):
        check_pin(anne, "Anne", PIN, EVENING)


@pytest.mark.parametrize("pin", ["2580", "1470", "80251346", "1357"])
def test_a_pin_that_fits(pin: str):
    check_fit(pin)


@pytest.mark.parametrize(
    "pin",
    ["0000", "1111", "99999999", "1234", "45678", "9876", "8901", "1212", "123123", "258", ""],
)
def test_a_pin_that_anybody_would_try(pin: str):
    with pytest.raises(UsageError):
        check_fit(pin)


def test_waits_grow_and_each_has_an_end(anne: Shop):
    wrong(anne, 3)
    at = EVENING
    for expected in (30, 60, 120, 240, 480, 900, 900):
        almost = at + timedelta(seconds=expected - 1)
        with pytest.raises(WrongPin, match="Trop de codes faux"):
            check_pin(anne, "Anne", PIN, almost)
        at += timedelta(seconds=expected)
        with pytest.raises(WrongPin, match="Code faux"):
            check_pin(anne, "Anne", "9999", at)
    assert check_pin(anne, "Anne", PIN, at + timedelta(minutes=15))["name"] == "Anne"
    wrong(anne, 1)  # and all is forgotten: two more tries without a wait
    check_pin(anne, "Anne", PIN, EVENING)


def test_killing_the_program_resets_nothing(cloture: Cloture, monkeypatch: pytest.MonkeyPatch):
    with cloture.open() as shop:
        add_user(shop, "Anne", "responsable", EVENING)
        set_pin(shop, "Anne", PIN, EVENING)

    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    for _ in range(3):
        with monkeypatch.context() as patch, cloture.open() as shop:
            patch.setattr("app.services.users._matches", killed)
            with pytest.raises(KeyboardInterrupt):
                check_pin(shop, "Anne", "9999", EVENING)
    with cloture.open() as shop, pytest.raises(WrongPin, match="Trop de codes faux"):
        check_pin(shop, "Anne", PIN, EVENING)


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(days=4000)])
def test_a_clock_that_goes_back_makes_no_endless_wait(anne: Shop, back: timedelta):
    wrong(anne, 3)
    earlier = EVENING - back
    with pytest.raises(WrongPin, match="30 secondes"):
        check_pin(anne, "Anne", PIN, earlier)
    check_pin(anne, "Anne", PIN, earlier + timedelta(seconds=30))


def test_a_wrong_pin_is_an_event_without_the_pin(anne: Shop):
    wrong(anne, 1)
    assert events(anne)[-1] == ("wrong_pin", {"name": "Anne", "errors": 1})


def test_one_users_errors_are_not_anothers(anne: Shop):
    add_user(anne, "Zoé", "responsable", EVENING)
    set_pin(anne, "Zoé", "1470", EVENING)
    wrong(anne, 3)
    assert check_pin(anne, "Zoé", "1470", EVENING)["name"] == "Zoé"


def test_an_unknown_user_is_told(shop: Shop):
    with pytest.raises(NotFound, match="users list"):
        check_pin(shop, "Personne", PIN, EVENING)


def test_the_recovery_sheet_sets_a_pin_once(anne: Shop):
    code = new_recovery_code(anne, EVENING)
    assert (
        use_recovery_code(anne, code.lower().replace("-", " "), "anne", "1470", EVENING) == "Anne"
    )
    check_pin(anne, "Anne", "1470", EVENING)
    assert not has_recovery_code(anne)
    with pytest.raises(WrongPin, match="users recovery"):
        use_recovery_code(anne, code, "Anne", "8024", EVENING)


def test_a_new_sheet_ends_the_one_before(anne: Shop):
    old, new = new_recovery_code(anne, EVENING), new_recovery_code(anne, EVENING)
    with pytest.raises(WrongPin):
        use_recovery_code(anne, old, "Anne", "1470", EVENING)
    use_recovery_code(anne, new, "Anne", "1470", EVENING)


def test_a_wrong_code_makes_wait_and_wastes_no_sheet(anne: Shop):
    code = new_recovery_code(anne, EVENING)
    for _ in range(3):
        with pytest.raises(WrongPin):
            use_recovery_code(anne, "AAAA-BBBB-CCCC-DDDD", "Anne", "1470", EVENING)
    with pytest.raises(WrongPin, match="Trop"):
        use_recovery_code(anne, code, "Anne", "1470", EVENING)
    later = EVENING + timedelta(seconds=30)
    with pytest.raises(UsageError):
        use_recovery_code(anne, code, "Anne", "1234", later)  # a poor PIN: the code stays good
    use_recovery_code(anne, code, "Anne", "1470", later)
    assert ("wrong_recovery_code", {"name": "", "errors": 3}) in events(anne)
