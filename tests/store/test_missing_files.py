"""Every file of the data folder but the journal: gone, empty or spoiled, the figures stay the same.

What the journal says is made again and told; what it doesn't (PINs, passwords) is told, and no door
opens because of it.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.cash import Count
from app.domain.closing import Terms
from app.domain.scope import GENERAL, Scope
from app.errors import DataFolderError
from app.services.access import keepers_of
from app.services.close import read_x
from app.services.closure_plan import ClosurePlan
from app.services.closures import list_closures, show_closure
from app.services.count_draft import drafts, save_draft
from app.services.events import list_events
from app.services.jobs import waiting_jobs
from app.services.secrets import secret_state
from app.services.settings import change_setting, load_settings
from app.services.users import (
    WrongPin,
    add_user,
    check_pin,
    list_users,
    new_recovery_code,
    remove_user,
    set_pin,
    use_recovery_code,
)
from app.services.verify import rebuild, report_json, verify
from app.store import data_folder, saved_state
from app.store.shop import Shop
from tests.factories import ticket
from tests.shops import (
    checked,
    close_scope,
    moment,
    run_a_shop,
    sales,
    shop_in,
    take,
)

NOW = "2021-02-02T21:00"
PIN = "2580"
SECRET = "mail.password"

# What each file is: VIEW comes again from the journal, with an event; STATE too, told by a sentence
# (the record itself did not change); BESIDE is in no journal.
VIEW, STATE, BESIDE = "view", "state", "beside"
FILES = {
    "catalogue.json": VIEW,
    "closures/2021.json": VIEW,
    "corrections.json": VIEW,
    "dossier.json": STATE,
    "drafts.json": BESIDE,
    "editions/2021-02.json": VIEW,
    "inbox.json": BESIDE,
    "index/2021/2021-01-30.jsonl": VIEW,
    "index/2021/2021-01-31.jsonl": VIEW,
    "index/2021/2021-02-01.jsonl": VIEW,
    "index/2021/2021-02-02.jsonl": VIEW,
    "index/2021/2021-02-03.jsonl": VIEW,
    "index/2021/2021-voids.jsonl": VIEW,
    "index/2021/jours.txt": VIEW,
    "jobs-done/2021.json": VIEW,
    "jobs.json": VIEW,
    "parcels/2021-02.json": VIEW,
    "pins.json": BESIDE,
    "secrets.json": BESIDE,
    "settings.json": VIEW,
    "state.json": STATE,
    "summaries/2021-01-30.json": VIEW,
    "summaries/2021-01-31.json": VIEW,
    "summaries/2021-02-01.json": VIEW,
    "summaries/2021-02-02.json": VIEW,
    "users.json": VIEW,
}

SPOIL: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(b"\0" * 300),
    "garbage": lambda path: path.write_bytes(b"\xff{\n]\x00ab\n" * 30),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """Four days closed, with one of everything that a data folder can hold; a fifth is open."""
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    with shop_in(folder, NOW, follow_ups=("print", "backup")) as shop:
        at = moment(NOW)
        waits = ticket(number="60", at="2021-02-02T10:00", kind="void", ref="4711", payments=[])
        take(shop, [waits], now=NOW)
        change_setting(shop, "tickets.profile", "boulangerie", at)
        change_setting(shop, SECRET, "tres-secret", at)
        people(shop)
        made = close_scope(shop, now=NOW)
        done = {"id": f"{made}/print", "job": "print", "closure": made, "state": "done"}
        paper = {"closure": made, "period": "2021-02", "medium": "paper", "number": 1}
        parcel = {"id": f"{made}/mail/a", "period": "2021-02", "state": "sent", "to": "z"}
        shop.append(
            [
                shop.new_record("job", "event", {**done, "detail": "", "at": at.isoformat()}),
                shop.event("edition", at, "Anne", paper),
                shop.event("parcel", at, "Anne", parcel),
            ]
        )
        with shop.writing(), shop.documents.open("inbox") as database:
            database.table("looks").insert({"name": "x.jsonl", "look": [1, 2]})
        plan = ClosurePlan(Scope(GENERAL)).with_count("1/1", Count({"especes": 4_000}))
        save_draft(shop, plan, at)
        take(shop, sales(3, at="2021-02-03T08:00", first=70), now=NOW)
    return folder


def people(shop: Shop) -> None:
    at = moment(NOW)
    add_user(shop, "Anne", "responsable", at)
    set_pin(shop, "Anne", PIN, at)
    add_user(shop, "Karim", "caissier", at)
    set_pin(shop, "Karim", "3690", at)
    remove_user(shop, "Karim", at)
    add_user(shop, "Karim", "caissier", at)  # without a PIN this time


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


def rows(shop: Shop, name: str) -> list[dict[str, Any]]:
    return sorted(shop.documents.rows(name), key=lambda row: json.dumps(row, sort_keys=True))


def figures(shop: Shop) -> dict[str, Any]:
    """Everything that the derived files show."""
    days = [f"2021-{day}" for day in ("01-30", "01-31", "02-01", "02-02", "02-03", "voids")]
    closures = list_closures(shop)
    settings = load_settings(shop)
    terms = Terms(now=moment(NOW))
    return {
        "index": {day: sorted(shop.entries(day)) for day in days},
        "settings": settings,
        "closures": [show_closure(shop, row["id"]) for row in closures],
        "x": read_x(shop, Scope(GENERAL), terms, settings),
        "jobs": [dataclasses.astuple(job) for job in waiting_jobs(shop)],
        "users": [(user["name"], user["role"]) for user in list_users(shop)],
        "locked": keepers_of(shop, "responsable").is_locked,
        "secret": secret_state(shop, SECRET) != "absent",
        "views": {
            name: rows(shop, name)
            for name in (
                *("catalogue", "corrections", "users", "editions/2021-02", "parcels/2021-02"),
                *(f"summaries/{day}" for day in days[:4]),
            )
        },
        "simulation": shop.ledger.simulation,
    }


def told(shop: Shop) -> list[str]:
    return [*shop.told, *(path.name for path in shop.documents.set_aside)]


def remade(shop: Shop) -> list[str]:
    return [
        file
        for event in list_events(shop)
        if event["event"] in ("view_remade", "file_lost")
        for file in event["detail"]["detail"]["files"]
    ]


def test_the_table_names_every_file(sound):
    found = {
        path.relative_to(sound).as_posix()
        for path in sound.rglob("*")
        if path.is_file() and path.parts[-2] != "journal" and not path.name.startswith(".verrou")
    }
    assert found == set(FILES)


@pytest.mark.parametrize("how", SPOIL)
@pytest.mark.parametrize("name", FILES)
def test_the_figures_stay_and_it_is_told(name, how, folder):
    with shop_in(folder, NOW) as shop:
        before = figures(shop)
        assert told(shop) == []
    SPOIL[how](folder / name)
    with shop_in(folder, NOW) as shop:
        assert figures(shop) == before
        # the file of another day is looked at when one more ticket of its year comes
        take(shop, sales(3, at="2021-02-03T08:00", first=70), now=NOW)
        take(shop, sales(1, at="2021-02-04T08:00", first=80), now=NOW)
        drafts(shop)
        shop.documents.rows("inbox", "looks")
    assert told(shop) != []
    assert any(name.rpartition("/")[2] in sentence for sentence in told(shop))
    with shop_in(folder, NOW) as shop:
        after = figures(shop)
        assert after["x"]["figures"]["tickets"] == before["x"]["figures"]["tickets"] + 1
        assert {**after, "x": before["x"]} == before
        assert told(shop) == []
        if FILES[name] == VIEW:
            assert name in remade(shop)
    assert (folder / name).exists() or FILES[name] == BESIDE


@pytest.mark.parametrize("name", [name for name, what in FILES.items() if what == VIEW])
def test_verify_names_a_missing_view(name, folder):
    (folder / name).unlink()
    with shop_in(folder, NOW) as shop:
        report = report_json(verify(shop))
        if name != "index/2021/jours.txt":  # names days and holds no figure
            assert not report["ok"]
            assert {problem["kind"] for problem in report["problems"]} == {"view"}
            rebuild(shop)
        else:
            take(shop, sales(1, at="2021-02-04T08:00", first=80), now=NOW)
    with shop_in(folder, NOW) as shop:
        assert report_json(verify(shop))["ok"]
    assert (folder / name).exists()


def test_all_of_them_gone_at_once(folder):
    with shop_in(folder, NOW) as shop:
        before = figures(shop)
    for name in FILES:
        (folder / name).unlink()
    with shop_in(folder, NOW) as shop:
        assert figures(shop) == before
        assert take(shop, sales(3, at="2021-02-03T08:00", first=70), now=NOW).duplicates == 3
    assert checked(folder, now=NOW)["ok"]


# --- PINs ---------------------------------------------------------------------------------------


def test_without_the_users_file_the_same_pin_is_asked(folder):
    (folder / "users.json").unlink()
    with shop_in(folder, NOW) as shop:
        assert keepers_of(shop, "responsable").names == ("Anne",)
        assert check_pin(shop, "Anne", PIN, moment(NOW))["role"] == "responsable"
        with pytest.raises(WrongPin):
            check_pin(shop, "Anne", "9137", moment(NOW))


@pytest.mark.parametrize("how", SPOIL)
def test_without_the_pins_nobody_is_free_to_enter_and_the_day_closes(how, folder):
    SPOIL[how](folder / "pins.json")
    (folder / "users.json").unlink()
    with shop_in(folder, NOW) as shop:
        keepers = keepers_of(shop, "responsable")
        assert (keepers.names, keepers.lost, keepers.is_locked) == ((), ("Anne",), True)
        with pytest.raises(WrongPin, match="Code perdu"):
            check_pin(shop, "Anne", PIN, moment(NOW))
        close_scope(shop, now=NOW)
        set_pin(shop, "Anne", "7416", moment(NOW))
        assert keepers_of(shop, "responsable").names == ("Anne",)
        check_pin(shop, "Anne", "7416", moment(NOW))
    with shop_in(folder, NOW) as shop:
        # Karim was removed and added again: he has no code to lose.
        assert [(u["name"], u["pin_lost"]) for u in list_users(shop)] == [
            ("Anne", False),
            ("Karim", False),
        ]


def test_the_recovery_sheet_is_still_good_without_the_pins_and_only_once(folder):
    with shop_in(folder, NOW) as shop:
        old = new_recovery_code(shop, moment(NOW))
        code = new_recovery_code(shop, moment(NOW))
        assert code not in (folder / "users.json").read_text("utf-8")
        assert all("check" not in event["detail"]["detail"] for event in _sheets(shop))
    for name in ("pins.json", "users.json"):
        (folder / name).unlink()
    with shop_in(folder, NOW) as shop:
        assert keepers_of(shop, "responsable").recovery is True
        with pytest.raises(WrongPin):
            use_recovery_code(shop, old, "Anne", "7416", moment(NOW))
        assert use_recovery_code(shop, code, "Anne", "7416", moment(NOW)) == "Anne"
        check_pin(shop, "Anne", "7416", moment(NOW))
    (folder / "pins.json").unlink()
    with shop_in(folder, NOW) as shop:
        assert keepers_of(shop, "responsable").recovery is False
        with pytest.raises(WrongPin):
            use_recovery_code(shop, code, "Anne", "7531", moment(NOW))


def _sheets(shop: Shop) -> list[dict[str, Any]]:
    return [event for event in list_events(shop) if event["event"] == "recovery_issued"]


# --- folders of earlier programs ----------------------------------------------------------------


def test_a_folder_of_before_opens_and_counts_alike(folder):
    """Schema 1 of the state knew no views; index rows had no width; years had no register."""
    with shop_in(folder, NOW) as shop:
        before = figures(shop)
    path = saved_state.path(folder)
    state = json.loads(path.read_bytes())
    del state["views"], state["ledger"]["unread"]
    path.write_text(json.dumps({**state, "schema": 1}))
    (folder / "index/2021/jours.txt").unlink()
    for day in (folder / "index/2021").glob("*.jsonl"):
        lines = [json.loads(line) for line in day.read_bytes().splitlines()]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
        day.write_text(text, "utf-8")
    (folder / "settings.json").unlink()
    with shop_in(folder, NOW) as shop:
        assert figures(shop) == before
    assert told(shop) == ["settings.json manquait : il est refait depuis le journal."]
    assert json.loads(path.read_bytes())["schema"] == saved_state.SCHEMA
    assert (folder / "index/2021/jours.txt").exists()
    assert checked(folder, now=NOW)["ok"]


def test_a_newer_views_file_is_refused_and_not_made_again(folder):
    (folder / "users.json").write_text('{"schema":99,"tables":{}}')
    with shop_in(folder, NOW) as shop, pytest.raises(DataFolderError, match="plus récente"):
        list_users(shop)


def test_nothing_of_it_costs_a_byte_at_the_start(folder, monkeypatch):
    """What there should be is in the state: as long after years of months as after one."""
    from app.store.expected_views import ExpectedViews

    months = [f"editions/{y}-{m:02d}" for y in range(2021, 2031) for m in range(1, 13)]
    kept = ExpectedViews([*months, "settings", "closures/2021", "closures/2022"]).to_json()
    assert kept == {
        "": ["settings"],
        "closures": [["2021", "2022"]],
        "editions": [["2021-01", "2030-12"]],
    }
    assert sorted(ExpectedViews.from_json(kept)) == sorted(
        [*months, "settings", "closures/2021", "closures/2022"]
    )
    gap = ExpectedViews(["editions/2021-07", "editions/2021-09"])
    assert list(ExpectedViews.from_json(gap.to_json())) == list(gap)
    assert data_folder.SCHEMA == 1  # the layout is the same: only views changed
