"""Users: who may do what at the kiosk, by a PIN of 4 to 8 digits.

The journal says who was added or removed, and that a PIN was set. PINs are nowhere but in
`pins.json`, as scrypt hashes with their parameters and salt: where that file is lost, who had a PIN
has to be given a new one, and is not let in without. Wrong tries are counted on disk before the PIN
is looked at, so that killing the program resets nothing; every wait has an end, whatever the clock
does. The recovery sheet holds one code that sets a new PIN once.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.words import count_of
from app.errors import AppError, NotFound, UsageError

if TYPE_CHECKING:
    from app.store.shop import Shop

ROLES = ("caissier", "responsable", "support")
MANAGER = "responsable"
TRIES = 3
"""Wrong tries before the first wait."""

_RECOVERY = "\x00fiche"  # no user can have this name
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
_CHECK = ("algorithm", "n", "r", "p", "salt", "hash")
_COST = {"n": 1 << 14, "r": 8, "p": 1}  # about 50 ms and 16 MB on a till of today
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another on paper
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,40}")


class WrongPin(AppError):
    """The PIN or the code is wrong, or too many were: the sentence says when to try again."""

    code = "wrong_pin"


def list_users(shop: Shop) -> list[dict[str, Any]]:
    """All users by name: `name`, `role`, whether they have a PIN (`pin`), and whether they had one
    that is there no more (`pin_lost`: `pins.json` is gone, the journal says that it was set)."""
    pins = {row["name"] for row in _rows(shop)}
    users = sorted(shop.documents.rows("users"), key=lambda row: row["name"].casefold())
    return [
        {
            "name": user["name"],
            "role": user["role"],
            "pin": user["name"] in pins,
            "pin_lost": bool(user.get("pin")) and user["name"] not in pins,
        }
        for user in users
    ]


def user_of(shop: Shop, name: str) -> dict[str, Any]:
    """The user of a name, however its letters are cased. Raises NotFound."""
    wanted = name.strip().casefold()
    for user in list_users(shop):
        if user["name"].casefold() == wanted:
            return user
    raise NotFound(f"Aucun utilisateur ne s'appelle « {name} » : « users list » les montre.")


def add_user(shop: Shop, name: str, role: str, now: datetime, by: str = "") -> dict[str, Any]:
    """Add a user, or give one another role. Raises UsageError: nothing has changed then."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise UsageError("Le nom d'un utilisateur a de 1 à 40 caractères.")
    if role not in ROLES:
        raise UsageError(f"Rôle inconnu : « {role} ». Choisissez {', '.join(ROLES)}.")
    with shop.writing():
        users = list_users(shop)
        user = next((u for u in users if u["name"].casefold() == name.casefold()), None)
        if user is not None and user["role"] == role:
            raise UsageError(f"{user['name']} est déjà {role}.")
        if user is not None:
            name = user["name"]
            _check_a_manager_stays(users, user)
        _record(shop, {"name": name, "role": role, "at": now.isoformat(), "by": by})
        return user_of(shop, name)


def remove_user(shop: Shop, name: str, now: datetime, by: str = "") -> str:
    """Remove a user and the PIN; gives the name. Raises NotFound or UsageError."""
    with shop.writing():
        user = user_of(shop, name)
        _check_a_manager_stays(list_users(shop), user)
        _forget(shop, user["name"])
        body = {"name": user["name"], "role": user["role"], "removed": True}
        _record(shop, {**body, "at": now.isoformat(), "by": by})
    return str(user["name"])


def set_pin(shop: Shop, name: str, pin: str, now: datetime, by: str = "") -> str:
    """Give a user a PIN, whatever it was before; gives the name. Raises NotFound, UsageError."""
    check_fit(pin)
    with shop.writing():
        user = user_of(shop, name)
        _keep(shop, user["name"], _hashed(pin))
        shop.append([shop.event("pin_set", now, by, {"name": user["name"]})])
    return str(user["name"])


def check_pin(shop: Shop, name: str, pin: str, now: datetime) -> dict[str, Any]:
    """The user, when the PIN is right. Raises WrongPin, NotFound."""
    with shop.writing():
        user = user_of(shop, name)
        if user["pin_lost"]:
            raise WrongPin("Code perdu : prenez la fiche de secours.")
        if not user["pin"]:
            raise WrongPin(f"{user['name']} n'a pas encore de code : un responsable en donne.")
        _try(shop, user["name"], pin, now, "wrong_pin")
    return user


def wait_left(shop: Shop, name: str, now: datetime) -> timedelta:
    """How long a user's code is not looked at after too many wrong ones; zero: not at all."""
    row = _row(shop, name)
    wait = _wait_after(row["errors"]) if row else timedelta(0)
    if row is None or not wait or row["failed_at"] is None:
        return timedelta(0)
    # A clock that went back makes the wait begin again when the code is tried.
    since = max(now - datetime.fromisoformat(row["failed_at"]), timedelta(0))
    return max(wait - since, timedelta(0))


def new_recovery_code(shop: Shop, now: datetime, by: str = "") -> str:
    """Make the code of a new recovery sheet, to be printed: it is kept nowhere in clear.

    The code of an earlier sheet is worth nothing from then on.
    """
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    code = "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))
    with shop.writing():
        check = _hashed(_plain(code))
        _keep(shop, _RECOVERY, check)
        # In the journal too, where no PIN may be: 79 bits can't be found by trying. So the sheet
        # is still good when `pins.json` is lost, which is when it is needed most.
        kept = {key: check[key] for key in _CHECK}
        shop.append([shop.event("recovery_issued", now, by, {"check": kept})])
    return code


