"""The one door to secrets: passwords, keys and tokens that must never be shown or written in clear.

A secret of the settings table is set by `change_setting`, which records that it was set; tokens a
program gets by itself are kept here. Nothing of a secret goes into a log, an event or an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.settings import SETTINGS, setting_of
from app.errors import SecretUnreadable, UsageError

if TYPE_CHECKING:
    from app.store.shop import Shop

SET, ABSENT, UNREADABLE = "set", "absent", "unreadable"

STATE_WORDS = {
    SET: "enregistré",
    ABSENT: "non renseigné",
    UNREADABLE: "illisible sur ce PC, à saisir de nouveau",
}


def secret_of(shop: Shop, key: str) -> str:
    """A secret, whether of the settings table or not; "" when there is none.

    Raises SecretUnreadable, whose sentence names what is to be typed again.
    """
    try:
        value = shop.secrets.read(key)
        if not value and _was_set(shop, key):
            raise SecretUnreadable("secrets.json")
        return value
    except SecretUnreadable as error:
        raise SecretUnreadable(
            f"{_label(key)} : ce qui est enregistré ne se lit pas sur ce PC. Saisissez-le de "
            "nouveau dans les paramètres."
        ) from error


def keep_secret(shop: Shop, key: str, value: str) -> None:
    """Keep a secret that is no setting, such as a token that was received; "" forgets it.

    On disk when this returns. Raises DiskFull or DataFolderError; the earlier one stands then.
    """
    with shop.writing():
        shop.secrets.keep(key, value)


def secret_state(shop: Shop, key: str) -> str:
    """SET, ABSENT or UNREADABLE; one that the journal says was set is never merely absent."""
    state = shop.secrets.state(key)
    return UNREADABLE if state == ABSENT and _was_set(shop, key) else state


def secret_states(shop: Shop) -> Mapping[str, str]:
    """The state of every secret of the settings table, by key."""
    return {s.key: secret_state(shop, s.key) for s in SETTINGS if s.secret}


def _was_set(shop: Shop, key: str) -> bool:
    """Whether a secret of the settings table was set, by the record; its value is not in there."""
    rows = (*shop.documents.rows("settings"), *shop.fresh("setting"))
    return next((row["new"] is True for row in reversed(rows) if row["key"] == key), False)


def _label(key: str) -> str:
    try:
        return setting_of(key).label
    except UsageError:
        return key
