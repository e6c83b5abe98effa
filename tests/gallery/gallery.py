"""Draw every state of every screen, as a person sees them: `python -m tests.gallery.gallery`.

    --out DIR      where the pictures go (one folder for each screen size and text size), and an
                   `index.html` that shows each state at every size
    --only NAME    only the states whose name contains NAME (may be given again)
    --size WxH     another screen size instead of the usual ones (may be given again)
    --text SIZE    A, A+ or A++ instead of A and A++ (may be given again)
    --dpi N        what the screen says of itself: 144 is a system at 150 %

States are `(name, make)` pairs in the `GALLERY` of the screens of `app.ui.screens` and of the
modules `states_*.py` here: `make(shell)` is called on « Accueil » and brings the kiosk to that
state. Jobs run inline, on a demonstration shop of three days, at a fixed time. What `audit.py`
finds wrong with a state is told, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import importlib
import io
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from app.domain.moments import PARIS
from tests.gallery.audit import complaints
from tests.ui.finger import clear
from tests.ui.screen_server import screen_server

SIZES = ("1024x768", "1920x1080")
TEXT_SIZES = ("A", "A++")
NOW = datetime(2026, 11, 21, 20, 4, tzinfo=PARIS)
DEMO_DAYS = 3
_THUMB = 480

State = tuple[str, Callable[[Any], object]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw everything, each size in a process of its own; 1 when a state could not be drawn."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--size", action="append", default=[])
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--dpi", type=int, default=96)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    sizes = options.size or list(SIZES)
    if options.one:
        text_sizes = options.text or list(TEXT_SIZES)
        return draw(sizes[0], text_sizes, options.only, options.out, options.dpi)
    command = [sys.executable, "-m", "tests.gallery.gallery", "--one", "--out", str(options.out)]
    command += ["--dpi", str(options.dpi)]
    for name in options.only:
        command += ["--only", name]
    for text in options.text:
        command += ["--text", text]
    code = max(subprocess.run([*command, "--size", size], check=False).returncode for size in sizes)
    write_index(options.out)
    return code


def states(only: Sequence[str]) -> Iterator[State]:
    """Every state that was asked for, the screens' own first."""
    from app.ui.screens import SCREENS

    here = sorted(Path(__file__).parent.glob("states_*.py"))
    made_up = [importlib.import_module(f"tests.gallery.{path.stem}") for path in here]
    for module in (*SCREENS, *made_up):
        for name, make in getattr(module, "GALLERY", ()):
            if not only or any(part in name for part in only):
                yield name, make


def draw(
    size: str, text_sizes: Sequence[str], only: Sequence[str], out: Path, dpi: int = 96
) -> int:
    """Draw all states at one screen size."""
    width, height = (int(side) for side in size.split("x"))
    failed = 0
    with (
        screen_server(width, height, own=True, dpi=dpi) as display,
        tempfile.TemporaryDirectory() as folder,
    ):
        from app.ui.kiosk import assemble
        from app.ui.window import KioskWindow

        window = KioskWindow(lambda: NOW, size=(width, height))
        program = demonstration(Path(folder))
        chosen = list(states(only))
        for text_size in text_sizes:
            window.set_text_size(text_size)
            target = out / f"{size}-{text_size.replace('+', 'p')}"
            target.mkdir(parents=True, exist_ok=True)
            pictures = []
            for name, make in chosen:
                path = target / f"{name}.png"
                failed += not draw_state(window, assemble, program, name, make, display, path)
                pictures.append(path)
            contact_sheet([path for path in pictures if path.exists()], target / "_sheet.png")
            print(f"{target}: {len(pictures)} pictures", flush=True)
        window.destroy()
    return 1 if failed else 0


def draw_state(
    window: Any,
    assemble: Any,
    program: Any,
    name: str,
    make: Callable[[Any], object],
    display: str,
    path: Path,
) -> bool:
    """Draw one state; False when it could not be made, or something is wrong with it."""
    from PIL import ImageGrab

    from app.ui.job_runner import InlineRunner
    from app.ui.screens import SCREENS

    faults: list[BaseException] = []
    wrong: list[str] = []
    shell = assemble(window, program, InlineRunner())
    window.on_fault = faults.append
    window.show_shop("Boulangerie Pâtisserie Martin", simulation=True)
    try:
        shell.nav.start(SCREENS[0].SCREEN)
        make(shell)
        window.event_generate("<Motion>", warp=True, x=1, y=1)  # no button looks pointed at
        window.update()
        window.update()
        ImageGrab.grab(xdisplay=display).save(path)
        wrong = complaints(window)
    except Exception as error:
        faults.append(error)
    clear(window)
    for fault in faults:
        print(f"--- {path}", file=sys.stderr)
        traceback.print_exception(fault)
    for complaint in wrong:
        print(f"{path}: {complaint}", file=sys.stderr)
    return not faults and not wrong


def demonstration(folder: Path) -> Any:
    """The program on a demonstration shop."""
    from app import bootstrap

    bootstrap.run(
        ["--data", str(folder / "demo"), "demo", "--days", str(DEMO_DAYS)],
        clock=lambda: NOW,
        stdout=io.StringIO(),
    )
    return bootstrap.program(folder / "demo", lambda: NOW, io.StringIO())


def contact_sheet(pictures: Sequence[Path], path: Path) -> None:
    """All pictures small, four a row, with their names."""
    if not pictures:
        return
    thumbs = []
    for picture in pictures:
        with Image.open(picture) as image:
            thumbs.append(
                image.convert("RGB").resize((_THUMB, _THUMB * image.height // image.width))
            )
    high = thumbs[0].height + 24
    rows = -(-len(thumbs) // 4)
    sheet = Image.new("RGB", (4 * (_THUMB + 12), rows * (high + 12)), "#404850")
    pen = ImageDraw.Draw(sheet)
    for index, thumb in enumerate(thumbs):
        x, y = index % 4 * (_THUMB + 12) + 6, index // 4 * (high + 12) + 6
        pen.text((x, y), pictures[index].stem, fill="white")
        sheet.paste(thumb, (x, y + 18))
    sheet.save(path)


def write_index(out: Path) -> None:
    """One page with every state at every size that was drawn."""
    folders = sorted(path for path in out.iterdir() if path.is_dir())
    names = sorted({p.stem for folder in folders for p in folder.glob("[!_]*.png")})
    rows = []
    for name in names:
        found = [folder.name for folder in folders if (folder / f"{name}.png").exists()]
        shown = "".join(
            f'<a href="{f}/{name}.png"><img src="{f}/{name}.png" alt="{f}" width="480"></a>'
            for f in found
        )
        rows.append(f"<h2>{name}</h2><p>{shown}</p>")
    page = f'<!doctype html><meta charset="utf-8"><title>Clôture</title>{"".join(rows)}'
    (out / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
