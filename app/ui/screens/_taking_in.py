"""Take in what the tills have dropped, before a screen says what there is to close."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.services.inbox import InboxReport, take_inbox
from app.services.roles import may_close
from app.services.settings import load_settings
from app.services.ticket_sources import Intake

if TYPE_CHECKING:
    from app.ui.shell import Shell

_LOG = logging.getLogger(__name__)


def take_in(shop: Any, shell: Shell) -> InboxReport:
    """Take the inbox in, inside a job; a failure is among the report's problems, never raised."""
    settings = load_settings(shop)
    if not shop.ledger.shop or not may_close(settings):
        return InboxReport()
    program = shell.program
    try:
        return take_inbox(Intake(shop, program.ticket_sources, settings, program.clock()))
    except AppError as error:
        _LOG.warning("tickets reçus non pris : %s", error)
        return InboxReport(problems=(str(error),))
