"""`users`: PINs come from standard input and go nowhere in clear."""

from __future__ import annotations

import getpass
import io
import json
import re

import pytest

from app import bootstrap
from tests.conftest import Cloture


@pytest.fixture
def staff(cloture: Cloture) -> Cloture:
    """A shop with a manager who has the PIN 2580, and a cashier without one."""
    cloture.done("users", "add", "Anne", "--role", "responsable")
    cloture.done("users", "add", "Karim", "--role", "caissier")
    cloture.done("users", "pin", "Anne", stdin="2580\n")
    return cloture


def test_users_are_listed(staff: Cloture):
    assert staff.done("users", "list")["users"] == [
        {"name": "Anne", "role": "responsable", "pin": True, "pin_lost": False},
        {"name": "Karim", "role": "caissier", "pin": False, "pin_lost": False},
    ]
    assert "sans code" in staff("users", "list").out


def test_a_user_is_removed(staff: Cloture):
    assert staff.done("users", "remove", "karim") == {"name": "Karim", "removed": True}
    assert [user["name"] for user in staff.done("users", "list")["users"]] == ["Anne"]
    assert "Karim" in staff.refused("users", "remove", "Karim")


def test_a_pin_is_checked(staff: Cloture):
    answer = staff.done("users", "check", "anne", stdin="2580\n")
    assert (answer["name"], answer["role"], answer["right"]) == ("Anne", "responsable", True)
    assert staff.refused("users", "check", "Anne", stdin="2581\n") == "Code faux."


def test_a_pin_is_no_argument(staff: Cloture):
    assert "Mots en trop" in staff.refused("users", "pin", "Anne", "4826", code=2)
    assert "entrée standard" in staff.refused("users", "pin", "Anne", code=2)
    staff.done("users", "check", "Anne", stdin="2580\n")


class Keyboard(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


def test_a_person_types_a_pin_unseen(staff: Cloture, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda question: asked.append(question) or "1470")
    line = ["--data", str(staff.folder), "users", "pin", "Anne"]
    out = io.StringIO()
    code = bootstrap.run(line, clock=lambda: staff.now, stdin=Keyboard(), stdout=out)
    assert (code, asked) == (0, ["Nouveau code (4 à 8 chiffres) : "])
    assert "1470" not in out.getvalue()
    staff.done("users", "check", "Anne", stdin="1470\n")


@pytest.mark.parametrize(
    "pin", ["1111", "1234", "4321", "1212", "123", "123456789", "12a4", "²²²²"]
)
def test_a_poor_pin_is_refused(staff: Cloture, pin: str):
    staff.refused("users", "pin", "Anne", stdin=pin + "\n", code=2)
    staff.done("users", "check", "Anne", stdin="2580\n")


def test_three_wrong_pins_make_wait(staff: Cloture):
    for _ in range(2):
        staff.refused("users", "check", "Anne", stdin="0000\n")
    assert "30 secondes" in staff.refused("users", "check", "Anne", stdin="0000\n")
    assert "Trop de codes faux" in staff.refused("users", "check", "Anne", stdin="2580\n")
    staff.later(seconds=31)
    staff.done("users", "check", "Anne", stdin="2580\n")


def test_a_recovery_sheet_is_printed_once(staff: Cloture):
    answer = staff("users", "recovery")
    code = re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", answer.out)
    assert code is not None
    assert staff.done("users", "recovery")["code"] != code[0]
    everything = b"".join(p.read_bytes() for p in staff.folder.rglob("*") if p.is_file())
    assert code[0].encode() not in everything
    assert code[0].replace("-", "").encode() not in everything


def test_no_pin_is_kept_in_clear_nor_in_the_journal(staff: Cloture):
    pins = json.loads((staff.folder / "pins.json").read_text(encoding="utf-8"))
    [row] = pins["tables"]["rows"].values()
    assert row["algorithm"] == "scrypt"
    others = [p for p in staff.folder.rglob("*") if p.is_file() and p.name != "pins.json"]
    for path in others:
        content = path.read_bytes()
        assert row["hash"].encode() not in content
        assert row["salt"].encode() not in content
    journal = b"".join(p.read_bytes() for p in (staff.folder / "journal").glob("*.jsonl"))
    assert b"2580" not in journal


def test_users_need_a_shop(cloture: Cloture):
    cloture.refused("users", "list")
    cloture.refused("users", "check", "Anne", stdin="2580\n")
