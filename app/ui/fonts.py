"""The bundled font, loaded for this process alone, before Tk starts.

`Cloture Sans` is a subset of Noto Sans (SIL Open Font License, see `assets/fonts/OFL.txt`) whose
figures all have the same width, so that amounts stay in columns.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import sys
from pathlib import Path

FAMILY = "Cloture Sans"
FILES = ("ClotureSans-Regular.ttf", "ClotureSans-Bold.ttf")
_FR_PRIVATE = 0x10
_LOG = logging.getLogger(__name__)


def load_fonts() -> bool:
    """Make the bundled font known to Tk; False (and a line in the log) when it can't be.

    Call it before the first window is made: Tk reads the list of families once. Without it the
    system's own font is drawn, which is less handsome and works.
    """
    paths = [_folder() / name for name in FILES]
    try:
        done = all(_load(path) for path in paths)
    except (OSError, AttributeError) as error:
        _LOG.warning("police non chargée : %s", error)
        return False
    if not done:
        _LOG.warning("police non chargée : %s", _folder())
    return done


def _folder() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle or Path(__file__).resolve().parents[2]) / "assets" / "fonts"


def _load(path: Path) -> bool:
    if sys.platform == "win32":
        add = ctypes.windll.gdi32.AddFontResourceExW
        return bool(add(ctypes.c_wchar_p(str(path)), _FR_PRIVATE, None))
    library = ctypes.util.find_library("fontconfig") or "libfontconfig.so.1"
    fontconfig = ctypes.CDLL(library)
    return bool(fontconfig.FcConfigAppFontAddFile(None, str(path).encode()))
