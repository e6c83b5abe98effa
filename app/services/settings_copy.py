"""Settings copied to another shop by a file: written, read back, and looked at before they change.

A template leaves out the shop's identity and secrets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.settings import Setting, Value, checked, setting_of, value_of
from app.errors import UnreadableFile
from app.services.settings import export_settings, exported_values, load_settings
from app.services.settings_pages import PROFILE_KEY

if TYPE_CHECKING:
    from app.store.shop import Shop

_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that a file would change."""

    setting: Setting
    old: Value
    new: Value


def write_copy(
    shop: Shop,
    folder: Path,
    write_file: Callable[[Path, bytes], None],
    now: datetime,
    *,
    template: bool,
) -> Path:
    """Write the settings in a folder; gives the file. Raises DataFolderError or DiskFull."""
    name = "modele" if template else "reglages"
    path = folder / f"cloture-{name}-{now:%Y-%m-%d}.json"
    write_file(path, export_settings(shop, template=template).encode("utf-8"))
    return path


def read_copy(path: Path) -> str:
    """The text of a file of settings. Raises UnreadableFile."""
    try:
        with open(path, "rb") as source:
            data = source.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ValueError("too long")
        return data.decode("utf-8-sig")
    except OSError:
        raise UnreadableFile(
            f"Le fichier {path.name} ne s'ouvre pas : vérifiez qu'il est encore là."
        ) from None
    except ValueError:
        raise UnreadableFile(f"{path.name} n'est pas un fichier de réglages.") from None


def changes_of(
    shop: Shop, text: str, *, profiles: Sequence[tuple[str, str]] = ()
) -> tuple[Change, ...]:
    """What taking a file as a template would change. Raises UsageError when it can't be taken.

    `profiles` are (name, label): with them the profile's setting is a choice that has words.
    """
    values = load_settings(shop)
    changes = []
    for key, given in exported_values(text, template=True).items():
        setting = setting_of(key)
        new, old = checked(setting, given), value_of(values, key)
        if new != old:
            changes.append(Change(_named(setting, profiles), old, new))
    return tuple(changes)


def _named(setting: Setting, profiles: Sequence[tuple[str, str]]) -> Setting:
    if setting.key != PROFILE_KEY or not profiles:
        return setting
    return replace(setting, kind="choice", choices=tuple(profiles))
