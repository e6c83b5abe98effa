"""The screens, one a file. The first of the tuple is « Accueil ».

Each module has a `Screen` subclass named in `SCREEN`, and a `GALLERY` of its states for the
pictures (see `docs/ui.md`).
"""

from __future__ import annotations

from app.ui.screens import (
    cash_move,
    closure_contents,
    closure_count,
    closure_difference,
    closure_done,
    closure_kind,
    closure_left,
    closure_summary,
    conflicts,
    correct_count,
    file_picker,
    home,
    import_preview,
    import_result,
    monthly_recap,
    morning_float,
    next_closure,
    refusals,
    tickets,
    x_reading,
    z_list,
    z_view,
)

SCREENS = (
    home,
    closure_kind,
    closure_contents,
    closure_count,
    closure_difference,
    closure_left,
    closure_summary,
    closure_done,
    x_reading,
    next_closure,
    z_list,
    z_view,
    correct_count,
    monthly_recap,
    morning_float,
    cash_move,
    tickets,
    file_picker,
    import_preview,
    import_result,
    conflicts,
    refusals,
)
