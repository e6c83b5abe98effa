"""Whom to call, and the file that is prepared for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.settings import text_of
from app.errors import AppError, NotFound
from app.services.settings import load_settings
from app.services.support_file import support_file, support_name

if TYPE_CHECKING:
    from app.store.shop import Shop

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contact:
    """Support's name and telephone as the shop typed them; "" when it did not."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The file made for support, its size in bytes, and why the shop did not open ("": it did)."""

    path: Path
    size: int
    problem: str


def contact_of(shop: Shop) -> Contact:
    """Whom to call."""
    values = load_settings(shop)
    return Contact(text_of(values, "support.name"), text_of(values, "support.phone"))


def prepare_file(
    open_shop: Callable[..., AbstractContextManager[Shop]],
    write_file: Callable[[Path, bytes], None],
    folder: Path,
    version: str,
    now: datetime,
) -> Prepared:
    """Write the file for support in the data folder's `export/`, also of a shop that is broken.

    Raises DataFolderError or DiskFull when it can't be written.
    """
    problem = ""
    try:
        with open_shop() as shop:
            data = support_file(folder, shop, "", version, now)
    except AppError as error:
        problem = str(error)
    except Exception as error:  # whatever is broken, support needs the file
        _LOG.exception("la boutique ne s'ouvre pas")
        problem = repr(error)
    if problem:
        data = support_file(folder, None, problem, version, now)
    path = folder / "export" / support_name(now)
    write_file(path, data)
    return Prepared(path, len(data), problem)


def copy_file(path: Path, folder: Path, write_file: Callable[[Path, bytes], None]) -> Path:
    """Copy the file for support into a folder; gives the copy.

    Raises NotFound when it is not there any more, DataFolderError or DiskFull when the copy can't
    be written.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise NotFound(f"{path.name} n'est plus là : préparez le dossier à nouveau.") from None
    copy = folder / path.name
    write_file(copy, data)
    return copy
