"""What a Z or an X says on paper: one description, which every rendering lays out.

Everything comes from the closure's own record: nothing is computed from tickets again, so that a Z
printed after years says what it said the first evening. What was corrected since stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain import report as paper
from app.domain.findings import DAMAGE_CURE, Finding, label_of
from app.domain.french_dates import long_date, month_name
from app.domain.moments import french_date, french_moment, in_paris, moment_from_text
from app.domain.money import euros
from app.domain.report import Amount, Report, Row, Section
from app.domain.scope import MONTH, YEAR
from app.domain.settings import text_of
from app.domain.tenders import CASH, tender_label
from app.domain.words import (
    COMPUTED,
    NATURES,
    count_of,
    kind_of,
    number_words,
    quantity_words,
    rate_words,
)
from app.services.figures_sheet import CashSheet, Counted, Move, Sheet, sheet_of

_MOST_COVERED = 10
"""Closures that a Z covers named one by one; more are told by the first and the last."""

_SHORT_FINGERPRINT = 16
_UNTITLED = "Sans nom"


@dataclass(frozen=True, slots=True)
class Edition:
    """A paper that is handed out: the how-manieth of its closure (1: the original), and when."""

    number: int
    at: datetime


def z_report(
    body: Mapping[str, Any], settings: Mapping[str, Any], edition: Edition | None = None
) -> Report:
    """The report of a closure (`show_closure`) or of an X (`read_x`).

    Without an `edition` it is a reading, on a screen or in a terminal, and says nothing of copies.
    """
    sheet = sheet_of(body)
    return Report(
        name=_name(body, edition),
        title=_title(body),
        shop=shop_lines(settings),
        marks=_marks(body, edition),
        about=tuple(_about(body)),
        sections=filled(
            *money_sections(sheet),
            *_drawers(sheet.cash),
            Section("Contrôle par le Z de la caisse", tuple(_till_z(body["till_z"] or ()))),
            Section("Cumuls", tuple(_totals(body))),
            *sales_sections(sheet),
            Section("Constats", tuple(_findings(sheet.findings))),
        ),
        foot=tuple(_foot(body, edition)),
    )


def shop_lines(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Whose paper it is: name, address, SIRET and VAT number, as far as they are known."""
    siret = text_of(settings, "shop.siret")
    vat = text_of(settings, "shop.vat_number")
    address = text_of(settings, "shop.address").replace("\n", ",").split(",")
    lines = [
        text_of(settings, "shop.name"),
        *(part.strip() for part in address),
        f"SIRET {_grouped(siret)}" if siret else "",
        f"TVA {vat}" if vat else "",
    ]
    return tuple(line for line in lines if line)


def short_fingerprint(fingerprint: str) -> str:
    """The short form of a record's fingerprint, as a paper shows it: its first 64 bits.

    >>> short_fingerprint("sha256:3f2a91c077de12ab" + "0" * 48)
    '3F2A-91C0-77DE-12AB'
    """
    digits = fingerprint.partition(":")[2][:_SHORT_FINGERPRINT].upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def filled(*sections: Section) -> tuple[Section, ...]:
    """The sections that say something."""
    return tuple(section for section in sections if section.rows)


def money_sections(sheet: Sheet) -> tuple[Section, ...]:
    """Sales, VAT, what is outside of turnover, tenders."""
    return (
        Section("Ventes", tuple(_sales(sheet))),
        _vat(sheet),
        Section("Hors chiffre d'affaires", tuple(_outside(sheet))),
        _tenders(sheet),
    )


def sales_sections(sheet: Sheet) -> tuple[Section, ...]:
    """Turnover by family, cashier and hour."""
    return (
        Section("Par famille", tuple(_families(sheet)), ("Famille", "Qté", "Total")),
        Section("Par vendeur", tuple(_cashiers(sheet)), ("Vendeur", "Tickets", "Total")),
        Section("Par heure", tuple(_hours(sheet)), ("Heure", "Tickets", "Total")),
    )


def _name(body: Mapping[str, Any], edition: Edition | None) -> str:
    """A duplicate has a name of its own: it must not take the place of the original."""
    if not body["id"]:
        return "X"
    copy = f"-duplicata-{edition.number - 1}" if edition and edition.number > 1 else ""
    return f"Z-{body['id']}-{body['business_day']}{copy}"


def _title(body: Mapping[str, Any]) -> str:
    kind = kind_of(body["kind"], body["code"])
    if not body["id"]:
        return f"Lecture X — {kind}"
    return f"Ticket Z n° {body['number']} ({body['id']}) — {kind}"


