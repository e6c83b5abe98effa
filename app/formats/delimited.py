"""Rows of a delimited text (CSV): quoted or not, any separator, with a header line.

The header may follow a few title lines. A quote that is opened and never closed costs its own
line, not the rest of the file.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from app.formats.profile import Profile
from app.formats.table_reader import TableReader, header_problem, table_reader
from app.formats.text_file import TextFile, opened_text

CODE = "delimited"
HAS_ROWS = True


def opened(path: Path, profile: Profile) -> AbstractContextManager[TextFile]:
    """The file as text. Raises UnreadableFile."""
    return opened_text(path, profile.encodings)


def misfit(text: TextFile, profile: Profile) -> str:
    """The columns that the header lacks, in a French clause; "" when none."""
    if text.is_workbook:
        return "c'est un classeur"
    return header_problem(text.head(profile.encodings), profile)


def reader(text: TextFile, profile: Profile) -> TableReader:
    """A reader of a file that fits. Raises UnreadableFile when its header can't be used."""
    return table_reader(text, profile)
