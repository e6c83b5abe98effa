"""The shape of the app, read from its sources: directions of import, purity, clock, tuples.

Nothing of `app` is imported here: a half-written module is judged too. A rule that fails names
the file, the line and what to do instead. Each rule is also tried on samples that break it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each part may import of `app`; `app` itself holds the version and is free to all. A part
# that is not named here is at the side, like the stores: it may import the domain and itself.
BASE = ("app.domain", "app.errors")
MAY_IMPORT = {
    "app.errors": (),
    "app.domain": BASE,
    "app.services": (*BASE, "app.services"),
    "app.ui": (*BASE, "app.services", "app.ui"),
    "app.cli": (*BASE, "app.services", "app.cli"),
    "app.bootstrap": ("app",),
}
IMPURE = """
    asyncio concurrent ctypes ftplib getpass glob http io locale logging msvcrt multiprocessing os
    pathlib platform poplib random secrets select shutil signal smtplib socket sqlite3 ssl
    subprocess sys tempfile threading time tkinter urllib uuid webbrowser winreg
"""
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}


@dataclass(frozen=True)
class Source:
    """One module of `app`: its dotted name, its tree, and how to name a place in it."""

    module: str
    path: Path
    tree: ast.Module
    is_package: bool

    def at(self, node: ast.AST, text: str) -> str:
        return f"{self.path.as_posix()}:{getattr(node, 'lineno', 1)}: {text}"


def read_app(root: Path) -> dict[str, Source]:
    """Every module under root/app by its dotted name; paths relative to root."""
    sources = {}
    for path in sorted(root.glob("app/**/*.py")):
        relative = path.relative_to(root)
        is_package = path.name == "__init__.py"
        module = ".".join((relative.parent if is_package else relative.with_suffix("")).parts)
        tree = ast.parse(path.read_text(encoding="utf-8"), str(relative))
        sources[module] = Source(module, relative, tree, is_package)
    return sources


def runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs: the body of `if TYPE_CHECKING:` is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            for other in child.orelse:
                yield other
                yield from runtime_nodes(other)
        else:
            yield child
            yield from runtime_nodes(child)


def imports(source: Source) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, local name, full dotted name) of every name imported when `source` runs."""
    for node in runtime_nodes(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.asname or alias.name.partition(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = source.module.split(".")
                kept = parts[: len(parts) - node.level + source.is_package]
                base = ".".join([*kept, base]).rstrip(".")
            for alias in node.names:
                yield node, alias.asname or alias.name, f"{base}.{alias.name}"


def module_of(name: str, sources: dict[str, Source]) -> str:
    """The module that holds a dotted name of `app`: the longest prefix that is a module."""
    while name not in sources and "." in name:
        name = name.rpartition(".")[0]
    return name


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def part_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


# --- the rules: each gives its complaints, one sentence a place -------------------------------


def upward_imports(sources: dict[str, Source]) -> Iterator[str]:
    for source in sources.values():
        part = part_of(source.module)
        allowed = MAY_IMPORT.get(part, (*BASE, part) if part != "app" else ())
        for node, _, name in imports(source):
            target = module_of(name, sources) if within(name, "app") else ""
            if target not in ("", "app") and not within(target, *allowed):
                yield source.at(node, f"{part} must not import {target}")


def impure_domain(sources: dict[str, Source]) -> Iterator[str]:
    for source in sources.values():
        if not within(source.module, "app.domain"):
            continue
        for node, _, name in imports(source):
            top = name.partition(".")[0]
            if top in IMPURE.split() or (top != "app" and top not in sys.stdlib_module_names):
                yield source.at(node, f"the domain is pure and must not import {name}")
        for node in runtime_nodes(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("open", "print", "input"):
                yield source.at(node, f"the domain is pure and must not call {node.func.id}()")


def misplaced_libraries(sources: dict[str, Source]) -> Iterator[str]:
    homes = {
        "tkinter": "app.ui",
        "ttkbootstrap": "app.ui",
        "random": "app.services.demo",
    }
    for source in sources.values():
        for node, _, name in imports(source):
            home = homes.get(name.partition(".")[0])
            if home and not within(source.module, home):
                yield source.at(node, f"{name} belongs in {home} only")


def clock_readings(sources: dict[str, Source]) -> Iterator[str]:
    for source in sources.values():
        if source.module == "app.bootstrap":
            continue
        names = {local: name for _, local, name in imports(source)}
        # `import datetime.x` binds `datetime`; `from datetime import datetime` binds the class
        names |= {name: name for name in ("datetime", "time") if names.get(name) == name}
        for node in runtime_nodes(source.tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                continue
            if isinstance(node, ast.Attribute | ast.Name):
                head, _, rest = ast.unparse(node).partition(".")
                reading = f"{names.get(head, '')}.{rest}".strip(".")
                if reading in CLOCKS:
                    yield source.at(node, f"{reading}: only app.bootstrap reads the clock")


def unlisted_modules(sources: dict[str, Source]) -> Iterator[str]:
    """A package whose __init__ lists modules in upper-case tuples must list all of them.

    A module whose name begins with _ is a helper of the others and is not listed.
    """
    for source in sources.values():
        if not source.is_package:
            continue
        files = {
            module
            for module in sources
            if module.rpartition(".")[0] == source.module and "._" not in module
        }
        names = {local: name for _, local, name in imports(source)}
        listed: set[str] = set()
        tuple_node = None
        for node in source.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                heads = [ast.unparse(item).partition(".")[0] for item in node.value.elts]
                modules = {names[head] for head in heads if head in names} & files
                if modules and ast.unparse(target).isupper():
                    listed |= modules
                    tuple_node = node
        if tuple_node:
            for module in sorted(files - listed):
                yield source.at(tuple_node, f"{module} is not listed in the tuple of its folder")


RULES = [upward_imports, impure_domain, misplaced_libraries, clock_readings, unlisted_modules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_app_keeps(rule):
    complaints = list(rule(read_app(ROOT)))
    assert not complaints, "\n" + "\n".join(complaints)


BROKEN = [
    (upward_imports, "app/domain/a.py", "from app.services import b"),
    (upward_imports, "app/domain/a.py", "from ..store.c import D"),
    (upward_imports, "app/services/b.py", "def f():\n    import app.store.c"),
    (upward_imports, "app/services/b.py", "from app import store"),
    (upward_imports, "app/store/c.py", "from app.formats import x"),
    (upward_imports, "app/ui/d.py", "import app.store.c as store"),
    (upward_imports, "app/cli/e.py", "from app import bootstrap"),
    (upward_imports, "app/errors.py", "from app.domain import money"),
    (upward_imports, "app/paths.py", "from app.services import b"),
    (impure_domain, "app/domain/a.py", "import os.path"),
    (impure_domain, "app/domain/a.py", "from tinydb import TinyDB"),
    (impure_domain, "app/domain/a.py", "text = open('x').read()"),
    (misplaced_libraries, "app/bootstrap.py", "import ttkbootstrap as ttk"),
    (misplaced_libraries, "app/services/b.py", "from random import Random"),
    (clock_readings, "app/services/b.py", "from datetime import datetime\nx = datetime.now()"),
    (clock_readings, "app/services/b.py", "import datetime as dt\nx = dt.date.today()"),
    (clock_readings, "app/cli/e.py", "import time\nclock = time.time"),
    (clock_readings, "app/cli/e.py", "from time import time\nx = time()"),
    (unlisted_modules, "app/formats/__init__.py", "from app.formats import x\nALL = (x,)"),
    (unlisted_modules, "app/formats/__init__.py", "from . import x\nALL: tuple = (x.FORMAT,)"),
]
SOUND = [
    ("app/domain/a.py", "import json, hashlib, zoneinfo\nfrom app.errors import AppError"),
    ("app/services/b.py", "from app import __version__\nfrom app.domain import a"),
    ("app/services/b.py", "if TYPE_CHECKING:\n    from app.store.c import Store"),
    ("app/services/demo.py", "import random"),
    ("app/services/b.py", "import time\ntime.sleep(1)\nx = time.monotonic()"),
    ("app/services/b.py", "from datetime import date\ndef f(date: date): return date.year"),
    ("app/bootstrap.py", "import app.ui.d, datetime\nfrom app.store import c\ndatetime.date.today"),
    ("app/ui/d.py", "import tkinter\nfrom app.services import b"),
    ("app/formats/__init__.py", "from . import x, y as z\nALL = (x, z)"),
    ("app/formats/__init__.py", "COLUMNS = ('a', 'b')"),
]


def sample(root: Path, path: str, text: str) -> dict[str, Source]:
    """A small app, whole and sound, in which one file is replaced by `text`."""
    modules = ["__init__", "bootstrap", "errors", "paths"]
    for name in [*modules, "domain/a", "services/b", "store/c", "ui/d", "cli/e"]:
        (root / f"app/{name}.py").parent.mkdir(parents=True, exist_ok=True)
        (root / f"app/{name}.py").write_text("", encoding="utf-8")
        (root / f"app/{name}.py").with_name("__init__.py").touch()
    for name in ("__init__", "x", "y", "_help"):
        (root / "app/formats").mkdir(exist_ok=True)
        (root / f"app/formats/{name}.py").touch()
    (root / path).write_text(text, encoding="utf-8")
    return read_app(root)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_rule_sees_what_breaks_it(rule, path, text, tmp_path):
    complaints = list(rule(sample(tmp_path, path, text)))
    assert len(complaints) == 1
    assert complaints[0].startswith(f"{path}:")


@pytest.mark.parametrize(("path", "text"), SOUND)
def test_no_rule_complains_of_what_is_sound(path, text, tmp_path):
    sources = sample(tmp_path, path, text)
    assert [complaint for rule in RULES for complaint in rule(sources)] == []
