"""Where profiles are found: `NAME.json` files in folders, of which a later one wins.

The folders are the bundled `assets/profiles`, then the data folder's `profiles`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UnknownProfile
from app.formats.profile import Profile
from app.formats.profile_reading import load_profile
from app.formats.row_sources import source_of

_MAX_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A profile file: the profile it holds, or else the French sentence that says what is wrong."""

    name: str
    path: Path
    profile: Profile | None
    problem: str = ""

    @property
    def label(self) -> str:
        """The name shown to a person; what is wrong for a profile that can't be used."""
        return self.problem if self.profile is None else self.profile.label


def list_profiles(folders: Sequence[Path]) -> tuple[ProfileEntry, ...]:
    """Every profile of the folders by name, the wrong ones too; absent folders hold none."""
    return tuple(_entry(name, path) for name, path in sorted(_paths(folders).items()))


def known_profiles(folders: Sequence[Path]) -> tuple[Profile, ...]:
    """The profiles that can be used, by name."""
    return tuple(entry.profile for entry in list_profiles(folders) if entry.profile is not None)


def find_profile(name: str, folders: Sequence[Path]) -> Profile:
    """The profile of that name; raises UnknownProfile when it is not there or its file is wrong."""
    paths = _paths(folders)
    if name not in paths:
        known = ", ".join(sorted(paths)) or "aucun"
        raise UnknownProfile(f"Le profil « {name} » n'existe pas ; profils connus : {known}.")
    return read_profile(paths[name])


def read_profile(path: Path) -> Profile:
    """The profile of one file; raises UnknownProfile with a sentence that says what is wrong."""
    return checked_profile(_json(path), path.stem)


def checked_profile(data: Mapping[str, Any], name: str) -> Profile:
    """The profile that the JSON of a profile file describes; raises UnknownProfile as above."""
    profile = load_profile(data, name)
    source_of(profile)
    return profile


def _entry(name: str, path: Path) -> ProfileEntry:
    try:
        return ProfileEntry(name, path, read_profile(path))
    except UnknownProfile as error:
        return ProfileEntry(name, path, None, str(error))


def _paths(folders: Sequence[Path]) -> dict[str, Path]:
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.json"))}


def _json(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES)
        content = json.loads(data.decode("utf-8-sig"))
    except OSError:
        raise UnknownProfile(
            f"Le profil {path.stem} ne peut pas être lu ; vérifiez le fichier {path.name}."
        ) from None
    except json.JSONDecodeError as error:
        raise UnknownProfile(
            f"Le profil {path.stem} n'est pas du JSON correct (ligne {error.lineno}, colonne "
            f"{error.colno}) ; corrigez le fichier {path.name}."
        ) from None
    except (ValueError, RecursionError):
        raise UnknownProfile(
            f"Le profil {path.stem} n'est pas du JSON correct en UTF-8 ; corrigez le fichier "
            f"{path.name}."
        ) from None
    if not isinstance(content, dict):
        raise UnknownProfile(
            f"Le profil {path.stem} est incorrect, un objet JSON était attendu ; corrigez le "
            f"fichier {path.name}."
        )
    return content
