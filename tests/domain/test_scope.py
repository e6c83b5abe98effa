"""What a closure takes: the shop, a till, a drawer; and the ids the contract gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scope import Scope, closure_id, scope_from_text, scope_of, till_of
from app.errors import UsageError

GENERAL, POSTE, CAISSE = Scope("general"), Scope("poste", "1"), Scope("caisse", "1/2")


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (GENERAL, ["1/1", "1/2", "11/2", "2/1"]),
        (POSTE, ["1/1", "1/2"]),
        (CAISSE, ["1/2"]),
    ],
)
def test_a_scope_holds_its_drawers(scope, held):
    assert [d for d in ("1/1", "1/2", "11/2", "2/1") if scope.holds(d)] == held


@pytest.mark.parametrize(
    ("outer", "inner", "nests"),
    [
        (GENERAL, GENERAL, True),
        (GENERAL, POSTE, True),
        (GENERAL, CAISSE, True),
        (POSTE, POSTE, True),
        (POSTE, CAISSE, True),
        (POSTE, Scope("poste", "2"), False),
        (POSTE, Scope("caisse", "2/1"), False),
        (POSTE, GENERAL, False),
        (CAISSE, POSTE, False),
        (CAISSE, GENERAL, False),
        (CAISSE, Scope("caisse", "1/1"), False),
    ],
)
def test_scopes_lie_inside_each_other(outer, inner, nests):
    assert outer.nests(inner) is nests


def test_a_scope_has_a_till_a_key_and_a_title():
    assert [s.till for s in (GENERAL, POSTE, CAISSE)] == ["", "1", "1"]
    assert [s.key for s in (GENERAL, POSTE, CAISSE)] == ["general", "poste/1", "caisse/1/2"]
    assert [s.title for s in (GENERAL, POSTE, CAISSE)] == ["GÉNÉRALE", "POSTE 1", "CAISSE 1/2"]
    assert till_of("12/3") == "12"


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("general", GENERAL),
        ("poste:1", POSTE),
        ("caisse:1/2", CAISSE),
        ("poste:Bar fond", Scope("poste", "Bar fond")),
    ],
)
def test_a_scope_is_read(text, scope):
    assert scope_from_text(text) == scope


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("general", "1"),
        ("poste", ""),
        ("poste", "1/1"),
        ("caisse", "1"),
        ("caisse", "1/1/1"),
        ("caisse", "1/"),
        ("caisse", "/1"),
        ("poste", " 1"),
        ("poste", "a|b"),
        ("poste", "a:b"),
        ("poste", "1" * 31),
        ("month", "2021-01"),
        ("", ""),
        ("tiroir", "1/1"),
    ],
)
def test_what_is_no_scope_is_refused_with_a_sentence(kind, code):
    with pytest.raises(UsageError, match=r"[Éé]crivez"):
        scope_of(kind, code)


@pytest.mark.parametrize(
    ("kind", "code", "number", "made"),
    [
        ("general", "", 123, "G000123"),
        ("general", "", 1_234_567, "G1234567"),
        ("poste", "1", 1, "P1-000001"),
        ("caisse", "1/2", 1, "C1.2-000001"),
        ("caisse", "1.1/1", 1, "C1~.1.1-000001"),
        ("caisse", "1/1.1", 1, "C1.1~.1-000001"),
        ("caisse", "a~/1", 1, "Ca~~.1-000001"),
        ("month", "2021-01", 4, "M2021-01"),
        ("year", "2021", 2, "A2021"),
    ],
)
def test_ids_are_those_of_the_contract(kind, code, number, made):
    assert closure_id(kind, code, number) == made


names = st.text("1a.~-/ ", min_size=1, max_size=4).filter(lambda name: "/" not in name)
closures = (
    st.tuples(st.just("caisse"), st.builds("{}/{}".format, names, names), st.integers(1, 1_000_001))
    | st.tuples(st.just("poste"), names, st.integers(1, 1_000_001))
    | st.tuples(st.just("general"), st.just(""), st.integers(1, 1_000_001))
)


@given(st.sets(closures, min_size=2, max_size=200))
def test_no_two_closures_share_an_id(made):
    assert len({closure_id(*one) for one in made}) == len(made)


def test_names_that_only_dots_tell_apart_have_ids_of_their_own():
    # two parts of dots, tildes and dashes each: every way of writing four signs or fewer
    parts = [a + b for a in ("1", ".", "~", "-") for b in ("", "1", ".", "~", "-")]
    ids = {closure_id("caisse", f"{till}/{drawer}", 1) for till in parts for drawer in parts}
    assert len(ids) == len(parts) ** 2
