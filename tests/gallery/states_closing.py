"""The closure flow and « Accueil » in the states that need something done first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.cash import Count
from app.domain.closing import TillZ
from app.domain.scope import CAISSE, GENERAL, Scope
from app.services.closure_making import FollowUp, Made
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import preview
from app.services.count_check import differences_of
from app.services.count_draft import drop_draft, save_draft
from app.services.home import ForgottenDay
from app.services.jobs import Job
from app.services.settings import load_settings
from app.ui.screens._home_attention import points_of
from app.ui.screens.closure_contents import ClosureContentsScreen
from app.ui.screens.closure_count import ClosureCountScreen
from app.ui.screens.closure_difference import ClosureDifferenceScreen
from app.ui.screens.closure_done import ClosureDoneScreen
from app.ui.screens.closure_left import ClosureLeftScreen
from app.ui.screens.closure_summary import ClosureSummaryScreen
from tests.gallery.states_catalogue import LONG_NAME

GENERAL_PLAN = ClosurePlan(Scope(GENERAL))
COINS = {5000: 4, 2000: 11, 1000: 7, 500: 3, 200: 12, 100: 9, 50: 14, 20: 6, 10: 5, 5: 3}
CASH = sum(value * number for value, number in COINS.items())


def counted(shell: Any, *, huge: bool = False) -> ClosurePlan:
    """The open day's drawers counted, with a difference in the first one."""
    with shell.program.open_shop() as shop:
        drawers = sorted(shop.ledger.drawers)
    plan = replace(GENERAL_PLAN, till_z=(TillZ("1", "123", 98_785),), approved=True)
    for rank, drawer in enumerate(drawers):
        cash = -CASH + 123_456_789 if huge else CASH + rank * 1_150
        others = {"cb": 43_310, "cheque": 0} if rank == 0 else {}
        coins = {} if rank or huge else COINS
        count = Count({"especes": abs(cash), **others}, coins, left=abs(cash), banked=0)
        reason = "Erreur de rendu de monnaie" if rank == 0 else "Écart non expliqué"
        plan = plan.with_count(drawer, replace(count, reason=reason))
    with shell.program.open_shop() as shop:
        found = preview(shop, plan, load_settings(shop), shell.program.clock())
    return plan.explained(differences_of(found.sheets))


def state(screen: type, **args: Any) -> Callable[[Any], None]:
    """A screen of the flow with a counted day."""

    def make(shell: Any) -> None:
        with shell.program.open_shop() as shop:
            drop_draft(shop, Scope(GENERAL))
        shell.nav.go(screen, plan=counted(shell, huge=bool(args.get("huge"))), **_only(args))

    return make


def _only(args: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in args.items() if key != "huge"}


def on_tab(word: str) -> Callable[[Any], None]:
    """The count on another of its tabs."""

    def make(shell: Any) -> None:
        state(ClosureCountScreen, index=0)(shell)
        shell.nav.current._tabs.choose(word)

    return make


def without(screen: type, fields: dict[str, Any], **args: Any) -> Callable[[Any], None]:
    """A screen of the flow where something of the counts was not said yet."""

    def make(shell: Any) -> None:
        plan = counted(shell)
        counts = {drawer: replace(count, **fields) for drawer, count in plan.counts.items()}
        shell.nav.go(screen, plan=replace(plan, counts=counts), **args)

    return make


def resumed_contents(shell: Any) -> None:
    """A draft found again, the tills' own Z typed."""
    plan = counted(shell)
    with shell.program.open_shop() as shop:
        save_draft(shop, plan, shell.program.clock())
    shell.nav.go(ClosureContentsScreen, plan=GENERAL_PLAN)
    with shell.program.open_shop() as shop:
        drop_draft(shop, Scope(GENERAL))


def reasons(shell: Any) -> None:
    """The reasons to choose from."""
    state(ClosureDifferenceScreen)(shell)
    screen = shell.nav.current
    screen._ask_reason(screen._seen.sheets[0])


def armed(shell: Any) -> None:
    """The summary, armed by the first tap."""
    state(ClosureSummaryScreen)(shell)
    shell.nav.current._arm()
    shell.nav.current._listen(1)


def nothing(shell: Any) -> None:
    """Nothing to close."""
    plan = ClosurePlan(Scope(CAISSE, "9/1"))
    shell.nav.go(ClosureContentsScreen, plan=plan)


def odd_contents(shell: Any) -> None:
    """Every doubt at once."""
    shell.nav.go(ClosureContentsScreen, plan=GENERAL_PLAN)
    screen = shell.nav.current
    seen = screen._seen
    now = shell.program.clock()
    from app.services.closure_preview import Clocks, FindingLine
    from app.services.inbox import InboxReport
    from app.ui.screens.closure_contents import _Seen

    found = replace(
        seen,
        clocks=Clocks(now, "Dernier ticket", now - timedelta(days=40)),
        forgotten=tuple(
            ForgottenDay(seen.business_day - timedelta(days=n), 120, now) for n in (2, 1)
        ),
        late=3,
        total=-123_456_789,
        findings=(
            FindingLine(seen.business_day, "numéros de ticket manquants", 12, "150040 → 150053"),
            FindingLine(seen.business_day, "lignes à prix nul", 2, "150101"),
        ),
    )
    screen._show(_Seen(InboxReport(), found))


