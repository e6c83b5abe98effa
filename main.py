"""Clôture: without a command the kiosk, with one the command line."""

from __future__ import annotations

import sys

from app.bootstrap import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
