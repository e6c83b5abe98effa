"""`secrets.json`: passwords and keys of this installation, readable on this PC only.

On Windows each value is protected by DPAPI for this machine; elsewhere the file is readable by its
owner only, which is told when the first secret goes in. A value that can't be read (a folder that
came from another PC, a damaged file) is to be typed again: nothing else stops for it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tinydb import where

from app.errors import AppError, SecretUnreadable
from app.store import disk, dpapi
from app.store.documents import Documents

NAME = "secrets"
_LOG = logging.getLogger(__name__)

SET, ABSENT, UNREADABLE = "set", "absent", "unreadable"
"""What can be known of a secret without looking at it."""


@dataclass(frozen=True, slots=True)
class Protection:
    """A way of keeping bytes from other eyes: `name` stands beside what it protected.

    Both functions take the bytes and the secret's name, and raise OSError.
    """

    name: str
    protect: Callable[[bytes, bytes], bytes]
    unprotect: Callable[[bytes, bytes], bytes]


def _as_it_is(data: bytes, purpose: bytes) -> bytes:
    return data


DPAPI = Protection("dpapi", dpapi.protect, dpapi.unprotect)
FILE_RIGHTS = Protection("file", _as_it_is, _as_it_is)
_PROTECTIONS = {protection.name: protection for protection in (DPAPI, FILE_RIGHTS)}


def own_protection() -> Protection:
    """The one that new secrets of this system get."""
    return DPAPI if sys.platform == "win32" else FILE_RIGHTS


class Secrets:
    """The secrets of one data folder, by name. Not thread-safe: hold the shop's `writing`.

    `told` gets the one sentence about a system without protection.
    """

    def __init__(
        self, documents: Documents, told: list[str], protection: Protection | None = None
    ) -> None:
        self._documents = documents
        self._told = told
        self._protection = protection or own_protection()

    def read(self, name: str) -> str:
        """A secret; "" when there is none. Raises SecretUnreadable."""
        row = self._row(name)
        if row is None:
            return ""
        try:
            data = base64.b64decode(row["value"], validate=True)
            unprotect = _PROTECTIONS[row["protection"]].unprotect
            return unprotect(data, name.encode("utf-8")).decode("utf-8")
        except (OSError, KeyError, TypeError, ValueError, binascii.Error) as error:
            raise SecretUnreadable(
                "Un mot de passe enregistré ne se lit pas sur ce PC : saisissez-le de nouveau "
                "dans les paramètres."
            ) from error

    def state(self, name: str) -> str:
        """SET, ABSENT or UNREADABLE."""
        try:
            return SET if self.read(name) else ABSENT
        except AppError:  # also a file that another user of this PC may not read
            return UNREADABLE

    def keep(self, name: str, value: str) -> None:
        """Keep a secret in the place of an earlier one; "" forgets it.

        Raises DiskFull or DataFolderError; what was kept before stands then.
        """
        if not value:
            self._forget(name)
            return
        with disk.told(self._documents.path(NAME)):
            data = self._protection.protect(value.encode("utf-8"), name.encode("utf-8"))
        row = {
            "name": name,
            "protection": self._protection.name,
            "value": base64.b64encode(data).decode("ascii"),
        }
        is_first = not self._documents.rows(NAME)
        with self._documents.open(NAME) as database:
            database.table("rows").upsert(row, where("name") == name)
        if is_first and self._protection is FILE_RIGHTS:
            self._told.append(
                "Attention : ce système ne protège pas les mots de passe comme Windows. Ils sont "
                f"dans {self._documents.path(NAME)}, lisible par cet utilisateur seulement : "
                "ne copiez pas ce fichier."
            )

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """What is kept or forgotten within this stays only if nothing fails within it."""
        before = self._documents.rows(NAME)
        try:
            yield
        except BaseException:
            self._put_back(before)
            raise

    def _put_back(self, before: list[dict[str, Any]]) -> None:
        if self._documents.rows(NAME) == before:
            return
        try:
            with self._documents.open(NAME) as database:
                table = database.table("rows")
                table.truncate()
                table.insert_multiple(before)
        except AppError as error:  # what made the change fail is told: this adds nothing
            _LOG.warning("secrets non remis comme avant : %s", error)

    def _forget(self, name: str) -> None:
        if self._row(name) is None:
            return
        with self._documents.open(NAME) as database:
            database.table("rows").remove(where("name") == name)

    def _row(self, name: str) -> dict[str, Any] | None:
        rows = self._documents.rows(NAME)
        return next((row for row in rows if row.get("name") == name), None)
