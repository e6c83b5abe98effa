"""Figures as the worst shop would have them: names of 60 signs, a million, many of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.figures import CashierRow, HourRow, OutsideRow, TenderRow, VatRow
from app.domain.findings import CURRENCY, LABELS, Finding
from app.domain.moments import PARIS
from app.services.closures import show_closure
from app.services.figures_sheet import CashSheet, Counted, FamilyShare, Move, Sheet, sheet_of
from app.ui.screens.x_reading import XReadingScreen
from app.ui.screens.z_view import ZViewScreen
from app.ui.widgets.badge import Badge

LONG_NAME = "Établissements Bourguignon-Lefebvre & Fils, pâtisserie fine SA"
BIG = -123456789
NOW = datetime(2026, 11, 21, 20, 4, tzinfo=PARIS)
_FIRST = Counted(BIG, -10000, 15000, 380014, "Pièces ou billets mal comptés")
_CORRECTED = replace(
    _FIRST, counted=BIG + 10000, difference=0, reason="Comptage mal tapé", at=NOW, by="Anne"
)


def large_sheet() -> Sheet:
    """A sheet in which everything is long, many or large."""
    return Sheet(
        tickets=123456,
        late=12,
        first_ticket="150040",
        last_ticket="273496",
        first_at=datetime(2026, 11, 21, 7, 2, tzinfo=PARIS),
        last_at=NOW,
        sales=98765432,
        refunds=BIG,
        discounts=1234567,
        total=BIG,
        average=-10000,
        vat=(
            VatRow(2000, "goods", BIG, BIG, BIG),
            VatRow(2000, "services", 12345, 2469, 14814),
            VatRow(550, "goods", 93636, 5149, 98785),
        ),
        vat_total=VatRow(0, "", BIG, BIG, BIG),
        outside=(OutsideRow("gift_card", 5000), OutsideRow("deposit", BIG)),
        outside_total=BIG,
        tenders=(
            TenderRow("especes", 12345, BIG, BIG - 5000, -5000),
            TenderRow("titre_restaurant", 52, 48210, 48210, 0),
            TenderRow(LONG_NAME, 3, 1234567),
        ),
        tenders_total=BIG,
        families=tuple(
            FamilyShare(f"{LONG_NAME} {index}", Decimal("1234.567"), 1234567 - index, 123 - index)
            for index in range(12)
        ),
        cashiers=(
            CashierRow(LONG_NAME, 1234, BIG, 0, 0),
            CashierRow("Théo", 12, 1200, 0, 0),
        ),
        hours=tuple(HourRow(hour, hour, hour * 7654 % 90000 - 9000) for hour in range(24)),
        cash=(
            CashSheet(
                drawer="1/1",
                cash_float=15000,
                received=BIG,
                moves=-5000,
                expected=BIG + 10000,
                count=_FIRST,
                corrections=(_CORRECTED,),
                tenders=(TenderRow("cb", 12, 48210, 48210, 0),),
                coins=(),
                move_rows=(
                    Move("out", -5000, f"Achat payé en espèces chez {LONG_NAME}", NOW, "Anne"),
                ),
            ),
        ),
        findings=tuple(
            Finding(
                *(kind, date(2026, 11, 20), 3 + index, "150041 → 150044"),
                of="kr." if kind == CURRENCY else "",
            )
            for index, kind in enumerate(LABELS)
        ),
    )


def odd_days() -> tuple[Finding, ...]:
    """What an ordinary evening may find."""
    kinds = list(LABELS)[:3]
    return tuple(Finding(kind, NOW.date(), 2, "150041 → 150044") for kind in kinds)


def _x(section: str, sheet: Sheet | None = None) -> Any:
    def make(shell: Any) -> None:
        shell.nav.go(XReadingScreen, section=section)
        screen = shell.nav.current
        screen._section = section
        screen._view.destroy()
        screen._view = None
        screen._show(([("general", "GÉNÉRALE")], sheet or large_sheet()))

    return make


def _z_findings(shell: Any) -> None:
    with shell.program.open_shop() as shop:
        body = show_closure(shop, shop.closures()[-1]["id"])
    shell.nav.go(ZViewScreen, closure_id=body["id"], section="constats")
    screen = shell.nav.current
    badges = [child for child in screen.header.tools.winfo_children() if isinstance(child, Badge)]
    for child in (*screen.body.winfo_children(), *badges):
        child.destroy()
    screen._show((body, replace(sheet_of(body), findings=odd_days())))


GALLERY = [
    ("chiffres-longs", _x("essentiel")),
    ("chiffres-longs-ventes", _x("ventes")),
    ("chiffres-longs-caisses", _x("caisses")),
    ("chiffres-longs-constats", _x("constats")),
    ("x-constats", _x("constats", replace(large_sheet(), findings=odd_days()))),
    ("z-constats", _z_findings),
]
