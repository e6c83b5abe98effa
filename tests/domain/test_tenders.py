"""Tenders under the names that tills give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tenders import CASH, LABELS, UNKNOWN, tender_code, tender_label


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("especes", CASH),
        ("Espèces", CASH),
        ("  ESPÈCE ", CASH),
        ("Cash", CASH),
        ("CB", "cb"),
        ("Carte bancaire", "cb"),
        ("carte-bleue", "cb"),
        ("Chèque", "cheque"),
        ("chèques", "cheque"),
        ("Ticket restaurant", "titre_restaurant"),
        ("Titres-Restaurant", "titre_restaurant"),
        ("En compte", "en_compte"),
        ("Bon ACME n° 4", "bon_acme_n_4"),
        ("", UNKNOWN),
        (" - ", UNKNOWN),
        ("Inconnu", UNKNOWN),
        ("℡ ½", "tel_1_2"),  # signs that unfold to letters and digits
    ],
)
def test_a_name_has_a_code(name, code):
    assert tender_code(name) == code


@given(st.text(max_size=30))
def test_a_code_is_its_own_code(name):
    # what the record holds is read back through the same door: it must not change on the way
    assert tender_code(tender_code(name)) == tender_code(name)


@pytest.mark.parametrize("code", LABELS)
def test_our_own_codes_stay(code):
    assert tender_code(code) == code
    assert tender_code(LABELS[code]) == code


def test_a_label_is_shown_for_every_code():
    assert tender_label("titre_restaurant") == "Titre-restaurant"
    assert tender_label("bon_acme") == "Bon acme"
