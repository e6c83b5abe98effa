"""Golden files: written by the code, read by a person, then compared byte for byte.

`WRITE_GOLDEN=1 python -m pytest …` writes them anew; read the whole difference before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def is_golden(name: str, text: str) -> bool:
    """Whether a text is the one that a person has read."""
    path = FOLDER / name
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8") == text + "\n"
