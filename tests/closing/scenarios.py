"""The table of all scenarios, worked out by hand, theme by theme."""

from __future__ import annotations

from tests.closing.scenarios_clocks import CLOCKS
from tests.closing.scenarios_corrections import CORRECTIONS
from tests.closing.scenarios_days import DAYS
from tests.closing.scenarios_drawers import DRAWERS
from tests.closing.scenarios_early_voids import EARLY_VOIDS
from tests.closing.scenarios_months import MONTHS
from tests.closing.scenarios_nested import NESTED
from tests.closing.scenarios_sales import SALES
from tests.closing.scenarios_settings import SETTINGS
from tests.closing.scenarios_tenders import TENDERS
from tests.closing.scenarios_vat import VAT
from tests.closing.scenarios_voids import VOIDS
from tests.closing.scenarios_years import YEARS

SCENARIOS = (
    *NESTED,
    *DAYS,
    *CLOCKS,
    *MONTHS,
    *YEARS,
    *SETTINGS,
    *DRAWERS,
    *TENDERS,
    *CORRECTIONS,
    *SALES,
    *VOIDS,
    *EARLY_VOIDS,
    *VAT,
)
