"""The log of a day: lines of the log file and of the shop's record, in the order of the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.services.day_log import DayLogs, day_page, parsed
from app.services.settings import change_setting
from app.store.day_log import logged_days, read_log
from tests.conftest import EVENING
from tests.factories import ticket
from tests.shops import close_scope, shop_in, take

MONDAY = EVENING.date()


def logs(texts: dict[date, str]) -> DayLogs:
    return DayLogs(lambda: sorted(texts), lambda day: texts.get(day, ""))


def texts(page):
    return [(line.time, line.text) for line in page.lines]


def test_a_trace_belongs_to_the_line_before():
    lines = parsed(
        "20:00:01 INFO app.cli: close : fait\n"
        "20:01:37 ERROR app.ui.messages: erreur imprévue, référence 4F09A2\n"
        "Traceback (most recent call last):\n"
        "ValueError: x\n"
        "20:02:00 WARNING app.store: lent\n"
    )
    assert [(line.state, line.text) for line in lines] == [
        ("", "Close : fait"),
        ("bad", "Erreur imprévue, référence 4F09A2"),
        ("warn", "Lent"),
    ]
    assert lines[1].detail == "Traceback (most recent call last):\nValueError: x"


def test_what_is_no_log_at_all_gives_no_line():
    assert parsed("\x00\x01 garbage\n\n") == []


def test_lines_and_records_of_a_day_are_in_the_order_of_the_clock(shop):
    change_setting(shop, "closing.day_change", "04:00", EVENING, "Anne")
    page = day_page(shop, logs({MONDAY: "20:00:01 INFO app.cli: après\n"}), MONDAY, MONDAY)
    assert [time for time, _ in texts(page)] == sorted(time for time, _ in texts(page))
    assert any("05:00 → 04:00 (Anne)" in text for _, text in texts(page))
    assert ("20:00:01", "Après") in texts(page)


def test_records_of_other_days_are_left_out(shop):
    change_setting(shop, "closing.day_change", "04:00", EVENING)
    change_setting(shop, "closing.day_change", "03:00", EVENING + timedelta(days=1))
    found = texts(day_page(shop, logs({}), MONDAY + timedelta(days=1), MONDAY))
    assert len(found) == 1
    assert "04:00 → 03:00" in found[0][1]


def test_a_closure_is_said_on_its_day_among_many(tmp_path):
    for day in range(5, 10):
        at = f"2026-01-{day:02d}T20:00"
        with shop_in(tmp_path / "s", at) as shop:
            sold = ticket(at=f"2026-01-{day:02d}T10:00", number=str(day))
            take(shop, [sold], now=at)
            close_scope(shop, now=at)
    with shop_in(tmp_path / "s", "2026-01-09T21:00") as shop:
        for day in range(5, 10):
            asked = date(2026, 1, day)
            closures = [t for _, t in texts(day_page(shop, logs({}), asked, asked)) if "n°" in t]
            assert len(closures) == 1
            assert f"La clôture GÉNÉRALE n° {day - 4}" in closures[0]


def test_the_nearest_days_that_have_a_log(shop):
    known = {MONDAY - timedelta(days=9): "", MONDAY - timedelta(days=2): ""}
    page = day_page(shop, logs(known), MONDAY - timedelta(days=2), MONDAY)
    assert (page.before, page.after) == (MONDAY - timedelta(days=9), MONDAY)
    assert day_page(None, logs(known), MONDAY, MONDAY).after is None


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "2026-01-05.log").write_bytes(b"08:00:00 INFO app: caf\xc3\xa9 \xff\n")
    (tmp_path / "2026-13-05.log").write_text("")
    (tmp_path / "autre.txt").write_text("")
    return tmp_path


def test_the_files_of_the_log_are_found_and_read_whatever_they_hold(folder, tmp_path):
    assert logged_days(folder) == [MONDAY]
    assert "café" in read_log(folder, MONDAY)
    assert read_log(folder, MONDAY + timedelta(days=1)) == ""
    assert logged_days(tmp_path / "absent") == []


def test_of_a_very_long_log_the_end_is_read(tmp_path):
    path = tmp_path / f"{MONDAY.isoformat()}.log"
    path.write_text("08:00:00 INFO app: a\n" * 100_000 + "09:00:00 INFO app: fin\n")
    text = read_log(tmp_path, MONDAY)
    assert len(text) < 1_100_000
    assert text.endswith("fin\n")
