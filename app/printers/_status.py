"""What a receipt printer answers about itself, in a sentence for the person beside it.

Source: Epson, « ESC/POS Command Reference », DLE EOT n (real-time status) and GS r 1 (status in its
turn, after all that was sent before it). Bits of a DLE EOT answer: 1 and 4 set, 0 and 7 clear; that
tells it from other bytes.
"""

from __future__ import annotations

from collections.abc import Callable

Test = Callable[[int], bool]

PRINTER, OFFLINE_CAUSE, PAPER = 1, 2, 4
DONE = b"\x1dr\x01"

_OFFLINE = 0x08
_COVER, _FEEDING, _STOPPED, _FAULT = 0x04, 0x08, 0x20, 0x40
_NO_PAPER = 0x60

NO_PAPER_WORDS = "L'imprimante n'a plus de papier : remettez un rouleau, puis réessayez."


def asking(subject: int) -> bytes:
    """The question: DLE EOT n."""
    return b"\x10\x04" + bytes([subject])


def is_answer(octet: int) -> bool:
    """Whether a byte is an answer to DLE EOT, and not some status sent unasked."""
    return octet & 0x93 == 0x12


def is_done(octet: int) -> bool:
    """Whether a byte answers GS r 1: all that came before has been printed."""
    return octet & 0x90 == 0


def is_offline(octet: int) -> bool:
    """Whether the printer's own status says that it can't print now."""
    return bool(octet & _OFFLINE)


def problem_in(cause: int, paper: int) -> str:
    """What keeps the printer from printing, in a sentence; "" when these bytes say nothing."""
    if cause & _STOPPED or paper & _NO_PAPER:
        return NO_PAPER_WORDS
    if cause & _COVER:
        return "Le capot de l'imprimante est ouvert : refermez-le, puis réessayez."
    if cause & _FAULT:
        return (
            "L'imprimante signale une panne (bourrage ou massicot) : éteignez-la, ouvrez-la, "
            "rallumez-la, puis réessayez."
        )
    if cause & _FEEDING:
        return "L'imprimante avance son papier : attendez qu'elle ait fini, puis réessayez."
    return ""
