"""The one table of settings: what each kind takes and refuses, and what follows from it."""

from __future__ import annotations

from datetime import time

import pytest

from app.domain.settings import (
    SETTINGS,
    VAT_ROWS,
    Setting,
    checked,
    day_change_of,
    first_drawers_of,
    list_of,
    number_of,
    setting_of,
    text_of,
    value_of,
    vat_table_of,
    year_end_of,
)
from app.errors import UsageError

SAMPLES = {
    "text": Setting("t", "text", "", "Ici", "Un texte", maximum=5),
    "mail": Setting("ma", "mail", "", "Ici", "Une adresse"),
    "choice": Setting("c", "choice", "a", "Ici", "Un choix", choices=(("a", "A"), ("b", "B"))),
    "number": Setting("n", "number", 0, "Ici", "Un nombre", maximum=100),
    "amount": Setting("m", "amount", 0, "Ici", "Un montant", maximum=100),
    "drawers": Setting("dr", "drawers", ["1/1"], "Ici", "Des caisses"),
    "flag": Setting("f", "flag", False, "Ici", "Oui ou non"),
    "hour": Setting("h", "hour", "05:00", "Ici", "Une heure"),
    "month_day": Setting("d", "month_day", "12-31", "Ici", "Un jour"),
    "rate": Setting("r", "rate", "0.00", "Ici", "Un taux"),
    "list": Setting("l", "list", [], "Ici", "Une liste"),
}


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  Été ", "Été"),
        ("text", "", ""),
        ("mail", " anne@exemple.fr ", "anne@exemple.fr"),
        ("mail", "", ""),
        ("choice", "b", "b"),
        ("number", "100", 100),
        ("number", 0, 0),
        ("amount", "100", 100),
        ("drawers", "1/1, 2/A, 1/1", ["1/1", "2/A"]),
        ("drawers", ["12/3"], ["12/3"]),
        ("flag", "oui", True),
        ("flag", "Non", False),
        ("flag", True, True),
        ("flag", 0, False),
        ("hour", "00:00", "00:00"),
        ("hour", "23:59", "23:59"),
        ("month_day", "02-29", "02-29"),
        ("month_day", "06-30", "06-30"),
        ("rate", "5,5", "5.50"),
        ("rate", 20, "20.00"),
        ("list", "1/1, 2/1 ,", ["1/1", "2/1"]),
        ("list", ["a", " b "], ["a", "b"]),
        ("list", "", []),
    ],
)
def test_a_kind_takes(kind, given, kept):
    assert checked(SAMPLES[kind], given) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        *(("text", value) for value in ("123456", "a\x00b", "\ud800", 5, None, ["a"])),
        *(("mail", value) for value in ("anne", "anne@", "a@b@c.fr", "a b@c.fr", "é@c.fr", None)),
        *(("choice", value) for value in ("c", "", None, ["a"], "A")),
        *(("number", value) for value in ("101", "-1", "", "1,5", 1.0, True, None)),
        *(("amount", value) for value in ("101", "-1", "1,00", 1.0, None)),
        *(("drawers", value) for value in ("", "1", "1/", "1/1/1", ["a|b/1"], None, [1])),
        ("month_day", "02-30"),
        ("month_day", "04-31"),
        ("number", float("inf")),
        ("number", float("nan")),
        *(("flag", value) for value in ("peut-être", "", 2, None)),
        *(("hour", value) for value in ("24:00", "5:00", "05h00", "05:60", "0٣:00", 5, None)),
        *(("month_day", value) for value in ("13-01", "00-10", "12-32", "1-1", "31/12", None)),
        *(("rate", value) for value in ("101", "-5", "5.555", "20 %", "", None)),
        *(("list", value) for value in (None, 5, [1], ["\ud800"], ["x" * 501])),
        ("list", [str(number) for number in range(101)]),
    ],
)
def test_a_kind_refuses_with_a_sentence(kind, given):
    with pytest.raises(UsageError) as refused:
        checked(SAMPLES[kind], given)
    assert SAMPLES[kind].label in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_choice_that_is_refused_is_told_what_there_is():
    with pytest.raises(UsageError, match=r"choisissez dans la liste \(a, b\)\."):
        checked(SAMPLES["choice"], "c")


def test_every_default_is_fit_for_its_own_row_and_every_kind_is_tried():
    for setting in SETTINGS:
        assert checked(setting, setting.default) == setting.default, setting.key
        assert setting.kind in SAMPLES, setting.key
        assert setting.label
        assert setting.tree
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)


def test_an_unknown_setting_is_refused():
    with pytest.raises(UsageError, match=r"Réglage inconnu : shop\.nom"):
        setting_of("shop.nom")
    with pytest.raises(UsageError):
        value_of({"shop.nom": "x"}, "shop.nom")


def test_a_value_that_was_never_set_is_the_default():
    assert text_of({}, "closing.day_change") == "05:00"
    assert text_of({"shop.name": "Chez Réa"}, "shop.name") == "Chez Réa"
    assert list_of({}, "tills.drawers") == ["1/1"]
    assert (day_change_of({}), year_end_of({})) == (time(5), (12, 31))
    assert day_change_of({"closing.day_change": "03:30"}) == time(3, 30)
    assert year_end_of({"closing.year_end": "02-29"}) == (2, 29)


def test_the_vat_table_has_ten_rows_and_a_rate_of_zero_is_an_unused_one():
    assert sum(s.key.startswith("vat.") and s.key.endswith(".rate") for s in SETTINGS) == VAT_ROWS
    assert VAT_ROWS == 10
    table = vat_table_of({})
    assert (550, "goods") in table
    assert (2000, "services") in table
    assert (210, "services") not in table
    assert all(rate for rate, _ in table)
    changed = vat_table_of({"vat.10.rate": "8.50", "vat.10.nature": "services"})
    assert changed - table == {(850, "services")}


def test_the_first_drawer_of_each_till():
    settings = {"tills.drawers": ["1/2", "1/1", "2/A"]}
    assert first_drawers_of(settings) == {"1": "2", "2": "A"}


def test_a_number_is_a_number():
    assert number_of({}, "closing.difference_limit") == 1000
    assert number_of({"closing.difference_limit": 0}, "closing.difference_limit") == 0