def _marks(body: Mapping[str, Any], edition: Edition | None) -> tuple[str, ...]:
    marks = ["SIMULATION"] if body["simulation"] else []
    if edition is not None and edition.number > 1:
        marks.append(f"DUPLICATA n° {edition.number - 1}")
    return tuple(marks)


def _about(body: Mapping[str, Any]) -> Iterator[str]:
    day = date.fromisoformat(body["business_day"])
    at = french_moment(moment_from_text(body["closed_at"]))
    if body["kind"] == MONTH:
        yield f"Mois : {month_name(date.fromisoformat(body['code'] + '-01'))}"
    elif body["kind"] == YEAR:
        yield f"Exercice {body['code']}"
    else:
        yield f"Journée du {long_date(day)}"
    if body.get("until"):
        yield f"Tickets jusqu'au {french_moment(moment_from_text(body['until']))}"
    by = f" par {body['by']}" if body["by"] else ""
    yield f"Clôturée le {at}{by}" if body["id"] else f"Lue le {at} : rien n'est clôturé"


def _sales(sheet: Sheet) -> Iterator[Row]:
    yield Row("Tickets", (number_words(sheet.tickets),))
    if sheet.first_ticket or sheet.last_ticket:
        yield Row(f"du n° {sheet.first_ticket} au n° {sheet.last_ticket}", inset=True)
    if sheet.first_at and sheet.last_at:
        span = f"du {_brief(sheet.first_at)} au {_brief(sheet.last_at)}"
        yield Row(span, inset=True)
    if sheet.late:
        yield Row(f"dont {sheet.late} en retard", inset=True)
    yield Row("Ventes", (Amount(sheet.sales),))
    if sheet.discounts:
        yield Row("remises déjà déduites", (Amount(sheet.discounts),), inset=True)
    yield Row("Remboursements", (Amount(sheet.refunds),))
    yield Row("TOTAL TTC", (Amount(sheet.total),), strong=True)


def _vat(sheet: Sheet) -> Section:
    natures = {row.nature for row in sheet.vat}
    rows = [
        Row(
            rate_words(row.rate) + (f" {NATURES[row.nature].lower()}" if len(natures) > 1 else ""),
            (Amount(row.ht), Amount(row.tva), Amount(row.ttc)),
        )
        for row in sheet.vat
    ]
    if len(rows) > 1:
        total = sheet.vat_total
        cells = (Amount(total.ht), Amount(total.tva), Amount(total.ttc))
        rows.append(Row("Total", cells, strong=True))
    return Section("TVA", tuple(rows), ("Taux", "HT", "TVA", "TTC"))


def _outside(sheet: Sheet) -> Iterator[Row]:
    for row in sheet.outside:
        yield Row(NATURES[row.nature], (Amount(row.amount),))
    if len(sheet.outside) > 1:
        yield Row("Total", (Amount(sheet.outside_total),), strong=True)


def _tenders(sheet: Sheet) -> Section:
    counted = any(row.difference is not None for row in sheet.tenders)
    rows = [
        Row(
            tender_label(row.method),
            (
                number_words(row.count),
                Amount(row.expected),
                *((_difference(row.difference),) if counted else ()),
            ),
        )
        for row in sheet.tenders
    ]
    if len(rows) > 1:
        count = number_words(sum(row.count for row in sheet.tenders))
        cells = (count, Amount(sheet.tenders_total), *(("",) if counted else ()))
        rows.append(Row("Total", cells, strong=True))
    if sheet.outside:  # without it the tenders and the turnover seem to disagree
        cells = ("", Amount(sheet.outside_total), *(("",) if counted else ()))
        rows.append(Row("dont hors CA", cells, inset=True))
    heads = ("Règlement", "Nb", "Montant", *(("Écart",) if counted else ()))
    return Section("Règlements", tuple(rows), heads)


def _difference(cents: int | None) -> paper.Cell:
    return "" if cents is None else Amount(cents, signed=True)


def _families(sheet: Sheet) -> Iterator[Row]:
    for row in sheet.families:
        name = count_of(row.others, "autre famille", "autres familles") if row.others else ""
        label = name or row.family or "Sans famille"
        yield Row(label, (quantity_words(row.qty), Amount(row.total)))


def _cashiers(sheet: Sheet) -> Iterator[Row]:
    for row in sheet.cashiers:
        yield Row(row.cashier or _UNTITLED, (number_words(row.tickets), Amount(row.total)))
        if row.discounts:
            yield Row("remises", ("", Amount(row.discounts)), inset=True)
        if row.refunds:
            yield Row("remboursements", ("", Amount(row.refunds)), inset=True)


