"""A Z or a month's recap written as a PDF where a person wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.moments import business_day
from app.domain.report import Report
from app.domain.settings import day_change_of
from app.errors import AppError
from app.services.closures import show_closure
from app.services.editions import PDF, give_back, next_edition
from app.services.monthly_recap import monthly_recap
from app.services.named_places import is_folder, named_place
from app.services.paper import Paper
from app.services.recap_report import recap_report
from app.services.settings import load_settings
from app.services.z_report import z_report

if TYPE_CHECKING:
    from app.store.shop import Shop

WriteFile = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written; `edition` its number among a closure's papers (0: not counted)."""

    path: Path
    edition: int = 0


def write_z(
    shop: Shop,
    paper: Paper,
    write_file: WriteFile,
    closure_id: str,
    path: Path,
    now: datetime,
    *,
    by: str = "",
    into_folder: bool = False,
) -> Written:
    """Write a closure's Z as a PDF, under the usual name in a folder.

    `into_folder`: `path` is one of ours, made if need be; else its folder must be there. Raises
    NotFound, DiskFull or DataFolderError; a file that could not be written counts for nothing.
    """
    body = show_closure(shop, closure_id)
    _check_place(path, into_folder)
    edition = next_edition(shop, body, PDF, now, by)
    report = z_report(body, load_settings(shop), edition)
    target = _target(path, report, into_folder)
    try:
        write_file(target, paper.pdf(report))
    except AppError:
        give_back(shop, body, PDF, edition, now)
        raise
    return Written(target, edition.number)


def write_recap(
    shop: Shop,
    paper: Paper,
    write_file: WriteFile,
    month: str,
    path: Path,
    now: datetime,
    *,
    into_folder: bool = False,
) -> Written:
    """Write a month's recap as a PDF, under the usual name in a folder as `write_z` does.

    Raises DiskFull or DataFolderError.
    """
    _check_place(path, into_folder)
    report = month_report(shop, month, now)
    target = _target(path, report, into_folder)
    write_file(target, paper.pdf(report))
    return Written(target)


def month_report(shop: Shop, month: str, now: datetime) -> Report:
    """The recap of a month as a report."""
    settings = load_settings(shop)
    recap = monthly_recap(shop, month, business_day(now, day_change_of(settings)))
    return recap_report(recap, settings, now, simulation=shop.ledger.simulation)


def _check_place(path: Path, into_folder: bool) -> None:
    if not into_folder and not is_folder(path):
        named_place(path)


def _target(path: Path, report: Report, into_folder: bool) -> Path:
    return path / f"{report.name}.pdf" if into_folder or is_folder(path) else path
