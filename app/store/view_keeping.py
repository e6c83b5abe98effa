"""The derived files of a data folder as one whole: written, missed, made again, and told of.

A file that can't be read, or that is not there though the journal's records had filled it, is made
again from the journal: the same figures, never silently other ones. It is told in a sentence, in
the log, and by an event of the journal.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from app.domain.ledger import Position
from app.errors import AppError
from app.store import disk
from app.store.day_index import DayIndex, entries_of
from app.store.documents import Documents
from app.store.expected_views import ExpectedViews
from app.store.journal import Journal, Kept
from app.store.views import Views, files_of, is_viewed, summary_of

AFTER_LOSS = {
    "pins": "Les codes des utilisateurs sont à redéfinir (« users pin », ou la fiche de secours).",
    "secrets": "Les mots de passe sont à saisir de nouveau dans les paramètres.",
    "inbox": "Les fichiers qui attendaient seront relus.",
    "drafts": "Un comptage commencé et pas encore clôturé est à refaire.",
}
"""The files that are in no journal, and what their loss asks for."""

_NAMED = 20
"""Files named in one event; of more, how many there are."""

_LOG = logging.getLogger(__name__)


class ViewKeeping:
    """Keeps the views, the day index and the memory of which there should be.

    `places` gives where the views were last written up to, and how far the journal was taken in;
    `writing` is the folder's lock, to be held around what is written, and `may_write` says whether
    it is; `told` gets sentences for a person.
    """

    def __init__(
        self,
        folder: Path,
        stamp: Callable[[], str],
        journal: Journal,
        places: Callable[[], tuple[Position, Position]],
        writing: Callable[[], AbstractContextManager[None]],
        may_write: Callable[[], bool],
        told: list[str],
    ) -> None:
        self._folder = folder
        self._stamp = stamp
        self._journal = journal
        self._places = places
        self._writing = writing
        self._may_write = may_write
        self._told = told
        self._busy = False
        self._noted: set[str] = set()
        self._to_record: list[tuple[str, list[str]]] = []
        self.remade: list[str] = []
        self.expected = ExpectedViews()
        self.documents = Documents(folder, stamp, self)
        self.views = Views(self.documents)
        self.index = self._new_index()

    # What is written

    def note(self, kept: Kept) -> None:
        """Take a committed record in: what is to be written of it at the next `save`."""
        for shelf, entry in entries_of(kept):
            self.index.add(shelf, entry)
            self._noted.add(f"index/{shelf[:4]}")
        if is_viewed(kept.record) and kept.record is not None:
            self._noted.update(files_of(kept.record))

    def save(self, fresh: Iterable[Kept]) -> None:
        """Write the index and the views; `fresh` are the viewed records noted since the last."""
        mended = self.index.flush(self._expects_year)
        self.views.keep(fresh)
        self.expected.update(self._noted)
        self._noted.clear()
        if mended:
            self.tell(mended)

    def unsaved_and_absent(self) -> list[str]:
        """The files that the noted records fill and that are not there yet."""
        names = [name for name in sorted(self._noted) if not name.startswith("index/")]
        return [f"{name}.json" for name in names if not self.documents.exists(name)]

    def begin_again(self) -> None:
        """Remove what `note` and `save` write, all of it."""
        disk.remove_folder(self._folder / "index")
        self.views.clear()
        self.index = self._new_index()
        self.expected = ExpectedViews()
        self._noted.clear()

    def state(self) -> dict[str, Any]:
        """What the saved state keeps: the files there should be, and those beside the journal."""
        beside = [name for name in AFTER_LOSS if self.documents.exists(name)]
        return {"expected": self.expected.to_json(), "beside": beside}

    def from_state(self, saved: dict[str, Any]) -> None:
        """Go on from a saved state; what is gone and in no journal is told."""
        self.expected = ExpectedViews.from_json(saved["expected"])
        for name in saved["beside"]:
            if name in AFTER_LOSS and not self.documents.exists(name):
                _LOG.warning("%s.json a disparu", name)
                self._told.append(f"Le fichier {name}.json a disparu. {AFTER_LOSS[name]}")
                self._to_record.append(("file_lost", [f"{name}.json"]))

    # What is missing

    def absent(self) -> list[str]:
        """The views there should be and are not, as paths in the data folder."""
        names = [name for name in self.expected if not name.startswith("index/")]
        return [f"{name}.json" for name in names if not self.documents.exists(name)]

    def expects(self, name: str) -> bool:
        """Whether records filled a file of documents (`Documents` asks when it is not there)."""
        if self._busy:
            return False
        folder, _, day = name.rpartition("/")
        return name in self.expected or (folder == "summaries" and self._sold(day))

    def expects_in(self, folder: str) -> list[str]:
        """The names of the files that a folder should have."""
        return [] if self._busy else self.expected.of(folder)

    def remake(self, name: str, *, was_there: bool) -> None:
        """Show again what the journal says, in a file that is gone or was set aside."""
        if self._busy:
            return
        if not self.views.shows(name):
            if was_there:
                self._to_record.append(("file_lost", [f"{name}.json"]))
            return
        names = {name}
        if not was_there:
            names.update(n for n in self.expected if not self.documents.exists(n))
        self._busy = True
        try:
            with self._writing():
                self.views.keep((k for k in self._committed() if _fills(k, names)), only=names)
        finally:
            self._busy = False
        files = sorted(f"{n}.json" for n in names if not n.startswith("index/"))
        if was_there:  # who set it aside tells it
            _LOG.warning("%s : refait depuis le journal", files[0])
            self._to_record.append(("view_remade", files))
        else:
            self.tell(files)

    def put_aside(self, path: Path, reason: str, *, tell: bool = True) -> str:
        """Keep a file of ours under another name; gives that name, "" where nothing can be written.

        Its content is in the journal, so that a folder which can only be read is no obstacle.
        """
        try:
            aside = disk.set_aside(path, self._stamp())
        except AppError as error:
            _LOG.warning("%s (%s) reste en place : %s", path.name, reason, error)
            return ""
        if tell:
            self.documents.set_aside.append(aside)
        _LOG.warning("%s mis de côté sous %s : %s", path.name, aside.name, reason)
        return aside.name

    def _committed(self) -> Iterator[Kept]:
        return self._journal.committed((1, 0), sure=self._places()[1])

    def _sold(self, day: str) -> bool:
        """Whether a closure whose views were written sold articles on a business day."""
        saved_at, _ = self._places()
        years = (n for n in self.documents.names("closures") if n >= f"closures/{day[:4]}")
        rows = (row for name in years for row in self.documents.rows(name))
        places = [
            ((row["position"][0], row["position"][1]), row["length"])
            for row in rows
            if row["business_day"] == day and tuple(row["position"]) < saved_at
        ]
        lines = self._journal.read(sorted(places))
        return any(b'"articles":[{' in line for _, line in lines)

    # The index

    def whole(self, day: str) -> bool:
        """Whether the index of a day is all there, as far as it tells by itself."""
        return self.index.is_whole(day, year_known=self._expects_year(day[:4]))

    def remake_index(self) -> bool:
        """Note again the tickets of all days whose files are gone or can't be read.

        Gives whether there was one. Raises Busy or DataFolderError.
        """
        lacking: dict[str, bool] = {}
        with self._writing():
            for kept in self._committed():
                for shelf, entry in _entries(kept):
                    if shelf not in lacking:
                        lacking[shelf] = not self.index.is_whole(shelf, year_known=True)
                        if lacking[shelf]:
                            self._begin_day(shelf)
                    if lacking[shelf]:
                        self.index.add(shelf, entry)
            days = sorted(day for day, lacks in lacking.items() if lacks)
            self.index.flush(self._expects_year)
            if days:
                self.tell([self._in_folder(self.index.path(day)) for day in days])
        return bool(days)

    def _begin_day(self, day: str) -> None:
        path = self.index.path(day)
        self.index.forget(day)
        if path.exists() and path.stat().st_size:
            self.documents.set_aside.append(disk.set_aside(path, self._stamp()))

    def _expects_year(self, year: str) -> bool:
        return f"index/{year}" in self.expected

    def _new_index(self) -> DayIndex:
        return DayIndex(self._folder / "index", self._may_write)

    def _in_folder(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    # What is told

    def tell(self, files: list[str], *, record: bool = True) -> None:
        """Tell that files were missing and are there again; `record`: by an event too."""
        for file in files:
            _LOG.warning("%s manquait : refait depuis le journal", file)
        named = ", ".join(files[:3]) + (f" et {len(files) - 3} autres" if len(files) > 3 else "")
        were = "manquaient : ils sont refaits" if len(files) > 1 else "manquait : il est refait"
        self._told.append(f"{named} {were} depuis le journal.")
        if record:
            self.remade += files
            self._to_record.append(("view_remade", files))

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """The events not recorded yet, each with its detail; they are handed out once."""
        waiting, self._to_record = self._to_record, []
        return [
            (name, {"files": files[:_NAMED], "count": len(files)})
            for name, files in waiting
            if files
        ]

    def put_back(self, events: list[tuple[str, dict[str, Any]]]) -> None:
        """Events that could not be recorded wait for the next writing."""
        self._to_record = [(name, detail["files"]) for name, detail in events] + self._to_record

    @property
    def has_events(self) -> bool:
        """Whether something is to be recorded."""
        return bool(self._to_record)


def _fills(kept: Kept, names: set[str]) -> bool:
    if kept.record is None or not is_viewed(kept.record):
        return False
    try:
        return summary_of(kept.record) in names or not names.isdisjoint(files_of(kept.record))
    except (KeyError, TypeError):
        return False  # damage: named by `verify`


def _entries(kept: Kept) -> Iterator[tuple[str, Any]]:
    try:
        if kept.record is not None:
            yield from entries_of(kept)
    except (KeyError, TypeError, ValueError, AttributeError):
        return
