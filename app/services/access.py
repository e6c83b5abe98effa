"""Who may be asked for a PIN, and how long a wrong one makes them wait.

Until somebody of the role asked for has a PIN, nothing is locked: a new shop works at once. Once
one had, nothing is free again because a file was lost: the PIN is set anew, by the recovery sheet
or by « users pin » on the PC itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.services.users import (
    MANAGER,
    ROLES,
    WrongPin,
    check_pin,
    has_recovery_code,
    list_users,
    new_recovery_code,
    set_pin,
    use_recovery_code,
    user_of,
    wait_left,
)

if TYPE_CHECKING:
    from app.store.shop import Shop

ROLE_WORDS = {"caissier": "Caissier", "responsable": "Responsable", "support": "Support"}


@dataclass(frozen=True, slots=True)
class Keepers:
    """Those who hold a role (or a higher one) and have a PIN; whether a recovery sheet is valid.

    `lost` are those whose PIN is there no more: what it locked stays locked.
    """

    names: tuple[str, ...]
    recovery: bool
    lost: tuple[str, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Whether a PIN is needed at all."""
        return bool(self.names or self.lost)


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """What came of a PIN: `right`, else a sentence, and the seconds to wait before the next."""

    right: bool
    sentence: str = ""
    wait: int = 0


def keepers_of(shop: Shop, role: str) -> Keepers:
    """Who can answer for a role: `caissier` < `responsable` < `support`."""
    least = ROLES.index(role)
    able = [user for user in list_users(shop) if ROLES.index(user["role"]) >= least]
    return Keepers(
        tuple(user["name"] for user in able if user["pin"]),
        has_recovery_code(shop),
        tuple(user["name"] for user in able if user["pin_lost"]),
    )


def try_pin(shop: Shop, name: str, pin: str, now: datetime) -> PinAnswer:
    """Look at a PIN; a wrong one is an answer, not an error."""
    try:
        check_pin(shop, name, pin, now)
    except WrongPin as wrong:
        left = wait_left(shop, name, now)
        return PinAnswer(False, str(wrong), _seconds(left.total_seconds()))
    return PinAnswer(True)


def seconds_to_wait(shop: Shop, name: str, now: datetime) -> int:
    """Whole seconds before a user's PIN is looked at again."""
    return _seconds(wait_left(shop, name, now).total_seconds())


def give_pin(shop: Shop, name: str, pin: str, now: datetime, *, by: str, code: str = "") -> str:
    """Give a user a PIN: with the recovery sheet's `code`, else on the word of `by`.

    Gives the name. Raises WrongPin, NotFound, UsageError.
    """
    if code:
        return use_recovery_code(shop, code, name, pin, now)
    return set_pin(shop, name, pin, now, by)


def give_first_pin(shop: Shop, name: str, pin: str, now: datetime, by: str = "") -> str:
    """Give a user a PIN, and make a recovery sheet if a manager has none; gives its code, or "".

    Raises NotFound, UsageError.
    """
    with shop.writing():
        user = user_of(shop, set_pin(shop, name, pin, now, by))
        if ROLES.index(user["role"]) < ROLES.index(MANAGER) or has_recovery_code(shop):
            return ""
        return new_recovery_code(shop, now, by or user["name"])


def _seconds(left: float) -> int:
    return -int(-left // 1)
