"""Read and change settings; a change is a record first, so that it can be rebuilt and shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.settings import SETTINGS, Value, checked, setting_of, value_of
from app.errors import UnreadableFile
from app.services.secrets import ABSENT, secret_state

if TYPE_CHECKING:
    from app.store.shop import Shop

_FORMAT = "cloture-reglages"
_SCHEMA = 1


def load_settings(shop: Shop) -> dict[str, Any]:
    """The values that were set, by key; `value_of` gives the defaults of the others.

    Secrets are not among them: `app.services.secrets` is the door to those.
    """
    known = {setting.key for setting in SETTINGS if not setting.secret}
    values: dict[str, Any] = {}
    for row in (*shop.documents.rows("settings"), *shop.fresh("setting")):
        if row.get("removed"):
            values.pop(row["key"], None)
        elif row["key"] in known:
            values[row["key"]] = row["new"]
    return values


def change_setting(shop: Shop, key: str, value: Any, now: datetime, by: str = "") -> Value:
    """Set one value. Raises UsageError when the key or the value is wrong."""
    return change_settings(shop, {key: value}, now, by)[key]


def change_settings(
    shop: Shop, values: Mapping[str, Any], now: datetime, by: str = ""
) -> dict[str, Value]:
    """Set several values, all or none. Raises UsageError when a key or a value is wrong.

    Of a secret the record says whether there was one and whether there is one now; an empty text
    clears it. Gives the values as they are kept, for a secret whether there is one.
    """
    fit = {key: checked(setting_of(key), value) for key, value in values.items()}
    told = {key: bool(fit[key]) if setting_of(key).secret else fit[key] for key in fit}
    with shop.writing(), shop.secrets.changing():
        before = _known(shop, fit)
        changed = [key for key in fit if before[key] != told[key]]
        for key, value in fit.items():
            if setting_of(key).secret:
                shop.secrets.keep(key, str(value))
                changed += [key] if before[key] and told[key] else []
        records = [
            shop.new_record(
                "setting",
                "event",
                {
                    "key": key,
                    "old": before[key],
                    "new": told[key],
                    "at": now.isoformat(),
                    "by": by,
                },
            )
            for key in changed
        ]
        shop.append_unless_empty(records)
    return told


def _known(shop: Shop, keys: Iterable[str]) -> dict[str, Value]:
    """What is kept for some keys; for a secret whether there is one."""
    values = load_settings(shop)
    return {
        key: secret_state(shop, key) != ABSENT if setting_of(key).secret else value_of(values, key)
        for key in keys
    }


def export_settings(shop: Shop, *, template: bool = False) -> str:
    """All settings as a JSON text; a template leaves out the shop's identity and secrets."""
    values = load_settings(shop)
    chosen = {
        setting.key: value_of(values, setting.key)
        for setting in SETTINGS
        if not setting.secret and not (template and setting.identity)
    }
    content = {"format": _FORMAT, "schema": _SCHEMA, "settings": chosen}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def import_settings(
    shop: Shop, text: str, now: datetime, by: str = "", *, template: bool = False
) -> list[str]:
    """Set what an exported text holds; gives the keys it set. Raises UsageError, nothing changed.

    With `template` the shop's identity in it is passed over.
    """
    return list(change_settings(shop, exported_values(text, template=template), now, by))


def exported_values(text: str, *, template: bool = False) -> dict[str, Any]:
    """The values an exported text holds, not checked yet.

    Raises UnreadableFile when it is none, UsageError on a key that does not exist.
    """
    try:
        content = json.loads(text)
        values = dict(content["settings"]) if content["format"] == _FORMAT else None
        newer = int(content.get("schema", 0)) > _SCHEMA
    except (ValueError, KeyError, TypeError, RecursionError):
        values = None
    if values is None:
        raise UnreadableFile(
            "Ce fichier n'est pas un export de réglages : faites-le avec « settings export »."
        )
    if newer:
        raise UnreadableFile(
            "Ce fichier de réglages vient d'une version plus récente du programme : mettez "
            "celui-ci à jour."
        )
    if any(setting_of(key).secret for key in values):
        raise UnreadableFile(
            "Ce fichier de réglages porte un mot de passe en clair : retirez-le du fichier, puis "
            "saisissez-le dans les paramètres."
        )
    if template:
        values = {k: v for k, v in values.items() if not setting_of(k).identity}
    return values