def has_recovery_code(shop: Shop) -> bool:
    """Whether a recovery sheet is valid."""
    return _recovery_row(shop) is not None


def use_recovery_code(shop: Shop, code: str, name: str, pin: str, now: datetime) -> str:
    """Set a user's PIN by the code of the recovery sheet, which is worth nothing afterwards.

    Gives the user's name. Raises WrongPin, NotFound, UsageError: the code stays good then.
    """
    check_fit(pin)
    with shop.writing():
        user = user_of(shop, name)
        sheet = _recovery_row(shop)
        if sheet is None:
            raise WrongPin(
                "Aucune fiche de secours n'est valable : le support en fait une avec "
                "« users recovery »."
            )
        _keep(shop, _RECOVERY, sheet)
        _try(shop, _RECOVERY, _plain(code), now, "wrong_recovery_code")
        _keep(shop, user["name"], _hashed(pin))
        _forget(shop, _RECOVERY)
        shop.append([shop.event("recovery_used", now, user["name"], {"name": user["name"]})])
    return str(user["name"])


def check_fit(pin: str) -> None:
    """Refuse a PIN that is no 4 to 8 digits, or that anybody would try first. Raises UsageError."""
    if not (pin.isascii() and pin.isdecimal() and 4 <= len(pin) <= 8):
        raise UsageError("Le code a de 4 à 8 chiffres.")
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    half = len(pin) // 2
    if steps in ({0}, {1}, {9}) or pin[:half] * 2 == pin:
        raise UsageError("Ce code se devine (comme 1111, 1234 ou 1212) : choisissez-en un autre.")


def _check_a_manager_stays(users: Sequence[Mapping[str, Any]], leaving: Mapping[str, Any]) -> None:
    managers = [user["name"] for user in users if user["role"] == MANAGER]
    if managers == [leaving["name"]] and len(users) > 1:
        raise UsageError(
            f"{leaving['name']} est le seul responsable : donnez ce rôle à quelqu'un d'autre avant."
        )


def _record(shop: Shop, body: Mapping[str, Any]) -> None:
    shop.append([shop.new_record("user", "event", body)])


def _try(shop: Shop, name: str, secret: str, now: datetime, event: str) -> None:
    row = _row(shop, name) or {}
    row = _waited(shop, row, now)
    # Counted before it is looked at: who pulls the plug has used the try.
    tried = {**row, "errors": row["errors"] + 1, "failed_at": now.isoformat()}
    _keep(shop, name, tried)
    if _matches(row, secret):
        _keep(shop, name, {**row, "errors": 0, "failed_at": None})
        return
    shown = "" if name == _RECOVERY else name
    shop.append([shop.event(event, now, shown, {"name": shown, "errors": tried["errors"]})])
    wait = _wait_after(tried["errors"])
    after = f" Réessayez dans {_french(wait)}." if wait else ""
    raise WrongPin(f"Code faux.{after}")


def _waited(shop: Shop, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The row, once its wait is over. Raises WrongPin until then."""
    wait = _wait_after(row["errors"])
    if not wait or row["failed_at"] is None:
        return dict(row)
    failed_at = datetime.fromisoformat(row["failed_at"])
    if now < failed_at:
        # The clock went back: the wait begins again from here, so that it has an end.
        _keep(shop, row["name"], {**row, "failed_at": now.isoformat()})
        failed_at = now
    left = failed_at + wait - now
    if left > timedelta(0):
        raise WrongPin(f"Trop de codes faux : réessayez dans {_french(left)}.")
    return dict(row)


def _wait_after(errors: int) -> timedelta:
    if errors < TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(errors - TRIES, 10)), _LONGEST_WAIT)


def _french(wait: timedelta) -> str:
    seconds = -(-int(wait.total_seconds() * 1000) // 1000)
    return count_of(seconds, "seconde") if seconds < 120 else f"{-(-seconds // 60)} minutes"


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _hashed(secret: str) -> dict[str, Any]:
    salt = secrets.token_bytes(16)
    return {
        "algorithm": "scrypt",
        **_COST,
        "salt": salt.hex(),
        "hash": hashlib.scrypt(secret.encode(), salt=salt, **_COST).hex(),
        "errors": 0,
        "failed_at": None,
    }


def _matches(row: Mapping[str, Any], secret: str) -> bool:
    digest = hashlib.scrypt(
        secret.encode(), salt=bytes.fromhex(row["salt"]), n=row["n"], r=row["r"], p=row["p"]
    )
    return hmac.compare_digest(digest, bytes.fromhex(row["hash"]))


def _rows(shop: Shop) -> list[dict[str, Any]]:
    return shop.documents.rows("pins")


def _row(shop: Shop, name: str) -> dict[str, Any] | None:
    return next((row for row in _rows(shop) if row["name"] == name), None)


def _recovery_row(shop: Shop) -> dict[str, Any] | None:
    """What a recovery sheet's code is checked with, from the journal when `pins.json` is gone."""
    row = _row(shop, _RECOVERY)
    if row is not None:
        return row
    for sheet in shop.documents.rows("users", "recovery"):
        if "check" in sheet:  # sheets of older programs are in `pins.json` alone
            return {**sheet["check"], "errors": 0, "failed_at": None, "name": _RECOVERY}
    return None


def _keep(shop: Shop, name: str, content: Mapping[str, Any]) -> None:
    with shop.documents.open("pins") as database:
        row = {**content, "name": name}
        database.table("rows").upsert(row, lambda known: known["name"] == name)


def _forget(shop: Shop, name: str) -> None:
    with shop.documents.open("pins") as database:
        database.table("rows").remove(lambda known: known["name"] == name)
