"""A record of the journal in the shop's words: « le ticket n° 150040 du 02/01/2021 »."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.moments import french_date, french_moment, moment_from_text
from app.domain.scope import CAISSE, GENERAL, MONTH, POSTE, YEAR

_MOVES = {"in": "l'entrée de caisse", "out": "la sortie de caisse", "float": "le fond de caisse"}


def record_name(record: Mapping[str, Any] | None) -> str:
    """How a person calls a record, with its article; never fails, whatever became of it."""
    try:
        return _name(record) if record is not None else "une ligne illisible"
    except (KeyError, TypeError, ValueError, AttributeError):
        return "un enregistrement abîmé"


def closure_name(body: Mapping[str, Any]) -> str:
    """« la clôture GÉNÉRALE n° 3 (G000003) du 04/01/2021 »."""
    day = french_date(date.fromisoformat(body["business_day"]))
    if body["kind"] == MONTH:
        return f"la clôture du mois {body['code']}"
    if body["kind"] == YEAR:
        return f"la clôture de l'exercice {body['code']}"
    titles = {
        GENERAL: "GÉNÉRALE",
        POSTE: f"POSTE {body['code']}",
        CAISSE: f"CAISSE {body['code']}",
    }
    return f"la clôture {titles[body['kind']]} n° {body['number']} ({body['id']}) du {day}"


def _name(record: Mapping[str, Any]) -> str:
    body = record["body"]
    kind = record["type"]
    if kind == "ticket":
        return _ticket_name(body)
    if kind == "conflict":
        return f"le double non conservé : {_ticket_name(body['ticket'])}"
    if kind == "closure":
        return closure_name(body)
    when = french_moment(moment_from_text(body["created" if kind == "opening" else "at"]))
    if kind == "move":
        return f"{_MOVES[body['kind']]} {body['drawer']} du {when}"
    named = {
        "opening": "l'ouverture du dossier",
        "correction": f"la correction du comptage de {body.get('closure')}",
        "setting": f"le changement du réglage {body.get('key')}",
        "user": f"le changement de l'utilisateur {body.get('name')}",
        "job": f"la fin du travail {body.get('id')}",
        "event": f"l'évènement « {body.get('event')} »",
    }
    return f"{named.get(kind, f'un enregistrement « {kind} »')} du {when}"


def _ticket_name(body: Mapping[str, Any]) -> str:
    at = moment_from_text(body["at"])
    if body.get("number"):
        return f"le ticket n° {body['number']} du {french_date(at.date())}"
    return f"le ticket sans numéro du {french_moment(at)}"
