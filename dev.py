"""The developers' one helper: sets a machine up, then shows, tests, checks, measures or locks.

    python dev.py demo               the kiosk of a demonstration shop (no screen: its day closed)
    python dev.py test [ARGS]        the tests of every change, 8 minutes at most; ARGS go to pytest
    python dev.py ci [ARGS]          those and the slower ones, 45 minutes at most
    python dev.py long [ARGS]        the ones run by hand
    python dev.py lint               ruff (check, format) and mypy
    python dev.py gallery [ARGS]     the pictures of every screen, in .gallery
    python dev.py bench [NAMES]      the measures in bench/
    python dev.py lock [ARGS]        remakes the lock files; ARGS go to uv, such as --upgrade

Standard library only: it runs in an empty clone. Everything it makes is in .venv, .demo and
.gallery, but for the system packages that it installs as root on Debian and only names elsewhere.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DEMO = ROOT / ".demo"
GALLERY = ROOT / ".gallery"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # holds the runtime packages too, same versions
STAMP = VENV / "installed.json"

TIERS = {
    "test": [],  # pyproject.toml leaves `ci` and `long` out by default
    "ci": ["-m", "not long"],
    "long": ["-m", "long", "--timeout", "3600"],
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        return refuse(f"Python 3.11 or newer is needed; this one is {platform.python_version()}.")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows pipe cannot hold every sign
    command, *rest = arguments or [""]
    if command == "demo" and not rest:
        code = close_demonstration_day(prepare(RUNTIME_LOCK))
    elif command in TIERS:
        code = call(prepare(DEV_LOCK), "-m", "pytest", *TIERS[command], *rest)
    elif command == "lint" and not rest:
        code = lint(prepare(DEV_LOCK))
    elif command == "gallery":
        code = call(prepare(DEV_LOCK), "-m", "tests.gallery.gallery", "--out", GALLERY.name, *rest)
    elif command == "bench":
        code = bench(prepare(DEV_LOCK), rest)
    elif command == "lock":
        code = lock(rest)
    else:
        print(__doc__)
        code = 0 if command in ("-h", "--help", "help") else 2
    return code


# --- the commands ---------------------------------------------------------------------------


def close_demonstration_day(python: Path) -> int:
    """The main job on a demonstration shop: the kiosk opens; without a screen, the open day is
    closed in the terminal and its Z shown."""
    program = [str(python), "main.py", "--data", DEMO.name]
    code = 0 if DEMO.exists() else call(*program, "demo", "--days", "3")
    if code:
        return code
    if os.name == "nt" or os.environ.get("DISPLAY"):
        return call(*program, "--window")
    say("No screen here: the day is closed in the terminal.")
    closing = [*program, "--json", "close", "general", "--confirm-clock"]
    say(shown(closing))
    closed = subprocess.run(closing, cwd=ROOT, check=False, stdout=subprocess.PIPE)
    if closed.returncode not in (0, 3):  # 3: closed, but something that follows is still to do
        say(f"The day was not closed. To begin again, delete the folder {DEMO.name}.")
        return closed.returncode
    return call(*program, "z", json.loads(closed.stdout)["id"])


def lint(python: Path) -> int:
    """Run every check, so that one run tells everything; the worst exit code."""
    return max(
        call(python, "-m", "ruff", "check", "."),
        call(python, "-m", "ruff", "format", "--check", "."),
        call(python, "-m", "mypy", "--platform", "linux"),
        call(python, "-m", "mypy", "--platform", "win32"),  # the code that only Windows runs
    )


def bench(python: Path, names: list[str]) -> int:
    """Run the measures of bench/, all or the named ones, one after the other."""
    scripts = {path.stem: path for path in sorted(ROOT.glob("bench/[!_]*.py"))}
    unknown = sorted(set(names) - set(scripts))
    if unknown or not scripts:
        return refuse(f"Not in bench/: {', '.join(unknown) or 'any measure'}.")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}  # so that a measure can import app
    return max(call(python, scripts[name], env=env) for name in names or scripts)


def lock(arguments: list[str]) -> int:
    """Pin what pyproject.toml asks for, for every system at once, with the hash of each file.

    Pins that still fit are kept unless --upgrade is given. No address of a registry is written.
    """
    targets: dict[str, list[str]] = {
        RUNTIME_LOCK.name: [],
        DEV_LOCK.name: ["--all-extras", "--constraint", RUNTIME_LOCK.name],
    }
    with tempfile.TemporaryDirectory() as folder:
        python = new_environment(Path(folder))
        code = call(python, "-m", "pip", "install", "--quiet", "uv")
        for target, extra in targets.items():
            compile_lock = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
            options = ["--universal", "--generate-hashes", "--python-version", "3.11", *extra]
            header = ["--custom-compile-command", "python dev.py lock", "-o", target]
            code = code or call(*compile_lock, *options, *header, *arguments)
    return code


# --- the set-up -----------------------------------------------------------------------------


def prepare(lock_file: Path) -> Path:
    """Make .venv hold what `lock_file` pins, and return its Python.

    Nothing is done when it does already; it is made anew when a lock or the Python changed.
    """
    add_system_packages()
    current = {"python": platform.python_version()}
    current |= {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (RUNTIME_LOCK, DEV_LOCK)
    }
    try:
        installed = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        installed = {}
    python = python_of(VENV)
    if not installed or not python.exists() or not installed.items() <= current.items():
        if Path(sys.prefix) == VENV:
            sys.exit(refuse("The packages changed: run this with the Python outside .venv."))
        say(f"Making {VENV.name} with Python {current['python']}...")
        installed = {"python": current["python"]}
        python = new_environment(VENV)
    if lock_file.name not in installed:
        install(python, lock_file)
        installed[lock_file.name] = current[lock_file.name]
        installed[RUNTIME_LOCK.name] = current[RUNTIME_LOCK.name]
        STAMP.write_text(json.dumps(installed), encoding="utf-8")
    return python


def install(python: Path, lock_file: Path) -> None:
    """Install the pinned packages; of all that pip says, show the downloads, or its failure."""
    say(f"Installing {lock_file.name} (downloaded the first time: up to 50 MB)...")
    pip = [str(python), "-u", "-m", "pip", "install", "--progress-bar", "off", "--no-input"]
    process = subprocess.Popen(
        [*pip, "--require-hashes", "-r", lock_file.name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if line.strip().startswith("Downloading ") and ".metadata" not in line:
            say("  " + line.strip())
    if process.wait():
        say("".join(lines[-30:]))
        sys.exit(refuse("The packages could not be installed: pip says why, just above."))


def new_environment(folder: Path) -> Path:
    """Make an empty virtual environment, whatever was there, and return its Python."""
    if call(sys.executable, "-m", "venv", "--clear", folder):
        sys.exit(refuse(f"No virtual environment could be made in {folder}."))
    return python_of(folder)


def python_of(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def add_system_packages() -> None:
    """Install what is missing from Debian when root; elsewhere name it and go on.

    Only a Python without `ensurepip` stops: no virtual environment can be made with it.
    """
    packages = [package for _, package in missing_from_system() if package]
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing from Debian: {' '.join(packages)}...")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "update", "-qq", env=env)
        call("apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages, env=env)
    for what, package in missing_from_system():
        say(f"Missing on this machine: {what}" + (f" (Debian: {package})." if package else "."))
    if not can_import("ensurepip"):
        sys.exit(refuse("Without ensurepip this Python cannot make a virtual environment."))


def missing_from_system() -> list[tuple[str, str]]:
    """What this machine lacks, each with the Debian package that brings it, if one does."""
    # Debian cuts its own Python in pieces; they are of no use to another Python.
    debian_python = sys.base_prefix == "/usr"
    missing = []
    if not can_import("ensurepip"):
        missing.append(("ensurepip in Python", "python3-venv" if debian_python else ""))
    if not can_import("tkinter"):
        missing.append(("tkinter in Python", "python3-tk" if debian_python else ""))
    if sys.platform == "linux":
        if not shutil.which("Xvfb"):
            missing.append(("Xvfb, a screen for the tests of the windows", "xvfb"))
        if not shutil.which("xdotool"):
            missing.append(("xdotool, a finger for the tests of the windows", "xdotool"))
        if not shutil.which("openssl"):
            missing.append(("openssl, certificates for the tests of the mail", "openssl"))
    return missing


def can_import(module: str) -> bool:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


# --- small things ---------------------------------------------------------------------------


def call(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Show a command, run it in the root of the project and return its exit code."""
    say(shown(command))
    parts = [str(part) for part in command]
    return subprocess.run(parts, cwd=ROOT, env=env, check=False).returncode


def shown(command: Sequence[str | Path]) -> str:
    parts = [str(part) for part in command]
    return "$ " + " ".join([Path(parts[0]).stem, *parts[1:]])


def say(text: str) -> None:
    print(text, flush=True)


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
