"""What the month's recap says on paper: each closed day, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.french_dates import month_name, short_date
from app.domain.moments import french_moment
from app.domain.report import Amount, Cell, Report, Row, Section
from app.domain.words import COMPUTED, count_of, number_words
from app.services.figures_sheet import sheet_of_figures
from app.services.monthly_recap import Recap, RecapRow
from app.services.z_report import filled, money_sections, sales_sections, shop_lines

_STATES = {
    "closed": "Mois clôturé",
    "due": "Mois terminé, pas encore clôturé",
    "current": "Mois en cours",
}
_HEADS = ("Journée", "Z", "Tickets", "Total", "Écart")


def recap_report(
    recap: Recap, settings: Mapping[str, Any], now: datetime, *, simulation: bool
) -> Report:
    """The report of a month's recap."""
    month = month_name(recap.first_day)
    state = f"{_STATES[recap.state]} ({recap.closed_as})" if recap.closed_as else ""
    sheet = sheet_of_figures(recap.figures)
    return Report(
        name=f"Recapitulatif-{recap.month}",
        title=f"Récapitulatif — {month}",
        shop=shop_lines(settings),
        marks=("SIMULATION",) if simulation else (),
        about=(
            state or _STATES[recap.state],
            count_of(len(recap.rows), "clôture GÉNÉRALE", "clôtures GÉNÉRALES"),
        ),
        sections=filled(
            Section("Journées", tuple(_days(recap)), _HEADS),
            *money_sections(sheet),
            *sales_sections(sheet),
        ),
        foot=(f"Édité le {french_moment(now)}", COMPUTED),
    )


def _days(recap: Recap) -> Iterator[Row]:
    for row in recap.rows:
        cells = (
            number_words(row.number),
            number_words(row.tickets),
            Amount(row.total),
            _difference(row.difference),
        )
        yield Row(_day(row), cells)
        if row.corrected:
            yield Row("comptage corrigé", inset=True)
    if not recap.rows:
        yield Row("Aucune clôture GÉNÉRALE dans ce mois.")
    total = recap.figures.total
    tickets = number_words(recap.figures.tickets)
    yield Row("Total", ("", tickets, Amount(total), _difference(recap.difference)), strong=True)


def _day(row: RecapRow) -> str:
    return short_date(row.business_day)


def _difference(cents: int | None) -> Cell:
    return "" if cents is None else Amount(cents, signed=True)
