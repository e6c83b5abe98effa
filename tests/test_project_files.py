"""What every file of the project keeps to: short, well named, free of words that don't belong."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
MAX_LINES = 400


def project_files() -> list[Path]:
    """What is committed or about to be: git's list, else everything but what tools make."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        made = re.compile(
            r"^(\.git|\.venv|\.demo|\.gallery|\.\w+_cache|\.hypothesis|build|dist)$|^__pycache__$"
        )
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(made.match(part) for part in path.relative_to(ROOT).parts)
        ]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """(name, text) of every project file that is text; accents composed."""
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content:
            text = content.decode("utf-8", errors="replace")
            yield path.relative_to(ROOT).as_posix(), unicodedata.normalize("NFC", text)


def test_python_files_are_short_and_named_after_what_they_hold():
    complaints = []
    for path in project_files():
        if path.suffix != ".py":
            continue
        name = path.relative_to(ROOT).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            complaints.append(f"{name}: {lines} lines, {MAX_LINES} at most: find the better cut")
        if path.name == "utils.py":
            complaints.append(f"{name}: name it after what it holds")
    assert not complaints, "\n" + "\n".join(complaints)


# Spelled in pieces, so that this file does not hold them itself.
UNWANTED = {
    "a path of one machine": re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/"])),
    "a claim that is not ours to make": re.compile(
        "|".join([r"\bN" + r"F[ -]?525\b", r"\bcerti" + r"fiée?s?\b", r"\bconfor" + r"mes?\b"]),
        re.IGNORECASE,
    ),
}


def test_no_file_holds_unwanted_words():
    complaints = [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {found.group()!r} is {reason}"
        for name, text in texts()
        for reason, pattern in UNWANTED.items()
        for found in pattern.finditer(text)
    ]
    assert not complaints, "\n" + "\n".join(complaints)


def test_the_locks_name_no_place_to_download_from():
    for name in LOCKS:
        text = (ROOT / name).read_text(encoding="utf-8")
        found = re.findall(r"^.*(?:://|file:|--.*index|--find-links).*$", text, re.M)
        assert found == [], name
        assert re.search(r"^[\w.-]+==\S+.*\\\n    --hash=sha256:", text, re.M), name


def test_every_dependency_is_listed_once():
    locked = set()
    for name in LOCKS:
        locked |= set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.M))
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w.-]+)` \|", page, re.M)
    assert sorted(listed) == sorted(locked)