def waiting_contents(shell: Any) -> None:
    """Files that are not taken in yet, each with what it waits for."""
    shell.nav.go(ClosureContentsScreen, plan=GENERAL_PLAN)
    screen = shell.nav.current
    from app.services.inbox import InboxReport
    from app.services.inbox_batches import missing_payments
    from app.services.ticket_sources import GROWING
    from app.ui.screens.closure_contents import _Seen

    waiting = (
        ("ventes-2.csv", GROWING),
        ("receipts_by_item.csv", missing_payments("Reçus (Receipts)")),
        ("ventes-3.csv", GROWING),
    )
    screen._show(_Seen(InboxReport(waiting=waiting), screen._seen))


def home_with(**changes: Any) -> Callable[[Any], None]:
    """« Accueil » with made-up facts."""

    def make(shell: Any) -> None:
        from app.services.inbox import InboxReport

        screen = shell.nav.current
        found = screen._drawn
        now = shell.program.clock()
        made = {key: make(found, now) for key, make in changes.items()}
        facts = replace(found, **made)
        screen._show((facts, points_of(facts, InboxReport())))

    return make


def forgotten(count: int) -> Callable[[Any, Any], tuple[ForgottenDay, ...]]:
    return lambda found, now: tuple(
        ForgottenDay(found.today - timedelta(days=n), 142, now) for n in range(count, 0, -1)
    )


def failed_job(found: Any, now: Any) -> tuple[Job, ...]:
    text = "Le disque A n'est pas branché. Vos ventes sont bien clôturées."
    return (Job("G000122/backup", "backup", "G000122", "failed", 3, now, text),)


def many_tills(found: Any, now: Any) -> Any:
    till = found.tills[0]
    return tuple(replace(till, till=str(n), minutes=n * 7) for n in range(1, 9))


def done_with(follow_ups: bool) -> Callable[[Any], None]:
    """The last screen of a closure made earlier."""

    def make(shell: Any) -> None:
        with shell.program.open_shop() as shop:
            made = shop.closures()[-1]["id"]
        shell.nav.go(ClosureDoneScreen, closure_id=made)
        if follow_ups:
            rows = (
                FollowUp("backup", "failed", "Le disque A n'est pas branché."),
                FollowUp("export", "done", "3 écritures dans export/2026-11-20.csv"),
                FollowUp("zipmail", "pending", ""),
                FollowUp("exact", "off", ""),
            )
            shell.nav.current._show_follow_ups(
                Made(made, GENERAL, "", 1, "2026-11-20", 1, 1, None, None, rows)
            )

    return make


def done_on_paper(shell: Any) -> None:
    """A printer in trouble, and a mail of which nobody knows whether it arrived."""
    done_with(False)(shell)
    unsure = (
        "La connexion s'est coupée juste à la fin de l'envoi : le mail est peut-être arrivé. "
        "Demandez au destinataire ; « Réessayer » l'enverra de nouveau. Envoyé : comptable "
        "(cabinet.martin-et-associes@exemple.fr)."
    )
    paper = "L'imprimante n'a plus de papier : remettez un rouleau, puis réessayez."
    rows = (FollowUp("print", "failed", paper), FollowUp("mail", "failed", unsure))
    screen = shell.nav.current
    screen._show_follow_ups(Made("G000001", GENERAL, "", 1, "2026-11-20", 1, 1, None, None, rows))


GALLERY = [
    ("accueil-oubli", home_with(forgotten=forgotten(1))),
    (
        "accueil-tout",
        home_with(
            forgotten=forgotten(3),
            failed=failed_job,
            conflicts=lambda found, now: 2,
            damaged=lambda found, now: 1,
            tills=many_tills,
            shop_name=lambda found, now: LONG_NAME,
        ),
    ),
    ("accueil-secondaire", home_with(may_close=lambda found, now: False)),
    ("cloture-contenu", lambda shell: shell.nav.go(ClosureContentsScreen, plan=GENERAL_PLAN)),
    ("cloture-contenu-reprise", resumed_contents),
    ("cloture-contenu-doutes", odd_contents),
    ("cloture-contenu-attente", waiting_contents),
    ("cloture-rien", nothing),
    ("cloture-comptage", state(ClosureCountScreen, index=0)),
    ("cloture-comptage-somme", on_tab("sum")),
    ("cloture-comptage-autres", on_tab("others")),
    ("cloture-ecart", state(ClosureDifferenceScreen)),
    ("cloture-ecart-grand", state(ClosureDifferenceScreen, huge=True)),
    ("cloture-ecart-a-expliquer", without(ClosureDifferenceScreen, {"reason": ""})),
    ("cloture-motifs", reasons),
    ("cloture-laisse", state(ClosureLeftScreen, drawer="1/1")),
    (
        "cloture-laisse-a-choisir",
        without(ClosureLeftScreen, {"left": None, "banked": None}, drawer="1/1"),
    ),
    ("cloture-laisse-grand", state(ClosureLeftScreen, drawer="1/1", huge=True)),
    ("cloture-resume", state(ClosureSummaryScreen)),
    ("cloture-resume-grand", state(ClosureSummaryScreen, huge=True)),
    ("cloture-confirmer", armed),
    ("cloture-faite", done_with(False)),
    ("cloture-faite-suites", done_with(True)),
    ("cloture-faite-papier", done_on_paper),
]
