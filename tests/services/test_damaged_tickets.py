"""A ticket whose line in the journal was spoiled: the day still closes, and its Z says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.closing import Terms
from app.domain.scope import Scope, scope_from_text
from app.formats.report_text import report_text
from app.services.close import read_x
from app.services.closures import show_closure
from app.services.home import home
from app.services.settings import load_settings
from app.services.verify import report_json, verify
from app.services.z_report import z_report
from tests.shops import (
    close_scope,
    journal_lines,
    moment,
    run_a_shop,
    sales,
    segment_path,
    shop_in,
    take,
)

NOW = "2021-02-02T20:00"


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "data"
    run_a_shop(folder)
    with shop_in(folder, NOW) as shop:  # so that the spoiled line is not the journal's last one
        take(shop, sales(2, at="2021-02-02T11:00", first=40, till="2"), now=NOW)
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


def spoil(folder: Path, number: str, how: str) -> int:
    """Spoil the line of an open ticket in place; gives its offset in segment 4."""
    lines, offset = journal_lines(folder, 4), 0
    for rank, line in enumerate(lines):
        if f'"number":"{number}"'.encode() in line:
            if how == "unreadable":
                lines[rank] = b"\0" * len(line)
            elif how == "torn":
                lines[rank] = line[: len(line) // 2] + b"#" * (len(line) - len(line) // 2)
            else:
                lines[rank] = line.replace(b'"total":100', b'"total":900')
            assert lines[rank] != line
            segment_path(folder, 4).write_bytes(b"".join(part + b"\n" for part in lines))
            return offset
        offset += len(line) + 1
    raise AssertionError(number)


# The day: till 1 sold 0,90 (30), 1,00 (31), 1,10 (32); till 2 sold 0,90 (40) and 1,00 (41): 4,90.


@pytest.mark.parametrize("how", ["unreadable", "torn"])
@pytest.mark.parametrize("state", ["as it was", "made again"])
def test_a_ticket_that_cannot_be_read_is_told_on_the_z(how, state, folder):
    offset = spoil(folder, "31", how)
    if state == "made again":
        (folder / "state.json").unlink()
    with shop_in(folder, NOW) as shop:
        told = home(shop, load_settings(shop), moment(NOW))
        assert told is not None
        assert told.damaged == 1
        assert report_json(verify(shop))["first_bad"]["kind"] == "unreadable"
        made = close_scope(shop, now=NOW)
        body = show_closure(shop, made)
        assert body["figures"]["total"] == 390
        [found] = [f for f in body["findings"] if f["kind"] == "damaged"]
        assert (found["day"], found["count"]) == ("2021-02-02", 1)
        assert found["example"] == (
            f"ticket 31 illisible, non compté : J000004.jsonl, octet {offset}"
        )
        said = report_text(z_report(body, load_settings(shop)), 48)
        assert "Enregistrement abîmé : gardez le dossier tel quel" in " ".join(said.split())
    with shop_in(folder, NOW) as shop:
        told = home(shop, load_settings(shop), moment(NOW))
        assert told is not None
        assert told.damaged == 1
        assert shop.ledger.open == {}
        later = take(shop, sales(1, at="2021-02-03T08:00", first=50), now="2021-02-03T20:00")
        assert later.accepted == 1
        body = show_closure(shop, close_scope(shop, now="2021-02-03T20:00"))
        assert [f["kind"] for f in body["findings"] if f["kind"] == "damaged"] == []
        told = home(shop, load_settings(shop), moment(NOW))
        assert told is not None
        assert told.damaged == 1


def test_without_the_index_the_shops_z_tells_of_it_all_the_same(folder):
    offset = spoil(folder, "31", "unreadable")
    (folder / "state.json").unlink()
    shutil.rmtree(folder / "index")
    with shop_in(folder, NOW) as shop:
        close_scope(shop, "poste:1", now=NOW)
        body = show_closure(shop, close_scope(shop, now=NOW))
        assert body["figures"]["total"] == 390
        [found] = [f for f in body["findings"] if f["kind"] == "damaged"]
        assert found["example"] == (
            f"enregistrement illisible, non compté : J000004.jsonl, octet {offset}"
        )
        assert shop.ledger.damaged == 1


def test_only_the_closure_that_would_have_held_it_tells_of_it(folder):
    spoil(folder, "31", "unreadable")
    with shop_in(folder, NOW) as shop:
        kinds = [
            [f["kind"] for f in show_closure(shop, close_scope(shop, scope, now=NOW))["findings"]]
            for scope in ("poste:2", "caisse:1/1", "general")
        ]
        assert ["damaged" in found for found in kinds] == [False, True, False]
        assert shop.ledger.damaged == 1


def test_an_x_tells_of_it_and_a_day_of_nothing_else_can_be_closed(folder):
    for number in ("30", "31", "32"):
        spoil(folder, number, "unreadable")
    with shop_in(folder, NOW) as shop:
        scope = scope_from_text("poste:1")
        x = read_x(shop, scope, Terms(now=moment(NOW)), load_settings(shop))
        [found] = x["findings"]
        assert (found["kind"], found["count"], x["figures"]["total"]) == ("damaged", 3, 0)
        close_scope(shop, "poste:1", now=NOW)
        assert list(shop.open_tickets(Scope("poste", "1"))) == []
        assert shop.ledger.open == {"2021-02-02": {"2/1": 2}}


def test_an_altered_ticket_counts_as_it_reads_and_is_told(folder):
    """A recorded sale is never refused (contract, 2): it is closed, named, and `verify` tells."""
    spoil(folder, "31", "altered")
    with shop_in(folder, NOW) as shop:
        told = home(shop, load_settings(shop), moment(NOW))
        assert told is not None
        assert told.damaged == 1
        assert report_json(verify(shop))["first_bad"]["what"] == "le ticket n° 31 du 02/02/2021"
        body = show_closure(shop, close_scope(shop, now=NOW))
        assert body["figures"]["total"] == 490 + 800
        [found] = [f for f in body["findings"] if f["kind"] == "damaged"]
        assert found["example"] == "ticket 31, compté tel qu'il se lit"
    with shop_in(folder, NOW) as shop:
        assert shop.ledger.damaged == 1
        assert report_json(verify(shop))["first_bad"]["what"] == "le ticket n° 31 du 02/02/2021"
