"""Print a Z on the receipt printer, try the printer, and print after each closure.

Nothing here can touch a closure: what fails is told, and the paper is printed later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.moments import french_moment
from app.domain.report import Amount, Report, Row, Section
from app.domain.words import count_of
from app.errors import NeedsPerson, PrinterProblem
from app.services.closures import show_closure
from app.services.editions import PAPER, next_edition
from app.services.jobs import Handler, Job
from app.services.paper import Paper, PrinterChoice, PrinterLine, printer_choice
from app.services.settings import load_settings
from app.services.z_report import shop_lines, z_report

if TYPE_CHECKING:
    from app.store.shop import Shop


class PrintedInPart(PrinterProblem):
    """Some copies came out whole, then the printer stopped."""

    code = "printed_in_part"


@dataclass(frozen=True, slots=True)
class Printed:
    """What came out: the numbers of the papers (1: the original)."""

    closure: str
    editions: tuple[int, ...]

    @property
    def told(self) -> str:
        """In a sentence."""
        copies = count_of(len(self.editions), "exemplaire imprimé", "exemplaires imprimés")
        last = self.editions[-1]
        mark = "" if last == 1 else f" (DUPLICATA n° {last - 1})"
        return f"{copies}{mark}"


def print_closure(
    shop: Shop, paper: Paper, closure_id: str, now: datetime, *, by: str = "", copies: int = 0
) -> Printed:
    """Print a closure's Z in so many copies (0: as many as the settings say).

    Raises NotFound, or PrinterProblem: before the first byte has gone nothing has changed; after
    that the number of the paper is used, since nobody knows how much came out.
    """
    settings = load_settings(shop)
    choice = printer_choice(settings)
    body = show_closure(shop, closure_id)
    done: list[int] = []
    for _ in range(copies or choice.copies):
        try:
            with _opened(paper, choice) as line:
                edition = next_edition(shop, body, PAPER, now, by)
                report = z_report(body, settings, edition)
                line.send(paper.escpos(report, choice.columns, choice.code_page))
                line.finish()
        except PrinterProblem as problem:
            if not done:
                raise
            sofar = count_of(len(done), "exemplaire est imprimé", "exemplaires sont imprimés")
            raise PrintedInPart(f"{problem} {sofar}.") from problem
        done.append(edition.number)
    return Printed(closure_id, tuple(done))


def print_test(shop: Shop, paper: Paper, now: datetime) -> str:
    """Print a page that shows whether width and accents are right; gives what to look at.

    Raises PrinterProblem.
    """
    settings = load_settings(shop)
    choice = printer_choice(settings)
    report = trial_report(choice, settings, now, simulation=shop.ledger.simulation)
    with _opened(paper, choice) as line:
        line.send(paper.escpos(report, choice.columns, choice.code_page))
        line.finish()
    return (
        "L'essai est envoyé. Sur le papier : chaque ligne de chiffres tient sur une seule ligne, "
        "et les accents et € sont justes."
    )


def trial_report(
    choice: PrinterChoice, settings: Mapping[str, Any], now: datetime, *, simulation: bool
) -> Report:
    """The page that a trial prints."""
    digits = "1234567890" * 5
    return Report(
        name="essai",
        title="Essai d'impression",
        shop=shop_lines(settings)[:1],
        marks=("SIMULATION",) if simulation else (),
        about=(f"Le {french_moment(now)}", f"{choice.columns} caractères par ligne"),
        sections=(
            Section("Largeur", (Row(digits[: choice.columns]), Row("Fin de ligne", ("ici",)))),
            Section(
                "Accents et signes",
                (
                    Row("é è ê ë à â ç ù û î ï ô É È À Ç"),
                    Row("« guillemets » n° 1 œ"),
                    Row("Un montant", (Amount(123_456),)),
                    Row("Un écart", (Amount(-50, signed=True),), strong=True),
                ),
            ),
        ),
        foot=("Si cette ligne se lit, l'imprimante est prête.",),
    )


def print_follow_up(paper: Callable[[], Paper]) -> Handler:
    """The job that prints a Z after its closure."""

    def run(shop: Shop, job: Job) -> str:
        try:
            return print_closure(shop, paper(), job.closure, shop.now()).told
        except PrintedInPart as problem:  # trying again by itself would print the first ones again
            raise NeedsPerson(str(problem)) from problem

    return run


@contextmanager
def _opened(paper: Paper, choice: PrinterChoice) -> Iterator[PrinterLine]:
    if choice.kind not in paper.printers:
        raise PrinterProblem(
            "Aucune imprimante n'est réglée : choisissez-la dans Paramètres, Imprimante de tickets."
        )
    with paper.printers[choice.kind].opened(choice.place) as line:
        yield line
