"""Where a data folder lies: a synced folder, a removable or remote disk is warned against."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mon drive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
}
_MOUNTED_BY_HAND = ("/media/", "/run/media/")
_REMOVABLE, _REMOTE = 2, 4  # GetDriveTypeW


def doubt_about(folder: Path) -> str:
    """Why a folder is a bad place for a shop's data, as a French sentence; "" when it is not."""
    place = Path(os.path.abspath(folder))
    service = _synced_by(place)
    if service:
        return (
            f"Attention : {folder} est synchronisé par {service}, qui peut abîmer les données en "
            "les copiant pendant une vente. Choisissez un dossier du disque de ce poste."
        )
    if _is_removable(place):
        return (
            f"Attention : {folder} est sur un support amovible ; débranché, il emporte les données "
            "de la boutique. Choisissez un dossier du disque de ce poste."
        )
    if _is_remote(place):
        return (
            f"Attention : {folder} est sur le réseau ; une coupure peut interrompre une clôture. "
            "Choisissez un dossier du disque de ce poste."
        )
    return ""


def kind_of(place: Path) -> str:
    """What a drive is to a person: `removable`, `network` or `drive`."""
    if _is_removable(place):
        return "removable"
    return "network" if _is_remote(place) else "drive"


def _synced_by(place: Path) -> str:
    for part in place.parts:
        name = part.casefold()
        for begin, service in _SYNCED.items():
            # OneDrive adds the firm's name: « OneDrive - Boulangerie Martin ».
            if name == begin or name.startswith((f"{begin} -", f"{begin} (")):
                return service
    return ""


def _is_removable(place: Path) -> bool:
    if sys.platform == "win32":
        return _drive_type(place) == _REMOVABLE
    if f"{place.as_posix()}/".startswith(_MOUNTED_BY_HAND):
        return True
    return _is_on_removable_device(place)


def _is_remote(place: Path) -> bool:
    if sys.platform == "win32":
        return place.drive.startswith("\\\\") or _drive_type(place) == _REMOTE
    return False


def _is_on_removable_device(place: Path) -> bool:
    if sys.platform == "win32":
        return False
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        device = place.stat().st_dev
        block = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}").resolve()
        # A partition says nothing by itself: the disk it is on does.
        flags = [path / "removable" for path in (block, block.parent)]
        return any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)
    except OSError:
        return False


def _drive_type(place: Path) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(place.anchor))
