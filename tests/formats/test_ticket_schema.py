"""`assets/ticket.schema.json` and the program agree on what is a ticket.

Small differences remain, each in DIFFERENCES below: what a schema can't say, and spellings that
the program takes though the format does not promise them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from app.domain.ticket import Ticket, read_ticket, ticket_json
from app.errors import UnreadableTicket
from tests.formats.test_ticket_journal import tickets

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "assets" / "ticket.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MISSING = object()
LINE = {"label": "BAGUETTE", "qty": "1", "total": 90, "vat": "5.50"}


def with_(**changes: Any) -> dict[str, Any]:
    sound = {
        **{"till": "1", "drawer": "1", "number": "7", "at": "2021-01-02T08:38:00+01:00"},
        **{"lines": [LINE], "payments": [{"method": "cb", "amount": 90}]},
    }
    return {key: value for key, value in {**sound, **changes}.items() if value is not MISSING}


def line(**changes: Any) -> dict[str, Any]:
    changed = {**LINE, **changes}
    return with_(lines=[{key: value for key, value in changed.items() if value is not MISSING}])


GOOD = [
    with_(),
    with_(drawer=MISSING, number=MISSING, payments=MISSING),
    with_(drawer=None, number=None, cashier=None, customer=None),
    with_(till=3, drawer=12, number=150040),
    with_(till="Caisse 2", number="FAC-2021-0007"),
    with_(at="2021-01-02T08:38"),
    with_(at="2021-01-02T07:38:00.250Z"),
    with_(at="2021-01-02 08:38:00"),
    with_(at="2021-01-02"),
    with_(kind="refund", lines=[{"total": -90}]),
    with_(kind="void", ref="6", lines=MISSING),
    with_(lines=[]),
    with_(cashier="Zoé", customer={"code": "C1", "name": "Roy"}),
    with_(customer={}),
    with_(payments=[{"amount": 90}]),
    with_(anything={"goes": [1.5]}),
    line(qty="-1.330", unit=700, discount=-31),
    line(qty=3, unit=None),
    line(qty=MISSING, vat=MISSING, label=MISSING),
    line(vat="20"),
    line(vat="100"),
    line(vat="8,33"),
    line(vat=None, nature="gift_card"),
    line(tva=5),
    line(tva="0.583333"),
    line(tva="-0,58"),
    line(tva=None),
    line(total=0),
    line(total=10**12),
    line(label="é" * 1000),
]
BAD = [
    [],
    "ticket",
    None,
    with_(till=MISSING),
    with_(till=""),
    with_(till=None),
    with_(till="1/2"),
    with_(till="x" * 31),
    with_(till=True),
    with_(till=["1"]),
    with_(drawer="a:b"),
    with_(drawer=[]),
    with_(at=MISSING),
    with_(at=""),
    with_(at="hier"),
    with_(at="0000-01-02T08:38"),
    with_(at="9999-01-02T08:38"),
    with_(at="1969-12-31T08:38"),
    with_(at="2021-13-02T08:38"),
    with_(at="2021-01-02T25:38"),
    with_(at=1609573080),
    with_(kind="gift"),
    with_(kind=None),
    with_(lines=MISSING),
    with_(lines=None),
    with_(lines="x"),
    with_(lines=[None]),
    with_(kind="void", lines="x"),
    with_(number=True),
    with_(number="x" * 1001),
    with_(cashier=7),
    with_(customer="Roy"),
    with_(customer={"name": 7}),
    with_(payments={}),
    with_(payments=[{"method": "cb"}]),
    with_(payments=[{"method": 7, "amount": 90}]),
    with_(payments=[{"amount": "90"}]),
    line(total=MISSING),
    line(total="90"),
    line(total=True),
    line(total=0.5),
    line(total=10**12 + 1),
    line(nature="food"),
    line(nature=None),
    line(qty="1e3"),
    line(qty="1,5"),
    line(qty=""),
    line(qty=None),
    line(qty=1.5),
    line(qty="1." + "0" * 10),
    line(unit="90"),
    line(discount=None),
    line(vat="dix"),
    line(vat="101"),
    line(vat="-5.5"),
    line(vat="5.555"),
    line(vat=5.5),
    line(tva="x"),
    line(tva="9" * 11),
    line(tva="0.1234567"),
    line(label=7),
    line(label="x" * 1001),
]
DIFFERENCES = [
    # (ticket, the schema takes it, the program takes it)
    (with_(at="2021-02-30T08:38"), True, False),  # a schema knows no calendar
    (line(label="\ud800"), True, False),  # nor half characters
    (line(total=90.0), True, False),  # to a schema 90.0 is whole; the program wants no point
    (with_(till=10**30), True, False),  # a number has no length
    (with_(at="20210102T083800"), False, True),  # other spellings of ISO 8601
    (with_(at="2021-W01-6"), False, True),
    (with_(till=" 1 "), False, True),  # spaces around a code
    (line(vat="+05.500"), False, True),  # other spellings of a rate
    (with_(rank="x"), True, False),  # ours alone: taken out of a file before it is read
]


def program_takes(source: Any) -> bool:
    try:
        return isinstance(read_ticket(source), Ticket)
    except UnreadableTicket:
        return False


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("source", GOOD, ids=repr)
def test_both_take(source):
    VALIDATOR.validate(source)
    assert program_takes(source)


@pytest.mark.parametrize("source", BAD, ids=lambda source: repr(source)[:90])
def test_both_refuse(source):
    assert not VALIDATOR.is_valid(source)
    assert not program_takes(source)


@pytest.mark.parametrize(("source", "schema", "program"), DIFFERENCES)
def test_the_known_differences(source, schema, program):
    assert (VALIDATOR.is_valid(source), program_takes(source)) == (schema, program)


@settings(deadline=None)
@given(tickets)
def test_whatever_the_program_writes_is_of_the_schema(one):
    VALIDATOR.validate(ticket_json(one))
