"""Settings as pages and lines, the VAT table, drawers, and what a copied file would change."""

from __future__ import annotations

import json

import pytest

from app.domain.outgoing_settings import MAIL_PAGE, PRINTER_PAGE
from app.domain.settings import SETTINGS
from app.errors import UnreadableFile, UsageError
from app.services.settings import change_settings, export_settings, load_settings
from app.services.settings_copy import changes_of, read_copy, write_copy
from app.services.settings_pages import (
    VAT_PAGE,
    counts_of,
    drawers_of,
    held_trees,
    next_drawer,
    page_lines,
    page_note,
    parent_of,
    title_of,
    vat_table,
)
from app.services.shop_look import look_of
from app.store import disk
from tests.conftest import EVENING


def test_every_setting_is_on_exactly_one_page(shop):
    def lines() -> list[str]:
        return [line.key for tree in held_trees() for line in page_lines(shop, tree)]

    seen = lines()
    for setting in SETTINGS:
        if setting.shown_if is not None:
            key, values = setting.shown_if
            change_settings(shop, {key: values[0]}, EVENING)
            shown = lines()
            assert len(shown) == len(set(shown))
            seen += [key for key in shown if key not in seen]
    assert sorted(seen) == sorted(setting.key for setting in SETTINGS)


def test_a_setting_is_shown_only_where_it_has_a_sense(shop):
    def shown() -> set[str]:
        return {line.key for line in page_lines(shop, PRINTER_PAGE)}

    assert shown() == {"print.printer"}
    change_settings(shop, {"print.printer": "network"}, EVENING)
    assert {"print.address", "print.columns"} <= shown()
    assert not {"print.queue", "print.file"} & shown()


def test_the_printers_of_windows_are_offered(shop):
    change_settings(shop, {"print.printer": "windows"}, EVENING)
    queue = next(line for line in page_lines(shop, PRINTER_PAGE) if line.key == "print.queue")
    assert (queue.kind, queue.choices) == ("text", ())
    lines = page_lines(shop, PRINTER_PAGE, queues=("EPSON TM-T20", "HP"))
    queue = next(line for line in lines if line.key == "print.queue")
    assert queue.choices == (("EPSON TM-T20", "EPSON TM-T20"), ("HP", "HP"))
    assert queue.kind == "choice"


def test_what_a_provider_asks_for_is_said(shop):
    assert "adresse mail entière" in page_note(shop, MAIL_PAGE)
    change_settings(shop, {"mail.provider": "gmail"}, EVENING)
    assert "mot de passe d'application" in page_note(shop, MAIL_PAGE)
    assert page_note(shop, PRINTER_PAGE) == ""


def test_a_place_reads_as_a_title_under_another():
    assert title_of("Paramètres › Édition clôture") == "Édition clôture"
    assert parent_of("Paramètres › Édition clôture") == "Paramètres"
    assert (title_of("Boutique"), parent_of("Boutique")) == ("Boutique", "")


def test_the_vat_table_has_ten_rows_with_exact_coefficients(shop):
    change_settings(shop, {"vat.8.rate": "8.5"}, EVENING)
    rows = vat_table(shop)
    assert len(rows) == 10
    assert (rows[2].rate, rows[2].coefficient, rows[2].used) == ("5.50", "1.0550", True)
    assert rows[7].coefficient == "1.0850"
    assert not rows[9].used


def test_a_row_of_the_vat_table_has_its_own_lines(shop):
    lines = page_lines(shop, VAT_PAGE, vat_row=1)
    assert {line.key for line in lines} >= {"vat.1.rate", "vat.1.nature"}
    assert all(line.key.startswith("vat.1.") for line in lines)
    assert lines[0].label == "Taux"


def test_the_profile_is_a_choice_among_those_there_are(shop):
    lines = page_lines(shop, "Périphériques › Interfaces", profiles=[("journal", "Journal")])
    (profile,) = (line for line in lines if line.key == "tickets.profile")
    assert (profile.kind, profile.choices) == ("choice", (("journal", "Journal"),))


@pytest.mark.parametrize(
    ("counts", "drawers"), [([1], ["1/1"]), ([2, 1], ["1/1", "1/2", "2/1"]), ([], [])]
)
def test_drawers_are_numbered_by_till(counts, drawers):
    assert drawers_of(counts) == drawers
    assert counts_of({"tills.drawers": drawers}) == counts


def test_drawers_with_names_of_their_own_are_no_counts():
    assert counts_of({"tills.drawers": ["bar/1", "2/1"]}) is None
    assert next_drawer(["bar/1", "bar/2"], "bar") == "bar/3"


def test_the_look_comes_from_the_settings(shop):
    change_settings(shop, {"display.text_size": "A+", "display.idle_minutes": "15"}, EVENING)
    look = look_of(shop)
    assert (look.text_size, look.idle_minutes, look.simulation) == ("A+", 15, False)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tills.drawers", []),
        ("tills.drawers", ["1"]),
        ("tills.drawers", ["1/1/1"]),
        ("display.text_size", "B"),
        ("display.idle_minutes", "7"),
        ("closing.year_end", "02-30"),
        ("closing.difference_limit", -1),
    ],
)
def test_what_is_no_value_is_refused(shop, key, value):
    with pytest.raises(UsageError, match="ne convient pas"):
        change_settings(shop, {key: value}, EVENING)


# --- copied to another shop -------------------------------------------------------------------


def test_a_template_is_written_without_the_identity(shop, tmp_path):
    change_settings(shop, {"shop.name": "Chez Anne", "closing.day_change": "03:00"}, EVENING)
    path = write_copy(shop, tmp_path / "usb", disk.write_atomic, EVENING, template=True)
    assert path.name == "cloture-modele-2026-01-05.json"
    assert "Chez Anne" not in path.read_text("utf-8")
    assert changes_of(shop, read_copy(path)) == ()


def test_only_what_would_change_is_shown_never_the_identity(shop):
    content = json.loads(export_settings(shop))
    content["settings"] |= {"shop.name": "Autre", "closing.day_change": "02:00"}
    (change,) = changes_of(shop, json.dumps(content))
    assert (change.setting.key, change.old, change.new) == ("closing.day_change", "05:00", "02:00")
    assert load_settings(shop) == {}


def test_a_profile_is_shown_by_its_label(shop):
    content = json.loads(export_settings(shop, template=True))
    content["settings"]["tickets.profile"] = "boulangerie"
    profiles = (("journal", "Journal"), ("boulangerie", "Export d'une boulangerie"))
    (change,) = changes_of(shop, json.dumps(content), profiles=profiles)
    assert (change.setting.kind, change.old, change.new) == ("choice", "journal", "boulangerie")
    assert change.setting.choices == profiles


def test_a_file_with_a_wrong_value_is_refused_whole(shop):
    content = json.loads(export_settings(shop, template=True))
    content["settings"]["closing.day_change"] = "25:00"
    with pytest.raises(UsageError, match="25:00"):
        changes_of(shop, json.dumps(content))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"x" * (1 << 21)])
def test_what_is_no_text_is_told(tmp_path, data):
    (tmp_path / "photo.json").write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"photo\.json"):
        read_copy(tmp_path / "photo.json")
    with pytest.raises(UnreadableFile, match="ne s'ouvre pas"):
        read_copy(tmp_path / "absent.json")
