"""What a closure will hold, before anything is counted: figures, doubts, tills."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.closing import TillZ
from app.domain.moments import french_moment
from app.services.closure_plan import ClosurePlan
from app.services.closure_preview import FindingLine, Preview, TillLine
from app.services.count_draft import drop_draft, save_draft
from app.services.inbox import InboxReport
from app.services.users import MANAGER
from app.ui.french import DAYS, amount, clock_time, count_of, long_date, short_date, signed_amount
from app.ui.screen import Screen
from app.ui.screens._closure_flow import STEPS, count_next, preview_of, step_of
from app.ui.screens._figures import figure_cards
from app.ui.screens._freshness import ago
from app.ui.screens._taking_in import take_in
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.box import Box, Card
from app.ui.widgets.entry_sheets import ask_amount, ask_number
from app.ui.widgets.paged_area import PagedArea
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_Z_DIGITS = 9


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the job gives: what the tills dropped, and what the closure would hold then."""

    inbox: InboxReport
    preview: Preview


class ClosureContentsScreen(Screen):
    """Tells what will be closed and what is odd; then the count, or why nothing can be closed."""

    def __init__(self, parent: tk.Misc, shell: Shell, *, plan: ClosurePlan) -> None:
        title = f"Clôture {plan.scope.title}"
        if plan.until:
            title += f" jusqu'au {french_moment(plan.until)}"
        super().__init__(parent, shell, title=title, subtitle=step_of(plan, 1))
        self.show_steps(STEPS, 0)
        self._plan = plan
        self._seen: Preview | None = None
        self._foot_made = False
        self._area = PagedArea(self.body)
        self._area.pack(fill="both", expand=True)
        self._read()

    def _read(self) -> None:
        def job(shop: Any, progress: Progress) -> _Seen:
            report = take_in(shop, self.shell)
            return _Seen(report, preview_of(shop, self._plan, self.shell))

        self.load(self.shell.in_shop(job), self._show)

    def _show(self, seen: _Seen) -> None:
        found = seen.preview
        # What a manager vouched for is in the screen's own plan; what was typed, in the draft.
        self._plan = self._plan.with_typed(found.plan)
        self._seen = found
        for child in self._area.inner.winfo_children():
            child.destroy()
        rows = Box(self._area.inner)
        rows.pack(fill="x")
        if found.refusal:
            self._card(rows, "warn", "Pas de clôture", found.refusal)
        else:
            day = long_date(found.business_day)
            self.set_title(f"Clôture {found.plan.scope.title} du {day}", step_of(found.plan, 1))
            figure_cards(rows, _figures(found)).pack(fill="x", pady=(0, self.theme.space(1.5)))
        self._show_doubts(rows, seen)
        self._show_findings(rows, found.findings)
        self._show_tills(rows, found)
        self._make_foot(found)

    # --- what is odd ------------------------------------------------------------------------

    def _show_doubts(self, rows: Box, seen: _Seen) -> None:
        found = seen.preview
        if found.clocks:
            text = (
                f"Ce PC : {french_moment(found.clocks.now)}.\n"
                f"{found.clocks.what} : {french_moment(found.clocks.record)}.\n"
                "Si la date et l'heure du PC sont justes, un responsable peut le confirmer."
            )
            action = ("Elles sont justes", self._confirm_clock)
            self._card(rows, "warn", "La date et l'heure du PC sont-elles justes ?", text, action)
        if found.forgotten and not found.refusal:
            self._show_forgotten(rows, found)
        if found.draft_at and found.plan.has_counts:
            text = f"Comptage commencé à {clock_time(found.draft_at)} : il est repris."
            self._card(rows, "info", text, "", ("Recommencer", self._start_afresh))
        for problem in (*seen.inbox.problems, *(f"{n} : {why}" for n, why in seen.inbox.refused)):
            self._card(rows, "warn", "Des tickets reçus n'ont pas pu être lus", problem)
        if seen.inbox.waiting:
            title = "Des tickets ne sont pas encore pris"
            self._card(rows, "wait", title, _waiting_words(seen.inbox.waiting))
        if found.late:
            text = "Ils sont d'une journée déjà clôturée et comptent dans cette clôture."
            self._card(rows, "info", count_of(found.late, "ticket en retard", _LATE), text)

    def _show_forgotten(self, rows: Box, found: Preview) -> None:
        day = DAYS[found.forgotten[0].day.weekday()]
        title = f"Vous n'avez pas clôturé {day}"
        held = "cette journée sera"
        if len(found.forgotten) > 1:
            title = f"{len(found.forgotten)} journées ne sont pas clôturées"
            held = f"ces {len(found.forgotten)} journées seront"
        closed = DAYS[found.business_day.weekday()]
        text = f"Si vous continuez, {held} dans la clôture de {closed}."
        self._card(rows, "warn", title, text, (f"Clôturer {day} d'abord", self._close_oldest))

    def _show_findings(self, rows: Box, findings: tuple[FindingLine, ...]) -> None:
        if not findings:
            return
        card = self._titled(rows, "À savoir", "Rien de cela n'empêche de clôturer.")
        for finding in findings:
            words = f"{short_date(finding.day)} — {finding.text} : {finding.count}"
            example = f" (exemple : {finding.example})" if finding.example else ""
            Text(card, f"{words}{example}", "body", wrap=True).pack(
                fill="x", pady=(self.theme.space(0.5), 0)
            )

    # --- the tills, and their own Z ---------------------------------------------------------

    def _show_tills(self, rows: Box, found: Preview) -> None:
        if not found.tills:
            return
        text = "Tapez le Z de votre logiciel de caisse pour le comparer."
        card = self._titled(rows, "Postes", "" if found.refusal else text)
        for till in found.tills:
            row = Box(card)
            row.pack(fill="x", pady=(self.theme.space(1), 0))
            if not found.refusal:
                label = "Changer le Z" if till.z_number else "Saisir son Z"
                BigButton(row, label, partial(self._ask_z, till), icon="pencil").pack(
                    side="right", padx=(self.theme.space(2), 0)
                )
            words = Box(row)
            words.pack(side="left", fill="x", expand=True)
            Text(words, _till_title(till), "strong", wrap=True).pack(fill="x")
            if till.freshness:
                Text(words, ago(till.freshness), "muted", wrap=True).pack(fill="x")
            if till.z_difference is not None:
                state, told = _z_words(till)
                icon = "check-circle-fill" if state == "ok" else "exclamation-triangle-fill"
                Text(words, told, state, icon=icon).pack(fill="x")

    def _ask_z(self, till: TillLine) -> None:
        number = int(till.z_number) if till.z_number.isdecimal() else None

        def numbered(typed: int | None) -> None:
            if typed is None:
                self._change(self._plan.without_till_z(till.till))
                return
            ask_amount(
                self,
                f"Total du Z n° {typed}, poste {till.till}",
                till.z_total,
                lambda cents: self._typed_z(till.till, str(typed), cents),
            )

        ask_number(
            self,
            f"Numéro du Z du poste {till.till}",
            number,
            numbered,
            digits=_Z_DIGITS,
            hint="Il est imprimé sur le Z de votre logiciel de caisse.",
        )

    def _typed_z(self, till: str, number: str, cents: int | None) -> None:
        if cents is not None:
            self._change(self._plan.with_till_z(TillZ(till, number, cents)))

    def _change(self, plan: ClosurePlan) -> None:
        """Keep another plan as the draft, and show what it comes to."""

        def job(shop: Any, progress: Progress) -> _Seen:
            save_draft(shop, plan, self.shell.program.clock())
            return _Seen(InboxReport(), preview_of(shop, plan, self.shell))

        self.run_job(self.shell.in_shop(job), "Un instant", self._show)

    # --- where it leads ---------------------------------------------------------------------

    def _make_foot(self, found: Preview) -> None:
        if found.clocks is not None and self.main_button is not None:
            self.main_button.destroy()  # the clock came into doubt since
            self.main_button, self._foot_made = None, False
        if self._foot_made:
            return
        self._foot_made = True
        if found.refusal:
            self.main_action("Voir les tickets", self._see_tickets, icon="inbox")
        elif found.clocks is None:
            word = "Reprendre le comptage" if found.plan.has_counts else "Compter les espèces"
            self.main_action(word, self._go_on, icon="calculator")

    def _see_tickets(self) -> None:
        from app.ui.screens.tickets import TicketsScreen

        self.shell.nav.go(TicketsScreen)

    def _go_on(self) -> None:
        if self._seen is not None:
            count_next(self.shell, self._plan, self._seen, 0)

    def _close_oldest(self) -> None:
        if self._seen is not None:
            plan = ClosurePlan(self._plan.scope, until=self._seen.forgotten[0].until)
            self.shell.nav.replace(ClosureContentsScreen, plan=plan)

    def _start_afresh(self) -> None:
        plan = self._plan

        def job(shop: Any, progress: Progress) -> None:
            drop_draft(shop, plan.scope, plan.until)

        fresh = ClosurePlan(plan.scope, plan.until, confirm_clock=plan.confirm_clock, by=plan.by)
        self.shell.messages.ask(
            "Effacer ce qui a été compté ?",
            "Le comptage recommence à zéro.",
            yes="Recommencer",
            no="Garder",
            on_yes=lambda: self.run_job(
                self.shell.in_shop(job),
                "Un instant",
                lambda _: self.shell.nav.replace(ClosureContentsScreen, plan=fresh),
            ),
        )

    def _confirm_clock(self) -> None:
        from app.ui.pin import ask_pin

        ask_pin(
            self.shell,
            MANAGER,
            "Confirmer la date et l'heure du PC",
            lambda name: self.shell.nav.replace(
                ClosureContentsScreen, plan=self._plan.confirmed(name)
            ),
            reason="Clôturer à une date ou une heure qui étonne demande un responsable.",
        )

    # --- drawing ----------------------------------------------------------------------------

    def _card(
        self,
        rows: Box,
        state: str,
        title: str,
        text: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> StateCard:
        card = StateCard(rows, state, title, text, action=action)
        card.pack(fill="x", pady=(0, self.theme.space(1.5)))
        return card

    def _titled(self, rows: Box, title: str, text: str) -> Card:
        card = Card(rows)
        card.pack(fill="x", pady=(0, self.theme.space(1.5)))
        Text(card, title, "lead").pack(fill="x")
        if text:
            Text(card, text, "muted", wrap=True).pack(fill="x")
        return card


_LATE = "tickets en retard"
_MOST_WAITING = 2
"""Files that wait named with their reasons; more are counted."""


def _waiting_words(waiting: Sequence[tuple[str, str]]) -> str:
    lines = [f"{name} : {why}." for name, why in waiting[:_MOST_WAITING]]
    more = len(waiting) - _MOST_WAITING
    return "\n".join([*lines, *([f"Et {count_of(more, 'autre')}."] if more > 0 else [])])


def _figures(found: Preview) -> list[tuple[str, str]]:
    covers = count_of(found.covers, "clôture") if found.covers else "aucune"
    return [
        ("Total", amount(found.total)),
        ("Tickets", f"{found.tickets}"),
        ("Clôtures réunies", covers),
    ][: 3 if found.covers else 2]


def _till_title(till: TillLine) -> str:
    if not till.tickets:
        return f"Poste {till.till} : aucun ticket dans cette clôture"
    return f"Poste {till.till} : {count_of(till.tickets, 'ticket')}, {amount(till.total)}"


def _z_words(till: TillLine) -> tuple[str, str]:
    told = f"Z n° {till.z_number} : {amount(till.z_total or 0)}"
    if not till.z_difference:
        return "ok", f"{told}, le même total"
    return "warn", f"{told}, écart de {signed_amount(till.z_difference)}"


SCREEN = ClosureContentsScreen
