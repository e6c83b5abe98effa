"""The door to a data folder: what is checked before a shop opens, and what a person is told.

A folder that is known to have held a shop and is empty now is not begun anew by accident; files
that had to be set aside, and a bad place for the data, are told in one sentence each.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from app.domain.scope import GENERAL
from app.errors import AppError, DataFolderError
from app.store import data_folder, disk
from app.store.places import doubt_about
from app.store.shop import Shop, opened
from app.store.view_keeping import AFTER_LOSS
from app.store.witness import Witness


class ShopDoor:
    """Opens the shop of one data folder, for one piece of work at a time.

    `tell` gets sentences for a person; `begin_anew` allows an empty folder where a shop was.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        witness: Witness,
        tell: Callable[[str], None],
        *,
        follow_ups: Sequence[str] = (),
        begin_anew: bool = False,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._witness = witness
        self._tell = tell
        self._follow_ups = tuple(follow_ups)
        self._begin_anew = begin_anew

    @contextlib.contextmanager
    def open(self, *, create: bool = False, simulation: bool = False) -> Iterator[Shop]:
        """Open the shop (`opened` tells what the arguments mean). Raises DataFolderError."""
        with disk.told(self._folder):
            is_new = not data_folder.is_data_folder(self._folder)
            if create and is_new:
                self._check_not_lost()
            opening = opened(
                self._folder,
                self._clock,
                create=create,
                simulation=simulation,
                follow_ups=self._follow_ups,
            )
            with opening as shop:
                before = shop.ledger.last.get(GENERAL)
                try:
                    yield shop
                finally:
                    if shop.ledger.last.get(GENERAL) != before and not shop.ledger.simulation:
                        self._witness.note(self._folder)
                    self._tell_set_aside(shop)
            if create and data_folder.is_data_folder(self._folder):
                self._make_inbox()
            if is_new and data_folder.is_data_folder(self._folder):
                self._tell_doubt()

    def _make_inbox(self) -> None:
        """Where tills drop their files. What was asked is done: a failure waits for the next."""
        with contextlib.suppress(AppError):
            disk.make_folder(self._folder / "inbox")

    def _check_not_lost(self) -> None:
        if self._witness.knows(self._folder) and not self._begin_anew:
            raise DataFolderError(
                f"Une boutique a déjà été clôturée dans {self._folder}, mais ce dossier est vide : "
                "vérifiez que le disque est là, ou reprenez une sauvegarde. Pour repartir de zéro, "
                "ajoutez --new-folder."
            )

    def _tell_set_aside(self, shop: Shop) -> None:
        for sentence in shop.told:
            self._tell(sentence)
        for aside in shop.documents.set_aside:
            name = aside.name.partition(".illisible-")[0]
            after = AFTER_LOSS.get(
                name.removesuffix(".json"), "Son contenu est refait depuis le journal."
            )
            self._tell(
                f"Le fichier {aside.with_name(name)} ne se lisait plus : il est gardé sous le nom "
                f"{aside.name}. {after}"
            )

    def _tell_doubt(self) -> None:
        doubt = doubt_about(self._folder)
        if doubt:
            self._tell(doubt)
