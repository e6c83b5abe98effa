"""One place writes to the data folder: what it promises about power cuts holds for everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_written_there_but_by_the_store_s_disk(tmp_path):
    """In a process of its own: an audit hook stays for ever."""
    command = [sys.executable, "-m", "tests.powercut.audited", str(tmp_path / "data")]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
