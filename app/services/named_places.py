"""Where a person wants a file written: a folder that is there, never one made in silence."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import DataFolderError


def is_folder(path: Path) -> bool:
    """Whether a folder is there, whatever the name: one that no folder can have is none."""
    return os.path.isdir(path)  # unlike `Path.is_dir` it never raises


def named_place(path: Path) -> Path:
    """The place of a file that a person named. Raises DataFolderError when its folder is not there.

    A folder that is not there is a slip of the pen, or a USB stick that is not plugged in: a file
    written into a new one would be sought elsewhere.
    """
    folder = path.parent
    if not is_folder(folder):
        raise DataFolderError(
            f"Le dossier {folder} n'existe pas : créez-le, ou choisissez un autre endroit."
        )
    return path
