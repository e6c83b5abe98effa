"""The list of row sources, written out so that PyInstaller and readers see every one.

A row source is a module with these names; adding one is one file and one word below.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from app.errors import UnknownProfile
from app.formats import delimited, spreadsheet, ticket_journal
from app.formats.profile import Profile
from app.formats.records import TicketReader
from app.formats.text_file import TextFile


class RowSource(Protocol):
    """One way of getting tickets out of a file. `CODE` is the `format` of its profiles."""

    CODE: str
    HAS_ROWS: bool

    def opened(self, path: Path, profile: Profile) -> AbstractContextManager[TextFile]:
        """The file as text. Raises UnreadableFile."""

    def misfit(self, text: TextFile, profile: Profile) -> str:
        """Why an open file, by its beginning, is not of this profile (French clause), or ""."""

    def reader(self, text: TextFile, profile: Profile) -> TicketReader:
        """A reader of a file that fits. Raises UnreadableFile."""


FORMATS: tuple[RowSource, ...] = (ticket_journal, delimited, spreadsheet)


def source_of(profile: Profile) -> RowSource:
    """The row source of a profile; raises UnknownProfile when the key `format` names none."""
    for source in FORMATS:
        if profile.format == source.CODE and (profile.rows is not None) == source.HAS_ROWS:
            return source
    raise UnknownProfile(
        f"Le profil {profile.name} est incorrect, clé « format » : « {profile.format} » n'est pas "
        f"un format connu, ou les autres clés ne lui vont pas ; corrigez le fichier "
        f"{profile.name}.json."
    )
