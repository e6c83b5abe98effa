"""« Ajouter une caisse »: what a till's files suggest, checked against the till, then kept.

A proposal is made from the files each time, with what the person changed: nothing is kept in
between, so that a screen left and come back to shows the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.settings import first_drawers_of
from app.domain.ticket import Ticket
from app.errors import DataFolderError, UnknownProfile, UsageError
from app.services.import_preview import Preview, preview
from app.services.settings import change_setting, load_settings
from app.services.ticket_sources import TicketSources
from app.services.two_files import parted

if TYPE_CHECKING:
    from datetime import datetime

    from app.formats.profile import Profile
    from app.formats.proposing.propose import Proposal
    from app.formats.rejected import Rejected
    from app.store.shop import Shop

Tell = Callable[[int, int], None]
Changes = Mapping[str, str]

TRIAL = "nouvelle-caisse"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class TillMaking:
    """What « Ajouter une caisse » is handed.

    `propose(paths, name, changes)` looks at the files; `profile_of(data, name)` checks a profile;
    `keep(name, text)` writes a profile's file whole and gives where; `exists(name)` is "" or who
    has this name already: "shop" or "program".
    """

    propose: Callable[[Sequence[Path], str, Changes], Proposal]
    profile_of: Callable[[Mapping[str, Any], str], Profile]
    keep: Callable[[str, bytes], Path]
    exists: Callable[[str], str]
    sources: TicketSources


@dataclass(frozen=True, slots=True)
class Trial:
    """A proposal, and what its files hold when they are read by it."""

    proposal: Proposal
    preview: Preview


@dataclass(frozen=True, slots=True)
class Kept:
    """A till that was added: its profile, and the files to take in first (`second` may be "")."""

    name: str
    label: str
    sales: str
    second: str


def try_files(
    making: TillMaking,
    settings: Mapping[str, Any],
    files: Sequence[Path],
    changes: Changes,
    tell: Tell,
    name: str = TRIAL,
) -> Trial:
    """What these files suggest, and what they hold by it; nothing is kept.

    Raises UnreadableFile when they show no sales, UsageError on a change that makes no sense.
    """
    proposal = making.propose(files, name, changes)
    profile = making.profile_of(proposal.data, name)
    return Trial(proposal, preview(_items(making.sources, settings, files, profile, tell)))


def till_settings(open_shop: Callable[..., AbstractContextManager[Shop]]) -> Mapping[str, Any]:
    """The shop's settings; none where there is no shop yet: a till may be tried before."""
    try:
        with open_shop() as shop:
            return load_settings(shop)
    except DataFolderError:
        return {}


def exists(making: TillMaking, name: str) -> str:
    """Who has a profile of this name already: "shop", "program" or ""."""
    return making.exists(name)


def keep_and_use(
    making: TillMaking,
    shop: Shop,
    files: Sequence[Path],
    changes: Changes,
    label: str,
    now: datetime,
    *,
    by: str = "",
    replace: bool = False,
    usual: bool = False,
) -> Kept:
    """Keep what these files suggest as the till `label`; `usual`: the inbox is of this till.

    Raises as `try_files` and `keep_till` do.
    """
    name = name_from(label)
    check_name(name)
    proposal = making.propose(files, name, changes)
    keep_till(making, shop, proposal, name, now, label=label, by=by, replace=replace)
    if usual:
        change_setting(shop, "tickets.profile", name, now, by)
    profile = making.profile_of(proposal.data, name)
    sales, seconds = parted(making.sources, files, profile)
    return Kept(name, label, str(sales[0]), str(seconds[0]) if seconds else "")


def keep_till(
    making: TillMaking,
    shop: Shop,
    proposal: Proposal,
    name: str,
    now: datetime,
    *,
    label: str = "",
    by: str = "",
    replace: bool = False,
) -> Path:
    """Keep a proposal as the shop's profile `name`; gives its file.

    Raises UsageError when the name can't be one, UnknownProfile when it is taken and `replace` is
    not said, DiskFull or DataFolderError when it can't be written.
    """
    check_name(name)
    owner = making.exists(name)
    if owner == "program":
        raise UnknownProfile(
            f"« {name} » est le nom d'une caisse que le programme connaît déjà ; choisissez un "
            "autre nom."
        )
    if owner and not replace:
        raise UnknownProfile(
            f"La caisse « {name} » existe déjà ; choisissez un autre nom, ou demandez à la "
            "remplacer."
        )
    data = {**proposal.data, "label": label or name}
    making.profile_of(data, name)
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    path = making.keep(name, text.encode("utf-8"))
    with shop.writing():
        shop.append([shop.event("till_added", now, by, {"profile": name, "label": data["label"]})])
    return path


def check_name(name: str) -> None:
    """Raises UsageError when a profile can't be called so."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"« {name} » ne convient pas comme nom : des lettres minuscules sans accent, des "
            "chiffres et des tirets, par exemple caisse-du-marche."
        )


def name_from(label: str) -> str:
    """The name of a profile for what a person calls it; "" when nothing is left of it.

    >>> name_from("Caisse du marché")
    'caisse-du-marche'
    """
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:40].strip("-")


def _items(
    sources: TicketSources,
    settings: Mapping[str, Any],
    files: Sequence[Path],
    profile: Profile,
    tell: Tell,
) -> Iterable[Ticket | Rejected]:
    place = {"till": None, "drawer": None, "first_drawers": first_drawers_of(settings)}
    sales, seconds = parted(sources, files, profile)
    payments = sources.read_payments(seconds, profile, **place) if seconds else None
    read = [
        sources.read_tickets(path, profile, payments=payments, progress=tell, **place)
        for path in sales
    ]
    unread = payments.unread() if payments else ()
    rest = payments.rest() if payments else ()
    return chain(unread, *read, rest)
