"""What « Accueil » draws attention to: each point in a few words, and the tap that cures it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.scope import GENERAL, Scope
from app.services.closure_plan import ClosurePlan
from app.services.home import Home
from app.services.inbox import InboxReport
from app.ui.follow_ups import job_name
from app.ui.french import DAYS, clock_time, count_of, long_date
from app.ui.screens._home_doors import ALL_JOBS


@dataclass(frozen=True, slots=True)
class Attention:
    """One point: `cure` names a door, unless a `job` is to be run or a `plan` to be closed.

    With `first`, its cure is the main button of the screen, in these words.
    """

    state: str
    title: str
    text: str = ""
    word: str = ""
    cure: str = ""
    job: str = ""
    plan: ClosurePlan | None = None
    first: str = ""


def points_of(found: Home, inbox: InboxReport) -> tuple[Attention, ...]:
    """The points, the most pressing first."""
    return (
        *_damages(found),
        *_drafts(found),
        *_forgotten(found),
        *_jobs(found),
        *_tickets(found, inbox),
        *_aside(found),
    )


def _damages(found: Home) -> Iterator[Attention]:
    if found.damaged:
        yield Attention(
            "bad",
            count_of(found.damaged, "enregistrement abîmé", "enregistrements abîmés"),
            "Le reste est intact. Le support vous dira quoi faire.",
            "Support",
            "support",
        )


def _drafts(found: Home) -> Iterator[Attention]:
    if not found.may_close:
        return
    for draft in found.drafts:
        yield Attention(
            "info",
            f"Comptage commencé à {clock_time(draft.at)}",
            f"Clôture {draft.plan.scope.title}, pas encore faite : rien n'est perdu.",
            "Reprendre",
            "closure",
            plan=draft.plan,
        )


def _forgotten(found: Home) -> Iterator[Attention]:
    if not found.forgotten or not found.may_close:
        return
    oldest = found.forgotten[0]
    name = DAYS[oldest.day.weekday()]
    if found.last is not None and found.last.business_day >= oldest.day:
        tickets = count_of(oldest.tickets, f"ticket de {name} est", f"tickets de {name} sont")
        arrived = "arrivé" if oldest.tickets == 1 else "arrivés"
        title = f"{tickets} {arrived} après la clôture"
        others = count_of(
            len(found.forgotten) - 1, "autre journée à clôturer", "autres journées à clôturer"
        )
        text = f"Et {others}." if len(found.forgotten) > 1 else ""
    elif len(found.forgotten) == 1:
        title = f"Vous n'avez pas clôturé {name}"
        text = f"{long_date(oldest.day).capitalize()} : {count_of(oldest.tickets, 'ticket')}."
    else:
        title = f"Vous n'avez pas clôturé {len(found.forgotten)} journées"
        text = f"La plus ancienne d'abord : {long_date(oldest.day)}."
    plan = ClosurePlan(Scope(GENERAL), until=oldest.until)
    words = f"Clôturer {name} d'abord"
    yield Attention("warn", title, text, first=words, cure="closure", plan=plan)


def _jobs(found: Home) -> Iterator[Attention]:
    for job in found.failed:
        title = f"{job_name(job.job)} : à refaire ({job.closure})"
        yield Attention("bad", title, job.detail, "Réessayer", "jobs", job=job.id)
    if found.waiting:
        names = sorted({job_name(job.job) for job in found.waiting})
        title = count_of(len(found.waiting), "travail en attente", "travaux en attente")
        yield Attention("wait", title, ", ".join(names), "Lancer", "jobs", job=ALL_JOBS)


def _tickets(found: Home, inbox: InboxReport) -> Iterator[Attention]:
    if found.conflicts:
        yield Attention(
            "warn",
            count_of(
                found.conflicts,
                "ticket reçu deux fois avec un contenu différent",
                "tickets reçus deux fois avec un contenu différent",
            ),
            "Le premier compte, les deux sont gardés.",
            "Voir",
            "conflicts",
        )
    if found.refused:
        title = count_of(
            len(found.refused), "fichier reçu en partie illisible", "fichiers reçus illisibles"
        )
        yield Attention("warn", title, ", ".join(found.refused), "Voir", "refusals")
    for problem in inbox.problems:
        yield Attention(
            "warn", "Les tickets reçus attendent", problem, "Voir les tickets", "tickets"
        )


def _aside(found: Home) -> Iterator[Attention]:
    if found.set_aside:
        title = count_of(
            len(found.set_aside), "fichier illisible mis de côté", "fichiers illisibles mis de côté"
        )
        names = ", ".join(found.set_aside)
        yield Attention("info", title, f"{names} : refait depuis le journal.", "Journal", "log")
