"""A proposed profile and what the till's files hold by it, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.cli.import_text import finding_lines
from app.domain.findings import finding_json
from app.domain.moments import french_date, french_moment
from app.domain.money import euros
from app.domain.ticket import Ticket, content_json
from app.domain.words import count_of
from app.services.add_till import Trial
from app.services.till_questions import ColumnRow, column_rows, questions

_SHOWN_TICKETS = 5
_SHOWN_REJECTIONS = 5
_SHOWN_DAYS = 20


def proposal_text(trial: Trial, name: str, saved: Path | None) -> Iterator[str]:
    """The proposal as it is read aloud: columns, choices, doubts, days, first tickets."""
    rows = column_rows(trial.proposal)
    yield f"Proposition « {name} » : {_how(trial.proposal.data)}"
    yield "Colonnes :"
    yield from (_column_line(row) for row in rows if not row.second and row.column)
    if trial.proposal.second is not None:
        yield f"Colonnes du fichier des règlements, {trial.proposal.second.name} :"
        yield from (_column_line(row) for row in rows if row.second and row.column)
    yield "Choix :"
    yield from (f"  {q.label} : {q.answer or 'à dire'}" for q in questions(trial.proposal))
    if trial.proposal.doubts:
        yield "À vérifier :"
        yield from (f"  {doubt}" for doubt in trial.proposal.doubts)
    yield from _preview_lines(trial)
    if saved is None:
        yield "Rien n'est gardé. Si les totaux sont ceux de la caisse : --name NOM --save."
    else:
        yield f"Profil « {name} » gardé : {saved}"


def proposal_json(trial: Trial, name: str, label: str, saved: Path | None) -> dict[str, Any]:
    """The same for a script."""
    proposal, seen = trial.proposal, trial.preview
    return {
        "name": name,
        "profile": {**proposal.data, "label": label or name},
        "columns": [
            {"key": row.key, "column": row.column or None, "example": row.example}
            for row in column_rows(proposal)
        ],
        "questions": [
            {"key": q.key, "value": q.value, "choices": [value for value, _ in q.choices]}
            for q in questions(proposal)
        ],
        "doubts": list(proposal.doubts),
        "tickets": seen.tickets,
        "total": seen.total,
        "days": [
            {"day": day.day.isoformat(), "tickets": day.tickets, "total": day.total}
            for day in seen.days
        ],
        "first": [content_json(ticket) for ticket in seen.first[:_SHOWN_TICKETS]],
        "rejected": seen.rejected,
        "rejections": [{"line": r.line, "reason": r.reason} for r in seen.rejections],
        "findings": [finding_json(finding) for finding in seen.findings],
        "saved": None if saved is None else str(saved),
    }


def _how(data: Mapping[str, Any]) -> str:
    if data["format"] == "spreadsheet":
        return "classeur Excel."
    separators = {"\t": "une tabulation", ";": "un point-virgule", ",": "une virgule"}
    sign = separators.get(data["separator"], f"« {data['separator']} »")
    encoding = data["encoding"]
    written = encoding if isinstance(encoding, str) else " ou ".join(encoding)
    return f"texte ({written}), {sign} entre les colonnes."


def _column_line(row: ColumnRow) -> str:
    example = f"   ex. {row.example}" if row.example else ""
    return f"  {row.label:24} {row.column:24}{example}".rstrip()


def _preview_lines(trial: Trial) -> Iterator[str]:
    seen = trial.preview
    yield "Totaux à comparer avec ceux de la caisse :"
    for day in seen.days[:_SHOWN_DAYS]:
        tickets = count_of(day.tickets, "ticket")
        yield f"  {french_date(day.day)} : {tickets}, {euros(day.total)}"
    if len(seen.days) > _SHOWN_DAYS:
        more = count_of(len(seen.days) - _SHOWN_DAYS, "autre jour", "autres jours")
        yield f"  et {more}, en tout {count_of(seen.tickets, 'ticket')}, {euros(seen.total)}"
    if seen.first:
        yield "Premiers tickets :"
        yield from (_ticket_line(ticket) for ticket in seen.first[:_SHOWN_TICKETS])
    if seen.rejected:
        lines = count_of(seen.rejected, "ligne ne se lit pas", "lignes ne se lisent pas")
        yield f"{lines} :"
        for item in seen.rejections[:_SHOWN_REJECTIONS]:
            yield f"  ligne {item.line} : {item.reason}"
    yield from finding_lines(seen.findings)


def _ticket_line(ticket: Ticket) -> str:
    total = euros(sum(line.total for line in ticket.lines))
    labels = ", ".join(line.label for line in ticket.lines)
    shown = labels if len(labels) <= 60 else f"{labels[:60]}…"
    return f"  {ticket.number or 'sans numéro'}, {french_moment(ticket.at)}, {total} : {shown}"
