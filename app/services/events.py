"""What happened in the shop's record beside sales and closures, one French line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.moments import business_day, moment_from_text
from app.domain.money import euros
from app.domain.settings import day_change_of, setting_of
from app.domain.words import count_of
from app.errors import UsageError
from app.services.settings import load_settings

if TYPE_CHECKING:
    from app.store.shop import Shop

TYPES = ("opening", "event", "setting", "user", "move", "correction", "job")
_MOVES = {"in": "entrée de", "out": "sortie de", "float": "fond de caisse déclaré :"}
_EVENTS = {
    "tail_set_aside": "Écriture interrompue mise de côté ({file})",
    "records_missing": "La fin du journal a été perdue ; l'ancien état est gardé ({file})",
    "view_remade": "Refait depuis le journal, car manquant ou illisible ({count}) : {files}",
    "file_lost": "Perdu, car le journal ne l'a pas : {files}",
    "inbox_opened": "Dossier de réception ouvert",
    "first_start": "Premier démarrage",
    "till_added": "Caisse « {label} » ajoutée (profil {profile})",
    "pin_set": "Code de {name} changé",
    "recovery_issued": "Fiche de secours éditée",
    "recovery_used": "Fiche de secours utilisée pour {name}",
    "wrong_pin": "Code faux de {name} (essai {errors})",
    "wrong_recovery_code": "Code de secours faux (essai {errors})",
}

_PARCELS = {
    "ready": "préparé",
    "ending": "en cours",
    "sent": "parti",
    "unsure": "peut-être parti",
    "refused": "adresse refusée",
}


def list_events(shop: Shop, first: date | None = None) -> list[dict[str, Any]]:
    """The events from a business day on, in the journal's order.

    Each has `at`, `by`, `type`, `event` (what it is within its type), `text` for a person and
    `detail`, the record's own content.
    """
    day_change = day_change_of(load_settings(shop))
    events = []
    for kept in shop.records(*TYPES):
        if kept.record is None:
            continue
        event = event_of(kept.record["type"], kept.record["body"])
        at = moment_from_text(event["at"])
        if first is None or business_day(at, day_change) >= first:
            events.append(event)
    return events


def event_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """One record of `TYPES` as an event."""
    name = body.get("event") or {"move": body.get("kind")}.get(kind) or kind
    return {
        "at": body["created"] if kind == "opening" else body["at"],
        "by": body.get("by", ""),
        "type": kind,
        "event": name,
        "text": _TEXTS[kind](body),
        "detail": _without_secrets(kind, body),
    }


def _without_secrets(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    if body.get("event") == "recovery_issued":
        return {**body, "detail": {}}  # what a sheet's code is checked with is nobody's to see
    hidden = ("old", "new") if kind == "setting" and _is_secret(body["key"]) else ()
    return {key: value for key, value in body.items() if key not in hidden}


def _is_secret(key: str) -> bool:
    try:
        return setting_of(key).secret
    except UsageError:
        return False  # a setting of another version of the program


def _opening_text(body: Mapping[str, Any]) -> str:
    return "Dossier ouvert" + (" (SIMULATION)" if body["simulation"] else "")


def _event_text(body: Mapping[str, Any]) -> str:
    name, detail = body["event"], body["detail"]
    if name in _TOLD_APART:
        return _TOLD_APART[name](detail)
    try:
        said = {k: ", ".join(v) if isinstance(v, list) else v for k, v in detail.items()}
        return _EVENTS[name].format(**said)
    except KeyError:
        shown = ", ".join(f"{key} : {value}" for key, value in sorted(detail.items()))
        return f"{name} ({shown})" if shown else str(name)


def _import_text(detail: Mapping[str, Any]) -> str:
    parts = [count_of(detail["accepted"], "ticket pris", "tickets pris")]
    for key, one, several in (
        ("duplicates", "déjà connu", "déjà connus"),
        ("conflicts", "en conflit", "en conflit"),
        ("rejected", "ligne illisible", "lignes illisibles"),
    ):
        parts += [count_of(detail[key], one, several)] if detail[key] else []
    return f"Import de {detail['file']} : {', '.join(parts)}"


def _edition_text(detail: Mapping[str, Any]) -> str:
    number = detail["number"]
    how = "imprimé" if detail["medium"] == "paper" else "édité en PDF"
    which = "original" if number == 1 else f"DUPLICATA n° {number - 1}"
    return f"Z {detail['closure']} {how} ({which})"


def _edition_void_text(detail: Mapping[str, Any]) -> str:
    return f"{_edition_text(detail)} : rien n'est sorti, le numéro servira de nouveau"


def _parcel_text(detail: Mapping[str, Any]) -> str:
    state = _PARCELS.get(detail["state"], detail["state"])
    return f"Envoi {detail['id']} à {detail['to']} : {state}"


_TOLD_APART: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "import": _import_text,
    "edition": _edition_text,
    "edition_void": _edition_void_text,
    "parcel": _parcel_text,
}


def _setting_text(body: Mapping[str, Any]) -> str:
    try:
        label = setting_of(body["key"]).label
    except UsageError:
        label = body["key"]
    if _is_secret(body["key"]):
        return f"Réglage « {label} » {'enregistré' if body.get('new') else 'effacé'}"
    return f"Réglage « {label} » : {_value(body.get('old'))} → {_value(body.get('new'))}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "rien"
    return "rien" if value in ("", None) else str(value)


def _user_text(body: Mapping[str, Any]) -> str:
    if body.get("removed"):
        return f"Utilisateur {body['name']} retiré"
    return f"Utilisateur {body['name']} : {body.get('role', '')}"


def _move_text(body: Mapping[str, Any]) -> str:
    reason = f" ({body['reason']})" if body.get("reason") else ""
    return f"Tiroir {body['drawer']} : {_MOVES[body['kind']]} {euros(body['amount'])}{reason}"


def _correction_text(body: Mapping[str, Any]) -> str:
    before, after = body["before"], body["after"]
    reason = f" ({after['reason']})" if after.get("reason") else ""
    return (
        f"Comptage de {body['closure']}, tiroir {body['drawer']}, corrigé : "
        f"{_amount(before['counted'])} → {_amount(after['counted'])}{reason}"
    )


def _amount(cents: int | None) -> str:
    return "non compté" if cents is None else euros(cents)


def _job_text(body: Mapping[str, Any]) -> str:
    detail = f" ({body['detail']})" if body.get("detail") else ""
    return f"Travail {body['id']} fait{detail}"


_TEXTS = {
    "opening": _opening_text,
    "event": _event_text,
    "setting": _setting_text,
    "user": _user_text,
    "move": _move_text,
    "correction": _correction_text,
    "job": _job_text,
}
