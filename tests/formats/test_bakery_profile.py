"""The bakery's article table: the rates a French bakery applies to what it sells to take away."""

from __future__ import annotations

import pytest

from app.formats.folded_text import fold
from app.formats.profile_files import find_profile
from tests.formats.samples import PROFILES

SOLD = {
    ("PAIN", 550): "Baguette, Demi baguette, Pain de campagne, Pain aux céréales, Boule bio, "
    "Ficelle, Seigle, Fougasse, Pain de mie tranché, Divers boulangerie, Tranchage",
    ("VIENNOISERIE", 550): "Croissant, Croissant jambon cru, Pain au chocolat, Pain aux raisins, "
    "Brioche tressée, Chausson aux pommes, Chouquettes x6, Kouign-amann, Pain au lait",
    ("PATISSERIE", 550): "Éclair au café, Tarte citron, Tartelette, Mille-feuille, Paris-Brest, "
    "Saint-Honoré, Galette frangipane, Bûche 6 pers., Macarons x12, Flan, Far breton, "
    "Gâteau d'anniversaire, Moelleux caramel, Pain d'épices, Opéra",
    ("FORMULES", 1000): "Formule sandwich, Formule midi, Menu étudiant",
    ("SANDWICHERIE", 1000): "Sandwich poulet, Sand. thon, Panini 3 fromages, Wrap, Croque monsieur",
    ("TRAITEUR", 1000): "Quiche lorraine, Part de pizza, Plat du jour, Salade composée, Pâtes, "
    "Plateau apéritif",
    ("BOISSONS CHAUDES", 1000): "Café, Grand café crème, Thé vert, Chocolat chaud, Expresso",
    ("BOISSONS", 550): "Coca 33cl, Eau 50 cl, Jus d'orange, Boisson, Canette",
    ("BOISSONS ALCOOLISEES", 2000): "Bière 33cl, Cidre brut, Vin rouge 75cl",
    ("CONFISERIE", 2000): "Sucette, Bonbons, Ballotin 250g, Chocolats de Noël, Caramels mous, "
    "Œufs de Pâques, Nougat",
    ("EPICERIE", 550): "Farine 1 kg, Confiture de fraises, Miel, Levure",
    ("DIVERS", 2000): "Sac cabas, Bougies",
    None: "., Article 12, Carte postale",
}


@pytest.mark.parametrize(
    ("label", "expected"),
    [(label, kind) for kind, labels in SOLD.items() for label in labels.split(", ")],
)
def test_an_article_finds_its_family_and_rate(label, expected):
    rows = find_profile("boulangerie", [PROFILES]).rows
    found = next((a for a in rows.articles if a.pattern.search(fold(label))), None)
    assert (None if found is None else (found.family, found.vat)) == expected
    assert found is None or found.nature == "goods"
