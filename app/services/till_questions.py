"""A proposed profile as a person reads it: which column is what, and what may be chosen.

Everything is short and in plain French: support reads it aloud on the telephone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.domain.quoted import one_line, shown
from app.services.add_till import Changes, Trial

if TYPE_CHECKING:
    from app.formats.proposing.propose import Proposal
    from app.formats.proposing.tables import Table

FIELDS = {
    "date": "Date",
    "time": "Heure",
    "number": "N° de ticket",
    "label": "Article",
    "qty": "Quantité",
    "total": "Total de la ligne",
    "unit": "Prix d'un article",
    "discount": "Remise",
    "vat": "Taux de TVA",
    "tva": "Montant de TVA",
    "ht": "Total hors taxe",
    "method": "Mode de règlement",
    "kind": "Vente ou remboursement",
    "family": "Famille",
    "code": "Code de l'article",
    "cashier": "Vendeur",
    "till": "Poste",
    "drawer": "Tiroir",
    "nature": "Bien ou service",
    "status": "État du ticket",
    "ref": "Ticket annulé",
    "customer_code": "Code du client",
    "customer_name": "Nom du client",
    "currency": "Devise",
}
"""What each field is called, the most telling first."""

_NEEDED = ("date", "number", "label", "qty", "total", "vat", "method", "kind")
_RARE = ("drawer", "nature", "status", "ht", "ref", "customer_code", "customer_name", "currency")
_OF_PAYMENTS = ("date", "number", "total", "method")
NONE = "aucune"
_LONGEST = 60
_MOMENTS = {
    "%d": "jour",
    "%m": "mois",
    "%B": "nom du mois",
    "%Y": "année",
    "%y": "année",
    "%H": "heure",
    "%I": "heure",
    "%M": "minutes",
    "%S": "secondes",
    "%p": "matin ou soir",
}
_DECIMALS = (
    (",", "la virgule (12,50)"),
    (".", "le point (12.50)"),
    (",.", "la virgule ou le point"),
)
_AMOUNTS = (("ttc", "TVA comprise"), ("ht", "hors taxe"))
_TICKETS = (("row", "chaque ligne est un ticket"), ("moment", "une même heure est un ticket"))
_KINDS = (("sale", "une vente"), ("refund", "un remboursement"))
_RATES = ("20.00", "10.00", "5.50", "2.10", "0.00")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A field and the column that holds it ("" for none), with an example of what is there.

    `key` is that of the change that chooses another one, `choices` are (column, words) of those
    there are; `second`: it is of the second file.
    """

    key: str
    label: str
    column: str
    example: str
    choices: tuple[tuple[str, str], ...]
    second: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something that may be chosen: `choices` are (value, words)."""

    key: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]

    @property
    def answer(self) -> str:
        """The words of what is chosen."""
        return dict(self.choices).get(self.value, self.value)


def column_rows(proposal: Proposal) -> tuple[ColumnRow, ...]:
    """The fields of a proposal: those that have a column or should have one, then the others.

    Fields that hardly any till has are shown only where a column holds them.
    """
    rows = _rows_of(proposal.table, proposal.data, "", _NEEDED)
    if proposal.second is not None:
        second = proposal.data["second"]
        rows += _rows_of(proposal.second, second, "second.", _OF_PAYMENTS)
    return tuple(rows)


def _rows_of(
    table: Table, data: Mapping[str, Any], prefix: str, needed: tuple[str, ...]
) -> list[ColumnRow]:
    columns = data["columns"]
    choices = tuple((column, _column_words(table, column)) for column in _named(table))
    told_otherwise = set()
    if data.get("paid"):
        told_otherwise.add("method")
    if data.get("rate_columns"):
        told_otherwise |= {"vat", "tva"}
    wanted = [name for name in FIELDS if name in columns or name in needed]
    others = [] if prefix else [n for n in FIELDS if n not in wanted and n not in _RARE]
    return [
        ColumnRow(
            f"{prefix}columns.{name}",
            FIELDS[name],
            columns.get(name, ""),
            _example(table, columns.get(name, "")),
            choices,
            bool(prefix),
        )
        for name in (*wanted, *others)
        if name not in told_otherwise
    ]


def _named(table: Table) -> list[str]:
    return list(dict.fromkeys(column for column in table.header if column))


def _column_words(table: Table, column: str) -> str:
    example = _example(table, column)
    return f"{column}, par exemple {example}" if example else f"{column}, vide"


def _example(table: Table, column: str) -> str:
    return one_line(next(iter(table.cells(column)), ""))[:_LONGEST]


def questions(proposal: Proposal) -> tuple[Question, ...]:
    """What else may be chosen, the words that nobody understands first."""
    data = proposal.data
    asked = [
        Question(f"kinds.{word}", f"{shown(word)} veut dire", data["kinds"].get(word, ""), _KINDS)
        for word in (*proposal.words, *_answered(proposal))
    ]
    if len(proposal.forms) > 1:
        forms = tuple((form, form_words(form)) for form in proposal.forms)
        asked.append(Question("moments", "Les dates sont écrites", data["moments"][0], forms))
    asked.append(Question("decimal", "Les centimes suivent", data["decimal"], _DECIMALS))
    amounts = data.get("amounts", "ttc")
    asked.append(Question("amounts", "Les montants sont", amounts, _AMOUNTS))
    if "number" not in data["columns"]:
        how = data.get("unnumbered", "row")
        asked.append(Question("unnumbered", "Sans numéro de ticket", how, _TICKETS))
    rates = (("", "aucun"), *((rate, rate_words(rate)) for rate in _RATES))
    default = data.get("defaults", {}).get("vat", "")
    asked.append(Question("vat", "Taux de TVA des lignes sans taux", default, rates))
    return tuple(asked)


def _answered(proposal: Proposal) -> list[str]:
    """The words of this file that a person has given a meaning to."""
    column = proposal.data["columns"].get("kind", "")
    seen = dict.fromkeys(one_line(cell) for cell in proposal.table.cells(column))
    chosen = proposal.chosen_words
    return [word for word in seen if word in chosen]


def form_words(form: str) -> str:
    """A form of date in words: `%d/%m/%Y %H:%M` → `jour/mois/année heure:minutes`."""
    for code, word in _MOMENTS.items():
        form = form.replace(code, word)
    return {"iso": "année-mois-jour", "serial": "nombre de jours (tableur)"}.get(form, form)


def rate_words(rate: str) -> str:
    """`5.50` → `5,5 %`."""
    return f"{rate.rstrip('0').rstrip('.').replace('.', ',')} %" if rate else "aucun"


def with_change(changes: Changes, key: str, value: str) -> dict[str, str]:
    """The changes with one more, or another answer to the same question."""
    return {**{k: v for k, v in changes.items() if k != key}, key: value}


def without_last(changes: Changes) -> dict[str, str]:
    """The changes but for the latest."""
    return dict(list(changes.items())[:-1])


@dataclass(frozen=True, slots=True)
class Oddity:
    """What looks odd in the files read by a proposal: a kind of finding, how many, one example.

    `of` is what the kind is about, where it needs telling (see `Finding`).
    """

    kind: str
    count: int
    example: str
    of: str = ""


def oddities(trial: Trial) -> tuple[Oddity, ...]:
    """The findings of all days, one a kind."""
    found: dict[tuple[str, str], Oddity] = {}
    for item in trial.preview.findings:
        if item.kind == "unknown_rate" and not _tells_rates(trial.proposal):
            continue  # it is a doubt of the proposal already
        key = (item.kind, item.of)
        known = found.get(key, Oddity(item.kind, 0, item.example, item.of))
        found[key] = replace(known, count=known.count + item.count)
    return tuple(found.values())


def _tells_rates(proposal: Proposal) -> bool:
    columns = proposal.data["columns"]
    return "vat" in columns or "tva" in columns or bool(proposal.data.get("rate_columns"))
