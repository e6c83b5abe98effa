"""Profiles: a wrong key is told by its name, and a shop's own profile wins over ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.errors import UnknownProfile
from app.formats import row_sources
from app.formats.profile import FIELDS, Article
from app.formats.profile_files import find_profile, known_profiles, list_profiles
from app.formats.profile_reading import load_profile
from tests.formats.samples import MARKET_KEYS, PROFILES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"label": None}, "label", "un texte était attendu"),
        ({"format": ""}, "format", "un texte était attendu"),
        ({"separateur": ";"}, "separateur", "cette clé n'existe pas"),
        ({"encoding": "utf-9"}, "encoding", "n'est pas un encodage connu"),
        ({"encoding": "cp037"}, "encoding", "n'est pas pris en charge"),
        ({"separator": ";;"}, "separator", "un seul signe"),
        ({"separator": '"'}, "separator", "un seul signe"),
        ({"quote": "x"}, "quote", "une de ces valeurs"),
        ({"decimal": ";"}, "decimal", "une de ces valeurs"),
        ({"columns": None}, "columns", "un objet JSON était attendu"),
        ({"columns": {"total": "T"}}, "columns.date", "elle manque"),
        ({"columns": {"date": "D"}}, "columns.total", "elle manque"),
        ({"columns": {"date": "D", "total": "T", "prix": "P"}}, "columns.prix", "n'existe pas"),
        ({"columns": {"date": "D", "total": 3}}, "columns.total", "un texte"),
        ({"optional": ["vat"]}, "optional", "« vat » n'est pas parmi les colonnes"),
        ({"optional": "label"}, "optional", "une liste"),
        ({"moments": []}, "moments", "elle manque"),
        ({"moments": ["%d/%m"]}, "moments", "« %d/%m » n'est pas une forme de date"),
        ({"moments": ["%d/%m/%Y %Q"]}, "moments", "n'est pas une forme de date"),
        ({"kinds": {"Vente": "vente"}}, "kinds.Vente", "« sale » « refund » « void »"),
        ({"natures": {"Bon": "bon"}}, "natures.Bon", "une de ces valeurs"),
        ({"columns": {**MARKET_KEYS["columns"], "kind": "K"}}, "kinds", "elle manque alors"),
        ({"refund_amounts": "negative"}, "refund_amounts", "une de ces valeurs"),
        ({"amounts": "net"}, "amounts", "« ttc » « ht »"),
        ({"unnumbered": "day"}, "unnumbered", "une de ces valeurs"),
        ({"number_decimals": True}, "number_decimals", "un texte"),
        ({"defaults": {"vat": "5.555"}}, "defaults.vat", "un taux tel que"),
        ({"defaults": {"till": "1/2"}}, "defaults.till", "un code court"),
        ({"defaults": {"nature": "food"}}, "defaults.nature", "une de ces valeurs"),
        ({"defaults": {"caisse": "1"}}, "defaults.caisse", "n'existe pas"),
        ({"defaults": []}, "defaults", "un objet JSON"),
        ({"articles": [{"pattern": "A"}, {"pattern": "("}]}, "articles[2].pattern", "régulière"),
        ({"articles": [{"family": "A"}]}, "articles[1].pattern", "elle manque"),
        ({"articles": [{"pattern": "A", "vat": 5.5}]}, "articles[1].vat", "un texte"),
        ({"articles": ["A"]}, "articles[1]", "un objet JSON"),
        ({"tenders": [{"pattern": "A"}]}, "tenders[1].method", "elle manque"),
        ({"skip": [{"column": "A", "pattern": "["}]}, "skip[1].pattern", "régulière"),
        ({"skip": [{"pattern": "A"}]}, "skip[1].column", "« column » ou « field »"),
        ({"skip": [{"field": "vat", "pattern": "A"}]}, "skip[1].field", "une de ces valeurs"),
        ({"encoding": []}, "encoding", "un texte"),
        ({"encoding": ["utf-16", "utf-8"]}, "encoding", "n'est pas pris en charge"),
        ({"columns": {"date": "D", "total": []}}, "columns.total", "un texte"),
        ({"rates": ["20", "dix"]}, "rates", "un taux tel que"),
        ({"rate_columns": "TVA"}, "rate_columns", "il faut un groupe"),
        ({"vat_form": "part"}, "vat_form", "« percent » « fraction »"),
        ({"tender_separator": "et"}, "tender_separator", "un seul signe"),
        ({"paid": {"CB": 1}}, "paid.CB", "un texte"),
        ({"extra": [{"column": "Tip"}]}, "extra[1].nature", "une de ces valeurs"),
        (
            {"extra": [{"column": "Tip", "nature": "tip", "vat": "20"}]},
            "extra[1].vat",
            "n'a pas de TVA",
        ),
        (
            {"format": "spreadsheet", "quantity_decimal": "."},
            "quantity_decimal",
            "le signe de « decimal »",
        ),
        ({"second": {"columns": {"date": "D", "total": "T"}}}, "second.columns.number", "manque"),
        (
            {"second": {"columns": {"date": "D", "total": "T", "number": "N"}}},
            "second.label",
            "elle manque",
        ),
        ({"second": {"label": "L", "encoding": "utf-8"}}, "second.encoding", "n'existe pas"),
    ],
)
def test_a_wrong_key_is_told_by_its_name(changes, key, reason):
    with pytest.raises(UnknownProfile) as caught:
        load_profile({**MARKET_KEYS, **changes}, "marche")
    sentence = str(caught.value)
    assert sentence.startswith(f"Le profil marche est incorrect, clé « {key} » : ")
    assert reason in sentence
    assert sentence.endswith("corrigez le fichier marche.json.")


def test_a_profile_must_be_an_object():
    with pytest.raises(UnknownProfile, match=r"incorrect, un objet JSON"):
        load_profile([], "marche")  # type: ignore[arg-type]


def test_what_a_profile_leaves_out():
    profile = load_profile(MARKET_KEYS, "marche")
    assert (profile.encodings, profile.defaults.till, profile.defaults.tender) == (
        ("utf-8",),
        "1",
        "inconnu",
    )
    assert profile.rows.quantity_decimal == profile.rows.decimal == ","
    assert load_profile({**MARKET_KEYS, "decimal": "."}, "marche").rows.quantity_decimal == "."
    journal = find_profile("journal", [PROFILES])
    assert (journal.rows, journal.defaults.till, journal.defaults.drawer) == (None, None, "1")


def test_an_article_says_its_family_nature_and_rate():
    article = {"pattern": "CARTE", "family": "CARTES", "nature": "gift_card"}
    rows = load_profile({**MARKET_KEYS, "articles": [article]}, "marche").rows
    assert rows.articles == (Article(re.compile("CARTE"), "CARTES", "gift_card", None),)


def write(folder: Path, name: str, content: Any) -> None:
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / f"{name}.json").write_bytes(text)


def test_a_later_folder_wins_and_absent_ones_do_no_harm(tmp_path):
    ours, shops, absent = tmp_path / "ours", tmp_path / "shop", tmp_path / "absent"
    write(ours, "marche", MARKET_KEYS)
    write(ours, "autre", {**MARKET_KEYS, "label": "Autre"})
    write(shops, "marche", {**MARKET_KEYS, "label": "Le nôtre, corrigé"})
    folders = [ours, shops, absent]
    assert [(e.name, e.label) for e in list_profiles(folders)] == [
        ("autre", "Autre"),
        ("marche", "Le nôtre, corrigé"),
    ]
    assert find_profile("marche", folders).label == "Le nôtre, corrigé"
    assert find_profile("marche", [ours]).label == "Caisse du marché"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", r"n'est pas du JSON correct \(ligne 1, colonne 2\)"),
        (b'{"label":"\xe9"}', "n'est pas du JSON correct en UTF-8"),
        (b"[" * 100_000, "n'est pas du JSON correct"),
        (b"[]", "un objet JSON était attendu"),
        ({**MARKET_KEYS, "amounts": "net"}, "clé « amounts »"),
        ({**MARKET_KEYS, "format": "xml"}, "clé « format »"),
        ({**MARKET_KEYS, "format": "ticket_journal"}, "clé « format »"),
        ({"label": "x", "format": "delimited"}, "clé « format »"),
    ],
)
def test_a_wrong_file_is_listed_with_its_reason_and_never_used(tmp_path, content, reason):
    write(tmp_path, "marche", content)
    (entry,) = list_profiles([tmp_path])
    assert re.search(reason, entry.problem)
    assert entry.label == entry.problem
    assert known_profiles([tmp_path]) == ()
    with pytest.raises(UnknownProfile, match=reason):
        find_profile("marche", [tmp_path])


def test_an_unknown_name_is_told_with_the_known_ones(tmp_path):
    write(tmp_path, "secret", MARKET_KEYS)
    for name in ("autre", "../secret", ""):
        with pytest.raises(UnknownProfile, match="profils connus : boulangerie, journal"):
            find_profile(name, [PROFILES])
    with pytest.raises(UnknownProfile, match="profils connus : aucun"):
        find_profile("x", [])


def test_every_bundled_profile_can_be_used():
    assert [entry.problem for entry in list_profiles([PROFILES])] == [""] * len(
        list_profiles([PROFILES])
    )
    assert {"journal", "boulangerie"} <= {profile.name for profile in known_profiles([PROFILES])}


def test_every_row_source_is_listed():
    with_code = {
        path.stem
        for path in (ROOT / "app" / "formats").glob("*.py")
        if "\nCODE = " in path.read_text(encoding="utf-8")
    }
    assert with_code == {source.__name__.rpartition(".")[2] for source in row_sources.FORMATS}
    codes = [source.CODE for source in row_sources.FORMATS]
    assert len(codes) == len(set(codes))


def test_the_guide_names_every_key_and_its_example_can_be_used():
    guide = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    example = json.loads(re.findall(r"```json\n(.*?)```", guide, re.S)[1])
    profile = load_profile(example, "exemple")
    named = set(re.findall(r"`(\w+)`", guide))
    rows = set(type(profile.rows).__dataclass_fields__)
    assert set(FIELDS) | rows | {"label", "format", "encoding", "defaults"} <= named
