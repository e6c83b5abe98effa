"""A closure or an X as short French text, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.findings import label_of
from app.domain.moments import french_date, french_moment, moment_from_text
from app.domain.money import euros
from app.domain.settings import text_of
from app.domain.tenders import CASH, tender_label

_WIDTH = 42
_TITLES = {
    "general": "GÉNÉRALE",
    "poste": "POSTE",
    "caisse": "CAISSE",
    "month": "DU MOIS",
    "year": "DE L'EXERCICE",
}
_NATURES = {"goods": "biens", "services": "services"}
_OUTSIDE = {
    "gift_card": "Cartes cadeaux",
    "deposit": "Acomptes",
    "tip": "Pourboires",
    "rounding": "Arrondis",
    "account_payment": "Règlements de compte",
}
COMPUTED = "calculé à partir des tickets reçus de la caisse"


def z_text(z: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """The Z of a closure, or the X when it has no id."""
    figures = z["figures"]
    lines = [
        *_heading(z, settings),
        *_row("Tickets", str(figures["tickets"])),
        *_row("Ventes", euros(figures["sales"])),
        *_row("Remboursements", euros(figures["refunds"])),
        *_row("TOTAL", euros(figures["total"])),
        *_vat(figures),
        *_tenders(figures),
        *_cash(z["cash"]),
        *_till_z(z["till_z"]),
        *_totals(z),
        *_findings(z["findings"]),
        *_corrections(z.get("corrections", ())),
        COMPUTED,
    ]
    return "\n".join(lines)


def _heading(z: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    name = text_of(settings, "shop.name")
    kind = f"{_TITLES[z['kind']]} {z['code']}".strip()
    title = f"Ticket Z n° {z['number']} ({z['id']})" if z["id"] else "Lecture X"
    return [
        f"{title} — {kind}",
        *([name] if name else []),
        *(["SIMULATION"] if z["simulation"] else []),
        f"Journée du {french_date(date.fromisoformat(z['business_day']))}, "
        f"le {french_moment(moment_from_text(z['closed_at']))}",
        "-" * _WIDTH,
    ]


def _vat(figures: Mapping[str, Any]) -> list[str]:
    rows = [
        line
        for v in figures["vat"]
        for line in _row(
            f"TVA {v['rate'].replace('.', ',')} % {_NATURES[v['nature']]} (HT {euros(v['ht'])})",
            euros(v["tva"]),
        )
    ]
    rows += [
        line
        for o in figures["outside"]
        for line in _row(f"{_OUTSIDE[o['nature']]} (hors CA)", euros(o["amount"]))
    ]
    return rows


def _tenders(figures: Mapping[str, Any]) -> list[str]:
    return ["-" * _WIDTH] + [
        line
        for t in figures["tenders"]
        for line in _row(f"{tender_label(t['method'])} ({t['count']})", euros(t["expected"]))
    ]


def _cash(rows: list[Mapping[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += [
            "-" * _WIDTH,
            f"Caisse {row['drawer']}",
            *_row("  fond de caisse", euros(row["float"])),
            *_row("  espèces reçues", euros(row["received"])),
            *_row("  entrées et sorties", euros(row["moves"])),
            *_row("  théorique", euros(row["expected"])),
        ]
        if row["counted"] is not None:
            lines += _row("  compté", euros(row["counted"]))
            lines += _row("  écart", euros(row["difference"]))
        for key, label in (("left", "  fond laissé"), ("banked", "  remise en banque")):
            if row[key] is not None:
                lines += _row(label, euros(row[key]))
        lines += _counted_tenders(row["tenders"])
        if row["reason"]:
            lines.append(f"  motif : {row['reason']}")
    return lines


def _counted_tenders(rows: list[Mapping[str, Any]]) -> list[str]:
    """The other tenders that were counted; the cash is the drawer's own count."""
    lines: list[str] = []
    for row in rows:
        if row["method"] != CASH and row["counted"] is not None:
            label = tender_label(row["method"])
            lines += _row(f"  {label} : théorique", euros(row["expected"]))
            lines += _row("    compté", euros(row["counted"]))
            lines += _row("    écart", euros(row["difference"]))
    return lines


def _till_z(rows: Any) -> list[str]:
    lines: list[str] = []
    for row in rows or ():
        lines += _row(f"Z du poste {row['till']} n° {row['number']}", euros(row["total"]))
        lines += _row("  écart", euros(row["difference"]))
    return ["-" * _WIDTH, *lines] if lines else []


def _totals(z: Mapping[str, Any]) -> list[str]:
    return [
        "-" * _WIDTH,
        *_row("Cumul de l'exercice", euros(z["period_total"])),
        *_row("Total perpétuel", euros(z["perpetual_total"])),
        *([f"Couvre {', '.join(z['covers'])}"] if z["covers"] and len(z["covers"]) < 10 else []),
    ]


def _findings(rows: list[Mapping[str, Any]]) -> list[str]:
    return [
        f"! {french_date(date.fromisoformat(f['day']))} : {f['count']} "
        f"{label_of(f['kind'], f['count'])} (ex. {f['example']})"
        for f in rows
    ]


def _corrections(rows: Any) -> list[str]:
    return [
        f"! Comptage de {c['drawer']} corrigé : {euros(c['before']['counted'] or 0)} → "
        f"{euros(c['after']['counted'])}"
        for c in rows
    ]


def _row(label: str, amount: str) -> list[str]:
    room = _WIDTH - len(amount) - 1
    if len(label) > room:
        return [label, f"{amount:>{_WIDTH}}"]
    return [f"{label:<{room}} {amount}"]
