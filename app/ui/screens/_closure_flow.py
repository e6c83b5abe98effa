"""What the screens of a closure share: their steps, how they read the plan, where each leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.domain.scope import CAISSE, GENERAL
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import Preview, preview
from app.services.count_draft import resumed, save_draft
from app.services.settings import load_settings
from app.ui.french import long_date

if TYPE_CHECKING:
    from datetime import date

    from app.ui.job_runner import Job, Progress
    from app.ui.screen import Screen
    from app.ui.shell import Shell

STEPS = ("Contenu", "Comptage", "Écart", "Fond laissé", "Clôture")


def step_of(plan: ClosurePlan, step: int) -> str:
    """`GÉNÉRALE · étape 2 sur 5 : comptage`: the line under a title."""
    word = STEPS[step - 1].lower()
    return f"{plan.scope.title} · étape {step} sur {len(STEPS)} : {word}"


def scope_words(plan: ClosurePlan) -> str:
    """What the closure takes, for a person: « toute la boutique », « le poste 1 »."""
    if plan.scope.kind == GENERAL:
        return "toute la boutique"
    kind = "le tiroir" if plan.scope.kind == CAISSE else "le poste"
    return f"{kind} {plan.scope.code}"


def day_words(day: date) -> str:
    """« journée du samedi 2 janvier 2021 »."""
    return f"journée du {long_date(day)}"


def preview_of(shop: Any, plan: ClosurePlan, shell: Shell) -> Preview:
    """The preview of a plan, with what its draft holds; inside a job."""
    settings = load_settings(shop)
    return preview(shop, resumed(shop, plan), settings, shell.program.clock())


def reading_job(shell: Shell, plan: ClosurePlan) -> Job:
    """A job that gives the preview of a plan."""
    return shell.in_shop(lambda shop, progress: preview_of(shop, plan, shell))


def keep_and_go(screen: Screen, plan: ClosurePlan, then: Callable[[Preview], None]) -> None:
    """Keep the plan as a draft, look at what it comes to, and go on with that.

    When the draft can't be kept (a full disk) the person is told and stays where she is.
    """

    def job(shop: Any, progress: Progress) -> Preview:
        save_draft(shop, plan, screen.shell.program.clock())
        return preview_of(shop, plan, screen.shell)

    screen.run_job(screen.shell.in_shop(job), "Un instant", then)


def begin(shell: Shell, plan: ClosurePlan) -> None:
    """From the kind that was chosen to what the closure will hold."""
    from app.ui.screens.closure_contents import ClosureContentsScreen

    shell.nav.go(ClosureContentsScreen, plan=plan)


def count_next(shell: Shell, plan: ClosurePlan, seen: Preview, index: int) -> None:
    """To the count of the drawer at `index`; after the last one, to the differences."""
    from app.ui.screens.closure_count import ClosureCountScreen
    from app.ui.screens.closure_difference import ClosureDifferenceScreen

    if index < len(seen.sheets):
        shell.nav.go(ClosureCountScreen, plan=plan, index=index)
    elif any(sheet.differences for sheet in seen.sheets):
        shell.nav.go(ClosureDifferenceScreen, plan=plan)
    else:
        summarise(shell, plan)


def leave_next(shell: Shell, plan: ClosurePlan, seen: Preview, after: str = "") -> None:
    """To what is left in the first drawer counted after `after`; then to the summary."""
    from app.ui.screens.closure_left import ClosureLeftScreen

    counted = [sheet.drawer for sheet in seen.sheets if sheet.counted is not None]
    rest = counted[counted.index(after) + 1 :] if after in counted else counted
    if rest:
        shell.nav.go(ClosureLeftScreen, plan=plan, drawer=rest[0])
    else:
        summarise(shell, plan)


def summarise(shell: Shell, plan: ClosurePlan) -> None:
    """To the last page before the closure."""
    from app.ui.screens.closure_summary import ClosureSummaryScreen

    shell.nav.go(ClosureSummaryScreen, plan=plan)
