"""The file for support: one zip that tells what is going on, without secrets or tickets.

It holds the last logs, the settings without the shop's identity (but its name) and without secrets,
the list of files, versions, the last closures, the waiting jobs and what `verify` says. A part that
can't be made says why in its place: the file is most needed when something is broken.
"""

from __future__ import annotations

import io
import json
import platform
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.settings import text_of
from app.errors import AppError
from app.services.closures import list_closures
from app.services.jobs import waiting_jobs
from app.services.secrets import secret_states
from app.services.settings import export_settings, load_settings
from app.services.verify import report_json, verify

if TYPE_CHECKING:
    from app.store.shop import Shop

_LOG_DAYS = 14
_MOST_OF_A_LOG = 2 << 20
_MOST_FILES = 20_000
_MOST_CLOSURES = 60
_ADDRESS = re.compile(r"""[^\s@"'(<]+(?=@)""")
_ADDRESS_BYTES = re.compile(rb"""[^\s@"'(<]+(?=@)""")
_HIDDEN = "***"  # whose mail it is is nobody's business; which provider may be the trouble
_MOST_VERIFIED = 40 << 20  # bytes of journal that are checked in a few seconds


def support_file(
    folder: Path, shop: Shop | None, problem: str, version: str, now: datetime
) -> bytes:
    """The zip of a data folder. `shop` is None when it did not open: `problem` says why."""
    parts: dict[str, Callable[[], Any]] = {
        "programme.json": lambda: _program(folder, problem, version, now),
        "fichiers.txt": lambda: "\n".join(_files(folder)) + "\n",
    }
    if shop is not None:
        parts |= _shop_parts(shop)
    content = {name: _made(make) for name, make in parts.items()}
    content |= _logs(folder / "Log", now)
    return _zipped(content, now)


def support_name(now: datetime) -> str:
    """The file's usual name: `cloture-support-20260105-1930.zip`."""
    return f"cloture-support-{now:%Y%m%d-%H%M}.zip"


def _shop_parts(shop: Shop) -> dict[str, Callable[[], Any]]:
    return {
        "reglages.json": lambda: _settings(shop),
        "clotures.json": lambda: _closures(shop),
        "travaux.json": lambda: _without_addresses(shop.documents.rows("jobs")),
        "verification.json": lambda: _verified(shop),
        "etat.json": lambda: _state(shop),
    }


def _made(make: Callable[[], Any]) -> bytes:
    """A part's bytes, or what went wrong: the other parts are made all the same."""
    try:
        content = make()
    except Exception as error:
        content = f"Cette partie n'a pas pu être faite : {error!r}\n"
    if not isinstance(content, str):
        content = json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"
    return content.encode("utf-8", "replace")


def _program(folder: Path, problem: str, version: str, now: datetime) -> dict[str, Any]:
    return {
        "made_at": now.isoformat(),
        "program": version,
        "python": sys.version,
        "system": platform.platform(),
        "machine": platform.machine(),
        "folder": str(folder),
        "problem": problem or None,
    }


def _settings(shop: Shop) -> dict[str, Any]:
    content = json.loads(export_settings(shop, template=True))["settings"]
    name = text_of(load_settings(shop), "shop.name")
    return {"shop.name": name, **content, **secret_states(shop)}


def _without_addresses(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "detail": _ADDRESS.sub(_HIDDEN, row["detail"])} for row in rows]


def _closures(shop: Shop) -> list[dict[str, Any]]:
    """The newest closures, without who made them."""
    rows = list_closures(shop)[-_MOST_CLOSURES:]
    return [{key: value for key, value in row.items() if key != "by"} for row in rows]


def _state(shop: Shop) -> dict[str, Any]:
    """Where the record stands, without a figure of it."""
    ledger = shop.ledger
    return {
        "shop": ledger.shop,
        "simulation": ledger.simulation,
        "last": {series: closure.id for series, closure in ledger.last.items()},
        "open_days": {day: sum(drawers.values()) for day, drawers in ledger.open.items()},
        "drawers": sorted(ledger.drawers),
        "tills": {till: last.at.isoformat() for till, last in ledger.tills.items()},
        "damaged": ledger.damaged,
        "set_aside": [path.name for path in shop.documents.set_aside],
        "waiting_jobs": len(waiting_jobs(shop)),
    }


def _verified(shop: Shop) -> dict[str, Any]:
    size = sum(shop.journal.length(segment) for segment in shop.journal.segments())
    if size > _MOST_VERIFIED:
        return {"ok": None, "skipped": "journal trop long ici : lancez « verify »", "bytes": size}
    try:
        return report_json(verify(shop))
    except AppError as error:
        return {"ok": False, "error": {"code": error.code, "message": str(error)}}


def _files(folder: Path) -> Iterator[str]:
    """Each file's size, moment of change (UTC) and path."""
    count = 0
    for path in sorted(folder.rglob("*")):
        if count == _MOST_FILES:
            yield "…"
            return
        try:
            if not path.is_file():
                continue
            found = path.stat()
        except OSError as error:
            yield f"? {error.strerror} {path.relative_to(folder).as_posix()}"
            continue
        count += 1
        changed = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
        yield f"{found.st_size:>12} {changed} {path.relative_to(folder).as_posix()}"


def _logs(folder: Path, now: datetime) -> dict[str, bytes]:
    oldest = (now.date() - timedelta(days=_LOG_DAYS - 1)).isoformat()
    logs = {}
    for path in sorted(folder.glob("????-??-??.log")):
        if _is_day(path.stem) and path.stem >= oldest:
            logs[f"Log/{path.name}"] = _ADDRESS_BYTES.sub(_HIDDEN.encode(), _tail(path))
    return logs


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _tail(path: Path) -> bytes:
    """The end of a log, where what went wrong is told last."""
    try:
        with open(path, "rb") as source:
            size = source.seek(0, io.SEEK_END)
            source.seek(max(0, size - _MOST_OF_A_LOG))
            return source.read()
    except OSError as error:
        return f"Illisible : {error!r}\n".encode()


def _zipped(content: Mapping[str, bytes], now: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
