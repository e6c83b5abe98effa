"""The one place that knows every part: it puts them together and hands them to the front."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from app import __version__
from app.cli.command_line import run_command
from app.cli.program import Program
from app.domain.moments import PARIS
from app.services.jobs import Handler
from app.store.day_log import keep_log
from app.store.shop import Shop, opened

FOLLOW_UPS: Mapping[str, Handler] = {}
"""The jobs hung on closures, by name; each module that brings one adds it here."""


def paris_now() -> datetime:
    """The moment of the PC's clock: the only clock of real records."""
    return datetime.now(PARIS)


def run(
    arguments: Sequence[str],
    *,
    clock: Callable[[], datetime] = paris_now,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run one command and give its exit code (contract, chapter 3)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    return run_command(
        arguments,
        lambda folder: program(folder, clock, stdin or sys.stdin),
        stdout or sys.stdout,
        stderr or sys.stderr,
    )


def program(folder: Path | None, clock: Callable[[], datetime], stdin: TextIO) -> Program:
    """The program on one data folder, ready for a front (None: the default folder)."""
    from app.formats.profile_files import find_profile, list_profiles
    from app.formats.read_tickets import read_tickets

    folder = folder or default_folder()
    profiles = [assets_folder() / "profiles", folder / "profiles"]

    def open_shop(
        *, create: bool = False, simulation: bool = False
    ) -> AbstractContextManager[Shop]:
        return opened(
            folder, clock, create=create, simulation=simulation, follow_ups=tuple(FOLLOW_UPS)
        )

    return Program(
        version=__version__,
        folder=folder,
        clock=clock,
        stdin=stdin,
        open_shop=open_shop,
        find_profile=lambda name: find_profile(name, profiles),
        list_profiles=lambda: list_profiles(profiles),
        read_tickets=read_tickets,
        follow_ups=FOLLOW_UPS,
        keep_log=lambda: keep_log(folder / "Log", clock),
    )


def default_folder() -> Path:
    """`CLOTURE_DATA`, else the folder all till users share (Windows) or the user's own data."""
    named = os.environ.get("CLOTURE_DATA")
    if named:
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Cloture"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "Cloture"


def assets_folder() -> Path:
    """The bundled assets, in the unpacking folder of the .exe or beside `main.py`."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle or Path(__file__).resolve().parent.parent) / "assets"