def _hours(sheet: Sheet) -> Iterator[Row]:
    for row in sheet.hours:
        if row.tickets:
            yield Row(f"{row.hour} h", (number_words(row.tickets), Amount(row.total)))


def _drawers(sheets: Sequence[CashSheet]) -> tuple[Section, ...]:
    return tuple(Section(f"Caisse {s.drawer}", tuple(_drawer(s))) for s in sheets)


def _drawer(sheet: CashSheet) -> Iterator[Row]:
    yield Row("Fond de caisse", (Amount(sheet.cash_float),))
    declared = [move for move in sheet.move_rows if move.kind == "float"]
    for move in declared:
        yield Row(_move_words(move, "déclaré"), (Amount(move.amount),), inset=True)
        if move.gap:
            said = f"écart du matin (attendu {euros(move.expected or 0)})"
            yield Row(said, (Amount(move.gap, signed=True),), inset=True)
    yield Row("Espèces reçues", (Amount(sheet.received),))
    moved = [move for move in sheet.move_rows if move.kind != "float"]
    if sheet.moves or moved:
        yield Row("Entrées et sorties", (Amount(sheet.moves, signed=True),))
    for move in moved:
        what = "entrée" if move.kind == "in" else "sortie"
        yield Row(_move_words(move, what), (Amount(move.amount, signed=True),), inset=True)
    yield Row("Théorique", (Amount(sheet.expected),))
    yield from _count(sheet.count)
    for row in sheet.tenders:
        if row.method != CASH and row.counted is not None:
            yield Row(f"{tender_label(row.method)}, théorique", (Amount(row.expected),))
            yield Row("compté", (Amount(row.counted),), inset=True)
            yield Row("écart", (_difference(row.difference),), inset=True)
    for correction in sheet.corrections:
        at = french_moment(correction.at) if correction.at else ""
        by = f" par {correction.by}" if correction.by else ""
        yield Row(f"Comptage corrigé le {at}{by} :")
        yield from _count(correction)


def _count(count: Counted) -> Iterator[Row]:
    if count.counted is None:
        yield Row("Espèces non comptées")
    else:
        yield Row("Compté", (Amount(count.counted),))
        yield Row("Écart", (Amount(count.difference or 0, signed=True),), strong=True)
    if count.reason:
        yield Row(f"Motif : {count.reason}", inset=True)
    if count.left is not None:
        yield Row("Fond laissé", (Amount(count.left),))
    if count.banked is not None:
        yield Row("Remise en banque", (Amount(count.banked),))


def _move_words(move: Move, what: str) -> str:
    at = in_paris(move.at)
    by = f" par {move.by}" if move.by else ""
    reason = f" : {move.reason}" if move.reason else ""
    return f"{what} à {at.hour} h {at.minute:02d}{by}{reason}"


def _till_z(rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for row in rows:
        yield Row(f"Poste {row['till']}, Z n° {row['number']}", (Amount(row["total"]),))
        yield Row("écart", (Amount(row["difference"], signed=True),), inset=True)


def _totals(body: Mapping[str, Any]) -> Iterator[Row]:
    yield Row(f"Cumul de l'exercice {body['fiscal_year']}", (Amount(body["period_total"]),))
    yield Row("Total perpétuel", (Amount(body["perpetual_total"]),))
    yield Row("Perpétuel en valeur absolue", (Amount(body["perpetual_absolute"]),))
    covers = body["covers"]
    if len(covers) > _MOST_COVERED:
        yield Row(f"Reprend {len(covers)} clôtures, de {covers[0]} à {covers[-1]}")
    elif covers:
        yield Row(f"Reprend {', '.join(covers)}")


def _findings(found: Sequence[Finding]) -> Iterator[Row]:
    for finding in found:
        said = f"{finding.count} {label_of(finding.kind, finding.count, finding.of)}"
        example = f" (ex. {finding.example})" if finding.example else ""
        yield Row(f"{french_date(finding.day)} : {said}{example}")
    if any(finding.kind == "damaged" for finding in found):
        yield Row(DAMAGE_CURE)


def _foot(body: Mapping[str, Any], edition: Edition | None) -> Iterator[str]:
    if body.get("fingerprint"):
        yield f"Empreinte : {short_fingerprint(body['fingerprint'])}"
    if edition is not None:
        yield f"Édité le {french_moment(edition.at)}"
    yield COMPUTED


def _brief(moment: datetime) -> str:
    local = in_paris(moment)
    return f"{local:%d/%m} à {local.hour} h {local.minute:02d}"


def _grouped(siret: str) -> str:
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}" if len(siret) == 14 else siret
