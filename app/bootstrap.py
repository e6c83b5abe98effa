"""The one place that knows every part: it puts them together and hands them to the front."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from app import __version__
from app.cli.command_line import run_command
from app.cli.program import Program
from app.domain.moments import PARIS
from app.services.add_till import TillMaking
from app.services.browse import Browse
from app.services.day_log import DayLogs
from app.services.jobs import Handler
from app.services.mail_z import mail_follow_up
from app.services.paper import Paper
from app.services.post import Post
from app.services.printing import print_follow_up
from app.services.ticket_sources import TicketSources
from app.store import disk
from app.store.browsing import list_folder, list_places
from app.store.day_log import keep_log, logged_days, read_log
from app.store.followed_files import FollowedFiles
from app.store.inbox_files import InboxFiles
from app.store.shop_door import ShopDoor
from app.store.witness import Witness, witness_path

if TYPE_CHECKING:
    from app.domain.ticket import Ticket
    from app.formats.profile import Profile
    from app.formats.proposing.propose import Proposal
    from app.formats.rejected import Rejected


def paper() -> Paper:
    """What lays reports out and prints them."""
    from app.formats.report_escpos import report_escpos
    from app.formats.report_pdf import report_pdf
    from app.formats.report_text import report_text
    from app.printers import PRINTERS, windows

    return Paper(
        text=report_text,
        escpos=report_escpos,
        pdf=lambda report: report_pdf(report, assets_folder() / "fonts"),
        printers={module.NAME: module for module in PRINTERS},
        queues=windows.queues,
    )


def post() -> Post:
    """What sends parcels out."""
    from app.transports import TRANSPORTS

    return Post({module.NAME: module for module in TRANSPORTS})


FOLLOW_UPS: Mapping[str, Handler] = {
    "print": print_follow_up(paper),
    "mail": mail_follow_up(paper, post),
}
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
        lambda folder, tell, anew: program(
            folder, clock, stdin or sys.stdin, tell=tell, begin_anew=anew
        ),
        stdout or sys.stdout,
        stderr or sys.stderr,
    )


def program(
    folder: Path | None,
    clock: Callable[[], datetime],
    stdin: TextIO,
    *,
    tell: Callable[[str], None] = lambda sentence: None,
    begin_anew: bool = False,
) -> Program:
    """The program on one data folder, ready for a front (None: the default folder).

    `tell` gets sentences that a person must read whatever the front is doing; `begin_anew` allows
    an empty folder where this PC has known a shop.
    """
    from app.formats.profile_files import find_profile, known_profiles, list_profiles
    from app.formats.read_tickets import is_second_file, read_payments
    from app.formats.read_tickets import read_tickets as read_file

    folder = folder or default_folder()
    profiles = [assets_folder() / "profiles", folder / "profiles"]

    def read_tickets(path: Path, profile: Profile, **more: Any) -> Iterator[Ticket | Rejected]:
        more = {"known": known_profiles(profiles), **more}
        return read_file(path, profile, **more)

    witness = Witness(witness_path(), lambda: clock().strftime("%Y%m%d-%H%M%S"))
    door = ShopDoor(
        folder, clock, witness, tell, follow_ups=tuple(FOLLOW_UPS), begin_anew=begin_anew
    )
    sources = TicketSources(
        inbox=InboxFiles(folder / "inbox"),
        followed=FollowedFiles(folder / ".suivi"),
        find_profile=lambda name: find_profile(name, profiles),
        read_tickets=read_tickets,
        records_start=records_start,
        is_second=is_second_file,
        read_payments=read_payments,
    )
    return Program(
        version=__version__,
        folder=folder,
        clock=clock,
        stdin=stdin,
        open_shop=door.open,
        find_profile=sources.find_profile,
        list_profiles=lambda: list_profiles(profiles),
        read_tickets=read_tickets,
        ticket_sources=sources,
        till_making=till_making(profiles, sources),
        browse=Browse(lambda: list_places(folder / "inbox"), list_folder),
        day_logs=DayLogs(
            lambda: logged_days(folder / "Log"), lambda day: read_log(folder / "Log", day)
        ),
        follow_ups=FOLLOW_UPS,
        open_kiosk=show_kiosk,
        keep_log=lambda: keep_log(folder / "Log", clock),
        write_file=disk.write_atomic,
        paper=paper,
        post=post,
    )


def till_making(folders: Sequence[Path], sources: TicketSources) -> TillMaking:
    """What « Ajouter une caisse » gets; `folders` are the program's profiles and the shop's."""
    from app.formats.profile_files import checked_profile

    bundled, own = folders

    def propose_from(files: Sequence[Path], name: str, changes: Mapping[str, str]) -> Proposal:
        from app.formats.proposing.propose import propose  # only this needs it
        from app.formats.proposing.tables import read_table

        return propose([read_table(path) for path in files], name, changes)

    def keep(name: str, text: bytes) -> Path:
        path = own / f"{name}.json"
        disk.write_atomic(path, text)
        return path

    def owner_of(name: str) -> str:
        for folder, owner in ((bundled, "program"), (own, "shop")):
            if (folder / f"{name}.json").exists():
                return owner
        return ""

    return TillMaking(propose_from, checked_profile, keep, owner_of, sources)


def show_kiosk(program: Program, windowed: bool) -> None:
    """Open the kiosk, full screen or in a window; returns when it is closed."""
    from app.ui.kiosk import open_kiosk  # a command has no use for a window's libraries

    open_kiosk(program, windowed=windowed)


def records_start(path: Path, profile: Profile) -> int:
    """The byte at which the tickets of a file begin, after its header. Raises UnreadableFile."""
    from app.formats.row_sources import source_of

    source = source_of(profile)
    with source.opened(path, profile) as text:
        return source.reader(text, profile).start


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
