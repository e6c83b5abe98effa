"""Views for people and other modules: TinyDB files that the journal can always make again.

`closures/AAAA` (year of the closure's own moment, so that past years never change) holds one row a
closure with its place in the journal; `summaries/AAAA-MM-JJ` the articles sold on a business day;
`catalogue` the articles ever seen; `corrections`, `settings`, `users` and `jobs` what they say;
`editions/AAAA-MM` the papers handed out of a month's closures, `parcels/AAAA-MM` what was sent out.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tinydb import where

from app.store import disk
from app.store.documents import Documents
from app.store.journal import Kept

VIEWED = frozenset({"closure", "correction", "setting", "user", "job"})
_ACCESS = frozenset({"pin_set", "recovery_issued", "recovery_used"})
VIEWED_EVENTS = frozenset({"edition", "edition_void", "parcel"}) | _ACCESS
_FOLDERS = ("closures/", "summaries/", "jobs-done/", "editions/", "parcels/")
_ARTICLE_FIELDS = ("code", "label", "family", "nature", "vat")


def is_viewed(record: Mapping[str, Any] | None) -> bool:
    """Whether a view says what a record says."""
    if record is None:
        return False
    if record["type"] == "event":
        return record["body"].get("event") in VIEWED_EVENTS
    return record["type"] in VIEWED


def files_of(record: Mapping[str, Any]) -> Iterator[str]:
    """The files that a viewed record fills; not the summaries, which are a file a day."""
    body, kind = record["body"], record["type"]
    if kind == "closure":
        yield f"closures/{body['closed_at'][:4]}"
        if body.get("articles"):
            yield "catalogue"
        if body["follow_ups"]:
            yield "jobs"
    elif kind == "job":
        yield f"jobs-done/{body['at'][:4]}"
    elif kind == "event" and body["event"] in _ACCESS:
        yield "users"
    elif kind == "event":
        folder = "parcels" if body["event"] == "parcel" else "editions"
        yield f"{folder}/{body['detail']['period']}"
    else:
        yield {"correction": "corrections", "setting": "settings", "user": "users"}[kind]


def summary_of(record: Mapping[str, Any]) -> str:
    """The file of the articles that a closure sold; "" when there is none."""
    body = record["body"]
    is_one = record["type"] == "closure" and body.get("articles")
    return f"summaries/{body['business_day']}" if is_one else ""


def closure_row(kept: Kept) -> dict[str, Any]:
    """What lists show of a closure, and where its record lies."""
    body = _body(kept)
    return {
        "id": body["id"],
        "kind": body["kind"],
        "code": body["code"],
        "number": body["number"],
        "business_day": body["business_day"],
        "closed_at": body["closed_at"],
        "by": body["by"],
        "tickets": body["figures"]["tickets"],
        "total": body["figures"]["total"],
        "position": list(kept.position),
        "length": kept.length,
    }


class Views:
    """The derived files of one data folder."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def keep(self, records: Iterable[Kept], only: Container[str] | None = None) -> None:
        """Show what records say; one that is shown already changes nothing.

        `only`: in these files and no other.
        """
        by_type: dict[str, list[Kept]] = {}
        for kept in records:
            by_type.setdefault(_shown_as(kept), []).append(kept)
        self._keep_closures(by_type.get("closure", []), _Wanted(only))
        self._keep_corrections(by_type.get("correction", []))
        self._keep_values("settings", "key", by_type.get("setting", []))
        self._keep_users(by_type.get("user", []))
        self._keep_finished_jobs(by_type.get("job", []), _Wanted(only))
        self._keep_events(by_type.get("event", []))

    def shows(self, name: str) -> bool:
        """Whether a file of documents is a view, which `keep` makes again from the journal."""
        kept = ("settings", "users", "corrections", "catalogue", "jobs")
        return name in kept or name.startswith(_FOLDERS)

    def clear(self) -> None:
        """Remove the views that `keep` makes again from the journal, but for the tries of jobs."""
        cleared = ("closures", "summaries", "editions", "parcels")
        names = [name for folder in cleared for name in self._documents.names(folder)]
        for name in [*names, "catalogue", "corrections", "settings", "users"]:
            disk.remove_file(self._documents.path(name))

    def closures(self) -> Iterator[dict[str, Any]]:
        """All closure rows, oldest year first, in the order they were made."""
        for name in self._documents.names("closures"):
            yield from self._documents.rows(name)

    def closure(self, closure_id: str) -> dict[str, Any] | None:
        """One closure's row; the newest years are looked through first."""
        for name in reversed(self._documents.names("closures")):
            for row in self._documents.rows(name):
                if row["id"] == closure_id:
                    return row
        return None

    def _keep_closures(self, records: list[Kept], wanted: _Wanted) -> None:
        by_year: dict[str, list[Kept]] = {}
        for kept in records:
            by_year.setdefault(_body(kept)["closed_at"][:4], []).append(kept)
        for year, members in sorted(by_year.items()):
            if f"closures/{year}" not in wanted:
                continue
            with self._documents.open(f"closures/{year}") as database:
                table = database.table("rows")
                known = {row["id"] for row in table.all()}
                rows = (closure_row(kept) for kept in members)
                table.insert_multiple(row for row in rows if row["id"] not in known)
        for kept in records:
            self._keep_articles(_body(kept), wanted)
        if "jobs" in wanted:
            self._hang_jobs([_body(kept) for kept in records])

    def _keep_articles(self, body: Mapping[str, Any], wanted: _Wanted) -> None:
        articles = body.get("articles")
        if not articles:
            return
        name = f"summaries/{body['business_day']}"
        if name in wanted:
            row = {"closure": body["id"], "articles": articles}
            with self._documents.open(name) as database:
                database.table("rows").upsert(row, where("closure") == body["id"])
        if "catalogue" in wanted:
            self._learn(articles)

    def _learn(self, articles: list[dict[str, Any]]) -> None:
        seen = {(a["code"], a["label"]): {f: a[f] for f in _ARTICLE_FIELDS} for a in articles}
        known = {(a["code"], a["label"]): a for a in self._documents.rows("catalogue")}
        if all(known.get(key) == article for key, article in seen.items()):
            return
        with self._documents.open("catalogue") as database:
            table = database.table("rows")
            table.truncate()
            table.insert_multiple((known | seen).values())

    def _hang_jobs(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        hung = [(body, job) for body in bodies for job in body["follow_ups"]]
        if not hung:
            return
        finished = {
            row["id"]
            for name in self._documents.names("jobs-done")
            for row in self._documents.rows(name)
        }
        with self._documents.open("jobs") as database:
            table = database.table("rows")
            known = {row["id"] for row in table.all()} | finished
            rows = (waiting_job(job, body["id"], body["closed_at"]) for body, job in hung)
            table.insert_multiple(row for row in rows if row["id"] not in known)

    def _keep_finished_jobs(self, records: list[Kept], wanted: _Wanted) -> None:
        for kept in records:
            body = dict(_body(kept))
            name = f"jobs-done/{body['at'][:4]}"
            if name in wanted:
                with self._documents.open(name) as database:
                    database.table("rows").upsert(body, where("id") == body["id"])
            if "jobs" in wanted:
                with self._documents.open("jobs") as database:
                    database.table("rows").remove(where("id") == body["id"])

    def _keep_events(self, records: list[Kept]) -> None:
        for kept in records:
            body = _body(kept)
            detail = {**body["detail"], "at": body["at"], "by": body["by"]}
            if body["event"] == "parcel":
                with self._documents.open(f"parcels/{detail['period']}") as database:
                    database.table("rows").upsert(detail, where("id") == detail["id"])
                continue
            key = [detail["closure"], detail["medium"], detail["number"]]
            with self._documents.open(f"editions/{detail['period']}") as database:
                table = database.table("rows")
                table.remove(where("key") == key)
                if body["event"] == "edition":
                    table.insert({**detail, "key": key})

    def _keep_corrections(self, records: list[Kept]) -> None:
        if not records:
            return
        with self._documents.open("corrections") as database:
            table = database.table("rows")
            known = [dict(row) for row in table.all()]
            for kept in records:
                if _body(kept) not in known:
                    table.insert(_body(kept))

    def _keep_users(self, records: list[Kept]) -> None:
        """Who there is, and who was given a PIN: the PIN itself is in no view.

        In the journal's order: a name removed and added again has no PIN any more.
        """
        if not records:
            return
        with self._documents.open("users") as database:
            rows, sheet = database.table("rows"), database.table("recovery")
            for kept in records:
                body = _body(kept)
                event, detail = body.get("event"), body.get("detail", {})
                if event is None and body.get("removed"):
                    rows.remove(where("name") == body["name"])
                elif event is None:
                    rows.upsert(dict(body), where("name") == body["name"])
                elif event == "recovery_issued":
                    sheet.truncate()
                    sheet.insert(dict(detail))
                else:
                    rows.update({"pin": True}, where("name") == detail["name"])
                    if event == "recovery_used":
                        sheet.truncate()

    def _keep_values(self, name: str, key: str, records: list[Kept]) -> None:
        if not records:
            return
        with self._documents.open(name) as database:
            table = database.table("rows")
            for kept in records:
                body = _body(kept)
                if body.get("removed"):
                    table.remove(where(key) == body[key])
                else:
                    table.upsert(dict(body), where(key) == body[key])


class _Wanted:
    """The files to be written: all, or some."""

    def __init__(self, only: Container[str] | None) -> None:
        self._only = only

    def __contains__(self, name: str) -> bool:
        return self._only is None or name in self._only


def _shown_as(kept: Kept) -> str:
    """The type of a record; who has a PIN belongs to the users."""
    record = kept.record or {}
    is_access = record["type"] == "event" and record["body"].get("event") in _ACCESS
    return "user" if is_access else str(record["type"])


def waiting_job(job: str, closure: str, at: str) -> dict[str, Any]:
    """A job that waits for its first try (`at`: ISO moment)."""
    return {
        "id": f"{closure}/{job}",
        "job": job,
        "closure": closure,
        "state": "pending",
        "attempts": 0,
        "next_try": at,
        "detail": "",
    }


def _body(kept: Kept) -> dict[str, Any]:
    body: dict[str, Any] = kept.record["body"] if kept.record is not None else {}
    return body
