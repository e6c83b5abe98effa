"""« Ajouter une caisse », second step: what the files seem to say, to compare with the till."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.services.add_till import Trial, till_settings, try_files
from app.services.till_questions import (
    NONE,
    ColumnRow,
    Question,
    column_rows,
    oddities,
    questions,
    with_change,
    without_last,
)
from app.ui import words
from app.ui.french import amount, brief_moment, count_of, long_date, short_date, signed_amount
from app.ui.job_runner import Cancelled
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.chooser import ask_choice
from app.ui.widgets.entry_sheets import ask_amount
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

TOTALS, TICKETS, COLUMNS, CHOICES, DOUBTS = "totaux", "tickets", "colonnes", "choix", "doutes"
_NOTHING = "—"
_LONGEST = 36
_MOST_LINES = 20


class TillCheckScreen(Screen):
    """`changes` are what the person chose, `totals` what the till says of days (cents by ISO day).

    `section` is the tab to begin with; `by` is the manager who came in.
    """

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        *,
        files: tuple[str, ...],
        changes: Mapping[str, str] | None = None,
        totals: Mapping[str, int] | None = None,
        section: str = "",
        by: str = "",
    ) -> None:
        super().__init__(parent, shell, title="Ajouter une caisse", subtitle=_subtitle(files))
        self._files = files
        self._changes = dict(changes or {})
        self._totals = dict(totals or {})
        self._section = section
        self._by = by
        self._trial: Trial | None = None
        self._room = Box(self.body)
        self._room.pack(fill="both", expand=True)
        self.side_action("Autres fichiers", shell.nav.back, icon="folder")
        self._go = self.main_action("Continuer", self._go_on, icon="arrow-right")
        self._go.pack_forget()

    def entered(self) -> None:
        """Read the files as soon as the screen is on view."""
        program, files, changes = self.shell.program, self._files, self._changes

        def work(progress: Progress) -> Any:
            def tell(done: int, total: int) -> None:
                progress.report(done, total, f"{words.size(done)} sur {words.size(total)}")

            settings = till_settings(program.open_shop)
            paths = [Path(file) for file in files]
            try:
                return try_files(program.till_making, settings, paths, changes, tell)
            except AppError as error:
                return error

        self.run_job(work, "Lecture des fichiers", self._show, self._stopped, cancellable=True)

    def _stopped(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.shell.nav.back()
        else:
            self.shell.messages.failed(error, self.shell.nav.back)

    def _show(self, found: Any) -> None:
        if isinstance(found, Trial):
            self._show_trial(found)
        else:
            self._show_refusal(found)

    def _show_refusal(self, error: AppError) -> None:
        action = ("Annuler ce choix", self._undo) if self._changes else None
        StateCard(
            self._room, "bad", "Ces fichiers ne se lisent pas ainsi", str(error), action=action
        ).pack(fill="x")

    def _show_trial(self, trial: Trial) -> None:
        self._trial = trial
        gap = (0, self.theme.space(1))
        StateCard(self._room, *_headline(trial)).pack(fill="x", pady=gap)
        doubts = _doubts(trial)
        sections = [
            (TOTALS, "Totaux"),
            (TICKETS, "Tickets"),
            (COLUMNS, "Colonnes"),
            (CHOICES, "Choix"),
        ]
        if doubts:
            sections.append((DOUBTS, f"À vérifier ({len(doubts)})"))
        first = DOUBTS if doubts else TOTALS
        start = self._section if self._section in dict(sections) else first
        Tabs(self._room, sections, self._turn_to, value=start).pack(fill="x", pady=gap)
        self._pane = Box(self._room)
        self._pane.pack(fill="both", expand=True)
        self._turn_to(start)
        if trial.preview.tickets:
            self._go.pack(side="right", padx=(self.theme.space(1.5), 0))

    def _turn_to(self, section: str) -> None:
        trial = self._trial
        if trial is None:
            return
        self._section = section
        for child in self._pane.winfo_children():
            child.destroy()
        {
            TOTALS: self._show_totals,
            TICKETS: self._show_tickets,
            COLUMNS: self._show_columns,
            CHOICES: self._show_choices,
            DOUBTS: self._show_doubts,
        }[section](trial)

    # --- the tabs ---------------------------------------------------------------------------

    def _show_totals(self, trial: Trial) -> None:
        hint = "Comparez avec la caisse : touchez une journée pour taper son total, TVA comprise."
        Text(self._pane, hint, "muted", wrap=True).pack(fill="x", pady=(0, self.theme.space(0.5)))
        columns = [
            Column("Journée", 1.7),
            Column("Tickets", 0.8, "e"),
            Column("Total lu", 1.3, "e"),
            Column("Caisse", 1.3, "e"),
            Column("Écart", 1.1, "e"),
        ]
        rows = [self._day_row(day) for day in trial.preview.days]
        PagedList(self._pane, columns, rows, self._ask_total).pack(fill="both", expand=True)

    def _day_row(self, day: Any) -> Row:
        key = day.day.isoformat()
        typed = self._totals.get(key)
        gap = None if typed is None else typed - day.total
        state = "" if gap is None else "warn" if gap else "ok"
        cells = (
            short_date(day.day),
            words.number(day.tickets),
            amount(day.total),
            _NOTHING if typed is None else amount(typed),
            _NOTHING if gap is None else signed_amount(gap),
        )
        return Row(key, cells, state)

    def _ask_total(self, key: str) -> None:
        day = date.fromisoformat(key)

        def typed(cents: int | None) -> None:
            self._totals = {k: v for k, v in self._totals.items() if k != key}
            if cents is not None:
                self._totals[key] = cents
            self._turn_to(TOTALS)

        label = f"Total de la caisse, {short_date(day)}"
        ask_amount(self, label, self._totals.get(key), typed)

    def _show_tickets(self, trial: Trial) -> None:
        columns = [
            Column("N°", 1.3),
            Column("Moment", 1.5),
            Column("Genre", 1.8),
            Column("Articles", 2),
            Column("Total", 1.2, "e"),
        ]
        rows = [
            Row(
                str(place),
                (
                    ticket.number or _NOTHING,
                    brief_moment(ticket.at),
                    words.TICKET_KINDS[ticket.kind],
                    ", ".join(line.label for line in ticket.lines),
                    amount(sum(line.total for line in ticket.lines)),
                ),
            )
            for place, ticket in enumerate(trial.preview.first)
        ]
        PagedList(self._pane, columns, rows).pack(fill="both", expand=True)

    def _show_columns(self, trial: Trial) -> None:
        rows = {row.key: row for row in column_rows(trial.proposal)}
        columns = [
            Column("Ce que c'est", 1.5),
            Column("Colonne du fichier", 1.6),
            Column("Exemple", 1.4),
        ]
        shown = [
            Row(
                row.key, (_label(row), row.column or _NOTHING, row.example), strong=bool(row.column)
            )
            for row in rows.values()
        ]
        PagedList(self._pane, columns, shown, lambda key: self._ask_column(rows[key])).pack(
            fill="both", expand=True
        )

    def _ask_column(self, row: ColumnRow) -> None:
        choices = [("", NONE), *row.choices]
        ask_choice(
            self, f"{_label(row)} : quelle colonne ?", choices, row.column, self._changing(row.key)
        )

    def _show_choices(self, trial: Trial) -> None:
        asked = {question.key: question for question in questions(trial.proposal)}
        columns = [Column("Question", 1.4), Column("Réponse", 1.6)]
        rows = [
            Row(q.key, (q.label, q.answer or "à dire"), "" if q.answer else "warn")
            for q in asked.values()
        ]
        PagedList(self._pane, columns, rows, lambda key: self._ask_question(asked[key])).pack(
            fill="both", expand=True
        )

    def _ask_question(self, question: Question) -> None:
        ask_choice(
            self, question.label, question.choices, question.value, self._changing(question.key)
        )

    def _show_doubts(self, trial: Trial) -> None:
        from app.ui.widgets.paged_area import PagedArea

        area = PagedArea(self._pane)
        area.pack(fill="both", expand=True)
        for title, text in _doubts(trial):
            card = StateCard(area.inner, "warn", title, text)
            card.pack(fill="x", pady=(0, self.theme.space(1)))

    # --- what the person does ---------------------------------------------------------------

    def _changing(self, key: str) -> Any:
        def chosen(value: str) -> None:
            self._again(with_change(self._changes, key, value))

        return chosen

    def _undo(self) -> None:
        self._again(without_last(self._changes))

    def _again(self, changes: Mapping[str, str]) -> None:
        self.shell.nav.replace(
            TillCheckScreen,
            files=self._files,
            changes=dict(changes),
            totals=self._totals,
            section=self._section,
            by=self._by,
        )

    def _go_on(self) -> None:
        from app.ui.screens.till_save import TillSaveScreen

        self.shell.nav.go(
            TillSaveScreen,
            files=self._files,
            changes=self._changes,
            totals=self._totals,
            by=self._by,
        )


def _subtitle(files: tuple[str, ...]) -> str:
    names = " + ".join(Path(file).name for file in files)
    shown = names if len(names) <= _LONGEST else f"{names[: _LONGEST - 1]}…"
    return f"Étape 2 sur 3 : vérifier {shown}"


def _label(row: ColumnRow) -> str:
    return f"Règlements : {row.label.lower()}" if row.second else row.label


def _headline(trial: Trial) -> tuple[str, str, str]:
    """A state, what the files hold, and what to do about it."""
    seen = trial.preview
    if not seen.tickets:
        return "bad", "Aucun ticket ne se lit", "Changez une colonne ou un choix."
    first, last = long_date(seen.days[0].day), long_date(seen.days[-1].day)
    span = f"le {first}" if first == last else f"du {first} au {last}"
    title = f"{count_of(seen.tickets, 'ticket')} pour {amount(seen.total)}, {span}"
    if seen.rejected:
        lines = count_of(seen.rejected, "ligne ne se lit pas", "lignes ne se lisent pas")
        return "warn", title, f"{lines} : voyez « À vérifier »."
    return "ok", title, ""


def _doubts(trial: Trial) -> list[tuple[str, str]]:
    """What to check: doubts of the proposal, lines that can't be read, what looks odd."""
    found = [(doubt, "") for doubt in trial.proposal.doubts]
    found += [
        (f"Ligne {item.line} : {item.reason}", item.text[:120])
        for item in trial.preview.rejections[:_MOST_LINES]
    ]
    found += [
        (f"{words.finding(odd.kind, odd.of)} : {odd.count}", f"Par exemple : {odd.example}")
        for odd in oddities(trial)
    ]
    return found


SCREEN = TillCheckScreen
GALLERY: list[tuple[str, Any]] = []
