"""A file of tickets before it is taken: how many, which days, what can't be read and why."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.services.import_preview import Preview
from app.services.import_summary import base_name, summary_of
from app.services.settings import load_settings
from app.services.ticket_files import look_into, profile_choices, take_file, usual_profile
from app.services.tickets_page import face_of
from app.ui import words
from app.ui.french import amount, count_of, long_date, short_date
from app.ui.job_runner import Cancelled
from app.ui.screen import Screen
from app.ui.widgets.box import Box
from app.ui.widgets.chooser import Chooser
from app.ui.widgets.findings_list import FindingsList
from app.ui.widgets.paged_list import Column, PagedList, Row
from app.ui.widgets.refused_list import RefusedList
from app.ui.widgets.state_card import StateCard
from app.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from app.ui.job_runner import Progress
    from app.ui.shell import Shell

_LONGEST_NAME = 27
_DAYS, _TICKETS, _REFUSED, _FINDINGS = "jours", "tickets", "refus", "constats"


class ImportPreviewScreen(Screen):
    """`path` is the file, `profile` how it is read (empty: as this shop's usual files).

    `second` is the file that tells how its tickets were paid, for tills that have one.
    """

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        *,
        path: str,
        profile: str = "",
        section: str = "",
        second: str = "",
    ) -> None:
        super().__init__(
            parent, shell, title="Importer un fichier", subtitle=_subtitle(path, second)
        )
        self._path = path
        self._second = second
        self._profile = profile
        self._section = section
        self._second_label = ""
        self._chooser: Chooser | None = None
        self._seen: Preview | None = None
        self._room = Box(self.body)
        self._room.pack(fill="both", expand=True)
        self.side_action("Autre fichier", self._pick, icon="folder")
        self._take = self.main_action("Prendre ces tickets", self._take_file, icon="check-lg")
        self._take.pack_forget()

    def entered(self) -> None:
        """Read the file as soon as the screen is on view."""
        self._read()

    # --- looking into the file --------------------------------------------------------------

    def _read(self) -> None:
        program, path, wanted = self.shell.program, self._path, self._profile
        second = self._second

        def work(shop: Any, progress: Progress) -> Any:
            settings = load_settings(shop)
            entries = program.list_profiles()
            profile = wanted or usual_profile(settings)
            known = [entry.profile for entry in entries if entry.profile is not None]
            choices = profile_choices(entries)
            tell = _telling(progress)
            also = second if _second_of(choices, profile) else ""
            try:
                seen = look_into(program.ticket_sources, settings, path, profile, tell, known, also)
            except Cancelled:
                raise
            except Exception as error:
                return profile, choices, error
            return profile, choices, seen

        self.run_job(
            self.shell.in_shop(work),
            f"Lecture de {base_name(path)}",
            self._show,
            self._stopped,
            cancellable=True,
        )

    def _stopped(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.shell.nav.back()
        else:
            self.shell.messages.failed(error, self.shell.nav.back)

    def _show(self, found: Any) -> None:
        self._profile, choices, seen = found
        for child in self._room.winfo_children():
            child.destroy()
        self._take.pack_forget()
        self._add_chooser(choices)
        self._second_label = _second_of(choices, self._profile)
        if isinstance(seen, Preview):
            self._show_preview(seen)
        else:
            self._show_refusal(seen)

    def _add_chooser(self, choices: Any) -> None:
        if self._chooser is not None:
            return
        self._chooser = Chooser(
            self.header.tools,
            "Profil du fichier",
            [(choice.name, choice.label) for choice in choices],
            self._choose_profile,
            value=self._profile,
            tabs=False,
            width=400,
        )
        self.show_tool(self._chooser)

    def _choose_profile(self, profile: str) -> None:
        self._profile = profile
        self._read()

    def _show_refusal(self, error: BaseException) -> None:
        from app.errors import AppError

        if not isinstance(error, AppError):
            raise error
        self._seen = None
        action = ("Changer de profil", self._chooser.open) if self._chooser else None
        StateCard(
            self._room, "bad", "Ce fichier ne peut pas être pris", str(error), action=action
        ).pack(fill="x")

    def _show_preview(self, seen: Preview) -> None:
        self._seen = seen
        gap = (0, self.theme.space(1.5))
        StateCard(self._room, *_headline(seen)).pack(fill="x", pady=gap)
        if self._second_label and not self._second:
            StateCard(
                self._room,
                "warn",
                "Les règlements sont dans un autre fichier",
                f"Sans « {self._second_label} », ils seront tous « Inconnu ».",
                action=("Ajouter ce fichier", self._pick_second),
                leads=True,
            ).pack(fill="x", pady=gap)
        self._offer(seen)
        sections = [(_DAYS, "Journées"), (_TICKETS, "Premiers tickets")]
        if seen.rejected:
            sections.append((_REFUSED, f"Refusées ({seen.rejected})"))
        if seen.findings:
            sections.append((_FINDINGS, f"Constats ({len(seen.findings)})"))
        known = {key for key, _ in sections}
        start = self._section if self._section in known else (_REFUSED if seen.rejected else _DAYS)
        Tabs(self._room, sections, self._turn_to, value=start).pack(fill="x", pady=gap)
        self._pane = Box(self._room)
        self._pane.pack(fill="both", expand=True)
        self._turn_to(start)

    def _offer(self, seen: Preview) -> None:
        """The main button says what would be taken; without a ticket there is none."""
        if not seen.tickets:
            return
        self._take.set_text("Prendre ce qui se lit" if seen.rejected else "Prendre ces tickets")
        # Without the payments it can be taken, but that is not what is best.
        lacks = bool(self._second_label and not self._second)
        self._take.set_role("secondary" if lacks else "primary")
        self._take.pack(side="right", padx=(self.theme.space(1.5), 0))

    def _turn_to(self, key: str) -> None:
        seen = self._seen
        if seen is None:
            return
        for child in self._pane.winfo_children():
            child.destroy()
        widget: tk.Pack
        if key == _DAYS:
            widget = _days(self._pane, seen)
        elif key == _TICKETS:
            widget = _tickets(self._pane, seen)
        elif key == _REFUSED:
            widget = RefusedList(
                self._pane, [(str(r.line), r.reason, r.text) for r in seen.rejections]
            )
        else:
            widget = FindingsList(self._pane, seen.findings)
        widget.pack(fill="both", expand=True)

    # --- taking it --------------------------------------------------------------------------

    def _take_file(self) -> None:
        seen, program = self._seen, self.shell.program
        if seen is None:
            return
        path, profile, partial = self._path, self._profile, bool(seen.rejected)
        second = self._second if self._second_label else ""

        def work(shop: Any, progress: Progress) -> Any:
            report = take_file(
                shop,
                program.ticket_sources,
                load_settings(shop),
                path,
                profile,
                program.clock(),
                _telling(progress),
                accept_partial=partial,
                second=second,
            )
            return summary_of([report])

        self.run_job(
            self._creating(work), f"Import de {base_name(path)}", self._taken, cancellable=True
        )

    def _creating(self, work: Any) -> Any:
        """A job in the shop, which the first tickets of all begin."""

        def job(progress: Progress) -> Any:
            with self.shell.program.open_shop(create=True) as shop:
                return work(shop, progress)

        return job

    def _taken(self, summary: Any) -> None:
        from app.ui.screens.import_result import ImportResultScreen

        self.shell.nav.replace(ImportResultScreen, summary=summary)

    def _pick(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.replace(FilePickerScreen)

    def _pick_second(self) -> None:
        from app.ui.screens.file_picker import FilePickerScreen

        self.shell.nav.go(
            FilePickerScreen,
            then=ImportPreviewScreen,
            then_args={"path": self._path, "profile": self._profile},
            takes="second",
            folder=str(Path(self._path).parent),
            title=f"Choisir « {self._second_label} »",
        )


def _subtitle(path: str, second: str) -> str:
    return f"{shortened(path)} + 1" if second else shortened(path)


def _second_of(choices: Any, profile: str) -> str:
    """What the second file of a profile is called; "" when it has none."""
    return next((choice.second for choice in choices if choice.name == profile), "")


def shortened(path: str) -> str:
    """The name of a file, cut in its middle when it is long: its end says which one it is."""
    name = base_name(path)
    return name if len(name) <= _LONGEST_NAME else f"{name[:11]}…{name[-15:]}"


def _headline(seen: Preview) -> tuple[str, str, str]:
    """A state, what the file holds, and what would be left out of it."""
    if not seen.tickets:
        refused = count_of(seen.rejected, "ligne refusée", "lignes refusées")
        return "bad", "Aucun ticket ne se lit dans ce fichier", f"{refused} : voyez les motifs."
    first, last = long_date(seen.days[0].day), long_date(seen.days[-1].day)
    span = f"le {first}" if first == last else f"du {first} au {last}"
    title = f"{count_of(seen.tickets, 'ticket')} pour {amount(seen.total)}, {span}"
    if not seen.rejected:
        return "ok", title, ""
    one = "1 ligne ne se lit pas : elle sera gardée à part avec son motif."
    several = (
        f"{seen.rejected} lignes ne se lisent pas : elles seront gardées à part avec leurs motifs."
    )
    return "warn", title, one if seen.rejected == 1 else several


def _telling(progress: Progress) -> Any:
    def tell(done: int, total: int) -> None:
        progress.report(done, total, f"{words.size(done)} sur {words.size(total)}")

    return tell


def _days(parent: tk.Misc, seen: Preview) -> PagedList:
    rows = [
        Row(
            row.day.isoformat(),
            (short_date(row.day), words.number(row.tickets), amount(row.total)),
        )
        for row in seen.days
    ]
    columns = [Column("Journée", 2), Column("Tickets", 1, "e"), Column("Total TTC", 1.5, "e")]
    return PagedList(parent, columns, rows)


def _tickets(parent: tk.Misc, seen: Preview) -> PagedList:
    faces = [face_of(ticket) for ticket in seen.first]
    rows = [
        Row(
            str(index),
            (
                face.number or "—",
                french_moment(face.at),
                words.TICKET_KINDS[face.kind],
                ", ".join(label for label, _ in face.lines),
                amount(face.total),
            ),
        )
        for index, face in enumerate(faces)
    ]
    columns = [
        Column("N°", 1),
        Column("Moment", 2.3),
        Column("Genre", 1.4),
        Column("Articles", 2.2),
        Column("Total", 1.2, "e"),
    ]
    return PagedList(parent, columns, rows)


SCREEN = ImportPreviewScreen
